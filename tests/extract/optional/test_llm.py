"""A language model through spacy-llm: a registered one that gives canned answers, and a server on this machine."""

from __future__ import annotations

import json
import sys
import threading
from collections.abc import Callable, Iterable, Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from kg.cli import main
from kg.errors import InputError, KgError, MissingExtra
from kg.extract.optional import ClaimedFact, ClaimedMention, Unreadable, choose_extractor
from kg.extract.optional.llm import make_prompt, read_answer
from kg.vocabulary import ENTITY_TYPES, MODALITIES, PREDICATES

NEWS = "Under the Dhow Keepers and Kenya, the Coral Ledger took shape."
ANSWER = {
    "mentions": [
        {"quote": "Dhow Keepers", "type": "Organization", "confidence": 0.9},
        {"quote": "Pearl Keepers", "type": "Organization"},
    ],
    "facts": [
        {
            "subject": {"quote": "Dhow Keepers", "type": "Organization"},
            "predicate": "signed",
            "object": {"quote": "Coral Ledger", "type": "Framework"},
            "confidence": 0.6,
            "sentence": NEWS,
        },
        {
            "subject": {"quote": "Dhow Keepers", "type": "Organization"},
            "predicate": "signed",
            "object": {"quote": "Coral Ledger", "type": "Framework"},
            "sentence": "The Dhow Keepers signed the Coral Ledger.",
        },
    ],
}


@pytest.fixture
def canned() -> list[str]:
    """A model registered with spacy-llm that keeps the prompts and gives ANSWER."""
    registry = pytest.importorskip("spacy_llm.registry", reason="needs the extra 'llm'").registry
    asked: list[str] = []

    @registry.llm_models("entente.Canned.v1")
    def make() -> Callable[[Iterable[Iterable[str]]], Iterable[Iterable[str]]]:
        def answer(prompts: Iterable[Iterable[str]]) -> Iterable[Iterable[str]]:
            for of_doc in prompts:
                asked.extend(of_doc)
                yield [json.dumps(ANSWER)]

        return answer

    return asked


def write(folder: Path, text: str) -> Path:
    path = folder / "model.cfg"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_registered_model_is_asked_and_its_true_claims_alone_are_used(canned: list[str], tmp_path: Path) -> None:
    config = write(tmp_path, '[model]\n@llm_models = "entente.Canned.v1"\n')
    (tmp_path / "news.txt").write_text(NEWS, encoding="utf-8")
    command = ["extract", str(tmp_path / "news.txt"), "--extractor", "llm", "--llm-config", str(config)]
    ran = CliRunner().invoke(main, command)
    assert ran.exit_code == 0, ran.output
    told = json.loads(ran.stdout)
    (fact,) = [f for f in told["facts"] if f.get("rule") == "extractor:llm"]
    assert (fact["p"], fact["confidence"], fact["evidence"]) == ("signed", 0.6, NEWS)
    assert {e["name"] for e in told["entities"] if e.get("rule") == "extractor:llm"} == {"Dhow Keepers", "Coral Ledger"}
    skipped = ran.stderr.splitlines()
    assert len(skipped) == 2
    assert "Pearl Keepers" in skipped[0]
    assert "its evidence does not stand in the text" in skipped[1]
    assert len(canned) == 1
    assert canned[0].endswith(NEWS + "\n")


def test_the_record_names_the_model_and_hides_its_settings(canned: list[str], tmp_path: Path) -> None:
    made = choose_extractor("llm", llm_config=write(tmp_path, '[model]\n@llm_models = "entente.Canned.v1"\n'))
    assert made is not None
    assert made.title.startswith("llm (entente.Canned.v1, config ")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[nlp]\nlang = en", "no config of spaCy|only .model. may stand there"),
        ('[model]\nname = "x"\n', "names no model"),
        ("model", "no config of spaCy"),
        ('[model]\n@llm_models = "entente.NoSuch.v1"\n', "cannot make the model"),
        ('[model]\n@llm_models = "entente.Endpoint.v1"\n', "cannot make the model"),
        ('[model]\n@llm_models = "spacy.NoOp.v1"\n\n[components]\nx = 1\n', "only .model. may stand there"),
    ],
)
def test_a_config_that_cannot_be_used_says_why(tmp_path: Path, text: str, message: str) -> None:
    pytest.importorskip("spacy_llm", reason="needs the extra 'llm'")
    with pytest.raises(KgError, match=message):
        choose_extractor("llm", llm_config=write(tmp_path, text))


def test_a_missing_package_names_the_extra(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setitem(sys.modules, "spacy_llm", None)
    with pytest.raises(MissingExtra, match=r"pip install 'entente-kg\[llm\]'"):
        choose_extractor("llm", llm_config=tmp_path / "model.cfg")
    monkeypatch.setitem(sys.modules, "gliner", None)
    with pytest.raises(MissingExtra, match=r"pip install 'entente-kg\[gliner\]'"):
        choose_extractor("gliner")


def test_no_extractor_and_an_unknown_one() -> None:
    assert choose_extractor(None) is None
    with pytest.raises(InputError, match="'oracle' is no extractor; choose from gliner, llm"):
        choose_extractor("oracle")
    with pytest.raises(InputError, match="--llm-config"):
        choose_extractor("llm")


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--extractor", "llm"], "needs --llm-config"),
        (["--llm-config", "model.cfg"], "goes with --extractor llm"),
        (["--gliner-model", "x", "--extractor", "llm", "--llm-config", "model.cfg"], "goes with --extractor gliner"),
        (["--extractor", "oracle"], "oracle"),
    ],
)
@pytest.mark.parametrize("command", ["extract", "build"])
def test_options_that_do_not_go_together_are_misuse(command: str, options: list[str], message: str) -> None:
    ran = CliRunner().invoke(main, [command, "news.txt", *options])
    assert ran.exit_code == 2
    assert message in ran.stderr


