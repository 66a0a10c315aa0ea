"""An extraction as JSON, the form in which it waits for the next build; never pickle.

Mentions are kept as offsets, because the document's text lies beside them: [begin, end], with the rule when there
is one, and with the quote only where it differs from the text.
"""

from __future__ import annotations

import json
from typing import Any

from kg.model import Document, Entity, Extraction, Fact, Figure, Mention, Skipped


def extraction_to_json(extraction: Extraction) -> str:
    """The extraction without its document; the same extraction gives the same text."""
    document = extraction.document
    data: dict[str, Any] = {
        "entities": [_entity_form(entity, document) for entity in extraction.entities],
        "facts": [_fact_form(fact, document) for fact in extraction.facts],
        "figures": [_figure_form(figure, document) for figure in extraction.figures],
    }
    if extraction.refused:
        data["refused"] = [[one.where, one.reason] for one in extraction.refused]
    return json.dumps(data, separators=(",", ":"))


def extraction_from_json(text: str, document: Document) -> Extraction:
    """The extraction of `document` back from its JSON. Raises ValueError, KeyError or TypeError for anything else."""
    data = json.loads(text)
    return Extraction(
        document=document,
        entities=tuple(_entity(form, document) for form in data["entities"]),
        facts=tuple(_fact(form, document) for form in data["facts"]),
        figures=tuple(_figure(form, document) for form in data["figures"]),
        refused=tuple(Skipped(where, reason) for where, reason in data.get("refused", ())),
    )


def _mention_form(mention: Mention, document: Document) -> list[Any]:
    form: list[Any] = [mention.begin, mention.end]
    differs = mention.quote != document.text[mention.begin : mention.end] or mention.document != document.key
    if mention.rule or differs:
        form.append(mention.rule)
    if differs:
        form += [mention.quote, mention.document]
    return form


def _mention(form: list[Any], document: Document) -> Mention:
    begin, end, *rest = form
    rule = rest[0] if rest else ""
    quote, key = rest[1:] if len(rest) == 3 else (document.text[begin:end], document.key)
    return Mention(key, begin, end, quote, rule)


def _mention_forms(mentions: tuple[Mention, ...], document: Document) -> list[list[Any]]:
    return [_mention_form(mention, document) for mention in mentions]


def _mentions(forms: list[list[Any]], document: Document) -> tuple[Mention, ...]:
    return tuple(_mention(form, document) for form in forms)


def _entity_form(entity: Entity, document: Document) -> dict[str, Any]:
    return {
        "id": entity.id,
        "type": entity.type,
        "name": entity.name,
        "aliases": list(entity.aliases),
        "attributes": dict(entity.attributes),
        "mentions": _mention_forms(entity.mentions, document),
        "seed": entity.seed,
    }


def _entity(form: dict[str, Any], document: Document) -> Entity:
    mentions = _mentions(form["mentions"], document)
    return Entity(**{**form, "aliases": tuple(form["aliases"]), "mentions": mentions})


_FACT_FIELDS = (
    "subject", "predicate", "object", "value", "modality", "happened", "reported", "confidence", "rule", "status",
)  # fmt: skip
_FIGURE_FIELDS = ("subject", "indicator", "amount", "unit", "period", "reported")


def _fact_form(fact: Fact, document: Document) -> dict[str, Any]:
    form = {name: getattr(fact, name) for name in _FACT_FIELDS}
    return {
        **form,
        "evidence": _mention_forms(fact.evidence, document),
        "contradicts": list(fact.contradicts),
        "against": list(fact.against),
    }


def _fact(form: dict[str, Any], document: Document) -> Fact:
    evidence = _mentions(form["evidence"], document)
    disputes = {name: tuple(form.get(name, ())) for name in ("contradicts", "against")}
    return Fact(**{**form, "evidence": evidence, **disputes})


def _figure_form(figure: Figure, document: Document) -> dict[str, Any]:
    form = {name: getattr(figure, name) for name in _FIGURE_FIELDS}
    return {**form, "evidence": _mention_forms(figure.evidence, document)}


def _figure(form: dict[str, Any], document: Document) -> Figure:
    return Figure(**{**form, "evidence": _mentions(form["evidence"], document)})
