"""The property graph as a file: GraphML and GEXF for graph tools, CSV for tables. Same facts, same bytes."""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING, Any

from kg.errors import GraphError
from kg.graph.property_graph import to_networkx
from kg.graph.rows import FACT_COLUMNS, fact_rows
from kg.model import Knowledge

if TYPE_CHECKING:
    import networkx

NETWORK_FORMATS = ("graphml", "gexf")
GRAPH_FORMATS = (*NETWORK_FORMATS, "csv")

# XML 1.0 has no way to write these, not even escaped.
_NOT_XML = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def graph_bytes(knowledge: Knowledge, form: str) -> bytes:
    """The graph in one of `GRAPH_FORMATS`, as UTF-8.

    GraphML and GEXF hold nodes and edges, lists joined by " | "; CSV holds one line a fact, with names and evidence,
    and is exact: a spreadsheet may take a cell that begins with "=" for a formula.
    """
    if form == "csv":
        return _csv_bytes(knowledge)
    return _xml_bytes(_flat(to_networkx(knowledge)), form)


def network_bytes(network: networkx.MultiDiGraph, form: str) -> bytes:
    """Any property graph as "graphml" or "gexf": nodes under their name, else their labels; edges under their type.

    Lists are joined by " | ", and what is neither text nor number is written as text.
    """
    if form not in NETWORK_FORMATS:
        raise GraphError(f"'{form}' is no format for a graph; choose from {', '.join(NETWORK_FORMATS)}")
    return _xml_bytes(_flat(network), form)


def _csv_bytes(knowledge: Knowledge) -> bytes:
    text = io.StringIO()
    writer = csv.DictWriter(text, FACT_COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(fact_rows(knowledge.facts, knowledge.entities, knowledge.documents))
    return text.getvalue().encode("utf-8")


def _xml_bytes(graph: networkx.MultiDiGraph, form: str) -> bytes:
    import networkx

    lines = networkx.generate_graphml(graph) if form == "graphml" else networkx.generate_gexf(graph)
    text = "\n".join(lines)
    if form == "gexf":
        # NetworkX stamps the day of writing, and two exports of one graph must be equal.
        text = re.sub(r' lastmodifieddate="[^"]*"', "", text, count=1)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'.encode()


def _flat(graph: networkx.MultiDiGraph) -> networkx.MultiDiGraph:
    """The same graph with text and numbers only, which is all that the XML formats know."""
    import networkx

    flat = networkx.MultiDiGraph()
    for node, data in graph.nodes(data=True):
        label = _text(str(data.get("name", ":".join(data["labels"]))))
        # As tuples and not as keyword arguments, because a property may have any name.
        flat.add_nodes_from([(_text(str(node)), {"label": label, **_flat_values(data)})])
    for source, target, key, data in graph.edges(keys=True, data=True):
        # GEXF keeps "type" for itself; every tool shows "label".
        values = _flat_values({"label" if name == "type" else name: value for name, value in data.items()})
        flat.add_edges_from([(_text(str(source)), _text(str(target)), key, {"id": key, **values})])
    return flat


def _flat_values(data: dict[str, Any]) -> dict[str, str | int | float]:
    return {name: _flat_value(value) for name, value in sorted(data.items())}


def _flat_value(value: Any) -> str | int | float:
    if isinstance(value, (int, float)):
        return value
    return _text(" | ".join(map(str, value)) if isinstance(value, list) else str(value))


def _text(text: str) -> str:
    return _NOT_XML.sub("\ufffd", text)
