"""Exports are the same bytes for the same facts, and every format says the same."""

import json
from dataclasses import replace
from pathlib import Path

import pyoxigraph
import pytest
from rdflib import Graph
from store_sample import BUILD, everything, said_by, summit

from kg.model import Document, Knowledge
from kg.store import EXPORT_FORMATS, Store

PARSED = {
    "turtle": pyoxigraph.RdfFormat.TURTLE,
    "ntriples": pyoxigraph.RdfFormat.N_TRIPLES,
    "trig": pyoxigraph.RdfFormat.TRIG,
    "jsonld": pyoxigraph.RdfFormat.JSON_LD,
}


def exported(store: Store, format: str) -> bytes:
    return b"".join(store.export(format))


def made(folder: Path, knowledge: Knowledge) -> Store:
    store = Store.create_or_open(folder)
    with store.writing():
        store.publish(knowledge, BUILD)
    return store


def test_there_is_a_parser_for_every_format() -> None:
    assert set(PARSED) == set(EXPORT_FORMATS)


@pytest.mark.parametrize("format", EXPORT_FORMATS)
def test_every_format_says_the_same(tmp_path: Path, format: str) -> None:
    store = made(tmp_path / "graph", everything())
    lines = {quad.triple for quad in pyoxigraph.parse(exported(store, "ntriples"), PARSED["ntriples"])}
    assert {quad.triple for quad in pyoxigraph.parse(exported(store, format), PARSED[format])} == lines
    assert len(lines) > 1000


@pytest.mark.parametrize("format", EXPORT_FORMATS)
def test_the_clock_is_in_no_export(tmp_path: Path, format: str) -> None:
    store = made(tmp_path / "graph", summit())
    data = exported(store, format)
    assert BUILD.started.encode() not in data
    assert b"startedAtTime> " not in data
    assert store.sparql("ASK { ?b prov:startedAtTime ?t ; prov:endedAtTime ?u }").boolean


@pytest.mark.parametrize("format", EXPORT_FORMATS)
def test_the_same_facts_give_the_same_bytes_in_another_process(tmp_path: Path, format: str) -> None:
    import subprocess
    import sys

    store = made(tmp_path / "graph", summit())
    code = "import sys; from kg.store import Store; out = sys.stdout.buffer; "
    code += "out.writelines(Store.open(sys.argv[1]).export(sys.argv[2]))"
    root = str(Path(__file__).parents[2])
    ran = subprocess.run(
        [sys.executable, "-c", code, str(store.path), format], cwd=root, capture_output=True, check=True
    )
    assert ran.stdout == exported(store, format)


def test_long_graphs_are_sorted_in_pieces(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = made(tmp_path / "graph", said_by(range(9)))
    whole = exported(store, "turtle")
    monkeypatch.setattr("kg.store.export._SORT_LINES", 7)
    assert exported(store, "turtle") == whole


def test_rdflib_reads_the_turtle(store: Store) -> None:
    graph = Graph().parse(data=exported(store, "turtle"), format="turtle")
    assert len(graph) == len(exported(store, "ntriples").splitlines())


def test_json_ld_is_readable_without_rdf(store: Store) -> None:
    nodes = {node["@id"]: node for node in json.loads(exported(store, "jsonld"))["@graph"]}
    leader = nodes["id:leader/pham-minh-chinh"]
    assert leader["label"] == "Pham Minh Chinh"
    assert leader["attended"] == "id:meeting/clmv-11"
    assert nodes["id:meeting/clmv-11"]["latest"] == "2024-11-07"


def test_hostile_metadata_adds_no_statement(tmp_path: Path) -> None:
    evil = 'http://a> <http://evil> "x" . <http://b'
    plain = Document("d", "text", title="t", source="s", publisher="p")
    hostile = replace(plain, title=evil, source=evil + "\n", publisher='"""', id="\\")
    counts = []
    for name, document in (("plain", plain), ("hostile", hostile)):
        store = made(tmp_path / name, Knowledge((document,), (), (), (), ()))
        for format in EXPORT_FORMATS:
            counts.append(len(list(pyoxigraph.parse(exported(store, format), PARSED[format]))))
    assert len(set(counts)) == 1


def test_an_unknown_format_is_named(store: Store) -> None:
    with pytest.raises(ValueError, match="'rdfxml' is no format of the graph; choose from turtle"):
        next(store.export("rdfxml"))
