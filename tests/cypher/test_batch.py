"""Rewritten plans in batches and plain plans row by row give equal rows, whatever the graph and the query."""

from __future__ import annotations

import math
from collections import Counter
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.cypher import CypherError, Graph
from kg.cypher.values import group_key
from kg.graph.columns import PropertyGraph

_VALUES = {
    "n": st.none() | st.integers(-2, 3) | st.just(2**62 + 1),
    "f": st.none() | st.sampled_from([0.0, -0.5, 1.0, 2.5, math.nan, math.inf]),
    "s": st.none() | st.sampled_from(["", "a", "ab", "b", "é", "Z"]),
    "b": st.none() | st.booleans(),
    "m": st.none() | st.integers(0, 2) | st.sampled_from(["a", 1.0, True]) | st.just(["a", "b"]),
}
_properties = st.fixed_dictionaries(_VALUES)


@st.composite
def graphs(draw: st.DrawFn) -> PropertyGraph:
    n = draw(st.integers(0, 6))
    labels = st.lists(st.sampled_from(["A", "B", "C"]), unique=True, max_size=2)
    nodes = [(draw(labels), draw(_properties)) for _ in range(n)]
    ends = st.integers(0, max(0, n - 1))
    link = st.tuples(ends, ends, st.sampled_from(["R", "S"]), st.fixed_dictionaries({"w": _VALUES["n"]}))
    return PropertyGraph.build(nodes, draw(st.lists(link, max_size=9)) if n else [])


_label = st.sampled_from(["", "", ":A", ":B", ":A|B", ":!A", ":A:B"])
_hop = st.sampled_from(
    ["-[{}]->", "<-[{}]-", "-[{}]-", "-[{}:R]->", "<-[{}:S]-", "-[{}:R|S]-", "-[{}:R {{w: 1}}]->", "-[{}:!R]-"]
)
_lengths = st.sampled_from(["-[{}*0..2]-", "-[{}:R*1..2]->", "<-[{}*2..3]-", "-[{}*..2 {{w: 1}}]-"])
_operators = st.sampled_from(["=", "<>", "<", "<=", ">", ">="])
_constants = st.sampled_from(["0", "1", "2.5", "1.0", "'a'", "'aa'", "null", "true", "4611686018427387905", "$p", "$q"])


@st.composite
def patterns(draw: st.DrawFn, nodes: list[str], links: list[str], trails: list[str], begin: str = "") -> str:
    """A path; its variables are added to the lists. Nodes may come back."""

    def node() -> str:
        if nodes and draw(st.integers(0, 4)) == 0:
            return f"({draw(st.sampled_from(nodes))})"
        name = f"n{len(nodes)}"
        nodes.append(name)
        return f"({name}{draw(_label)})"

    text = f"({begin})" if begin else node()
    for _ in range(draw(st.integers(0 if not begin else 1, 2))):
        several = draw(st.integers(0, 3)) == 0
        held = trails if several else links
        name = f"{'t' if several else 'r'}{len(held)}"
        held.append(name)
        text += draw(_lengths if several else _hop).format(name) + node()
    return text


@st.composite
def conditions(draw: st.DrawFn, nodes: list[str], links: list[str]) -> str:
    def value() -> str:
        if links and draw(st.integers(0, 3)) == 0:
            return f"{draw(st.sampled_from(links))}.w"
        return f"{draw(st.sampled_from(nodes))}.{draw(st.sampled_from(sorted(_VALUES)))}"

    def test() -> str:
        match draw(st.integers(0, 8)):
            case 0:
                return f"{value()} IS {draw(st.sampled_from(['', 'NOT ']))}NULL"
            case 1:
                return f"{draw(st.sampled_from(nodes))}{draw(st.sampled_from([':A', ':B', ':A|B', ':A:B']))}"
            case 2:
                one, other = draw(st.sampled_from(nodes)), draw(st.sampled_from(nodes))
                return f"{one} {draw(st.sampled_from(['=', '<>']))} {other}"
            case 3:
                return f"{value()} IN [1, 'a', null, 2.5]"
            case 4:
                return f"{draw(st.sampled_from(nodes))}.s {draw(st.sampled_from(['STARTS WITH', 'CONTAINS']))} 'a'"
            case 5:
                return f"{draw(st.sampled_from(nodes))}.n + 1 {draw(_operators)} {draw(st.sampled_from(nodes))}.n"
            case 6:
                return f"(({draw(st.sampled_from(nodes))})-[:R]->(:B))"
            case _:
                return f"{value()} {draw(_operators)} {draw(st.one_of(st.builds(value), _constants))}"

    tests = [test() for _ in range(draw(st.integers(1, 3)))]
    text = draw(st.sampled_from([" AND ", " OR ", " XOR "])).join(tests)
    return f"NOT ({text})" if draw(st.booleans()) else text


