"""What the user names -> files -> documents: which reader takes which ending, and what is refused."""

from __future__ import annotations

import contextlib
import io
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import IO, Any

from kg.errors import InputError
from kg.model import Document, Skipped
from kg.read.finish import MAX_TEXT, Origin
from kg.read.html import MAX_PAGE, read_html
from kg.read.jsonl import read_jsonl
from kg.read.plain import read_markdown, read_plain
from kg.read.warc import read_warc

WholeReader = Callable[[bytes, Origin], Iterator[Document | Skipped]]
StreamReader = Callable[[IO[bytes], Origin], Iterator[Document | Skipped]]

# Whole files up to a size, and streams that may be of any size.
WHOLE: dict[str, tuple[WholeReader, int]] = {
    ".txt": (read_plain, MAX_TEXT),
    ".md": (read_markdown, MAX_TEXT),
    ".html": (read_html, MAX_PAGE),
    ".htm": (read_html, MAX_PAGE),
}
STREAMED: dict[str, StreamReader] = {".jsonl": read_jsonl, ".warc": read_warc, ".warc.gz": read_warc}
ENDINGS = (*WHOLE, *STREAMED)


def read_documents(sources: Iterable[str | Path]) -> Iterator[Document | Skipped]:
    """The documents of files, folders and standard input ("-"), in the order given; folders sorted by path.

    What cannot be read becomes a `Skipped`. A source that is missing, or a folder without a readable file, is an
    `InputError`, raised before anything is read.
    """
    files = [file for source in sources for file in _find_files(source)]
    return (document for file in files for document in _read_file(file))


def _find_files(source: str | Path) -> list[Path | Skipped | None]:
    """The files that a source names; None stands for standard input."""
    if str(source) == "-":
        return [None]
    path = Path(source)
    with contextlib.suppress(OSError, ValueError):
        if path.is_dir():
            return _walk_folder(path)
        if os.path.lexists(path):
            return [path]
    hint = " (kg reads files, not addresses: it never uses the network)" if "://" in str(source) else ""
    raise InputError(f"'{source}' does not exist{hint}")


def _walk_folder(folder: Path) -> list[Path | Skipped | None]:
    found: list[Path] = []
    closed: list[Skipped] = []

    def note_closed(error: OSError) -> None:
        closed.append(Skipped(str(error.filename), f"cannot be read: {error.strerror}"))

    for root, folders, names in os.walk(folder, onerror=note_closed):
        folders[:] = [name for name in folders if not name.startswith(".")]
        found += [Path(root, name) for name in names if not name.startswith(".") and _ending(name)]
    if not found:
        raise InputError(f"no documents in the folder '{folder}' (kg reads {', '.join(ENDINGS)})")
    found.sort(key=lambda path: path.relative_to(folder).parts)
    return [*found, *sorted(closed, key=lambda skipped: skipped.where)]


def _ending(name: str) -> str | None:
    return next((ending for ending in ENDINGS if name.lower().endswith(ending)), None)


def _read_file(file: Path | Skipped | None) -> Iterator[Document | Skipped]:
    if file is None:
        yield from _read_standard_input()
    elif isinstance(file, Skipped):
        yield file
    elif ending := _ending(file.name):
        try:
            with file.open("rb") as stream:
                yield from _read_stream(stream, ending, file)
        except OSError as error:
            yield Skipped(str(file), f"cannot be read: {error.strerror or error}")
    else:
        yield Skipped(str(file), f"unknown ending (kg reads {', '.join(ENDINGS)})")


def _read_stream(stream: IO[bytes], ending: str, file: Path) -> Iterator[Document | Skipped]:
    origin = Origin(id=file.name[: -len(ending)] or file.name, source=file.as_posix(), where=str(file))
    if ending in STREAMED:
        return STREAMED[ending](stream, origin)
    reader, limit = WHOLE[ending]
    return _read_whole(stream, reader, limit, origin)


def _read_whole(stream: IO[bytes], reader: WholeReader, limit: int, origin: Origin) -> Iterator[Document | Skipped]:
    data = stream.read(limit + 1)
    if len(data) <= limit:
        return reader(data, origin)
    return iter([Skipped(origin.where, f"too long: {_size(stream, limit)} bytes, at most {limit:,} are read")])


def _size(stream: IO[bytes], limit: int) -> str:
    try:
        return f"{os.fstat(stream.fileno()).st_size or limit:,}"
    except (OSError, ValueError):
        return f"more than {limit:,}"


def _read_standard_input() -> Iterator[Document | Skipped]:
    """JSON lines if the first sign is "{", HTML if it is "<", else text."""
    origin = Origin(id="stdin", source=None, where="standard input")
    stream = io.BufferedReader(_Raw(sys.stdin.buffer))
    first = stream.peek(1).removeprefix(b"\xef\xbb\xbf").lstrip()[:1]
    if first == b"{":
        yield from read_jsonl(stream, origin)
    elif first == b"<":
        yield from _read_whole(stream, read_html, MAX_PAGE, origin)
    else:
        yield from _read_whole(stream, read_markdown, MAX_TEXT, origin)


class _Raw(io.RawIOBase):
    """Any binary stream as a raw one, so that it can be peeked into."""

    def __init__(self, stream: IO[bytes]) -> None:
        self.stream = stream

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        data = self.stream.read(len(buffer))
        buffer[: len(data)] = data
        return len(data)
