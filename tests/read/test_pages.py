"""What is set aside on a page and what the page says about itself, against tests/cases/pages.txt and languages.tsv."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.model import Document, Skipped
from kg.read import boilerplate, datelines, decode, furniture, language, metadata
from kg.read.finish import finish_document
from kg.read.language import find_language

CASES = Path(__file__).parent.parent / "cases"


@dataclass
class Page:
    name: str
    title: str | None
    published: str | None
    publisher: str | None
    lines: list[tuple[str, str]] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "\n\n".join(re.sub("[«»]", "", line) for _, line in self.lines)

    @property
    def aside(self) -> list[str]:
        whole = [[line] if mark == "-" else re.findall("«(.*?)»", line) for mark, line in self.lines]
        return [words for line in whole for words in line]


def _stated(value: str) -> str | None:
    return None if value == "-" else value


def read_pages() -> list[Page]:
    pages: list[Page] = []
    for line in (CASES / "pages.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("== "):
            name, *fields = line[3:].split(" | ")
            title, published, publisher = (_stated(value.partition(": ")[2]) for value in fields)
            pages.append(Page(name, title, published, publisher))
        elif line and not line.startswith("#"):
            pages[-1].lines.append((line[0], line[2:]))
    return pages


@pytest.mark.parametrize("page", read_pages(), ids=lambda page: page.name)
def test_page_is_read_without_its_furniture(page: Page) -> None:
    document = finish_document(Document("page", page.text), "page")
    assert isinstance(document, Document)
    assert [document.text[s.begin : s.end] for s in document.set_aside] == page.aside
    assert (document.title, document.published, document.publisher) == (page.title, page.published, page.publisher)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        line.split("\t")
        for line in (CASES / "languages.tsv").read_text(encoding="utf-8").splitlines()
        if not line.startswith("#")
    ],
)
def test_language_of_a_line(line: str, expected: str) -> None:
    assert (find_language(line) or "") == expected


def test_stated_metadata_does_not_override_that_of_the_source() -> None:
    page = read_pages()[0]
    given = Document("page", page.text, title="Given", published="2020-01-01", publisher="Given Times")
    document = finish_document(given, "page")
    assert isinstance(document, Document)
    assert (document.title, document.published, document.publisher) == ("Given", "2020-01-01", "Given Times")


def test_day_in_the_address_dates_an_article_that_says_nothing_itself() -> None:
    body = "The ministers met in the capital and agreed on a plan for the river."
    document = finish_document(Document("a", body, source="https://news.example/world/2024/02/08/plan.html"), "a")
    assert isinstance(document, Document)
    assert document.published == "2024-02-08"


def test_text_in_another_language_is_skipped_with_the_language_named() -> None:
    text = "Les deux présidents se sont entretenus dans la capitale et ont signé un accord pour la coopération.\n\nHOME"
    assert finish_document(Document("fr", text), "fr.txt") == Skipped("fr.txt", "is not in English (looks like French)")


def test_long_text_in_an_unknown_language_is_skipped() -> None:
    text = " ".join(["lorem ipsum dolor sit amet consectetur adipiscing elit sed eiusmod"] * 12)
    skipped = finish_document(Document("x", text), "x.txt")
    assert isinstance(skipped, Skipped)
    assert "not in English" in skipped.reason


def test_page_of_nothing_but_furniture_is_skipped() -> None:
    skipped = finish_document(Document("x", "Home > World\n\nShare this article\nComment (0)"), "x.txt")
    assert skipped == Skipped("x.txt", "holds only navigation, captions and the like")


LINES = st.sampled_from(
    [line for page in read_pages() for _, line in page.lines]
    + ["", " ", "\u00a0", "\u2028x", "(Photo:", "- ", "a | b", "\x1b[2J"]
)


@given(st.one_of(st.text(), st.lists(st.one_of(LINES, st.text(max_size=20)), max_size=12).map("\n".join)))
def test_any_text_gives_sorted_disjoint_stretches_inside_it(text: str) -> None:
    document = finish_document(Document("any", text), "any")
    if isinstance(document, Skipped):
        assert document.reason
        return
    assert document.text == text
    assert all(0 <= s.begin < s.end <= len(text) for s in document.set_aside)
    assert all(a.end <= b.begin for a, b in pairwise(document.set_aside))
    assert {s.reason for s in document.set_aside} <= {"boilerplate", "language"}


HOSTILE = [
    "a",
    "A ",
    "A. ",
    "(",
    "[Photo ",
    "| ",
    " - ",
    "we ",
    "cookie ",
    "HANOI, ",
    "Hanoi (V",
    "By A ",
    "á",
    "đ",
    "'",
    "/ ",
    "> a ",
    "1 ",
]


@pytest.mark.parametrize("repeated", HOSTILE)
def test_no_pattern_backtracks_on_repeated_text(repeated: str) -> None:
    """50,000 characters in one line, and in many: with a quadratic pattern this test would run for minutes."""
    text = (repeated * 50_000)[:50_000]
    finish_document(Document("x", text), "x")
    finish_document(Document("x", "\n".join(text[i : i + 120] for i in range(0, 50_000, 120))), "x")
    patterns = [
        pattern
        for module in (boilerplate, datelines, decode, furniture, language, metadata)
        for pattern in vars(module).values()
        if isinstance(pattern, re.Pattern) and isinstance(pattern.pattern, str)
    ]
    assert len(patterns) > 25
    for pattern in (*patterns, *datelines._FORMS):
        pattern.match(text)
