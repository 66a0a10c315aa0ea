"""`kg validate` finds what is wrong, wherever it came from: here the stored graph itself is altered."""

import os
from pathlib import Path

import pyoxigraph
import pytest
from store_sample import BUILD, NOTE, WIRE, everything, said_by, summit

from kg.check import Finding, validate
from kg.check.consistency import broken_contradictions, strange_edges, twice_stored
from kg.model import Fact, Knowledge, Mention
from kg.store import Store, expected_edges

PREFIXES = "PREFIX coop: <https://w3id.org/cooperation/ontology#> PREFIX id: <https://w3id.org/cooperation/id/> "
EARLY, LATE = (f"id:fact\\/{fact.key}" for fact in summit().facts if fact.predicate == "heldOn")
MENTION = f"id:mention\\/{WIRE.key}-0-110"


def alter(store: Store, update: str) -> None:
    """Changes the dataset behind the store's back."""
    folder = store.path / "datasets" / store.manifest().dataset / "rdf"
    store.close()
    dataset = pyoxigraph.Store(os.fspath(folder))
    before = str(dataset)
    dataset.update(PREFIXES + update)
    assert str(dataset) != before
    dataset.flush()
    store.refresh()


@pytest.mark.parametrize("knowledge", [summit(), everything(), said_by(range(7))], ids=["summit", "everything", "many"])
def test_a_graph_that_was_built_is_sound(tmp_path: Path, knowledge: Knowledge) -> None:
    store = Store.create_or_open(tmp_path / "graph")
    with store.writing():
        manifest = store.publish(knowledge, BUILD)
    report = validate(store)
    assert report.conforms, report.findings
    assert report.n_nodes == sum(n for kind, n in manifest.counts.items() if kind != "concepts")


def changed(property_: str, value: str, of: str) -> str:
    """An update that replaces a value of the node `?x` that the pattern `of` finds."""
    return f"DELETE {{ ?x {property_} ?old }} INSERT {{ ?x {property_} {value} }} WHERE {{ {of} ?x {property_} ?old }}"


ALTERATIONS = [
    ("shape", f"DELETE WHERE {{ {MENTION} coop:end ?x }}"),
    ("shape", "DELETE WHERE { ?f coop:predicate coop:met ; coop:confidence ?c }"),
    ("fact", changed("coop:quote", "'Invented.'", f"VALUES ?x {{ {MENTION} }}")),
    ("fact", changed("coop:object", "id:place\\/kunming", "?x coop:predicate coop:hosted .")),
    ("mention", changed("coop:quote", "'Saigon'", "?x coop:rule ?rule ; coop:begin ?begin .")),
    ("contradiction", f"DELETE DATA {{ {EARLY} coop:contradicts {LATE} }}"),
    ("edge", "INSERT DATA { id:leader\\/pham-minh-chinh coop:visited id:country\\/LAO }"),
    ("edge", "DELETE DATA { id:leader\\/sonexay-siphandone coop:met id:leader\\/pham-minh-chinh }"),
]


@pytest.mark.parametrize(
    ("rule", "update"), ALTERATIONS, ids=[f"{n}-{rule}" for n, (rule, _) in enumerate(ALTERATIONS)]
)
def test_what_was_altered_is_found(store: Store, rule: str, update: str) -> None:
    alter(store, update)
    report = validate(store)
    assert not report.conforms
    assert rule in {finding.rule for finding in report.findings}
    assert report.findings == tuple(sorted(report.findings))


def fact(subject: str, predicate: str, object_: str, **more: str) -> Fact:
    return Fact(subject, predicate, object_, None, (Mention(NOTE.key, 0, 3, "The"),), **more)  # type: ignore[arg-type]


def test_a_symmetric_fact_in_both_directions_is_one_too_many() -> None:
    one, other = fact("leader/a", "met", "leader/b"), fact("leader/b", "met", "leader/a")
    assert [node for node, _ in twice_stored((one, other))] == [f"fact/{one.key}"]
    planned = fact("leader/b", "met", "leader/a", modality="planned")
    assert list(twice_stored((one, planned))) == []


def test_a_contradiction_with_a_fact_that_is_not_there() -> None:
    from dataclasses import replace

    alone = replace(fact("leader/a", "met", "leader/b"), contradicts=("feedfeedfeedfeed",), status="disputed")
    assert "not in the graph" in dict(broken_contradictions([alone]))[f"fact/{alone.key}"]


def test_edges_rest_on_facts() -> None:
    met = fact("leader/a", "met", "leader/b")
    edges = expected_edges([met])
    assert edges == {("leader/a", "met", "leader/b"), ("leader/b", "met", "leader/a")}
    assert list(strange_edges([met], edges)) == []
    assert [node for node, _ in strange_edges([met], [("leader/c", "met", "leader/a"), *edges])] == ["leader/c"]
    assert len(list(strange_edges([met], []))) == 2


def test_a_finding_names_node_and_reason(store: Store) -> None:
    alter(store, f"DELETE WHERE {{ {MENTION} coop:end ?x }}")
    first = next(finding for finding in validate(store).findings if finding.node.startswith("mention/"))
    assert first == Finding("shape", f"mention/{WIRE.key}-0-110", "a mention ends once")
