"""Where the reader stands among the tokens, and what it says when it cannot go on."""

from __future__ import annotations

from typing import ClassVar

from kg.cypher import tree
from kg.cypher.errors import CypherError, CypherSyntaxError, Span
from kg.cypher.parse import slips
from kg.cypher.tokens import NAMES, WORDS, Token, read_tokens

_ENDINGS = frozenset(("end", ")", "]", "}", ";"))
CLOSERS = {"(": ")", "[": "]", "{": "}"}


class Cursor:
    """The tokens of one query and a place among them; `kind` is the kind of the token there.

    A method of a reader takes one construct, begins at its first token and ends behind its last.
    """

    # Reading takes up to five frames a level, and Python allows a thousand in all.
    DEEPEST: ClassVar[int] = 150

    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens = read_tokens(text)
        self.kinds = [token.kind for token in self.tokens] + ["end"] * 3
        self.at = 0
        self.kind = self.kinds[0]
        self.level = 0
        self._partners: dict[int, int] = {}

    # Taking tokens

    def advance(self) -> Token:
        token = self.tokens[self.at]
        self.at += 1
        self.kind = self.kinds[self.at]
        return token

    def take(self, kind: str) -> bool:
        """Whether the next token is of this kind, which is then taken."""
        if self.kind != kind:
            return False
        self.at += 1
        self.kind = self.kinds[self.at]
        return True

    def expect(self, kind: str, expected: str = "") -> Token:
        if self.kind != kind:
            raise self.unexpected(expected or (kind if kind in WORDS else f"'{kind}'"))
        return self.advance()

    def variable(self, expected: str = "a variable") -> tree.Variable:
        if self.kind not in NAMES:
            raise self.unexpected(expected)
        _, name, begin, end = self.advance()
        return tree.Variable(name, span=Span(begin, end))

    def word(self, expected: str) -> str:
        """A name where any keyword may serve as one: labels, types, keys, functions."""
        if self.kind not in WORDS:
            raise self.unexpected(expected)
        name: str = self.advance().value
        return name

    def is_word(self, upper: str) -> bool:
        """Whether the next token is this word, of those that are keywords in one place only."""
        token = self.tokens[self.at]
        return token.kind == "name" and token.value.upper() == upper

    def span_from(self, begin: int) -> Span:
        """From this character to the end of the token taken last."""
        return Span(begin, self.tokens[self.at - 1].end)

    def next_span(self) -> Span:
        token = self.tokens[self.at]
        return Span(token.begin, token.end)

    # Brackets

    def partner(self, opener: int) -> int | None:
        """The token that closes the bracket at token `opener`, or None."""
        if not self._partners:
            self._pair_brackets()
        return self._partners.get(opener)

    def _pair_brackets(self) -> None:
        waiting: list[int] = []
        for at, kind in enumerate(self.kinds):
            if kind in CLOSERS:
                waiting.append(at)
            elif kind in (")", "]", "}") and waiting and CLOSERS[self.kinds[waiting[-1]]] == kind:
                self._partners[waiting.pop()] = at

    def _open_bracket(self) -> Token | None:
        """The innermost bracket that is open here."""
        waiting: list[int] = []
        for at, kind in enumerate(self.kinds[: self.at]):
            if kind in CLOSERS:
                waiting.append(at)
            elif kind in (")", "]", "}") and waiting:
                waiting.pop()
        return self.tokens[waiting[-1]] if waiting else None

    # Errors

    def deeper(self, levels: int = 1) -> None:
        """Count nested constructs, so that no text can exhaust Python's stack."""
        self.level += levels
        if self.level > self.DEEPEST:
            raise slips.too_deep(self.DEEPEST, self.next_span()).locate(self.text)

    def error(
        self, message: str, *, detail: str = "UnexpectedSyntax", span: Span | None = None, hint: str | None = None
    ) -> CypherError:
        """An error at the next token, unless `span` says where."""
        return CypherSyntaxError(message, detail=detail, span=span or self.next_span(), hint=hint).locate(self.text)

    def unsupported(self, what: str, instead: str = "") -> CypherError:
        return self.error(f"{what} is not supported" + (f": {instead}" if instead else ""))

    def unexpected(self, expected: str) -> CypherError:
        """What to raise when the next token cannot go on: what was expected, what is there, and the likely slip."""
        if refusal := slips.unsupported(self.tokens, self.at, expected):
            return self.error(refusal)
        hint = slips.hint(self.tokens, self.at, expected) or self._bracket_hint()
        return self.error(f"expected {expected}, found {self.shown()}", hint=hint)

    def shown(self) -> str:
        kind, _, begin, end = self.tokens[self.at]
        if kind == "end":
            return "the end of the query"
        spelling = self.text[begin:end]
        spelling = spelling if len(spelling) <= 40 else spelling[:38] + "…"
        return spelling if kind == "string" else f"'{spelling}'"

    def _bracket_hint(self) -> str | None:
        if self.kind not in _ENDINGS and self.kind not in slips.CLAUSES:
            return None
        opener = self._open_bracket()
        if opener is None or CLOSERS[opener.kind] == self.kind:
            return None
        before = self.text[: opener.begin]
        line, column = before.count("\n") + 1, opener.begin - before.rfind("\n")
        return f"the '{opener.kind}' of line {line}, column {column} is not closed"
