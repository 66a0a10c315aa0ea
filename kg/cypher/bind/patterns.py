"""Patterns: which of their variables are new, and whether the others are what the pattern takes them for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from kg.cypher import tree, types
from kg.cypher.bind.expressions import ExpressionBinder, Where
from kg.cypher.bind.scope import Scope, Symbols, did_you_mean
from kg.cypher.errors import CypherSyntaxError, Span
from kg.cypher.types import Type

_RELATIONSHIPS = types.list_of(types.RELATIONSHIP)


@dataclass(slots=True)
class _Names:
    """The names of one clause as its patterns are read from left to right."""

    scope: dict[str, str]
    relationships: set[str] = field(default_factory=set)


class PatternBinder:
    """Binds the patterns of MATCH, of expressions, and of CREATE and MERGE."""

    def __init__(self, symbols: Symbols, expressions: ExpressionBinder) -> None:
        self.symbols = symbols
        self.expressions = expressions

    def match(self, patterns: tuple[tree.PathPattern, ...], scope: Scope) -> tuple[tuple[tree.PathPattern, ...], Scope]:
        """The patterns of one MATCH, and the scope after it. Conditions inside a pattern see all its variables."""
        names = _Names(dict(scope))
        declared = [self._declare(pattern, names) for pattern in patterns]
        return tuple(self._bind_conditions(pattern, names.scope) for pattern in declared), names.scope

    def correlated(
        self, pattern: tree.PathPattern, scope: Scope, *, may_declare: bool
    ) -> tuple[tree.PathPattern, Scope]:
        """A pattern in an expression. Unless it `may_declare`, each name in it must be known already."""
        if not may_declare:
            for variable in _variables(pattern):
                if variable.name not in scope:
                    raise CypherSyntaxError(
                        f"a pattern used as a condition cannot introduce the variable '{variable.name}'",
                        detail="UndefinedVariable",
                        span=variable.span,
                        hint=did_you_mean(variable.name, scope) or "EXISTS { … } can",
                    )
        bound, inner = self.match((pattern,), scope)
        return bound[0], inner

    # Reading

    def _declare(self, pattern: tree.PathPattern, names: _Names) -> tree.PathPattern:
        _check_shortest(pattern)
        nodes = [self._node(pattern.nodes[0], names)]
        relationships = []
        for relationship, node in zip(pattern.relationships, pattern.nodes[1:], strict=True):
            relationships.append(self._relationship(relationship, names))
            nodes.append(self._node(node, names))
        variable = pattern.variable and self._new(pattern.variable, types.PATH, names)
        return replace(pattern, variable=variable, nodes=tuple(nodes), relationships=tuple(relationships))

    def _node(self, pattern: tree.NodePattern, names: _Names) -> tree.NodePattern:
        return replace(pattern, variable=self._element(pattern.variable, types.NODE, names, "anon"))

    def _relationship(self, pattern: tree.RelationshipPattern, names: _Names) -> tree.RelationshipPattern:
        kind = types.RELATIONSHIP if pattern.length is None else _RELATIONSHIPS
        variable = self._element(pattern.variable, kind, names, "anon")
        if variable.name in names.relationships:
            raise CypherSyntaxError(
                "a relationship cannot stand twice in one MATCH, because each is matched once",
                detail="RelationshipUniquenessViolation",
                span=variable.span,
            )
        names.relationships.add(variable.name)
        return replace(pattern, variable=variable)

    def _element(self, variable: tree.Variable | None, kind: Type, names: _Names, otherwise: str) -> tree.Variable:
        if variable is None:
            return tree.Variable(self.symbols.declare(otherwise, kind))
        if variable.name not in names.scope:
            return self._new(variable, kind, names)
        unique = names.scope[variable.name]
        if not self.symbols.types[unique].may_be(kind):
            raise _conflict(variable, self.symbols.types[unique], kind)
        return tree.Variable(unique, span=variable.span)

    def _new(self, variable: tree.Variable, kind: Type, names: _Names) -> tree.Variable:
        if variable.name in names.scope:
            raise already_bound(variable)
        unique = self.symbols.declare(variable.name, kind)
        names.scope[variable.name] = unique
        return tree.Variable(unique, span=variable.span)

    def _bind_conditions(self, pattern: tree.PathPattern, scope: Scope) -> tree.PathPattern:
        return replace(
            pattern,
            nodes=tuple(
                replace(node, properties=self._properties(node.properties, scope), where=self._where(node.where, scope))
                for node in pattern.nodes
            ),
            relationships=tuple(self._bind_hop(one, scope) for one in pattern.relationships),
        )

    def _bind_hop(self, pattern: tree.RelationshipPattern, scope: Scope) -> tree.RelationshipPattern:
        properties = self._properties(pattern.properties, scope)
        if pattern.length is None or pattern.where is None:
            return replace(pattern, properties=properties, where=self._where(pattern.where, scope))
        raise CypherSyntaxError(
            "WHERE inside a relationship of several hops is not supported; use all(r IN relationships(p) WHERE …)",
            span=pattern.where.span,
        )

    def _properties(self, properties: tree.Expression | None, scope: Scope) -> tree.Expression | None:
        return properties and self.expressions.bind(properties, Where(scope))[0]

    def _where(self, where: tree.Expression | None, scope: Scope) -> tree.Expression | None:
        return where and self.expressions.condition(where, scope)

    # Writing

    def create(
        self, patterns: tuple[tree.PathPattern, ...], scope: Scope
    ) -> tuple[tuple[tree.PathPattern, ...], Scope]:
        """The patterns of CREATE, and the scope after it."""
        names = _Names(dict(scope))
        return tuple(self._written(pattern, names, merged=False) for pattern in patterns), names.scope

    def merge(self, pattern: tree.PathPattern, scope: Scope) -> tuple[tree.PathPattern, Scope]:
        """The pattern of MERGE, and the scope after it."""
        names = _Names(dict(scope))
        return self._written(pattern, names, merged=True), names.scope

    def _written(self, pattern: tree.PathPattern, names: _Names, *, merged: bool) -> tree.PathPattern:
        if pattern.shortest:
            raise CypherSyntaxError(f"{pattern.shortest} can only be matched", span=pattern.span)
        alone = not pattern.relationships
        nodes = [self._written_node(pattern.nodes[0], names, alone)]
        relationships = []
        for relationship, node in zip(pattern.relationships, pattern.nodes[1:], strict=True):
            relationships.append(self._written_relationship(relationship, names, merged))
            nodes.append(self._written_node(node, names, alone))
        variable = pattern.variable and self._new(pattern.variable, types.PATH, names)
        return replace(pattern, variable=variable, nodes=tuple(nodes), relationships=tuple(relationships))

    def _written_node(self, pattern: tree.NodePattern, names: _Names, alone: bool) -> tree.NodePattern:
        if pattern.where:
            raise CypherSyntaxError("WHERE cannot stand in a pattern that is written", span=pattern.where.span)
        _plain_labels(pattern.labels)
        if pattern.variable and pattern.variable.name in names.scope:
            if alone or pattern.labels or pattern.properties:
                raise already_bound(pattern.variable)
            return replace(pattern, variable=self._element(pattern.variable, types.NODE, names, "anon"))
        properties = self._properties(pattern.properties, names.scope)
        variable = self._element(pattern.variable, types.NODE, names, "anon")
        return replace(pattern, variable=variable, properties=properties)

    def _written_relationship(
        self, pattern: tree.RelationshipPattern, names: _Names, merged: bool
    ) -> tree.RelationshipPattern:
        if pattern.variable and pattern.variable.name in names.scope:
            raise already_bound(pattern.variable)
        _check_written(pattern, merged)
        properties = self._properties(pattern.properties, names.scope)
        variable = self._element(pattern.variable, types.RELATIONSHIP, names, "anon")
        return replace(pattern, variable=variable, properties=properties)


def label_names(labels: tree.LabelExpression | None) -> tuple[str, ...] | None:
    """The labels of `:A:B`, each once, () for none; None for an expression with another operator."""
    if labels is None:
        return ()
    operands = labels.operands if isinstance(labels, tree.LabelAll) else (labels,)
    names = [one.name for one in operands if isinstance(one, tree.LabelName)]
    return tuple(dict.fromkeys(names)) if len(names) == len(operands) else None


def already_bound(variable: tree.Variable) -> CypherSyntaxError:
    """The error for a name that is given twice."""
    return CypherSyntaxError(
        f"the variable '{variable.name}' is already bound", detail="VariableAlreadyBound", span=variable.span
    )


def _variables(pattern: tree.PathPattern) -> Iterator[tree.Variable]:
    """The variables that a pattern names, the path's own first."""
    parts = (
        pattern.variable,
        *(one.variable for one in pattern.nodes),
        *(one.variable for one in pattern.relationships),
    )
    yield from (variable for variable in parts if variable)


