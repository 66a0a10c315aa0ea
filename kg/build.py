"""Building: sources -> documents -> extractions -> knowledge -> the graph in the store; and taking documents back.

This file joins the rooms and does no work of theirs. What it decides is which documents the graph is made of.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import InputError, StoreError, UnknownName
from kg.model import Document, Extraction, Knowledge, Skipped

if TYPE_CHECKING:
    from kg.extract.optional import Extractor
    from kg.store import BuildRecord, Manifest, Store

# Told as a build goes on: what is being done, how many are done, of how many (None: not known yet).
Progress = Callable[[str, int, int | None], None]


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build or a withdrawal did, and what the graph holds now. Counts of documents are of distinct texts.

    `n_refused` counts what an optional extractor claimed and its documents do not say; the graph card lists it.
    """

    store: Path
    n_new: int
    n_known: int
    n_replaced: int
    n_withdrawn: int  # read again, but taken back earlier
    skipped: tuple[Skipped, ...]
    n_documents: int
    n_entities: int
    n_facts: int
    changed: bool
    n_refused: int = 0

    def __str__(self) -> str:
        parts = [f"{self.n_new} new", f"{self.n_known} known already"]
        parts += [f"{self.n_replaced} of them replacing an older version"] if self.n_replaced else []
        parts += [f"{self.n_withdrawn} left out because withdrawn"] if self.n_withdrawn else []
        parts += [f"{len(self.skipped)} skipped"] if self.skipped else []
        lines = [f"Documents: {', '.join(parts)}."]
        lines += [f"  skipped {one.where}: {one.reason}" for one in self.skipped]
        lines += [f"Claims left out: {self.n_refused}; `kg stats` lists them."] if self.n_refused else []
        state = "now holds" if self.changed else "is unchanged:"
        counts = f"{self.n_documents} documents, {self.n_entities} entities, {self.n_facts} facts"
        return "\n".join((*lines, f"The graph in {self.store} {state} {counts}."))


def build(
    sources: Iterable[str | Path],
    *,
    store: str | Path = "graph",
    model: str | None = None,
    extractor: Extractor | None = None,
    withdrawn: str = "leave out",
    progress: Progress | None = None,
) -> BuildReport:
    """Read `sources` and add what they say to the graph in the folder `store`, which is made if it is new.

    Only documents that are new or have changed are read by the model. A document with the source and id of a known
    one replaces it; the same text twice is one document. A document that was withdrawn stays out, unless `withdrawn`
    is "take in" instead of "leave out". What an optional `extractor` (`kg.extract.optional`) claims is added to what
    the rules read, as far as the text bears it out. What cannot be read is skipped and listed. Raises KgError, and
    leaves the graph as it was, when the whole cannot be done; it can be killed any time.
    """
    from kg.extract import DEFAULT_MODEL
    from kg.store import Store

    tell = progress or _silent
    read, skipped = _read(sources, tell)
    with closing(Store.create_or_open(store)) as opened, opened.writing():
        known = opened.documents()
        if withdrawn == "take in":
            for key in sorted(opened.withdrawn() & {document.key for document in read}):
                opened.restore(key)
        plan = _plan(known, read, opened.withdrawn())
        record = _record(model or DEFAULT_MODEL, extractor)
        noted = _noted(opened, [str(source) for source in sources], skipped)
        if _is_same(opened, plan.documents, record, noted):
            return _report(opened.manifest(), opened, plan, skipped, changed=False)
        reader = _Reader(model or DEFAULT_MODEL, extractor)
        extractions = _extractions(opened, plan.documents, record, reader, tell)
        manifest = _publish(opened, extractions, record, noted, tell)
        n_refused = sum(len(extraction.refused) for extraction in extractions)
        return _report(manifest, opened, plan, skipped, changed=True, n_refused=n_refused)


def extract(
    sources: Iterable[str | Path],
    *,
    model: str | None = None,
    extractor: Extractor | None = None,
    skipped: list[Skipped] | None = None,
) -> Iterator[Extraction]:
    """What each document of `sources` says on its own, in order; no store is touched.

    What cannot be read is appended to `skipped`, and what an optional `extractor` claims and a document does not say.
    """
    from kg.extract import DEFAULT_MODEL, extract_documents
    from kg.read import read_documents

    left_out = [] if skipped is None else skipped

    def documents() -> Iterator[Document]:
        for one in read_documents(sources):
            if isinstance(one, Skipped):
                left_out.append(one)
            else:
                yield one

    for extraction in extract_documents(documents(), model=model or DEFAULT_MODEL, extractor=extractor):
        left_out += extraction.refused
        yield extraction


