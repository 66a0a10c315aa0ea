"""The plainest matcher of patterns: every node and every relationship is tried in every place.

It shares no code with the engine. A pattern here writes itself as Cypher, so that both can be asked the same.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import permutations
from typing import Any

from hypothesis import strategies as st

from kg.graph import ScratchGraph

Row = dict[str, Any]
"""Nodes and relationships by their numbers, several hops as a tuple, a path as a pair of tuples, null as None."""


@dataclass(frozen=True)
class NodePattern:
    name: str
    label: str | None = None
    k: int | None = None

    def __str__(self) -> str:
        return f"({self.name}{f':{self.label}' if self.label else ''}{'' if self.k is None else f' {{k: {self.k}}}'})"

    def fits(self, graph: ScratchGraph, node: int) -> bool:
        fits_k = self.k is None or graph.node_property(node, "k") == self.k
        return fits_k and (self.label is None or self.label in graph.labels_of(node))


@dataclass(frozen=True)
class LinkPattern:
    name: str
    types: tuple[str, ...] = ()
    direction: str = "->"
    hops: tuple[int, int] | None = None
    w: int | None = None

    def __str__(self) -> str:
        types = f":{'|'.join(self.types)}" if self.types else ""
        hops = "" if self.hops is None else f"*{self.hops[0]}..{self.hops[1]}"
        inside = f"[{self.name}{types}{hops}{'' if self.w is None else f' {{w: {self.w}}}'}]"
        return f"{'<' if self.direction == '<-' else ''}-{inside}-{'>' if self.direction == '->' else ''}"

    def fits(self, graph: ScratchGraph, link: int) -> bool:
        fits_w = self.w is None or graph.relationship_property(link, "w") == self.w
        return fits_w and (not self.types or graph.type_of(link) in self.types)

    def walk(self, graph: ScratchGraph, node: int, links: tuple[int, ...]) -> int | None:
        """Where these relationships lead from the node, None when they do not."""
        for link in links:
            ways = {"->": graph.source_of(link) == node, "<-": graph.target_of(link) == node}
            if not self.fits(graph, link) or not (
                ways[self.direction] if self.direction in ways else any(ways.values())
            ):
                return None
            node = graph.target_of(link) if graph.source_of(link) == node else graph.source_of(link)
            if self.direction == "<-":
                node = graph.source_of(link)
        return node


@dataclass(frozen=True)
class PathPattern:
    name: str | None
    nodes: tuple[NodePattern, ...]
    links: tuple[LinkPattern, ...]

    def __str__(self) -> str:
        text = str(self.nodes[0]) + "".join(
            f"{link}{node}" for link, node in zip(self.links, self.nodes[1:], strict=True)
        )
        return f"{self.name} = {text}" if self.name else text

    def names(self) -> list[str]:
        return [one.name for one in (*self.nodes, *self.links) if one.name] + ([self.name] if self.name else [])


def matches(graph: ScratchGraph, paths: tuple[PathPattern, ...], row: Row) -> list[Row]:
    """The row with each way to match all paths, no relationship used twice."""
    found = [(row, frozenset[int]())]
    for path in paths:
        found = [end for start, used in found for end in _match_path(graph, path, start, used)]
    return [one for one, _ in found]


def _match_path(
    graph: ScratchGraph, path: PathPattern, row: Row, used: frozenset[int]
) -> Iterator[tuple[Row, frozenset[int]]]:
    ways: list[tuple[Row, frozenset[int], tuple[int, ...], tuple[int, ...]]] = []
    first = path.nodes[0]
    for node in graph.nodes():
        if first.fits(graph, node) and (after := _bind(row, first.name, node)) is not None:
            ways.append((after, used, (node,), ()))
    for link, end in zip(path.links, path.nodes[1:], strict=True):
        ways = [new for way in ways for new in _step(graph, link, end, *way)]
    for after, taken, nodes, links in ways:
        yield (after | {path.name: (nodes, links)} if path.name else after), taken


def _step(
    graph: ScratchGraph,
    link: LinkPattern,
    end: NodePattern,
    row: Row,
    used: frozenset[int],
    nodes: tuple[int, ...],
    links: tuple[int, ...],
) -> Iterator[tuple[Row, frozenset[int], tuple[int, ...], tuple[int, ...]]]:
    least, most = link.hops or (1, 1)
    for n in range(least, most + 1):
        for walked in permutations(graph.relationships(), n):
            last = link.walk(graph, nodes[-1], walked)
            if last is None or used & set(walked) or not end.fits(graph, last):
                continue
            after = _bind(row, link.name, walked if link.hops else walked[0])
            after = None if after is None else _bind(after, end.name, last)
            if after is not None:
                passed = tuple(link.walk(graph, nodes[-1], walked[: i + 1]) for i in range(n))
                yield after, used | set(walked), nodes + passed, links + walked  # type: ignore[operator]


def _bind(row: Row, name: str, value: Any) -> Row | None:
    """The row with one more name; None when the name stands for something else."""
    if not name:
        return row
    return {**row, name: value} if name not in row or row[name] == value else None


# Random graphs and patterns

LABELS, TYPES = ("A", "B"), ("R", "S")


@st.composite
def small_graphs(draw: st.DrawFn) -> ScratchGraph:
    """At most four nodes and five relationships, so that trying everything ends; loops and parallel ones occur."""
    graph = ScratchGraph()
    for labels, k in draw(
        st.lists(
            st.tuples(st.lists(st.sampled_from(LABELS), unique=True), st.sampled_from([None, 0, 1])),
            min_size=1,
            max_size=4,
        )
    ):
        graph.add_node(labels, {} if k is None else {"k": k})
    ends = st.integers(0, graph.n_nodes - 1)
    for source, target, kind, w in draw(
        st.lists(st.tuples(ends, ends, st.sampled_from(TYPES), st.sampled_from([None, 0, 1])), max_size=5)
    ):
        graph.add_relationship(source, target, kind, {} if w is None else {"w": w})
    return graph


def node_patterns(names: str = "abc") -> st.SearchStrategy[NodePattern]:
    rarely = st.sampled_from([None, None, None, None, 0, 1])
    return st.builds(NodePattern, st.sampled_from(["", *names]), st.sampled_from([None, None, None, *LABELS]), rarely)


@st.composite
def clauses(draw: st.DrawFn, number: int = 1) -> tuple[PathPattern, ...]:
    """The paths of one MATCH; `number` tells the names of its paths from those of other clauses."""
    free = draw(st.permutations(["r", "s", "t"]))
    lists = draw(st.permutations(["rs", "ss"]))
    paths = []
    for i in range(draw(st.integers(1, 2))):
        nodes = tuple(draw(st.lists(node_patterns(), min_size=1, max_size=3)))
        links = tuple(draw(_link_patterns(free, lists)) for _ in nodes[1:])
        paths.append(PathPattern(draw(st.sampled_from([None, f"p{number}{i}"])), nodes, links))
    return tuple(paths)


@st.composite
def _link_patterns(draw: st.DrawFn, free: list[str], lists: list[str]) -> LinkPattern:
    """A relationship whose name, taken from those that are left, no other of the clause has."""
    hops = draw(st.sampled_from([None, None, None, (0, 1), (1, 2), (2, 2), (0, 0), (1, 3)]))
    names = free if hops is None else lists
    name = names.pop() if names and draw(st.booleans()) else ""
    types = draw(st.sampled_from([(), (), ("R",), ("R", "S")]))
    return LinkPattern(
        name, types, draw(st.sampled_from(["->", "<-", "--"])), hops, draw(st.sampled_from([None, None, None, 0, 1]))
    )
