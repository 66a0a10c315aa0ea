"""Documents that contradict each other: both claims stay, marked, and nothing else is marked."""

from __future__ import annotations

import pytest

from kg.model import Extraction, Fact
from kg.resolve import resolve
from tests.resolve.drafts import Draft


def _summit(id: str, **claims: str) -> Extraction:
    """The 11th CLMV Summit as one document has it: `on` a date, `place` "Kunming CHN" or "CHN", `modality`."""
    draft = Draft(id, claims.get("published"))
    summit = draft.entity(
        "Meeting", "11th CLMV Summit", attributes={"kind": "summit", "ordinal": "11", "series": "clmv"}
    )
    modality = claims.get("modality", "actual")
    if date := claims.get("on"):
        draft.fact(summit, "heldOn", value=date, happened=date, modality=modality)
    for place in filter(None, claims.get("place", "").split(", ")):
        *city, code = place.split()
        held = draft.entity("Place", " ".join(city), attributes={"country": code}) if city else draft.country(code)
        draft.fact(summit, "heldIn", held, modality=modality)
    return draft.extraction()


def _disputed(*extractions: Extraction) -> list[Fact]:
    return [fact for fact in resolve(extractions).facts if fact.status == "disputed"]


@pytest.mark.parametrize(
    ("first", "second", "n_disputed"),
    [
        ({"on": "2024-11-06"}, {"on": "2024-11-07"}, 2),
        ({"on": "2024-11"}, {"on": "2024-11-07"}, 0),
        ({"on": "2024"}, {"on": "2024-11"}, 0),
        ({"on": "2024-11-06/2024-11-07"}, {"on": "2024-11-07"}, 0),
        ({"on": "2024-11-06/2024-11-07"}, {"on": "2024-11-07/2024-11-08"}, 2),
        ({"on": "2024-10"}, {"on": "2024-11-07"}, 2),
        ({"on": "2024-11-06", "modality": "planned"}, {"on": "2024-11-07"}, 0),
        ({"on": "2024-11-06", "modality": "planned"}, {"on": "2024-11-07", "modality": "planned"}, 2),
        ({"on": "2024-11-06", "modality": "cancelled"}, {"on": "2024-11-07", "modality": "cancelled"}, 0),
        ({"place": "Kunming CHN"}, {"place": "Hanoi VNM"}, 2),
        ({"place": "Kunming CHN"}, {"place": "Nanning CHN"}, 2),
        ({"place": "Kunming CHN"}, {"place": "CHN"}, 0),
        ({"place": "CHN"}, {"place": "VNM"}, 2),
        ({"place": "Kunming CHN"}, {"place": "Yunnan province CHN"}, 0),
        ({"place": "Kunming CHN"}, {"place": "Haigeng Convention Center CHN"}, 0),
        ({"place": "Kunming CHN, Dali CHN"}, {"place": "Kunming CHN"}, 0),
    ],
)
def test_dates_and_places(first: dict[str, str], second: dict[str, str], n_disputed: int) -> None:
    assert len(_disputed(_summit("a", **first), _summit("b", **second))) == n_disputed


def test_both_claims_stay_and_name_each_other() -> None:
    a, b = _disputed(_summit("a", on="2024-11-06"), _summit("b", on="2024-11-07"))
    assert (a.contradicts, b.contradicts) == ((b.key,), (a.key,))
    assert {a.value, b.value} == {"2024-11-06", "2024-11-07"}


def test_a_third_document_that_agrees_with_both_is_not_drawn_in() -> None:
    disputed = _disputed(_summit("a", on="2024-11-06"), _summit("b", on="2024-11-07"), _summit("c", on="2024-11"))
    assert sorted(fact.value or "" for fact in disputed) == ["2024-11-06", "2024-11-07"]


def _person(id: str, published: str | None, *claims: tuple[str, str | None]) -> Extraction:
    draft = Draft(id, published)
    person = draft.entity("Leader", "Hun Sen")
    for code, happened in claims:
        draft.fact(person, "represents", draft.country(code), happened=happened)
    return draft.extraction()


@pytest.mark.parametrize(
    ("extractions", "n_disputed"),
    [
        ([_person("a", "2024-01-06", ("KHM", None), ("PHL", None))], 2),
        ([_person("a", None, ("KHM", None), ("PHL", None))], 2),
        ([_person("a", "2024-01-06", ("KHM", "2024"), ("PHL", "2010"))], 0),
        ([_person("a", "2024-01-06", ("KHM", None)), _person("b", "2024-02-06", ("KHM", None), ("PHL", None))], 2),
        ([_person("a", "2024-01-06", ("KHM", None)), _person("b", "2024-02-06", ("KHM", None))], 0),
    ],
)
def test_whom_a_person_represents(extractions: list[Extraction], n_disputed: int) -> None:
    assert len(_disputed(*extractions)) == n_disputed


def test_a_country_and_a_body_are_no_contradiction() -> None:
    draft = Draft("a", "2024-01-06")
    person = draft.person("Lim Jock Hoi", "BRN")
    draft.fact(person, "represents", draft.entity("Organization", "ASEAN", seed="asean"))
    assert not _disputed(draft.extraction())
