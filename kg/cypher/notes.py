"""Notes on a query that runs and yet may not mean what was meant: names that the graph does not have."""

from __future__ import annotations

from collections.abc import Iterator

from kg.cypher import tree
from kg.cypher.bind import Bound
from kg.cypher.bind.scope import did_you_mean
from kg.cypher.types import NODE, RELATIONSHIP
from kg.graph.protocol import ReadableGraph


def notes_on(bound: Bound, graph: ReadableGraph) -> tuple[str, ...]:
    """One sentence for each label, type and property that nothing has, in the order of the query."""
    if bound.writes or not graph.n_nodes:
        return ()
    return tuple(dict.fromkeys(_notes(bound, graph)))


def _notes(bound: Bound, graph: ReadableGraph) -> Iterator[str]:
    labels, types, keys = graph.labels(), graph.types(), graph.property_keys()
    for part in tree.walk(bound.query):
        match part:
            case tree.NodePattern():
                yield from (_note("node has the label", name, labels) for name in _missing(part.labels, labels))
            case tree.RelationshipPattern():
                yield from (_note("relationship has the type", name, types) for name in _missing(part.types, types))
            case tree.Property(tree.Variable(name), key) if key not in keys:
                if bound.types.get(name) in (NODE, RELATIONSHIP):
                    yield _note("node or relationship has the property", key, keys)
            case _:
                pass


def _missing(labels: tree.LabelExpression | None, known: object) -> Iterator[str]:
    if labels is not None:
        names = (one.name for one in tree.walk(labels) if isinstance(one, tree.LabelName))
        yield from (name for name in names if name not in known)  # type: ignore[operator]


def _note(what: str, name: str, known: object) -> str:
    hint = did_you_mean(name, known)  # type: ignore[arg-type]
    return f"no {what} '{name}'" + (f"; {hint}" if hint else "")
