"""The order in which a pattern is matched: begin where there are fewest nodes, go on where rows grow least.

Each node is tried as the beginning; from there the next relationship is always the one that leaves the fewest rows. A
condition is checked as soon as all its variables are bound.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from kg.cypher import tree
from kg.cypher.algebra import PatternGraph, PatternRelationship, ShortestPattern
from kg.cypher.bind.patterns import label_names
from kg.cypher.plan import operators as op
from kg.cypher.plan.estimates import Estimates
from kg.cypher.plan.operators import references

_MOST_STARTS = 12
"""How many nodes of a pattern are tried as its beginning."""


@dataclass(frozen=True, slots=True)
class _Partial:
    """A plan for a part of the pattern: what it binds, what is left, how many rows it gives, what it costs."""

    plan: op.Operator
    bound: frozenset[str]
    conditions: tuple[tree.Expression, ...]
    matched: tuple[PatternRelationship, ...] = ()
    rows: float = 1.0
    cost: float = 0.0


def plan_match(pattern: PatternGraph, source: op.Operator, bound: frozenset[str], estimates: Estimates) -> op.Operator:
    """A plan that gives each row of `source` with each match of the pattern; `bound` are the variables of `source`."""
    return _Matching(pattern, bound, estimates).plan(source)


def new_variables(pattern: PatternGraph, bound: frozenset[str]) -> tuple[str, ...]:
    """The variables that matching the pattern binds, in the order in which it names them."""
    shortest = [name for one in pattern.shortest for name in (one.path, one.relationship.name)]
    names = [
        *pattern.nodes,
        *(one.name for one in pattern.relationships),
        *shortest,
        *(name for name, _ in pattern.paths),
    ]
    return tuple(name for name in dict.fromkeys(names) if name not in bound)


class _Matching:
    def __init__(self, pattern: PatternGraph, bound: frozenset[str], estimates: Estimates) -> None:
        self.pattern = pattern
        self.outer = bound
        self.new = frozenset(new_variables(pattern, bound))
        self.estimates = estimates
        self.labels = {node: tuple(_labels(pattern.conditions, node)) for node in pattern.nodes}

    def plan(self, source: op.Operator) -> op.Operator:
        partial = _Partial(source, self.outer, (*self.pattern.conditions, *_lonely(self.pattern, self.outer)))
        waiting = list(self.pattern.relationships)
        partial, waiting = self._reach(self._check(partial), waiting)
        nodes = self._fewest_first(partial)
        while nodes := [node for node in nodes if node not in partial.bound]:
            tried = (self._component(node, partial, waiting) for node in nodes[:_MOST_STARTS])
            best = min(tried, key=lambda one: one.cost)
            waiting = [one for one in waiting if one not in best.matched]
            partial = self._check(self._joined(partial, best))
        for shortest in self.pattern.shortest:
            partial = self._check(self._shortest(partial, shortest))
        if self.pattern.paths:
            names = {name for name, _ in self.pattern.paths}
            project = op.Project(partial.plan, self.pattern.paths)
            partial = self._check(replace(partial, plan=project, bound=partial.bound | names))
        return partial.plan

    # One connected part

    def _component(self, node: str, outer: _Partial, waiting: list[PatternRelationship]) -> _Partial:
        """The part of the pattern around `node`, begun there."""
        begun = self._check(self._begin(node, outer))
        begun = replace(begun, cost=begun.cost + begun.rows)
        return self._reach(begun, waiting)[0]

    def _fewest_first(self, outer: _Partial) -> list[str]:
        """The nodes that are not bound yet, those of a short pattern as written: each is tried then."""
        nodes = [node for node in self.pattern.nodes if node not in outer.bound]
        if len(nodes) <= _MOST_STARTS:
            return nodes
        return sorted(nodes, key=lambda node: self._begin(node, outer).rows)

    def _begin(self, node: str, outer: _Partial) -> _Partial:
        labels = self.labels[node]
        bound = self.outer | {node}
        options: list[tuple[float, op.Operator, tree.Expression | None]]
        options = [(self.estimates.nodes(None), op.AllNodes(node), None)]
        options += [(self.estimates.nodes(label), op.LabelScan(node, label), None) for label in labels]
        for condition, key, value in self._equalities(node, outer.conditions):
            for label in labels or (None,):
                seek = op.IndexSeek(node, label, key, value, span=condition.span)
                options.append((self.estimates.equal(label, key), seek, condition))
        rows, leaf, used = min(options, key=lambda option: option[0])
        checked = getattr(leaf, "label", None)
        left = tuple(
            one for one in outer.conditions if one is not used and not (checked and _is_label_test(one, node, checked))
        )
        return _Partial(leaf, bound, left, rows=rows)

    def _equalities(
        self, node: str, conditions: Iterable[tree.Expression]
    ) -> Iterator[tuple[tree.Expression, str, tree.Expression]]:
        """The conditions `node.key = value` in which the value is known before the pattern is matched."""
        for condition in conditions:
            if not isinstance(condition, tree.Comparison) or len(condition.rest) != 1 or condition.rest[0][0] != "=":
                continue
            for one, other in ((condition.first, condition.rest[0][1]), (condition.rest[0][1], condition.first)):
                own = isinstance(one, tree.Property) and one.subject == tree.Variable(node)
                if own and not references(other) & self.new:
                    yield condition, one.key, other  # type: ignore[attr-defined]

    def _reach(
        self, partial: _Partial, waiting: list[PatternRelationship]
    ) -> tuple[_Partial, list[PatternRelationship]]:
        """Follow relationships from what is bound until none is left that touches it."""
        waiting = list(waiting)
        while ready := [one for one in waiting if {one.name, one.left, one.right} & partial.bound]:
            steps = [(one, self._check(self._follow(partial, one))) for one in ready]
            chosen, partial = min(steps, key=lambda step: step[1].rows)
            partial = replace(partial, cost=partial.cost + partial.rows)
            waiting.remove(chosen)
        return partial, waiting

    # One relationship

    def _follow(self, partial: _Partial, one: PatternRelationship) -> _Partial:
        differs = tuple(other.name for other in partial.matched if _may_be_same(one, other))
        matched = (*partial.matched, one)
        plan: op.Operator
        if one.name in self.outer:
            plan = _with_hops(self._bound_relationship(partial, one, differs), one)
            return replace(partial, plan=plan, bound=partial.bound | {one.left, one.right}, matched=matched)
        forward = one.left in partial.bound
        start, end = (one.left, one.right) if forward else (one.right, one.left)
        into = end in partial.bound
        direction: op.Direction = "both" if one.direction == "--" else "out" if forward else "in"
        degree = self.estimates.degree(self.labels[start], self.labels[end], one.types, direction == "both")
        growth = degree if one.length is None else self.estimates.trails(degree, one.length)
        if into:
            growth /= max(1.0, self.estimates.nodes(None))
        if one.length is None:
            plan = op.Expand(partial.plan, start, one.name, end, one.types, direction, into, differs, span=one.span)
        else:
            plan = op.ExpandVariable(
                partial.plan,
                start,
                one.name,
                end,
                one.types,
                direction,
                one.length,
                one.hop,
                into,
                differs,
                reverse=forward == one.backwards,
                span=one.span,
            )
        return replace(
            partial, plan=plan, bound=partial.bound | {end, one.name}, matched=matched, rows=partial.rows * growth
        )

    def _bound_relationship(
        self, partial: _Partial, one: PatternRelationship, differs: tuple[str, ...]
    ) -> op.BoundRelationship:
        known = tuple(sorted({one.left, one.right} & partial.bound))
        directed = one.direction == "->"
        return op.BoundRelationship(
            partial.plan,
            one.name,
            one.left,
            one.right,
            one.types,
            directed,
            one.length,
            differs,
            known,
            one.backwards,
            span=one.span,
        )

    def _shortest(self, partial: _Partial, shortest: ShortestPattern) -> _Partial:
        one = shortest.relationship
        start, end = (one.right, one.left) if one.backwards else (one.left, one.right)
        plan = op.ShortestPath(
            partial.plan,
            shortest.path,
            start,
            one.name,
            end,
            one.types,
            "both" if one.direction == "--" else "in" if one.backwards else "out",
            one.length or tree.Length(1, 1),
            one.hop,
            shortest.all,
            span=one.span,
        )
        return replace(partial, plan=plan, bound=partial.bound | {shortest.path, one.name})

    # Conditions and joins

    def _check(self, partial: _Partial) -> _Partial:
        """The plan with every condition checked whose variables it has bound."""
        missing = self.new - partial.bound
        ready = tuple(one for one in partial.conditions if not references(one) & missing)
        if not ready:
            return partial
        rows = partial.rows
        for condition in ready:
            rows *= self._selectivity(condition)
        left = tuple(one for one in partial.conditions if one not in ready)
        return replace(partial, plan=op.Filter(partial.plan, ready), conditions=left, rows=rows)

    def _selectivity(self, condition: tree.Expression) -> float:
        """An equality leaves as many as the index says; labels mostly leave all that a type leads to."""
        for node in references(condition) & set(self.pattern.nodes):
            for _, key, _ in self._equalities(node, (condition,)):
                label = next(iter(self.labels[node]), None)
                return self.estimates.equal(label, key) / max(1.0, self.estimates.nodes(label))
        return self.estimates.selectivity(condition)

    def _joined(self, left: _Partial, right: _Partial) -> _Partial:
        looks_out = bool(references(right.plan) & self.outer)
        plan: op.Operator
        if isinstance(left.plan, op.Argument):
            plan = right.plan
        elif looks_out:
            plan = op.Apply(left.plan, right.plan)
        else:
            plan = op.CartesianProduct(left.plan, right.plan)
        left_over = tuple(one for one in left.conditions if one in right.conditions)
        # The two parts were matched apart, so that no operator has compared their relationships.
        pairs = ((a, b) for a in left.matched for b in right.matched if _may_be_same(a, b))
        conditions = (*left_over, *(_different(a, b) for a, b in pairs))
        matched = (*left.matched, *right.matched)
        return replace(right, plan=plan, bound=left.bound | right.bound, conditions=conditions, matched=matched)


def _different(a: PatternRelationship, b: PatternRelationship) -> tree.Expression:
    """The condition that two parts of a pattern share no relationship."""
    one, other = tree.Variable(a.name), tree.Variable(b.name)
    if a.length is None and b.length is None:
        return tree.Comparison(one, (("<>", other),))
    if a.length is None or b.length is None:
        single, several = (one, other) if a.length is None else (other, one)
        return tree.Negation(tree.Binary("IN", single, several))
    hop = tree.Variable(f"hop of {a.name}")
    return tree.Quantifier("none", hop, one, tree.Binary("IN", hop, other))


def _may_be_same(a: PatternRelationship, b: PatternRelationship) -> bool:
    """Whether one relationship could match both; not when their types exclude each other."""
    return a.types is None or b.types is None or bool(set(a.types) & set(b.types))


def _lonely(pattern: PatternGraph, bound: frozenset[str]) -> Iterator[tree.Expression]:
    """The bound nodes that no relationship of the pattern looks at are not null: null is no node that could match."""
    joined = (*pattern.relationships, *(one.relationship for one in pattern.shortest))
    touched = {side for one in joined for side in (one.left, one.right)}
    for node in pattern.nodes:
        if node in bound and node not in touched:
            yield tree.NullTest(tree.Variable(node), negated=True)


def _with_hops(plan: op.Operator, one: PatternRelationship) -> op.Operator:
    """The plan with the condition on each relationship of a list that is bound already."""
    if one.hop is None:
        return plan
    each = tree.Quantifier("all", one.hop.variable, tree.Variable(one.name), one.hop.condition, span=one.span)
    return op.Filter(plan, (each,))


def _labels(conditions: Iterable[tree.Expression], node: str) -> Iterator[str]:
    for one in conditions:
        if isinstance(one, tree.LabelTest) and one.subject == tree.Variable(node):
            yield from label_names(one.labels) or ()


def _is_label_test(condition: tree.Expression, node: str, label: str) -> bool:
    return condition == tree.LabelTest(tree.Variable(node), tree.LabelName(label))
