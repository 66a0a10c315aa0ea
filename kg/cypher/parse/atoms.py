"""What stands between operators: literals, names, calls, comprehensions, CASE and subqueries."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar

from kg.cypher import tree
from kg.cypher.errors import Span
from kg.cypher.parse.expressions import OperatorReader
from kg.cypher.tokens import NAMES, WORDS

_QUANTIFIERS = frozenset(("all", "any", "none", "single"))
_SUBQUERIES = frozenset(("EXISTS", "COUNT", "COLLECT"))
_CONSTANTS = {"NULL": None, "TRUE": True, "FALSE": False}
_FORMER = {
    "filter": "write [x IN list WHERE condition]",
    "extract": "write [x IN list | expression]",
    "shortestpath": "write MATCH p = shortestPath((a)-[*]-(b)) and use p",
    "allshortestpaths": "write MATCH p = allShortestPaths((a)-[*]-(b)) and use p",
}


class AtomReader(OperatorReader):
    """Reads expressions, given readers of patterns and queries."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.found_predicate = False

    def is_pattern(self, at: int) -> bool:
        """Whether the bracket at this token begins a pattern of at least one relationship."""
        raise NotImplementedError

    def path_pattern(self) -> tree.PathPattern:
        raise NotImplementedError

    def subquery_body(self) -> tree.Query:
        raise NotImplementedError

    # Literals

    def _number(self) -> tree.Expression:
        return self.number(self.tokens[self.at].begin)

    def _malformed_number(self) -> tree.Expression:
        value = str(self.tokens[self.at].value)
        hint = f"an octal number is written 0o{value.lstrip('0')}" if value.isdigit() else None
        raise self.error(f"'{value}' is no number", detail="InvalidNumberLiteral", hint=hint)

    def _string(self) -> tree.Expression:
        _, value, begin, end = self.advance()
        return tree.Literal(value, span=Span(begin, end))

    def _constant(self) -> tree.Expression:
        kind, _, begin, end = self.advance()
        return tree.Literal(_CONSTANTS[kind], span=Span(begin, end))

    def parameter(self) -> tree.Expression:
        _, name, begin, end = self.advance()
        return tree.Parameter(name, span=Span(begin, end))

    def map_literal(self) -> tree.MapLiteral:
        begin = self.expect("{").begin
        items = []
        if self.kind != "}":
            items.append(self._entry())
            while self.take(","):
                items.append(self._entry())
        self.expect("}", "',' or '}'")
        return tree.MapLiteral(tuple(items), span=self.span_from(begin))

    def _entry(self) -> tuple[str, tree.Expression]:
        key = self.word("a key")
        self.expect(":", "':' after the key")
        return key, self.expression()

    # Lists

    def _list(self) -> tree.Expression:
        """A list, a list comprehension or a pattern comprehension."""
        following, third = self.kinds[self.at + 1], self.kinds[self.at + 2]
        # [x IN [1], 2] is a list of a truth value and a number.
        if following in NAMES and third == "IN" and self.next_kind(",", "|", "WHERE", "]") != ",":
            return self._list_comprehension()
        if following == "(" and self.is_pattern(self.at + 1):
            return self._pattern_comprehension()
        if following in NAMES and third == "=" and self.is_pattern(self.at + 3):
            return self._pattern_comprehension()
        begin = self.advance().begin
        items = self.expressions("]")
        self.expect("]", "',' or ']'")
        return tree.ListLiteral(items, span=self.span_from(begin))

    def expressions(self, closer: str) -> tuple[tree.Expression, ...]:
        """Expressions with commas between them, none if the closing bracket is next."""
        if self.kind == closer:
            return ()
        items = [self.expression()]
        while self.take(","):
            items.append(self.expression())
        return tuple(items)

    def _list_comprehension(self) -> tree.Expression:
        opener = self.at
        begin = self.expect("[").begin
        self.barred.add(opener)
        variable, source, where = self._filtered()
        self.barred.discard(opener)
        projection = self.expression() if self.take("|") else None
        self.expect("]", "'|' or ']'")
        return tree.ListComprehension(variable, source, where, projection, span=self.span_from(begin))

    def _filtered(self) -> tuple[tree.Variable, tree.Expression, tree.Expression | None]:
        """`variable IN source WHERE condition`."""
        variable = self.variable()
        self.expect("IN")
        source = self.expression()
        return variable, source, self.expression() if self.take("WHERE") else None

    def _pattern_comprehension(self) -> tree.Expression:
        opener = self.at
        begin = self.expect("[").begin
        pattern = self.path_pattern()
        self.barred.add(opener)
        where = self.expression() if self.take("WHERE") else None
        self.barred.discard(opener)
        self.expect("|", "'|' and what to list" if where else "WHERE, or '|' and what to list")
        projection = self.expression()
        self.expect("]")
        return tree.PatternComprehension(pattern, where, projection, span=self.span_from(begin))

    # Names

    def _named(self) -> tree.Expression:
        """A variable, a function call or what else begins with a name."""
        following = self.kinds[self.at + 1]
        name = self.tokens[self.at].value
        if following == "(":
            return self._CALLS.get(name.lower(), AtomReader._function_call)(self)
        if following == "." and self._calls_in_namespace():
            return self._function_call()
        if following == "{":
            return self._subquery() if name.upper() in _SUBQUERIES else self._map_projection()
        _, _, begin, end = self.advance()
        return tree.Variable(name, span=Span(begin, end))

    def _calls_in_namespace(self) -> bool:
        at = self.at + 1
        while self.kinds[at] == "." and self.kinds[at + 1] in WORDS:
            at += 2
        return self.kinds[at] == "("

    def _function_call(self) -> tree.Expression:
        begin = self.tokens[self.at].begin
        name = self.function_name()
        self.expect("(")
        if self.kind == "*" and name.lower() == "count":
            self.advance()
            self.expect(")")
            return tree.CountStar(span=self.span_from(begin))
        distinct = self.take("DISTINCT")
        arguments = self.expressions(")")
        self.expect(")", "',' or ')'")
        return tree.FunctionCall(name, arguments, distinct, span=self.span_from(begin))

    def function_name(self) -> str:
        """A name with its namespace."""
        parts = [self.word("a name")]
        while self.take("."):
            parts.append(self.word("a name after '.'"))
        return ".".join(parts)

    def _former(self) -> tree.Expression:
        name = self.tokens[self.at].value
        raise self.unsupported(f"{name}(…) in an expression", _FORMER[name.lower()])

    def _quantifier(self) -> tree.Expression:
        begin = self.tokens[self.at].begin
        kind: Any = self.advance().value.lower()
        self.expect("(")
        if self.kinds[self.at] not in NAMES or self.kinds[self.at + 1] != "IN":
            raise self.unexpected(f"'variable IN list' in {kind}(…)")
        variable, source, where = self._filtered()
        self.expect(")", "WHERE or ')'")
        return tree.Quantifier(kind, variable, source, where, span=self.span_from(begin))

    def _reduce(self) -> tree.Expression:
        begin = self.advance().begin
        opener = self.at
        self.expect("(")
        accumulator = self.variable("the accumulator, a variable")
        self.expect("=", "'=' after the accumulator")
        initial = self.expression()
        self.expect(",")
        variable = self.variable()
        self.expect("IN")
        self.barred.add(opener)
        source = self.expression()
        self.barred.discard(opener)
        self.expect("|")
        step = self.expression()
        self.expect(")")
        return tree.Reduce(accumulator, initial, variable, source, step, span=self.span_from(begin))

    def _map_projection(self) -> tree.Expression:
        begin = self.tokens[self.at].begin
        subject = self.variable()
        self.expect("{")
        self.deeper()
        items = []
        if self.kind != "}":
            items.append(self._projected(subject))
            while self.take(","):
                items.append(self._projected(subject))
        self.level -= 1
        self.expect("}", "',' or '}'")
        return tree.MapProjection(subject, tuple(items), span=self.span_from(begin))

    def _projected(self, subject: tree.Variable) -> tuple[str | None, tree.Expression]:
        """`.key`, `.*`, `variable` or `key: value`."""
        begin = self.tokens[self.at].begin
        if self.take("."):
            if self.take("*"):
                return None, subject
            key = self.word("a key or '*' after '.'")
            return key, tree.Property(subject, key, span=self.span_from(begin))
        if self.kind in NAMES and self.kinds[self.at + 1] != ":":
            variable = self.variable()
            return variable.name, variable
        return self._entry()

    # Brackets, CASE, subqueries

    def _parenthesised(self) -> tree.Expression:
        if self.is_pattern(self.at):
            self.found_predicate = True
            begin = self.tokens[self.at].begin
            return tree.PatternPredicate(self.path_pattern(), span=self.span_from(begin))
        self.advance()
        inner = self.expression()
        if self.kind == ",":
            raise self.error("expected ')', found ','", hint="a list stands in square brackets, [1, 2]")
        self.expect(")")
        return inner

    def _subquery(self) -> tree.Expression:
        begin = self.tokens[self.at].begin
        kind: Any = self.advance().value.upper()
        self.expect("{")
        query = self.subquery_body()
        self.expect("}")
        return tree.SubqueryExpression(kind, query, span=self.span_from(begin))

    def _case(self) -> tree.Expression:
        begin = self.advance().begin
        subject = None if self.kind == "WHEN" else self.expression()
        branches = []
        while self.take("WHEN"):
            condition = self.expression()
            self.expect("THEN")
            branches.append((condition, self.expression()))
        if not branches:
            raise self.unexpected("WHEN")
        otherwise = self.expression() if self.take("ELSE") else None
        self.expect("END", "END of CASE" if otherwise else "WHEN, ELSE or END")
        return tree.Case(subject, tuple(branches), otherwise, span=self.span_from(begin))

    atoms: ClassVar[dict[str, Callable[[Any], tree.Expression]]] = {
        "integer": _number,
        "float": _number,
        "number": _malformed_number,
        "string": _string,
        "parameter": parameter,
        **dict.fromkeys(_CONSTANTS, _constant),
        "{": map_literal,
        "[": _list,
        "(": _parenthesised,
        "CASE": _case,
        **dict.fromkeys(NAMES, _named),
    }
    _CALLS: ClassVar[dict[str, Callable[[Any], tree.Expression]]] = {
        **dict.fromkeys(_QUANTIFIERS, _quantifier),
        "reduce": _reduce,
        **dict.fromkeys(_FORMER, _former),
    }
