"""Tokens -> syntax tree: recursive descent, one token at a time, no backtracking.

In: a query's text. Out: a `tree.Query`, or a `CypherSyntaxError` that names what was found, what was expected and
where. It knows the grammar and no names: whether a variable exists is for the next stage to say.

    cursor       where the reader stands, and what it says when it cannot go on
    slips        what people write instead of Cypher, and how Cypher says it
    labels       `:A&!B`
    expressions  operators by precedence
    atoms        what stands between operators: literals, names, calls, comprehensions
    patterns     `(a)-[:R*1..3]->(b)`
    updates      CREATE, MERGE, SET, REMOVE, DELETE, FOREACH
    clauses      the reading clauses, CALL, and whole queries
    checks       what only the finished tree shows: its depth, a pattern in the place of a value
"""

from __future__ import annotations

from kg.cypher import tree
from kg.cypher.parse.checks import check_depth, check_patterns
from kg.cypher.parse.clauses import ClauseReader


def parse(text: str) -> tree.Query:
    """The syntax tree of one query, which may end with a semicolon.

    >>> parse("MATCH (n:Person) RETURN n.name").branches[0].clauses[1].projection.items[0].text
    'n.name'
    """
    reader = ClauseReader(text)
    query = reader.whole_query()
    if len(reader.tokens) > reader.DEEPEST:
        check_depth(query, reader.DEEPEST, text)
    if reader.found_predicate:
        check_patterns(query, text)
    return query
