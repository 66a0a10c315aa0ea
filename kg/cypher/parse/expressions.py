"""Expressions by precedence, loosest first: OR, XOR, AND, NOT, comparisons, predicates (IN, STARTS WITH, IS NULL),
sums, products, powers, signs, and what follows an atom (`.key`, `[index]`, `:Label`).

A predicate takes sums on both sides, so `[1] + 2 IN x` asks for `[1, 2]`, and `a = b IN c` compares a truth value.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar

from kg.cypher import tree
from kg.cypher.errors import Span
from kg.cypher.parse.labels import LabelReader
from kg.cypher.tokens import LARGEST_INTEGER

OR, XOR, AND, NOT, COMPARISON, PREDICATE, SUM, PRODUCT, POWER, SIGN = range(1, 11)
POWERS = {
    "OR": OR,
    "XOR": XOR,
    "AND": AND,
    **dict.fromkeys(("=", "<>", "<", "<=", ">", ">="), COMPARISON),
    **dict.fromkeys(("IN", "IS", "STARTS", "ENDS", "CONTAINS", "=~"), PREDICATE),
    **dict.fromkeys("+-", SUM),
    **dict.fromkeys("*/%", PRODUCT),
    "^": POWER,
}
_COMPARISONS = frozenset(kind for kind, power in POWERS.items() if power == COMPARISON)
_FOLLOWERS = frozenset((".", "[", ":"))


class OperatorReader(LabelReader):
    """Reads expressions, given the readers of atoms by the kind of their first token."""

    atoms: ClassVar[dict[str, Callable[[Any], tree.Expression]]]

    def expression(self, floor: int = OR) -> tree.Expression:
        """An expression of operators that bind at least as tightly as `floor`."""
        self.level += 1
        if self.level > self.DEEPEST:
            self.deeper(0)
        begin = self.tokens[self.at].begin
        if self.kind == "NOT" and floor <= NOT:
            self.advance()
            left: tree.Expression = tree.Negation(self.expression(NOT), span=self.span_from(begin))
        else:
            left = self.operand()
        while (power := POWERS.get(self.kind, 0)) >= floor:
            if power >= SUM:
                operator: Any = self.advance().kind
                right = self.expression(power + 1)
                left = tree.Binary(operator, left, right, span=self.span_from(begin))
            elif power == PREDICATE:
                left = self._predicate(left, begin)
            elif power == COMPARISON:
                left = self._comparison(left, begin)
            else:
                left = self._logical(left, begin, power)
        self.level -= 1
        return left

    def _logical(self, first: tree.Expression, begin: int, power: int) -> tree.Expression:
        operator: Any = self.kind
        operands = [first]
        while self.take(operator):
            operands.append(self.expression(power + 1))
        return tree.Logical(operator, tuple(operands), span=self.span_from(begin))

    def _comparison(self, first: tree.Expression, begin: int) -> tree.Expression:
        rest = []
        while self.kind in _COMPARISONS:
            operator = self.advance().kind
            rest.append((operator, self.expression(PREDICATE)))
        return tree.Comparison(first, tuple(rest), span=self.span_from(begin))

    def _predicate(self, left: tree.Expression, begin: int) -> tree.Expression:
        operator = self.advance().kind
        if operator == "IS":
            negated = self.take("NOT")
            self._expect_null()
            return tree.NullTest(left, negated, span=self.span_from(begin))
        if operator in ("STARTS", "ENDS"):
            self.expect("WITH")
            operator += " WITH"
        return tree.Binary(operator, left, self.expression(SUM), span=self.span_from(begin))

    def _expect_null(self) -> None:
        for word in ("TYPED", "NORMALIZED", "LABELED", "NFC", "NFD", "NFKC", "NFKD"):
            if self.is_word(word):
                raise self.unsupported(f"IS {word}")
        if self.kind == ":":
            raise self.unsupported("IS ::")
        self.expect("NULL", "NULL or NOT NULL after IS")

    # Signs and what follows an atom

    def operand(self) -> tree.Expression:
        """An atom with its sign before it, and keys, indexes and labels behind it."""
        if self.kind == "-" or self.kind == "+":
            return self._signed()
        begin = self.tokens[self.at].begin
        if (reader := self.atoms.get(self.kind)) is None:
            raise self.unexpected("an expression")
        subject = reader(self)
        while self.kind in _FOLLOWERS:
            if self.kind == ":":
                self.advance()
                return tree.LabelTest(subject, self.labels(), span=self.span_from(begin))
            subject = self.property(subject, begin) if self.kind == "." else self.subscript(subject, begin)
        return subject

    def _signed(self) -> tree.Expression:
        begin = self.tokens[self.at].begin
        sign: Any = self.advance().kind
        if sign == "-" and self.kind in ("integer", "float"):
            # -9223372036854775808 has no positive counterpart: sign and digits are one literal.
            return self.number(begin, negative=True)
        self.deeper()
        operand = self.operand()
        self.level -= 1
        return tree.Unary(sign, operand, span=self.span_from(begin))

    def number(self, begin: int, *, negative: bool = False) -> tree.Literal:
        kind, value, _, end = self.advance()
        span = Span(begin, end)
        if kind == "integer" and value > LARGEST_INTEGER + negative:
            message = "integers go from -9223372036854775808 to 9223372036854775807"
            raise self.error(message, detail="IntegerOverflow", span=span, hint="write it as a float, or as a string")
        return tree.Literal(-value if negative else value, span=span)

    def property(self, subject: tree.Expression, begin: int) -> tree.Property:
        self.expect(".")
        key = self.word("a property key after '.'")
        return tree.Property(subject, key, span=self.span_from(begin))

    def subscript(self, subject: tree.Expression, begin: int) -> tree.Subscript | tree.Slice:
        """`[index]`, `[begin..end]`."""
        self.expect("[")
        first = None if self.kind == ".." else self.expression()
        if not self.take(".."):
            self.expect("]")
            assert first is not None
            return tree.Subscript(subject, first, span=self.span_from(begin))
        last = None if self.kind == "]" else self.expression()
        self.expect("]")
        return tree.Slice(subject, first, last, span=self.span_from(begin))
