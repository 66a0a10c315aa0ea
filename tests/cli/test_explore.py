"""kg rank, path, compare, communities, changes: the library's answers, printed."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import kg
from kg.cli import explore, main
from kg.explore import KINDS, MEASURES
from tests.question_graph import publish_random_graph


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("explore") / "graph"
    publish_random_graph(path, 1)
    return path


@pytest.fixture
def run(store: Path) -> Callable[..., Result]:
    return lambda *arguments: CliRunner().invoke(main, [*arguments, "--store", str(store)], catch_exceptions=False)


def test_words_of_the_options_are_those_of_the_library() -> None:
    assert list(explore.OF) == list(dict.fromkeys(kind.of for kind in KINDS))
    assert set(explore.BY) == {kind.by for kind in KINDS}
    assert list(explore.MEASURES) == list(MEASURES)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: f"{kind.of} by {kind.by}")
def test_rank_prints_what_python_gives(run: Callable[..., Result], store: Path, kind: kg.explore.Kind) -> None:
    printed = json.loads(run("rank", kind.of, "--by", kind.by, "--format", "json").stdout)
    with kg.open(store) as graph:
        assert printed == graph.rank(kind.of, by=kind.by).to_dicts()
    assert [row["rank"] for row in printed] == sorted(row["rank"] for row in printed)


def test_path_shows_a_sentence_for_each_step(run: Callable[..., Result]) -> None:
    rows = json.loads(run("path", "Vietnam", "Peru", "--format", "json", "-n", "2").stdout)
    assert rows
    assert all(row["evidence"] for row in rows)
    assert {row["path"] for row in rows} == {1, 2}


def test_table_tells_on_standard_error_what_counts(run: Callable[..., Result]) -> None:
    ran = run("compare", "Vietnam", "Laos", "--from", "2023")
    assert "since 2023" in ran.stderr
    assert "in common" in ran.stdout


def test_planned_meetings_count_when_asked_for(run: Callable[..., Result]) -> None:
    counted = [
        sum(row["weight"] for row in json.loads(run("rank", "--format", "json", *options).stdout))
        for options in ((), ("--disputed",), ("--modality", "any", "--disputed"))
    ]
    assert 0 < counted[0] < counted[1] < counted[2]


def test_changes_need_two_periods_and_say_which_are_none(run: Callable[..., Result]) -> None:
    assert run("changes", "--from", "2021").exit_code == 2
    failed = CliRunner().invoke(main, ["changes", "--from", "x", "--to", "2024", "--store", "nowhere"])
    assert failed.exit_code != 0
    assert json.loads(run("changes", "--from", "2021", "--to", "2024/2025", "--format", "json").stdout)


def test_limit_says_how_many_more(run: Callable[..., Result]) -> None:
    ran = run("changes", "--from", "2021", "--to", "2024", "--limit", "1")
    assert "1 of " in ran.stderr


def test_combination_that_is_none_is_refused_by_name(run: Callable[..., Result]) -> None:
    failed = run("rank", "topics", "--by", "visits")
    assert failed.exit_code == 1
    assert "topics by meetings" in failed.stderr