def withdraw(document: str, *, store: str | Path = "graph") -> BuildReport:
    """Take a document back: its mentions, and exactly the facts that rest on it alone. Later builds leave it out.

    `document` is its key, id or source. Raises UnknownName when none or several fit.
    """
    from kg.store import Store

    with closing(Store.open(store)) as opened, opened.writing():
        documents = opened.documents()
        gone = _find_document(documents, document)
        rest = [one for one in documents if one.key != gone.key]
        record = _present_record(opened, rest)
        noted = _noted(opened, [], ())
        extractions = _extractions(opened, rest, record, _Reader(record.model), _silent)
        opened.withdraw(gone.key)
        manifest = _publish(opened, extractions, record, noted, _silent)
        return _report(manifest, opened, _Plan(rest, 0, len(rest), 0, 1), (), changed=True)


def _silent(stage: str, done: int, total: int | None) -> None:
    pass


# ---------------------------------------------------------------- which documents


@dataclass(frozen=True, slots=True)
class _Plan:
    """The documents that the graph is to be made of, sorted by key, and how they came to be."""

    documents: list[Document]
    n_new: int
    n_known: int
    n_replaced: int
    n_withdrawn: int


def _read(sources: Iterable[str | Path], tell: Progress) -> tuple[list[Document], list[Skipped]]:
    from kg.read import read_documents

    documents: list[Document] = []
    skipped: list[Skipped] = []
    for n_read, one in enumerate(read_documents(sources), 1):
        if isinstance(one, Skipped):
            skipped.append(one)
        else:
            documents.append(one)
        tell("reading", n_read, None)
    if not documents and skipped:
        reasons = "; ".join(f"{one.where}: {one.reason}" for one in skipped[:5])
        raise InputError(f"nothing to build from: every document was skipped ({reasons})")
    return documents, skipped


def _plan(known: Sequence[Document], read: Iterable[Document], withdrawn: frozenset[str]) -> _Plan:
    """Whatever the order of `read`, the outcome is the same."""
    incoming: dict[str, Document] = {}
    for document in read:
        incoming[document.key] = min(document, incoming.get(document.key, document), key=_preference)
    wanted = {key: document for key, document in incoming.items() if key not in withdrawn}
    places = {_place(document) for document in wanted.values()} - {None}
    kept = {d.key: d for d in known if d.key in wanted or _place(d) not in places}
    n_known = len(wanted.keys() & kept.keys())
    for key, document in wanted.items():
        if key not in kept or _place(document) == _place(kept[key]):
            kept[key] = document
        else:
            kept[key] = min(kept[key], document, key=_preference)
    return _Plan(
        documents=[kept[key] for key in sorted(kept)],
        n_new=len(wanted) - n_known,
        n_known=n_known,
        n_replaced=len({d.key for d in known} - kept.keys()),
        n_withdrawn=len(incoming) - len(wanted),
    )


def _place(document: Document) -> tuple[str, str] | None:
    """Where a later version of the same article would be found; text from standard input has no place."""
    return (document.source, document.id) if document.source else None


def _preference(document: Document) -> tuple[int, tuple[str, ...]]:
    """Of one text in two places the description that says more, then the first in the alphabet."""
    said = (document.published, document.title, document.publisher, document.source)
    return sum(not one for one in said), (document.source or "", document.id, *(one or "" for one in said))


def _find_document(documents: Sequence[Document], wanted: str) -> Document:
    for names in (lambda d: (d.key,), lambda d: (d.id,), lambda d: (d.source,)):
        found = [document for document in documents if wanted in names(document)]
        if len(found) == 1:
            return found[0]
        if found:
            listed = ", ".join(f"{d.key} ({d.source or d.id})" for d in found[:8])
            raise UnknownName(f"'{wanted}' names {len(found)} documents; give the key of one: {listed}")
    raise UnknownName(_no_document(documents, wanted))


def _no_document(documents: Iterable[Document], wanted: str) -> str:
    from difflib import get_close_matches

    near = get_close_matches(wanted, sorted({d.id for d in documents}), n=3)
    hint = f"did you mean {' or '.join(repr(one) for one in near)}?" if near else "`kg export --format csv` names all"
    return f"no document in the graph has the key, id or source '{wanted}'; {hint}"


# ---------------------------------------------------------------- from documents to the graph


@dataclass(frozen=True, slots=True)
class _Reader:
    """Who reads what is new: the spaCy model, and an optional extractor."""

    model: str
    extractor: Extractor | None = None


