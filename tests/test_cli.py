"""The command line as a user meets it: help that runs, data apart from talk, one sentence for a failure."""

from __future__ import annotations

import csv
import io
import json
import re
import shlex
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from kg.cli import COMMANDS, main

ARTICLE = (
    "Prime Minister Pham Minh Chinh led the Vietnamese delegation to the 11th CLMV Summit in Kunming, China, "
    "on 7 November 2024. The summit adopted a Joint Statement."
)
TALKS = (
    "On 6 January 2024, Lao Prime Minister Sonexay Siphandone met Vietnamese Prime Minister Pham Minh Chinh in Hanoi. "
    "Vietnam and Laos signed the Hanoi Border Trade Agreement."
)
ADDRESS = "https://news.example/summit"


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a few articles, a question and a graph built from the articles."""
    folder = tmp_path_factory.mktemp("desk")
    (folder / "articles").mkdir()
    (folder / "article.txt").write_text(ARTICLE, encoding="utf-8")
    (folder / "articles" / "summit.txt").write_text(ARTICLE, encoding="utf-8")
    (folder / "articles" / "talks.txt").write_text(TALKS, encoding="utf-8")
    row = {"id": "summit", "text": ARTICLE, "published": "2024-11-08", "source": ADDRESS}
    (folder / "press.jsonl").write_text(json.dumps(row) + "\n", encoding="utf-8")
    (folder / "model.cfg").write_text('[model]\n@llm_models = "spacy.NoOp.v1"\n', encoding="utf-8")
    (folder / "question.rq").write_text("SELECT ?c WHERE { ?c a coop:Country }", encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        made = CliRunner().invoke(main, ["build", "articles/"])
    assert made.exit_code == 0, made.output
    return folder


@pytest.fixture
def kg(desk: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    """Runs a command in the desk's folder."""
    monkeypatch.chdir(desk)
    monkeypatch.delenv("KG_STORE", raising=False)
    return lambda *arguments, **options: CliRunner().invoke(main, list(arguments), **options)


def _examples(command: click.Command) -> list[str]:
    return re.findall(r"^ +kg (.+)$", command.help or "", re.M)


@pytest.mark.parametrize("command", COMMANDS, ids=lambda c: c.name)
def test_help_is_one_sentence_and_two_examples(command: click.Command) -> None:
    n_more = "extractor" in {parameter.name for parameter in command.params}  # one more, with a language model
    assert re.match(r"[A-Z][^.]*\.", (command.help or "").replace(".txt", "").replace("\n", " "))
    assert len(_examples(command)) == 2 + n_more
    assert all(example.split()[0] == command.name for example in _examples(command))


def test_every_example_of_the_help_runs(desk: Path, tmp_path: Path) -> None:
    """In the order of the commands, so that `kg build` comes before `kg withdraw`, as for a reader."""
    import shutil

    folder = shutil.copytree(desk, tmp_path / "desk")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        for command in COMMANDS:
            for example in _examples(command):
                ran = CliRunner().invoke(main, shlex.split(example))
                assert ran.exit_code == 0, f"kg {example}\n{ran.output}"


def test_every_option_is_explained() -> None:
    silent = [
        (command.name, parameter.name)
        for command in COMMANDS
        for parameter in command.params
        if isinstance(parameter, click.Option) and not parameter.help
    ]
    assert silent == []


def test_facts_show_their_sentence(kg: Callable[..., Result]) -> None:
    shown = kg("facts", "--predicate", "ledDelegation", "--format", "json")
    (fact,) = json.loads(shown.stdout)
    assert (fact["subject_name"], fact["object_name"]) == ("Pham Minh Chinh", "11th CLMV Summit")
    assert fact["evidence"] in ARTICLE
    assert ARTICLE[fact["begin"] : fact["end"]] == fact["evidence"]


