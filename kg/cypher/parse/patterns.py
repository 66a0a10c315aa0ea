"""Patterns: nodes, relationships, paths and shortest paths."""

from __future__ import annotations

from typing import Any
from typing import Literal as OneOf

from kg.cypher import tree
from kg.cypher.parse.atoms import AtomReader
from kg.cypher.tokens import NAMES

Direction = OneOf["->", "<-", "--"]

_NODE_GOES_ON = frozenset((")", ":", "{", "WHERE", "parameter"))
_RELATIONSHIP_GOES_ON = frozenset(("]", ":", "*", "{", "WHERE", "parameter"))
_SHORTEST: dict[str, Any] = {"shortestpath": "shortestPath", "allshortestpaths": "allShortestPaths"}
_HOP_SLIP = "a relationship is written '-->', '<--', '--' or '-[…]->'"


class PatternReader(AtomReader):
    """Reads patterns and, with them, expressions."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        # Only CREATE can take the properties of a pattern from a parameter.
        self.creating = False

    # A pattern or an expression? Brackets are paired beforehand, so looking ahead is cheap and nothing is read twice.

    def is_pattern(self, at: int) -> bool:
        kinds = self.kinds
        if kinds[at] != "(":
            return False
        following = kinds[at + 1]
        if following not in (")", ":", "{") and not (following in NAMES and kinds[at + 2] in _NODE_GOES_ON):
            return False
        closer = self.partner(at)
        return closer is not None and self._is_hop(closer + 1)

    def _is_hop(self, at: int) -> bool:
        """Whether tokens here read `-[…]-`, `--` or the same with a head, and a node after it."""
        kinds = self.kinds
        at += kinds[at] == "<"
        if kinds[at] != "-":
            return False
        at += 1
        if kinds[at] == "[":
            following = kinds[at + 1]
            named = following in NAMES and kinds[at + 2] in _RELATIONSHIP_GOES_ON
            closer = self.partner(at) if named or following in _RELATIONSHIP_GOES_ON else None
            if closer is None:
                return False
            at = closer + 1
        elif self.tokens[at].begin != self.tokens[at - 1].end:
            # (a) - -(b) subtracts, (a)--(b) is a pattern
            return False
        if kinds[at] != "-":
            return False
        at += 1
        return kinds[at + (kinds[at] == ">")] == "("

    # Paths

    def patterns(self) -> tuple[tree.PathPattern, ...]:
        """Paths with commas between them."""
        paths = [self.path_pattern()]
        while self.take(","):
            paths.append(self.path_pattern())
        return tuple(paths)

    def path_pattern(self) -> tree.PathPattern:
        self.deeper()
        begin = self.tokens[self.at].begin
        variable = None
        if self.kind in NAMES and self.kinds[self.at + 1] == "=":
            variable = self.variable()
            self.advance()
        shortest = self._shortest()
        if shortest:
            self.expect("(")
        nodes, relationships = self._path()
        if shortest:
            self.expect(")", f"')' of {shortest}")
        self.level -= 1
        return tree.PathPattern(variable, nodes, relationships, shortest, span=self.span_from(begin))

    def _shortest(self) -> OneOf["shortestPath", "allShortestPaths"] | None:
        """The word before a shortest path, taken."""
        token = self.tokens[self.at]
        if token.kind != "name" or self.kinds[self.at + 1] != "(" or token.value.lower() not in _SHORTEST:
            return None
        word: OneOf["shortestPath", "allShortestPaths"] = _SHORTEST[self.advance().value.lower()]
        return word

    def _path(self) -> tuple[tuple[tree.NodePattern, ...], tuple[tree.RelationshipPattern, ...]]:
        """Nodes and the relationships between them; brackets around a whole path mean nothing."""
        if self.kind == "(" and self.kinds[self.at + 1] == "(":
            return self._bracketed_path()
        nodes = [self.node_pattern()]
        relationships = []
        while self.kind in ("-", "<"):
            relationships.append(self._relationship())
            if self.kind == "(" and self.kinds[self.at + 1] == "(":
                raise self._quantified()
            nodes.append(self.node_pattern())
        if self.kind == "(" and self.kinds[self.at + 1] == "(":
            raise self._quantified()
        return tuple(nodes), tuple(relationships)

    def _bracketed_path(self) -> tuple[tuple[tree.NodePattern, ...], tuple[tree.RelationshipPattern, ...]]:
        self.deeper()
        self.advance()
        path = self._path()
        self.expect(")")
        self.level -= 1
        if self.kind in ("{", "*", "+", "(", "-", "<"):
            raise self._quantified()
        return path

    def _quantified(self) -> Exception:
        return self.unsupported("a quantified path pattern", "write -[:TYPE*1..3]->")

    # Nodes

    def node_pattern(self) -> tree.NodePattern:
        begin = self.tokens[self.at].begin
        self.expect("(", "a node in parentheses, '('")
        variable = self.variable() if self.kind in NAMES else None
        labels = self._pattern_labels()
        properties = self._properties()
        where = self.expression() if self.take("WHERE") else None
        self.expect(")", "')'" if where else self._node_rest(variable, labels, properties))
        return tree.NodePattern(variable, labels, properties, where, span=self.span_from(begin))

    def _node_rest(self, variable: object, labels: object, properties: object) -> str:
        """What could stand here, for the error message."""
        if not (variable or labels or properties):
            return "a variable, ':Label', '{key: value}' or ')'"
        if not (labels or properties):
            return "':Label', '{key: value}' or ')'"
        return "')'" if properties else "'{key: value}' or ')'"

    def _pattern_labels(self) -> tree.LabelExpression | None:
        if not self.take(":"):
            return None
        if self.kind == "$" or self.kind == "parameter":
            raise self.unsupported("a label or type from a parameter", "write its name, or test labels(n) and type(r)")
        return self.labels()

    def _properties(self) -> tree.Expression | None:
        if self.kind == "{":
            return self.map_literal()
        if self.kind != "parameter":
            return None
        if not self.creating:
            hint = "name the keys: {key: $parameter.key}"
            message = "only CREATE takes all properties of a pattern from a parameter"
            raise self.error(message, detail="InvalidParameterUse", hint=hint)
        return self.parameter()

    # Relationships

    def _relationship(self) -> tree.RelationshipPattern:
        begin = self.tokens[self.at].begin
        left = self.take("<")
        self._dash()
        inside = self._relationship_inside() if self.kind == "[" else (None, None, None, None, None)
        self._dash()
        right = self.take(">")
        direction: Direction = "--" if left == right else "<-" if left else "->"
        if self.kind in ("+", "*", "{"):
            raise self._quantified()
        variable, types, length, properties, where = inside
        span = self.span_from(begin)
        return tree.RelationshipPattern(variable, types, direction, length, properties, where, span=span)

    def _dash(self) -> None:
        if not self.take("-"):
            raise self.error(f"expected '-' of a relationship, found {self.shown()}", hint=_HOP_SLIP)

    def _relationship_inside(
        self,
    ) -> tuple[
        tree.Variable | None,
        tree.LabelExpression | None,
        tree.Length | None,
        tree.Expression | None,
        tree.Expression | None,
    ]:
        self.advance()
        variable = self.variable() if self.kind in NAMES else None
        types = self._pattern_labels()
        length = self._length()
        properties = self._properties()
        where = self.expression() if self.take("WHERE") else None
        if self.kind == "..":
            message = "a range of hops begins with '*'"
            raise self.error(message, detail="InvalidRelationshipPattern", hint="-[:TYPE*1..3]->")
        self.expect("]", "']' of the relationship")
        return variable, types, length, properties, where

    def _length(self) -> tree.Length | None:
        """`*`, `*2`, `*1..`, `*..3`, `*1..3`."""
        begin = self.tokens[self.at].begin
        if not self.take("*"):
            return None
        least = self._hops()
        most = least
        if self.take(".."):
            most = self._hops()
        return tree.Length(least, most, span=self.span_from(begin))

    def _hops(self) -> int | None:
        if self.kind in ("parameter", "-", "float", "number"):
            message = f"a number of hops is a whole number in the text, found {self.shown()}"
            raise self.error(message, detail="InvalidRelationshipPattern")
        if self.kind != "integer":
            return None
        value = self.number(self.tokens[self.at].begin).value
        assert isinstance(value, int)
        return value
