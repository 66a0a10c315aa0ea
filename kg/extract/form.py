"""The JSON form of an extraction, one line a document, as `kg extract --format jsonl` prints it."""

from __future__ import annotations

import json
from typing import Any

from kg.model import Extraction, Fact, Figure


def to_form(extraction: Extraction) -> dict[str, Any]:
    """A document as plain data: `id`, `entities`, `facts`, `figures`; evidence is the sentence's text."""
    return {
        "id": extraction.document.id,
        "entities": [
            {"id": e.id, "type": e.type, "name": e.name, "aliases": list(e.aliases)} for e in extraction.entities
        ],
        "facts": [_fact_form(fact) for fact in extraction.facts],
        "figures": [_figure_form(figure) for figure in extraction.figures],
    }


def to_line(extraction: Extraction) -> str:
    """The same as one line of JSON."""
    return json.dumps(to_form(extraction), ensure_ascii=False)


def _fact_form(fact: Fact) -> dict[str, Any]:
    end = {"o": fact.object} if fact.object is not None else {"value": fact.value}
    return {
        "s": fact.subject,
        "p": fact.predicate,
        **end,
        "modality": fact.modality,
        "evidence": fact.evidence[0].quote,
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
