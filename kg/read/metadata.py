"""What a page says about itself in its own text: title, date, publisher. Used where its source says nothing.

A line that holds nothing else ("20th September 2021 post by MOIT Vietnam") and a dateline ("HANOI, March 3 (VNA) -")
are set aside from reading.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from kg.read.boilerplate import Span, read_sign_offs
from kg.read.datelines import find_dateline
from kg.read.dates import DateExpression, find_dates
from kg.read.lines import Line

_TOP = 10
_BOTTOM = 4
_LONGEST = 140
_TITLE_WORDS = 24


@dataclass(frozen=True, slots=True)
class Stated:
    """What the text states, and the stretches that state nothing else."""

    published: str | None
    publisher: str | None
    spans: tuple[Span, ...]


def find_metadata(lines: Sequence[Line]) -> Stated:
    """Date and publisher as the lines of a text give them; each is None where they do not.

    >>> from kg.read.lines import split_lines
    >>> text = "Ministers meet\\n20th September 2021 post by MOIT Vietnam\\nThe ministers met in Rome."
    >>> find_metadata(split_lines(text))
    Stated(published='2021-09-20', publisher='MOIT Vietnam', spans=((15, 55),))
    """
    notices = list(_find_notices(lines))
    published = max(notices, key=lambda n: n.weight, default=None)
    dateline = find_dateline(lines)
    spans = [notice.span for notice in notices]
    dates = [published.date if published else None]
    publishers = [notice.publisher for notice in notices]
    if dateline:
        spans.append((dateline.begin, dateline.end))
        dates += [day.value for day in find_full_dates(dateline.words)]
        publishers.append(dateline.agency)
    dates.append(_find_today(lines))
    return Stated(
        published=next(filter(None, dates), None),
        publisher=next(filter(None, publishers), None) or _find_source(lines),
        spans=tuple(sorted(spans)),
    )


def find_full_dates(text: str) -> list[DateExpression]:
    """The days that a text names with their year."""
    return [day for day in find_dates(text, None) if day.kind == "absolute" and len(day.value) == len("2024-11-07")]


def read_date(text: str) -> str | None:
    """The date that a field states, as an ISO date of the same precision; None if it cannot be read.

    >>> read_date("2024-11-07T09:30:00Z"), read_date("Thu, 07 Nov 2024 09:30:00 GMT"), read_date("soon")
    ('2024-11-07', '2024-11-07', None)
    """
    text = text.strip()
    iso = _ISO_FIELD.match(text)
    words = "-".join(filter(None, iso.groups())) if iso else text[:80]
    if re.fullmatch(r"[0-9]{4}", words):
        return words
    if re.fullmatch(r"[0-9]{4}-[0-9]{2}", words):
        return words if "01" <= words[5:] <= "12" else None
    return next((d.value for d in find_dates(words, None) if d.kind == "absolute" and "/" not in d.value), None)


def find_date_in_address(address: str | None) -> str | None:
    """The day in the path of a web address, where many sites keep the day of publishing.

    >>> find_date_in_address("https://news.example/2024/02/08/ministers-meet")
    '2024-02-08'
    """
    match = _ADDRESS_DATE.search(address or "")
    return read_date("-".join(part.zfill(2) for part in match.groups())) if match else None


_ADDRESS_DATE = re.compile(
    r"://[^?#]{0,300}?/(20[0-9]{2})[/-]?(0[1-9]|1[0-2]|[1-9](?=[/-]))[/-]?(0[1-9]|[12][0-9]|3[01]|[1-9](?=[/-]))(?![0-9])"
)
_ISO_FIELD = re.compile(r"([12][0-9]{3})(?:-([0-9]{2})(?:-([0-9]{2})(?=$|[T\s]))?)?(?=$|T|\s[0-9])")


# Lines that give a date, and who published


@dataclass(frozen=True, slots=True)
class _Notice:
    span: Span
    date: str | None
    publisher: str | None
    weight: int  # a publishing date counts more than the date of a change


_LABELS = re.compile(
    r"\b(?:published|posted|post|updated|update|last|modified|created|released|date|time|issued|on|at|by|in|since|gmt|utc|ict|ist|est|edt"
    r"|cet|pst|wib|sgt|hkt|jst|kst|a\.?m\.?|p\.?m\.?|hrs?|hours?|first|online|news|article|story|mon|tue|wed|thu|fri|sat|sun"
    r"|monday|tuesday|wednesday|thursday|friday|saturday|sunday|\d+\smin(?:ute)?s?\sread)(?![\w'’])",
    re.IGNORECASE,
)
_BY = re.compile(
    r"(?:\b(?:post(?:ed)?|contributed|submitted|uploaded|published|released|issued)\s+by|\b(?:source|publisher|by)\s?:)\s*(?P<name>[^|,;:()\d]{2,60})",
    re.IGNORECASE,
)
_LAST_PREPOSITION = re.compile(r"\s(?:on|at|in)$")
_CHANGED = re.compile(r"updat|modif|chang|edit", re.IGNORECASE)
_PUBLISHING = re.compile(r"publish|post|releas|issue|date", re.IGNORECASE)
_LETTERS = re.compile(r"[^\W\d_]{2,}")
_BODY_WORDS = re.compile(
    r"\b(?:[A-Z]{2,}|News|Ministry|Agency|Times|Press|Post|Daily|Herald|Media|Today|Embassy|Office|Government|Secretariat|Radio|TV"
    r"|Online|Network|Journal|Tribune|Gazette|Institute|Bank|Department|Mission|Council|Commission|Centre|Center|Bureau|Star|Nation)\b"
)


def _find_notices(lines: Sequence[Line]) -> Iterator[_Notice]:
    for line in (*lines[:_TOP], *lines[max(_TOP, len(lines) - _BOTTOM) :]):
        if len(line.text) <= _LONGEST and _DIGIT.search(line.text):
            notice = _read_notice(line)
            if notice:
                yield notice


_DIGIT = re.compile(r"[0-9]")


def _read_notice(line: Line) -> _Notice | None:
    """The date of a line that holds a date, labels, a time, and perhaps a publisher, but nothing else."""
    days = find_full_dates(line.text)
    if not days:
        return None
    rest = _without(line.text, days)
    by = _BY.search(rest)
    if by:
        rest = rest[: by.start()] + rest[by.end() :]
    if _LETTERS.search(_LABELS.sub(" ", rest)):
        return None
    name = _LAST_PREPOSITION.sub("", by["name"].strip(" -–—|.")) if by else ""
    day = _labelled(line.text, days)
    changed = _CHANGED.search(line.text[: day.begin])
    weight = 1 if changed else 3 if _PUBLISHING.search(line.text) else 2
    return _Notice((line.begin, line.end), day.value, name if _BODY_WORDS.search(name) else None, weight)


def _labelled(text: str, days: Sequence[DateExpression]) -> DateExpression:
    """The day that "published" stands before, in a line which also says when it was changed; else the first one."""
    for day in days:
        if re.search(r"(?:publish|post|releas|issue)\w*\W{0,3}(?:on|at)?\W{0,2}$", text[: day.begin], re.IGNORECASE):
            return day
    return days[0]


def _without(text: str, dates: Iterable[DateExpression]) -> str:
    for date in sorted(dates, key=lambda d: -d.begin):
        text = text[: date.begin] + " " + text[date.end :]
    return text


_TODAY = re.compile(r"\b[Tt]oday,?\s")


def _find_today(lines: Sequence[Line]) -> str | None:
    """The day of a report that says which day "today" is: "met the ambassador today, Sunday (May 7, 2023)"."""
    for line in lines[:_TOP]:
        today = _TODAY.search(line.text)
        if today:
            days = find_full_dates(line.text[today.start() : today.start() + 60])
            if days and days[0].begin == 0:
                return days[0].value
    return None


# Title and source

_SOURCE = re.compile(r"(?:source|publisher|nguồn)\s?[:：]\s?(?P<name>[^\n]{2,60})", re.IGNORECASE)
_URL = re.compile(r"https?:|www\.|[\w-]+\.(?:com|org|net|vn|gov)\b", re.IGNORECASE)
_SITE = re.compile(r"\s\|\s")


def find_title(body: Sequence[Line]) -> str | None:
    """The first line of a text without its boilerplate, if it is short, ends no sentence and stands above a longer."""
    if not body or body[0].text.endswith((".", ":", ";", ",", "…")):
        return None
    first = body[0].text
    if not 2 <= len(first.split()) <= _TITLE_WORDS or all(len(line.text) <= len(first) for line in body[1:]):
        return None
    return max(_SITE.split(first), key=len).lstrip("# ").strip()


def _find_source(lines: Sequence[Line]) -> str | None:
    for line in (*lines[:_TOP], *lines[max(_TOP, len(lines) - _BOTTOM) :]):
        if len(line.text) <= 80:
            source = _SOURCE.fullmatch(line.text)
            if source and not _URL.search(source["name"]):
                return source["name"].strip()
    for line, begin in read_sign_offs(lines):
        name = line.text[begin:].strip(" -–—().[]")
        if name and _AGENCY_NAME.fullmatch(name):
            return name
    return None


# One word, or words that name a body: two plain words are more often an author.
_AGENCY_NAME = re.compile(rf"[A-Z][\w.&/-]*|[^\n]*{_BODY_WORDS.pattern}[^\n]*")
