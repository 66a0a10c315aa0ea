"""Papers with common names: one only together with the meeting that adopted or the parties that signed them."""

from __future__ import annotations

from kg.model import Extraction, Knowledge
from kg.resolve import resolve
from tests.resolve.drafts import Draft


def _adopted(id: str, ordinal: str, *papers: str) -> Extraction:
    draft = Draft(id, "2024-11-08")
    attributes = {"kind": "summit", "ordinal": ordinal, "series": "clmv"}
    summit = draft.entity("Meeting", f"{ordinal}th CLMV Summit", attributes=attributes)
    for paper in papers:
        draft.fact(summit, "adopted", draft.entity("Framework", paper))
    return draft.extraction()


def _signed(id: str, published: str, paper: str, *countries: str) -> Extraction:
    draft = Draft(id, published)
    framework = draft.entity("Framework", paper)
    for code in countries:
        draft.fact(draft.country(code), "signed", framework)
    return draft.extraction()


def _n_frameworks(knowledge: Knowledge) -> int:
    return len([e for e in knowledge.entities if e.type == "Framework"])


def test_the_joint_statement_of_one_summit_is_one() -> None:
    knowledge = resolve([_adopted("a", "11", "Joint Statement"), _adopted("b", "11", "a joint statement")])
    assert _n_frameworks(knowledge) == 1
    assert {m.rule for m in knowledge.merges if m.into.startswith("framework/")} == {"adopted at"}


def test_joint_statements_of_two_summits_are_two() -> None:
    assert _n_frameworks(resolve([_adopted("a", "10", "Joint Statement"), _adopted("b", "11", "Joint Statement")])) == 2


def test_a_series_statement_comes_back_with_every_summit() -> None:
    papers = [_adopted("a", "10", "CLMV Joint Statement"), _adopted("b", "11", "CLMV Joint Statement")]
    assert _n_frameworks(resolve(papers)) == 2


def test_a_declaration_with_a_name_of_its_own_is_one() -> None:
    assert (
        _n_frameworks(resolve([_adopted("a", "11", "Bagan Declaration"), _adopted("b", "11", "the Bagan Declaration")]))
        == 1
    )


def test_even_a_name_of_its_own_does_not_join_two_summits() -> None:
    assert (
        _n_frameworks(resolve([_adopted("a", "6", "Hanoi Declaration"), _adopted("b", "7", "Hanoi Declaration")])) == 2
    )


def test_one_loan_agreement_of_the_same_parties_in_one_month() -> None:
    first = _signed("a", "2024-01-05", "loan agreement", "LAO", "THA")
    assert _n_frameworks(resolve([first, _signed("b", "2024-01-07", "a loan agreement", "THA", "LAO")])) == 1
    assert _n_frameworks(resolve([first, _signed("b", "2024-06-07", "a loan agreement", "THA", "LAO")])) == 2
    assert _n_frameworks(resolve([first, _signed("b", "2024-01-07", "a loan agreement", "THA", "KHM")])) == 2


def test_a_statement_of_two_states_belongs_to_its_year() -> None:
    first = _signed("a", "2022-01-05", "Vietnam-Laos Joint Statement")
    assert _n_frameworks(resolve([first, _signed("b", "2022-01-06", "Lao-Vietnamese joint statement")])) == 1
    assert _n_frameworks(resolve([first, _signed("b", "2024-01-06", "Vietnam-Laos Joint Statement")])) == 2


def test_two_memoranda_of_one_document_stay_two() -> None:
    draft = Draft("a", "2024-01-05")
    for paper in ("memorandum of understanding", "Memorandum of Understanding"):
        for code in ("LKA", "MDV"):
            draft.fact(draft.country(code), "signed", draft.entity("Framework", paper))
    assert _n_frameworks(resolve([draft.extraction()])) == 2
