"""The query of kg sparql and kg cypher: an argument, a file, or standard input."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from kg.errors import InputError


def query_text(query: str | None, path: Path | None) -> str:
    """The text of the query. Raises UsageError unless there is exactly one, InputError if the file cannot be read."""
    if (query is None) == (path is None):
        raise click.UsageError("give a query, or -f FILE, or - for standard input")
    if query == "-" or (path is not None and str(path) == "-"):
        return sys.stdin.read()
    return _read(path) if path is not None else str(query)


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"cannot read the query in {path}: {error}") from error
