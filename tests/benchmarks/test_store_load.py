"""What the store costs: loading against Oxigraph's bare bulk load, and a whole publication, in CPU seconds of one run.

pytest tests/benchmarks/test_store_load.py -m slow -s
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from pathlib import Path

import pyoxigraph
import pytest

from kg.model import Document, Entity, Fact, Knowledge, Mention
from kg.store import BuildRecord, Store, admission, dataset, publish, serialize

N_FACTS = 20_000
PER_DOCUMENT = 25
BUILD = BuildRecord("0.1.0", "model", "0123456789abcdef", "2024-05-01T10:00:00Z", "2024-05-01T10:05:00Z")


def synthetic(n_facts: int) -> Knowledge:
    """Facts as a build of news gives them: about 15 triples each, with one sentence, 500 leaders, 3,000 meetings."""
    chance = random.Random(1)
    leaders = [Entity(f"leader/person-{n}", "Leader", f"Person {n}", (f"Mr {n}",)) for n in range(500)]
    meetings = [Entity(f"meeting/summit-{n}", "Meeting", f"Summit {n}", (), {"kind": "summit"}) for n in range(3000)]
    documents, facts = [], {}
    for number in range(n_facts // PER_DOCUMENT):
        sentences = [
            f"Person {chance.randrange(500)} led a delegation to Summit {number}-{n}, the ministry said in a statement."
            for n in range(PER_DOCUMENT)
        ]
        document = Document(f"wire-{number}", "\n".join(sentences), published="2024-05-02", publisher="Wire")
        documents.append(document)
        begin = 0
        for words in sentences:
            evidence = Mention(document.key, begin, begin + len(words), words)
            pair = chance.choice(leaders).id, chance.choice(meetings).id
            day = f"2024-{chance.randrange(1, 13):02d}-{chance.randrange(1, 29):02d}"
            fact = Fact(
                pair[0], "attended", pair[1], None, (evidence,), happened=day, reported="2024-05-02", rule="attend"
            )
            facts[fact.key] = fact
            begin += len(words) + 1
    return Knowledge(tuple(documents), tuple(leaders + meetings), tuple(facts.values()), (), ())


def cpu(step: Callable[[], object]) -> float:
    before = time.process_time()
    step()
    return time.process_time() - before


@pytest.mark.slow
def test_loading_costs_little_more_than_bulk_load(tmp_path: Path) -> None:
    knowledge, _ = admission.admit(synthetic(N_FACTS))
    written = dataset.write_partitions(serialize.blocks(knowledge, BUILD), tmp_path)
    (partition,) = written.partitions
    ours, bare = [], []
    for n in range(3):

        def load(n: int = n) -> None:
            store = dataset.load(written.partitions, tmp_path / f"ours-{n}")
            dataset.verify(store, written)

        def bulk_load(n: int = n) -> None:
            store = pyoxigraph.Store(str(tmp_path / f"bare-{n}"))
            store.bulk_load(path=str(partition), format=pyoxigraph.RdfFormat.N_TRIPLES)

        ours.append(cpu(load))
        bare.append(cpu(bulk_load))
    rate, ratio = written.n_triples / min(ours), min(ours) / min(bare)
    print(f"\n{written.n_triples:,} triples: {rate:,.0f} a CPU second, {ratio:.2f} times bare bulk_load")
    assert rate >= 80_000
    assert ratio <= 1.2


@pytest.mark.slow
def test_publishing_costs_little_more_than_load_and_shapes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    knowledge = synthetic(N_FACTS)
    spent: dict[str, float] = {}

    def timed(module: object, name: str) -> None:
        step = getattr(module, name)

        def wrapped(*arguments: object, **named: object) -> object:
            before = time.process_time()
            result = step(*arguments, **named)
            spent[name] = spent.get(name, 0.0) + time.process_time() - before
            return result

        monkeypatch.setattr(module, name, wrapped)

    from kg.store import shapes

    for module, name in ((admission, "admit"), (publish, "write"), (publish, "fill"), (publish, "check")):
        timed(module, name)
    timed(shapes, "validate")
    store = Store.create_or_open(tmp_path / "graph")
    with store.writing():
        total = cpu(lambda: store.publish(knowledge, BUILD))
    parts = ", ".join(f"{name} {seconds:.1f}" for name, seconds in spent.items())
    print(f"\n{len(knowledge.facts):,} facts, {store.manifest().n_triples:,} triples in {total:.1f} CPU s ({parts})")
    assert total <= 2.5 * spent["fill"] + 1.5 * spent["validate"]
