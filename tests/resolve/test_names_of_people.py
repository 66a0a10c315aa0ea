"""People across documents: the cases of tests/cases/resolution_people.yaml."""

from __future__ import annotations

from typing import Any

import pytest

from kg.model import Extraction
from kg.resolve import resolve
from tests.resolve.drafts import Draft, groups_of, load_cases


def test_a_document_that_names_both_tells_two_spellings_apart() -> None:
    draft = Draft("a")
    locals = [draft.person(name, "LAO") for name in ("Thipphakone Chanthavongsa", "Thipphakone Chantavongsa")]
    extraction = draft.extraction()
    assert len(groups_of(resolve([extraction]), [extraction] * 2, locals)) == 2


def _drafts(people: list[str]) -> tuple[list[Extraction], list[str]]:
    """One document a line "name | country | office, second office | date", and the person's id in each."""
    extractions, locals = [], []
    for n, line in enumerate(people):
        name, country, offices, published = (*(part.strip() for part in line.split("|")), "", "", "")[:4]
        draft = Draft(f"d{n}", published or None)
        first, *others = (office.strip() for office in offices.split(","))
        locals.append(draft.person(name, country, first))
        for office in others:
            draft.fact(locals[-1], "position", value=office)
        extractions.append(draft.extraction())
    return extractions, locals


@pytest.mark.parametrize("case", load_cases("resolution_people.yaml"))
def test_people_are_one_or_two(case: dict[str, Any]) -> None:
    extractions, locals = _drafts(case["people"])
    assert groups_of(resolve(extractions), extractions, locals) == sorted(case["groups"])


@pytest.mark.parametrize(
    ("rule", "people"),
    [
        ("same name", ["Phạm Minh Chính | VNM", "Pham Minh Chinh | VNM"]),
        ("same words", ["Jinping Xi | CHN", "Xi Jinping | CHN"]),
        ("joined words", ["Park Jin-young | KOR", "Park Jinyoung | KOR"]),
        ("particles", ["Zambry bin Abd Kadir | MYS", "Zambry Abd Kadir | MYS"]),
        ("transliteration", ["Mohammed Khaled | SAU", "Muhammad Khalid | SAU"]),
        ("word order", ["Sam Lo Tui | FJI | Foreign Minister", "Lo Sam Tui | FJI | Foreign Minister"]),
        ("spelling", ["Josephine Winterbottom | GBR", "Josephine Wintrebottom | GBR"]),
        ("initial", ["S. Jaishankar | IND", "Subrahmanyam Jaishankar | IND"]),
        ("shorter name", ["Sok Chenda | KHM", "Sok Chenda Sophea | KHM"]),
        ("common words", ["Carlos Alba Duque | COL | Minister of Trade", "Carlos Duque Rey | COL | Minister of Trade"]),
        ("one-word name", ["Pham Minh Chinh | VNM | Prime Minister", "Chinh | VNM | Prime Minister"]),
    ],
)
def test_every_rule_about_people_names_itself(rule: str, people: list[str]) -> None:
    extractions, locals = _drafts(people)
    knowledge = resolve(extractions)
    assert groups_of(knowledge, extractions, locals) == [[1, 2]]
    assert rule in {merge.rule for merge in knowledge.merges if merge.into.startswith("leader/")}
