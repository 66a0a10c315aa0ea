"""Bad input as a user gives it by mistake: a clear message or a counted skip, never a traceback, nothing lost."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import kg
from kg.cli import main

GOOD = "Prime Minister Pham Minh Chinh led the Vietnamese delegation to the 11th CLMV Summit in Kunming."


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    """Runs a command in a folder with one good article, from which a graph was built."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("KG_STORE", raising=False)
    Path("good.txt").write_text(GOOD, encoding="utf-8")
    run = lambda *arguments: CliRunner().invoke(main, list(arguments))  # noqa: E731
    assert run("build", "good.txt").exit_code == 0
    return run


def _n_facts() -> int:
    with kg.open() as graph:
        return len(graph.facts())


@pytest.mark.parametrize(
    ("name", "data", "told"),
    [
        ("empty.txt", b"", "empty"),
        ("binary.txt", bytes(range(256)) * 20, "binary"),
        ("latin.jsonl", b'{"id": "a", "text": "caf\xe9 in Hanoi"}\n', "not valid UTF-8"),
        ("line.txt", b"word " * 4_000_000, "too long"),
        ("third.jsonl", b'{"text": ""}\n{"text": ""}\n{"text": \n', "third.jsonl, line 3: malformed JSON"),
        ("page.html", b"<html><body><nav><a href='/'>Home</a></nav></body></html>", "no article"),
        ("page.docx", b"PK", "unknown ending"),
    ],
)
def test_document_that_cannot_be_read_is_skipped_with_the_reason(
    run: Callable[..., Result], name: str, data: bytes, told: str
) -> None:
    Path(name).write_bytes(data)
    before = _n_facts()
    failed = run("build", name)
    assert failed.exit_code == 1
    assert name in failed.stderr
    assert told in failed.stderr
    built = run("build", name, "good.txt")
    assert built.exit_code == 0, built.output
    assert told in built.stderr
    assert "Traceback" not in failed.stderr + built.stderr
    assert _n_facts() == before


def test_invalid_bytes_in_a_text_do_not_stop_the_build(run: Callable[..., Result]) -> None:
    Path("odd.txt").write_bytes(b"Laos and Vietnam signed the Hanoi Trade Agreement \xff\xfe on 6 January 2024.")
    assert run("build", "odd.txt").exit_code in (0, 1)
    assert _n_facts() > 0


def test_folder_without_documents_is_named(run: Callable[..., Result]) -> None:
    Path("nothing").mkdir()
    failed = run("build", "nothing")
    assert failed.exit_code == 1
    assert "no documents in the folder 'nothing'" in failed.stderr


def test_store_that_cannot_be_written_is_named(run: Callable[..., Result]) -> None:
    # A file where the folder should be refuses root too, whom permissions do not stop.
    failed = run("build", "good.txt", "--store", "good.txt")
    assert failed.exit_code == 1
    assert "'good.txt' is a file; a store is a folder" in failed.stderr
    assert Path("good.txt").read_text(encoding="utf-8") == GOOD


def test_store_of_a_newer_version_is_left_alone(run: Callable[..., Result]) -> None:
    head = json.loads(Path("graph/store.json").read_text(encoding="utf-8"))
    newer = json.dumps(head | {"format": 99})
    Path("graph/store.json").write_text(newer, encoding="utf-8")
    for command in (("build", "good.txt"), ("facts",), ("withdraw", "good")):
        failed = run(*command)
        assert failed.exit_code == 1
        assert "newer version" in failed.stderr
    assert Path("graph/store.json").read_text(encoding="utf-8") == newer


def test_secret_file_is_not_reached_by_a_query(run: Callable[..., Result], tmp_path: Path) -> None:
    secret = tmp_path / "secret.ttl"
    secret.write_text('<urn:a> <urn:b> "hush" .', encoding="utf-8")
    for query in (
        f"SELECT * FROM <{secret.as_uri()}> WHERE {{ ?s ?p ?o }}",
        f"SELECT * FROM NAMED <{secret.as_uri()}> WHERE {{ GRAPH ?g {{ ?s ?p ?o }} }}",
        f"LOAD <{secret.as_uri()}>",
        f"SELECT * WHERE {{ SERVICE <{secret.as_uri()}> {{ ?s ?p ?o }} }}",
    ):
        answered = run("sparql", query)
        assert answered.exit_code == 1
        assert "hush" not in answered.output
        assert "not allowed" in answered.stderr
