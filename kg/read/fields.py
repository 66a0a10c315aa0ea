"""Named fields (a JSON object, front matter) -> a document."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from kg.model import Document, Skipped
from kg.read.finish import Origin, finish_document
from kg.read.metadata import read_date

_JSON_NAMES = {
    bool: "true or false",
    int: "a number",
    float: "a number",
    list: "a list",
    dict: "an object",
    type(None): "null",
}


class WrongField(ValueError):
    """A field that is no text; the message names it."""


def read_fields(fields: Mapping[str, object], text: str, origin: Origin) -> Iterator[Document | Skipped]:
    """The document that the fields describe.

    An unreadable date costs the date only: it is listed as `Skipped` before the document. A field that is no text costs
    the document.
    """
    try:
        stated = _text_of(fields, "published", "date")
        published = read_date(stated) if stated else None
        document = Document(
            id=_text_of(fields, "id") or origin.id,
            text=text,
            title=_text_of(fields, "title"),
            published=published,
            publisher=_text_of(fields, "publisher"),
            source=_text_of(fields, "source", "url") or origin.source,
        )
    except WrongField as error:
        yield Skipped(origin.where, str(error))
        return
    if stated and published is None:
        yield Skipped(origin.where, f"its date '{stated[:40]}' cannot be read, expected YYYY-MM-DD; read without it")
    yield finish_document(document, origin.where)


def _text_of(fields: Mapping[str, object], *names: str) -> str | None:
    """The first of the named fields that is set, as text on one line."""
    for name in names:
        value = fields.get(name)
        if value is None:
            continue
        if isinstance(value, bool) or not isinstance(value, (str, int, date)):
            kind = _JSON_NAMES.get(type(value), type(value).__name__)
            raise WrongField(f"its field `{name}` is {kind}, not text")
        words = " ".join(str(value).split())
        if words:
            return words.encode("utf-8", "replace").decode("utf-8")
    return None
