"""A build is in the store whole or not at all, whatever happens to the process that makes it."""

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from store_sample import BUILD, SKIPPED, said_by, summit

from kg.errors import StoreError, StoreInUse
from kg.model import Document, Knowledge, Skipped
from kg.store import BuildRecord, Store
from kg.store.admission import admit

OLD, NEW = range(6), range(3, 12)

# A process that builds NEW over OLD and kills itself before or after a step, as SIGKILL would from outside.
BUILDER = """
import os, signal, sys
sys.path[:0] = sys.argv[1:3]
from store_sample import BUILD, said_by
from kg.store import Store, layout, publish
folder, place = sys.argv[3], sys.argv[4]

def killing(module, name, before):
    step = getattr(module, name)
    def wrapped(*args, **kwargs):
        if before:
            os.kill(os.getpid(), signal.SIGKILL)
        step(*args, **kwargs)
        os.kill(os.getpid(), signal.SIGKILL)
    setattr(module, name, wrapped)

when, _, what = place.partition(" ")
if what:
    module, name = what.split(".")
    killing({"publish": publish, "layout": layout, "os": os}[module], name, when == "before")
store, knowledge = Store.open(folder), said_by(range(3, 12))
with store.writing():
    print("ready", flush=True)
    store.publish(knowledge, BUILD)
"""
STEPS = ("publish.write", "publish.fill", "publish.check", "publish.seal", "publish.switch", "os.replace")
PLACES = [f"{when} {step}" for step in STEPS for when in ("before", "after")]


def published(folder: Path, knowledge: Knowledge, build: BuildRecord = BUILD) -> Store:
    store = Store.create_or_open(folder)
    with store.writing():
        store.publish(knowledge, build)
    return store


def exported(store: Store) -> bytes:
    return b"".join(store.export("ntriples"))


@pytest.fixture(scope="module")
def graphs(tmp_path_factory: pytest.TempPathFactory) -> tuple[bytes, bytes]:
    """What the store exports before and after the build that is killed."""
    folder = tmp_path_factory.mktemp("whole")
    return exported(published(folder / "old", said_by(OLD))), exported(published(folder / "new", said_by(NEW)))


