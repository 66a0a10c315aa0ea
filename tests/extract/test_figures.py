"""Numbers that the text states: amount, unit, what they measure, whose they are, for which period."""

from __future__ import annotations

import pytest

from kg.extract import extract_documents
from kg.model import Document

CASES = [
    (
        "The two-way trade turnover of ASEAN reached over 769 billion USD in 2023.",
        [("ASEAN", "two-way trade turnover", "769000000000", "USD", "2023")],
    ),
    ("Kenya's exports to Uganda rose to $1.2 billion in 2022.", [("Kenya", "exports", "1200000000", "USD", "2022")]),
    ("Peru's budget grew by 4.5 percent.", [("Peru", "budget", "4.5", "%", None)]),
    ("France lent €12.5 million; the loan runs for ten years.", [("France", "loan", "12500000", "EUR", None)]),
    ("Some 300 people gathered outside the embassy of Chad.", []),
    ("Ghana's president arrived on 12 March 2024.", []),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_figures_say_what_they_measure(text: str, expected: list[tuple[str, str, str, str, str | None]]) -> None:
    extraction = next(iter(extract_documents([Document("one", text)])))
    names = {entity.id: entity.name for entity in extraction.entities}
    found = [(names[f.subject], f.indicator, f.amount, f.unit, f.period) for f in extraction.figures]
    assert found == expected
    assert all(text[m.begin : m.end] == m.quote for f in extraction.figures for m in f.evidence)