# Between the spaCy model and an optional extractor in the record of a build.
_AND = " + "


def _record(model: str, extractor: Extractor | None = None) -> BuildRecord:
    from datetime import UTC, datetime

    from kg import __version__
    from kg.extract import pipeline_digest
    from kg.model import digest
    from kg.store import BuildRecord

    rule_set = pipeline_digest(model)
    if extractor is not None:
        rule_set = digest(f"{rule_set}\x1f{extractor.title}", 16)
        model = f"{model}{_AND}{extractor.title}"

    # The one look at the clock: when a graph was made is kept beside it, and in no export.
    return BuildRecord(__version__, model, rule_set, started=datetime.now(UTC).isoformat(timespec="seconds"))


def _present_record(store: Store, documents: Iterable[Document]) -> BuildRecord:
    """The record of the graph in use while all that its pipeline read is still there; else that of this version."""
    build = store.manifest().build
    if all(store.cached_extraction(document, build.rule_set) for document in documents):
        return build
    if _AND in build.model:
        raise StoreError(
            f"the graph was made with {build.model}, and what it read in some documents is lost; "
            "build it again with the same extractor first"
        )
    return _record(build.model)


def _is_same(store: Store, documents: list[Document], record: BuildRecord, skipped: Sequence[Skipped]) -> bool:
    if not store.has_graph:
        return False
    manifest = store.manifest()
    return manifest.build.id == record.id and documents == store.documents() and set(manifest.skipped) == set(skipped)


def _extractions(
    store: Store, documents: list[Document], record: BuildRecord, reader: _Reader, tell: Progress
) -> list[Extraction]:
    """All extractions, in the order of the documents; what the pipeline read earlier is not read again."""
    from kg.extract import extract_documents

    found = {document.key: store.cached_extraction(document, record.rule_set) for document in documents}
    missing = [document for document in documents if found[document.key] is None]
    # With nothing to read, as when a document is taken back, no model has to be there.
    read = extract_documents(missing, model=reader.model, extractor=reader.extractor) if missing else iter(())
    for n_done, extraction in enumerate(read, 1):
        store.keep_extraction(extraction, record.rule_set)
        found[extraction.document.key] = extraction
        tell("extracting", n_done, len(missing))
    return [extraction for extraction in found.values() if extraction is not None]


def _publish(
    store: Store, extractions: list[Extraction], record: BuildRecord, skipped: Sequence[Skipped], tell: Progress
) -> Manifest:
    from dataclasses import replace
    from datetime import UTC, datetime

    from kg.resolve import resolve

    def keep(stored: Knowledge) -> None:
        from kg.graph.kept import keep_columns

        keep_columns(stored, store.columns, store.manifest().content)

    tell("resolving", 0, 1)
    knowledge = resolve(extractions)
    tell("resolving", 1, 1)
    ended = datetime.now(UTC).isoformat(timespec="seconds")
    refused = sorted({one for extraction in extractions for one in extraction.refused}, key=_where)
    return store.publish(knowledge, replace(record, ended=ended), skipped, refused, then=keep)


def _noted(store: Store, sources: Sequence[str], skipped: Sequence[Skipped]) -> list[Skipped]:
    """What was skipped now, and what earlier builds skipped in sources that were not read again now."""
    earlier = store.manifest().skipped if store.has_graph else ()
    kept = {one for one in earlier if not _lies_in(one.where, sources)}
    return sorted(kept | set(skipped), key=_where)


def _where(one: Skipped) -> tuple[str, str]:
    return one.where, one.reason


def _lies_in(where: str, sources: Iterable[str]) -> bool:
    """Whether a place such as "articles/a.jsonl, line 3" is in one of the sources."""
    for source in sources:
        name = "standard input" if source == "-" else str(Path(source))
        if (
            where == name
            or where.startswith(f"{name},")
            or (name != "standard input" and Path(where).is_relative_to(name))
        ):
            return True
    return False


def _report(
    manifest: Manifest, store: Store, plan: _Plan, skipped: Sequence[Skipped], *, changed: bool, n_refused: int = 0
) -> BuildReport:
    return BuildReport(
        store=store.path,
        n_new=plan.n_new,
        n_known=plan.n_known,
        n_replaced=plan.n_replaced,
        n_withdrawn=plan.n_withdrawn,
        skipped=tuple(skipped),
        n_documents=manifest.counts.get("documents", 0),
        n_entities=manifest.counts.get("entities", 0),
        n_facts=manifest.counts.get("facts", 0),
        changed=changed,
        n_refused=n_refused,
    )
