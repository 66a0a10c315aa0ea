"""How well resolution tells people, bodies and meetings apart, and what it costs: run with `-s` to see the figures.

The corpus is invented (`make_mentions.py`): its names are as hard as those of news, its documents are more regular. The
shares of right merges are of pairs: precision is the share of the pairs found that are one thing, recall the share of
the pairs that are one thing that were found.
"""

from __future__ import annotations

import resource
import time
from collections import Counter
from collections.abc import Iterator
from math import comb

import pytest

from kg.model import Extraction, Knowledge
from kg.resolve import resolve
from tests.benchmarks.make_mentions import make_corpus

Truth = dict[tuple[str, str], object]


def _pairs(labels: list[tuple[object, object]]) -> tuple[float, float, float]:
    """Pairwise precision, recall and F1 of (found, true) labels."""
    both = sum(comb(n, 2) for n in Counter(labels).values())
    found = sum(comb(n, 2) for n in Counter(a for a, _ in labels).values())
    true = sum(comb(n, 2) for n in Counter(b for _, b in labels).values())
    precision, recall = both / found, both / true
    return precision, recall, 2 * precision * recall / (precision + recall)


def _labels(corpus: list[Extraction], truth: Truth, knowledge: Knowledge, type: str) -> Iterator[tuple[object, object]]:
    by_mention = {(m.document, m.begin): e.id for e in knowledge.entities if e.type == type for m in e.mentions}
    for extraction in corpus:
        for entity in extraction.entities:
            if entity.type == type and (extraction.document.key, entity.id) in truth:
                mention = entity.mentions[0]
                yield by_mention[mention.document, mention.begin], truth[extraction.document.key, entity.id]


def _measured(n_mentions: int, *, seed: int = 7) -> tuple[dict[str, tuple[float, float, float]], float]:
    """Scores by type of entity, and the CPU seconds that resolution took: other processes must not count."""
    corpus, truth = make_corpus(n_mentions, seed=seed)
    wall, start = time.perf_counter(), time.process_time()
    knowledge = resolve(corpus)
    wall, seconds = time.perf_counter() - wall, time.process_time() - start
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10
    print(
        f"\n{n_mentions} mentions of people in {len(corpus)} documents: {seconds:.1f} CPU s, {wall:.1f} s, {memory} MB"
    )
    scores = {}
    for type in ("Leader", "Meeting", "Organization"):
        scores[type] = _pairs(list(_labels(corpus, truth, knowledge, type)))
        print("  {}: precision {:.4f}, recall {:.4f}, F1 {:.4f}".format(type, *scores[type]))
    return scores, seconds


@pytest.mark.slow
@pytest.mark.parametrize("seed", [7, 11])
def test_100_000_mentions_in_a_minute(seed: int) -> None:
    scores, seconds = _measured(100_000, seed=seed)
    assert seconds < 60
    for type, least_precision in (("Leader", 0.985), ("Meeting", 0.99), ("Organization", 0.99)):
        precision, _, f1 = scores[type]
        assert precision >= least_precision, type
        assert f1 >= 0.97, type


@pytest.mark.slow
@pytest.mark.timeout(3600)
def test_a_million_mentions_in_minutes() -> None:
    """Some 8 GB of memory, most of it the corpus itself."""
    scores, seconds = _measured(1_000_000)
    assert seconds < 900
    assert scores["Leader"][0] >= 0.97


@pytest.mark.slow
def test_resolution_grows_with_the_corpus_and_no_faster() -> None:
    """A quadratic step would make the ratio 16."""
    costs = []
    for n in (10_000, 40_000):
        corpus, _ = make_corpus(n)
        start = time.process_time()
        resolve(corpus)
        costs.append(time.process_time() - start)
    print(f"\nCPU for four times the mentions: x{costs[1] / costs[0]:.1f}")
    assert costs[1] / costs[0] < 6
