"""Web archives -> documents: the HTML responses of a WARC file, by warcio. Everything is read within bounds."""

from __future__ import annotations

import contextlib
import io
import re
import zlib
from collections.abc import Iterator
from typing import IO, Any

from kg.model import Document, Skipped
from kg.read.finish import Origin
from kg.read.html import MAX_PAGE, read_html

_MAX_HEADER_LINE = 65_536
_MAX_HEADER_LINES = 2_000
_CHARSET = re.compile(r"charset=[\"']?([\w.:-]+)", re.IGNORECASE)


class DamagedArchive(ValueError):
    """The archive cannot be read from here on."""


def read_warc(stream: IO[bytes], origin: Origin) -> Iterator[Document | Skipped]:
    """The articles of an archive, in its order, each with its address as source. Damage ends the reading."""
    number = 0
    try:
        for record in _records(stream):
            if not _is_page(record):
                continue
            number += 1
            address = record.rec_headers.get_header("WARC-Target-URI") or None
            page = Origin(f"{origin.id}-{number}", address, f"{origin.where}, page {number} ({address})")
            yield from _read_page(record, page)
    except DamagedArchive as error:
        yield Skipped(origin.where, f"damaged after page {number}: {error}")
        return
    if number == 0:
        yield Skipped(origin.where, "no HTML page in the archive")


def _is_page(record: Any) -> bool:
    if record.rec_type != "response" or record.http_headers is None:
        return False
    content_type = record.http_headers.get_header("Content-Type") or ""
    return "html" in content_type.lower() and record.http_headers.get_statuscode() == "200"


def _read_page(record: Any, origin: Origin) -> Iterator[Document | Skipped]:
    with _damage_named():
        data = record.content_stream().read(MAX_PAGE + 1)
    if len(data) > MAX_PAGE:
        yield Skipped(origin.where, f"too long: more than {MAX_PAGE:,} bytes")
        return
    charset = _CHARSET.search(record.http_headers.get_header("Content-Type"))
    yield from read_html(data, origin, charset=charset.group(1) if charset else None)


@contextlib.contextmanager
def _damage_named() -> Iterator[None]:
    """Turns whatever warcio meets in a broken archive into one error, and keeps its warnings from standard error."""
    with contextlib.redirect_stderr(io.StringIO()):
        try:
            yield
        except DamagedArchive:
            raise
        except Exception as error:
            raise DamagedArchive(str(error).strip().split("\n")[0][:100] or type(error).__name__) from None


def _records(stream: IO[bytes]) -> Iterator[Any]:
    from warcio.archiveiterator import ArchiveIterator
    from warcio.bufferedreaders import DecompressingBufferedReader

    class BoundedReader(DecompressingBufferedReader):
        """warcio reads header lines of any length and number into memory: a small gzip can hold gigabytes of them."""

        n_lines = 0

        def read(self, length: int | None = None) -> bytes:
            self.n_lines = 0
            data: bytes = super().read(length)
            return data

        def readline(self, length: int | None = None) -> bytes:
            self.n_lines += 1
            line: bytes = super().readline(min(length or _MAX_HEADER_LINE, _MAX_HEADER_LINE))
            if self.n_lines > _MAX_HEADER_LINES or (len(line) > _MAX_HEADER_LINE // 4 and not line.endswith(b"\n")):
                raise DamagedArchive("a header without end")
            return line

    plain = _Decompressed(stream)
    records = ArchiveIterator(plain)
    records.reader = BoundedReader(plain)
    while True:
        with _damage_named():
            record = next(records, None)
        if record is None:
            return
        yield record


class _Decompressed:
    """The bytes of an archive, unzipped if need be: all that stand before damage, and then an error that names it."""

    def __init__(self, stream: IO[bytes]) -> None:
        head = stream.read(2)
        stream.seek(0)
        self.blocks = _unzip(stream) if head == b"\x1f\x8b" else iter(lambda: stream.read(_BLOCK), b"")
        self.rest = b""
        self.offset = 0

    def read(self, size: int = -1) -> bytes:
        data = self.rest or next(self.blocks, b"")
        if 0 <= size < len(data):
            data, self.rest = data[:size], data[size:]
        else:
            self.rest = b""
        self.offset += len(data)
        return data

    def tell(self) -> int:
        return self.offset


_BLOCK = 16_384
_GZIP = 31


def _unzip(stream: IO[bytes]) -> Iterator[bytes]:
    """The blocks of a gzip file of one or many members, none larger than a few megabytes."""
    unzipped = zlib.decompressobj(_GZIP)
    begun = False
    pending = b""
    while pending := pending or stream.read(_BLOCK):
        try:
            block = unzipped.decompress(pending)
        except zlib.error as error:
            raise DamagedArchive(str(error)) from None
        if block:
            yield block
        pending = unzipped.unused_data
        begun = not unzipped.eof
        if unzipped.eof:
            unzipped = zlib.decompressobj(_GZIP)
    if begun:
        raise DamagedArchive("the file is cut short")
