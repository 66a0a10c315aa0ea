"""Columns on disk: what is opened is what was saved, and what is damaged is never believed."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given

from kg.graph.cache import open_columns, open_or_build, save_columns
from kg.graph.columns import PropertyGraph
from kg.graph.networks import names_column
from tests.graph.random_graphs import Rows, graphs, patient, plain


def _contents(graph: PropertyGraph) -> object:
    nodes = [(graph.labels_of(n), plain(graph.node_properties(n)), graph.node_key(n)) for n in graph.nodes()]
    links = [
        (graph.type_of(r), graph.source_of(r), graph.target_of(r), plain(graph.relationship_properties(r)))
        for r in graph.relationships()
    ]
    return nodes, links, graph.labels(), graph.types(), graph.property_keys()


@pytest.fixture
def graph() -> PropertyGraph:
    """More than one page of everything, so that arrays are mapped and not read."""
    return PropertyGraph.build(
        ((["Person"], {"name": f"Ána {n}", "n": n, "tags": [f"t{n % 7}", ""], "any": n if n % 2 else "x"})
         for n in range(20_000)),
        ((n, n // 2, "KNOWS", {"w": n / 7, "ok": n % 3 == 0} if n % 5 else {}) for n in range(20_000)),
    )  # fmt: skip


def test_saved_graph_opens_as_it_was(graph: PropertyGraph, tmp_path: Path) -> None:
    assert save_columns(graph, tmp_path / "columns", "a")
    opened = open_columns(tmp_path / "columns", "a")
    assert opened is not None
    assert _contents(opened) == _contents(graph)
    assert list(opened.find_nodes("Person", "name", "Ána 77")) == [77]
    assert list(opened.find_nodes(None, "tags", ["t3", ""]))[:2] == [3, 10]
    assert [p.name for p in tmp_path.iterdir()] == ["columns"]


@patient
@given(rows=graphs())
def test_any_graph_opens_as_it_was_or_is_not_kept(rows: Rows) -> None:
    graph = PropertyGraph.build(rows.nodes, rows.links)
    with tempfile.TemporaryDirectory() as folder:
        kept = save_columns(graph, Path(folder, "columns"), "a")
        opened = open_columns(Path(folder, "columns"), "a")
        # A lone surrogate has no UTF-8; repr would hide it, JSON shows it.
        assert kept or "\\ud800" in json.dumps([row[-1] for row in (*rows.nodes, *rows.links)])
        assert (opened is not None) == kept
        assert opened is None or _contents(opened) == _contents(graph)


def _flip(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[len(data) * 2 // 3] ^= 1
    path.write_bytes(bytes(data))


def _truncate(path: Path) -> None:
    os.truncate(path, path.stat().st_size // 2)


def _empty(path: Path) -> None:
    path.write_bytes(b"")


@pytest.mark.parametrize("damage", [_flip, _truncate, _empty, Path.unlink])
def test_no_damaged_file_is_believed(damage: Callable[[Path], None], graph: PropertyGraph, tmp_path: Path) -> None:
    save_columns(graph, tmp_path / "columns", "a")
    for name in sorted(path.name for path in (tmp_path / "columns").iterdir()):
        path = tmp_path / "columns" / name
        whole = path.read_bytes()
        damage(path)
        assert open_columns(tmp_path / "columns", "a") is None, name
        path.write_bytes(whole)
    assert open_columns(tmp_path / "columns", "a") is not None


@pytest.mark.parametrize("text", ["", "[]", "{}", "null", '{"digest": 1, "body": []}', "[" * 100_000])
def test_manifest_that_is_none_is_no_cache(text: str, graph: PropertyGraph, tmp_path: Path) -> None:
    save_columns(graph, tmp_path / "columns", "a")
    (tmp_path / "columns" / "manifest.json").write_text(text, encoding="utf-8")
    assert open_columns(tmp_path / "columns", "a") is None


def test_other_content_or_format_is_made_anew(
    graph: PropertyGraph, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "columns"
    small = PropertyGraph.build([(["A"], {})], [])
    assert open_or_build(folder, "a", lambda: graph).n_nodes == 20_000
    assert open_or_build(folder, "a", lambda: small).n_nodes == 20_000
    assert open_or_build(folder, "b", lambda: small).n_nodes == 1
    assert open_or_build(folder, "b", lambda: graph).n_nodes == 1
    monkeypatch.setattr("kg.graph.cache.FORMAT", 99)
    assert open_or_build(folder, "b", lambda: graph).n_nodes == 20_000


def test_graph_stays_readable_while_its_cache_is_replaced(graph: PropertyGraph, tmp_path: Path) -> None:
    save_columns(graph, tmp_path / "columns", "a")
    opened = open_columns(tmp_path / "columns", "a")
    assert opened is not None
    save_columns(PropertyGraph.build([], []), tmp_path / "columns", "b")
    assert opened.node_property(19_999, "name") == "Ána 19999"


def test_folder_that_cannot_be_written_means_no_cache(graph: PropertyGraph, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    assert not save_columns(graph, tmp_path / "file" / "columns", "a")
    assert open_or_build(tmp_path / "missing" / "columns", "a", lambda: graph) is graph
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


def test_names_that_have_no_json_are_not_kept(tmp_path: Path) -> None:
    from dataclasses import replace

    data = PropertyGraph.build([([], {})], []).data
    graph = PropertyGraph(replace(data, node_keys=names_column([object()])))
    assert not save_columns(graph, tmp_path / "columns", "a")
    assert list(tmp_path.iterdir()) == []
