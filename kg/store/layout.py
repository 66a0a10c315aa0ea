"""The folder of a store, and the pointer in it that says which dataset is the graph.

    graph/
      store.json        {"format": 1, "dataset": "000007", "previous": "000006"}: replaced by a rename, never edited
      documents.sqlite  texts, cached extractions, withdrawn documents
      lock              held by the one process that writes
      datasets/000007/  manifest.json, conforming.txt, rdf/ (Oxigraph); written once, then only read;
                        columns/, which can be made again from them at any time and is in no digest or export

A dataset that the pointer does not name is rubbish of a build that was killed: the next writer removes it.
"""

from __future__ import annotations

import json
import os
import shutil
from dataclasses import asdict, dataclass
from pathlib import Path

from kg.errors import StoreError
from kg.store.damage import damaged, failure_named

FORMAT = 1

_HEAD = "store.json"
_NEW_HEAD = "store.json.new"
_DATASETS = "datasets"
# What a process that was killed while it made a store can have left behind.
_UNFINISHED = frozenset((_NEW_HEAD, "lock", "documents.sqlite", "documents.sqlite-journal", _DATASETS))


@dataclass(frozen=True, slots=True)
class Head:
    """Which dataset is the graph, and which one was before it; both are None in a store without a graph."""

    dataset: str | None = None
    previous: str | None = None


@dataclass(frozen=True, slots=True)
class Layout:
    """The paths of a store."""

    root: Path

    @property
    def documents(self) -> Path:
        return self.root / "documents.sqlite"

    @property
    def lock(self) -> Path:
        return self.root / "lock"

    def dataset(self, name: str) -> Path:
        return self.root / _DATASETS / name

    def columns(self, name: str) -> Path:
        return self.dataset(name) / "columns"


def create(layout: Layout) -> None:
    """Makes an empty store, unless there is one. Raises StoreError for a folder with other things in it."""
    root = layout.root
    with failure_named(root):
        if (root / _HEAD).exists():
            return
        if root.exists() and not root.is_dir():
            raise StoreError(f"'{root}' is a file; a store is a folder: name another one with --store")
        if root.is_dir() and (other := sorted(set(os.listdir(root)) - _UNFINISHED)):
            raise StoreError(f"'{root}' is no store: it holds '{other[0]}' and no {_HEAD}; name an empty or new folder")
        root.mkdir(parents=True, exist_ok=True)
        write_head(layout, Head())


def read_head(layout: Layout) -> Head:
    """The pointer. Raises StoreError when there is no store, or one that this version cannot read."""
    root = layout.root
    path = root / _HEAD
    if not root.exists():
        raise StoreError(f"there is no graph at '{root}'; make one with `kg build SOURCES --store {root}`")
    if not root.is_dir() or not path.exists():
        raise StoreError(f"'{root}' is no store (it has no {_HEAD}); name the folder that `kg build` wrote")
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        written = data["format"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise damaged(root, f"{_HEAD} cannot be read: {error}") from error
    if not isinstance(written, int) or written > FORMAT:
        raise StoreError(f"'{root}' was written by a newer version of kg (format {written}, not {FORMAT}); update kg")
    return Head(data.get("dataset"), data.get("previous"))


def write_head(layout: Layout, head: Head) -> None:
    """Replaces the pointer in one step: whoever reads it meanwhile sees the old one or the new one."""
    new = layout.root / _NEW_HEAD
    write_durably(new, json.dumps({"format": FORMAT, **asdict(head)}) + "\n")
    os.replace(new, layout.root / _HEAD)
    sync_folder(layout.root)


def next_name(head: Head) -> str:
    """The name of the dataset that is built now."""
    return f"{int(head.dataset or 0) + 1:06d}"


def sweep(layout: Layout, head: Head) -> None:
    """Removes every dataset but the graph and the one before it, which someone may still be reading."""
    folder = layout.root / _DATASETS
    if not folder.is_dir():
        return
    for entry in sorted(folder.iterdir()):
        if entry.name not in (head.dataset, head.previous):
            shutil.rmtree(entry, ignore_errors=True)


def write_durably(path: Path, text: str) -> None:
    """Writes a small file and waits until it is on the disk."""
    with open(path, "w", encoding="utf-8", newline="\n") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())


def sync_folder(path: Path) -> None:
    """Waits until the names in a folder are on the disk, where the system can."""
    if not hasattr(os, "O_DIRECTORY"):
        return
    descriptor = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
