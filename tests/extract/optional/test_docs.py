"""The example of docs/extraction.md is one that runs."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import kg

DOCS = Path(__file__).resolve().parents[3] / "docs" / "extraction.md"


def test_the_extractor_of_the_docs_adds_its_fact(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    example = re.search(r"```python\n(.*?)```", DOCS.read_text(encoding="utf-8"), re.S)
    assert example is not None
    sentence = re.search(r'sentence = "(.*)"', example[1])
    assert sentence is not None
    monkeypatch.chdir(tmp_path)
    Path("articles").mkdir()
    Path("articles/one.txt").write_text(sentence[1], encoding="utf-8")
    exec(compile(example[1], "extraction.md", "exec"), {})  # noqa: S102 - our own text, as a reader would type it
    with kg.open("graph") as graph:
        assert [fact.rule for fact in graph.facts(predicate="signed")] == ["extractor:desk"]


def test_the_config_of_the_docs_is_one(tmp_path: Path) -> None:
    pytest.importorskip("spacy_llm", reason="needs the extra 'llm'")
    from kg.extract.optional import choose_extractor

    example = re.search(r"```ini\n(.*?)```", DOCS.read_text(encoding="utf-8"), re.S)
    assert example is not None
    (tmp_path / "model.cfg").write_text(example[1], encoding="utf-8")
    made = choose_extractor("llm", llm_config=tmp_path / "model.cfg")
    assert made is not None
    assert made.title.startswith("llm (entente.Endpoint.v1 qwen2.5:14b, config ")