def start(folder: Path, place: str) -> subprocess.Popen[bytes]:
    here = Path(__file__)
    arguments = [str(here.parents[2]), str(here.parent), str(folder), place]
    return subprocess.Popen([sys.executable, "-c", BUILDER, *arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def check_whole(folder: Path, graphs: tuple[bytes, bytes]) -> None:
    """The old graph or the new one, a build over it works, and nothing is left lying about."""
    store = Store.open(folder)
    assert exported(store) in graphs
    assert len(store.documents()) == store.manifest().counts["documents"]
    with store.writing():
        store.publish(said_by(NEW), BUILD)
    assert exported(store) == graphs[1]
    kept = sorted(path.name for path in (folder / "datasets").iterdir())
    head = json.loads((folder / "store.json").read_text())
    assert kept == sorted(filter(None, (head["dataset"], head["previous"])))


@pytest.mark.parametrize("place", PLACES)
def test_killed_at_any_step_the_store_is_whole(tmp_path: Path, graphs: tuple[bytes, bytes], place: str) -> None:
    published(tmp_path / "graph", said_by(OLD))
    process = start(tmp_path / "graph", place)
    _, errors = process.communicate(timeout=120)
    assert process.returncode == -signal.SIGKILL, errors.decode()
    check_whole(tmp_path / "graph", graphs)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(8))
def test_killed_at_any_moment_the_store_is_whole(tmp_path: Path, graphs: tuple[bytes, bytes], seed: int) -> None:
    published(tmp_path / "graph", said_by(OLD))
    process = start(tmp_path / "graph", "")
    assert process.stdout is not None
    assert process.stdout.readline() == b"ready\n"
    time.sleep(random.Random(seed).uniform(0, 1))
    os.kill(process.pid, signal.SIGKILL)
    process.communicate(timeout=120)
    check_whole(tmp_path / "graph", graphs)


def test_a_reader_keeps_its_graph_while_another_is_built(tmp_path: Path, graphs: tuple[bytes, bytes]) -> None:
    published(tmp_path / "graph", said_by(OLD))
    reader = Store.open(tmp_path / "graph")
    n_documents = len(reader.documents())
    reader.dataset()
    published(tmp_path / "graph", said_by(NEW))
    assert exported(reader) == graphs[0]
    assert len(reader.documents()) == n_documents
    reader.refresh()
    assert exported(reader) == graphs[1]


def test_a_reader_that_is_two_builds_behind_is_told(tmp_path: Path) -> None:
    published(tmp_path / "graph", said_by(OLD))
    reader = Store.open(tmp_path / "graph")
    assert reader.has_graph
    published(tmp_path / "graph", said_by(NEW))
    published(tmp_path / "graph", said_by(OLD[:3]))
    with pytest.raises(StoreError, match="built anew while it was read"):
        reader.facts()


def test_a_second_writer_is_told_at_once(tmp_path: Path) -> None:
    store = published(tmp_path / "graph", said_by(OLD))
    other = Store.open(tmp_path / "graph")
    with store.writing():
        with pytest.raises(StoreInUse, match="another process is writing"), other.writing():
            pass
        store.put_document(Document("waiting", "Not built yet."))
        assert len(other.facts()) == len(store.facts())
        assert len(other.documents()) == len(OLD)
    with other.writing():
        pass


def test_writing_needs_the_lock(tmp_path: Path) -> None:
    store = Store.create_or_open(tmp_path / "graph")
    with pytest.raises(StoreError, match=r"with store\.writing"):
        store.publish(summit(), BUILD)


def test_nothing_new_leaves_the_dataset_alone(tmp_path: Path) -> None:
    store = published(tmp_path / "graph", summit())
    before = store.manifest()
    later = BuildRecord(BUILD.version, BUILD.model, BUILD.rule_set, "2030-01-01T00:00:00Z", "2030-01-01T00:00:01Z")
    assert published(tmp_path / "graph", summit(), later).manifest() == before
    assert [path.name for path in (tmp_path / "graph" / "datasets").iterdir()] == [before.dataset]


def test_newly_skipped_input_is_recorded_though_no_fact_changed(tmp_path: Path) -> None:
    store = published(tmp_path / "graph", summit())
    with store.writing():
        store.publish(summit(), BUILD, SKIPPED)
    assert Store.open(tmp_path / "graph").manifest().skipped == SKIPPED


def test_only_what_is_new_is_checked_again(tmp_path: Path) -> None:
    store = published(tmp_path / "graph", said_by(range(6)))
    n_nodes = store.manifest().shapes.n_checked
    assert store.manifest().shapes.n_known == 0
    published(tmp_path / "graph", said_by(range(7)))
    shapes = Store.open(tmp_path / "graph").manifest().shapes
    assert shapes.conforms
    assert 0 < shapes.n_checked < n_nodes
    assert shapes.n_known > 0


def test_other_shapes_check_everything_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    n_nodes = published(tmp_path / "graph", said_by(range(6))).manifest().shapes.n_checked
    monkeypatch.setattr("kg.store.publish.shapes_digest", lambda: "other shapes")
    assert published(tmp_path / "graph", said_by(range(7))).manifest().shapes.n_checked > n_nodes


def test_a_graph_that_breaks_its_shapes_is_not_taken_into_use(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = published(tmp_path / "graph", said_by(OLD))
    before = exported(store)
    broken = said_by(NEW)
    broken = Knowledge(broken.documents[:-1], broken.entities, broken.facts, (), broken.merges)
    monkeypatch.setattr("kg.store.admission.admit", lambda knowledge: (knowledge, []))
    with store.writing(), pytest.raises(StoreError, match=r"breaks its shapes in \d+ places"):
        store.publish(broken, BUILD)
    assert exported(Store.open(tmp_path / "graph")) == before
    assert len(list((tmp_path / "graph" / "datasets").iterdir())) == 1


def test_a_dataset_with_too_few_triples_is_not_taken_into_use(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = published(tmp_path / "graph", said_by(OLD))
    before = exported(store)
    from kg.store import publish

    write = publish.write

    def write_less(candidate: publish.Candidate) -> None:
        write(candidate)
        part = candidate.written.partitions[0]
        part.write_bytes(b"".join(part.read_bytes().splitlines(keepends=True)[:-1]))

    monkeypatch.setattr("kg.store.publish.write", write_less)
    with store.writing(), pytest.raises(StoreError, match=r"holds \d+ triples of \d+"):
        store.publish(said_by(NEW), BUILD)
    assert exported(Store.open(tmp_path / "graph")) == before


def test_many_partitions_make_the_same_graph(
    tmp_path: Path, graphs: tuple[bytes, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kg.store.dataset.PARTITION_TRIPLES", 40)
    assert exported(published(tmp_path / "graph", said_by(OLD))) == graphs[0]


def test_what_cannot_be_stored_is_listed_and_the_rest_is_there(tmp_path: Path) -> None:
    knowledge = summit()
    bad = [*knowledge.facts[:3]]
    store = Store.create_or_open(tmp_path / "graph")
    with store.writing():
        from dataclasses import replace

        bad[2] = replace(bad[2], happened="2021-02-30")
        manifest = store.publish(replace(knowledge, facts=(*bad, *knowledge.facts[3:])), BUILD, SKIPPED)
    assert manifest.skipped == SKIPPED
    assert [entry.where for entry in manifest.refused] == ["wire-1"]
    assert "2021-02-30' is no date" in manifest.refused[0].reason
    assert len(store.facts()) == len(knowledge.facts) - 1


# ---------------------------------------------------------------- taking back


@pytest.mark.parametrize("gone", [{4}, {0, 1}, {0, 2, 3, 5}])
def test_without_a_document_the_graph_is_as_if_it_had_never_been(tmp_path: Path, gone: set[int]) -> None:
    rest = [n for n in range(6) if n not in gone]
    never = published(tmp_path / "never", said_by(rest))
    once = published(tmp_path / "once", said_by(range(6)))
    published(tmp_path / "once", said_by(rest))
    once.refresh()
    for format in ("ntriples", "turtle", "trig", "jsonld"):
        assert b"".join(once.export(format)) == b"".join(never.export(format))
    assert once.knowledge() == never.knowledge()
    assert once.manifest().content == never.manifest().content


def test_a_fact_of_two_documents_outlives_one(tmp_path: Path) -> None:
    def evidence(store: Store) -> dict[str, set[str]]:
        return {fact.key: {mention.document for mention in fact.evidence} for fact in store.facts()}

    both = evidence(published(tmp_path / "both", said_by((0, 6))))
    one = evidence(published(tmp_path / "one", said_by((0,))))
    assert {key for key, documents in both.items() if len(documents) == 2} <= set(one)
    assert len(one) < len(both)


def test_the_order_of_the_parts_does_not_matter(tmp_path: Path) -> None:
    parts = said_by(range(6))
    back = Knowledge(
        *(tuple(reversed(part)) for part in (parts.documents, parts.entities, parts.facts, parts.figures, parts.merges))
    )
    one, other = published(tmp_path / "one", parts), published(tmp_path / "other", back)
    assert exported(one) == exported(other)
    assert one.manifest().content == other.manifest().content


def test_a_damaged_graph_can_be_built_over(tmp_path: Path, graphs: tuple[bytes, bytes]) -> None:
    store = published(tmp_path / "graph", said_by(OLD))
    (tmp_path / "graph" / "datasets" / store.manifest().dataset / "manifest.json").write_text("{")
    published(tmp_path / "graph", said_by(NEW))
    assert exported(Store.open(tmp_path / "graph")) == graphs[1]


def test_the_manifest_names_documents_and_their_versions(store: Store) -> None:
    manifest = store.manifest()
    assert list(manifest.documents) == sorted(document.key for document in summit().documents)
    assert manifest.counts["facts"] == len(admit(summit())[0].facts)
    assert manifest.build == BUILD
    assert manifest.skipped == (Skipped("news.jsonl, line 3", "no JSON"),)
