"""A second build with nothing new costs under a tenth of the first one."""

from __future__ import annotations

import resource
import subprocess
import sys
from pathlib import Path

import pytest

from kg.seeds import seeds_folder


@pytest.mark.slow
def test_second_build_costs_under_a_tenth(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Ten rounds of the briefs, each brief a text of its own; CPU seconds of whole processes, start included."""
    for number in range(10):
        for brief in (seeds_folder() / "briefs").glob("*.md"):
            text = brief.read_text(encoding="utf-8").replace("id: ", f"id: {number}-")
            (tmp_path / f"{number}-{brief.name}").write_text(f"{text}\nThis is edition {number}.\n", encoding="utf-8")
    first, second = _build(tmp_path), _build(tmp_path)
    with capsys.disabled():
        print(f"\nfirst build {first:.2f} s CPU, second {second:.2f} s CPU, ratio {second / first:.3f}")
    assert second / first < 0.1


def _build(folder: Path) -> float:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    command = [sys.executable, "-m", "kg", "build", ".", "--store", str(folder.with_suffix(".graph"))]
    subprocess.run(command, cwd=folder, check=True, capture_output=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
