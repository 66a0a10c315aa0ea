"""Plain text and Markdown: bytes -> a document. Markdown may begin with front matter in YAML."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.model import Document, Skipped
from kg.read.decode import Undecodable, decode_text, normalize
from kg.read.fields import read_fields
from kg.read.finish import Origin, finish_document

_FENCE = re.compile(r"^(?:---|\.\.\.)[ \t]*$", re.MULTILINE)
_MAX_FRONT_MATTER = 65_536


def read_plain(data: bytes, origin: Origin) -> Iterator[Document | Skipped]:
    """The document that a text file holds."""
    text = _decode(data, origin.where)
    yield text if isinstance(text, Skipped) else _finish(text, origin)


def read_markdown(data: bytes, origin: Origin) -> Iterator[Document | Skipped]:
    """The document that a Markdown file holds: its text is what follows the front matter.

    Fields of the front matter: id, title, date or published, publisher, source or url; others are left alone.
    """
    text = _decode(data, origin.where)
    if isinstance(text, Skipped):
        yield text
    elif not re.match(r"---[ \t]*\n", text):
        yield _finish(text, origin)
    else:
        yield from _read_front_matter(text, origin)


def _finish(text: str, origin: Origin) -> Document | Skipped:
    return finish_document(Document(origin.id, text, source=origin.source), origin.where)


def _decode(data: bytes, where: str) -> str | Skipped:
    try:
        return normalize(decode_text(data))
    except Undecodable as error:
        return Skipped(where, str(error))


def _read_front_matter(text: str, origin: Origin) -> Iterator[Document | Skipped]:
    import yaml

    begin = text.index("\n") + 1
    fence = _FENCE.search(text, begin, begin + _MAX_FRONT_MATTER)
    if not fence:
        yield Skipped(f"{origin.where}, line 1", "the front matter that begins here is not closed by a line '---'")
        return
    try:
        fields = yaml.safe_load(text[begin : fence.start()])
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        # Lines count from 0 there, and the fence is a line, too.
        place = f"{origin.where}, line {mark.line + 2 if mark else 2}"
        reason = getattr(error, "problem", None) or (str(error) or "not YAML").splitlines()[0]
        yield Skipped(place, f"malformed front matter: {reason}")
        return
    if fields is not None and not isinstance(fields, dict):
        yield Skipped(f"{origin.where}, line 2", "malformed front matter: expected lines like 'title: …'")
        return
    body = text[fence.end() :].lstrip("\n")
    yield from read_fields(fields or {}, body, origin)
