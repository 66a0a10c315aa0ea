"""The shell of kg cypher as typed into: prompt_toolkit itself reads the keys, from a pipe."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from prompt_toolkit.application import create_app_session
from prompt_toolkit.completion import CompleteEvent
from prompt_toolkit.document import Document
from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.output import DummyOutput

import kg
from kg.cli.completion import Completion
from kg.cli.shell import Shell

Type = Callable[..., tuple[str, str]]
_LEADERS = "MATCH (l:Leader) RETURN l.name"
_CTRL_C, _CTRL_D, _TAB, _UP = "\x03", "\x04", "\t", "\x1b[A"


@pytest.fixture(autouse=True)
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The user's state folder, which is not the one of whoever runs the tests."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setattr("sys.platform", "linux")
    return tmp_path / "state"


@pytest.fixture
def typed(graph: kg.KnowledgeGraph, capsys: pytest.CaptureFixture[str]) -> Type:
    """Types keys into a shell, then Ctrl-D, and gives what stood on standard output and error."""

    def type_keys(*keys: str, **settings: object) -> tuple[str, str]:
        with create_pipe_input() as pipe, create_app_session(input=pipe, output=DummyOutput()):
            pipe.send_text("".join(keys) + _CTRL_D)
            Shell(graph, **settings).run()
        shown = capsys.readouterr()
        return shown.out, shown.err

    return type_keys


def test_query_ends_with_a_semicolon(typed: Type) -> None:
    assert "Pham Minh Chinh" in typed(f"{_LEADERS};\r")[0]


def test_query_has_several_lines_and_ends_with_an_empty_one(typed: Type) -> None:
    assert "Pham Minh Chinh" in typed("MATCH (l:Leader)\rRETURN l.name\r\r")[0]


def test_semicolon_in_a_string_does_not_end_the_query(typed: Type) -> None:
    out, err = typed("RETURN 'half;\rwhole' AS text;\r", form="csv")
    assert out == 'text\n"half;\nwhole"\n'


def test_mistake_is_told_with_its_place_and_the_shell_goes_on(typed: Type) -> None:
    out, err = typed("MATCH (n) RETURN m;\r", f"{_LEADERS};\r")
    assert "line 1, column 18" in err
    assert "^" in err
    assert "Pham Minh Chinh" in out


def test_ctrl_c_drops_what_was_typed(typed: Type) -> None:
    assert typed("RETURN nonsense", _CTRL_C, f"{_LEADERS};\r")[0].count("Pham Minh Chinh") == 1


def test_ctrl_c_stops_a_query_and_not_the_shell(
    graph: kg.KnowledgeGraph, typed: Type, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = graph.cypher

    def interrupted(query: str, *rest: object, **more: object) -> object:
        if "UNWIND" in query:
            raise KeyboardInterrupt
        return real(query, *rest, **more)

    monkeypatch.setattr(graph, "cypher", interrupted)
    out, err = typed("UNWIND range(1, 9) AS i RETURN i;\r", f"{_LEADERS};\r")
    assert "Stopped." in err
    assert "Pham Minh Chinh" in out


def test_tab_completes_and_enter_asks(typed: Type) -> None:
    assert "Pham Minh Chinh" in typed("MATCH (l:Lea", _TAB, ") RETURN l.nam", _TAB, ";\r")[0]


def test_history_is_kept_for_the_next_session(typed: Type, state: Path) -> None:
    typed(f"{_LEADERS};\r")
    assert "Pham Minh Chinh" in typed(_UP, "\r")[0]
    assert _LEADERS in (state / "entente-kg" / "cypher_history").read_text(encoding="utf-8")


def test_state_folder_that_cannot_be_written_is_no_obstacle(typed: Type, state: Path) -> None:
    state.write_text("a file where the folder should be", encoding="utf-8")
    assert "Pham Minh Chinh" in typed(f"{_LEADERS};\r")[0]


def test_evidence_is_of_the_last_answer(typed: Type) -> None:
    out, _ = typed("MATCH (:Leader)-[v:VISITED]->() RETURN v;\r", ":evidence\r")
    assert "Pham Minh Chinh visited Laos (2025, planned)" in out
    assert "Pham Minh Chinh will visit Laos in 2025." in out


def test_evidence_before_any_question_is_told(typed: Type) -> None:
    assert "nothing was asked yet" in typed(":evidence\r")[1]


def test_schema_counts_labels_types_and_properties(typed: Type) -> None:
    lines = {tuple(line.split(",")) for line in typed(":schema\r", form="csv")[0].splitlines()}
    assert {("label", "Leader", "1"), ("type", "VISITED", "1"), ("node property", "iso3", "2")} <= lines
    assert ("relationship property", "modality", "6") in lines


def test_parameters_are_given_and_listed(typed: Type) -> None:
    out, _ = typed(":param country=Laos\r", ":param\r", "MATCH (c:Country {name: $country}) RETURN c.iso3;\r")
    assert "$country = 'Laos'" in out
    assert "LAO" in out


def test_format_changes_what_is_printed(typed: Type) -> None:
    assert typed(":format tsv\r", "RETURN 1 AS a, [2] AS b;\r")[0] == "a\tb\n1\t[2]\n"


def test_explain_tells_and_does_not_run(typed: Type) -> None:
    assert "Pham Minh Chinh" not in typed(f":explain {_LEADERS}\r")[0]


@pytest.mark.parametrize("wrong", [":nonsense", ":format xml", ":explain", ":param name"])
def test_wrong_command_says_what_there_is(typed: Type, wrong: str) -> None:
    out, err = typed(f"{wrong}\r")
    assert out == ""
    assert len(err.splitlines()) == 2


def test_help_names_every_command(typed: Type, graph: kg.KnowledgeGraph) -> None:
    out, _ = typed(":help\r", ":quit\r")
    assert [name for name in Shell(graph).commands if name not in out] == []


def test_long_table_is_cut_and_says_so(typed: Type) -> None:
    out, err = typed("UNWIND range(1, 250) AS number RETURN number;\r")
    assert "100 of 250 rows." in err
    assert len(out.splitlines()) == 102


@pytest.mark.parametrize(
    ("before", "proposed"),
    [
        (":sch", ":schema"),
        ("MATCH (m:Mee", "Meeting"),
        ("MATCH (a)-[r:LED", "LED_DELEGATION"),
        ("MATCH (a)-[:ATTENDED|LED", "LED_DELEGATION"),
        ("MATCH (m:Meeting) WHERE m.hel", "held_on"),
        ("MATCH (c:Country {is", "iso3"),
        ("MATCH (c:Country {name: 'Laos', is", "iso3"),
        ("MATCH (n) WHERE n:Lea", "Leader"),
        ("MATCH (n) WHERE n.name = $cou", "$country"),
        ("MAT", "MATCH"),
        ("MATCH (meeting) RETURN mee", "meeting"),
        ("MATCH (n) RETURN toUp", "toUpper"),
    ],
)
def test_what_fits_is_proposed(graph: kg.KnowledgeGraph, before: str, proposed: str) -> None:
    completion = Completion(graph.cypher_graph.schema(), (":help", ":schema"), {"country": "Laos"})
    found = completion.get_completions(Document(before), CompleteEvent(completion_requested=True))
    assert proposed in [one.text for one in found]
