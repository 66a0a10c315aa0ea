"""Meetings across documents: the cases of tests/cases/resolution_meetings.yaml."""

from __future__ import annotations

from typing import Any

import pytest

from kg.resolve import resolve
from tests.resolve.drafts import Draft, groups_of, load_cases


def add_meeting(draft: Draft, fields: dict[str, Any]) -> str:
    """The local id of a meeting as a case describes it."""
    attributes = {key: str(fields[key]) for key in ("kind", "ordinal", "series") if key in fields}
    meeting = draft.entity("Meeting", fields["name"], attributes=attributes)
    if "date" in fields:
        draft.fact(meeting, "heldOn", value=str(fields["date"]), happened=str(fields["date"]))
    if "in" in fields:
        *city, code = fields["in"].split()
        place = draft.entity("Place", " ".join(city), attributes={"country": code}) if city else draft.country(code)
        draft.fact(meeting, "heldIn", place)
    for who in fields.get("who", ()):
        *name, code = who.split()
        draft.fact(draft.person(" ".join(name), code) if name else draft.country(code), "attended", meeting)
    for code in fields.get("by", ()):
        draft.fact(draft.country(code), "hosted", meeting)
    return meeting


@pytest.mark.parametrize("case", load_cases("resolution_meetings.yaml"))
def test_meetings_are_one_or_two(case: dict[str, Any]) -> None:
    extractions, locals, beside = [], [], []
    for n, fields in enumerate(case["meetings"]):
        draft = Draft(f"d{n}", str(fields["published"]) if "published" in fields else None)
        locals.append(add_meeting(draft, fields))
        if "beside" in fields:
            beside.append((n, add_meeting(draft, fields["beside"])))
        extractions.append(draft.extraction())
    knowledge = resolve(extractions)
    for n, other in beside:
        assert len(groups_of(knowledge, [extractions[n]] * 2, [locals[n], other])) == 2
    assert groups_of(knowledge, extractions, locals) == sorted(case["groups"])
    by_mention = {mention: entity.id for entity in knowledge.entities for mention in entity.mentions}
    for n, id in case.get("ids", {}).items():
        local = next(e for e in extractions[n - 1].entities if e.id == locals[n - 1])
        assert by_mention[local.mentions[0]] == id


def test_one_edition_twice_in_a_document_is_one_meeting() -> None:
    draft = Draft("a")
    locals = [
        add_meeting(draft, {"name": name, "kind": "summit", "ordinal": "11", "series": "clmv"})
        for name in ("11th CLMV Summit", "eleventh CLMV Summit")
    ]
    extraction = draft.extraction()
    assert len(groups_of(resolve([extraction]), [extraction] * 2, locals)) == 1
