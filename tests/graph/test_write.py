"""Files for other graph tools: they open, lose no fact, and are the same bytes whatever the order of the input."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import networkx
import pytest

from kg.graph import GRAPH_FORMATS, graph_bytes
from kg.model import Knowledge


def _reversed(knowledge: Knowledge) -> Knowledge:
    return replace(
        knowledge,
        documents=knowledge.documents[::-1],
        entities=knowledge.entities[::-1],
        facts=tuple(sorted(knowledge.facts, key=lambda f: f.key)),
    )


@pytest.mark.parametrize("form", GRAPH_FORMATS)
def test_same_facts_give_the_same_bytes(knowledge: Knowledge, form: str) -> None:
    assert graph_bytes(knowledge, form) == graph_bytes(_reversed(knowledge), form)


@pytest.mark.parametrize(("form", "read"), [("graphml", networkx.read_graphml), ("gexf", networkx.read_gexf)])
def test_networkx_reads_back_every_node_and_edge(knowledge: Knowledge, form: str, read: Callable[..., Any]) -> None:
    graph = read(io.BytesIO(graph_bytes(knowledge, form)))
    assert graph.nodes["country/VNM"]["name"] == "Vietnam"
    edges = [data for _, _, data in graph.edges(data=True) if data["label"] != "MENTIONS"]
    assert len(edges) == sum(fact.object is not None for fact in knowledge.facts)
    assert {"modality", "evidence", "documents"} <= set(edges[0])


def test_gexf_holds_no_date_of_writing(knowledge: Knowledge) -> None:
    assert b"lastmodifieddate" not in graph_bytes(knowledge, "gexf")


@pytest.mark.parametrize("form", ["graphml", "gexf"])
def test_control_characters_of_an_article_do_not_break_the_file(knowledge: Knowledge, form: str) -> None:
    odd = tuple(replace(e, name=e.name + "\x0b\x1b]0;x\x07 <&>") for e in knowledge.entities)
    read = networkx.read_graphml if form == "graphml" else networkx.read_gexf
    graph = read(io.BytesIO(graph_bytes(replace(knowledge, entities=odd), form)))
    assert graph.nodes["country/LAO"]["name"].endswith("<&>")


def test_csv_has_one_line_a_fact_with_names_and_sentence(knowledge: Knowledge) -> None:
    rows = list(csv.DictReader(io.StringIO(graph_bytes(knowledge, "csv").decode())))
    assert [row["key"] for row in rows] == [fact.key for fact in knowledge.facts]
    held = next(row for row in rows if row["predicate"] == "heldIn")
    assert (held["subject_name"], held["object_name"]) == ("11th CLMV Summit", "Hanoi")
    assert held["evidence"] == "The summit was held in Hanoi on 7 November 2024."