def _conflict(variable: tree.Variable, found: Type, wanted: Type) -> CypherSyntaxError:
    return CypherSyntaxError(
        f"'{variable.name}' is {found}, and the pattern takes it for {wanted}",
        detail="VariableTypeConflict",
        span=variable.span,
    )


def _check_shortest(pattern: tree.PathPattern) -> None:
    if pattern.shortest and len(pattern.relationships) != 1:
        raise CypherSyntaxError(f"{pattern.shortest} takes a pattern of one relationship", span=pattern.span)


def _plain_labels(labels: tree.LabelExpression | None) -> None:
    if label_names(labels) is None:
        raise CypherSyntaxError("only :A:B can say which labels a new node gets", span=labels.span if labels else None)


def _check_written(pattern: tree.RelationshipPattern, merged: bool) -> None:
    span: Span = pattern.span
    if pattern.length:
        raise CypherSyntaxError("a new relationship is one hop long", detail="CreatingVarLength", span=span)
    if not isinstance(pattern.types, tree.LabelName):
        raise CypherSyntaxError("a new relationship has one type", detail="NoSingleRelationshipType", span=span)
    if pattern.direction == "--" and not merged:
        raise CypherSyntaxError(
            "a new relationship has a direction: -> or <-", detail="RequiresDirectedRelationship", span=span
        )
    if pattern.where:
        raise CypherSyntaxError("WHERE cannot stand in a pattern that is written", span=pattern.where.span)
