"""SPARQL and Cypher give the same answers: analyst questions in both, to the demo graph and to graphs made by chance.

The questions stand in `tests/cases/questions/`; to add one needs no Python.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml

import kg
from kg.seeds import seeds_folder
from tests.question_graph import publish_random_graph

_FOLDER = Path(__file__).parent / "cases" / "questions"
_SEEDS = (1, 2)


@dataclass(frozen=True)
class Question:
    """The same question in both languages; `ordered` when the order of the rows counts."""

    question: str
    sparql: str
    cypher: str
    ordered: bool = False


QUESTIONS = [
    Question(**entry)
    for path in sorted(_FOLDER.glob("*.yaml"))
    for entry in yaml.safe_load(path.read_text(encoding="utf-8"))
]


@pytest.fixture(scope="module", params=["demo", *(f"seed {seed}" for seed in _SEEDS)])
def graph(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[kg.KnowledgeGraph]:
    store = tmp_path_factory.mktemp("questions") / "graph"
    if request.param == "demo":
        kg.build([seeds_folder() / "briefs"], store=store)
    else:
        publish_random_graph(store, int(request.param.split()[1]))
    with kg.open(store) as opened:
        yield opened


def _plain(value: Any) -> str | float | None:
    """A value without its type in either language: numbers as numbers, dates and all else as text."""
    text = None if value is None else str(value)
    try:
        return None if text is None else float(text)
    except ValueError:
        return text


def _in_sparql(graph: kg.KnowledgeGraph, question: Question) -> list[tuple[Any, ...]]:
    return [tuple(_plain(term) for term in row) for row in graph.sparql(question.sparql).rows]


def _in_cypher(graph: kg.KnowledgeGraph, question: Question) -> list[tuple[Any, ...]]:
    return [tuple(_plain(value) for value in row) for row in graph.cypher(question.cypher).rows]


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda q: q.question)
def test_both_languages_give_the_same_rows(graph: kg.KnowledgeGraph, question: Question) -> None:
    in_sparql, in_cypher = _in_sparql(graph, question), _in_cypher(graph, question)
    if question.ordered:
        assert in_cypher == in_sparql
    else:
        assert Counter(in_cypher) == Counter(in_sparql)


def test_there_are_thirty_questions_and_most_have_answers(graph: kg.KnowledgeGraph) -> None:
    """Two empty answers are equal without proving anything."""
    answered = [question for question in QUESTIONS if any(map(any, _in_cypher(graph, question)))]
    assert len(QUESTIONS) >= 30
    assert len(answered) >= 20


def test_every_question_has_answers_in_some_graph(tmp_path: Path) -> None:
    publish_random_graph(tmp_path / "graph", _SEEDS[0])
    with kg.open(tmp_path / "graph") as graph:
        assert [q.question for q in QUESTIONS if not _in_cypher(graph, q)] == []
