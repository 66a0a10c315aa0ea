"""The openCypher TCK at hand: the number of scenarios that pass, with type and detail of errors, never falls."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
RUNNER = ROOT.parent / "shared" / "tck" / "run_tck.py"
PASSING = 3168


@pytest.mark.skipif(not RUNNER.exists(), reason="no shared/tck beside the repository")
def test_no_scenario_of_the_tck_is_lost() -> None:
    command = [sys.executable, str(RUNNER), "--adapter", "tests.tck.adapter:Engine", "--path", str(ROOT)]
    command += ["--strict-errors", "--failures", "20"]
    answer = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=300)
    passed = re.search(r"^all +(\d+)/", answer.stdout, re.MULTILINE)
    assert passed, answer.stdout + answer.stderr
    assert int(passed[1]) >= PASSING, answer.stdout
