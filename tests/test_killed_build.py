"""`kill -9` at any moment of a build: readers find the old graph or the new one, and the next build completes it."""

from __future__ import annotations

import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

import kg
from kg.seeds import seeds_folder

KILLS = 5


def _ntriples(store: Path) -> bytes:
    with kg.open(store) as graph:
        return graph.export("ntriples")


@pytest.mark.slow
def test_killed_build_leaves_the_old_graph_or_the_new_one(tmp_path: Path) -> None:
    briefs = sorted((seeds_folder() / "briefs").glob("*.md"))
    kg.build(briefs[:2], store=tmp_path / "old")
    kg.build(briefs, store=tmp_path / "new")
    old, new = _ntriples(tmp_path / "old"), _ntriples(tmp_path / "new")
    assert old != new
    command = [sys.executable, "-m", "kg", "build", *map(str, briefs), "--store", str(tmp_path / "graph")]
    begun = time.monotonic()
    shutil.copytree(tmp_path / "old", tmp_path / "graph")
    subprocess.run(command, check=True, capture_output=True)
    whole = time.monotonic() - begun
    for number in range(KILLS):
        shutil.rmtree(tmp_path / "graph")
        shutil.copytree(tmp_path / "old", tmp_path / "graph")
        build = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        # Any moment will do; most of them late, where the store is written.
        time.sleep(whole * (0.4 + 0.6 * number / KILLS))
        build.kill()
        build.wait()
        assert _ntriples(tmp_path / "graph") in (old, new)
        kg.build(briefs, store=tmp_path / "graph")
        assert _ntriples(tmp_path / "graph") == new
