"""Cypher beside other engines in one run, and how its cost grows; figures of queries that `shared/bench` holds.

    pip install -e '.[benchmark]'
    pytest -m benchmark tests/benchmarks/test_cypher_speed.py -s

Other engines are measured where they are installed. The load of the machine falls on all alike, so that ratios say
more than milliseconds.
"""

from __future__ import annotations

import importlib.util
import json
import subprocess
import sys
from math import prod
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
BENCH = ROOT.parent / "shared" / "bench"
OURS = "tests.benchmarks.cypher_engine:Entente"
PACKAGES = {OURS: "kg", "networkx": "networkx", "ladybug": "ladybug", "kglite": "kglite", "grandcypher": "grandcypher"}
QUERIES = ("Q1", "Q2", "Q3", "Q4", "Q4s", "Q5", "Q6")

pytestmark = pytest.mark.skipif(not BENCH.is_dir(), reason="the generator and the queries lie in ../shared/bench")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cypher")


def data(folder: Path, scale: float) -> Path:
    """The cooperation graph of that scale: 76,000 nodes and 535,000 relationships at 1."""
    target = folder / f"scale-{scale:g}"
    if not target.exists():
        command = [sys.executable, str(BENCH / "make_graph.py"), str(target), "--scale", str(scale)]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return target


def measured(engine: str, graph: Path, cap: int = 20) -> dict[str, Any]:
    """What `run_bench.py` says of one engine, in a process of its own."""
    out = graph / f"{engine.rpartition(':')[2]}.json"
    command = [sys.executable, str(BENCH / "run_bench.py"), engine, str(graph), "--cap", str(cap), "--json", str(out)]
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, timeout=900)
    if done.returncode:
        assert engine != OURS, done.stderr
        return {"error": done.stderr.splitlines()[-1]}
    found: dict[str, Any] = json.loads(out.read_text())
    return found


def milliseconds(found: dict[str, Any], query: str) -> float | None:
    value: float | None = found.get(query, {}).get("ms")
    return value


def show(title: str, rows: dict[str, dict[str, Any]]) -> None:
    print(f"\n{title}\n| engine | load s | peak MiB | {' | '.join(QUERIES)} |")
    for name, found in rows.items():
        cells = [str(found.get(query, {}).get("ms") or found.get(query, {}).get("error", "")[:30]) for query in QUERIES]
        head = [f"{name} {found.get('error', '')[:60]}".strip(), str(found.get("load_s")), str(found.get("peak_mib"))]
        print(f"| {' | '.join(head + cells)} |")


def test_every_answer_is_right_and_none_is_slow(folder: Path) -> None:
    graph = data(folder, 1)
    engines = [name for name, package in PACKAGES.items() if importlib.util.find_spec(package)]
    found = {name.rpartition(":")[2]: measured(name, graph) for name in engines}
    show("Scale 1", found)
    ours, reference = found["Entente"], found["networkx"]
    assert all(ours[query]["digest"] == reference[query]["digest"] for query in QUERIES)
    assert ours["load_s"] <= 10
    assert ours["peak_mib"] <= 350
    assert all(ours[query]["ms"] <= 150 for query in QUERIES)
    if "ladybug" in found:
        ratios = {query: ours[query]["ms"] / found["ladybug"][query]["ms"] for query in QUERIES}
        mean = prod(ratios.values()) ** (1 / len(ratios))
        print("ours / ladybug:", {query: round(ratio, 2) for query, ratio in ratios.items()}, f"mean {mean:.2f}")
        assert max(ratios.values()) <= 2
        assert mean <= 1


def test_what_touches_little_costs_little_in_any_graph(folder: Path) -> None:
    found = {str(scale): measured(OURS, data(folder, scale)) for scale in (0.05, 1, 4)}
    show("Entente by scale", found)
    for query in ("Q1", "Q4s"):
        small, large = milliseconds(found["0.05"], query), milliseconds(found["4"], query)
        assert small is not None
        assert large is not None
        # 80 times the graph; a path may be one or two hops longer.
        assert large <= 8 * small
