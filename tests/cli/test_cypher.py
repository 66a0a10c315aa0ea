"""kg cypher as a user meets it: forms, parameters, limits, evidence, and one sentence for a failure."""

from __future__ import annotations

import csv
import io
import json
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kg.cli import main

Run = Callable[..., Result]


@pytest.fixture
def cypher(store: Path) -> Run:
    return lambda *arguments, **options: CliRunner().invoke(
        main, ["cypher", *arguments, "--store", str(store)], **options
    )


def test_table_shows_nodes_by_their_name_and_relationships_by_what_happened(cypher: Run) -> None:
    shown = cypher("MATCH (l:Leader)-[v:VISITED]->(c) RETURN l, v, c").stdout
    assert "(:Leader {name: 'Pham Minh Chinh'})" in shown
    assert "[:VISITED {modality: 'planned', happened: '2025'}]" in shown


def test_table_shows_a_path_as_it_was_walked(cypher: Run) -> None:
    shown = cypher("MATCH p = (:Country {name: 'Laos'})<-[:VISITED]-(:Leader) RETURN p").stdout
    assert "(:Country {name: 'Laos'})<-[:VISITED {modality: 'planned', happened: '2025'}]-(:Leader" in shown


def test_column_of_a_table_is_called_as_the_query_calls_it(cypher: Run) -> None:
    assert cypher("MATCH (m:Meeting) RETURN m.held_on").stdout.startswith("m.held_on")


def test_json_holds_all_of_nodes_relationships_and_paths(cypher: Run) -> None:
    ran = cypher("MATCH p = (l:Leader)-[v:VISITED]->(c) RETURN l, v, p, date('2024-05-02') AS day", "--format", "json")
    (row,) = json.loads(ran.stdout)
    assert row["l"]["labels"] == ["Actor", "Leader"]
    assert row["l"]["key"] == "leader/pham-minh-chinh"
    assert (row["v"]["type"], row["v"]["properties"]["modality"]) == ("VISITED", "planned")
    assert (row["v"]["start"], row["v"]["end"]) == tuple(node["id"] for node in row["p"]["nodes"])
    assert row["p"]["relationships"] == [row["v"]]
    assert row["day"] == "2024-05-02"


def test_csv_and_tsv_are_exact(cypher: Run) -> None:
    query = "RETURN 'a,\"b\"\tc' AS text, 1.0 AS float, true AS boolean, null AS nothing, ['x', null] AS list"
    for form, separator in (("csv", ","), ("tsv", "\t")):
        (row,) = csv.DictReader(io.StringIO(cypher(query, "--format", form).stdout), delimiter=separator)
        assert list(row.values()) == ['a,"b"\tc', "1.0", "true", "", '["x", null]']


def test_numbers_that_json_does_not_have_are_text(cypher: Run) -> None:
    (row,) = json.loads(cypher("RETURN [1.0/0, 0.0/0] AS n", "--format", "json").stdout)
    assert row["n"] == ["Infinity", "NaN"]


@pytest.mark.parametrize(
    ("given", "value"),
    [
        ("3", 3),
        ('"3"', "3"),
        ("Viet Nam", "Viet Nam"),
        ("[1, null]", [1, None]),
        ('{"a": true}', {"a": True}),
        ("", ""),
    ],
)
def test_parameter_is_json_or_else_text(cypher: Run, given: str, value: object) -> None:
    ran = cypher("RETURN $value AS value", "--param", f"value={given}", "--format", "json")
    assert json.loads(ran.stdout) == [{"value": value}]


def test_parameters_of_a_file_give_way_to_those_of_the_command(cypher: Run, tmp_path: Path) -> None:
    (tmp_path / "p.json").write_text('{"a": 1, "b": 2}', encoding="utf-8")
    arguments = ("--params", str(tmp_path / "p.json"), "--param", "b=3", "--format", "csv")
    assert cypher("RETURN $a, $b", *arguments).stdout == "$a,$b\n1,3\n"


