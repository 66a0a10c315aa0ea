"""From knowledge to the graph in use: a new dataset beside the old one, checked, then taken into use in one step.

Killed at any moment, the store still has the old graph or already the new one, whole. The pointer in store.json is
replaced only after everything else is on the disk, and nothing that it names is ever changed.
"""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

import pyoxigraph

from kg.errors import StoreError
from kg.model import Knowledge, Skipped, digest
from kg.store.dataset import Written, load, verify, write_partitions
from kg.store.documents import version_of
from kg.store.layout import Head, Layout, next_name, sync_folder, write_durably, write_head
from kg.store.manifest import BuildRecord, Manifest, ShapesOutcome
from kg.store.serialize import blocks
from kg.store.shapes import check_shapes, shapes_digest

_CONFORMING = "conforming.txt"


@dataclass
class Candidate:
    """A dataset in the making, and what the one in use already knows."""

    layout: Layout
    head: Head
    knowledge: Knowledge
    build: BuildRecord
    skipped: Sequence[Skipped]
    refused: Sequence[Skipped]
    current: Manifest | None
    name: str = ""
    written: Written = field(default_factory=Written)
    store: pyoxigraph.Store | None = None
    outcome: ShapesOutcome = field(default_factory=lambda: ShapesOutcome(False, 0, 0))
    manifest: Manifest | None = None

    @property
    def folder(self) -> Path:
        return self.layout.dataset(self.name)

    @property
    def content(self) -> str:
        """What makes two datasets the same graph: their statements and what was skipped on the way."""
        skipped = "\x1e".join(f"{entry.where}\x1f{entry.reason}" for entry in (*self.skipped, *self.refused))
        return digest(f"{self.written.content}\x1d{skipped}", 32)


def publish(candidate: Candidate) -> Manifest:
    """Makes the dataset and takes it into use. When nothing changed the one in use stays, and so does its manifest."""
    write(candidate)
    if candidate.current is not None and candidate.current.content == candidate.content:
        shutil.rmtree(candidate.folder)
        return candidate.current
    fill(candidate)
    check(candidate)
    seal(candidate)
    return switch(candidate)


def write(candidate: Candidate) -> None:
    """The partitions, in the folder of the new dataset."""
    candidate.name = next_name(candidate.head)
    shutil.rmtree(candidate.folder, ignore_errors=True)
    candidate.folder.mkdir(parents=True)
    candidate.written = write_partitions(blocks(candidate.knowledge, candidate.build), candidate.folder)


def fill(candidate: Candidate) -> None:
    """The Oxigraph store, with every triple that was written."""
    candidate.store = load(candidate.written.partitions, candidate.folder / "rdf")
    verify(candidate.store, candidate.written)


def check(candidate: Candidate) -> None:
    """The shapes, over the nodes whose statements are new. Raises StoreError for a graph that breaks them."""
    marks = {id_: mark for id_, mark in candidate.written.marks.items() if "/" in id_}  # without the concepts
    known = _known_marks(candidate)
    new = [id_ for id_, mark in marks.items() if mark not in known]
    with closing(candidate.written.statements) as statements:
        violations = check_shapes(statements, new)
    if violations:
        first = violations[0]
        raise StoreError(
            f"the new graph breaks its shapes in {len(violations)} places and was not taken into use; "
            f"the first is '{first.node}': {first.message}"
        )
    candidate.outcome = ShapesOutcome(True, n_checked=len(new), n_known=len(marks) - len(new))


def _known_marks(candidate: Candidate) -> set[str]:
    """The marks of the statements that these very shapes found good in the dataset in use."""
    if candidate.head.dataset is None:
        return set()
    try:
        text = (candidate.layout.dataset(candidate.head.dataset) / _CONFORMING).read_text(encoding="ascii")
    except (OSError, UnicodeDecodeError):
        return set()
    shapes, _, marks = text.partition("\n")
    return set(marks.split()) if shapes == shapes_digest() else set()


def seal(candidate: Candidate) -> None:
    """The manifest and the marks, and everything on the disk."""
    written = candidate.written
    candidate.manifest = Manifest(
        dataset=candidate.name,
        content=candidate.content,
        documents={document.key: version_of(document) for document in candidate.knowledge.documents},
        counts=dict(sorted(written.counts.items())),
        build=candidate.build,
        shapes=candidate.outcome,
        skipped=tuple(candidate.skipped),
        refused=tuple(candidate.refused),
        n_triples=written.n_triples,
    )
    candidate.store = None  # closes Oxigraph: from now on the dataset is only read
    for path in written.partitions:
        path.unlink()
    marks = "\n".join((shapes_digest(), *sorted(written.marks.values())))
    write_durably(candidate.folder / _CONFORMING, marks + "\n")
    write_durably(candidate.folder / "manifest.json", candidate.manifest.to_json())
    for folder in (candidate.folder / "rdf", candidate.folder, candidate.folder.parent):
        sync_folder(folder)


def switch(candidate: Candidate) -> Manifest:
    """The moment from which readers find the new graph."""
    assert candidate.manifest is not None
    write_head(candidate.layout, Head(dataset=candidate.name, previous=candidate.head.dataset))
    return candidate.manifest
