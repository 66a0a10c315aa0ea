"""The library's door: what Python can ask of a graph is what the commands show."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import kg
from kg.errors import StoreError, UnknownName

SUMMIT = (
    "Prime Minister Pham Minh Chinh led the Vietnamese delegation to the 11th CLMV Summit in Kunming, China, "
    "on 7 November 2024. Pham Minh Chinh will visit Laos in 2025."
)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("store")
    (folder / "summit.txt").write_text(SUMMIT, encoding="utf-8")
    kg.build([folder / "summit.txt"], store=folder / "graph")
    return folder / "graph"


@pytest.fixture
def graph(store: Path) -> Iterator[kg.KnowledgeGraph]:
    with kg.open(store) as opened:
        yield opened


def test_facts_carry_their_sentence_at_its_place(graph: kg.KnowledgeGraph) -> None:
    facts = graph.facts(about="11th CLMV Summit", predicate="ledDelegation")
    assert [graph.entity(fact.subject).name for fact in facts] == ["Pham Minh Chinh"]
    (said,) = facts[0].evidence
    assert SUMMIT[said.begin : said.end] == said.quote


def test_sparql_and_networkx_see_the_same_facts(graph: kg.KnowledgeGraph) -> None:
    rows = graph.sparql("SELECT ?f WHERE { ?f a coop:Fact ; coop:object ?o }").rows
    keys = {str(row[0]).rsplit("/", 1)[1] for row in rows}
    edges = {key for _, _, key in graph.networkx(documents=False).edges(keys=True)}
    assert keys == edges == {fact.key for fact in graph.facts() if fact.object is not None}


def test_any_name_finds_the_entity_and_a_wrong_one_the_nearest(graph: kg.KnowledgeGraph) -> None:
    assert graph.entity("VNM") == graph.entity("vietnam") == graph.entity("country/VNM")
    with pytest.raises(UnknownName, match="did you mean 'Pham Minh Chinh'"):
        graph.facts(about="Pham Minh Chin")


def test_wrong_predicate_lists_the_right_ones(graph: kg.KnowledgeGraph) -> None:
    with pytest.raises(kg.KgError, match="ledDelegation"):
        graph.facts(predicate="led")


def test_planned_visit_is_no_visit(graph: kg.KnowledgeGraph) -> None:
    assert [fact.modality for fact in graph.facts(predicate="visited")] == ["planned"]
    assert graph.sparql("ASK { ?l coop:visited ?c }").boolean is False


def test_cypher_sees_the_facts_that_sparql_sees(graph: kg.KnowledgeGraph) -> None:
    answer = graph.cypher("MATCH (l:Leader)-[r]->(m) WHERE m.name = $name RETURN l.name, r, m", name="11th CLMV Summit")
    assert {row["l.name"] for row in answer} == {"Pham Minh Chinh"}
    assert {row["r"].type for row in answer} >= {"LED_DELEGATION"}
    assert list(answer.to_pandas().columns) == ["l.name", "r", "m"]
    assert answer.to_networkx().number_of_edges() == len(answer)


def test_sentences_behind_a_cypher_answer_are_in_the_document(graph: kg.KnowledgeGraph) -> None:
    rows = graph.cypher("MATCH ()-[v:VISITED]->() RETURN v").evidence()
    assert [SUMMIT[row["begin"] : row["end"]] for row in rows] == ["Pham Minh Chinh will visit Laos in 2025."]


def test_write_is_refused_with_the_reason_and_the_way(graph: kg.KnowledgeGraph) -> None:
    with pytest.raises(kg.KgError, match=r"facts come from documents; change a sandbox\(\) of it"):
        graph.cypher("MATCH (n) DETACH DELETE n")
    sandbox = graph.sandbox()
    sandbox.query("MATCH (n) DETACH DELETE n")
    assert sandbox.to_networkx().number_of_nodes() == 0
    assert graph.cypher("MATCH (n) RETURN count(n)").single() > 0


def test_view_writes_the_page_and_gives_its_path(graph: kg.KnowledgeGraph, tmp_path: Path) -> None:
    path = graph.view(tmp_path / "graph.html")
    assert path.read_text(encoding="utf-8").startswith("<!doctype html>")
    assert graph.view(path) == path


@pytest.mark.parametrize("form", ["turtle", "ntriples", "trig", "jsonld", "graphml", "gexf", "csv"])
def test_every_export_names_the_country(graph: kg.KnowledgeGraph, form: str) -> None:
    assert b"Vietnam" in graph.export(form)


def test_missing_graph_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="kg build"):
        kg.open(tmp_path / "nowhere")


def test_public_names_are_exactly_those_announced() -> None:
    import types

    public = {name for name, value in vars(kg).items() if not name.startswith("_")}
    rooms = {name for name in public if isinstance(getattr(kg, name), types.ModuleType)}
    assert public - rooms | {"__version__"} == set(kg.__all__)


def test_build_stays_a_function_when_its_module_is_imported() -> None:
    code = "import kg.build, kg.cli.build, kg; assert callable(kg.build) and callable(kg.open)"
    subprocess.run([sys.executable, "-c", code], check=True)


def test_the_two_clocks_are_asked_apart(tmp_path: Path) -> None:
    (tmp_path / "late.md").write_text(
        "---\ntitle: Looking back\ndate: 2024-01-06\n---\n\nPeru and Chile signed the Lima Fisheries Agreement.\n",
        "utf-8",
    )
    kg.build([tmp_path / "late.md"], store=tmp_path / "graph")
    with kg.open(tmp_path / "graph") as graph:
        signed = graph.facts(predicate="signed")
        assert len(signed) == 2
        assert graph.facts(predicate="signed", since="2024-01", until="2024-01") == []
        assert graph.facts(predicate="signed", reported_since="2024-01", reported_until="2024-01") == signed
        assert graph.facts(predicate="signed", reported_since="2024-01-07") == []
        assert graph.facts(predicate="signed", reported_until="2023") == []


def test_columns_are_kept_by_the_build_and_say_what_networkx_says(graph: kg.KnowledgeGraph) -> None:
    from kg.graph.property_graph import to_columns

    assert (graph.store.columns / "manifest.json").is_file()
    kept, made = graph.property_graph.to_networkx(), to_columns(graph.knowledge).to_networkx()
    assert list(kept.nodes(data=True)) == list(made.nodes(data=True))
    assert list(kept.edges(keys=True, data=True)) == list(made.edges(keys=True, data=True))
    network = graph.networkx()
    assert list(kept) == list(network)
    assert set(kept.edges(keys=True)) == set(network.edges(keys=True))
    for node, attributes in network.nodes(data=True):
        # The type of a node is its first label, and in columns the labels come sorted.
        expected = {**attributes, "labels": sorted(attributes["labels"])}
        del expected["type"]
        assert kept.nodes[node] == expected


def test_damaged_columns_are_made_anew_and_change_no_export(store: Path, tmp_path: Path) -> None:
    shutil.copytree(store, tmp_path / "graph")
    with kg.open(tmp_path / "graph") as graph:
        exported, n_relationships = graph.export("ntriples"), graph.property_graph.n_relationships
        columns = graph.store.columns
    for path in columns.iterdir():
        path.write_bytes(b"rubbish")
    with kg.open(tmp_path / "graph") as graph:
        assert graph.property_graph.n_relationships == n_relationships > 0
        assert graph.export("ntriples") == exported
    assert json.loads((columns / "manifest.json").read_bytes())["body"]["format"] == 1
