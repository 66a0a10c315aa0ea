"""Clauses in their order: what each sees, what it adds, and which order of clauses is a query."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from kg.cypher import tree, types
from kg.cypher.bind.expressions import ExpressionBinder, Where
from kg.cypher.bind.patterns import PatternBinder, already_bound
from kg.cypher.bind.projections import ProjectionBinder
from kg.cypher.bind.scope import Scope, Symbols, did_you_mean, look_up
from kg.cypher.errors import CypherSyntaxError, ParameterMissing, ProcedureError
from kg.cypher.procedures import Procedure
from kg.cypher.types import ANY, Type

Columns = tuple[tuple[str, str], ...]
"""(what the column is called, the variable that holds it)"""

WRITES = (tree.Create, tree.Merge, tree.Set, tree.Remove, tree.Delete, tree.Foreach)


@dataclass(frozen=True, slots=True)
class BoundQuery(tree.Query):
    """A query after binding: the columns of the whole, and of each branch of a UNION."""

    columns: Columns = ()
    branch_columns: tuple[Columns, ...] = ()


class QueryBinder:
    """Binds queries; one for each text."""

    def __init__(self, procedures: Mapping[str, Procedure]) -> None:
        self.procedures = procedures
        self.symbols = Symbols()
        self.expressions = ExpressionBinder(self.symbols, self)
        self.patterns = PatternBinder(self.symbols, self.expressions)
        self.projections = ProjectionBinder(self.symbols, self.expressions)
        self._forms: dict[type, Callable[[Any, Scope], tuple[tree.Clause, Scope]]] = {
            tree.Match: self._match,
            tree.Unwind: self._unwind,
            tree.With: self._with,
            tree.Return: self._return,
            tree.Create: self._create,
            tree.Merge: self._merge,
            tree.Set: self._set,
            tree.Remove: self._remove,
            tree.Delete: self._delete,
            tree.Foreach: self._foreach,
            tree.CallProcedure: self._call,
            tree.CallSubquery: self._subquery,
        }

    def query(self, query: tree.Query, scope: Scope, *, needs_return: bool = True) -> BoundQuery:
        """The query inside a scope. `needs_return`: its last clause must be RETURN or write."""
        bound = [self._branch(branch, scope, needs_return, len(query.branches) > 1) for branch in query.branches]
        names = [tuple(name for name, _ in columns) for _, columns in bound]
        for branch, own in zip(query.branches[1:], names[1:], strict=True):
            if sorted(own) != sorted(names[0]):
                raise CypherSyntaxError(
                    f"the branches of a UNION need the same columns: {', '.join(names[0])}, "
                    f"and here are {', '.join(own)}",
                    detail="DifferentColumnsInUnion",
                    span=branch.span,
                )
        columns = bound[0][1] if len(bound) == 1 else self._union_columns([columns for _, columns in bound])
        return BoundQuery(
            tuple(branch for branch, _ in bound),
            query.union_all,
            query.mode,
            columns,
            tuple(_in_order(own, names[0]) for _, own in bound),
            span=query.span,
        )

    def _union_columns(self, branches: list[Columns]) -> Columns:
        """A variable of its own for each column, because each branch holds it in another one."""
        held = [dict(columns) for columns in branches]
        result = []
        for name, _ in branches[0]:
            type_ = types.NULL
            for columns in held:
                type_ = type_ | self.symbols.types[columns[name]]
            result.append((name, self.symbols.declare(name, type_)))
        return tuple(result)

    def nested(self, e: tree.SubqueryExpression, scope: Scope) -> tuple[BoundQuery, tuple[str, ...]]:
        """The query inside EXISTS, COUNT or COLLECT, and the variables of its columns."""
        bound = self.query(e.query, scope, needs_return=False)
        if e.kind == "COLLECT" and len(bound.columns) != 1:
            raise CypherSyntaxError("COLLECT { … } must return one column", span=e.span)
        return bound, tuple(variable for _, variable in bound.columns)

    def _branch(
        self, branch: tree.SingleQuery, scope: Scope, needs_return: bool, in_union: bool
    ) -> tuple[tree.SingleQuery, Columns]:
        clauses = branch.clauses
        if len(clauses) == 1 and isinstance(clauses[0], tree.CallProcedure) and needs_return and not in_union:
            return self._standalone_call(clauses[0])
        _check_end(branch, needs_return)
        bound = []
        for clause in clauses:
            new, scope = self._clause(clause, scope)
            bound.append(new)
        return replace(branch, clauses=tuple(bound)), _columns(bound[-1])

    def _clause(self, clause: tree.Clause, scope: Scope) -> tuple[tree.Clause, Scope]:
        return self._forms[type(clause)](clause, scope)

    # Reading

    def _match(self, clause: tree.Match, scope: Scope) -> tuple[tree.Clause, Scope]:
        patterns, inner = self.patterns.match(clause.patterns, scope)
        where = clause.where and self.expressions.condition(clause.where, inner)
        return replace(clause, patterns=patterns, where=where), inner

    def _unwind(self, clause: tree.Unwind, scope: Scope) -> tuple[tree.Clause, Scope]:
        source, found = self.expressions.bind(clause.source, Where(scope))
        variable, inner = self._declare(clause.variable, found.element or ANY, scope)
        return replace(clause, source=source, variable=variable), inner

    def _declare(self, variable: tree.Variable, type_: Type, scope: Scope) -> tuple[tree.Variable, Scope]:
        if variable.name in scope:
            raise already_bound(variable)
        unique = self.symbols.declare(variable.name, type_)
        return tree.Variable(unique, span=variable.span), {**scope, variable.name: unique}

    def _with(self, clause: tree.With, scope: Scope) -> tuple[tree.Clause, Scope]:
        projected = self.projections.bind(clause.projection, scope, named=True)
        where = clause.where and projected.later.bind(clause.where, condition=True)
        return replace(clause, projection=projected.projection, where=where), projected.scope

    def _return(self, clause: tree.Return, scope: Scope) -> tuple[tree.Clause, Scope]:
        if clause.projection.star and not scope:
            raise CypherSyntaxError(
                "RETURN * needs a variable, and none is in scope", detail="NoVariablesInScope", span=clause.span
            )
        projected = self.projections.bind(clause.projection, scope, named=False)
        return replace(clause, projection=projected.projection), projected.scope

    # Writing

    def _create(self, clause: tree.Create, scope: Scope) -> tuple[tree.Clause, Scope]:
        patterns, inner = self.patterns.create(clause.patterns, scope)
        return replace(clause, patterns=patterns), inner

    def _merge(self, clause: tree.Merge, scope: Scope) -> tuple[tree.Clause, Scope]:
        pattern, inner = self.patterns.merge(clause.pattern, scope)
        on_create = tuple(self._set_item(item, inner) for item in clause.on_create)
        on_match = tuple(self._set_item(item, inner) for item in clause.on_match)
        return replace(clause, pattern=pattern, on_create=on_create, on_match=on_match), inner

    def _set(self, clause: tree.Set, scope: Scope) -> tuple[tree.Clause, Scope]:
        return replace(clause, items=tuple(self._set_item(item, scope) for item in clause.items)), scope

    def _remove(self, clause: tree.Remove, scope: Scope) -> tuple[tree.Clause, Scope]:
        return replace(clause, items=tuple(self._set_item(item, scope) for item in clause.items)), scope

    def _set_item(self, item: Any, scope: Scope) -> Any:
        where = Where(scope)
        if isinstance(item, tree.SetLabels | tree.RemoveLabels):
            return replace(item, variable=self._owner(item.variable, types.NODE, where))
        if isinstance(item, tree.SetProperties):
            value, found = self.expressions.bind(item.value, where)
            self.expressions.expect(types.MAP | types.ENTITY, found, item.value.span, "what properties are set from")
            return replace(item, variable=self._owner(item.variable, types.ENTITY, where), value=value)
        subject = self._owner(item.subject, types.ENTITY | types.MAP, where)
        key = item.key if isinstance(item.key, str) else self.expressions.bind(item.key, where)[0]
        if isinstance(item, tree.RemoveProperty):
            return replace(item, subject=subject, key=key)
        return replace(item, subject=subject, key=key, value=self.expressions.bind(item.value, where)[0])

    def _owner(self, e: Any, kind: Type, where: Where) -> Any:
        bound, found = self.expressions.bind(e, where)
        self.expressions.expect(kind, found, e.span, "what is changed")
        return bound

    def _delete(self, clause: tree.Delete, scope: Scope) -> tuple[tree.Clause, Scope]:
        return replace(clause, expressions=tuple(self._deleted(e, scope) for e in clause.expressions)), scope

    def _deleted(self, e: tree.Expression, scope: Scope) -> tree.Expression:
        if isinstance(e, tree.LabelTest):
            raise CypherSyntaxError(
                "DELETE takes nodes, relationships and paths; REMOVE takes labels away",
                detail="InvalidDelete",
                span=e.span,
            )
        bound, found = self.expressions.bind(e, Where(scope))
        self.expressions.expect(types.ENTITY | types.PATH, found, e.span, "what is deleted")
        return bound

    def _foreach(self, clause: tree.Foreach, scope: Scope) -> tuple[tree.Clause, Scope]:
        source, found = self.expressions.bind(clause.source, Where(scope))
        self.expressions.expect(types.LIST, found, clause.source.span, "what stands after IN")
        variable, inner = self._declare(clause.variable, found.element or ANY, scope)
        clauses = []
        for one in clause.clauses:
            if not isinstance(one, WRITES):
                raise CypherSyntaxError(
                    "FOREACH can only write; use UNWIND to read for each element",
                    detail="InvalidClauseComposition",
                    span=one.span,
                )
            bound, inner = self._clause(one, inner)
            clauses.append(bound)
        return replace(clause, source=source, variable=variable, clauses=tuple(clauses)), scope

    # Calling

    def _subquery(self, clause: tree.CallSubquery, scope: Scope) -> tuple[tree.Clause, Scope]:
        query, inner = self._imported(clause, scope)
        bound = self.query(query, inner)
        after = dict(scope)
        for name, unique in bound.columns:
            if name in scope:
                raise already_bound(tree.Variable(name, span=clause.span))
            after[name] = unique
        return replace(clause, query=bound, imports="*"), after

    def _imported(self, clause: tree.CallSubquery, scope: Scope) -> tuple[tree.Query, Scope]:
        """The body and what it sees: what CALL (…) names, or else what a first WITH of bare names brings in."""
        if clause.imports == "*":
            return clause.query, scope
        if clause.imports is not None:
            names = [variable for variable in clause.imports if isinstance(variable, tree.Variable)]
            return clause.query, {one.name: look_up(scope, one.name, one.span) for one in names}
        branches = tuple(_without_import(branch) for branch in clause.query.branches)
        imports = [_import_of(branch) for branch in clause.query.branches]
        seen: dict[str, str] = {}
        for one in (variable for names in imports for variable in names):
            seen |= scope if one.name == "*" else {one.name: look_up(scope, one.name, one.span)}
        return replace(clause.query, branches=branches), seen

    def _standalone_call(self, clause: tree.CallProcedure) -> tuple[tree.SingleQuery, Columns]:
        """A call that is the whole query: its columns are what YIELD names, or all that the procedure gives."""
        procedure = self._procedure(clause)
        arguments = clause.arguments
        if arguments is None:
            arguments = tuple(tree.Parameter(name, span=clause.span) for name, _ in procedure.parameters)
        if clause.yields is None or clause.yields == "*":
            names = [name for name, _ in procedure.outputs]
            yields = tuple(tree.YieldItem(name, tree.Variable(name, span=clause.span)) for name in names)
            clause = replace(clause, yields=yields)
        bound, scope = self._call(replace(clause, arguments=arguments), {})
        columns = tuple(scope.items())
        return tree.SingleQuery((bound,), span=clause.span), columns

    def _procedure(self, clause: tree.CallProcedure) -> Procedure:
        procedure = self.procedures.get(clause.name)
        if procedure is None:
            raise ProcedureError(
                f"there is no procedure {clause.name}",
                detail="ProcedureNotFound",
                span=clause.span,
                hint=did_you_mean(clause.name, self.procedures),
            )
        return procedure

    def _call(self, clause: tree.CallProcedure, scope: Scope) -> tuple[tree.Clause, Scope]:
        procedure = self._procedure(clause)
        if clause.arguments is None:
            raise CypherSyntaxError(
                "a call inside a query needs its arguments in parentheses",
                detail="InvalidArgumentPassingMode",
                span=clause.span,
            )
        if clause.yields == "*":
            raise CypherSyntaxError("YIELD * can only stand in a call that is the whole query", span=clause.span)
        if len(clause.arguments) != len(procedure.parameters):
            raise CypherSyntaxError(
                f"{clause.name} takes {len(procedure.parameters)} arguments, and here are {len(clause.arguments)}",
                detail="InvalidNumberOfArguments",
                span=clause.span,
            )
        arguments = tuple(
            self._argument(e, wanted, scope)
            for e, (_, wanted) in zip(clause.arguments, procedure.parameters, strict=True)
        )
        yields, inner = self._yields(clause, procedure, scope)
        where = clause.where and self.expressions.condition(clause.where, inner)
        return replace(clause, arguments=arguments, yields=yields, where=where), inner

    def _argument(self, e: tree.Expression, wanted: Type, scope: Scope) -> tree.Expression:
        bound, found = self.expressions.bind(e, Where(scope))
        self.expressions.expect(wanted, found, e.span, "the argument")
        return bound

    def _yields(
        self, clause: tree.CallProcedure, procedure: Procedure, scope: Scope
    ) -> tuple[tuple[tree.YieldItem, ...], Scope]:
        outputs = dict(procedure.outputs)
        yields = []
        for item in clause.yields or ():
            assert isinstance(item, tree.YieldItem)
            if item.field not in outputs:
                raise CypherSyntaxError(
                    f"{clause.name} yields no '{item.field}'",
                    detail="UndefinedVariable",
                    span=item.span,
                    hint=did_you_mean(item.field, outputs),
                )
            variable, scope = self._declare(item.variable, outputs[item.field], scope)
            yields.append(replace(item, variable=variable))
        return tuple(yields), scope


def check_parameters(query: tree.Query, given: Mapping[str, Any]) -> None:
    """Raise ParameterMissing for the first parameter of a query that has no value."""
    for part in tree.walk(query):
        if isinstance(part, tree.Parameter) and part.name not in given:
            raise ParameterMissing(
                f"the parameter ${part.name} has no value", detail="MissingParameter", span=part.span
            )


def _columns(last: tree.Clause) -> Columns:
    if not isinstance(last, tree.Return):
        return ()
    return tuple((item.text, item.alias.name) for item in last.projection.items if item.alias)


def _in_order(columns: Columns, names: tuple[str, ...]) -> Columns:
    held = dict(columns)
    return tuple((name, held[name]) for name in names)


def _check_end(branch: tree.SingleQuery, needs_return: bool) -> None:
    clauses = branch.clauses
    ends = (tree.Return, tree.CallProcedure, tree.CallSubquery, *WRITES)
    if needs_return and not isinstance(clauses[-1], ends):
        word = type(clauses[-1]).__name__.upper()
        raise CypherSyntaxError(
            f"a query cannot end with {word}; add RETURN", detail="InvalidClauseComposition", span=clauses[-1].span
        )


def _import_of(branch: tree.SingleQuery) -> list[tree.Variable]:
    """The variables of a first WITH that only names variables; `WITH *` gives the variable '*'."""
    first = branch.clauses[0]
    if not isinstance(first, tree.With) or not _only_names(first):
        return []
    star = [tree.Variable("*")] if first.projection.star else []
    return star + [item.expression for item in first.projection.items if isinstance(item.expression, tree.Variable)]


def _without_import(branch: tree.SingleQuery) -> tree.SingleQuery:
    return replace(branch, clauses=branch.clauses[1:]) if _import_of(branch) else branch


def _only_names(clause: tree.With) -> bool:
    p = clause.projection
    plain = all(isinstance(item.expression, tree.Variable) and item.alias is None for item in p.items)
    return plain and not (clause.where or p.distinct or p.order_by or p.skip or p.limit)
