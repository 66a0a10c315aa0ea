"""Lines of a news page that are not its article: navigation, captions, share buttons, sign-offs, repeated titles.

    lines -> RULES, each naming stretches of text -> one list of (begin, end)

A rule looks at one line or at where it stands; a stretch inside a line is set aside alone ("(Photo: VNA)"), so that
the sentence around it is still read.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from kg.read.furniture import LONGEST, is_furniture
from kg.read.lines import Line

Span = tuple[int, int]


def find_boilerplate(lines: Sequence[Line]) -> list[Span]:
    """The stretches of a text to set aside as boilerplate, in no order; they may overlap.

    >>> from kg.read.lines import split_lines
    >>> find_boilerplate(split_lines("Home > News\\nThe ministers met in Rome. (Photo: EPA)"))
    [(0, 11), (39, 51)]
    """
    return [span for rule in RULES for span in rule(lines)]


_HEADING_MARKS = re.compile(r"#{1,6}\s")


def find_furniture(lines: Sequence[Line]) -> Iterator[Span]:
    for line in lines:
        if is_furniture(line.text):
            yield line.begin, line.end
        elif marks := _HEADING_MARKS.match(line.text):
            yield line.begin, line.begin + marks.end()


# A title goes with the name of the site, and is often given twice.

_SITE_SEPARATOR = re.compile(r"\s(?:\||::|»|-|–|—|·)\s")
_TOP = 6


def find_repeated_lines(lines: Sequence[Line]) -> Iterator[Span]:
    """The second of two equal lines, and a top line "SITE | title" where the title also stands alone."""
    seen: dict[str, Line] = {}
    for line in lines:
        key = line.text.casefold()
        if key in seen and key.count(" ") >= 2:
            yield line.begin, line.end
        seen.setdefault(key, line)
    for line in lines[:_TOP]:
        yield from _find_site_name(line, seen)


def _find_site_name(line: Line, seen: dict[str, Line]) -> Iterator[Span]:
    if len(line.text) > 2 * LONGEST:
        return
    for separator in _SITE_SEPARATOR.finditer(line.text):
        left, right = line.text[: separator.start()], line.text[separator.end() :]
        if any(part.count(" ") >= 2 and part.casefold() in seen for part in (left, right)):
            yield line.begin, line.end
            return
    parts = line.text.split(" | ")
    if len(parts) == 2 and not line.text.endswith("."):
        yield from _shorter_part(line, parts[0], parts[1])


def _shorter_part(line: Line, left: str, right: str) -> Iterator[Span]:
    """The name of the site in "THE HARBOUR POST | Ministers agree on fishing quotas"."""
    n_left, n_right = len(left.split()), len(right.split())
    if n_left <= 4 < n_right:
        yield line.begin, line.begin + len(left) + 3
    elif n_right <= 4 < n_left:
        yield line.end - len(right) - 3, line.end


# Captions and credits

_CREDIT = (
    r"(?:photos?|images?|pictures?|pics?|pix|illustration|illustrative\sphoto|file\sphoto|photo\scredit|credit|caption"
    r"|ảnh|foto)"
)
_PICTURE_AGENCY = r"(?:afp|reuters|xinhua|epa|ap|vna|getty\simages)"
_CREDIT_IN_BRACKETS = re.compile(
    rf"[(\[](?:[^()\[\]\n]{{0,60}}?\b)?(?:{_CREDIT}\b\s?[:/–-]?|ap\sphoto|getty\simages|{_PICTURE_AGENCY}/)"
    r"[^()\[\]\n]{0,90}[)\]]|\[(?:twitter|facebook|instagram|x)/[^\[\]\n]{1,60}\]",
    re.IGNORECASE,
)
_CREDIT_LINE = re.compile(
    rf"{_CREDIT}\s?(?:[:/]|by\b|courtesy\b|credit\b|from\b|\d).{{0,120}}|{_CREDIT}|{_PICTURE_AGENCY}\s?/\s?.{{1,60}}",
    re.IGNORECASE,
)
_CREDIT_TAIL = re.compile(
    r"(?:(?<=[.!?”\")\w])\s?[-–—|]?\s?)(?<!\w)"
    r"(?:(?:File\s|Illustrative\s)?[Pp]hotos?|PHOTOS?|Images?|Pictures?|Pics?|Photo\scredit|Credit|[Ảả]nh|Foto)"
    r"(?:\s?(?::|/|by\b|courtesy\sof\b)\s?[^.\n]{1,60}\.?|\s\d{1,3}\.?)$"
)


def find_captions(lines: Sequence[Line]) -> Iterator[Span]:
    seen: set[str] = set()
    for line in lines:
        if len(line.text) <= LONGEST and _CREDIT_LINE.fullmatch(line.text):
            yield line.begin, line.end
            continue
        for credit in _CREDIT_IN_BRACKETS.finditer(line.text):
            yield line.begin + credit.start(), line.begin + credit.end()
        tail = _CREDIT_TAIL.search(line.text, max(0, len(line.text) - 80))
        if tail:
            # "Ministers meet - photo 1" under "Ministers meet" says nothing new.
            repeated = line.text[: tail.start()].strip(" -–—|") in seen
            yield line.begin if repeated else line.begin + tail.start(), line.end
        seen.add(line.text)


# Bylines at the top, sign-offs at the end

_NAME = r"[A-Z][\w.'’-]*"
_BYLINE = re.compile(
    rf"(?:[Bb]y|BY|Written\sby|Reported\sby|Reporting\sby|Edited\sby|Story\sby|Text\sby|Author:|Reporter:|Editor:)\s"
    rf"{_NAME}(?:\s(?:de|van|bin|al|and|&|{_NAME})){{0,6}}(?:\s?[,|/–-]\s?.{{1,40}})?"
)
_SENTENCE_ENDS = (".", "!", "?", ":", ";", ",", "…", "”", '"', "’")
_PROSE_WORDS = 12
_PROSE_LETTERS = 40
_SIGN_OFF_WORDS = 4
_MOST_SIGN_OFFS = 3
_SIGN_OFF_TAIL = re.compile(
    r"(?<=[.!?”\"])\s?(?:(?:--?|–|—)\s?(?P<dashed>[A-Z][\w.&/-]*(?:\s[A-Z][\w.&/-]*){0,2})"
    r"|\((?P<bracketed>[A-Z][\w.&/-]*(?:[\s/][A-Z][\w.&/-]*){0,2})\)|\s(?P<bare>[A-Z]{2,8}(?:/[A-Z]{2,8})?))\.?$"
)


def find_bylines(lines: Sequence[Line]) -> Iterator[Span]:
    for line in (*lines[: _TOP + 2], *lines[max(_TOP + 2, len(lines) - 3) :]):
        if len(line.text) <= 80 and not line.text.endswith(".") and _BYLINE.fullmatch(line.text):
            yield line.begin, line.end


def find_sign_offs(lines: Sequence[Line]) -> Iterator[Span]:
    for line, begin in read_sign_offs(lines):
        yield line.begin + begin, line.end


def read_sign_offs(lines: Sequence[Line]) -> list[tuple[Line, int]]:
    """The agencies and authors below an article, each with where it begins in its line: "VNA", "… said. - Bernama"."""
    signed: list[tuple[Line, int]] = []
    first_prose = next((index for index, line in enumerate(lines) if _is_prose(line)), len(lines))
    for index in range(len(lines) - 1, -1, -1):
        line = lines[index]
        if _signs(line.text) and len(signed) < _MOST_SIGN_OFFS and first_prose < index:
            signed += [] if is_furniture(line.text) else [(line, 0)]
        elif not is_furniture(line.text):
            tail = _SIGN_OFF_TAIL.search(line.text, max(0, len(line.text) - 48)) if _is_prose(line) else None
            return [*signed, (line, tail.start())] if tail else signed
    return signed


_SIGNED = re.compile(r"[(\[]?(?:--?|–|—)?\s?[^\Wa-z\d_]")


def _signs(text: str) -> bool:
    return bool(_SIGNED.match(text)) and not text.endswith(_SENTENCE_ENDS) and len(text.split()) <= _SIGN_OFF_WORDS


def _is_prose(line: Line) -> bool:
    return len(line.text) > _PROSE_LETTERS and len(line.text.split()) >= _PROSE_WORDS


RULES: tuple[Callable[[Sequence[Line]], Iterator[Span]], ...] = (
    find_furniture,
    find_captions,
    find_repeated_lines,
    find_bylines,
    find_sign_offs,
)
