"""The JSON form of an extraction, one line a document, as `kg extract --format jsonl` prints it."""

from __future__ import annotations

import json
from typing import Any

from kg.extract.optional.claims import RULE
from kg.model import Entity, Extraction, Fact, Figure


def to_form(extraction: Extraction) -> dict[str, Any]:
    """A document as plain data: `id`, `entities`, `facts`, `figures`; evidence is the sentence's text."""
    return {
        "id": extraction.document.id,
        "entities": [_entity_form(entity) for entity in extraction.entities],
        "facts": [_fact_form(fact) for fact in extraction.facts],
        "figures": [_figure_form(figure) for figure in extraction.figures],
    }


def to_line(extraction: Extraction) -> str:
    """The same as one line of JSON."""
    return json.dumps(to_form(extraction), ensure_ascii=False)


def _entity_form(entity: Entity) -> dict[str, Any]:
    form = {"id": entity.id, "type": entity.type, "name": entity.name, "aliases": list(entity.aliases)}
    rules = {mention.rule for mention in entity.mentions}
    # Only what rests on nothing but the word of an optional extractor says so.
    return {**form, "rule": min(rules)} if rules and all(rule.startswith(RULE) for rule in rules) else form


def _fact_form(fact: Fact) -> dict[str, Any]:
    end = {"o": fact.object} if fact.object is not None else {"value": fact.value}
    return {
        "s": fact.subject,
        "p": fact.predicate,
        **end,
        "modality": fact.modality,
        "evidence": fact.evidence[0].quote,
        **({"rule": fact.rule, "confidence": fact.confidence} if fact.rule.startswith(RULE) else {}),
    }


def _figure_form(figure: Figure) -> dict[str, Any]:
    amount = float(figure.amount)
    return {
        "s": figure.subject,
        "indicator": figure.indicator,
        "value": int(amount) if amount.is_integer() else amount,
        "unit": figure.unit,
        "period": figure.period,
        "evidence": figure.evidence[0].quote,
    }
