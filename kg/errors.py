"""Every error that Entente raises, so that a caller can catch `KgError` and nothing else.

KgError
├── InputError           a source that cannot be read at all (a bad document in a good source is a `Skipped`)
├── SeedError            a line of the seeds that does not fit its table
├── ModelError           the language model is missing, unknown or altered
├── MissingExtra         an optional package is needed; names the extra
├── StoreError           the store is missing, damaged, newer than this version or not writable
│   └── StoreInUse       another process is writing it
├── UnknownName          nothing in the graph has that name
├── GraphError           something that a property graph cannot hold: a value, an end that does not exist
├── OutputError          a result cannot be written where the user asked
└── QueryError           a query that cannot be answered; carries line, column and the text it points at
    └── ForbiddenQuery   a query that would reach the network, the disk or change the graph
"""

from __future__ import annotations


class KgError(Exception):
    """The root of all errors that a user can cause or must know of. Its text is one sentence for the reader."""


class InputError(KgError):
    """A source that cannot be read at all."""


class SeedError(KgError):
    """A line of the seeds that does not fit its table; the text names file and line."""


class ModelError(KgError):
    """The language model is missing, unknown or not the one whose digests are pinned."""


class MissingExtra(KgError):
    """An optional package is needed: the text names the extra to install."""


class StoreError(KgError):
    """The store is missing, damaged, newer than this version, or cannot be written."""


class StoreInUse(StoreError):
    """Another process is writing the store."""


class UnknownName(KgError):
    """Nothing in the graph has that name; the text offers the nearest ones."""


class GraphError(KgError):
    """Something that a property graph cannot hold; the text names the node or relationship and the property."""


class OutputError(KgError):
    """A result cannot be written where the user asked."""


class QueryError(KgError):
    """A query that cannot be answered.

    `line` and `column` count from 1 and are None where the fault has no place; `query` is the whole text.
    """

    def __init__(self, message: str, *, query: str = "", line: int | None = None, column: int | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.query = query
        self.line = line
        self.column = column

    def __str__(self) -> str:
        if self.line is None or self.column is None:
            return self.message
        where = f"line {self.line}, column {self.column}: {self.message}"
        lines = self.query.splitlines()
        if not 1 <= self.line <= len(lines):
            return where
        # Tabs would shift the caret under the line that it points at.
        source = lines[self.line - 1].replace("\t", " ")
        return f"{where}\n  {source}\n  {' ' * (self.column - 1)}^"


class ForbiddenQuery(QueryError):
    """A query that would reach the network or the disk, or change the graph."""