@pytest.mark.parametrize("content", ["[1]", "{", None])
def test_parameters_that_cannot_be_read_name_their_file(cypher: Run, tmp_path: Path, content: str | None) -> None:
    if content is not None:
        (tmp_path / "p.json").write_text(content, encoding="utf-8")
    failed = cypher("RETURN 1", "--params", str(tmp_path / "p.json"))
    assert failed.exit_code == 1
    assert "p.json" in failed.stderr


def test_missing_parameter_is_named(cypher: Run) -> None:
    failed = cypher("RETURN $when")
    assert failed.exit_code == 1
    assert "when" in failed.stderr


def test_query_comes_from_a_file_or_standard_input(cypher: Run, tmp_path: Path) -> None:
    (tmp_path / "q.cypher").write_text("RETURN 1 AS one;\n", encoding="utf-8")
    assert cypher("-f", str(tmp_path / "q.cypher"), "--format", "csv").stdout == "one\n1\n"
    for dash in (("-",), ("-f", "-")):
        assert cypher(*dash, "--format", "csv", input="RETURN 1 AS one").stdout == "one\n1\n"


def test_limit_cuts_and_says_so(cypher: Run) -> None:
    ran = cypher("UNWIND range(1, 9) AS i RETURN i", "--limit", "2", "--format", "csv")
    assert (ran.stdout, ran.stderr) == ("i\n1\n2\n", "2 of 9 rows.\n")


def test_evidence_is_every_sentence_with_its_document(cypher: Run, knowledge: object) -> None:
    ran = cypher("MATCH (:Leader)-[a:ATTENDED]->(:Meeting) RETURN a", "--evidence", "--format", "json")
    rows = json.loads(ran.stdout)
    assert {(row["document"], row["issued"], row["source"]) for row in rows} == {
        ("clmv-report", "2024-11-08", "https://news.example/clmv"),
        ("clmv-wire", "2024-11-09", "wires/clmv-wire.txt"),
    }
    assert all(row["claim"] == "Pham Minh Chinh attended 11th CLMV Summit (2024-11-07)" for row in rows)


def test_evidence_of_bare_values_says_what_to_return(cypher: Run) -> None:
    ran = cypher("MATCH (l:Leader) RETURN l.name", "--evidence")
    assert (ran.exit_code, ran.stdout) == (0, "")
    assert "RETURN r" in ran.stderr


def test_mistake_points_at_its_place(cypher: Run) -> None:
    failed = cypher("MATCH (n:Leader)\nRETURN m.name")
    assert (failed.exit_code, failed.stdout) == (1, "")
    assert failed.stderr.startswith("kg: line 2, column 8: ")
    assert failed.stderr.endswith("\n  RETURN m.name\n         ^\n")


@pytest.mark.parametrize("query", ["CREATE (n)", "MATCH (n) SET n.name = 'x'", "MATCH (n) DETACH DELETE n"])
def test_write_says_why_it_is_not_possible(cypher: Run, query: str) -> None:
    failed = cypher(query)
    assert failed.exit_code == 1
    assert "facts come from documents" in failed.stderr


def test_runaway_query_ends_at_its_limit(cypher: Run) -> None:
    failed = cypher("UNWIND range(1, 100000) AS a UNWIND range(1, 100000) AS b RETURN count(*)", "--timeout", "0.05")
    assert failed.exit_code == 1
    assert "stopped after 0.05 seconds" in failed.stderr


@pytest.mark.parametrize(
    "arguments",
    [(), ("RETURN 1", "-f", "x"), ("RETURN 1", "--param", "x"), ("RETURN 1", "--timeout", "-1"), ("--explain",)],
)
def test_misuse_exits_with_2(cypher: Run, arguments: tuple[str, ...]) -> None:
    assert cypher(*arguments).exit_code == 2


def test_ctrl_c_stops_a_query_with_130(store: Path) -> None:
    """The process interrupts itself from within the query, so that no clock decides."""
    code = (
        "import os, signal, kg.cypher\n"
        "from kg.cli import main\n"
        "kg.cypher.Graph.query = lambda *_, **__: os.kill(os.getpid(), signal.SIGINT)\n"
        "main()"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code, "cypher", "RETURN 1", "--store", str(store)],
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    )
    assert (ran.returncode, ran.stdout, ran.stderr) == (130, "", "kg: stopped\n")
