"""Whole queries: tests/cases/cypher/queries/answers.yaml, what cannot be read, and what is nested too deeply."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.cypher import Graph
from kg.cypher.errors import CypherError
from kg.cypher.notation import write
from kg.graph import ScratchGraph
from tests.cypher.cases import CASES

ANSWERS = yaml.safe_load((CASES / "queries" / "answers.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", ANSWERS, ids=[case["name"] for case in ANSWERS])
def test_answers(case: dict[str, Any]) -> None:
    graph = Graph(ScratchGraph())
    if "setup" in case:
        graph.query(case["setup"])
    rows = graph.query(case["query"], case.get("parameters")).rows
    assert [list(map(write, row)) for row in rows] == case["rows"]


# Whatever the text, it is answered or refused with a CypherError.

WORDS = (
    "MATCH OPTIONAL WHERE RETURN WITH UNWIND CREATE MERGE SET DELETE DETACH REMOVE ORDER BY SKIP LIMIT DISTINCT AS IN "
    "IS NULL NOT AND OR XOR CASE WHEN THEN ELSE END UNION ALL EXISTS COUNT CALL YIELD FOREACH ON ( ) [ ] { } - -> <- "
    "-- : , . .. | = <> < > + * / % ^ $p a b n r 1 2.5 'x' true null count(*) collect( sum( (n) (a)-[r]->(b) [x IN"
).split()
PARTS = (
    "MATCH (a)",
    "MATCH (a)-[r]->(b)",
    "OPTIONAL MATCH (b:B)-[s*0..2]-(a)",
    "MATCH p = (a)-->(c)",
    "MATCH p = shortestPath((a)-[*]->(b))",
    "WHERE a.k = 1",
    "WHERE (a)-->(b)",
    "WITH a",
    "WITH *",
    "WITH a, count(*) AS n",
    "WITH DISTINCT b AS a ORDER BY b.k",
    "UNWIND [1, null, 'x'] AS x",
    "UNWIND nodes(p) AS x",
    "CREATE (a)-[:R {k: x}]->(c:C)",
    "CREATE (d)",
    "MERGE (e:E {k: 1})",
    "MERGE (a)-[m:M]-(b)",
    "SET a.k = x",
    "SET a += {k: 2}",
    "REMOVE a:A",
    "DELETE r",
    "DETACH DELETE a",
    "FOREACH (i IN [1, 2] | CREATE (:F {i: i}))",
    "CALL { WITH a RETURN count(*) AS inner }",
    "CALL { CREATE (q) }",
    "UNION",
    "UNION ALL",
    "RETURN *",
    "RETURN a, b ORDER BY a.k SKIP 1 LIMIT 2",
    "RETURN count(*), collect(a.k)",
    "RETURN [x IN [1] | x], a.k + 1, EXISTS { (a)-->() }",
    "LIMIT 1",
)


def answer_or_refusal(query: str) -> None:
    graph = Graph(ScratchGraph())
    graph.query("CREATE (a:A {k: 1})-[:R]->(b:B {k: 'x'})-[:R {k: 2}]->(a)")
    with suppress(CypherError):
        graph.query(query, {"p": 1}, timeout=5)


@settings(deadline=None, max_examples=300)
@given(st.text(max_size=60) | st.lists(st.sampled_from(WORDS), max_size=20).map(" ".join))
def test_any_text_is_answered_or_refused(text: str) -> None:
    answer_or_refusal(text)


@settings(deadline=None, max_examples=400)
@given(st.lists(st.sampled_from(PARTS), min_size=1, max_size=8).map(" ".join))
def test_any_order_of_clauses_is_answered_or_refused(query: str) -> None:
    answer_or_refusal(query)


@settings(deadline=None, max_examples=200)
@given(
    st.lists(st.sampled_from(PARTS), min_size=1, max_size=6).map(
        lambda parts: " ".join(["MATCH (a)-[r]->(b)", *parts, "RETURN 1"])
    )
)
def test_so_are_clauses_that_begin_and_end_well(query: str) -> None:
    answer_or_refusal(query)


@settings(deadline=None, max_examples=200)
@given(st.lists(st.sampled_from(PARTS), max_size=4).map(" ".join))
def test_so_are_clauses_after_a_deletion(rest: str) -> None:
    answer_or_refusal(f"MATCH p = (a:A)-[r]->(b) DETACH DELETE a WITH * {rest} RETURN *")


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("RETURN " + " AND ".join(["true"] * 1000), True),
        ("RETURN " + " OR ".join(["false"] * 1000), False),
        ("RETURN 1000 IN [" + ", ".join(map(str, range(1001))) + "]", True),
        ("WITH 0 AS x " + "WITH x + 1 AS x " * 150 + "RETURN x", 150),
        ("CREATE () " * 300 + "RETURN 1", 1),
    ],
    ids=lambda value: str(value)[:20],
)
def test_long_queries_are_answered(query: str, expected: Any) -> None:
    assert Graph(ScratchGraph()).query(query).single() == expected


@pytest.mark.parametrize(
    "query",
    [
        "RETURN " + "[" * 200 + "]" * 200,
        "RETURN " + "(" * 2000 + "1" + ")" * 2000,
        "RETURN " + "NOT " * 2000 + "true",
        "RETURN " + "{a: " * 200 + "1" + "}" * 200,
        "RETURN " + " + ".join(["1"] * 2000),
        "WITH [1] AS l RETURN l" + "[0]" * 2000,
        "MATCH (n) " * 2000 + "RETURN 1",
        "WITH 1 AS x " * 3000 + "RETURN x",
        "MATCH (n) WHERE " + "EXISTS { MATCH (m) WHERE " * 100 + "true" + "}" * 100 + " RETURN 1",
    ],
    ids=lambda query: query[:20],
)
def test_what_is_nested_too_deeply_is_refused(query: str) -> None:
    with pytest.raises(CypherError, match="nested too deeply"):
        Graph(ScratchGraph()).query(query)


def test_a_long_path_is_planned_soon() -> None:
    graph = Graph(ScratchGraph())
    assert graph.query("MATCH " + "()-->" * 100 + "() RETURN count(*)", timeout=10).single() == 0
