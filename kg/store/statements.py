"""Statements by node: where in a file of N-Triples, sorted by subject or not, the lines about each node stand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, BinaryIO

from kg.store.terms import id_of

if TYPE_CHECKING:
    import pyoxigraph


class Statements:
    """The lines about each node, read from files when they are asked for. A node's lines must stand together."""

    def __init__(self) -> None:
        self._paths: list[Path] = []
        self._files: dict[int, BinaryIO] = {}
        self._places: dict[str, tuple[int, int, int]] = {}

    def add_file(self, path: Path) -> None:
        """The places noted from now on are in this file."""
        self._paths.append(path)

    def note(self, id_: str, begin: int, length: int) -> None:
        """The lines about the node stand in the last file at this offset."""
        self._places[id_] = (len(self._paths) - 1, begin, length)

    def of(self, id_: str) -> bytes:
        """The lines about a node; nothing for a node that is not there."""
        if id_ not in self._places:
            return b""
        number, begin, length = self._places[id_]
        if number not in self._files:
            self._files[number] = open(self._paths[number], "rb")  # noqa: SIM115
        file = self._files[number]
        file.seek(begin)
        return file.read(length)

    def ids(self) -> Iterator[str]:
        return iter(self._places)

    def close(self) -> None:
        for file in self._files.values():
            file.close()
        self._files.clear()


@contextmanager
def stored_statements(dataset: pyoxigraph.Store) -> Iterator[Statements]:
    """The statements of a dataset, through a file in the temporary folder."""
    from kg.store.export import sorted_lines

    with TemporaryDirectory(prefix="kg-check-") as folder:
        statements = Statements()
        path = Path(folder) / "sorted.nt"
        statements.add_file(path)
        with open(path, "wb") as file:
            for subject, lines in _by_subject(sorted_lines(dataset)):
                statements.note(id_of(subject[1:-1].decode("utf-8")), file.tell(), file.write(b"".join(lines)))
        with closing(statements):
            yield statements


def _by_subject(lines: Iterable[bytes]) -> Iterator[tuple[bytes, list[bytes]]]:
    subject: bytes = b""
    found: list[bytes] = []
    for line in lines:
        at = line.partition(b" ")[0]
        if at != subject:
            if found:
                yield subject, found
            subject, found = at, []
        found.append(line)
    if found:
        yield subject, found
