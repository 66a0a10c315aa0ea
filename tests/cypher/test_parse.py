"""Queries as trees, what is said about queries that are none, and text that no query is."""

from __future__ import annotations

import functools
import importlib.util
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from kg.cypher import tree
from kg.cypher.errors import CypherError, CypherSyntaxError
from kg.cypher.notation import write
from kg.cypher.parse import parse
from tests.cypher.sketch import sketch, sketch_query

CASES = yaml.safe_load((Path(__file__).parent.parent / "cases/cypher/parse.yaml").read_text(encoding="utf-8"))
TCK = Path("/work/shared/tck")


def _expression(text: str) -> tree.Expression:
    clause = parse(f"RETURN {text}").branches[0].clauses[0]
    assert isinstance(clause, tree.Return)
    return clause.projection.items[0].expression


@pytest.mark.parametrize(("text", "expected"), CASES["expressions"], ids=str)
def test_expressions(text: str, expected: str) -> None:
    assert sketch(_expression(text)) == expected


@pytest.mark.parametrize("case", CASES["queries"], ids=lambda case: case["query"])
def test_queries(case: dict[str, str]) -> None:
    assert sketch_query(parse(case["query"])) == case["clauses"]


@pytest.mark.parametrize("case", CASES["mistakes"], ids=lambda case: case["query"])
def test_mistakes_are_named_and_pointed_at(case: dict[str, str]) -> None:
    with pytest.raises(CypherSyntaxError) as caught:
        parse(case["query"])
    error = caught.value
    assert error.message == case["says"]
    assert f"{error.detail} {error.line}:{error.column}" == case["error"]


def test_empty_query_is_called_empty() -> None:
    for text in ("", "  ", "// nothing", ";"):
        with pytest.raises(CypherSyntaxError, match="the query is empty"):
            parse(text)


def test_error_shows_the_line_with_a_caret() -> None:
    with pytest.raises(CypherSyntaxError) as caught:
        parse("MATCH (n)\nWHERE n.x == 1\nRETURN n")
    assert str(caught.value).splitlines()[1:] == ["  WHERE n.x == 1", "            ^"]


def test_columns_are_named_as_written() -> None:
    projection = parse("RETURN  n . name,count( * ) /* all */ , (1+2)*3 AS x").branches[0].clauses[0].projection  # type: ignore[attr-defined]
    assert [item.text for item in projection.items] == ["n . name", "count( * )", "(1+2)*3"]


def test_every_node_covers_the_text_it_was_read_from() -> None:
    text = "MATCH (a:A {x: 1})-[r:R*1..2]->(b) WHERE a.x + 1 = size([b, 2]) RETURN (a.x) + 2 AS y ORDER BY y LIMIT 3"
    places = {type(node).__name__: text[node.span.begin : node.span.end] for node in tree.walk(parse(text))}
    assert places["Query"] == text
    assert places["RelationshipPattern"] == "-[r:R*1..2]->"
    assert places["FunctionCall"] == "size([b, 2])"
    assert places["Comparison"] == "a.x + 1 = size([b, 2])"
    assert places["Binary"] == "(a.x) + 2"
    assert places["SortItem"] == "y"


# Size: what is flat may be long, what is nested may not be deep.


@pytest.mark.parametrize(
    "text",
    [
        "RETURN " + " AND ".join(["true"] * 20_000),
        "RETURN " + " < ".join(["1"] * 20_000),
        "RETURN [" + ",".join(["1"] * 20_000) + "]",
        "MATCH " + "-->".join(["()"] * 5_000) + " RETURN 1",
        "CREATE () " * 5_000,
        " UNION ".join(["RETURN 1 AS x"] * 5_000),
    ],
    ids=lambda text: text[:20],
)
def test_long_flat_queries_are_read(text: str) -> None:
    parse(text)


NESTINGS = [
    ("(", ")"),
    ("[", "]"),
    ("size(", ")"),
    ("count(", ")"),
    ("{a: ", "}"),
    ("NOT ", ""),
    ("- ", ""),
    ("1 = (", ")"),
    ("1 OR 1 XOR 1 AND 1 = 1 IN 1 + 1 * 1 ^ (", ")"),
    ("", " + 1"),
    ("", ".a"),
    ("", "[0]"),
    ("", " IS NULL"),
    ("CASE WHEN true THEN ", " END"),
    ("[x IN ", " WHERE x | 1]"),
    ("[x IN ", ", 1]"),
    ("reduce(a = 1, x IN [1] | ", ")"),
    ("EXISTS { MATCH (a {p: ", "}) }"),
    ("COUNT { UNWIND [1] AS x WITH x WHERE ", " RETURN x }"),
    ("[(a {p: ", "})-->() | 1]"),
    ("NOT (a {p: ", "})-[{q: 1}]->()"),
    ("n {a: ", "}"),
]


