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
    person = draft.entity("Leader", "Arun Dara")
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


# ---------------------------------------------------------------- offices


def _holder(id: str, name: str, code: str, office: str, published: str | None, **fields: str) -> Extraction:
    draft = Draft(id, published)
    person = draft.person(name, code)
    draft.fact(person, "position", value=office, **fields)
    return draft.extraction()


def _reports(*lines: tuple[str, str, str]) -> list[Extraction]:
    """Who holds which office of Fiji, by the day of the report."""
    return [_holder(f"d{n}", name, "FJI", office, day) for n, (name, office, day) in enumerate(lines)]


RABE, TORA, FEE = "Sitiveni Rabe", "Josaia Tora", "Foreign Minister"


@pytest.mark.parametrize(
    ("reports", "n_disputed"),
    [
        # one between two reports of the other
        ([(RABE, FEE, "2024-01-06"), (TORA, FEE, "2024-02-06"), (RABE, FEE, "2024-03-06")], 2),
        ([(RABE, FEE, "2024-02-06"), (TORA, "Minister of Foreign Affairs", "2024-02-06")], 2),
        # a reshuffle
        ([(RABE, FEE, "2024-01-06"), (RABE, FEE, "2024-02-06"), (TORA, FEE, "2024-03-06")], 0),
        ([(RABE, FEE, "2016-01-06"), (TORA, FEE, "2019-02-06"), (RABE, FEE, "2024-03-06")], 0),
        # titles of those who hold the office no more, not yet, or in place of somebody
        ([(RABE, FEE, "2024-02-06"), (TORA, "former Foreign Minister", "2024-02-06")], 0),
        ([(RABE, FEE, "2024-02-06"), (TORA, "acting Foreign Minister", "2024-02-06")], 0),
        ([(RABE, FEE, "2024-02-06"), (TORA, "Deputy Foreign Minister", "2024-02-06")], 0),
        # many have the office
        ([(RABE, "Ambassador", "2024-02-06"), (TORA, "Ambassador", "2024-02-06")], 0),
        ([(RABE, "Minister", "2024-02-06"), (TORA, "Minister", "2024-02-06")], 0),
        # two offices of one person, one person under two names
        ([(RABE, FEE, "2024-02-06"), (RABE, "Trade Minister", "2024-02-06")], 0),
        ([(RABE, FEE, "2024-02-06"), ("S. L. Rabe", FEE, "2024-02-06")], 0),
        ([(RABE, FEE, "2024-02-06"), ("Rabe", FEE, "2024-02-06")], 0),
    ],
)
def test_one_office_has_one_holder(reports: list[tuple[str, str, str]], n_disputed: int) -> None:
    assert len(_disputed(*_reports(*reports))) == n_disputed


def test_a_document_that_names_two_holders_tells_of_a_succession() -> None:
    draft = Draft("a", "2024-02-06")
    for name in (RABE, TORA):
        draft.person(name, "FJI", FEE)
    assert not _disputed(draft.extraction())


def test_a_holder_named_only_beside_the_other_contradicts_nobody() -> None:
    both = Draft("a", "2024-02-06")
    for name in (RABE, TORA):
        both.person(name, "FJI", FEE)
    later = [_holder(f"d{day}", TORA, "FJI", FEE, day) for day in ("2024-03-06", "2024-04-06")]
    assert not _disputed(both.extraction(), *later)


@pytest.mark.parametrize(
    ("name", "code", "office", "published", "row"),
    [
        ("Sok Visal", "KHM", "Prime Minister", "2015-03-02", "Hun Sen, Prime Minister, Cambodia"),
        ("Dara Sovann", "KHM", "Premier", "2024-05-02", "Hun Manet, Prime Minister, Cambodia"),
        ("Kham Inthavong", "LAO", "Prime Minister", "2018-03-02", "Thongloun Sisoulith, Prime Minister, Laos"),
        ("Carlos Duque", "BRA", "President", "2024-03-02", "Luiz Inácio Lula da Silva, President, Brazil"),
    ],
)
def test_another_holder_than_the_seeds_know(name: str, code: str, office: str, published: str, row: str) -> None:
    (fact,) = _disputed(_holder("a", name, code, office, published))
    assert (fact.predicate, fact.contradicts) == ("position", ())
    assert row in fact.against[0]


@pytest.mark.parametrize(
    ("name", "code", "office", "published"),
    [
        ("Samdech Techo Hun Sen", "KHM", "Prime Minister", "2015-03-02"),
        ("Hun Sen", "KHM", "Prime Minister", "2024-05-02"),  # the title of somebody who has left is kept in speech
        ("Manet", "KHM", "Prime Minister", "2024-05-02"),
        ("Hun Mannet", "KHM", "Prime Minister", "2024-05-02"),
        ("Sok Visal", "KHM", "Prime Minister", "2023-08-30"),  # reports are early and late around the day
        ("Sok Visal", "KHM", "Deputy Prime Minister", "2015-03-02"),
        ("Sok Visal", "KHM", "former Prime Minister", "2015-03-02"),
        ("Sok Visal", "KHM", "Prime Minister", None),
        ("Sok Visal", "KHM", "Prime Minister", "1970-05-02"),  # before what the seeds know
        ("Lula", "BRA", "President", "2024-03-02"),
    ],
)
def test_what_the_seeds_do_not_contradict(name: str, code: str, office: str, published: str | None) -> None:
    assert not _disputed(_holder("a", name, code, office, published))


@pytest.mark.parametrize("published", ["2024-01-06", "2024", None])
def test_a_leader_of_the_seeds_in_another_country(published: str | None) -> None:
    draft = Draft("a", published)
    person = draft.person("Hun Sen", office="Chairman of the Communist Party of the Philippines")
    draft.fact(person, "represents", draft.entity("Organization", "Communist Party of the Philippines"))
    disputed = _disputed(draft.extraction())
    assert sorted(fact.predicate for fact in disputed) == ["position", "represents"]
    row = "President of the Cambodian People's Party, Cambodia, 2015-06-20 to "
    assert all(any(row in against for against in fact.against) for fact in disputed)


@pytest.mark.parametrize(
    ("name", "code", "office", "published"),
    [
        ("Prak Sokhonn", "KHM", "ASEAN Special Envoy to Myanmar", "2022-05-02"),
        ("Li Qiang", "SGP", "Ambassador", "2024-05-02"),
        ("Wang Yi", "CHN", "Member of the Politburo", "2024-05-02"),
        ("Thongloun Sisoulith", "LAO", "President of Laos", "2022-05-02"),
    ],
)
def test_a_leader_of_the_seeds_at_home_or_a_namesake(name: str, code: str, office: str, published: str) -> None:
    assert not _disputed(_holder("a", name, code, office, published))


def test_a_party_of_another_country_contradicts_the_country() -> None:
    draft = Draft("a", "2024-01-06")
    person = draft.person("Arun Dara", "KHM")
    draft.fact(person, "represents", draft.entity("Organization", "Communist Party of the Philippines"))
    assert len(_disputed(draft.extraction())) == 2
