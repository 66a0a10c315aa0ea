"""Lowering: what was only a way of writing is gone; the pattern's graph is left, with conditions beside it."""

from __future__ import annotations

from typing import Any

from kg.cypher import algebra as core
from kg.cypher import tree
from kg.cypher.bind import bind
from kg.cypher.lower import lower
from kg.cypher.parse import parse


def lowered(query: str) -> tuple[core.Step, ...]:
    return lower(bind(parse(query), {})).pipeline.steps


def first(query: str, kind: type) -> Any:
    return next(step for step in lowered(query) if isinstance(step, kind))


def test_labels_and_properties_become_conditions() -> None:
    pattern = first("MATCH (a:A {x: 1}) RETURN a", core.MatchStep).pattern
    same = first("MATCH (a) WHERE a:A AND a.x = 1 RETURN a", core.MatchStep).pattern
    assert pattern == same


def test_an_arrow_backwards_is_the_arrow_forwards_written_backwards() -> None:
    (there,) = first("MATCH (a)-[r]->(b) RETURN a", core.MatchStep).pattern.relationships
    (back,) = first("MATCH (b)<-[r]-(a) RETURN a", core.MatchStep).pattern.relationships
    assert (there.left, there.right, there.backwards) == ("a", "b", False)
    assert (back.left, back.right, back.backwards) == ("a", "b", True)


def test_properties_of_several_hops_are_a_condition_on_each() -> None:
    (hops,) = first("MATCH (a)-[r*2 {x: 1}]->(b) RETURN a", core.MatchStep).pattern.relationships
    assert isinstance(hops.hop.condition, tree.Comparison)


def test_what_stands_around_an_aggregate_is_computed_after_grouping() -> None:
    steps = lowered("MATCH (n) RETURN n.x AS x, 1 + count(*) AS n")
    assert [type(step) for step in steps] == [core.MatchStep, core.AggregateStep, core.ProjectStep]


def test_the_same_aggregate_twice_is_computed_once() -> None:
    grouped = first("MATCH (n) RETURN count(n) AS a, count(n) + 1 AS b ORDER BY count(n)", core.AggregateStep)
    assert len(grouped.aggregates) == 1


def test_patterns_and_queries_in_expressions_are_pipelines() -> None:
    for expression, kind in (
        ("EXISTS { (n)-->() }", "EXISTS"),
        ("COUNT { (n)-->() }", "COUNT"),
        ("[(n)-->(m) | m]", "COLLECT"),
    ):
        nested = [part for step in lowered(f"MATCH (n) RETURN {expression} AS x") for part in tree.walk(step)]
        assert [part.kind for part in nested if isinstance(part, core.Nested)] == [kind]
