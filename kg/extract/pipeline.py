"""The spaCy pipeline: which model, which components, and Entente's own two among them.

    tokenizer -> entente_paragraphs -> tok2vec -> tagger -> parser -> ner -> entente

A user of spaCy gets the same with `nlp.add_pipe("entente")`: the factories are registered as entry points.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator

from spacy.attrs import IS_SPACE
from spacy.language import Language
from spacy.tokens import Doc

from kg.errors import ModelError
from kg.extract.maker import DEFAULT_MODEL, model_path, verify_model
from kg.extract.optional.claims import NO_CLAIMS, Extractor
from kg.extract.parse import blank_out
from kg.extract.reader import read_facts
from kg.extract.vectors import quicken
from kg.garbage import without_collection
from kg.model import Document, Extraction

# The lemmatizer and the attribute ruler cost a fifth of the time; the rules read tags and their own verb forms.
EXCLUDED = ["attribute_ruler", "lemmatizer", "senter"]
BATCH_SIZE = 64
# spaCy's string store grows with every new word; a memory zone gives the words of a batch back.
ZONE_SIZE = 512


@functools.cache
@without_collection()
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
    quicken(nlp)
    nlp.add_pipe("entente_paragraphs", first=True)
    nlp.add_pipe("entente", last=True)
    return nlp


def make_doc(nlp: Language, document: Document, extractor: Extractor | None = None) -> Doc:
    """A tokenised doc that carries its document into the pipeline, and what an optional extractor claims of it."""
    doc = nlp.make_doc(blank_out(document))
    doc._.entente_document = document
    if extractor is not None:
        doc._.entente_claims = extractor.claims_of(document)
    return doc


def extract_documents(
    documents: Iterable[Document], *, model: str = DEFAULT_MODEL, extractor: Extractor | None = None
) -> Iterator[Extraction]:
    """What each document says, in input order; lazily, in batches. What `extractor` claims is checked and added."""
    nlp = load_pipeline(model)
    waiting: list[Document] = []
    for document in documents:
        waiting.append(document)
        if len(waiting) == ZONE_SIZE:
            yield from _extract_zone(nlp, waiting, extractor)
            waiting = []
    yield from _extract_zone(nlp, waiting, extractor)


def _extract_zone(nlp: Language, documents: list[Document], extractor: Extractor | None) -> list[Extraction]:
    """One memory zone: nothing of spaCy's may leave it, only our own plain data."""
    with nlp.memory_zone(), without_collection():
        docs = nlp.pipe((make_doc(nlp, document, extractor) for document in documents), batch_size=BATCH_SIZE)
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
        doc._.entente = read_facts(doc, document, self.names, doc._.entente_claims or NO_CLAIMS)
        return doc


@Language.factory("entente", requires=["token.tag", "token.dep", "doc.ents"])
def make_component(nlp: Language, name: str) -> EntenteComponent:
    """The factory behind `nlp.add_pipe("entente")`."""
    return EntenteComponent(nlp)


for _extension in ("entente", "entente_document", "entente_claims"):
    if not Doc.has_extension(_extension):
        Doc.set_extension(_extension, default=None)
