"""Facts as rows of a table: names beside ids, the evidence sentence and its document in every row."""

from __future__ import annotations

from collections.abc import Iterable

from kg.model import Document, Entity, Fact

FACT_COLUMNS = (
    "key", "subject", "subject_name", "predicate", "object", "object_name", "value", "modality", "status", "happened",
    "reported", "confidence", "contradicts", "against_seed", "n_mentions", "document", "title", "source", "begin",
    "end", "evidence",
)  # fmt: skip


Row = dict[str, str | int | float | list[str] | None]


def fact_rows(facts: Iterable[Fact], entities: Iterable[Entity], documents: Iterable[Document]) -> list[Row]:
    """One row per fact, in the order given, under `FACT_COLUMNS`.

    A fact with several mentions shows the first one; `n_mentions` counts them. `contradicts` holds the keys of the
    facts that cannot be true beside it, `against_seed` the rows of the seeds.
    """
    named = {entity.id: entity for entity in entities}
    cited = {document.key: document for document in documents}
    return [_row(fact, named, cited) for fact in facts]


def _row(fact: Fact, entities: dict[str, Entity], documents: dict[str, Document]) -> Row:
    first = min(fact.evidence)
    document = documents[first.document]
    return {
        "key": fact.key,
        "subject": fact.subject,
        "subject_name": entities[fact.subject].name,
        "predicate": fact.predicate,
        "object": fact.object,
        "object_name": entities[fact.object].name if fact.object is not None else None,
        "value": fact.value,
        "modality": fact.modality,
        "status": fact.status,
        "happened": fact.happened,
        "reported": fact.reported,
        "confidence": fact.confidence,
        "contradicts": list(fact.contradicts),
        "against_seed": list(fact.against),
        "n_mentions": len(fact.evidence),
        "document": document.id,
        "title": document.title,
        "source": document.source,
        "begin": first.begin,
        "end": first.end,
        "evidence": first.quote,
    }
