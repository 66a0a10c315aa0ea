"""What is installed is complete: every room, all data, and a Makefile that picks a Python that works."""

from __future__ import annotations

import configparser
import os
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def settings() -> configparser.ConfigParser:
    read = configparser.ConfigParser()
    read.read(ROOT / "setup.cfg", encoding="utf-8")
    return read


def test_every_room_is_listed_for_the_wheel(settings: configparser.ConfigParser) -> None:
    rooms = {".".join(path.parent.relative_to(ROOT).parts) for path in ROOT.glob("kg/**/__init__.py")}
    listed = set(settings["options"]["packages"].split())
    assert listed == rooms | {"kg._ontology", "kg._seeds"}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from a copy so that the checkout stays clean."""
    folder = tmp_path_factory.mktemp("wheel")
    for name in ("setup.cfg", "pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, folder)
    for name in ("kg", "ontology", "seeds"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    command = [sys.executable, "-m", "build", "--wheel", str(folder)]
    made = subprocess.run(command, capture_output=True, text=True, check=False)
    assert made.returncode == 0, made.stdout[-2000:] + made.stderr[-2000:]
    (built,) = folder.glob("dist/*.whl")
    return built


@pytest.mark.slow
def test_wheel_holds_every_data_file(wheel: Path) -> None:
    shipped = set(zipfile.ZipFile(wheel).namelist())
    missing = [
        path.relative_to(ROOT).as_posix()
        for folder, package in (("seeds", "kg/_seeds"), ("ontology", "kg/_ontology"), ("kg", "kg"))
        for path in (ROOT / folder).rglob("*")
        if path.is_file()
        and ROOT / "seeds" / "training" not in path.parents  # read in a checkout only, to make the packaged weights
        and "__pycache__" not in path.parts
        and f"{package}/{path.relative_to(ROOT / folder).as_posix()}" not in shipped
    ]
    assert missing == []


@pytest.mark.slow
def test_wheel_runs_the_demo_without_the_checkout(wheel: Path, tmp_path: Path) -> None:
    """Installed in a folder of its own, with the packages of this environment beside it."""
    site = tmp_path / "site"
    subprocess.run([sys.executable, "-m", "pip", "install", "-qq", "--no-deps", "--target", site, wheel], check=True)
    code = "import kg; from kg.cli import main; print(kg.__file__); main()"
    ran = subprocess.run(
        [sys.executable, "-c", code, "demo"],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(site)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr[-3000:]
    assert ran.stdout.startswith(str(site))
    assert (tmp_path / "kg-demo" / "graph.html").stat().st_size > 500_000


def _make_python(tmp_path: Path, **programs: str) -> subprocess.CompletedProcess[str]:
    """`make python` in an empty folder where the given programs are all the Pythons there are."""
    on_path = tmp_path / "bin"
    on_path.mkdir()
    for name, script in programs.items():
        program = on_path / name.replace("_", ".")
        program.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
        program.chmod(0o755)
    command = ["make", "--no-print-directory", "-f", str(ROOT / "Makefile"), "python", f"PYENV_ROOT={tmp_path}/none"]
    path = f"{on_path}:/usr/bin:/bin"
    return subprocess.run(
        command, cwd=tmp_path, env={"PATH": path, "HOME": str(tmp_path)}, capture_output=True, text=True, check=False
    )


def test_make_passes_over_a_newer_python_that_does_not_work(tmp_path: Path) -> None:
    # A shim of pyenv stands on PATH for every version and fails for those that are switched off.
    broken = "echo 'pyenv: command not found' >&2; exit 127"
    works = f'exec {sys.executable} "$@"'
    ran = _make_python(tmp_path, python3_13=broken, python3_12=broken, python3_11=works, python3=broken, python=broken)
    assert ran.returncode == 0, ran.stderr
    assert ran.stdout.startswith("Using Python 3.")
    assert "python3.11)" in ran.stdout
    assert (tmp_path / ".venv" / "bin" / "python").exists()


def test_make_without_a_python_says_what_to_install(tmp_path: Path) -> None:
    old = "exit 1"
    ran = _make_python(tmp_path, python3_13=old, python3_12=old, python3_11=old, python3=old, python=old)
    assert ran.returncode != 0
    assert "apt-get install python3 python3-venv" in ran.stderr


def test_no_file_of_ours_loads_code_as_data() -> None:
    """Caches are JSON: nothing here unpickles, evaluates or loads YAML with types."""
    forbidden = re.compile(
        r"^\s*(?:import|from) (?:pickle|shelve|joblib|dill|marshal)\b|\b(?:eval|exec)\("
        r"|yaml\.load\(|allow_pickle=True",
        re.M,
    )
    found = {path.name: forbidden.findall(path.read_text(encoding="utf-8")) for path in ROOT.glob("kg/**/*.py")}
    assert {name: hits for name, hits in found.items() if hits} == {}