# ---------------------------------------------------------------- a server on this machine


class _Chat(BaseHTTPRequestHandler):
    reply: tuple[int, str] = (200, "")
    asked: list[Any] = []

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.asked.append((self.path, dict(self.headers), body))
        status, text = self.reply
        self.send_response(status)
        if status == 302:
            self.send_header("Location", "http://192.0.2.1/elsewhere")
        self.end_headers()
        self.wfile.write(text.encode())

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def server() -> Iterator[str]:
    _Chat.asked = []
    with HTTPServer(("127.0.0.1", 0), _Chat) as listening:
        thread = threading.Thread(target=listening.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{listening.server_port}/v1/chat/completions"
        listening.shutdown()
        thread.join()


def _chat(content: str) -> str:
    return json.dumps({"choices": [{"message": {"content": content}}]})


def _extract(tmp_path: Path, url: str) -> Any:
    config = write(
        tmp_path,
        f'[model]\n@llm_models = "entente.Endpoint.v1"\nurl = "{url}"\nname = "tiny"\nkey_variable = "DESK_KEY"\n',
    )
    (tmp_path / "news.txt").write_text(NEWS, encoding="utf-8")
    command = ["extract", str(tmp_path / "news.txt"), "--extractor", "llm", "--llm-config", str(config)]
    return CliRunner().invoke(main, command, env={"DESK_KEY": "open sesame"})


def test_a_server_is_asked_at_its_address_with_the_key_of_the_environment(server: str, tmp_path: Path) -> None:
    pytest.importorskip("spacy_llm", reason="needs the extra 'llm'")
    _Chat.reply = (200, _chat(f"Here you are:\n```json\n{json.dumps(ANSWER)}\n```"))
    ran = _extract(tmp_path, server)
    assert ran.exit_code == 0, ran.output
    assert [f["p"] for f in json.loads(ran.stdout)["facts"] if "rule" in f] == ["signed"]
    ((path, headers, body),) = _Chat.asked
    assert (path, body["model"], body["temperature"]) == ("/v1/chat/completions", "tiny", 0)
    assert headers["Authorization"] == "Bearer open sesame"
    assert body["messages"][0]["content"] == make_prompt(NEWS)


@pytest.mark.parametrize(
    ("reply", "message"),
    [
        ((500, "out of memory"), "status 500: out of memory"),
        ((302, ""), "status 302"),
        ((200, "<html>"), "no answer of OpenAI's chat protocol"),
        ((200, '{"choices": []}'), "no answer of OpenAI's chat protocol"),
    ],
)
def test_a_server_that_fails_is_named(server: str, tmp_path: Path, reply: tuple[int, str], message: str) -> None:
    pytest.importorskip("spacy_llm", reason="needs the extra 'llm'")
    _Chat.reply = reply
    ran = _extract(tmp_path, server)
    assert ran.exit_code == 1
    assert message in ran.stderr
    assert server in ran.stderr
    assert "open sesame" not in ran.output
    assert len(_Chat.asked) == 1


def test_a_server_that_is_not_there_is_named(tmp_path: Path) -> None:
    pytest.importorskip("spacy_llm", reason="needs the extra 'llm'")
    ran = _extract(tmp_path, "http://127.0.0.1:9/v1/chat/completions")
    assert ran.exit_code == 1
    assert "http://127.0.0.1:9/v1/chat/completions cannot be reached" in ran.stderr


# ---------------------------------------------------------------- prompt and answer


def test_the_prompt_holds_the_whole_vocabulary_and_the_text_as_it_is() -> None:
    prompt = make_prompt("Braces {types} and {text} stay.")
    assert all(name in prompt for name in (*ENTITY_TYPES, *PREDICATES, *MODALITIES))
    assert prompt.endswith("Braces {types} and {text} stay.\n")


def test_an_answer_in_any_wrapping_is_read() -> None:
    bare = json.dumps(ANSWER)
    for answer in (bare, f"```json\n{bare}\n```", f"Sure!\n```\n{bare}\n```\nAnything else?"):
        claims = list(read_answer(answer))
        assert [type(claim) for claim in claims] == [ClaimedMention, ClaimedMention, ClaimedFact, ClaimedFact]


@pytest.mark.parametrize(
    "answer",
    ["", "I cannot.", "[]", "7", "null", "[" * 100_000, '{"facts": 3}', '{"facts": ["x"]}', '{"mentions": [{}]}',
     '{"facts": [{"subject": {"quote": "a", "type": "b"}, "predicate": "met"}]}',
     '{"mentions": [{"quote": "a", "type": "b", "confidence": "high"}]}'],
)  # fmt: skip
def test_an_answer_that_is_none_is_listed_not_raised(answer: str) -> None:
    (claim,) = read_answer(answer)
    assert isinstance(claim, Unreadable)


JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["mentions", "facts", "quote", "type", "subject", "sentence"]), inner, max_size=4
        )
    ),
    max_leaves=12,
)


@given(st.text() | JSON.map(json.dumps))
def test_any_answer_at_all_gives_claims_and_no_error(answer: str) -> None:
    assert all(isinstance(c, ClaimedMention | ClaimedFact | Unreadable) for c in read_answer(answer))
