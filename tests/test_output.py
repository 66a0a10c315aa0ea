"""Results reach the disk whole or not at all, and never over somebody else's file."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.errors import OutputError
from kg.output import write_output

MARK = b'content="entente-kg"'


def test_own_earlier_result_is_replaced(tmp_path: Path) -> None:
    target = tmp_path / "graph.html"
    write_output(target, b"<meta " + MARK + b">old", ours=MARK)
    write_output(target, b"<meta " + MARK + b">new", ours=MARK)
    assert target.read_bytes().endswith(b"new")
    assert [path.name for path in tmp_path.iterdir()] == ["graph.html"]


def test_foreign_file_is_kept_unless_forced(tmp_path: Path) -> None:
    target = tmp_path / "thesis.html"
    target.write_text("my thesis", encoding="utf-8")
    with pytest.raises(OutputError, match="no earlier result of this command"):
        write_output(target, b"new", ours=MARK)
    assert target.read_text(encoding="utf-8") == "my thesis"
    write_output(target, b"new", ours=MARK, force=True)
    assert target.read_bytes() == b"new"


@pytest.mark.parametrize("name", ["missing/out.csv", "", "x" * 300 + ".csv", "a\0b"])
def test_impossible_targets_are_named(tmp_path: Path, name: str) -> None:
    with pytest.raises(OutputError, match="cannot write"):
        write_output(tmp_path / name, b"data")
    assert list(tmp_path.iterdir()) == []


def test_link_is_replaced_and_not_followed(tmp_path: Path) -> None:
    precious = tmp_path / "precious"
    precious.write_text("keep", encoding="utf-8")
    link = tmp_path / "out.csv"
    link.symlink_to(precious)
    write_output(link, b"data", force=True)
    assert precious.read_text(encoding="utf-8") == "keep"
    assert not link.is_symlink()


def test_full_disk_leaves_the_old_result(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import os

    target = tmp_path / "out.csv"
    target.write_text("old", encoding="utf-8")

    def no_space(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", no_space)
    with pytest.raises(OutputError, match="No space left on device"):
        write_output(target, b"new", force=True)
    assert [path.name for path in tmp_path.iterdir()] == ["out.csv"]
    assert target.read_text(encoding="utf-8") == "old"
