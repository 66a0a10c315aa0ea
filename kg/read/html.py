"""HTML pages -> documents, by trafilatura: the article's body, title, date and publisher. Never fetches anything."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from kg.model import Document, Skipped
from kg.read.decode import decode_page, normalize
from kg.read.finish import Origin, finish_document
from kg.read.metadata import read_date

MAX_PAGE = 10_000_000
# A page of a million tags keeps the extraction busy for minutes; long articles have some ten thousand.
_MAX_TAGS = 100_000
_FEWEST_CHARACTERS = 80


def read_html(data: bytes, origin: Origin, *, charset: str | None = None) -> Iterator[Document | Skipped]:
    """The article of a page; `charset` is what its server said. A page without an article is skipped."""
    page = decode_page(data, charset)
    n_tags = page.count("<")
    if n_tags > _MAX_TAGS:
        yield Skipped(origin.where, f"too many tags: {n_tags:,}, at most {_MAX_TAGS:,} are read")
        return
    try:
        article = _extract(page.replace("\0", " "))
    except Exception as error:  # lxml and trafilatura raise what they like on broken markup
        yield Skipped(origin.where, f"HTML that cannot be parsed ({type(error).__name__})")
        return
    text = normalize(article.text or "") if article else ""
    if article is None or len(text) < _FEWEST_CHARACTERS:
        yield Skipped(origin.where, "no article found in the page" if page.strip() else "empty")
        return
    address = origin.source if origin.source and "://" in origin.source else _clean(article.url) or origin.source
    document = Document(
        id=origin.id,
        text=text,
        title=_clean(article.title),
        published=read_date(article.date) if article.date else None,
        publisher=_clean(article.sitename),
        source=address,
    )
    yield finish_document(document, origin.where)


def _extract(page: str) -> Any:
    from trafilatura import bare_extraction

    # A fixed latest date instead of today's: the same page must give the same document on any day.
    dates = {"original_date": True, "extensive_search": False, "max_date": "2100-12-31"}
    return bare_extraction(
        page, with_metadata=True, include_comments=False, include_tables=False, date_extraction_params=dates
    )


def _clean(words: str | None) -> str | None:
    return normalize(" ".join(words.split())) or None if words else None
