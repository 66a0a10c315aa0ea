"""What every document goes through, whatever it came from: limits, metadata from its text, stretches set aside."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass, replace

from kg.model import Document, SetAside, Skipped
from kg.read.boilerplate import find_boilerplate
from kg.read.language import find_foreign_lines
from kg.read.lines import Line, split_lines
from kg.read.metadata import find_date_in_address, find_metadata, find_title

# No article is a hundredth as long; a text above is a dump or an attack, and would hold the parser for minutes.
MAX_TEXT = 2_000_000


@dataclass(frozen=True, slots=True)
class Origin:
    """Where bytes came from: `id` and `source` for the document, unless it says better; `where` for messages."""

    id: str
    source: str | None
    where: str


def finish_document(document: Document, where: str) -> Document | Skipped:
    """The document with its boilerplate set aside and its metadata completed from its text; explicit metadata wins.

    `where` names the file and line in a `Skipped`.
    """
    text = document.text
    if len(text) > MAX_TEXT:
        return Skipped(where, f"too long: {len(text):,} characters, at most {MAX_TEXT:,} are read")
    lines = split_lines(text)
    if not lines:
        return Skipped(where, "empty")
    if "\0" in text:
        return Skipped(where, f"binary, not text (a NUL at character {text.index(chr(0))})")
    stated = find_metadata(lines)
    boilerplate = _merge([*find_boilerplate(lines), *stated.spans])
    body = _uncovered(lines, boilerplate)
    if not body:
        return Skipped(where, "holds only navigation, captions and the like")
    foreign, language = find_foreign_lines(body)
    if language:
        return Skipped(where, f"is not in English (looks like {language})")
    return replace(
        document,
        title=document.title or find_title(body),
        published=document.published or stated.published or find_date_in_address(document.source),
        publisher=document.publisher or stated.publisher,
        set_aside=_set_aside(boilerplate, foreign),
    )


def _merge(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Spans sorted and without overlaps."""
    merged: list[tuple[int, int]] = []
    for begin, end in sorted(spans):
        if merged and begin < merged[-1][1]:
            merged[-1] = merged[-1][0], max(end, merged[-1][1])
        else:
            merged.append((begin, end))
    return merged


def _uncovered(lines: list[Line], spans: list[tuple[int, int]]) -> list[Line]:
    """The lines that no span covers whole."""
    if not spans:
        return lines
    covered = dict(spans)
    return [line for line in lines if covered.get(line.begin, -1) < line.end]


def _set_aside(boilerplate: list[tuple[int, int]], foreign: list[tuple[int, int]]) -> tuple[SetAside, ...]:
    """A foreign line swallows the boilerplate inside it."""
    ends = [end for _, end in foreign]
    kept = [span for span in boilerplate if not _lies_in(span, foreign, bisect_left(ends, span[1]))]
    marked = [SetAside(*span, "boilerplate") for span in kept] + [SetAside(*span, "language") for span in foreign]
    return tuple(sorted(marked, key=lambda s: s.begin))


def _lies_in(span: tuple[int, int], foreign: list[tuple[int, int]], index: int) -> bool:
    return index < len(foreign) and foreign[index][0] <= span[0]
