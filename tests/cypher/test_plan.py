"""Plans begin where there is least, and check each condition as soon as it can be checked."""

from __future__ import annotations

from kg.cypher import tree
from kg.cypher.bind import bind
from kg.cypher.lower import lower
from kg.cypher.parse import parse
from kg.cypher.plan import make_plan
from kg.cypher.plan import operators as op
from kg.graph import ScratchGraph


def crowd() -> ScratchGraph:
    """A hundred people who all live in one city."""
    graph = ScratchGraph()
    city = graph.add_node(["City"], {"name": "Lisbon"})
    for n in range(100):
        graph.add_relationship(graph.add_node(["Person"], {"n": n}), city, "LIVES_IN", {})
    return graph


def steps(query: str) -> list[op.Operator]:
    """The operators of the plan, the last one first."""
    root = make_plan(lower(bind(parse(query), {})), crowd()).root
    return [one for one in tree.walk(root) if isinstance(one, op.Operator)]


def test_a_pattern_begins_at_the_rarer_label() -> None:
    leaf = steps("MATCH (p:Person)-[:LIVES_IN]->(c:City) RETURN p")[-1]
    assert leaf == op.LabelScan("c", "City")


def test_a_pattern_begins_at_a_known_property() -> None:
    leaf = steps("MATCH (q:Person)-[:LIVES_IN]->()<-[:LIVES_IN]-(p:Person {n: 7}) RETURN q")[-1]
    assert isinstance(leaf, op.IndexSeek)
    assert (leaf.label, leaf.key) == ("Person", "n")


def test_a_pattern_begins_at_what_is_bound() -> None:
    expand = next(
        one for one in steps("MATCH (c:City) MATCH (p)-[:LIVES_IN]->(c) RETURN p") if isinstance(one, op.Expand)
    )
    assert (expand.start, expand.end, expand.direction) == ("c", "p", "in")


def test_both_ends_known_means_looking_between_them() -> None:
    query = "MATCH (p:Person {n: 1}), (c:City) MATCH (p)-[r]->(c) RETURN r"
    assert next(one for one in steps(query) if isinstance(one, op.Expand)).into


def test_only_relationships_that_could_be_the_same_are_compared() -> None:
    query = "MATCH (a)-[:LIVES_IN]->(b)<-[:{}]-(c) RETURN 1"
    last = [
        next(one for one in steps(query.replace("{}", kind)) if isinstance(one, op.Expand))
        for kind in ("LIVES_IN", "OTHER")
    ]
    assert [bool(one.differs_from) for one in last] == [True, False]


def test_a_hundred_nodes_are_planned_like_few() -> None:
    leaf = steps("MATCH " + "()--" * 50 + "(:City)" + "--()" * 50 + " RETURN 1")[-1]
    assert isinstance(leaf, op.LabelScan)
