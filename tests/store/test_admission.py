"""What cannot be stored is left out, one by one, with the reason; the rest is there."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from store_sample import NOTE, WIRE, quote, sentence, summit

from kg.model import Entity, Fact, Figure, Knowledge, Mention, Merge
from kg.store.admission import admit

EVIDENCE = (sentence(WIRE, 0),)
GOOD = Fact("leader/pham-minh-chinh", "visited", "place/kunming", None, EVIDENCE)


def admitted(**parts: object) -> tuple[Knowledge, list[str]]:
    """What becomes of the summit with these parts added, and the reasons for what was left out."""
    base = summit()
    more = {name: (*getattr(base, name), part) for name, part in parts.items()}
    knowledge, skipped = admit(replace(base, **more))  # type: ignore[arg-type]
    return knowledge, [entry.reason for entry in skipped]


def test_the_summit_passes_whole() -> None:
    knowledge, skipped = admit(summit())
    assert skipped == []
    assert len(knowledge.facts) == len(summit().facts)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"predicate": "invaded"}, "'invaded' is no predicate"),
        ({"subject": "leader/nobody"}, "its subject 'leader/nobody' is unknown"),
        ({"object": "place/nowhere"}, "its object 'place/nowhere' is unknown"),
        ({"object": "topic/trade-facilitation"}, "is a Topic, not a Country or Place"),
        ({"subject": "meeting/clmv-11"}, "is a Meeting, not a Leader"),
        ({"object": None}, "either an object or a value"),
        ({"value": "both"}, "either an object or a value"),
        ({"object": None, "value": "Kunming"}, "visited takes an object"),
        ({"predicate": "position"}, "position takes a value"),
        ({"predicate": "met", "object": "leader/pham-minh-chinh"}, "its subject is its object"),
        ({"happened": "2021-02-30"}, "'2021-02-30' is no date"),
        ({"modality": "hoped"}, "'hoped' is no modality"),
        ({"status": "settled"}, "'settled' is no status"),
        ({"confidence": 1.5}, "not from 0 to 1"),
        ({"confidence": float("nan")}, "not from 0 to 1"),
        ({"contradicts": ("0123",)}, "not disputed"),
        ({"evidence": ()}, "no sentence supports it"),
        ({"evidence": (replace(EVIDENCE[0], quote="invented"),)}, "is not the text at 0-110"),
        ({"evidence": (replace(EVIDENCE[0], end=9999),)}, "in a text of"),
        ({"evidence": (replace(EVIDENCE[0], begin=-1),)}, "in a text of"),
        ({"evidence": (replace(EVIDENCE[0], document="feed"),)}, "document 'feed' of its evidence is unknown"),
    ],
)
def test_a_bad_fact_is_left_out_with_its_reason(change: dict[str, object], reason: str) -> None:
    knowledge, reasons = admitted(facts=replace(GOOD, **change))  # type: ignore[arg-type]
    assert len(knowledge.facts) == len(summit().facts)
    assert len(reasons) == 1
    assert reason in reasons[0]
    assert reasons[0].startswith("fact '")
    assert admitted(facts=GOOD)[1] == []


@pytest.mark.parametrize(
    ("value", "good"), [("2024-11-06/2024-11-07", True), ("2024-11", True), ("2024-11-31", False), ("soon", False)]
)
def test_a_meeting_is_held_on_a_real_date(value: str, good: bool) -> None:
    fact = Fact("meeting/clmv-12", "heldOn", None, value, EVIDENCE, happened=None)
    knowledge, reasons = admitted(facts=fact)
    assert (fact.key in {f.key for f in knowledge.facts}) is good
    assert bool(reasons) is not good


@pytest.mark.parametrize(
    ("figure", "reason"),
    [
        (Figure("country/XXX", "trade", "1", "USD", None, EVIDENCE), "its subject 'country/XXX' is unknown"),
        (Figure("country/VNM", "trade", "many", "USD", None, EVIDENCE), "'many' is no number"),
        (Figure("country/VNM", "trade", "1e99", "USD", None, EVIDENCE), "too big"),
        (Figure("country/VNM", " ", "1", "USD", None, EVIDENCE), "what it measures"),
        (Figure("country/VNM", "trade", "1", "USD", None, ()), "no sentence"),
    ],
)
def test_a_bad_figure_is_left_out_with_its_reason(figure: Figure, reason: str) -> None:
    knowledge, reasons = admitted(figures=figure)
    assert len(knowledge.figures) == 1
    assert [reason in given for given in reasons] == [True]


def test_two_spellings_of_an_amount_are_one_figure() -> None:
    one = Figure("country/LAO", "growth", "4.50", "%", "2024", (sentence(WIRE, 0),), "2024-11-08")
    other = Figure("country/LAO", "growth", "4.5", "%", "2024", (sentence(WIRE, 1),), "2024-11-07")
    base = summit()
    knowledge, skipped = admit(replace(base, figures=(one, other)))
    assert skipped == []
    (figure,) = knowledge.figures
    assert (figure.amount, len(figure.evidence), figure.reported) == ("4.5", 2, "2024-11-07")


@pytest.mark.parametrize(
    ("entity", "reason"),
    [
        (Entity("ship/one", "Ship", "One"), "'Ship' is no type"),
        (Entity("leader/x", "Leader", "  "), "it has no name"),
        (Entity("fact/0123", "Leader", "X"), "'fact/0123' is no id of an entity"),
        (Entity("e1", "Leader", "X"), "'e1' is no id of an entity"),
        (Entity("country/AUT", "Country", "Austria", (), {"iso3": "at"}), "'at' is no ISO 3166 code"),
        (Entity("country/AUT", "Country", "Austria", (), {"wikidata": "40"}), "'40' is no Wikidata id"),
        (Entity("meeting/m", "Meeting", "M", (), {"kind": "party"}), "'party' is no kind of Meeting"),
        (Entity("leader/x", "Leader", "X", (), {"kind": "summit"}), "a Leader has no attribute 'kind'"),
        (Entity("place/x", "Place", "X", (), {"country": "Laos"}), "no ISO 3166 code"),
        (Entity("leader/x", "Leader", "X", (), {}, (Mention(WIRE.key, 0, 3, "X"),)), "not the text at 0-3"),
    ],
)
def test_what_an_entity_cannot_have_is_left_out(entity: Entity, reason: str) -> None:
    _, reasons = admitted(entities=entity)
    assert [reason in given for given in reasons] == [True]


@pytest.mark.parametrize("dates", [("2024-11", "2024-12"), ("2024-11-07", "2024-11-06"), ("2024-11-06", "")])
def test_a_meeting_needs_both_its_days_in_order(dates: tuple[str, str]) -> None:
    entity = Entity("meeting/m", "Meeting", "M", (), dict(zip(("earliest", "latest"), dates, strict=True)))
    knowledge, reasons = admitted(entities=entity)
    assert next(e for e in knowledge.entities if e.id == "meeting/m").attributes == {}
    assert reasons


def test_an_alias_is_no_second_label() -> None:
    knowledge, reasons = admitted(entities=Entity("leader/x", "Leader", "X", ("X", "Y", "Y", " ")))
    assert next(e for e in knowledge.entities if e.id == "leader/x").aliases == ("Y",)
    assert reasons == []


def test_a_country_code_is_as_good_as_its_id() -> None:
    knowledge, reasons = admitted(entities=Entity("place/vientiane", "Place", "Vientiane", (), {"country": "LAO"}))
    assert next(e for e in knowledge.entities if e.id == "place/vientiane").attributes == {"country": "country/LAO"}
    assert reasons == []


@pytest.mark.parametrize(
    ("merge", "reason"),
    [
        (Merge("leader/nobody", "X", "", "rule", 1.0), "is unknown"),
        (Merge("country/VNM", "", "", "rule", 1.0), "missing"),
        (Merge("country/VNM", "X", "feed", "rule", 1.0), "document 'feed' is unknown"),
        (Merge("country/VNM", "X", NOTE.key, "rule", -1.0), "not from 0 to 1"),
    ],
)
def test_a_bad_merge_is_left_out(merge: Merge, reason: str) -> None:
    knowledge, reasons = admitted(merges=merge)
    assert len(knowledge.merges) == 1
    assert [reason in given for given in reasons] == [True]


def test_a_bad_publishing_date_is_left_out_and_the_document_stays() -> None:
    base = summit()
    knowledge, skipped = admit(replace(base, documents=(replace(WIRE, published="8 Nov"), NOTE)))
    assert [document.published for document in knowledge.documents if document.key == WIRE.key] == [None]
    assert skipped[0].where == "wire-1"
    assert "'8 Nov' is no date" in skipped[0].reason


def test_a_contradiction_with_what_was_left_out_is_forgotten() -> None:
    base = summit()
    held = [fact for fact in base.facts if fact.predicate == "heldOn"]
    rest = tuple(fact for fact in base.facts if fact != held[0])
    knowledge, _ = admit(replace(base, facts=rest))
    assert [fact.contradicts for fact in knowledge.facts if fact.predicate == "heldOn"] == [()]


@given(st.randoms())
def test_the_order_does_not_matter_and_twice_is_once(random: object) -> None:
    base = summit()
    parts = {}
    for name in ("documents", "entities", "facts", "figures", "merges"):
        part = [*getattr(base, name), *getattr(base, name)]
        random.shuffle(part)  # type: ignore[attr-defined]
        parts[name] = tuple(part)
    assert admit(Knowledge(**parts)) == admit(base)  # type: ignore[arg-type]


def test_evidence_has_no_rule_of_its_own() -> None:
    knowledge, _ = admitted(facts=replace(GOOD, evidence=(quote(WIRE, "He met", "odd"), quote(WIRE, "He met"))))
    assert next(f for f in knowledge.facts if f.predicate == "visited").evidence == (quote(WIRE, "He met"),)
