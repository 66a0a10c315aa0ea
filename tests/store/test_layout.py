"""A folder that cannot be used is refused in one sentence that says why and what to do."""

import json
import os
import re
from pathlib import Path

import pytest
from store_sample import BUILD, summit

from kg.errors import StoreError
from kg.store import Store


def refused(path: Path, *, create: bool = False) -> str:
    with pytest.raises(StoreError) as caught:
        Store.create_or_open(path) if create else Store.open(path)
    message = str(caught.value)
    assert str(path) in message
    assert "\n" not in message
    return message


def test_no_store_there(tmp_path: Path) -> None:
    assert "kg build" in refused(tmp_path / "nowhere")


@pytest.mark.parametrize("create", [False, True])
def test_a_folder_with_other_things_is_no_store(tmp_path: Path, create: bool) -> None:
    (tmp_path / "thesis.txt").write_text("mine")
    assert "is no store" in refused(tmp_path, create=create)
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.txt"]


def test_a_file_is_no_store(tmp_path: Path) -> None:
    (tmp_path / "graph").write_text("")
    assert "--store" in refused(tmp_path / "graph", create=True)
    assert "is no store" in refused(tmp_path / "graph")


def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    assert "cannot be written" in refused(tmp_path / "file" / "graph", create=True)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_without_permission(tmp_path: Path) -> None:
    (tmp_path / "locked").mkdir(mode=0o500)
    assert "no permission" in refused(tmp_path / "locked" / "graph", create=True)


def test_a_store_of_a_newer_version(store: Store) -> None:
    (store.path / "store.json").write_text(json.dumps({"format": 99, "dataset": "000001"}))
    assert "newer version" in refused(store.path)


@pytest.mark.parametrize("text", ["", "{", "[]", '{"dataset": "000001"}'])
def test_a_damaged_pointer(store: Store, text: str) -> None:
    (store.path / "store.json").write_text(text)
    assert "damaged" in refused(store.path)


def test_an_empty_folder_becomes_a_store(tmp_path: Path) -> None:
    store = Store.create_or_open(tmp_path)
    assert not store.has_graph
    assert store.documents() == []
    with pytest.raises(StoreError, match="holds no graph yet; make one with `kg build"):
        store.facts()


def test_a_store_that_was_never_finished_is_finished(tmp_path: Path) -> None:
    (tmp_path / "store.json.new").write_text("{")
    store = Store.create_or_open(tmp_path)
    with store.writing():
        store.publish(summit(), BUILD)
    assert store.facts()


def test_a_store_made_twice_keeps_its_graph(store: Store) -> None:
    assert Store.create_or_open(store.path).facts() == store.facts()


def dataset_files(store: Store, pattern: str) -> list[Path]:
    return sorted((store.path / "datasets").glob(f"*/rdf/{pattern}"))


def test_bytes_changed_in_the_dataset_are_no_answer(store: Store) -> None:
    for path in dataset_files(store, "*.sst"):
        data = bytearray(path.read_bytes())
        data[10 : len(data) // 2] = os.urandom(len(data) // 2 - 10)
        path.write_bytes(data)
    with pytest.raises(StoreError, match="damaged .*; restore the folder from a copy, or remove it and build it again"):
        store.facts()


@pytest.mark.parametrize("what", ["CURRENT", "MANIFEST-*"])
def test_files_gone_from_the_dataset(store: Store, what: str) -> None:
    for path in dataset_files(store, what):
        path.unlink()
    with pytest.raises(StoreError, match="damaged"):
        store.sparql("ASK {}")


def test_a_dataset_that_is_gone(store: Store) -> None:
    (store.path / "datasets").rename(store.path / "elsewhere")
    for ask in (store.facts, store.manifest, store.documents):
        with pytest.raises(StoreError, match="damaged"):
            ask()


def test_a_damaged_documents_file(store: Store) -> None:
    (store.path / "documents.sqlite").write_bytes(b"no database" * 1000)
    with pytest.raises(StoreError, match="damaged"):
        store.documents()


def test_a_disk_that_fails_while_building_leaves_the_graph(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    before = store.facts()

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("kg.store.publish.write_partitions", full)
    with store.writing(), pytest.raises(StoreError, match=re.escape("no space left on the device")):
        store.publish(summit(), BUILD)
    assert Store.open(store.path).facts() == before
