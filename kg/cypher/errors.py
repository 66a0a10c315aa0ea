"""What can be wrong with a query: the openCypher TCK's kinds and details, with the place in the text.

CypherError
├── CypherSyntaxError        compile time, and a few checks that only values can decide (NegativeIntegerArgument)
├── CypherSemanticError      MERGE on values that cannot identify anything
├── CypherTypeError          a value of the wrong type, met while running
├── CypherArgumentError      a value out of range, met while running
├── ParameterMissing         the query names a parameter that was not given
├── ProcedureError           CALL of a procedure that nobody registered
├── EntityNotFound           reading what this query deleted
├── ConstraintFailed         deleting a node that still has relationships
├── ReadOnly                 a write to a graph that comes from documents
└── ResourceLimit            the time or the memory that a query may take is used up
"""

from __future__ import annotations

from typing import ClassVar, NamedTuple

from kg.errors import QueryError


class Span(NamedTuple):
    """A piece of the query's text: characters from `begin` to `end`, end exclusive."""

    begin: int
    end: int


NOWHERE = Span(0, 0)


class CypherError(QueryError):
    """A query that cannot be answered. `kind`, `detail` and `phase` are the TCK's words for it.

    Whoever raises it deep in a function knows no place; `locate` gives it one on the way up.
    """

    kind: ClassVar[str] = "SyntaxError"
    phase: str = "compile time"

    def __init__(self, message: str, *, detail: str = "", span: Span | None = None, hint: str | None = None) -> None:
        super().__init__(f"{message}; {hint}" if hint else message)
        self.detail = detail
        self.span = span
        self.hint = hint

    def locate(self, query: str, span: Span | None = None) -> CypherError:
        """The same error, pointing at `span` of `query` unless it has a place already."""
        self.span = self.span or span
        self.query = self.query or query
        if self.span is not None and self.line is None and self.query:
            before = self.query[: self.span.begin]
            self.line = before.count("\n") + 1
            self.column = self.span.begin - (before.rfind("\n") + 1) + 1
        return self


class CypherSyntaxError(CypherError):
    """The text is no query, or one that can have no meaning."""

    def __init__(
        self,
        message: str,
        *,
        detail: str = "UnexpectedSyntax",
        span: Span | None = None,
        hint: str | None = None,
        phase: str = "compile time",
    ) -> None:
        super().__init__(message, detail=detail, span=span, hint=hint)
        self.phase = phase


class CypherSemanticError(CypherError):
    """A clause that has no meaning for the values it met."""

    kind = "SemanticError"
    phase = "runtime"


class CypherTypeError(CypherError):
    """A value has a type that an operation cannot take."""

    kind = "TypeError"
    phase = "runtime"


class CypherArgumentError(CypherError):
    """A value is outside the range that a function can take."""

    kind = "ArgumentError"
    phase = "runtime"


class ArithmeticFault(CypherError):
    """Integers that leave 64 bits, or a division of an integer by zero."""

    kind = "ArithmeticError"
    phase = "runtime"


class ParameterMissing(CypherError):
    """The query names a parameter that was not given."""

    kind = "ParameterMissing"


class ProcedureError(CypherError):
    """CALL names a procedure that nobody registered."""

    kind = "ProcedureError"


class EntityNotFound(CypherError):
    """The query reads a node or relationship that it deleted."""

    kind = "EntityNotFound"
    phase = "runtime"


class ConstraintFailed(CypherError):
    """A change would leave a relationship without one of its nodes."""

    kind = "ConstraintVerificationFailed"
    phase = "runtime"


class ReadOnly(CypherError):
    """The graph cannot be changed by a query."""

    kind = "ReadOnly"


class ResourceLimit(CypherError):
    """The query took more time or memory than it may."""

    kind = "ResourceLimit"
    phase = "runtime"
