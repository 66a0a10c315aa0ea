"""Offices compared: two wordings of one, two that one person can have, and two that are two people's.

A namesake shows by offices that nobody has at once: an ambassador who is named before and after reports of a minister
of health of that name is somebody else. Careers are no contradiction: one office follows the other.
"""

from __future__ import annotations

import tomllib
from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

from kg.resolve.names import singular, words
from kg.resolve.periods import Period

Office = frozenset[str]
# The months in which each office is reported, in order and one entry a report; months count from year 0.
Posts = Mapping[Office, tuple[int, ...]]

_FEW_REPORTS = 2  # one report may be a slip, of the writer or of the reader
_NEAR = 14  # months: between two reports so near to each other nobody leaves an office and returns to it
TERM = 4 * 12 + 1  # months: after that one office may be somebody else's


class _Words(NamedTuple):
    same: Mapping[str, str]
    empty: frozenset[str]
    past: frozenset[str]
    low: frozenset[str]
    beside: frozenset[str]


@cache
def _words() -> _Words:
    table = tomllib.loads((Path(__file__).parent / "offices.toml").read_text(encoding="utf-8"))
    same = {word: line.split()[0] for line in table["same"] for word in line.split()}
    return _Words(same, *(frozenset(table[kind].split()) for kind in ("empty", "past", "low", "beside")))


@lru_cache(maxsize=1 << 14)
def office_key(title: str) -> Office:
    """The words of a title that matter: "Foreign Minister" and "Minister of Foreign Affairs" are one office.

    >>> office_key("Premier") == office_key("Prime Minister"), sorted(office_key("Vice Minister for Trade"))
    (True, ['deputy', 'minister', 'trade'])
    """
    table = _words()
    found = [table.same.get(word, word) for word in map(singular, words(title))]
    text = " ".join(found).replace("prime minister", "prime_minister").replace("defence", "defense")
    kept = frozenset(text.split()) - table.empty
    # Some states say "national defense" where the others say "defense".
    return kept - {"national"} if "defense" in kept else kept


def is_past(office: Office) -> bool:
    """Whether the title is of somebody who held the office once."""
    return not office.isdisjoint(_words().past)


@lru_cache(maxsize=1 << 16)
def same_office(a: Office, b: Office) -> bool:
    """Two wordings of one office: "Minister of Trade", "Minister of Commerce and Trade"; a bare "minister" is none."""
    if a == b:
        return bool(a)
    small, large = (a, b) if len(a) < len(b) else (b, a)
    return len(small) > 1 and small < large and level(a) == level(b) != ""


@lru_cache(maxsize=1 << 14)
def level(office: Office) -> str:
    """ "top", "minister", "low", or "" for an office that may stand beside any other."""
    table = _words()
    if "prime_minister" in office or office == {"president"}:
        return "" if "deputy" in office else "top"
    if "director" in office or "permanent" in office:
        return "low"
    if office & table.beside:
        return ""
    if office & table.low:
        return "low" if office != {"deputy", "president"} else ""
    return "minister" if "minister" in office and len(office) > 1 else ""


def is_unique(office: Office) -> bool:
    """Whether a state has one holder of it at a time: its president, its head of government, a minister of a field."""
    return level(office) in ("top", "minister")


@lru_cache(maxsize=1 << 16)
def exclude_each_other(a: Office, b: Office) -> bool:
    """Whether nobody has both at once.

    >>> exclude_each_other(office_key("Ambassador"), office_key("Health Minister"))
    True
    >>> exclude_each_other(office_key("Deputy Prime Minister"), office_key("Health Minister"))
    False
    """
    levels = {level(a), level(b)}
    if "" in levels or same_office(a, b):
        return False
    if levels == {"top"} or levels == {"top", "minister"}:  # a sultan who is his own minister of defense
        return False
    fields_differ = (a & b) <= {"minister", "deputy", "director", "general", "secretary", "permanent"}
    return "low" in levels and len(levels) > 1 or fields_differ


def month_of(day: Period) -> int:
    """The month of a date's first day, counted from year 0; a twelfth of a year is near enough."""
    return int(day.begin / 30.44)


Pair = frozenset[Office]


def posts_conflict(a: Posts, b: Posts, joint: frozenset[Pair] = frozenset()) -> bool:
    """Whether two careers are two people's: offices that exclude each other, each reported between reports of the

    other one. One report proves nothing. `joint` holds pairs of offices that a document gives to one person.
    """
    return any(
        exclude_each_other(x, y) and (_amid(a[x], b[y]) or _amid(b[y], a[x])) and frozenset((x, y)) not in joint
        for x in a if len(a[x]) >= _FEW_REPORTS
        for y in b if len(b[y]) >= _FEW_REPORTS
    )  # fmt: skip


def _amid(months: tuple[int, ...], others: tuple[int, ...]) -> bool:
    """Whether at least two of the reports lie between reports of the other office that are near on both sides."""
    n = 0
    for month in months:
        before, after = bisect_left(others, month), bisect_right(others, month)
        if before and after < len(others) and others[after] - others[before - 1] <= _NEAR:
            n += 1
    return n >= _FEW_REPORTS


def share_office(a: Posts, b: Posts, reach: int = TERM) -> bool:
    """Whether an office is one in both, in reports at most `reach` months apart."""
    return any(same_office(x, y) and months_near(a[x], b[y], reach) for x in a for y in b)


def months_near(a: tuple[int, ...], b: tuple[int, ...], reach: int) -> bool:
    """Whether two reports lie within `reach` months; a side without any date is near to everything."""
    if not a or not b:
        return True
    return any(
        abs(b[i] - month) <= reach for month in a for i in (bisect_left(b, month) - 1, bisect_left(b, month))
        if 0 <= i < len(b)
    )  # fmt: skip


def both(a: Posts, b: Posts) -> Posts:
    """The reports of two groups together."""
    found = dict(a)
    for office, months in b.items():
        found[office] = tuple(sorted((*found.get(office, ()), *months)))
    return found
