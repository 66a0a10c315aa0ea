"""Organizations, frameworks, projects, places and topics: the cases of tests/cases/resolution_bodies.yaml."""

from __future__ import annotations

from typing import Any

import pytest

from kg.resolve import resolve
from tests.resolve.drafts import Draft, groups_of, load_cases


def _draft(n: int, line: str) -> tuple[Draft, str]:
    type, name, rest = (*(part.strip() for part in line.split("|")), "")[:3]
    fields = dict(field.strip().split("=") for field in rest.split(";") if field)
    aliases = [alias.strip() for alias in fields.pop("aliases", "").split(",") if alias]
    seed, speaks_for = fields.pop("seed", None), fields.pop("represents", None)
    draft = Draft(f"d{n}")
    local = draft.entity(type, name, *aliases, seed=seed, attributes=fields)
    if speaks_for:
        minister = draft.person(f"Minister{n} Of{n}", speaks_for, "Minister")
        draft.fact(minister, "represents", local)
    return draft, local


@pytest.mark.parametrize("case", load_cases("resolution_bodies.yaml"))
def test_names_are_one_or_two(case: dict[str, Any]) -> None:
    drafts = [_draft(n, line) for n, line in enumerate(case["locals"])]
    extractions = [draft.extraction() for draft, _ in drafts]
    assert groups_of(resolve(extractions), extractions, [local for _, local in drafts]) == sorted(case["groups"])
