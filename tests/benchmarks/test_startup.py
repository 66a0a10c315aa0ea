"""`kg --help` answers at once: it loads click and our own small modules, and none of the heavy packages."""

from __future__ import annotations

import resource
import subprocess
import sys

import pytest

HEAVY = ("spacy", "rdflib", "pyoxigraph", "trafilatura", "networkx", "igraph", "numpy", "rich", "pyvis", "rapidfuzz")


def test_help_imports_no_heavy_package() -> None:
    code = "import sys; from kg.cli import main; main(['--help'], standalone_mode=False); print('loaded', *sys.modules)"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "Commands:" in ran.stdout
    loaded = ran.stdout.rsplit("loaded ", 1)[1].split()
    assert [name for name in HEAVY if name in loaded] == []


@pytest.mark.slow
def test_help_costs_little_more_than_click(capsys: pytest.CaptureFixture[str]) -> None:
    """A ratio of CPU times, because the clock of a shared machine says little."""
    click = _cpu_seconds("import click")
    kg = _cpu_seconds("from kg.cli import main; main(['--help'], standalone_mode=False)")
    with capsys.disabled():
        print(f"\nkg --help: {kg:.3f} s CPU, import click: {click:.3f} s CPU, ratio {kg / click:.2f}")
    assert kg / click < 3


def _cpu_seconds(code: str) -> float:
    """The least of five runs, started with what any Python start costs."""

    def once() -> float:
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run([sys.executable, "-c", code], stdout=subprocess.DEVNULL, check=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime

    return min(once() for _ in range(5))
