"""JSON lines -> documents, one a line. A bad line is skipped and named; the rest is read."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import IO

from kg.model import Document, Skipped
from kg.read.decode import normalize_lines
from kg.read.fields import read_fields
from kg.read.finish import MAX_TEXT, Origin

# JSON may spell every character in six ("\u00e9").
_MAX_LINE = 6 * MAX_TEXT + 65_536


def read_jsonl(stream: IO[bytes], origin: Origin) -> Iterator[Document | Skipped]:
    """The documents of a stream: objects with `text` and, if known, id, title, published, publisher and source."""
    for number, data in enumerate(_read_lines(stream), start=1):
        line = replace(origin, id=f"{origin.id}-{number}", where=f"{origin.where}, line {number}")
        if isinstance(data, int):
            yield Skipped(line.where, f"too long: {data:,} bytes, at most {_MAX_LINE:,} are read")
        elif data.strip():
            yield from _read_line(data, line)


def _read_lines(stream: IO[bytes]) -> Iterator[bytes | int]:
    """The lines of a stream; of one that is too long only the length, so that it is never held whole."""
    first = True
    while line := stream.readline(_MAX_LINE + 1):
        if first:
            line, first = line.removeprefix(b"\xef\xbb\xbf"), False
        if len(line) <= _MAX_LINE or line.endswith(b"\n"):
            yield line
            continue
        length = len(line)
        while not line.endswith(b"\n") and (line := stream.readline(1 << 20)):
            length += len(line)
        yield length


def _read_line(data: bytes, origin: Origin) -> Iterator[Document | Skipped]:
    try:
        fields = json.loads(data.rstrip(b"\r\n").decode("utf-8"))
    except UnicodeDecodeError as error:
        yield Skipped(origin.where, f"not valid UTF-8 at byte {error.start} of the line")
        return
    except json.JSONDecodeError as error:
        yield Skipped(origin.where, f"malformed JSON: {error.msg} at column {error.colno}")
        return
    except (ValueError, RecursionError):
        yield Skipped(origin.where, "malformed JSON: nested too deeply, or a number too long")
        return
    if not isinstance(fields, dict):
        yield Skipped(origin.where, 'expected an object such as {"id": …, "text": …}')
        return
    text = fields.get("text")
    if not isinstance(text, str):
        yield Skipped(origin.where, "has no `text`" if text is None else "its field `text` is no text")
        return
    yield from read_fields(fields, normalize_lines(text), origin)
