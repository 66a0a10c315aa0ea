"""Writing. Each operator takes in all its rows before it changes the graph, so that no clause sees its own changes.

MERGE alone does see them: what it made for one row matches for the next.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from kg.cypher import tree
from kg.cypher.algebra import New, NewNode, NewRelationship
from kg.cypher.context import Run
from kg.cypher.errors import ConstraintFailed, CypherError, CypherSemanticError, CypherTypeError, EntityNotFound, Span
from kg.cypher.operators import storable
from kg.cypher.plan import operators as op
from kg.cypher.rows.compiler import Compiler, Row, Source
from kg.cypher.values import Node, Path, Relationship, noun

Effect = Callable[[Row], None]


def _create(compiler: Compiler, one: op.Create) -> Source:
    source, make = compiler.source(one.source), _maker(compiler, one.new)

    def rows(argument: Row) -> Iterator[Row]:
        made = []
        for row in list(source(argument)):
            argument[0].budget.tick()
            new = row.copy()
            make(new)
            made.append(new)
        return iter(made)

    return rows


def _maker(compiler: Compiler, new: tuple[New, ...]) -> Effect:
    """What makes new things in a row, in their order."""
    makers = [_node_maker(compiler, one) if isinstance(one, NewNode) else _link_maker(compiler, one) for one in new]

    def make(row: Row) -> None:
        for maker in makers:
            maker(row)

    return make


def _node_maker(compiler: Compiler, new: NewNode) -> Effect:
    slot, properties, labels = compiler.slot(new.name), _properties(compiler, new.properties), new.labels

    def make(row: Row) -> None:
        run: Run = row[0]
        held = _stored(properties(row), new.span)
        row[slot] = Node(run.graph, run.graph.add_node(labels, held))
        run.changes.nodes_created += 1
        run.changes.labels_added += len(labels)
        run.changes.properties_set += len(held)

    return make


def _link_maker(compiler: Compiler, new: NewRelationship) -> Effect:
    slot, properties = compiler.slot(new.name), _properties(compiler, new.properties)
    source, target = compiler.slots_of((new.source, new.target))

    def make(row: Row) -> None:
        run: Run = row[0]
        ends = [_end(row[side], new.span) for side in (source, target)]
        held = _stored(properties(row), new.span)
        row[slot] = Relationship(run.graph, run.graph.add_relationship(ends[0], ends[1], new.type, held))
        run.changes.relationships_created += 1
        run.changes.properties_set += len(held)

    return make


def _end(value: Any, span: Span) -> int:
    if value.__class__ is not Node:
        raise CypherTypeError(
            f"a relationship joins two nodes, and this is {noun(value)}", detail="InvalidArgumentType", span=span
        )
    if not value.graph.has_node(value.id):
        raise EntityNotFound("a relationship cannot join a deleted node", detail="DeletedEntityAccess", span=span)
    return value.id


def _properties(compiler: Compiler, e: tree.Expression | None) -> Callable[[Row], Mapping[str, Any]]:
    if e is None:
        return lambda row: {}
    value = compiler.value(e)

    def read(row: Row) -> Mapping[str, Any]:
        found = value(row)
        if not isinstance(found, Mapping):
            raise CypherTypeError(
                f"properties are given as a map, and this is {noun(found)}", detail="InvalidArgumentType", span=e.span
            )
        return found

    return read


def _stored(properties: Mapping[str, Any], span: Span) -> dict[str, Any]:
    return {key: _storable(value, span) for key, value in properties.items() if value is not None}


def _storable(value: Any, span: Span) -> Any:
    try:
        return storable(value)
    except CypherTypeError as error:
        error.span = error.span or span
        raise


def _merge(compiler: Compiler, one: op.Merge) -> Source:
    source, match = compiler.source(one.source), compiler.source(one.match)
    check, make = _null_check(compiler, one.new), _maker(compiler, one.new)
    on_create = [_change(compiler, item) for item in one.on_create]
    on_match = [_change(compiler, item) for item in one.on_match]

    def rows(argument: Row) -> Iterator[Row]:
        result: list[Row] = []
        for row in list(source(argument)):
            argument[0].budget.tick()
            check(row)
            found = list(match(row))
            if not found:
                new = row.copy()
                make(new)
                found = [new]
                effects = on_create
            else:
                effects = on_match
            for each in found:
                for effect in effects:
                    effect(each)
            result += found
        return iter(result)

    return rows


def _null_check(compiler: Compiler, new: Iterable[New]) -> Effect:
    """MERGE can neither find nor make something whose property is null."""
    all_properties = [(_properties(compiler, one.properties), one.span) for one in new if one.properties]

    def check(row: Row) -> None:
        for properties, span in all_properties:
            if None in properties(row).values():
                raise CypherSemanticError(
                    "MERGE cannot find or make something by a property that is null",
                    detail="MergeReadOwnWrites",
                    span=span,
                )

    return check


# SET and REMOVE


def _set_properties(compiler: Compiler, one: op.SetProperties) -> Source:
    source, effects = compiler.source(one.source), [_change(compiler, item) for item in one.items]

    def rows(argument: Row) -> Iterator[Row]:
        held = list(source(argument))
        for row in held:
            argument[0].budget.tick()
            for effect in effects:
                effect(row)
        return iter(held)

    return rows


def _change(compiler: Compiler, item: tree.SetItem | tree.RemoveItem) -> Effect:
    change = _change_of(compiler, item)

    def placed(row: Row) -> None:
        try:
            change(row)
        except CypherError as error:
            error.span = error.span or item.span
            raise

    return placed


def _change_of(compiler: Compiler, item: tree.SetItem | tree.RemoveItem) -> Effect:
    if isinstance(item, tree.SetLabels | tree.RemoveLabels):
        return _label_change(compiler, item)
    if isinstance(item, tree.SetProperties):
        return _all_properties(compiler, item)
    subject = compiler.value(item.subject)
    key = compiler.value(tree.Literal(item.key) if isinstance(item.key, str) else item.key)
    value = compiler.value(item.value if isinstance(item, tree.SetProperty) else tree.Literal(None))

    def change(row: Row) -> None:
        entity = _entity(subject(row), item.span)
        if entity is not None:
            _set(row[0], entity, key(row), _storable(value(row), item.span))

    return change


def _all_properties(compiler: Compiler, item: tree.SetProperties) -> Effect:
    subject, value = compiler.value(item.variable), compiler.value(item.value)

    def change(row: Row) -> None:
        entity = _entity(subject(row), item.span)
        if entity is None:
            return
        found = value(row)
        new = found.properties if isinstance(found, Node | Relationship) else found
        if not isinstance(new, Mapping):
            raise CypherTypeError(
                f"properties are set from a map, and this is {noun(new)}", detail="InvalidArgumentType", span=item.span
            )
        stored = {key: _storable(one, item.span) for key, one in new.items()}
        gone = {} if item.keep else dict.fromkeys(key for key in entity.properties if key not in stored)
        for key, one in (gone | stored).items():
            _set(row[0], entity, key, one)

    return change


def _entity(value: Any, span: Span) -> Node | Relationship | None:
    if value is None or isinstance(value, Node | Relationship):
        return value
    raise CypherTypeError(
        f"only nodes and relationships have properties to set, and this is {noun(value)}",
        detail="InvalidArgumentType",
        span=span,
    )


def _set(run: Run, entity: Node | Relationship, key: Any, value: Any) -> None:
    if not isinstance(key, str):
        raise CypherTypeError(f"a property's name is a string, and this is {noun(key)}", detail="InvalidArgumentType")
    before = entity.get(key)  # raises for what was deleted
    if value is None and before is None:
        return
    if isinstance(entity, Node):
        run.graph.set_node_property(entity.id, key, value)
    else:
        run.graph.set_relationship_property(entity.id, key, value)
    run.changes.properties_set += 1


def _label_change(compiler: Compiler, item: tree.SetLabels | tree.RemoveLabels) -> Effect:
    subject, adds = compiler.value(item.variable), isinstance(item, tree.SetLabels)

    def change(row: Row) -> None:
        node, run = subject(row), row[0]
        if node is None:
            return
        if not isinstance(node, Node):
            raise CypherTypeError(
                f"only nodes have labels, and this is {noun(node)}", detail="InvalidArgumentType", span=item.span
            )
        held = set(node.labels)
        for label in item.labels:
            if adds and label not in held:
                run.graph.add_label(node.id, label)
                run.changes.labels_added += 1
            elif not adds and label in held:
                run.graph.remove_label(node.id, label)
                run.changes.labels_removed += 1

    return change


# DELETE


def _delete(compiler: Compiler, one: op.Delete) -> Source:
    source, values = compiler.source(one.source), [compiler.value(e) for e in one.expressions]

    def rows(argument: Row) -> Iterator[Row]:
        held = list(source(argument))
        nodes: dict[int, Node] = {}
        relationships: dict[int, Relationship] = {}
        for row in held:
            for value in values:
                _collect(value(row), nodes, relationships, one.span)
            if one.detach:
                _remember(row[1:])
        _remove(argument[0], nodes, relationships, one)
        return iter(held)

    return rows


def _collect(value: Any, nodes: dict[int, Node], relationships: dict[int, Relationship], span: Span) -> None:
    if isinstance(value, Node):
        nodes[value.id] = value
    elif isinstance(value, Relationship):
        value.remember()
        relationships[value.id] = value
    elif isinstance(value, Path):
        for step in value.steps:
            _collect(step, nodes, relationships, span)
    elif value is not None:
        raise CypherTypeError(
            f"DELETE takes nodes, relationships and paths, and this is {noun(value)}",
            detail="InvalidArgumentType",
            span=span,
        )


def _remember(values: Iterable[Any]) -> None:
    """Keeps the types of the relationships among the values, which may go with their nodes."""
    for value in values:
        if value.__class__ is Relationship:
            value.remember()
        elif isinstance(value, list | Path):
            _remember(value.relationships if isinstance(value, Path) else value)


def _remove(run: Run, nodes: dict[int, Node], relationships: dict[int, Relationship], one: op.Delete) -> None:
    graph = run.graph
    living = [node for node in nodes if graph.has_node(node)]
    numbers = set(relationships)
    for node in living:
        hanging = {number for number, _ in (*graph.outgoing(node), *graph.incoming(node))}
        if one.detach:
            numbers |= hanging
        elif hanging - numbers:
            raise ConstraintFailed(
                "a node that still has relationships cannot be deleted; use DETACH DELETE",
                detail="DeleteConnectedNode",
                span=one.span,
            )
    for number in sorted(numbers):
        if graph.has_relationship(number):
            graph.remove_relationship(number)
            run.changes.relationships_deleted += 1
    for node in living:
        graph.remove_node(node)
        run.changes.nodes_deleted += 1


def _foreach(compiler: Compiler, one: op.Foreach) -> Source:
    source, items = compiler.source(one.source), compiler.value(one.items)
    slot, body = compiler.slot(one.variable), compiler.source(one.body)

    def rows(argument: Row) -> Iterator[Row]:
        held = list(source(argument))
        for row in held:
            for item in items(row) or ():
                argument[0].budget.tick()
                inner = row.copy()
                inner[slot] = item
                for _ in body(inner):
                    pass
        return iter(held)

    return rows


FORMS: dict[type, Callable[[Compiler, Any], Source]] = {
    op.Create: _create,
    op.Merge: _merge,
    op.SetProperties: _set_properties,
    op.Delete: _delete,
    op.Foreach: _foreach,
}
