"""What was published comes back, whole or filtered."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from store_sample import BUILD, everything, said_by, summit

from kg.errors import UnknownName
from kg.model import Document, Entity, Fact, Knowledge, Mention
from kg.store import Store
from kg.store.admission import admit


@pytest.mark.parametrize("knowledge", [summit(), everything(), said_by(range(5))], ids=["summit", "everything", "many"])
def test_the_graph_comes_back_as_it_was_published(
    tmp_path_factory: pytest.TempPathFactory, knowledge: Knowledge
) -> None:
    store = Store.create_or_open(tmp_path_factory.mktemp("graph"))
    with store.writing():
        manifest = store.publish(knowledge, BUILD)
    assert manifest.refused == ()
    assert store.knowledge() == store.scan() == admit(knowledge)[0]


def test_a_sentence_of_any_length_is_scanned(store: Store) -> None:
    document = Document("long", "word " * 40_000 + '"end",\r\nnext\x00.')
    sentence = Mention(document.key, 0, len(document.text), document.text)
    country, topic = Entity("country/LAO", "Country", "Laos"), Entity("topic/trade", "Topic", "trade")
    fact = Fact(country.id, "proposed", topic.id, None, (sentence,))
    with store.writing():
        store.publish(Knowledge((document,), (country, topic), (fact,), (), ()), BUILD)
    assert store.scan() == store.knowledge()
    assert store.scan().facts == (fact,)


def predicates(facts: list[Fact]) -> list[str]:
    return sorted(fact.predicate for fact in facts)


def test_facts_about_an_entity_have_it_at_either_end(store: Store) -> None:
    assert predicates(store.facts(about=["leader/sonexay-siphandone"])) == ["chaired", "met"]
    assert predicates(store.facts(about=["country/LAO", "country/VNM"])) == ["hosted", "represents"]
    assert store.facts(about=["leader/nobody"]) == []
    assert store.facts(about=[]) == []


def test_a_fact_between_two_of_those_asked_for_comes_once(store: Store) -> None:
    both = store.facts(about=["leader/sonexay-siphandone", "leader/pham-minh-chinh"], predicate="met")
    assert len(both) == 1
    assert len(both[0].evidence) == 1


def test_facts_by_predicate_modality_and_status(store: Store) -> None:
    assert predicates(store.facts(predicate="heldOn")) == ["heldOn", "heldOn"]
    assert predicates(store.facts(modality="planned")) == ["hosted"]
    assert predicates(store.facts(status="disputed")) == ["heldOn", "heldOn"]
    assert store.facts(predicate="heldOn", status="asserted") == []


@pytest.mark.parametrize(
    ("since", "until", "expected"),
    [
        ("2026-06", None, ["hosted"]),
        (None, "2023", []),
        (
            "2024-11-06",
            "2024-11-06",
            ["attended", "chaired", "discussed", "heldIn", "heldOn", "ledDelegation", "partOf"],
        ),
    ],
)
def test_facts_between_dates(store: Store, since: str | None, until: str | None, expected: list[str]) -> None:
    found = set(predicates(store.facts(since=since, until=until)))
    if "ledDelegation" in expected:
        # It happened on the 7th: a fact has its own date before that of its meeting.
        expected = [name for name in expected if name != "ledDelegation"]
    assert found == set(expected)


def test_facts_are_found_by_their_keys_however_many(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.store.readback._KEYS_AT_ONCE", 2)
    everything = store.facts()
    assert store.facts_with_keys([fact.key for fact in reversed(everything)]) == everything
    assert store.facts_with_keys([everything[0].key, "no such key > }"]) == everything[:1]
    assert store.facts_with_keys([]) == []


def test_an_undated_fact_has_the_date_of_its_meeting(store: Store) -> None:
    assert "attended" in predicates(store.facts(since="2024-11-06", until="2024"))
    assert "position" not in predicates(store.facts(since="1900"))


@pytest.mark.parametrize(
    "filters",
    [
        {"predicate": "invaded"},
        {"modality": "hoped"},
        {"status": "settled"},
        {"since": "2021-02-30"},
        {"until": "soon"},
    ],
)
def test_a_filter_that_means_nothing_is_named(store: Store, filters: dict[str, str]) -> None:
    with pytest.raises(UnknownName, match=next(iter(filters.values()))):
        store.facts(**filters)  # type: ignore[arg-type]


@settings(max_examples=30)
@given(name=st.text(max_size=20) | st.sampled_from(["x> } UNION { ?f ?p ?o } #", 'a" }', "a\\u003E b"]))
def test_no_name_smuggles_anything_into_the_query(made: Store, name: str) -> None:
    assert made.facts(about=[name]) == []


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Store:
    store = Store.create_or_open(tmp_path_factory.mktemp("graph"))
    with store.writing():
        store.publish(summit(), BUILD)
    return store
