"""Steps of the algebra, one after the other, as operators on top of each other."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from kg.cypher import algebra as core
from kg.cypher import tree
from kg.cypher.lower import Lowered
from kg.cypher.plan import operators as op
from kg.cypher.plan.estimates import Estimates
from kg.cypher.plan.match import new_variables, plan_match
from kg.graph.protocol import ReadableGraph

Bound = frozenset[str]


@dataclass(frozen=True, slots=True)
class Plan:
    """The operators of a query, and its columns as (name of the column, variable)."""

    root: op.Operator
    columns: tuple[tuple[str, str], ...]


def make_plan(lowered: Lowered, graph: ReadableGraph) -> Plan:
    """A plan for the query that suits the counts of the graph; it is right for any graph."""
    root, _ = _Planner(Estimates(graph)).pipeline(lowered.pipeline, op.Argument(), frozenset())
    return Plan(root, lowered.columns)


class _Planner:
    def __init__(self, estimates: Estimates) -> None:
        self.estimates = estimates
        self._forms: dict[type, Callable[[Any, op.Operator, Bound], tuple[op.Operator, Bound]]] = {
            core.MatchStep: self._match,
            core.FilterStep: lambda s, plan, bound: (op.Filter(plan, (s.condition,)), bound),
            core.UnwindStep: lambda s, plan, bound: (op.Unwind(plan, s.variable, s.source), bound | {s.variable}),
            core.ProjectStep: lambda s, plan, bound: (op.Project(plan, s.columns), bound | _names(s.columns)),
            core.AggregateStep: self._aggregate,
            core.DistinctStep: lambda s, plan, bound: (op.Distinct(plan, s.variables), bound),
            core.SortStep: lambda s, plan, bound: (op.Sort(plan, s.keys), bound),
            core.SkipStep: lambda s, plan, bound: (op.Skip(plan, s.count, span=s.span), bound),
            core.LimitStep: lambda s, plan, bound: (op.Limit(plan, s.count, span=s.span), bound),
            core.UnionStep: self._union,
            core.SubqueryStep: self._subquery,
            core.ProcedureStep: self._procedure,
            core.CreateStep: self._create,
            core.MergeStep: self._merge,
            core.SetStep: lambda s, plan, bound: (op.SetProperties(plan, s.items), bound),
            core.DeleteStep: lambda s, plan, bound: (op.Delete(plan, s.expressions, s.detach, span=s.span), bound),
            core.ForeachStep: self._foreach,
        }

    def pipeline(self, pipeline: core.Pipeline, plan: op.Operator, bound: Bound) -> tuple[op.Operator, Bound]:
        """The steps on top of `plan`, and the variables that are bound after them."""
        for step in pipeline.steps:
            inside = bound
            if isinstance(step, core.MatchStep | core.MergeStep):
                inside = bound.union(new_variables(step.pattern, bound))
            plan, bound = self._forms[type(step)](self._planned(step, inside), plan, bound)
        return plan, bound

    def _planned(self, node: Any, bound: Bound) -> Any:
        """The step with the pipelines in its expressions planned; they see what is bound where they stand."""
        if isinstance(node, core.Nested):
            plan, inner = self.pipeline(node.pipeline, op.Argument(), bound)
            column = None if node.column is None else self._planned(node.column, inner)
            return op.Planned(node.kind, plan, column, span=node.span)
        if isinstance(node, core.Pipeline):
            return node  # a step's own pipeline is planned with the step
        inside = bound | tree.own_variables(node)
        return tree.map_children(node, lambda child: self._planned(child, inside))

    def _match(self, step: core.MatchStep, plan: op.Operator, bound: Bound) -> tuple[op.Operator, Bound]:
        new = new_variables(step.pattern, bound)
        if not step.optional:
            return plan_match(step.pattern, plan, bound, self.estimates), bound.union(new)
        right = plan_match(step.pattern, op.Argument(), bound, self.estimates)
        return op.OptionalApply(plan, right, new), bound.union(new)

    def _aggregate(self, step: core.AggregateStep, plan: op.Operator, _: Bound) -> tuple[op.Operator, Bound]:
        return op.Aggregate(plan, step.keys, step.aggregates), _names((*step.keys, *step.aggregates))

    def _union(self, step: core.UnionStep, plan: op.Operator, bound: Bound) -> tuple[op.Operator, Bound]:
        planned = [self.pipeline(branch, op.Argument(), bound) for branch in step.branches]
        rows: op.Operator = op.Union(tuple(branch for branch, _ in planned))
        if step.distinct is not None:
            rows = op.Distinct(rows, step.distinct)
        both = frozenset.intersection(*(after for _, after in planned))
        return rows if isinstance(plan, op.Argument) else op.Apply(plan, rows), bound | both

    def _subquery(self, step: core.SubqueryStep, plan: op.Operator, bound: Bound) -> tuple[op.Operator, Bound]:
        body, inner = self.pipeline(step.pipeline, op.Argument(), bound)
        if not step.returns:
            return op.RunEach(plan, body), bound
        return op.Apply(plan, body), bound | inner

    def _procedure(self, step: core.ProcedureStep, plan: op.Operator, bound: Bound) -> tuple[op.Operator, Bound]:
        call = op.ProcedureCall(plan, step.name, step.arguments, step.outputs, span=step.span)
        return call, bound | {variable for _, variable in step.outputs}

    def _create(self, step: core.CreateStep, plan: op.Operator, bound: Bound) -> tuple[op.Operator, Bound]:
        new = _unbound(step.new, bound)
        after = bound | {one.name for one in new}
        if isinstance(plan, op.Create):  # CREATE … CREATE … is one CREATE of both, however many there are
            return op.Create(plan.source, (*plan.new, *new), span=plan.span), after
        return op.Create(plan, new, span=step.span), after

    def _merge(self, step: core.MergeStep, plan: op.Operator, bound: Bound) -> tuple[op.Operator, Bound]:
        match = plan_match(step.pattern, op.Argument(), bound, self.estimates)
        new = _unbound(step.new, bound)
        merge = op.Merge(plan, match, new, step.on_create, step.on_match, span=step.span)
        return merge, bound.union(new_variables(step.pattern, bound))

    def _foreach(self, step: core.ForeachStep, plan: op.Operator, bound: Bound) -> tuple[op.Operator, Bound]:
        body, _ = self.pipeline(step.pipeline, op.Argument(), bound | {step.variable})
        return op.Foreach(plan, step.variable, step.source, body, span=step.span), bound


def _names(columns: core.Columns) -> Bound:
    return frozenset(name for name, _ in columns)


def _unbound(new: tuple[core.New, ...], bound: Bound) -> tuple[core.New, ...]:
    """What is made: each thing once, and nothing that is there already."""
    by_name = {one.name: one for one in reversed(new) if one.name not in bound}
    order = dict.fromkeys(one.name for one in new if one.name not in bound)
    return tuple(replace(by_name[name]) for name in order)
