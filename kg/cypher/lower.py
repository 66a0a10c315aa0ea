"""Lowering: a bound tree -> the core algebra. What was only a way of writing is gone after it.

MATCH (a:Leader {id: 1})-[:MET*..3]->(b)     pattern a, b, anon; conditions a:Leader, a.id = 1
RETURN a.x + count(*) AS n ORDER BY n        group by a.x, count; then project the sum; then sort
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from kg.cypher import algebra as core
from kg.cypher import tree
from kg.cypher.bind import Bound, BoundQuery
from kg.cypher.bind.expressions import has_aggregate, is_aggregate
from kg.cypher.bind.patterns import label_names
from kg.cypher.bind.scope import Symbols
from kg.cypher.types import ANY, RELATIONSHIP


@dataclass(frozen=True, slots=True)
class Lowered:
    """The whole query: its pipeline, and its columns as (name of the column, variable)."""

    pipeline: core.Pipeline
    columns: tuple[tuple[str, str], ...]


def lower(bound: Bound) -> Lowered:
    """The core algebra of a bound query. New variables are added to `bound.types`."""
    return Lowered(_Lowering(Symbols(bound.types)).query(bound.query), bound.query.columns)


class _Lowering:
    def __init__(self, symbols: Symbols) -> None:
        self.symbols = symbols
        self._forms: dict[type, Callable[[Any], Iterable[core.Step]]] = {
            tree.Match: self._match,
            tree.Unwind: lambda c: [core.UnwindStep(c.variable.name, self.expression(c.source))],
            tree.With: lambda c: self._projection(c.projection, c.where),
            tree.Return: lambda c: self._projection(c.projection, None),
            tree.Create: self._create,
            tree.Merge: self._merge,
            tree.Set: lambda c: [core.SetStep(tuple(map(self._inside, c.items)))],
            tree.Remove: lambda c: [core.SetStep(tuple(map(self._inside, c.items)))],
            tree.Delete: lambda c: [core.DeleteStep(tuple(map(self.expression, c.expressions)), c.detach, span=c.span)],
            tree.Foreach: self._foreach,
            tree.CallProcedure: self._call,
            tree.CallSubquery: self._subquery,
        }

    def query(self, query: BoundQuery) -> core.Pipeline:
        branches = [core.Pipeline(tuple(self._clauses(branch.clauses))) for branch in query.branches]
        if len(branches) == 1:
            return branches[0]
        names = tuple(variable for _, variable in query.columns)
        ended = []
        for branch, columns in zip(branches, query.branch_columns, strict=True):
            renamed = tuple((name, tree.Variable(held)) for name, (_, held) in zip(names, columns, strict=True))
            ended.append(core.Pipeline((*branch.steps, core.ProjectStep(renamed))))
        return core.Pipeline((core.UnionStep(tuple(ended), None if all(query.union_all) else names),))

    def _clauses(self, clauses: Iterable[tree.Clause]) -> Iterator[core.Step]:
        for clause in clauses:
            yield from self._forms[type(clause)](clause)

    # Expressions

    def expression(self, e: tree.Expression) -> tree.Expression:
        """The expression with its patterns and queries as pipelines."""
        if isinstance(e, tree.PatternPredicate):
            return core.Nested("EXISTS", self._pattern_pipeline(e.pattern, None), span=e.span)
        if isinstance(e, tree.PatternComprehension):
            return core.Nested(
                "COLLECT", self._pattern_pipeline(e.pattern, e.where), self.expression(e.projection), span=e.span
            )
        if isinstance(e, tree.SubqueryExpression):
            assert isinstance(e.query, BoundQuery)
            column = tree.Variable(e.query.columns[0][1]) if e.kind == "COLLECT" else None
            return core.Nested(e.kind, self.query(e.query), column, span=e.span)
        return self._inside(e)  # type: ignore[no-any-return]

    def _inside(self, node: Any) -> Any:
        return tree.map_children(node, self._part)

    def _part(self, node: Any) -> Any:
        return self.expression(node) if isinstance(node, tree.Expression) else self._inside(node)

    def _optional(self, e: tree.Expression | None) -> tree.Expression | None:
        return None if e is None else self.expression(e)

    def _pattern_pipeline(self, pattern: tree.PathPattern, where: tree.Expression | None) -> core.Pipeline:
        return core.Pipeline((core.MatchStep(self._pattern((pattern,), where)),))

    # Patterns

    def _match(self, clause: tree.Match) -> Iterable[core.Step]:
        return [core.MatchStep(self._pattern(clause.patterns, clause.where), clause.optional, span=clause.span)]

    def _pattern(self, patterns: Iterable[tree.PathPattern], where: tree.Expression | None) -> core.PatternGraph:
        nodes: dict[str, None] = {}
        relationships: list[core.PatternRelationship] = []
        shortest: list[core.ShortestPattern] = []
        paths: list[tuple[str, tree.Expression]] = []
        conditions: list[tree.Expression] = []
        for pattern in patterns:
            nodes |= dict.fromkeys(_name(node) for node in pattern.nodes)
            found = [self._relationship(pattern, i) for i in range(len(pattern.relationships))]
            conditions += self._conditions(pattern)
            if pattern.shortest:
                name = pattern.variable.name if pattern.variable else self.symbols.declare("anon", ANY)
                shortest.append(core.ShortestPattern(name, found[0], pattern.shortest == "allShortestPaths"))
                continue
            relationships += found
            if pattern.variable:
                paths.append((pattern.variable.name, _path(pattern)))
        if where is not None:
            conditions += self._conjuncts(where)
        return core.PatternGraph(tuple(nodes), tuple(relationships), tuple(shortest), tuple(paths), tuple(conditions))

    def _relationship(self, pattern: tree.PathPattern, i: int) -> core.PatternRelationship:
        one = pattern.relationships[i]
        left, right = _name(pattern.nodes[i]), _name(pattern.nodes[i + 1])
        backwards = one.direction == "<-"
        if backwards:
            left, right = right, left
        return core.PatternRelationship(
            _name(one),
            left,
            right,
            type_names(one.types),
            "--" if one.direction == "--" else "->",
            one.length,
            self._hop(one),
            backwards,
            span=one.span,
        )

    def _hop(self, pattern: tree.RelationshipPattern) -> core.Hop | None:
        """The conditions on each hop of a relationship of several; a single one has them beside the pattern."""
        if pattern.length is None:
            return None
        variable = tree.Variable(self.symbols.declare("hop", RELATIONSHIP))
        conditions = [*self._property_conditions(variable, pattern.properties), *_type_conditions(variable, pattern)]
        if not conditions:
            return None
        return core.Hop(variable, conditions[0] if len(conditions) == 1 else tree.Logical("AND", tuple(conditions)))

    def _conditions(self, pattern: tree.PathPattern) -> Iterator[tree.Expression]:
        for node in pattern.nodes:
            assert node.variable
            if node.labels:
                yield tree.LabelTest(node.variable, node.labels, span=node.span)
            yield from self._property_conditions(node.variable, node.properties)
            if node.where:
                yield from self._conjuncts(node.where)
        for one in pattern.relationships:
            assert one.variable
            if one.length is None:
                yield from _type_conditions(one.variable, one)
                yield from self._property_conditions(one.variable, one.properties)
                if one.where:
                    yield from self._conjuncts(one.where)

    def _property_conditions(
        self, variable: tree.Variable, properties: tree.Expression | None
    ) -> Iterator[tree.Expression]:
        if not isinstance(properties, tree.MapLiteral):
            return
        for key, value in dict(properties.items).items():
            subject = tree.Property(tree.Variable(variable.name), key, span=value.span)
            yield tree.Comparison(subject, (("=", self.expression(value)),), span=value.span)

    def _conjuncts(self, where: tree.Expression) -> Iterator[tree.Expression]:
        """The parts of a condition that must all be true."""
        if isinstance(where, tree.Logical) and where.operator == "AND":
            for operand in where.operands:
                yield from self._conjuncts(operand)
        else:
            yield self.expression(where)

    # Projections

    def _projection(self, p: tree.Projection, where: tree.Expression | None) -> Iterator[core.Step]:
        columns = tuple((item.alias.name, self.expression(item.expression)) for item in p.items if item.alias)
        keys = tuple(replace(item, expression=self.expression(item.expression)) for item in p.order_by)
        if any(has_aggregate(expression) for _, expression in columns):
            steps, keys = self._grouped(columns, keys)
            yield from steps
        elif new := _new(columns):
            yield core.ProjectStep(new)
        if p.distinct:
            yield core.DistinctStep(tuple(dict.fromkeys(name for name, _ in columns)))
        if keys:
            yield core.SortStep(keys)
        if p.skip is not None:
            yield core.SkipStep(p.skip, span=p.skip.span)
        if p.limit is not None:
            yield core.LimitStep(p.limit, span=p.limit.span)
        if where is not None:
            yield core.FilterStep(self.expression(where))

    def _grouped(
        self, columns: core.Columns, sort: tuple[tree.SortItem, ...]
    ) -> tuple[list[core.Step], tuple[tree.SortItem, ...]]:
        """Grouping, then what is made from keys and aggregates; and ORDER BY in terms of both."""
        keys = tuple((name, e) for name, e in columns if not has_aggregate(e))
        held: dict[tree.Tree, str] = {e: name for name, e in columns if is_aggregate(e)}
        for e in (*(e for _, e in columns), *(item.expression for item in sort)):
            for part in _aggregates(e):
                if part not in held:
                    held[part] = self.symbols.declare("aggregate", ANY)
        known = {e: name for name, e in keys} | held

        def after(e: tree.Expression) -> tree.Expression:
            if e in known:
                return tree.Variable(known[e], span=e.span)
            return tree.map_children(e, after)  # type: ignore[no-any-return]

        aggregates = tuple((name, e) for e, name in held.items() if isinstance(e, tree.Expression))
        steps: list[core.Step] = [core.AggregateStep(keys, aggregates)]
        # Two columns of the same aggregate: the second is a copy of the first.
        made = tuple((name, after(e)) for name, e in columns if has_aggregate(e) and held.get(e) != name)
        if made:
            steps.append(core.ProjectStep(made))
        return steps, tuple(replace(item, expression=after(item.expression)) for item in sort)

    # Writing

    def _create(self, clause: tree.Create) -> Iterable[core.Step]:
        new = [thing for pattern in clause.patterns for thing in self._new(pattern)]
        paths = tuple((p.variable.name, _path(p)) for p in clause.patterns if p.variable)
        steps: list[core.Step] = [core.CreateStep(tuple(new), span=clause.span)]
        return [*steps, core.ProjectStep(paths)] if paths else steps

    def _merge(self, clause: tree.Merge) -> Iterable[core.Step]:
        pattern = clause.pattern
        step = core.MergeStep(
            replace(self._pattern((pattern,), None), paths=()),
            tuple(self._new(pattern)),
            tuple(map(self._inside, clause.on_create)),
            tuple(map(self._inside, clause.on_match)),
            span=clause.span,
        )
        return [step, core.ProjectStep(((pattern.variable.name, _path(pattern)),))] if pattern.variable else [step]

    def _new(self, pattern: tree.PathPattern) -> Iterator[core.New]:
        """All nodes and relationships of a written pattern, nodes first, those that are bound already included."""
        for node in pattern.nodes:
            labels = label_names(node.labels) or ()
            yield core.NewNode(_name(node), labels, self._made_from(node.properties), span=node.span)
        for i, one in enumerate(pattern.relationships):
            ends = _name(pattern.nodes[i]), _name(pattern.nodes[i + 1])
            source, target = ends[::-1] if one.direction == "<-" else ends
            assert isinstance(one.types, tree.LabelName)
            properties = self._made_from(one.properties)
            yield core.NewRelationship(_name(one), source, target, one.types.name, properties, span=one.span)

    def _made_from(self, properties: tree.Expression | None) -> tree.MapLiteral | tree.Parameter | None:
        if properties is None or isinstance(properties, tree.Parameter):
            return properties
        lowered = self.expression(properties)
        assert isinstance(lowered, tree.MapLiteral)
        return lowered

    def _foreach(self, clause: tree.Foreach) -> Iterable[core.Step]:
        body = core.Pipeline(tuple(self._clauses(clause.clauses)))
        return [core.ForeachStep(clause.variable.name, self.expression(clause.source), body, span=clause.span)]

    # Calling

    def _call(self, clause: tree.CallProcedure) -> Iterable[core.Step]:
        arguments = tuple(map(self.expression, clause.arguments or ()))
        items = [item for item in clause.yields or () if isinstance(item, tree.YieldItem)]
        yield core.ProcedureStep(
            clause.name, arguments, tuple((item.field, item.variable.name) for item in items), span=clause.span
        )
        if clause.where is not None:
            yield core.FilterStep(self.expression(clause.where))

    def _subquery(self, clause: tree.CallSubquery) -> Iterable[core.Step]:
        assert isinstance(clause.query, BoundQuery)
        return [core.SubqueryStep(self.query(clause.query), bool(clause.query.columns), span=clause.span)]


def type_names(types: tree.LabelExpression | None) -> tuple[str, ...] | None:
    """The types of `:A|B`, each once; None when any type fits or only a condition can say which."""
    operands = types.operands if isinstance(types, tree.LabelAny) else (types,)
    names = [one.name for one in operands if isinstance(one, tree.LabelName)]
    return tuple(dict.fromkeys(names)) if names and len(names) == len(operands) else None


def _type_conditions(variable: tree.Variable, pattern: tree.RelationshipPattern) -> Iterator[tree.Expression]:
    if pattern.types and type_names(pattern.types) is None:
        yield tree.LabelTest(variable, pattern.types, span=pattern.span)


def _name(pattern: tree.NodePattern | tree.RelationshipPattern) -> str:
    assert pattern.variable, "the binder names every part of a pattern"
    return pattern.variable.name


def _path(pattern: tree.PathPattern) -> core.PathValue:
    nodes = tuple(tree.Variable(_name(node)) for node in pattern.nodes)
    return core.PathValue(nodes, tuple(tree.Variable(_name(one)) for one in pattern.relationships))


def _new(columns: core.Columns) -> core.Columns:
    """The columns that are not merely variables under their own name."""
    return tuple((name, e) for name, e in columns if e != tree.Variable(name))


def _aggregates(e: tree.Tree) -> Iterator[tree.Tree]:
    if is_aggregate(e):
        yield e
    elif not isinstance(e, tree.Relation):
        for child in tree.children(e):
            yield from _aggregates(child)
