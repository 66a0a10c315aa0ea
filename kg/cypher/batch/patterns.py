"""Patterns on batches: one relationship for all rows at once, and trails level by level."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from kg.cypher.algebra import Hop
from kg.cypher.batch.compiler import MORSEL, BatchCompiler, Live, Source
from kg.cypher.batch.vectors import ROW, Batch, Entities, Trails, Values, Vector, all_of
from kg.cypher.context import Run
from kg.cypher.errors import Span
from kg.cypher.plan import operators as op
from kg.cypher.plan.operators import references
from kg.cypher.rows.patterns import as_node, bounds
from kg.cypher.values import Node, Relationship
from kg.graph.adjacency import Adjacency
from kg.graph.column import NumberColumn
from kg.graph.columns import PropertyGraph

Steps = tuple[np.ndarray, np.ndarray, np.ndarray]
"""(row that a step starts from, relationship, node at its other end), rows ascending"""


@dataclass(frozen=True, slots=True)
class Leads:
    """What leads away from nodes: one adjacency for each type and direction."""

    adjacencies: tuple[Adjacency, ...]
    loops_once: tuple[bool, ...]
    """For each of them whether loops are left out, because another one has them."""

    def degrees(self, nodes: np.ndarray) -> np.ndarray:
        """How many steps start from each node."""
        result = np.zeros(len(nodes), np.int64)
        for one in self.adjacencies:
            result += one.offsets[nodes + 1] - one.offsets[nodes]
        return result

    def counts(self, nodes: np.ndarray, mask: np.ndarray | None) -> np.ndarray:
        """How many steps start from each node that end in a node of the mask (None: in any), loops counted once."""
        if mask is None and not any(self.loops_once):
            return self.degrees(nodes)
        # Only distinct nodes are looked at, and each of their steps once.
        distinct, rows = np.unique(nodes, return_inverse=True)
        starts, _, ends = self.steps(distinct)
        chosen = starts if mask is None else starts[mask[ends]]
        return np.bincount(chosen, minlength=len(distinct))[rows]

    def steps(self, nodes: np.ndarray) -> Steps:
        """All steps from the nodes of the rows."""
        found = [
            _steps(one, nodes, without_loops)
            for one, without_loops in zip(self.adjacencies, self.loops_once, strict=True)
        ]
        if len(found) == 1:
            return found[0]
        rows, relationships, ends = (np.concatenate(parts) for parts in zip(*found, strict=True))
        order = np.argsort(rows, kind="stable")
        return rows[order], relationships[order], ends[order]


def _steps(adjacency: Adjacency, nodes: np.ndarray, without_loops: bool) -> Steps:
    begin = adjacency.offsets[nodes]
    degree = adjacency.offsets[nodes + 1] - begin
    rows = np.repeat(np.arange(len(nodes)), degree)
    # The place within each node's own steps, from the place among all steps.
    places = np.arange(len(rows)) + np.repeat(begin - (np.cumsum(degree) - degree), degree)
    relationships, ends = adjacency.relationships[places], adjacency.neighbours[places]
    if without_loops:
        keep = ends != nodes[rows]
        return rows[keep], relationships[keep], ends[keep]
    return rows, relationships, ends


def leads(graph: PropertyGraph, types: tuple[str, ...] | None, direction: op.Direction) -> Leads:
    """The steps that a pattern allows."""
    directions: tuple[Literal["out", "in"], ...] = ("out", "in") if direction == "both" else (direction,)
    pairs = [(type_, way) for way in directions for type_ in (types or (None,))]
    adjacencies = tuple(graph.adjacency(type_, way) for type_, way in pairs)
    return Leads(adjacencies, tuple(direction == "both" and way == "in" for _, way in pairs))


def _expand(compiler: BatchCompiler, one: op.Expand, live: Live) -> Source:
    needed = (live - {one.relationship} - (set() if one.into else {one.end})) | {one.start, *one.differs_from}
    source = compiler.source(one.source, needed | ({one.end} if one.into else set()))
    wants_relationship = one.relationship in live
    carried = live - {one.relationship} | {ROW} | ({one.end} if one.into else set())

    def batches(run: Run, argument: Batch) -> Iterator[Batch]:
        away = leads(compiler.graph, one.types, one.direction)
        for batch in source(run, argument):
            for part in morsels(batch, node_ids(batch, one.start, compiler.graph, one.span), away):
                run.budget.check()
                rows, relationships, ends = away.steps(node_ids(part, one.start, compiler.graph, one.span))
                keep = _allowed(compiler.graph, part, one, (rows, relationships, ends))
                if keep is not None:
                    rows, relationships, ends = rows[keep], relationships[keep], ends[keep]
                made: dict[str, Vector] = {} if one.into else {one.end: Entities(Node, ends)}
                if wants_relationship:
                    made[one.relationship] = Entities(Relationship, relationships)
                yield part.only(carried).take(rows).adding(made)

    return batches


def _allowed(graph: PropertyGraph, batch: Batch, one: op.Expand, steps: Steps) -> np.ndarray | None:
    """The mask of the steps that reach a bound end and use no relationship again; None when all are allowed."""
    rows, relationships, ends = steps
    masks = [ends == node_ids(batch, one.end, graph, one.span)[rows]] if one.into else []
    masks += [_differs(batch.vectors[name], rows, relationships) for name in one.differs_from]
    return all_of(masks) if masks else None


def _differs(used: Vector, rows: np.ndarray, relationships: np.ndarray) -> np.ndarray:
    """The mask of the steps whose relationship is not the one, or in the list, of their row."""
    if isinstance(used, Entities):
        other: np.ndarray = used.ids[rows] != relationships
        return other
    assert isinstance(used, Trails), "what a pattern binds is a relationship or a trail"
    among: np.ndarray = (used.ids[rows] == relationships[:, None]).any(axis=1)
    return ~among


def node_ids(batch: Batch, name: str, graph: PropertyGraph, span: Span) -> np.ndarray:
    """The numbers of the nodes of a variable, -1 for null. Raises CypherTypeError for what is no node."""
    vector = batch.vectors[name]
    if isinstance(vector, Entities) and vector.kind is Node:
        return vector.ids
    nodes = (as_node(value, span) for value in vector.to_list(graph))
    return np.fromiter((-1 if node is None else node.id for node in nodes), np.int64, batch.size)


def morsels(batch: Batch, ids: np.ndarray, away: Leads) -> Iterator[Batch]:
    """Parts of a batch from which not too many steps lead; rows whose node, in `ids`, is null are left out."""
    if len(ids) and ids.min() < 0:
        batch = batch.keep(ids >= 0)
        ids = ids[ids >= 0]
    after = np.cumsum(away.degrees(ids))
    if not len(after) or after[-1] <= MORSEL:
        yield batch
        return
    begin = 0
    while begin < batch.size:
        done = after[begin - 1] if begin else 0
        end = max(begin + 1, int(np.searchsorted(after, done + MORSEL, side="right")))
        yield batch.take(np.arange(begin, end))
        begin = end


def _degree(compiler: BatchCompiler, one: op.Degree, live: Live) -> Source:
    source = compiler.source(one.source, live - {one.count} | {one.start})
    mask = all_of([compiler.graph.label_mask(label) for label in one.labels]) if one.labels else None

    def batches(run: Run, argument: Batch) -> Iterator[Batch]:
        away = leads(compiler.graph, one.types, one.direction)
        for batch in source(run, argument):
            ids = node_ids(batch, one.start, compiler.graph, one.span)
            if len(ids) and ids.min() < 0:
                batch, ids = batch.keep(ids >= 0), ids[ids >= 0]
            counts = away.counts(ids, mask)
            made = batch.adding({one.count: Values(NumberColumn("int", counts))})
            yield made.keep(counts > 0)

    return batches


def _expand_variable(compiler: BatchCompiler, one: op.ExpandVariable, live: Live) -> Source:
    condition = None if one.hop is None else _hop_condition(compiler, one.hop)
    outer = references(one.hop) - {one.hop.variable.name} if one.hop else frozenset()
    needed = (live - {one.relationship} - (set() if one.into else {one.end})) | {one.start, *one.differs_from} | outer
    source = compiler.source(one.source, needed | ({one.end} if one.into else set()))
    wants_trail = one.relationship in live
    carried = live - {one.relationship} | {ROW} | ({one.end} if one.into else set())
    least, most = bounds(one.length)

    def batches(run: Run, argument: Batch) -> Iterator[Batch]:
        away = leads(compiler.graph, one.types, one.direction)
        for batch in source(run, argument):
            ids = node_ids(batch, one.start, compiler.graph, one.span)
            begun = np.flatnonzero(ids >= 0)
            first = _Level(begun, ids[begun], np.empty((len(begun), 0), np.int32))
            for level in _levels(run, batch, first, away, one, most, condition):
                if level.trails.shape[1] < least:
                    continue
                if one.into:
                    level = level.keep(level.ends == node_ids(batch, one.end, compiler.graph, one.span)[level.rows])
                if not len(level.rows):
                    continue
                made: dict[str, Vector] = {} if one.into else {one.end: Entities(Node, level.ends)}
                if wants_trail:
                    made[one.relationship] = Trails(level.trails[:, ::-1] if one.reverse else level.trails)
                yield batch.only(carried).take(level.rows).adding(made)

    return batches


@dataclass(frozen=True, slots=True)
class _Level:
    """Trails of one length: the rows that they come from, the nodes that they reach, their relationships."""

    rows: np.ndarray
    ends: np.ndarray
    trails: np.ndarray

    def keep(self, mask: np.ndarray) -> _Level:
        return _Level(self.rows[mask], self.ends[mask], self.trails[mask])

    def parts(self, away: Leads) -> Iterator[_Level]:
        """Parts from which not too many steps lead."""
        after = np.cumsum(away.degrees(self.ends))
        begin = 0
        while begin < len(self.rows):
            done = after[begin - 1] if begin else 0
            end = max(begin + 1, int(np.searchsorted(after, done + MORSEL, side="right")))
            yield _Level(self.rows[begin:end], self.ends[begin:end], self.trails[begin:end])
            begin = end


HopCondition = Callable[[Run, Batch, np.ndarray, np.ndarray], np.ndarray]


def _levels(
    run: Run,
    batch: Batch,
    first: _Level,
    away: Leads,
    one: op.ExpandVariable,
    most: float,
    condition: HopCondition | None,
) -> Iterator[_Level]:
    """All trails, in parts of equal length. The longest part goes on first, so that few parts wait at a time."""
    waiting = [first]
    while waiting:
        level = waiting.pop()
        yield level
        if level.trails.shape[1] < most:
            grown = [_grown(run, batch, part, away, one, condition) for part in level.parts(away)]
            waiting += [part for part in reversed(grown) if len(part.rows)]


def _grown(
    run: Run, batch: Batch, level: _Level, away: Leads, one: op.ExpandVariable, condition: HopCondition | None
) -> _Level:
    """The trails with one more relationship, which none of them has used."""
    run.budget.check()
    steps, relationships, ends = away.steps(level.ends)
    rows = level.rows[steps]
    fresh = np.ones(len(steps), np.bool_)
    for place in range(level.trails.shape[1]):
        fresh &= level.trails[steps, place] != relationships
    for name in one.differs_from:
        fresh &= _differs(batch.vectors[name], rows, relationships)
    if condition is not None:
        chosen = np.flatnonzero(fresh)
        fresh[chosen] = condition(run, batch, rows[chosen], relationships[chosen])
    steps, relationships, ends = steps[fresh], relationships[fresh], ends[fresh]
    trails = np.column_stack([level.trails[steps], relationships])
    return _Level(level.rows[steps], ends, trails)


def _hop_condition(compiler: BatchCompiler, hop: Hop) -> HopCondition:
    test, name = compiler.expressions.condition(hop.condition), hop.variable.name
    outer = references(hop.condition) - {name}

    def condition(run: Run, batch: Batch, rows: np.ndarray, relationships: np.ndarray) -> np.ndarray:
        hops = batch.only(outer).take(rows).adding({name: Entities(Relationship, relationships)})
        return test(run, hops)

    return condition


FORMS: dict[type, Callable[[BatchCompiler, Any, Live], Source]] = {
    op.Expand: _expand,
    op.ExpandVariable: _expand_variable,
    op.Degree: _degree,
}
