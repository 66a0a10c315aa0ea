"""Label expressions: `:A:B`, `:A|B`, `:A&!B`, `:(A|B)&%`, and relationship types with `:A|:B`."""

from __future__ import annotations

from kg.cypher import tree
from kg.cypher.parse.cursor import Cursor
from kg.cypher.tokens import WORDS


class LabelReader(Cursor):
    """Reads label expressions."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        # The opening tokens of the comprehensions whose '|' is still to come.
        self.barred: set[int] = set()

    def labels(self) -> tree.LabelExpression:
        """After the colon."""
        begin = self.tokens[self.at].begin
        operands = [self._all_labels()]
        while self.kind == "|" and not self._ends_condition():
            self.advance()
            self.take(":")
            operands.append(self._all_labels())
        return operands[0] if len(operands) == 1 else tree.LabelAny(tuple(operands), span=self.span_from(begin))

    def _all_labels(self) -> tree.LabelExpression:
        begin = self.tokens[self.at].begin
        operands = [self._one_label()]
        while self.kind in ("&", ":"):
            self.advance()
            operands.append(self._one_label())
        return operands[0] if len(operands) == 1 else tree.LabelAll(tuple(operands), span=self.span_from(begin))

    def _one_label(self) -> tree.LabelExpression:
        begin = self.tokens[self.at].begin
        if self.kind in WORDS:
            name = self.advance().value
            return tree.LabelName(name, span=self.span_from(begin))
        if self.take("%"):
            return tree.AnyLabel(span=self.span_from(begin))
        if self.kind in ("!", "("):
            return self._nested_label(begin)
        if self.kind == ":":
            raise self.unsupported("'::'")
        raise self.unexpected("a label or type")

    def _nested_label(self, begin: int) -> tree.LabelExpression:
        self.deeper()
        opener = self.advance().kind
        if opener == "!":
            label: tree.LabelExpression = tree.LabelNot(self._one_label(), span=self.span_from(begin))
        else:
            label = self.labels()
            self.expect(")")
        self.level -= 1
        return label

    def _ends_condition(self) -> bool:
        """Whether the bar here ends the condition of a comprehension: it is the last bar of that comprehension.

        `[n IN nodes WHERE n:A | n.name]` has a projection, `[n IN nodes WHERE n:A|B | n.name]` two labels and one.
        """
        if not self.barred:
            return False
        closer = self._next_at_this_depth(")", "]", "}")
        return any(self.partner(opener) == closer for opener in self.barred) and self.next_kind("|") is None

    def next_kind(self, *wanted: str) -> str | None:
        at = self._next_at_this_depth(*wanted)
        return None if at is None else self.kinds[at]

    def _next_at_this_depth(self, *wanted: str) -> int | None:
        """The next token of a wanted kind behind the one here, inside the same bracket or the one that opens here."""
        at = self.at + 1
        while self.kinds[at] != "end":
            kind = self.kinds[at]
            if kind in wanted:
                return at
            if kind in (")", "]", "}"):
                return None
            closer = self.partner(at) if kind in ("(", "[", "{") else at
            if closer is None:
                return None
            at = closer + 1
        return None
