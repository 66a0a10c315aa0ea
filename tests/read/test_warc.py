"""Web archives, plain and zipped, whole and damaged."""

from __future__ import annotations

import gzip
import io
from pathlib import Path

import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from kg.model import Document, Skipped
from kg.read import read_documents

# warcio's writer leaves its temporary files to the garbage collector.
pytestmark = [
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]

BODY = "".join(
    f"<p>{words} of the two countries met in the capital on Monday and agreed on a plan for the river they share.</p>"
    for words in ("The ministers", "Experts", "The ambassadors", "Engineers", "The governors")
)
PAGE = (
    f"<html><head><title>River</title></head><body><article><h1>Plan for the river</h1>{BODY}</article></body></html>"
)


def make_archive(pages: list[tuple[str, str, str, bytes]], *, zipped: bool) -> bytes:
    stream = io.BytesIO()
    writer = WARCWriter(stream, gzip=zipped)
    writer.write_record(writer.create_warcinfo_record("test.warc", {"software": "test"}))
    for address, status, content_type, body in pages:
        headers = StatusAndHeaders(status, [("Content-Type", content_type)], protocol="HTTP/1.0")
        record = writer.create_warc_record(address, "response", payload=io.BytesIO(body), http_headers=headers)
        writer.write_record(record)
    return stream.getvalue()


PAGES = [
    ("https://news.example/2024/11/07/river", "200 OK", "text/html; charset=utf-8", PAGE.encode()),
    ("https://news.example/logo.png", "200 OK", "image/png", b"\x89PNG"),
    ("https://news.example/gone", "404 Not Found", "text/html", PAGE.encode()),
    (
        "https://news.example/plan",
        "200 OK",
        "text/html; charset=iso-8859-1",
        PAGE.replace("Experts", "Ingénieurs").encode("latin-1"),
    ),
]


def read(path: Path, data: bytes) -> list[Document | Skipped]:
    path.write_bytes(data)
    return list(read_documents([path]))


@pytest.mark.parametrize(("name", "zipped"), [("a.warc", False), ("a.warc.gz", True)])
def test_html_responses_become_documents_with_their_address(tmp_path: Path, name: str, zipped: bool) -> None:
    first, second = read(tmp_path / name, make_archive(PAGES, zipped=zipped))
    assert isinstance(first, Document)
    assert isinstance(second, Document)
    assert [(d.id, d.source) for d in (first, second)] == [("a-1", PAGES[0][0]), ("a-2", PAGES[3][0])]
    assert first.published == "2024-11-07"
    assert "Ingénieurs of the two" in second.text


def test_archive_zipped_as_a_whole_is_read_too(tmp_path: Path) -> None:
    found = read(tmp_path / "a.warc.gz", gzip.compress(make_archive(PAGES, zipped=False)))
    assert [type(item) for item in found] == [Document, Document]


def test_archive_cut_short_gives_what_stands_before_the_cut(tmp_path: Path) -> None:
    data = make_archive(PAGES, zipped=True)
    found = read(tmp_path / "a.warc.gz", data[: len(data) - 200])
    assert isinstance(found[0], Document)
    assert isinstance(found[-1], Skipped)
    assert found[-1].reason.startswith("damaged after page ")


def test_archive_without_pages_is_skipped(tmp_path: Path) -> None:
    (skipped,) = read(tmp_path / "a.warc", make_archive([], zipped=False))
    assert isinstance(skipped, Skipped)
    assert skipped.reason == "no HTML page in the archive"


@pytest.mark.parametrize("data", [b"", b"not an archive", b"\x1f\x8bbroken", b"WARC/1.0\r\n"])
def test_file_that_is_no_archive_is_skipped(tmp_path: Path, data: bytes) -> None:
    (skipped,) = read(tmp_path / "a.warc.gz", data)
    assert isinstance(skipped, Skipped)


def test_zip_bomb_is_refused_while_it_unpacks(tmp_path: Path) -> None:
    """300 MB of zeros in 300 kB: without a limit on header lines this takes 12 times their size in memory."""
    (skipped,) = read(tmp_path / "a.warc.gz", gzip.compress(bytes(300_000_000), compresslevel=1))
    assert isinstance(skipped, Skipped)
    assert "header without end" in skipped.reason


def test_endless_headers_are_refused(tmp_path: Path) -> None:
    (skipped,) = read(tmp_path / "a.warc", b"WARC/1.0\r\n" + b"X-A: b\r\n" * 500_000)
    assert isinstance(skipped, Skipped)
    assert "header without end" in skipped.reason


def test_page_above_the_limit_is_skipped_and_the_next_one_read(tmp_path: Path) -> None:
    huge = ("https://news.example/huge", "200 OK", "text/html", b"<p>" + b"x" * 10_000_100)
    skipped, document = read(tmp_path / "a.warc.gz", make_archive([huge, PAGES[0]], zipped=True))
    assert isinstance(skipped, Skipped)
    assert "too long" in skipped.reason
    assert isinstance(document, Document)


def test_nothing_is_written_to_standard_error(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    read(tmp_path / "a.warc", make_archive(PAGES, zipped=False)[:-50] + b"garbage\r\n\r\nmore garbage")
    assert capsys.readouterr().err == ""
