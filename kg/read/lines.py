"""The lines of a text with their offsets: what boilerplate, metadata and language are judged by."""

from __future__ import annotations

from typing import NamedTuple


class Line(NamedTuple):
    """A line without the blanks around it: `text` is exactly what stands from `begin` to `end`. Never empty."""

    begin: int
    end: int
    text: str


def split_lines(text: str) -> list[Line]:
    """The lines of a text that hold more than blanks.

    >>> split_lines("Title\\n\\n  A paragraph. ")
    [Line(begin=0, end=5, text='Title'), Line(begin=9, end=21, text='A paragraph.')]
    """
    lines = []
    begin = 0
    for raw in text.split("\n"):
        words = raw.strip()
        if words:
            start = begin + raw.index(words)
            lines.append(Line(start, start + len(words), words))
        begin += len(raw) + 1
    return lines
