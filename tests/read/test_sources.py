"""Files, folders and standard input: what is read, in which order, and what bad input leads to."""

from __future__ import annotations

import io
import os
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.errors import InputError
from kg.model import Document, Skipped
from kg.read import ENDINGS, read_documents

ARTICLE = "The two ministers met in the capital on Monday and agreed on a plan for the river that both countries share."


def read_one(path: Path) -> Document | Skipped:
    found = list(read_documents([path]))
    assert len(found) == 1
    return found[0]


def skipped_reason(path: Path) -> str:
    found = read_one(path)
    assert isinstance(found, Skipped)
    assert found.where.startswith(str(path))
    return found.reason


def test_text_file_becomes_a_document_named_by_its_stem(tmp_path: Path) -> None:
    path = tmp_path / "river.plan.txt"
    path.write_text(ARTICLE, encoding="utf-8")
    assert read_one(path) == Document("river.plan", ARTICLE, source=path.as_posix())


def test_line_ends_marks_and_accents_are_normalised_once(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"\xef\xbb\xbf" + f"Vie\u0302\u0323t Nam\r\n\r\n{ARTICLE}\r".encode())
    document = read_one(path)
    assert isinstance(document, Document)
    assert document.text == f"Việt Nam\n\n{ARTICLE}\n"


def test_utf16_with_its_byte_order_mark_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(ARTICLE.encode("utf-16"))
    document = read_one(path)
    assert isinstance(document, Document)
    assert document.text == ARTICLE


def test_sources_come_in_the_order_given_and_folders_sorted(tmp_path: Path) -> None:
    for name in ("b/2.txt", "b/10.txt", "b/a/z.md", "b/.hidden.txt", "b/.git/x.txt", "b/notes.pdf", "a.txt"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(ARTICLE, encoding="utf-8")
    found = list(read_documents([tmp_path / "b", tmp_path / "a.txt"]))
    assert [document.id for document in found if isinstance(document, Document)] == ["10", "2", "z", "a"]


def test_empty_file_is_skipped(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b" \n\n")
    assert skipped_reason(path) == "empty"


def test_binary_is_skipped_with_the_place_of_its_first_nul(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR")
    assert skipped_reason(path) == "binary, not text (a NUL at byte 8)"


def test_invalid_utf8_is_skipped_with_its_place(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes("Le président a signé".encode("latin-1"))
    assert skipped_reason(path) == "not valid UTF-8 at byte 5"


def test_line_of_twenty_megabytes_is_skipped_with_its_size(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"x" * 20_000_000)
    assert skipped_reason(path) == "too long: 20,000,000 bytes, at most 2,000,000 are read"


def test_unknown_ending_named_directly_is_skipped_with_the_known_ones(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(b"%PDF")
    assert skipped_reason(path) == "unknown ending (kg reads .txt, .md, .html, .htm, .jsonl, .warc, .warc.gz)"


def test_file_that_cannot_be_opened_is_skipped_and_the_rest_is_read(tmp_path: Path) -> None:
    loop = tmp_path / "a.txt"
    loop.symlink_to(loop)
    (tmp_path / "b.txt").write_text(ARTICLE, encoding="utf-8")
    found = list(read_documents([tmp_path]))
    assert [type(item) for item in found] == [Skipped, Document]
    assert isinstance(found[0], Skipped)
    assert found[0].reason.startswith("cannot be read: ")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_file_without_permission_is_skipped(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(ARTICLE, encoding="utf-8")
    path.chmod(0)
    assert "ermission" in skipped_reason(path)


def test_missing_source_is_an_error_before_anything_is_read(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(ARTICLE, encoding="utf-8")
    with pytest.raises(InputError, match="'nowhere.txt' does not exist"):
        read_documents([tmp_path / "a.txt", "nowhere.txt"])


def test_address_is_an_error_that_says_why() -> None:
    with pytest.raises(InputError, match="never uses the network"):
        read_documents(["https://news.example/a.html"])


@pytest.mark.parametrize("source", ["a\0b.txt", "x" * 5_000])
def test_impossible_name_is_an_error(source: str) -> None:
    with pytest.raises(InputError):
        read_documents([source])


def test_folder_without_documents_is_an_error_that_names_the_endings(tmp_path: Path) -> None:
    (tmp_path / "notes.pdf").write_bytes(b"%PDF")
    with pytest.raises(InputError) as error:
        read_documents([tmp_path])
    assert all(ending in str(error.value) for ending in ENDINGS)


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b'\n {"id": "x", "text": "' + ARTICLE.encode() + b'"}', "x"),
        (f"<html><body><article><p>{ARTICLE}</p><p>{ARTICLE[::-1]}</p></article></body></html>".encode(), "stdin"),
        (ARTICLE.encode(), "stdin"),
        (f"---\nid: y\n---\n{ARTICLE}".encode(), "y"),
    ],
)
def test_standard_input_is_told_by_its_first_sign(data: bytes, expected: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
    found = list(read_documents(["-"]))
    assert [document.id for document in found if isinstance(document, Document)] == [expected]


def test_empty_standard_input_is_skipped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"")))
    assert list(read_documents(["-"])) == [Skipped("standard input", "empty")]


SEEDS = st.sampled_from(
    [b"", b"---\n", b"---\ntitle: [", b'{"text": "x"}', b"{", b"<html><body><p>", b"WARC/1.0\r\n", b"\x1f\x8b\x08\x00"]
    + [b"\xff\xfe", b"\xef\xbb\xbf", b"\r\n", b"\0", b"published: 2024-13-45\n---\n", b'\\ud800"', ARTICLE.encode()]
)


@pytest.mark.parametrize("ending", ENDINGS)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40, deadline=None)
@given(
    data=st.one_of(st.binary(max_size=200), st.lists(st.one_of(SEEDS, st.binary(max_size=8)), max_size=6).map(b"".join))
)
def test_any_bytes_give_documents_or_reasons(ending: str, data: bytes, tmp_path: Path) -> None:
    path = tmp_path / f"any{ending}"
    path.write_bytes(data)
    for found in read_documents([path]):
        if isinstance(found, Skipped):
            assert found.reason
            assert found.where
        else:
            assert found.text.encode("utf-8")
            assert found.id
