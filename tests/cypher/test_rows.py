"""The row interpreter: patterns compared with a matcher that tries everything, and laws of clauses."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from kg.cypher import Graph
from kg.graph import ScratchGraph
from kg.graph.columns import PropertyGraph
from tests.cypher.naive import PathPattern, Row, clauses, matches, small_graphs

Paths = tuple[PathPattern, ...]
Clauses = list[tuple[bool, Paths, str | None]]
"""(whether it is optional, its paths, a condition)"""

CONDITIONS = (None, None, None, "a.k = b.k", "a.k = 1", "NOT a:A", "(a)-[:R]->(b)", "NOT (b)--()", "a.k IS NULL OR b:B")


def column(name: str) -> str:
    """How a variable is returned, so that it can be compared: as numbers."""
    if name[0] == "p":
        return f"[[x IN nodes({name}) | id(x)], [x IN relationships({name}) | id(x)]] AS {name}"
    return f"[x IN {name} | id(x)] AS {name}" if len(name) > 1 else f"id({name}) AS {name}"


def frozen(value: Any) -> Any:
    return tuple(map(frozen, value)) if isinstance(value, list | tuple) else value


def null_path(name: str, value: Any) -> Any:
    """A path that is null returns two nulls."""
    return (None, None) if name[0] == "p" and value is None else value


def holds(graph: ScratchGraph, condition: str | None, row: Row) -> bool:
    """The conditions above, said in Python."""
    a, b = row.get("a"), row.get("b")
    of_a = None if a is None else graph.node_property(a, "k")
    of_b = None if b is None else graph.node_property(b, "k")
    match condition:
        case None:
            return True
        case "a.k = b.k":
            return of_a is not None and of_a == of_b
        case "a.k = 1":
            return of_a == 1
        case "NOT a:A":
            return a is not None and "A" not in graph.labels_of(a)
        case "(a)-[:R]->(b)":
            return a is not None and any(other == b for _, other in graph.outgoing(a, ("R",)))
        case "NOT (b)--()":
            return b is None or not (list(graph.outgoing(b)) or list(graph.incoming(b)))
        case _:
            return of_a is None or (b is not None and "B" in graph.labels_of(b))


def naive_answer(graph: ScratchGraph, query: Clauses) -> tuple[list[str], Counter[Any]]:
    rows: list[Row] = [{}]
    names: list[str] = []
    for optional, paths, condition in query:
        new = [name for path in paths for name in path.names() if name not in names]
        names += dict.fromkeys(new)
        after = []
        for row in rows:
            found = [one for one in matches(graph, paths, row) if holds(graph, condition, one)]
            after += found or ([row | dict.fromkeys(new)] if optional else [])
        rows = after
    return names, Counter(tuple(frozen(null_path(name, row[name])) for name in names) for row in rows)


@st.composite
def queries(draw: st.DrawFn) -> Clauses:
    """One to three MATCH or OPTIONAL MATCH; a condition only where both of its variables are known."""
    query: Clauses = []
    known: set[str] = set()
    for number in range(draw(st.integers(1, 3))):
        paths = draw(clauses(number))
        known |= {name for path in paths for name in path.names()}
        condition = draw(st.sampled_from(CONDITIONS)) if {"a", "b"} <= known else None
        query.append((draw(st.booleans()), paths, condition))
    return query


def text_of(query: Clauses) -> str:
    lines = []
    for optional, paths, condition in query:
        match = f"{'OPTIONAL ' if optional else ''}MATCH {', '.join(map(str, paths))}"
        lines.append(f"{match} WHERE {condition}" if condition else match)
    return "\n".join(lines)


def in_columns(graph: ScratchGraph) -> PropertyGraph:
    """The same graph, which queries can only read, and may read in batches."""
    nodes = [(graph.labels_of(node), graph.node_properties(node)) for node in graph.nodes()]
    links = [
        (graph.source_of(one), graph.target_of(one), graph.type_of(one), graph.relationship_properties(one))
        for one in graph.relationships()
    ]
    return PropertyGraph.build(nodes, links)


@settings(deadline=None, max_examples=250)
@given(graph=small_graphs(), query=queries())
def test_patterns_match_what_trying_everything_finds(graph: ScratchGraph, query: Clauses) -> None:
    names, expected = naive_answer(graph, query)
    text = f"{text_of(query)}\nRETURN count(*) AS n{''.join(', ' + column(name) for name in names)}"
    for one in (graph, in_columns(graph)):
        found: Counter[Any] = Counter()
        for row in Graph(one).query(text).rows:
            found[tuple(map(frozen, row[1:]))] += row[0]
        assert +found == expected, f"{type(one).__name__}: {text}"


@settings(deadline=None, max_examples=200)
@given(graph=small_graphs(), outer=clauses(1), inner=clauses(2))
def test_subqueries_see_the_outer_row(graph: ScratchGraph, outer: Paths, inner: Paths) -> None:
    """EXISTS and COUNT ask for the same pattern with what the outer row has bound."""
    pattern, nested = ", ".join(map(str, outer)), ", ".join(map(str, inner))
    text = f"MATCH {pattern} RETURN COUNT {{ {nested} }} AS n, EXISTS {{ {nested} }} AS any"
    expected = [len(matches(graph, inner, row)) for row in matches(graph, outer, {})]
    assert Counter(Graph(graph).query(text).rows) == Counter((n, n > 0) for n in expected), text


@settings(deadline=None, max_examples=200)
@given(graph=small_graphs(), outer=clauses(1), inner=clauses(2))
def test_pattern_comprehensions_list_each_match(graph: ScratchGraph, outer: Paths, inner: Paths) -> None:
    path = replace(inner[0], name="q")
    assume(path.links)
    text = f"MATCH {', '.join(map(str, outer))} RETURN [{path} | [x IN nodes(q) | id(x)]] AS found"
    expected = [sorted(match["q"][0] for match in matches(graph, (path,), row)) for row in matches(graph, outer, {})]
    found = [sorted(map(tuple, row[0])) for row in Graph(graph).query(text).rows]
    assert sorted(found) == sorted(expected), text


@settings(deadline=None, max_examples=200)
@given(graph=small_graphs(), first=clauses(1), second=clauses(2))
def test_the_order_of_clauses_does_not_change_the_answer(graph: ScratchGraph, first: Paths, second: Paths) -> None:
    there: Clauses = [(False, first, None), (False, second, None)]
    texts = [f"{text_of(query)} RETURN count(*)" for query in (there, there[::-1])]
    assert len({Graph(graph).query(text).single() for text in texts}) == 1, texts


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("()-->(), ()-->()", 6),  # three relationships, in all ordered pairs
        ("()-[*1..2]->(), ()-->()", 7),
        ("()-[*]->(), ()-[*]->()", 8),
    ],
)
def test_parts_of_one_match_that_do_not_touch_share_no_relationship(pattern: str, expected: int) -> None:
    graph = Graph(ScratchGraph())
    graph.query("CREATE ()-[:R]->()-[:R]->(), ()-[:R]->()")
    assert graph.query(f"MATCH {pattern} RETURN count(*)").single() == expected
