"""What people write instead of Cypher, and how Cypher says it. Only asked once reading has failed."""

from __future__ import annotations

import difflib
from collections.abc import Sequence

from kg.cypher.errors import CypherSyntaxError, Span
from kg.cypher.tokens import KEYWORDS, RESERVED, WORDS, Token

CLAUSES = frozenset(
    "MATCH OPTIONAL WITH RETURN UNWIND CREATE MERGE SET REMOVE DELETE DETACH UNION CALL FOREACH".split()
)

# Clauses and modifiers of Neo4j and GQL, by their first words. The longest that fits counts.
UNSUPPORTED = {
    "LOAD CSV": "read the file in Python and pass its rows as a parameter, UNWIND $rows AS row",
    "USING PERIODIC": "there are no transactions to split",
    "USING INDEX": "the planner chooses the indexes",
    "USING SCAN": "the planner chooses the indexes",
    "USING JOIN": "the planner chooses the joins",
    "START": "begin with MATCH",
    "USE": "a query asks the one graph that it is given",
    "CYPHER": "leave out the version and the options before the query",
    "SHOW": "a query asks the graph, not the database",
    "DROP": "there is no schema to change",
    "ALTER": "there is no schema to change",
    "GRANT": "there are no users",
    "DENY": "there are no users",
    "REVOKE": "there are no users",
    "TERMINATE": "a query asks the graph, not the database",
    "FINISH": "end with RETURN or with an update",
    "LET": "write WITH *, expression AS name",
    "FILTER": "write WITH * WHERE condition",
    "INSERT": "write CREATE",
    "NODETACH": "write DELETE",
    "IN TRANSACTIONS": "there are no transactions to split",
    "IN CONCURRENT": "there are no transactions to split",
    "NULLS FIRST": "nulls come last in ascending and first in descending order",
    "NULLS LAST": "nulls come last in ascending and first in descending order",
    "ANY SHORTEST": "write MATCH p = shortestPath((a)-[*]-(b))",
    "ALL SHORTEST": "write MATCH p = allShortestPaths((a)-[*]-(b))",
    "SHORTEST": "write MATCH p = shortestPath((a)-[*]-(b))",
    "UNIQUE": "write MERGE",
    "INDEX": "there is no schema to change",
    "CONSTRAINT": "there is no schema to change",
}
_SQL = {
    "SELECT": "Cypher has no SELECT: MATCH (n:Label) WHERE … RETURN n.key",
    "FROM": "Cypher has no FROM: MATCH (n:Label) says where to look",
    "JOIN": "Cypher has no JOIN: a pattern joins, (a)-[:TYPE]->(b)",
    "GROUP": "Cypher has no GROUP BY: RETURN n.key, count(*) groups by n.key",
    "HAVING": "Cypher has no HAVING: WITH n.key AS key, count(*) AS n WHERE n > 1 RETURN key, n",
    "LIKE": "Cypher has no LIKE: use STARTS WITH, ENDS WITH, CONTAINS or =~",
    "ILIKE": "Cypher has no ILIKE: use =~ '(?i)…'",
    "BETWEEN": "Cypher has no BETWEEN: 1 <= x <= 3",
    "UPDATE": "Cypher has no UPDATE: MATCH (n) SET n.key = value",
    "INTERSECT": "Cypher has no INTERSECT",
    "EXCEPT": "Cypher has no EXCEPT: WHERE NOT EXISTS { … }",
    "VALUES": "Cypher has no VALUES: UNWIND [1, 2] AS x",
}
_SYMBOLS = {
    "==": "equality is written '='",
    "!=": "inequality is written '<>'",
    "&&": "write AND",
    "||": "write OR, or '+' to join strings and lists",
    "&": "write AND",
    "|": "write OR",
    "!": "write NOT",
    "$": "a parameter has its name after the $: $name",
}
_MISPLACED = {
    "WHERE": "WHERE follows MATCH, WITH or YIELD",
    "ORDER": "ORDER BY follows the items of WITH or RETURN",
    "SKIP": "SKIP follows the items of WITH or RETURN",
    "LIMIT": "LIMIT follows the items of WITH or RETURN",
    "ASC": "ASC and DESC follow ORDER BY",
    "DESC": "ASC and DESC follow ORDER BY",
    "ON": "ON CREATE and ON MATCH follow MERGE",
}


def too_deep(deepest: int, span: Span) -> CypherSyntaxError:
    return CypherSyntaxError(
        f"the query is nested too deeply, more than {deepest} levels",
        span=span,
        hint="a long sum counts as nested; an IN list, AND and OR do not",
    )


def unsupported(tokens: Sequence[Token], at: int, expected: str) -> str | None:
    """What to say when the words here begin something of another Cypher."""
    if "clause" not in expected and "a node" not in expected:
        return None
    first = _word(tokens, at)
    for words in (f"{first} {_word(tokens, at + 1)}", first):
        if words in UNSUPPORTED:
            return f"{words} is not supported: {UNSUPPORTED[words]}"
    return None


def hint(tokens: Sequence[Token], at: int, expected: str) -> str | None:
    """The likely slip behind an unexpected token."""
    token = tokens[at]
    before = tokens[at - 1] if at else Token("end", None, 0, 0)
    if token.kind in _SYMBOLS:
        return _SYMBOLS[token.kind]
    for one in (token, before):
        if one.kind == "name" and (advice := _sql_advice(one.value.upper(), expected)):
            return advice
    if token.kind in RESERVED and expected.startswith("a variable") and tokens[at + 1].kind not in WORDS:
        return f"{token.kind} is a reserved word: in backticks it is a name, `{token.value}`"
    if token.kind == "*" and before.kind == ",":
        return "'*' stands before all other items"
    if token.kind == "NOT":
        return _misplaced_not(tokens, at)
    if token.kind == ":" and before.kind == "[":
        return "the nodes of a pattern stand in parentheses, (a)-[:TYPE]->(b)"
    if token.kind == "string" and "key" in expected:
        return "keys are names without quotes"
    if token.kind in _MISPLACED and "clause" in expected:
        return _MISPLACED[token.kind]
    return _nearest_keyword(token, before, expected)


def _sql_advice(word: str, expected: str) -> str | None:
    """Words like FROM are good names, except where a clause is expected."""
    return _SQL.get(word) if "clause" in expected or word in ("LIKE", "ILIKE", "BETWEEN") else None


def _misplaced_not(tokens: Sequence[Token], at: int) -> str:
    if tokens[at + 1].kind in ("IN", "STARTS", "ENDS", "CONTAINS"):
        return f"NOT stands before the condition: NOT x {tokens[at + 1].kind} y"
    return "put the negation in parentheses, (NOT …)"


def _nearest_keyword(token: Token, before: Token, expected: str) -> str | None:
    """Of two names in a row, the first or the second may be a misspelt keyword."""
    if "variable" in expected and token.kind != "name":
        return None
    for one in (token, before):
        if one.kind == "name" and len(one.value) > 2:
            near = difflib.get_close_matches(one.value.upper(), sorted(KEYWORDS), 1, 0.75)
            if near and near[0] != one.value.upper():
                return f"did you mean {near[0]}?"
    return None


def _word(tokens: Sequence[Token], at: int) -> str:
    token = tokens[min(at, len(tokens) - 1)]
    return str(token.value).upper() if token.kind == "name" or token.kind in KEYWORDS else ""
