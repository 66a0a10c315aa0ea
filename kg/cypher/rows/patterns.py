"""Patterns on rows: one relationship, trails of several, relationships that are bound already, shortest paths.

A trail uses no relationship twice, and neither does one MATCH: `differs_from` names what it has used before.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from kg.cypher import tree
from kg.cypher.algebra import Hop
from kg.cypher.errors import CypherTypeError, Span
from kg.cypher.plan import operators as op
from kg.cypher.rows.compiler import Compiler, Row, Source
from kg.cypher.rows.expressions import other_end
from kg.cypher.shortest import shortest_paths
from kg.cypher.values import Node, Path, Relationship, noun
from kg.graph.protocol import ReadableGraph

Types = tuple[str, ...] | None
Steps = Callable[[ReadableGraph, int], Iterable[tuple[int, int]]]
"""The (relationship, node at its other end) of a node"""


def steps(types: Types, direction: op.Direction) -> Steps:
    """What leads away from a node. In both directions a loop is there once."""
    if direction == "out":
        return lambda graph, node: graph.outgoing(node, types)
    if direction == "in":
        return lambda graph, node: graph.incoming(node, types)

    def both(graph: ReadableGraph, node: int) -> Iterator[tuple[int, int]]:
        yield from graph.outgoing(node, types)
        yield from ((one, other) for one, other in graph.incoming(node, types) if other != node)

    return both


def _expand(compiler: Compiler, one: op.Expand) -> Source:
    source, leads = compiler.source(one.source), steps(one.types, one.direction)
    start, relationship, end = compiler.slots_of((one.start, one.relationship, one.end))
    used = compiler.slots_of(one.differs_from)
    into, span = one.into, one.span

    def rows(argument: Row) -> Iterator[Row]:
        run = argument[0]
        graph, tick = run.graph, run.budget.tick
        for row in source(argument):
            node = as_node(row[start], span)
            target = as_node(row[end], span) if into else None
            if node is None or (into and target is None):
                continue
            taken = _taken(row, used)
            for number, other in leads(graph, node.id):
                tick()
                if number in taken or (target is not None and other != target.id):
                    continue
                new = row.copy()
                new[relationship] = Relationship(graph, number)
                new[end] = target or Node(graph, other)
                yield new

    return rows


def as_node(value: Any, span: Span) -> Node | None:
    """The node, None for null and for what the query has deleted. Raises CypherTypeError for anything else."""
    if value is None:
        return None
    if value.__class__ is Node:
        return value if value.graph.has_node(value.id) else None
    raise CypherTypeError(
        f"the pattern needs a node, and this is {noun(value)}", detail="InvalidArgumentType", span=span
    )


def _taken(row: Row, used: tuple[int, ...]) -> set[int]:
    """The numbers of the relationships that the pattern has used already."""
    taken: set[int] = set()
    for slot in used:
        value = row[slot]
        if value is not None:
            taken.update(one.id for one in (value if value.__class__ is list else (value,)))
    return taken


def _degree(compiler: Compiler, one: op.Degree) -> Source:
    source, leads = compiler.source(one.source), steps(one.types, one.direction)
    start, count = compiler.slots_of((one.start, one.count))

    def rows(argument: Row) -> Iterator[Row]:
        graph, tick = argument[0].graph, argument[0].budget.tick
        for row in source(argument):
            tick()
            node = as_node(row[start], one.span)
            ends = () if node is None else (other for _, other in leads(graph, node.id))
            n = sum(all(graph.has_label(end, label) for label in one.labels) for end in ends)
            if n:
                new = row.copy()
                new[count] = n
                yield new

    return rows


def _expand_variable(compiler: Compiler, one: op.ExpandVariable) -> Source:
    source, leads = compiler.source(one.source), steps(one.types, one.direction)
    start, relationship, end = compiler.slots_of((one.start, one.relationship, one.end))
    used, allowed = compiler.slots_of(one.differs_from), _hop_test(compiler, one.hop)
    least, most = bounds(one.length)

    def rows(argument: Row) -> Iterator[Row]:
        graph = argument[0].graph
        for row in source(argument):
            node = as_node(row[start], one.span)
            target = as_node(row[end], one.span) if one.into else None
            if node is None or (one.into and target is None):
                continue
            for trail, last in _trails(row, node, leads, (least, most), _taken(row, used), allowed):
                if target is not None and last != target.id:
                    continue
                found = [Relationship(graph, number) for number in trail]
                new = row.copy()
                new[relationship] = found[::-1] if one.reverse else found
                new[end] = target or Node(graph, last)
                yield new

    return rows


def bounds(length: tree.Length) -> tuple[int, float]:
    """The least and the most hops of a length."""
    least = 1 if length.least is None else length.least
    return least, float("inf") if length.most is None else length.most


HopTest = Callable[[Row, int], bool]


def _hop_test(compiler: Compiler, hop: Hop | None) -> HopTest | None:
    if hop is None:
        return None
    slot, condition = compiler.slot(hop.variable.name), compiler.value(hop.condition)

    def allowed(row: Row, relationship: int) -> bool:
        row[slot] = Relationship(row[0].graph, relationship)
        return condition(row) is True

    return allowed


def _trails(
    row: Row, node: Node, leads: Steps, length: tuple[int, float], taken: set[int], allowed: HopTest | None
) -> Iterator[tuple[list[int], int]]:
    """Each trail from the node as its relationships and its last node; depth first, without recursion."""
    graph, tick = row[0].graph, row[0].budget.tick
    least, most = length
    if least == 0:
        yield [], node.id
    trail: list[int] = []
    open_steps = [iter(leads(graph, node.id))] if most > 0 else []
    while open_steps:
        tick()
        number, other = next(open_steps[-1], (None, 0))
        if number is None:
            open_steps.pop()
            if trail:
                taken.discard(trail.pop())
        elif number not in taken and (allowed is None or allowed(row, number)):
            trail.append(number)
            if len(trail) >= least:
                yield trail, other
            if len(trail) < most:
                taken.add(number)
                open_steps.append(iter(leads(graph, other)))
            else:
                trail.pop()


def _bound_relationship(compiler: Compiler, one: op.BoundRelationship) -> Source:
    source, slot = compiler.source(one.source), compiler.slot(one.relationship)
    left, right = compiler.slots_of((one.left, one.right))
    known = [side for side, name in ((left, one.left), (right, one.right)) if name in one.known]
    used = compiler.slots_of(one.differs_from)
    walks = _one_bound if one.length is None else _many_bound

    def rows(argument: Row) -> Iterator[Row]:
        for row in source(argument):
            value, taken = row[slot], _taken(row, used)
            if value == []:
                ends_of = _no_hop(one, (row[known[0]],) if known else _all_nodes(row[0].graph))
            else:
                ends_of = walks(one, value) if value is not None else iter(())
            for first, last in ends_of:
                if taken and not taken.isdisjoint(_numbers(value)):
                    continue
                ends = {left: first}
                if ends.setdefault(right, last) != last:
                    continue
                if all(row[side] == ends[side] for side in known):
                    new = row.copy()
                    for side, node in ends.items():
                        new[side] = node
                    yield new

    return rows


def _all_nodes(graph: ReadableGraph) -> Iterator[Node]:
    return (Node(graph, number) for number in graph.nodes())


def _numbers(value: Any) -> set[int]:
    return {one.id for one in (value if value.__class__ is list else (value,))}


def _one_bound(one: op.BoundRelationship, value: Any) -> Iterator[tuple[Node, Node]]:
    """The ends of a relationship, in each direction that the pattern allows."""
    if value.__class__ is not Relationship:
        raise CypherTypeError(
            f"the pattern needs a relationship, and this is {noun(value)}", detail="InvalidArgumentType", span=one.span
        )
    if not _fits(one, value):
        return
    yield value.start_node, value.end_node
    if not one.directed and value.start != value.end:
        yield value.end_node, value.start_node


def _many_bound(one: op.BoundRelationship, value: Any) -> Iterator[tuple[Node, Node]]:
    """The ends of a list of relationships that follow each other."""
    value = value[::-1] if one.reverse else value
    assert one.length is not None
    least, most = bounds(one.length)
    if not least <= len(value) <= most or len(_numbers(value)) < len(value):
        return
    for begin in dict.fromkeys((value[0].start_node, value[0].end_node)):
        node: Node | None = begin
        for step in value:
            node = _along(step, node, one) if node else None
        if node:
            yield begin, node


def _no_hop(one: op.BoundRelationship, nodes: Iterable[Any]) -> Iterator[tuple[Node, Node]]:
    """The ends of an empty list of relationships: each of the nodes with itself, if the pattern allows no hop."""
    assert one.length is not None
    return ((node, node) for node in nodes if node is not None and bounds(one.length)[0] == 0)


def _along(step: Relationship, node: Node, one: op.BoundRelationship) -> Node | None:
    fits = step.start == node.id or (not one.directed and step.end == node.id)
    return other_end(step, node) if fits and _fits(one, step) else None


def _fits(one: op.BoundRelationship, value: Relationship) -> bool:
    """Whether the relationship is of a type that the pattern wants, and was not deleted."""
    return value.graph.has_relationship(value.id) and (one.types is None or value.type in one.types)


def _shortest_path(compiler: Compiler, one: op.ShortestPath) -> Source:
    source, allowed = compiler.source(one.source), _hop_test(compiler, one.hop)
    path, start, relationship, end = compiler.slots_of((one.path, one.start, one.relationship, one.end))
    away = steps(one.types, one.direction)
    back = steps(one.types, {"out": "in", "in": "out", "both": "both"}[one.direction])  # type: ignore[arg-type]
    least, most = bounds(one.length)

    def rows(argument: Row) -> Iterator[Row]:
        graph = argument[0].graph
        for row in source(argument):
            first, last = as_node(row[start], one.span), as_node(row[end], one.span)
            if first is None or last is None:
                continue
            found = shortest_paths(
                first.id,
                last.id,
                lambda node: away(graph, node),
                lambda node: back(graph, node),
                least=least,
                most=most,
                allowed=(lambda number, row=row: allowed(row, number)) if allowed else None,  # type: ignore[misc]
                tick=argument[0].budget.tick,
                only_one=not one.all,
                degree=graph.degree,
            )
            for nodes, relationships in found:
                steps_ = [Relationship(graph, number) for number in relationships]
                new = row.copy()
                new[path] = Path([Node(graph, node) for node in nodes], steps_)
                new[relationship] = steps_
                yield new

    return rows


FORMS: dict[type, Callable[[Compiler, Any], Source]] = {
    op.Expand: _expand,
    op.ExpandVariable: _expand_variable,
    op.Degree: _degree,
    op.BoundRelationship: _bound_relationship,
    op.ShortestPath: _shortest_path,
}
