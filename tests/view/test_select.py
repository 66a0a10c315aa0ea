"""Parts of a graph: by country, person, topic, framework, time, modality, and by a query in either language."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

import kg
from kg.errors import OutputError, QueryError, UnknownName
from kg.knowledge_graph import KnowledgeGraph
from kg.model import Knowledge
from kg.view.found import is_sparql
from kg.view.select import Part, select
from tests.view.round_table import BERLIN, ENERGY, GERMANY, LAOS, PACT, SUMMIT, TRADE, VIETNAM, round_table


@pytest.fixture(scope="module")
def table() -> Knowledge:
    return round_table()


def _said(knowledge: Knowledge) -> set[tuple[str, str, str]]:
    return {(fact.subject, fact.predicate, fact.object or fact.value or "") for fact in knowledge.facts}


def test_topic_brings_its_meetings_whole(table: Knowledge) -> None:
    part = select(table, Part(topics=(ENERGY,)))
    assert {e.id for e in part.entities if e.type == "Meeting"} == {SUMMIT}
    assert ("leader/an-tran", "attended", SUMMIT) in _said(part)
    assert (SUMMIT, "discussed", TRADE) in _said(part)
    assert ("leader/an-tran", "represents", VIETNAM) in _said(part)


def test_two_countries_ask_for_what_joins_them(table: Knowledge) -> None:
    part = select(table, Part(countries=(VIETNAM, GERMANY)))
    assert {e.id for e in part.entities if e.type == "Meeting"} == {BERLIN}


def test_one_country_asks_for_all_in_which_it_has_a_part(table: Knowledge) -> None:
    assert ("leader/kham-lao", "visited", GERMANY) in _said(select(table, Part(countries=(GERMANY,))))
    assert {e.id for e in select(table, Part(countries=(LAOS,))).entities if e.type == "Meeting"} == {SUMMIT}


def test_leader_framework_and_time_narrow_each_other_down(table: Knowledge) -> None:
    assert {f.subject for f in select(table, Part(frameworks=(PACT,))).facts} & {BERLIN} == set()
    both = select(table, Part(leaders=("leader/an-tran",), since="2022", until="2022-12"))
    assert {e.id for e in both.entities if e.type == "Meeting"} == {BERLIN}
    assert not select(table, Part(leaders=("leader/berg",), frameworks=(PACT,))).facts


def test_modality_takes_plans_alone(table: Knowledge) -> None:
    planned = select(table, Part(modalities=("planned",)))
    assert ("leader/kham-lao", "visited", GERMANY) in _said(planned)
    assert {f.predicate for f in planned.facts} == {"visited", "represents"}


def test_a_fact_without_a_date_has_that_of_its_meeting(table: Knowledge) -> None:
    undated = replace(table, facts=tuple(replace(f, happened=None) for f in table.facts))
    assert _said(select(undated, Part(since="2024"))) >= {("leader/an-tran", "attended", SUMMIT)}


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("CONSTRUCT WHERE { ?s ?p ?o }", True),
        ("# all of it\nPREFIX x: <urn:x>\n  describe x:y", True),
        ("MATCH (n) RETURN n // CONSTRUCT", False),
    ],
)
def test_language_of_a_query_is_told_by_its_first_word(query: str, expected: bool) -> None:
    assert is_sparql(query) is expected


def test_sparql_without_a_graph_is_refused_with_its_place() -> None:
    with pytest.raises(QueryError, match="line 2, column 3: SELECT gives no graph"):
        is_sparql("PREFIX x: <urn:x>\n  SELECT * { ?s ?p ?o }")


# ---------------------------------------------------------------- from a store


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[KnowledgeGraph]:
    from kg.seeds import seeds_folder

    store = tmp_path_factory.mktemp("demo") / "graph"
    kg.build([seeds_folder() / "briefs"], store=store)
    with kg.open(store) as graph:
        yield graph


def _page(graph: KnowledgeGraph, folder: Path, **choices: object) -> str:
    return graph.view(folder / "graph.html", **choices).read_text(encoding="utf-8")  # type: ignore[arg-type]


def test_cypher_and_construct_draw_the_same(demo: KnowledgeGraph, tmp_path: Path) -> None:
    cypher = _page(demo, tmp_path, query="MATCH p = (:Leader)-[:ATTENDED]->(:Meeting) RETURN p")
    sparql = "CONSTRUCT { ?l coop:attended ?m } WHERE { ?l a coop:Leader ; coop:attended ?m }"
    assert _page(demo, tmp_path, query=sparql).count("11th CLMV Summit") == cypher.count("11th CLMV Summit") > 0


def test_nodes_alone_draw_what_joins_them(demo: KnowledgeGraph) -> None:
    found = demo._found("MATCH (c:Country), (m:Meeting) RETURN c, m")
    chosen = found.choose(demo.knowledge.facts)
    assert {f.predicate for f in chosen} >= {"attended", "heldOn"}
    assert all(f.object is None or f.object.startswith(("country/", "meeting/")) for f in chosen)


def test_document_draws_the_facts_that_it_states(demo: KnowledgeGraph) -> None:
    found = demo._found("MATCH (d:Document) WHERE d.title CONTAINS 'scholarships' RETURN d")
    chosen = found.choose(demo.knowledge.facts)
    assert chosen
    assert all({m.document for m in f.evidence} & found.documents for f in chosen)


def test_names_of_the_wrong_kind_and_empty_parts_are_told(demo: KnowledgeGraph, tmp_path: Path) -> None:
    with pytest.raises(UnknownName):
        _page(demo, tmp_path, country="Pham Minh Chinh")
    with pytest.raises(OutputError, match="nothing to draw"):
        _page(demo, tmp_path, since="2090")
    with pytest.raises(QueryError, match="values alone"):
        _page(demo, tmp_path, query="MATCH (n:Country) RETURN n.name")
    assert list(tmp_path.iterdir()) == []


def test_same_part_gives_the_same_bytes(demo: KnowledgeGraph, tmp_path: Path) -> None:
    assert _page(demo, tmp_path, country="Vietnam") == _page(demo, tmp_path, country=["VNM"])


def test_picture_is_a_png_that_may_be_replaced(demo: KnowledgeGraph, tmp_path: Path, browser: object) -> None:
    picture = demo.view(None, png=tmp_path / "graph.png", topic="trade")
    assert picture.read_bytes().startswith(b"\x89PNG")
    assert picture.stat().st_size > 20_000
    demo.view(None, png=picture)
    (tmp_path / "mine.png").write_bytes(b"a photograph of my dog")
    with pytest.raises(OutputError, match="no earlier result"):
        demo.view(None, png=tmp_path / "mine.png")


def test_missing_browser_names_the_package(
    demo: KnowledgeGraph, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("KG_CHROMIUM", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(OutputError, match="apt-get install chromium-headless-shell"):
        demo.view(None, png=tmp_path / "graph.png")
    assert list(tmp_path.iterdir()) == []
