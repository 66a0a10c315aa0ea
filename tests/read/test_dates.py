"""Dates in text, against the cases in tests/cases/dates.tsv and against text that nobody would write."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.read import date_patterns, tense
from kg.read.dates import find_dates

CASES = Path(__file__).parent.parent / "cases" / "dates.tsv"


def read_cases() -> list[tuple[str, str, str]]:
    lines = CASES.read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line and not line.startswith("#")]
    return [(row[0], row[1], row[2]) for row in rows]


def strip_brackets(marked: str) -> tuple[str, list[str]]:
    return marked.replace("[", "").replace("]", ""), re.findall(r"\[([^]]+)\]", marked)


@pytest.mark.parametrize(("marked", "published", "expected"), read_cases())
def test_dates_of_the_case_file(marked: str, published: str, expected: str) -> None:
    text, words = strip_brackets(marked)
    found = find_dates(text, published or None)
    assert "; ".join(f"{d.value} {d.kind}" for d in found) == expected
    assert [text[d.begin : d.end] for d in found] == words


def test_case_file_covers_every_kind() -> None:
    kinds = {part.split()[1] for _, _, expected in read_cases() for part in expected.split("; ") if part}
    assert kinds == {"absolute", "yearless", "relative", "weekday", "period"}


DATE_WORDS = """May 5 , 2024 2021-2025 to and March 31 ( ) Monday next last the_same_day two_days_later this_year in of
7/13/2024 Feb_29 from today . - – will_meet said December January 2,000 1st between week that month"""
FRAGMENTS = st.sampled_from([word.replace("_", " ") for word in DATE_WORDS.split()] + ["\n", " ", ""])


@given(
    st.lists(FRAGMENTS, max_size=30).map(" ".join),
    st.sampled_from([None, "2024", "2024-02", "2024-02-29", "2024-13-99", "x"]),
)
def test_any_heap_of_date_words_gives_sorted_valid_expressions(text: str, published: str | None) -> None:
    found = find_dates(text, published)
    assert all(a.end <= b.begin for a, b in pairwise(found))
    for expression in found:
        assert 0 <= expression.begin < expression.end <= len(text)
        assert re.fullmatch(r"\d{4}(-\d\d(-\d\d)?)?(/\d{4}(-\d\d(-\d\d)?)?)?", expression.value)
        first, _, last = expression.value.partition("/")
        assert not last or first < last


@given(st.text(), st.one_of(st.none(), st.text(max_size=12), st.dates().map(str)))
def test_any_text_is_read(text: str, published: str | None) -> None:
    assert all(text[d.begin : d.end].strip() for d in find_dates(text, published))


HOSTILE = [
    "a",
    "1",
    "5 ",
    "May ",
    "May 5, ",
    "5, ",
    "2021-",
    "2021 to ",
    "Monday, ",
    "the same ",
    " ",
    "\n",
    "(",
    "5-",
    "will be ",
    "to be ",
    "last ",
]


@pytest.mark.parametrize("repeated", HOSTILE)
def test_no_pattern_backtracks_on_repeated_text(repeated: str) -> None:
    """50,000 characters must take linear time: with a quadratic pattern this test would run for minutes."""
    text = (repeated * 50_000)[:50_000]
    find_dates(text, "2024-05-05")
    patterns = [p for module in (date_patterns, tense) for p in vars(module).values() if isinstance(p, re.Pattern)]
    assert len(patterns) > 20
    for pattern in patterns:
        pattern.match(text)
