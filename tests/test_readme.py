"""The README tells the truth: its answers are what the program prints, its commands exist, its links lead somewhere.

`KG_WRITE_README=1 pytest tests/test_readme.py` puts the present answers in.
"""

from __future__ import annotations

import os
import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

from kg.cli import COMMANDS, main

ROOT = Path(__file__).resolve().parent.parent
README = ROOT / "README.md"
_BLOCK = re.compile(r"(```console\n\$ kg ([^\n]+)\n)(.*?)(```)", re.S)


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("demo")
    made = CliRunner().invoke(main, ["demo", "--store", str(folder / "graph"), "-o", str(folder / "graph.html")])
    assert made.exit_code == 0, made.output
    return folder


def _answer(command: str, store: Path) -> str:
    ran = CliRunner().invoke(main, [*shlex.split(command), "--store", str(store)])
    assert ran.exit_code == 0, ran.output
    return "".join(f"{line.rstrip()}\n" for line in ran.stdout.splitlines())


def test_answers_are_what_the_program_prints(demo: Path) -> None:
    text = README.read_text(encoding="utf-8")
    fresh = _BLOCK.sub(lambda match: match[1] + _answer(match[2], demo / "graph") + match[4], text)
    if os.environ.get("KG_WRITE_README"):
        README.write_text(fresh, encoding="utf-8")
    assert len(_BLOCK.findall(text)) == 5
    assert all(answer.strip() for _, _, answer, _ in _BLOCK.findall(text))
    assert text == fresh


def test_every_command_is_named() -> None:
    text = README.read_text(encoding="utf-8")
    assert [command.name for command in COMMANDS if f"| `kg {command.name}` |" not in text] == []


def test_links_and_pictures_lead_somewhere() -> None:
    targets = re.findall(r"\]\((?!https?:)([^)]+)\)", README.read_text(encoding="utf-8"))
    assert targets
    assert [target for target in targets if not (ROOT / target).exists()] == []


def test_python_example_runs(demo: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import kg
    from kg.seeds import seeds_folder

    example = re.search(r"```python\n(.*?)```", README.read_text(encoding="utf-8"), re.S)
    assert example is not None
    (tmp_path / "articles").symlink_to(seeds_folder() / "briefs")
    monkeypatch.chdir(tmp_path)
    names: dict[str, object] = {}
    exec(compile(example[1], "README.md", "exec"), names)  # noqa: S102 - our own text, as a reader would type it
    assert isinstance(names["graph"], kg.KnowledgeGraph)
    assert (tmp_path / "graph.html").exists()


def test_demo_page_draws_the_whole_demo(demo: Path) -> None:
    page = (demo / "graph.html").read_text(encoding="utf-8")
    assert page.count('"aliases":') >= 40