def test_disputed_facts_stand_side_by_side(
    kg: Callable[..., Result], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, text in {
        "one": "The 11th CLMV Summit was held in Kunming on 6 November 2024.",
        "two": "The 11th CLMV Summit was held in Kunming on 7 November 2024.",
        "party": "In addition to talks with Chairman of the Communist Party of the Philippines Hun Sen, "
        "Vietnamese Prime Minister Pham Minh Chinh visited Vientiane on 6 January 2024.",
    }.items():
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert kg("build", ".").exit_code == 0
    one, two = json.loads(kg("facts", "--disputed", "--predicate", "heldOn", "--format", "json").stdout)
    assert {one["value"], two["value"]} == {"2024-11-06", "2024-11-07"}
    assert (one["contradicts"], two["contradicts"]) == ([two["key"]], [one["key"]])
    rows = json.loads(kg("facts", "--disputed", "--about", "Hun Sen", "--format", "json").stdout)
    assert {row["predicate"] for row in rows} == {"represents"}
    assert all("seeds/leaders.csv: Hun Sen" in "".join(row["against_seed"]) for row in rows)
    assert all(row["evidence"].startswith("In addition to talks") for row in rows)
    told = kg("facts", "--disputed", "--about", "Hun Sen", "--format", "text").stdout
    assert "but seeds/leaders.csv: Hun Sen, Prime Minister, Cambodia, 1998-11-30 to 2023-08-22" in told


def test_formats_hold_the_same_rows(kg: Callable[..., Result]) -> None:
    as_json = json.loads(kg("facts", "--format", "json").stdout)
    lines = [json.loads(line) for line in kg("facts", "--format", "jsonl").stdout.splitlines()]
    as_csv = list(csv.DictReader(io.StringIO(kg("facts", "--format", "csv").stdout)))
    as_tsv = list(csv.DictReader(io.StringIO(kg("facts", "--format", "tsv").stdout), delimiter="\t"))
    assert as_json == lines
    assert as_csv == as_tsv
    assert [row["key"] for row in as_csv] == [row["key"] for row in as_json]


def test_table_is_not_cut_when_piped(kg: Callable[..., Result]) -> None:
    shown = kg("facts", "--predicate", "ledDelegation").stdout
    assert ARTICLE.split(". ")[0] in shown
    assert "\x1b" not in shown


def test_sparql_json_is_the_w3c_form(kg: Callable[..., Result]) -> None:
    shown = json.loads(kg("sparql", "-f", "question.rq", "--format", "json").stdout)
    assert shown["head"]["vars"] == ["c"]
    found = {row["c"]["value"].rsplit("/", 1)[1] for row in shown["results"]["bindings"]}
    assert {"VNM", "LAO"} <= found


def test_sparql_reads_standard_input_and_answers_ask(kg: Callable[..., Result]) -> None:
    shown = kg("sparql", "-", "--format", "json", input="ASK { ?l coop:ledDelegation ?m }")
    assert json.loads(shown.stdout)["boolean"] is True


def test_construct_prints_turtle(kg: Callable[..., Result]) -> None:
    shown = kg(
        "sparql", "CONSTRUCT { ?c rdfs:label ?n } WHERE { ?c a coop:Country ; rdfs:label ?n }", "--format", "turtle"
    )
    assert '"Vietnam"' in shown.stdout


def test_bad_query_points_at_its_fault(kg: Callable[..., Result]) -> None:
    failed = kg("sparql", "SELECT ?x\nWHERE { ?x a }")
    assert failed.exit_code == 1
    assert failed.stderr.startswith("kg: line 2, column ")
    assert failed.stderr.rstrip().endswith("^")
    assert "Traceback" not in failed.stderr


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * WHERE { SERVICE <http://127.0.0.1:9/sparql> { ?s ?p ?o } }",
        "LOAD <http://127.0.0.1:9/x>",
        "DELETE WHERE { ?s ?p ?o }",
    ],
)
def test_query_that_reaches_out_or_changes_is_refused(kg: Callable[..., Result], query: str) -> None:
    failed = kg("sparql", query)
    assert failed.exit_code == 1
    assert failed.stdout == ""


def test_unknown_name_fails_with_the_nearest(kg: Callable[..., Result]) -> None:
    failed = kg("explain", "Vietnm")
    assert (failed.exit_code, failed.stdout) == (1, "")
    assert "did you mean 'Vietnam'" in failed.stderr


