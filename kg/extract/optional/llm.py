"""A language model through spacy-llm: it is shown a part of a document and answers with mentions and facts in JSON.

The user's file says which model: the section `[model]` of a spacy-llm config, in spaCy's own format. Whether anything
leaves this machine is decided there and nowhere else. Same input, same bytes does not hold for such a model.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from kg.errors import InputError, MissingExtra, ModelError
from kg.extract.optional.claims import Claim, ClaimedFact, ClaimedMention, Extractor, Unreadable
from kg.extract.optional.windows import windows
from kg.model import Document
from kg.vocabulary import ENTITY_TYPES, MODALITIES, PREDICATES

_MAX_WORDS = 500
_PROMPT = Path(__file__).with_name("prompt.txt")

Ask = Callable[[list[str]], Iterable[str]]


def load_llm(config: str | Path) -> Extractor:
    """The language model that the file `config` names.

    Raises MissingExtra without spacy-llm, InputError for a file that cannot be read, ModelError for a model that
    cannot be made from it.
    """
    try:
        import spacy_llm  # noqa: F401 - registers the factory "llm" and the models that a config may name
    except ImportError as error:
        raise MissingExtra("the extractor 'llm' needs its extra: pip install 'entente-kg[llm]'") from error
    settings = read_config(config)
    ask = make_asker(settings)
    # The whole file and the prompt decide the answers; only a digest is recorded, since the file may name addresses of
    # a private network.
    decides = json.dumps(settings, sort_keys=True) + make_prompt("")
    digest = hashlib.sha256(decides.encode()).hexdigest()[:12]
    called = " ".join(str(settings[key]) for key in ("@llm_models", "name") if key in settings)
    return Extractor("llm", f"{called}, config {digest}", lambda document: read_document(ask, document))


def read_config(path: str | Path) -> dict[str, Any]:
    """The section `[model]` of a config file."""
    from confection import Config

    try:
        config = Config().from_str(Path(path).read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path} cannot be read: {error}") from error
    except ValueError as error:
        raise InputError(f"{path} is no config of spaCy: {' '.join(str(error).split())}") from error
    others = sorted(config.keys() - {"model"})
    if others:
        raise InputError(f"{path} has the section '{others[0]}'; only [model] may stand there")
    if not isinstance(config.get("model"), dict) or "@llm_models" not in config["model"]:
        raise InputError(f'{path} names no model; write a section [model] with @llm_models = "…" in it')
    return dict(config["model"])


def make_asker(settings: dict[str, Any]) -> Ask:
    """A function that puts parts of a document to the model and gives its answers, in order."""
    import spacy

    from kg.extract.optional import endpoint, task  # noqa: F401 - register our task, and a model behind an address

    nlp = spacy.blank("en")
    try:
        # Its check of types takes `collections.abc.Iterable` for a wrong type.
        parts = {"task": {"@llm_tasks": task.NAME}, "model": settings, "validate_types": False}
        nlp.add_pipe("llm", config=parts)
    except Exception as error:
        reason = " ".join(str(error).split())
        raise ModelError(f"spacy-llm cannot make the model that the config names: {reason}") from error
    return lambda texts: [doc._.entente_answer for doc in nlp.pipe(texts)]


def make_prompt(text: str) -> str:
    """What the model is asked: the vocabulary, the form of the answer, the text."""
    predicates = "\n".join(
        f"- {p.name}: {' or '.join(p.domain)} -> {' or '.join(p.range) or 'a value'}" for p in PREDICATES.values()
    )
    form = _PROMPT.read_text(encoding="utf-8")
    # The text last: what it holds must not be taken for a place to fill in.
    for place, words in (
        ("{types}", ", ".join(ENTITY_TYPES)),
        ("{predicates}", predicates),
        ("{modalities}", ", ".join(MODALITIES)),
    ):
        form = form.replace(place, words)
    return form.replace("{text}", text)


def read_document(ask: Ask, document: Document) -> Iterator[Claim]:
    """All that the model claims of a document, part by part."""
    texts = [document.text[begin:end] for begin, end in windows(document, _MAX_WORDS)]
    for answer in ask(texts) if texts else ():
        yield from read_answer(answer)


# ---------------------------------------------------------------- the answer


def read_answer(answer: str) -> Iterator[Claim]:
    """The claims in an answer; what is none is `Unreadable`, never an error."""
    fenced = re.search(r"```(?:json)?\s*\n(.*?)```", answer, re.S)
    try:
        data = json.loads(fenced[1] if fenced else answer)
    except (ValueError, RecursionError):
        yield Unreadable(answer, "the answer is no JSON")
        return
    if not isinstance(data, dict):
        yield Unreadable(answer, "the answer is no JSON object with mentions and facts")
        return
    for name, read in (("mentions", _mention), ("facts", _fact)):
        entries = data.get(name) or []
        for entry in entries if isinstance(entries, list) else [entries]:
            try:
                yield read(entry)
            except (KeyError, TypeError, ValueError, AttributeError):
                yield Unreadable(json.dumps(entry, ensure_ascii=False), f"it has not the form of {name[:-1]}s")


def _mention(entry: Any) -> ClaimedMention:
    return ClaimedMention(str(entry["quote"]), str(entry["type"]), confidence=float(entry.get("confidence", 0.5)))


def _fact(entry: Any) -> ClaimedFact:
    end, value = entry.get("object"), entry.get("value")
    return ClaimedFact(
        _mention(entry["subject"]),
        str(entry["predicate"]),
        None if end is None else _mention(end),
        str(entry["sentence"]),
        None if value is None else str(value),
        str(entry.get("modality", "actual")),
        float(entry.get("confidence", 0.5)),
    )