@pytest.mark.parametrize(("before", "after"), NESTINGS)
def test_deep_queries_are_refused_before_python_gives_up(before: str, after: str) -> None:
    sizes = (5, 10, 20, 40, 70, 100, 140, 150, 200, 2_000)
    answers = [_read_and_rebuild("RETURN " + before * n + "1" + after * n) for n in sizes]
    assert answers[0]
    assert not answers[-1]
    assert answers == sorted(answers, reverse=True)


def _read_and_rebuild(text: str) -> bool:
    """Whether the text is read; a tree that is read can also be walked."""
    query, error = _answer(text)
    if query is None:
        assert "nested too deeply" in str(error)
        return False
    assert tree.transform(query, lambda node: node) is query
    return True


def _answer(text: str) -> tuple[tree.Query | None, CypherError | None]:
    try:
        return parse(text), None
    except CypherError as error:
        return None, error


@pytest.mark.parametrize(
    "text",
    [
        "FOREACH (x IN [1] | " * 2_000 + "CREATE ()" + ")" * 2_000,
        "CALL {" * 2_000 + "RETURN 1" + "}" * 2_000,
        "MATCH (n:" + "!" * 2_000 + "A) RETURN 1",
        "MATCH (n:" + "(" * 2_000 + "A" + ")" * 2_000 + ") RETURN 1",
        "MATCH " + "(" * 2_000 + ")" * 2_000 + " RETURN 1",
    ],
    ids=lambda text: text[:20],
)
def test_deep_clauses_and_patterns_are_refused(text: str) -> None:
    with pytest.raises(CypherSyntaxError, match="nested too deeply"):
        parse(text)


# Any text

WORDS = (
    "MATCH WHERE RETURN WITH UNWIND CREATE MERGE SET REMOVE DELETE DETACH CALL FOREACH YIELD UNION ALL EXISTS COUNT "
    "CASE WHEN THEN ELSE END AND OR XOR NOT IN IS NULL STARTS CONTAINS AS ON ORDER BY SKIP LIMIT all reduce "
    "shortestPath ( ) [ ] { } ( ) [ ] { } - -> <- -- --> < > = <> .. . , : ; | & ! % * + / ^ =~ += == != $p $ "
    "1 2.5 12x 'a' n r x `q`"
).split()


@given(st.text())
def test_any_text_gives_a_tree_or_a_located_error(text: str) -> None:
    _check_answer(text)


@given(st.lists(st.sampled_from(WORDS), max_size=40).map(" ".join))
def test_any_words_give_a_tree_or_a_located_error(text: str) -> None:
    _check_answer(text)


@given(st.sampled_from([case["query"] for case in CASES["queries"]]), st.data())
def test_any_slip_of_the_keyboard_gives_a_tree_or_a_located_error(query: str, data: st.DataObject) -> None:
    begin = data.draw(st.integers(0, len(query)))
    end = data.draw(st.integers(begin, min(begin + 5, len(query))))
    _check_answer(query[:begin] + data.draw(st.sampled_from(["", *WORDS])) + query[end:])


def _check_answer(text: str) -> None:
    query, error = _answer(text)
    if error is None:
        assert isinstance(query, tree.Query)
        return
    assert error.span is not None
    assert 0 <= error.span.begin <= error.span.end <= len(text)
    if text:
        assert str(error).startswith(f"line {error.line}, column {error.column}: ")


# Written and read again

NAMES = st.sampled_from(["a", "n", "order", "two words", "é"]).map(tree.Variable)
LITERALS = (st.none() | st.booleans() | st.integers(-(2**63), 2**63 - 1) | st.text()).map(tree.Literal)


