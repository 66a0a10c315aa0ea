"""The store as others use it: documents, cached extractions, and the graph."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import StoreError, StoreInUse
from kg.model import Document, Entity, Extraction, Fact, Figure, Knowledge, Merge, Skipped
from kg.store.damage import damage_named, damaged, failure_named
from kg.store.documents import DocumentTable
from kg.store.layout import Head, Layout, create, read_head, sweep
from kg.store.manifest import BuildRecord, Manifest, manifest_from_json

if TYPE_CHECKING:
    import pyoxigraph
    import rdflib

    from kg.store.answer import Answer
    from kg.store.edges import Edge
    from kg.store.shapes import Violation


class Store:
    """A folder with documents, what was read in them, and the graph made from all of it.

    A reader sees one graph from its first question on, whatever others build meanwhile; `refresh` goes over to the
    newest one. Reading takes no lock. Writing happens inside `writing`, one process at a time.
    """

    def __init__(self, layout: Layout) -> None:
        self._layout = layout
        self._documents = DocumentTable(layout.documents)
        self._writing = False
        self.refresh()

    @classmethod
    def open(cls, path: str | os.PathLike[str]) -> Store:
        """The store in the folder. Raises StoreError if there is none, or one that this version cannot read."""
        layout = Layout(Path(path))
        read_head(layout)
        return cls(layout)

    @classmethod
    def create_or_open(cls, path: str | os.PathLike[str]) -> Store:
        """The store in the folder, made first if the folder is new or empty."""
        layout = Layout(Path(path))
        create(layout)
        return cls.open(path)

    @property
    def path(self) -> Path:
        return self._layout.root

    def refresh(self) -> None:
        """Goes over to the newest graph."""
        self._head: Head | None = None
        self._manifest: Manifest | None = None
        self._dataset: pyoxigraph.Store | None = None

    def close(self) -> None:
        """Lets go of the graph's files. The next question opens them again."""
        self.refresh()

    # ---------------------------------------------------------------- writing

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Keeps the store for this process. Raises StoreInUse at once if another one is writing it.

        What a killed build left behind is cleared away first.
        """
        from filelock import FileLock, Timeout

        lock = FileLock(self._layout.lock, timeout=0)
        with failure_named(self.path):
            try:
                lock.acquire()
            except Timeout as error:
                raise StoreInUse(
                    f"another process is writing '{self.path}'; wait until it has ended, or build into another folder"
                ) from error
        try:
            self._begin()
            yield
        finally:
            try:
                self._end()
            finally:
                lock.release()

    def _begin(self) -> None:
        with failure_named(self.path):
            self.refresh()
            sweep(self._layout, read_head(self._layout))
            self._documents.begin()
            self._writing = True

    def _end(self) -> None:
        self._writing = False
        with failure_named(self.path):
            self._documents.end()
            sweep(self._layout, read_head(self._layout))

    def _must_write(self) -> None:
        if not self._writing:
            raise StoreError(f"'{self.path}' is open for reading; write inside `with store.writing():`")

    def put_document(self, document: Document) -> None:
        """Keeps a document with its text. It is in the graph once it has been published."""
        self._must_write()
        self._documents.put([document])

    def keep_extraction(self, extraction: Extraction, pipeline: str) -> None:
        """Keeps what `pipeline` read in a document, and the document, for this build and for later ones."""
        self._must_write()
        self._documents.keep_extraction(extraction, pipeline)

    def withdraw(self, document_key: str) -> None:
        """Marks a document as taken back; `publish` what the others say to have it out of the graph."""
        self._must_write()
        self._documents.withdraw(document_key)

    def restore(self, document_key: str) -> None:
        """Undoes `withdraw`: the next build may read the document again."""
        self._must_write()
        self._documents.take_back(document_key)

    def publish(
        self,
        knowledge: Knowledge,
        build: BuildRecord,
        skipped: Sequence[Skipped] = (),
        refused: Sequence[Skipped] = (),
        *,
        then: Callable[[Knowledge], None] | None = None,
    ) -> Manifest:
        """Makes `knowledge` the graph, whole and in one step; until then readers see the old one.

        What cannot be stored (a date that is none, a quote that is not in the text) is left out and listed in the
        manifest as `refused`, after what was `refused` on the way here. Raises StoreError, and leaves the graph as it
        was, if the disk or the shapes refuse. A graph that is new is given to `then` as it was stored, once it is in
        use.
        """
        from kg.store.admission import admit
        from kg.store.publish import Candidate, publish

        self._must_write()
        admitted, left_out = admit(knowledge)
        head = read_head(self._layout)
        with failure_named(self.path):
            self._documents.put(admitted.documents)
            self._documents.commit()
            current = self._readable_manifest(head.dataset)
            manifest = publish(Candidate(self._layout, head, admitted, build, skipped, (*refused, *left_out), current))
            self.refresh()
            self._clear_away()
        if then is not None and (current is None or current.dataset != manifest.dataset):
            then(admitted)
        return manifest

    def _clear_away(self) -> None:
        """Removes the datasets and the readings that nothing refers to any more."""
        head = read_head(self._layout)
        sweep(self._layout, head)
        manifests = [m for m in map(self._readable_manifest, (head.dataset, head.previous)) if m is not None]
        pipelines = [manifest.build.rule_set for manifest in manifests]
        self._documents.forget(keep=[manifest.documents for manifest in manifests], pipelines=pipelines)

    # ---------------------------------------------------------------- documents

    def documents(self) -> list[Document]:
        """The documents of the graph, sorted by key; none if nothing was built yet."""
        if not self.has_graph:
            return []
        return self._documents.documents(version for _, version in sorted(self.manifest().documents.items()))

    def cached_extraction(self, document: Document, pipeline: str) -> Extraction | None:
        """What `pipeline` read in exactly this document, text and metadata, or None if nobody has asked it yet."""
        return self._documents.extraction(document, pipeline)

    def withdrawn(self) -> frozenset[str]:
        """The keys of the documents that were taken back."""
        return self._documents.withdrawn()

    # ---------------------------------------------------------------- the graph

    @property
    def has_graph(self) -> bool:
        """Whether anything was built yet."""
        return self._pinned().dataset is not None

    def manifest(self) -> Manifest:
        """How the graph came to be. Raises StoreError if nothing was built yet."""
        if self._manifest is None:
            self._manifest = self._read_manifest(self._pinned())
        return self._manifest

    @property
    def columns(self) -> Path:
        """Where the graph's columns are kept, if they are; `kg.graph` makes and reads them. They go with the graph."""
        return self._layout.columns(self._pinned().dataset or "")

    def dataset(self) -> pyoxigraph.Store:
        """The graph in Oxigraph, for reading; only `kg.store` and `kg.check` should need it."""
        if self._dataset is None:
            from kg.store.dataset import open_dataset

            self._dataset = open_dataset(self._dataset_folder(self._pinned()))
        return self._dataset

    def rdflib_graph(self) -> rdflib.Graph:
        """The graph for those who work with rdflib: read-only, queries as text, evaluated by Oxigraph."""
        from kg.store.sparql import rdflib_graph

        return rdflib_graph(self.dataset())

    def sparql(self, query: str) -> Answer:
        """What the graph answers to a SPARQL query; the prefixes of the ontology need no declaration.

        Raises QueryError with line and column, or ForbiddenQuery for SERVICE, FROM, LOAD and every update.
        """
        from kg.store.sparql import answer

        with damage_named(self.path):
            return answer(self.rdflib_graph(), query)

    def entities(self) -> list[Entity]:
        """All entities with their mentions, sorted by id."""
        from kg.store.readback import read_entities

        with damage_named(self.path):
            return read_entities(self.dataset())

    def facts(
        self,
        *,
        about: Collection[str] | None = None,
        predicate: str | None = None,
        since: str | None = None,
        until: str | None = None,
        modality: str | None = None,
        status: str | None = None,
    ) -> list[Fact]:
        """The facts that pass every filter, with their evidence, sorted by key.

        `about` holds entity ids: the fact has one of them as subject or object. `since` and `until` are dates
        (YYYY, YYYY-MM or YYYY-MM-DD), inclusive: the days that the fact can mean touch the span between them. A fact
        without a date of its own has that of the meeting that it is about; without any it passes no span.
        """
        from kg.store.readback import read_facts

        with damage_named(self.path):
            return read_facts(
                self.dataset(),
                about=about,
                predicate=predicate,
                since=since,
                until=until,
                modality=modality,
                status=status,
            )

    def facts_with_keys(self, keys: Collection[str]) -> list[Fact]:
        """The facts with these keys, with their evidence, sorted by key; a key that no fact has is passed over."""
        from kg.store.readback import read_facts_with_keys

        with damage_named(self.path):
            return read_facts_with_keys(self.dataset(), keys)

    def figures(self) -> list[Figure]:
        """All figures with their evidence, sorted by key."""
        from kg.store.readback import read_figures

        with damage_named(self.path):
            return read_figures(self.dataset())

    def merges(self) -> list[Merge]:
        """All merges, sorted by the entity and the name that it absorbed."""
        from kg.store.readback import read_merges

        with damage_named(self.path):
            return read_merges(self.dataset())

    def fact_tally(self) -> dict[tuple[str, str, str], int]:
        """How many facts there are of each predicate, modality and status."""
        from kg.store.readback import read_tally

        with damage_named(self.path):
            return read_tally(self.dataset())

    def n_supported(self) -> int:
        """How many facts have a mention in a document of the graph."""
        from kg.store.readback import count_supported

        with damage_named(self.path):
            return count_supported(self.dataset())

    def direct_edges(self) -> set[Edge]:
        """The edges between entities as they are stored: subject, predicate, object or value."""
        from kg.store.readback import read_edges

        with damage_named(self.path):
            return read_edges(self.dataset())

    def check_shapes(self) -> tuple[int, list[Violation]]:
        """The number of nodes in the graph, and what the shapes say against them."""
        from kg.store.shapes import check_shapes
        from kg.store.statements import stored_statements

        with damage_named(self.path), stored_statements(self.dataset()) as statements:
            ids = [id_ for id_ in statements.ids() if "://" not in id_]  # without the concepts
            return len(ids), check_shapes(statements, ids)

    def knowledge(self) -> Knowledge:
        """The whole graph as it was published, but for what could not be stored."""
        return Knowledge(
            documents=tuple(self.documents()),
            entities=tuple(self.entities()),
            facts=tuple(self.facts()),
            figures=tuple(self.figures()),
            merges=tuple(self.merges()),
        )

    def scan(self) -> Knowledge:
        """What `knowledge` gives, several times faster on a big graph: the place of a mention is read from its IRI.

        `kg validate` does not use it, because it would not see a place that was changed.
        """
        from kg.store.scan import scan_graph

        with damage_named(self.path):
            entities, facts = scan_graph(self.dataset())
        return Knowledge(
            documents=tuple(self.documents()),
            entities=tuple(entities),
            facts=tuple(facts),
            figures=tuple(self.figures()),
            merges=tuple(self.merges()),
        )

    def export(self, format: str) -> Iterator[bytes]:
        """The graph as "turtle", "ntriples", "trig" or "jsonld", in pieces; the same facts give the same bytes."""
        from kg.store.export import export

        with damage_named(self.path):
            yield from export(self.dataset(), format)

    # ---------------------------------------------------------------- pinning

    def _pinned(self) -> Head:
        if self._head is None:
            self._head = read_head(self._layout)
        return self._head

    def _dataset_folder(self, head: Head) -> Path:
        if head.dataset is None:
            raise StoreError(f"'{self.path}' holds no graph yet; make one with `kg build SOURCES --store {self.path}`")
        folder = self._layout.dataset(head.dataset)
        if not folder.is_dir() and read_head(self._layout) != head:
            raise StoreError(f"the graph in '{self.path}' was built anew while it was read; open it again")
        return folder

    def _read_manifest(self, head: Head) -> Manifest:
        path = self._dataset_folder(head) / "manifest.json"
        try:
            return manifest_from_json(path.read_text(encoding="utf-8"))
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise damaged(self.path, f"{path.name} cannot be read: {error}") from error

    def _readable_manifest(self, dataset: str | None) -> Manifest | None:
        """The manifest of a dataset, None if there is none to be had: a new graph replaces a damaged one."""
        try:
            return self._read_manifest(Head(dataset)) if dataset else None
        except StoreError:
            return None
