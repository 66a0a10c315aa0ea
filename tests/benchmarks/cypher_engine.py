"""Entente's Cypher engine behind the protocol of `shared/bench/run_bench.py`."""

from __future__ import annotations

from typing import Any

import numpy as np

from kg.cypher import Graph
from kg.graph.columns import PropertyGraph
from kg.graph.tables import NodeTable, RelationshipTable


class Entente:
    """The graph in columns, queried through `kg.cypher.Graph`."""

    def load(self, data: Any) -> None:
        nodes = [
            NodeTable([label], len(rows), dict(zip(head, zip(*rows, strict=True), strict=True)))
            for label, (head, rows) in data.nodes.items()
        ]
        ids = np.concatenate([np.array(table.columns["id"]) for table in nodes])
        number = np.empty(ids.max() + 1, np.int64)
        number[ids] = np.arange(len(ids))
        links = []
        for type_, (_, _, head, rows) in data.rels.items():
            source, target, *columns = (list(column) for column in zip(*rows, strict=True))
            links.append(
                RelationshipTable(type_, number[source], number[target], dict(zip(head[2:], columns, strict=True)))
            )
        self.graph = Graph(PropertyGraph.from_tables(nodes, links))

    def run(self, name: str, query: str, params: dict[str, Any]) -> list[list[Any]]:
        return [list(row) for row in self.graph.query(query, params).rows]