@st.composite
def queries(draw: st.DrawFn) -> tuple[str, bool]:
    """A query, and whether its rows have one order."""
    nodes: list[str] = []
    links: list[str] = []
    trails: list[str] = []
    text = f"MATCH {draw(patterns(nodes, links, trails))}"
    if draw(st.integers(0, 2)) == 0:
        text += f", {draw(patterns(nodes, links, trails))}"
    if draw(st.booleans()):
        text += f" WHERE {draw(conditions(nodes, links))}"
    if draw(st.integers(0, 2)) == 0:
        begin = draw(st.sampled_from([*nodes, ""]))
        text += f" OPTIONAL MATCH {draw(patterns(nodes, links, trails, begin))}"
        if draw(st.booleans()):
            text += f" WHERE {draw(conditions(nodes, links))}"
    return _returned(draw, text, nodes, links, trails)


def _returned(draw: st.DrawFn, text: str, nodes: list[str], links: list[str], trails: list[str]) -> tuple[str, bool]:
    plain = [
        draw(st.sampled_from([f"{node}.{key}" for node in nodes for key in sorted(_VALUES)])),
        draw(st.sampled_from(nodes)),
        f"{draw(st.sampled_from(nodes))}.n * 2 - 1",
    ]
    node = draw(st.sampled_from(nodes))
    plain += [f"COUNT {{ ({node})-[:R]->() }}", f"EXISTS {{ ({node})--(:A) }}"]
    plain += [f"[({node})-[:S]-(x:B) | x.s]", f"COUNT {{ MATCH ({node})-->(x) WHERE x.n > {node}.n }}"]
    plain += [draw(st.sampled_from(links))] if links else []
    plain += [f"size({draw(st.sampled_from(trails))})", draw(st.sampled_from(trails))] if trails else []
    items = draw(st.lists(st.sampled_from(plain), min_size=1, max_size=3, unique=True))
    if draw(st.integers(0, 3)) == 0:
        items = [*items[:1], "count(*)"] if draw(st.booleans()) else ["count(*)"]
    elif draw(st.booleans()):
        node = draw(st.sampled_from(nodes))
        made = ["count(*)", f"count({node})", f"count(DISTINCT {node}.m)", f"min({node}.s)", f"max({node}.m)"]
        made += [f"sum({node}.n % 5)", f"avg({node}.n % 5)", f"size(collect({node}.f))", f"collect(DISTINCT {node}.s)"]
        items += draw(st.lists(st.sampled_from(made), min_size=1, max_size=3, unique=True))
    columns = ", ".join(f"{item} AS c{place}" for place, item in enumerate(items))
    text += f" RETURN {draw(st.sampled_from(['', 'DISTINCT ']))}{columns}"
    if draw(st.booleans()):
        keys = [f"c{place}{draw(st.sampled_from(['', ' DESC']))}" for place in range(len(items))]
        text += f" ORDER BY {', '.join(keys)}"
        text += draw(st.sampled_from(["", " LIMIT 3", " SKIP 1", " SKIP 1 LIMIT 2", " LIMIT $p"]))
        return text, True
    return text, False


_PARAMETERS = {"p": 1, "q": "a"}


def _answer(graph: PropertyGraph, query: str, *, optimize: bool) -> Any:
    try:
        rows = Graph(graph, optimize=optimize).query(query, _PARAMETERS, timeout=20).rows
    except CypherError as error:
        return error.kind, error.detail
    return [tuple(map(group_key, row)) for row in rows]


@given(graphs(), queries())
@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
def test_batches_give_the_rows_of_the_interpreter(graph: PropertyGraph, query: tuple[str, bool]) -> None:
    text, ordered = query
    fast, slow = (_answer(graph, text, optimize=optimize) for optimize in (True, False))
    if ordered or isinstance(fast, tuple) or isinstance(slow, tuple):
        assert fast == slow, text
    else:
        assert Counter(fast) == Counter(slow), text


@pytest.mark.parametrize(
    "query",
    [
        "MATCH (a:A {n: 1})-[:R]->(b) RETURN b.s AS s ORDER BY s LIMIT 3",
        "MATCH (a:A)-[:R]->(m)<-[:R]-(b:B) WHERE a.n < b.n RETURN a.s, b.s, count(DISTINCT m) AS n ORDER BY n DESC",
        "MATCH p = (a:A {n: 1})-[:R*1..4]-(b:B {n: 2}) RETURN count(p)",
        "MATCH (a:A) OPTIONAL MATCH (a)<-[:S]-(b) WHERE b.f > 0.5 WITH a, collect(b.f) AS fs RETURN a.n, size(fs)",
        "MATCH (a:A), (b:B) WHERE a.n = b.n RETURN count(*)",
    ],
)
def test_the_whole_of_a_common_query_runs_in_batches(query: str) -> None:
    """So that the comparison above compares two things: no operator of these is left to the interpreter."""
    graph = PropertyGraph.build([(["A"], {"n": 1, "s": "a"}), (["B"], {"n": 2, "f": 0.9})], [(0, 1, "R", {})])
    assert "row by row" not in (Graph(graph).query(f"PROFILE {query}").plan or "row by row")