@pytest.mark.parametrize(
    "arguments",
    [
        ("facts", "--predicate", "kissed"),
        ("facts", "--from", "yesterday"),
        ("facts", "--from", "2024-02-30"),
        ("sparql",),
        ("sparql", "ASK {}", "-f", "question.rq"),
        ("export",),
        ("nonsense",),
    ],
)
def test_misuse_exits_with_2(kg: Callable[..., Result], arguments: tuple[str, ...]) -> None:
    assert kg(*arguments).exit_code == 2


def test_missing_store_says_how_to_build_one(kg: Callable[..., Result]) -> None:
    failed = kg("facts", "--store", "nowhere")
    assert failed.exit_code == 1
    assert "nowhere" in failed.stderr
    assert "kg build" in failed.stderr


def test_store_comes_from_the_environment(kg: Callable[..., Result], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KG_STORE", "elsewhere")
    assert "elsewhere" in kg("facts").stderr


def test_debug_shows_the_traceback(kg: Callable[..., Result]) -> None:
    from kg.errors import UnknownName

    assert isinstance(kg("--debug", "explain", "Vietnm").exception, UnknownName)


def test_view_keeps_a_foreign_file(kg: Callable[..., Result], desk: Path) -> None:
    (desk / "thesis.html").write_text("mine", encoding="utf-8")
    failed = kg("view", "-o", "thesis.html")
    assert failed.exit_code == 1
    assert "--force" in failed.stderr
    assert (desk / "thesis.html").read_text(encoding="utf-8") == "mine"
    assert kg("view", "-o", "mine.html").exit_code == kg("view", "-o", "mine.html").exit_code == 0


def test_reader_that_stops_early_is_no_error(desk: Path) -> None:
    command = f"{shlex.quote(sys.executable)} -m kg facts --format jsonl | head -n 1"
    ran = subprocess.run(["bash", "-c", f"set -o pipefail; {command}"], cwd=desk, capture_output=True, check=False)
    assert ran.returncode in (0, 141)
    assert ran.stderr == b""


def test_escape_codes_of_an_article_do_not_reach_the_terminal() -> None:
    from kg.cli.show import visible

    assert visible("a\x1b]0;title\x07b\x9b2Jc\u202ed") == "a\\x1b]0;title\\x07b\\x9b2Jc\\u202ed"
    assert visible("Phạm Minh Chính, «ລາວ» \u200c می‌رود\n") == "Phạm Minh Chính, «ລາວ» \u200c می‌رود\n"


def test_stats_hold_the_counts_of_the_card(kg: Callable[..., Result]) -> None:
    card = json.loads(kg("stats", "--format", "json").stdout)
    assert (card["n_documents"], card["entities"]["Country"] > 0) == (2, True)
    assert card["n_supported"] == card["n_facts"] == len(json.loads(kg("facts", "--format", "json").stdout))
    assert "facts with evidence" in kg("stats").stdout


def test_validate_is_content_with_what_was_built(kg: Callable[..., Result]) -> None:
    shown = kg("validate", "--format", "json")
    assert (shown.exit_code, json.loads(shown.stdout)) == (0, [])
    assert "conform" in shown.stderr


def test_validate_fails_when_something_is_wrong(kg: Callable[..., Result], monkeypatch: pytest.MonkeyPatch) -> None:
    from kg.check import Finding, Report

    wrong = Report(1, (Finding("shape", "fact/1", "no evidence"),))
    monkeypatch.setattr("kg.check.validate", lambda store: wrong)
    shown = kg("validate", "--format", "csv")
    assert (shown.exit_code, shown.stdout) == (1, "rule,node,message\nshape,fact/1,no evidence\n")


def test_extract_prints_one_line_a_document_and_lists_what_it_skipped(kg: Callable[..., Result], desk: Path) -> None:
    (desk / "empty.txt").write_text("", encoding="utf-8")
    shown = kg("extract", "article.txt", "empty.txt")
    (line,) = shown.stdout.splitlines()
    assert json.loads(line)["id"] == "article"
    assert "skipped empty.txt" in shown.stderr
