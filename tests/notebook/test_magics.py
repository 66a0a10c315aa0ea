"""The magics in a real IPython shell: the same frame from both languages, and faults with line and caret."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas
import pytest
from IPython.core.interactiveshell import InteractiveShell
from pandas.testing import assert_frame_equal

import kg
from kg.seeds import seeds_folder
from tests.question_graph import publish_random_graph
from tests.test_same_answers import QUESTIONS, Question


@pytest.fixture(scope="module", params=["demo", "chance"])
def store(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("magics") / "graph"
    if request.param == "demo":
        kg.build([seeds_folder() / "briefs"], store=path)
    else:
        publish_random_graph(path, 1)
    return path


@pytest.fixture(scope="module")
def shell(store: Path) -> InteractiveShell:
    # Without the history of whoever runs the tests.
    from traitlets.config import Config

    made = InteractiveShell(config=Config({"HistoryManager": {"enabled": False}}))
    made.run_line_magic("load_ext", "kg")
    made.run_line_magic("kg_use", f"'{store}'")
    return made


def _run(shell: InteractiveShell, cell: str) -> Any:
    """What a cell gives; raises what it raises."""
    done = shell.run_cell(cell, store_history=False)
    done.raise_error()
    return done.result


def _in_order(frame: pandas.DataFrame, columns: pandas.Index) -> pandas.DataFrame:
    """The rows in an order of their own, because few questions ask for one; the columns by the other's names."""
    renamed = frame.set_axis(columns, axis=1)
    order = sorted(range(len(frame)), key=lambda row: [str(value) for value in renamed.iloc[row]])
    return renamed.iloc[order].reset_index(drop=True)


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda q: q.question)
def test_both_languages_give_equal_frames(shell: InteractiveShell, question: Question) -> None:
    _run(shell, f"%%sparql --df first\n{question.sparql}")
    _run(shell, f"%%cypher --df second\n{question.cypher}")
    first, second = shell.user_ns["first"], shell.user_ns["second"]
    if question.ordered:
        assert_frame_equal(first, second.set_axis(first.columns, axis=1))
    else:
        assert_frame_equal(_in_order(first, first.columns), _in_order(second, first.columns))


def test_answer_is_shown_and_asks_what_kg_use_named(shell: InteractiveShell) -> None:
    answer = _run(shell, "%%sparql\nSELECT ?c { ?c a coop:Country }")
    assert "<table>" in answer._repr_html_()
    shown, _ = shell.display_formatter.format(answer)
    assert shown["text/plain"].startswith("c")


def test_parameters_come_from_the_line_or_from_variables(shell: InteractiveShell) -> None:
    shell.user_ns["who"] = "Vietnam"
    query = "MATCH (c:Country {name: $who}) RETURN c.name"
    assert _run(shell, f"%%cypher --param who\n{query}").single() == "Vietnam"
    assert _run(shell, f"%%cypher --param who=Laos\n{query}").single() == "Laos"
    assert _run(shell, "%%cypher --param n=3\nRETURN $n + 1").single() == 4


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ("%%sparql\nSELECT ?x\nWHERE { ?x a }", "line 2, column "),
        ("%%cypher\nMATCH (n\nRETURN n", "line 2, column 1"),
        ("%%cypher --param nobody\nRETURN 1", "no variable 'nobody'"),
        ("%%sparql --df\nASK {}", "usage: %%sparql"),
        ("%%sparql --df a-b\nASK {}", "can be none"),
        ("%%sparql --store nowhere\nASK {}", "kg build"),
        ("%%cypher 'open\nRETURN 1", "quotation"),
        ("%kg_use", "%kg_use graph"),
    ],
)
def test_fault_fails_the_cell_without_a_traceback(
    shell: InteractiveShell, capsys: pytest.CaptureFixture[str], cell: str, said: str
) -> None:
    done = shell.run_cell(cell, store_history=False)
    assert not done.success
    shown = capsys.readouterr().out
    assert said in shown
    assert "Traceback" not in shown
    if "line 2" in said:
        assert shown.rstrip().endswith("^")


def test_without_kg_use_the_variable_graph_is_asked(store: Path) -> None:
    made = InteractiveShell()
    made.run_line_magic("load_ext", "kg")
    with pytest.raises(kg.KgError, match="which graph"):
        _run(made, "%%sparql\nASK {}")
    with kg.open(store) as graph:
        made.user_ns["graph"] = graph
        assert _run(made, "%%sparql\nASK { ?c a coop:Country }").boolean is True