def _compounds(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    several = st.lists(inner, min_size=2, max_size=3).map(tuple)
    compared = st.tuples(st.sampled_from(["=", "<>", "<", ">="]), inner)
    return st.one_of(
        st.builds(tree.Binary, st.sampled_from(["+", "-", "*", "^", "IN", "STARTS WITH", "=~"]), inner, inner),
        st.builds(tree.Logical, st.sampled_from(["AND", "OR", "XOR"]), several),
        st.builds(tree.Comparison, inner, st.lists(compared, min_size=1, max_size=2).map(tuple)),
        st.builds(tree.Negation, inner),
        st.builds(tree.NullTest, inner, st.booleans()),
        st.builds(tree.Property, inner, st.sampled_from(["key", "match"])),
        st.builds(tree.Slice, inner, st.none() | inner, inner),
        st.builds(tree.ListLiteral, several),
        st.builds(tree.ListComprehension, NAMES, inner, st.none() | inner, st.none() | inner),
    )


@given(st.recursive(NAMES | LITERALS, _compounds, max_leaves=12))
def test_an_expression_written_out_is_read_back(expression: tree.Expression) -> None:
    assert _expression(_write(expression)) == expression


def _write(node: Any) -> str:
    """The expression with brackets around every part."""
    match node:
        case None:
            return ""
        case tree.Literal(value):
            return write(value)
        case tree.Variable(name):
            return f"`{name}`"
        case tree.Binary(operator, left, right):
            return f"({_write(left)} {operator} {_write(right)})"
        case tree.Logical(operator, operands):
            return f"({f' {operator} '.join(map(_write, operands))})"
        case tree.Comparison(first, rest):
            return f"({_write(first)} {' '.join(f'{operator} {_write(one)}' for operator, one in rest)})"
        case tree.Negation(operand):
            return f"(NOT {_write(operand)})"
        case tree.NullTest(operand, negated):
            return f"({_write(operand)} IS {'NOT ' * negated}NULL)"
        case tree.Property(subject, key):
            return f"({_write(subject)}).{key}"
        case tree.Slice(subject, begin, end):
            return f"({_write(subject)})[{_write(begin)}..{_write(end)}]"
        case tree.ListLiteral(items):
            return f"[{', '.join(map(_write, items))}]"
        case tree.ListComprehension(variable, source, where, projection):
            condition = f" WHERE {_write(where)}" if where else ""
            listed = f" | {_write(projection)}" if projection else ""
            return f"[{_write(variable)} IN {_write(source)}{condition}{listed}]"
    raise AssertionError(node)


# The openCypher TCK

SYNTACTIC = frozenset(
    "UnexpectedSyntax InvalidNumberLiteral IntegerOverflow FloatingPointOverflow InvalidUnicodeLiteral "
    "InvalidUnicodeCharacter InvalidParameterUse InvalidRelationshipPattern InvalidClauseComposition "
    "InvalidArgumentPassingMode".split()
)


@functools.cache
def _tck_queries() -> list[tuple[str, str, str | None]]:
    """(scenario, query, detail of the error that the scenario expects of that query)."""
    if not (TCK / "run_tck.py").exists():
        pytest.skip("the openCypher TCK is not on this machine")
    specification = importlib.util.spec_from_file_location("run_tck", TCK / "run_tck.py")
    assert specification is not None
    assert specification.loader is not None
    tck = importlib.util.module_from_spec(specification)
    sys.modules["run_tck"] = tck
    specification.loader.exec_module(tck)
    found = []
    for scenario in tck.load_scenarios(TCK / "features"):
        detail = next((s.text.rsplit(": ", 1)[1] for s in scenario.steps if "should be raised at" in s.text), None)
        for step in scenario.steps:
            if step.doc is not None:
                found.append((scenario.sid, step.doc, detail if step.text.startswith("executing query") else None))
    return found


def test_tck_queries_are_read() -> None:
    queries = [(name, query) for name, query, detail in _tck_queries() if detail not in SYNTACTIC]
    assert len(queries) > 3_900
    assert [name for name, query in queries if not isinstance(parse(query), tree.Query)] == []


def test_tck_syntax_errors_have_the_detail_that_the_tck_asks_for() -> None:
    wrong = []
    queries = [case for case in _tck_queries() if case[2] in SYNTACTIC]
    assert len(queries) > 30
    for name, query, detail in queries:
        with pytest.raises(CypherSyntaxError) as caught:
            parse(query)
        if caught.value.detail != detail:
            wrong.append((name, detail, caught.value.detail))
    assert wrong == []


def test_named_graphs_of_the_tck_are_read() -> None:
    files = sorted(TCK.glob("graphs/*/*.cypher"))
    if not files:
        pytest.skip("the openCypher TCK is not on this machine")
    for file in files:
        parse(file.read_text(encoding="utf-8"))
