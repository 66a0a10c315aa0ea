"""The documents of a store and what was read in them, in one SQLite file.

A document is kept per version: a new date on the same text is a new version, so that a reader of the old graph still
finds the old one, and what was read under the old date is not taken for the new one.
"""

from __future__ import annotations

import json
import os
import sqlite3
import zlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from kg.model import Document, Extraction, SetAside, digest
from kg.store.damage import damage_named, damaged, failure_named
from kg.store.form import extraction_from_json, extraction_to_json

_SCHEMA = """
    CREATE TABLE IF NOT EXISTS documents (
        version TEXT PRIMARY KEY, key TEXT NOT NULL, fields TEXT NOT NULL, text BLOB NOT NULL
    );
    CREATE INDEX IF NOT EXISTS documents_by_key ON documents (key);
    CREATE TABLE IF NOT EXISTS extractions (
        version TEXT NOT NULL, pipeline TEXT NOT NULL, form BLOB NOT NULL, PRIMARY KEY (version, pipeline)
    );
    CREATE TABLE IF NOT EXISTS withdrawn (key TEXT PRIMARY KEY);
"""
_SCHEMA_VERSION = 1
_FIELDS = ("id", "title", "published", "publisher", "source")
# A commit waits for the disk: one for each document would cost more than reading it.
_PER_COMMIT = 32


def version_of(document: Document) -> str:
    """What names a document with all its fields: 16 hexadecimal digits."""
    return digest(_fields(document) + "\x1f" + document.text, 16)


class DocumentTable:
    """Texts, cached extractions and withdrawn documents.

    Reading opens the file for each question and closes it. Between `begin` and `end` it stays open for writing, in
    small transactions: what a killed build had read is there for the next one.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._connection: sqlite3.Connection | None = None
        self._pending = 0

    # ---------------------------------------------------------------- reading

    def documents(self, versions: Iterable[str]) -> list[Document]:
        """The documents of these versions, in that order. Raises StoreError if one is missing, which is damage."""
        query = "SELECT fields, text FROM documents WHERE version = ?"
        with self._reading() as connection:
            rows = [connection.execute(query, (version,)).fetchone() for version in versions]
        if None in rows:
            raise damaged(self._path, "a document is missing")
        return [_document(*row) for row in rows]

    def extraction(self, document: Document, pipeline: str) -> Extraction | None:
        """What that pipeline read in exactly this document, or None. A damaged entry counts as none."""
        query = "SELECT form FROM extractions WHERE version = ? AND pipeline = ?"
        rows = self._rows(query, version_of(document), pipeline)
        try:
            return extraction_from_json(zlib.decompress(rows[0][0]).decode("utf-8"), document) if rows else None
        except (zlib.error, ValueError, KeyError, TypeError):
            return None

    def withdrawn(self) -> frozenset[str]:
        return frozenset(key for (key,) in self._rows("SELECT key FROM withdrawn"))

    def _rows(self, query: str, *values: str) -> list[Any]:
        if self._connection is None and not self._path.exists():
            return []
        with self._reading() as connection:
            return connection.execute(query, values).fetchall()

    @contextmanager
    def _reading(self) -> Iterator[sqlite3.Connection]:
        with damage_named(self._path):
            if self._connection is not None:
                yield self._connection
                return
            with closing(_connect(self._path)) as connection:
                yield connection

    # ---------------------------------------------------------------- writing

    def begin(self) -> None:
        """Opens the file for writing."""
        with failure_named(self._path):
            self._connection = _connect(self._path)

    def end(self) -> None:
        """Ends the open transaction and closes the file."""
        try:
            self.commit()
        finally:
            if self._connection is not None:
                self._connection.close()
            self._connection = None

    def put(self, documents: Iterable[Document]) -> None:
        for document in documents:
            text = document.text.encode("utf-8", "surrogatepass")
            row = (version_of(document), document.key, _fields(document), text)
            self._write("INSERT OR IGNORE INTO documents VALUES (?, ?, ?, ?)", *row)

    def keep_extraction(self, extraction: Extraction, pipeline: str) -> None:
        self.put([extraction.document])
        form = zlib.compress(extraction_to_json(extraction).encode("utf-8"))
        row = (version_of(extraction.document), pipeline, form)
        self._write("INSERT OR REPLACE INTO extractions VALUES (?, ?, ?)", *row)

    def withdraw(self, key: str) -> None:
        self._write("INSERT OR IGNORE INTO withdrawn VALUES (?)", key)

    def take_back(self, key: str) -> None:
        self._write("DELETE FROM withdrawn WHERE key = ?", key)

    def forget(self, *, keep: Iterable[Mapping[str, str]], pipelines: Iterable[str]) -> None:
        """Drops what no build can want again: extractions of other pipelines, and withdrawn or replaced documents.

        `keep` holds the documents of the datasets that are still there (key -> version).
        """
        versions = {version: key for documents in keep for key, version in documents.items()}
        current, gone, used = set(versions.values()), self.withdrawn(), set(pipelines)
        for version, key in self._rows("SELECT version, key FROM documents"):
            if version not in versions and (key in gone or key in current):
                self._write("DELETE FROM documents WHERE version = ?", version)
                self._write("DELETE FROM extractions WHERE version = ?", version)
        for (pipeline,) in self._rows("SELECT DISTINCT pipeline FROM extractions"):
            if pipeline not in used:
                self._write("DELETE FROM extractions WHERE pipeline = ?", pipeline)
        self.commit()

    def commit(self) -> None:
        """Ends the open transaction: what was written before is on the disk."""
        if self._connection is not None:
            with failure_named(self._path):
                self._connection.commit()
        self._pending = 0

    def _write(self, statement: str, *values: object) -> None:
        assert self._connection is not None
        with failure_named(self._path):
            self._connection.execute(statement, values)
        self._pending += 1
        if self._pending >= _PER_COMMIT:
            self.commit()


def _connect(path: Path) -> sqlite3.Connection:
    # Reading too opens the file for writing where it may: only then can SQLite roll back what a killed build left.
    writable = os.access(path if path.exists() else path.parent, os.W_OK) and os.access(path.parent, os.W_OK)
    mode = ("rw" if path.exists() else "rwc") if writable else "ro&immutable=1"
    connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode={mode}", uri=True, timeout=30)
    try:
        # Without spilling, readers are kept out for the moment of a commit only.
        connection.execute("PRAGMA cache_spill = OFF")
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        if version == 0 and writable:
            connection.executescript(f"BEGIN IMMEDIATE; {_SCHEMA} PRAGMA user_version = {_SCHEMA_VERSION}; COMMIT;")
    except BaseException:
        connection.close()
        raise
    return connection


def _fields(document: Document) -> str:
    aside = [[part.begin, part.end, part.reason] for part in document.set_aside]
    fields = {name: getattr(document, name) for name in _FIELDS}
    return json.dumps({**fields, "set_aside": aside}, sort_keys=True)


def _document(fields: str, text: bytes) -> Document:
    data = json.loads(fields)
    aside = tuple(SetAside(*part) for part in data.pop("set_aside"))
    return Document(text=text.decode("utf-8", "surrogatepass"), set_aside=aside, **data)
