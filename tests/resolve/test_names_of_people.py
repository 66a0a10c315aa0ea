"""People across documents: the cases of tests/cases/resolution_people.yaml."""

from __future__ import annotations

from typing import Any

import pytest

from kg.resolve import resolve
from tests.resolve.drafts import Draft, groups_of, load_cases


def test_a_document_that_names_both_tells_two_spellings_apart() -> None:
    draft = Draft("a")
    locals = [draft.person(name, "LAO") for name in ("Thipphakone Chanthavongsa", "Thipphakone Chantavongsa")]
    extraction = draft.extraction()
    assert len(groups_of(resolve([extraction]), [extraction] * 2, locals)) == 2


@pytest.mark.parametrize("case", load_cases("resolution_people.yaml"))
def test_people_are_one_or_two(case: dict[str, Any]) -> None:
    extractions, locals = [], []
    for n, line in enumerate(case["people"]):
        name, country, office, published = (*(part.strip() for part in line.split("|")), "", "", "")[:4]
        draft = Draft(f"d{n}", published or None)
        locals.append(draft.person(name, country, office))
        extractions.append(draft.extraction())
    assert groups_of(resolve(extractions), extractions, locals) == sorted(case["groups"])
