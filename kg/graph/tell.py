"""Facts and figures as sentences for a reader, each with the words it rests on and where they stand."""

from __future__ import annotations

from collections.abc import Iterable

from kg.graph.verbs import VERBS
from kg.model import Document, Entity, Fact, Figure, Mention


class Teller:
    """Tells facts, and looks up the names and the documents in them."""

    def __init__(self, entities: Iterable[Entity], documents: Iterable[Document]) -> None:
        self.names = {entity.id: entity.name for entity in entities}
        self.documents = {document.key: document for document in documents}

    def fact(self, fact: Fact) -> str:
        """The claim, and all its sentences below it."""
        rows = (f"  but {row}" for row in fact.against)
        return "\n".join((self.claim(fact), *self._quotes(fact.evidence), *rows))

    def claim(self, fact: Fact) -> str:
        """The claim, with its date and with what it is when it is not simply so."""
        object_ = self.names[fact.object] if fact.object is not None else fact.value
        marks = [fact.happened if fact.predicate != "heldOn" else None]
        marks += [word for word in (fact.modality, fact.status) if word not in ("actual", "asserted")]
        return f"{self.names[fact.subject]} {VERBS[fact.predicate]} {object_}{_in_brackets(marks)}"

    def figure(self, figure: Figure) -> str:
        """The number with its unit and period, and its sentences below it."""
        claim = f"{figure.indicator}: {figure.amount} {figure.unit}{_in_brackets([figure.period])}"
        return "\n".join((claim, *self._quotes(figure.evidence)))

    def document(self, key: str) -> str:
        """The id of the document with that key, by which a user calls it."""
        return self.documents[key].id if key in self.documents else key

    def _quotes(self, evidence: Iterable[Mention]) -> list[str]:
        lines = []
        for mention in sorted(evidence):
            # A sentence may run over a line break of its article.
            lines += [f"  “{' '.join(mention.quote.split())}”", f"    {_citation(self.documents[mention.document])}"]
        return lines


def _citation(document: Document) -> str:
    said = (document.title, document.publisher, document.published)
    return f"{', '.join(filter(None, said))} [{document.id}]".lstrip()


def _in_brackets(marks: list[str | None]) -> str:
    said = ", ".join(mark for mark in marks if mark)
    return f" ({said})" if said else ""
