"""The README and the pages in docs tell the truth: answers are what the program prints, commands exist, links lead on.

`KG_WRITE_README=1 pytest tests/test_readme.py` puts the present answers in.
"""

from __future__ import annotations

import json
import os
import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

from kg.cli import COMMANDS, main

ROOT = Path(__file__).resolve().parent.parent
README = ROOT / "README.md"
CYPHER = ROOT / "docs" / "cypher.md"
EXPLORE = ROOT / "docs" / "explore.md"
# One command or several, then what each of them prints.
_BLOCK = re.compile(r"(```console\n((?:\$ kg [^\n]+\n)+))(.*?)(```)", re.S)
_COMMAND = re.compile(r"^\$ kg (.+)$", re.M)


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("demo")
    made = CliRunner().invoke(main, ["demo", "--store", str(folder / "graph"), "-o", str(folder / "graph.html")])
    assert made.exit_code == 0, made.output
    return folder


def _answer(commands: str, store: Path) -> str:
    """What the commands print, which must be the same."""
    first, *others = (_printed(command, store) for command in _COMMAND.findall(commands))
    assert others in ([], [first])
    return first


def _printed(command: str, store: Path) -> str:
    ran = CliRunner().invoke(main, [*shlex.split(command), "--store", str(store)])
    assert ran.exit_code == 0, ran.output
    return "".join(f"{line.rstrip()}\n" for line in ran.stdout.splitlines())


@pytest.mark.parametrize("page", [README, CYPHER, EXPLORE], ids=lambda page: page.name)
def test_answers_are_what_the_program_prints(demo: Path, page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    fresh = _BLOCK.sub(lambda match: match[1] + _answer(match[2], demo / "graph") + match[4], text)
    if os.environ.get("KG_WRITE_README"):
        page.write_text(fresh, encoding="utf-8")
    assert all(answer.strip() for _, _, answer, _ in _BLOCK.findall(text))
    assert text == fresh


def test_five_questions_are_asked_in_both_languages() -> None:
    blocks = _BLOCK.findall(README.read_text(encoding="utf-8"))
    languages = [tuple(c.split()[0] for c in _COMMAND.findall(commands)) for _, commands, _, _ in blocks]
    assert languages.count(("sparql", "cypher")) == 5


def test_page_on_cypher_has_ten_queries() -> None:
    section = CYPHER.read_text(encoding="utf-8").split("## Ten queries")[1].split("## ")[0]
    assert len(_BLOCK.findall(section)) == 10


def test_every_command_is_named() -> None:
    text = README.read_text(encoding="utf-8")
    assert [command.name for command in COMMANDS if f"| `kg {command.name}` |" not in text] == []


@pytest.mark.parametrize("page", [README, CYPHER, EXPLORE], ids=lambda page: page.name)
def test_links_and_pictures_lead_somewhere(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert "](" in text
    targets = re.findall(r"\]\((?!https?:)([^)]+)\)", text)
    assert [target for target in targets if not (page.parent / target).exists()] == []


@pytest.mark.parametrize("page", [README, CYPHER, EXPLORE], ids=lambda page: page.name)
def test_python_example_runs(demo: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, page: Path) -> None:
    import kg
    from kg.seeds import seeds_folder

    example = re.search(r"```python\n(.*?)```", page.read_text(encoding="utf-8"), re.S)
    assert example is not None
    (tmp_path / "articles").symlink_to(seeds_folder() / "briefs")
    if page != README:
        (tmp_path / "graph").symlink_to(demo / "graph")
    monkeypatch.chdir(tmp_path)
    names: dict[str, object] = {}
    exec(compile(example[1], page.name, "exec"), names)  # noqa: S102 - our own text, as a reader would type it
    assert isinstance(names["graph"], kg.KnowledgeGraph)
    assert (tmp_path / "graph.html").exists() or names["smaller"]


def test_demo_page_draws_the_whole_demo(demo: Path) -> None:
    page = (demo / "graph.html").read_text(encoding="utf-8")
    data = re.search(r'id="data">(.*?)</script>', page)
    assert data is not None
    assert len(json.loads(data[1])["entities"]["id"]) >= 40
