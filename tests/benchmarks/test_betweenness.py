"""Exact betweenness of leaders who met: plain NetworkX and ours, each in a process of its own, in one run.

    pytest -m benchmark -s tests/benchmarks/test_betweenness.py

Needs the folder shared/bench (in `KG_SHARED`, by default beside this checkout); its graph has 20,000 leaders at
50,000 meetings. NetworkX would need some ten hours for all of them. So both are run to the end on the 2,000 leaders
with the most ties, and on all leaders from the same few of them: the algorithm does the same work from each.
KG_ALL_LEADERS=1 also runs ours from all leaders, which takes some ten minutes.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from kg.explore import Projection, project
from kg.explore.betweenness import dependencies
from kg.explore.measures import betweenness, degree
from kg.graph.columns import PropertyGraph
from kg.graph.tables import NodeTable, RelationshipTable

ROOT = Path(__file__).resolve().parents[2]
BENCH = Path(os.environ.get("KG_SHARED", ROOT.parent / "shared")) / "bench"
N_TOP = 2000
N_SOURCES = 20
_IN_A_PROCESS = """
import json, sys
from tests.benchmarks.test_betweenness import run
print(json.dumps(run(*json.loads(sys.argv[1]))))
"""


def leaders(folder: Path) -> PropertyGraph:
    """Leaders and meetings of the benchmark's graph."""
    pairs = np.loadtxt(folder / "ATTENDED.csv", np.int64, delimiter=",", skiprows=1, usecols=(0, 1))
    who, what = (np.unique(ids, return_inverse=True) for ids in pairs.T)
    nodes = [
        NodeTable([label], len(ids), {"name": list(map(str, ids.tolist()))})
        for label, ids in (("Leader", who[0]), ("Meeting", what[0]))
    ]
    return PropertyGraph.from_tables(nodes, [RelationshipTable("ATTENDED", who[1], what[1] + len(who[0]), {})])


def among_the_best_tied(projection: Projection, n: int) -> Projection:
    """The projection with no more than the n that have most ties."""
    best = projection.nodes[np.argsort(-degree(projection), kind="stable")[:n]]
    inside = np.isin(projection.a, best) & np.isin(projection.b, best)
    there = projection.left.where(np.isin(projection.left.actors, best))
    ties = {name: getattr(projection, name)[inside] for name in ("a", "b", "weight")}
    return replace(projection, left=there, right=there, **ties)


def run(engine: str, folder: str, n_top: int | None, n_sources: int | None) -> dict[str, Any]:
    """Scores, seconds of CPU and of the clock, and the megabytes that the process grew by."""
    projection = project(leaders(Path(folder)), "leaders")
    projection = projection if n_top is None else among_the_best_tied(projection, n_top)
    chosen = np.random.default_rng(1).choice(len(projection.nodes), n_sources, replace=False) if n_sources else None
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    clock, cpu = time.perf_counter(), time.process_time()
    scores = (_ours if engine == "ours" else _networkx)(projection, chosen)
    clock, cpu = time.perf_counter() - clock, time.process_time() - cpu
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    size = {"nodes": len(projection.nodes), "ties": len(projection.a)}
    return {"scores": scores, "cpu": cpu, "clock": clock, "mb": grown, **size}


def _ours(projection: Projection, chosen: np.ndarray | None) -> list[float]:
    if chosen is None:
        return list(map(float, betweenness(projection)))
    found = dependencies(len(projection.nodes), *projection.places(), directed=False, sources=chosen)
    return list(map(float, found / 2))


def _networkx(projection: Projection, chosen: np.ndarray | None) -> list[float]:
    """With the making of its graph, as ours makes its arrays."""
    import networkx

    graph = networkx.Graph()
    graph.add_nodes_from(range(len(projection.nodes)))
    graph.add_edges_from(np.stack(projection.places(), axis=1).tolist())
    if chosen is None:
        return list(networkx.betweenness_centrality(graph).values())
    return list(networkx.betweenness_centrality_subset(graph, chosen.tolist(), list(graph)).values())


def _measured(*arguments: object) -> dict[str, Any]:
    command = [sys.executable, "-c", _IN_A_PROCESS, json.dumps(arguments)]
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    found: dict[str, Any] = json.loads(ran.stdout)
    return found


@pytest.mark.timeout(7200)
def test_betweenness_is_ten_times_as_fast_and_the_same(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    if not BENCH.exists():
        pytest.skip(f"{BENCH} is not here; KG_SHARED names the folder it is in")
    subprocess.run([sys.executable, BENCH / "make_graph.py", tmp_path], check=True, capture_output=True)
    told = []
    for n_top, n_sources in ((N_TOP, None), (None, N_SOURCES)):
        theirs, ours = (_measured(engine, str(tmp_path), n_top, n_sources) for engine in ("networkx", "ours"))
        scores = np.array([theirs["scores"], ours["scores"]])
        # From a few leaders the scores are sums over many: there 1e-9 is of the greatest.
        apart = float(np.abs(scores[0] - scores[1]).max() / max(scores.max(), 1))
        told.append(f"{ours['nodes']} leaders, {ours['ties']} ties, from {n_sources or 'all'}: {apart:.1e} apart")
        told += [_line("NetworkX", theirs), _line("ours", ours), f"  ratio of CPU {theirs['cpu'] / ours['cpu']:.1f}"]
        with capsys.disabled():
            print("", *told, sep="\n")
        told = []
        assert apart < 1e-9
        assert theirs["cpu"] > 10 * ours["cpu"]
    if os.environ.get("KG_ALL_LEADERS"):
        with capsys.disabled():
            print(_line("ours from all", _measured("ours", str(tmp_path), None, None)))


def _line(name: str, measured: dict[str, Any]) -> str:
    return f"  {name}: {measured['cpu']:.1f} s CPU, {measured['clock']:.1f} s, {measured['mb']:.0f} MB more"
