"""All that is known about one entity, as text for a reader or as JSON for a program."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import groupby
from textwrap import indent

from kg.graph.rows import fact_rows
from kg.graph.tell import Teller
from kg.model import Document, Entity, Fact, Figure, Merge
from kg.resolve.rules import RULES
from kg.vocabulary import PREDICATES


@dataclass(frozen=True, slots=True)
class Explanation:
    """What is known about `entity`: facts in the order of the vocabulary, figures, and the names merged into it."""

    entity: Entity
    facts: tuple[Fact, ...]
    figures: tuple[Figure, ...]
    merges: tuple[Merge, ...]
    entities: tuple[Entity, ...] = field(repr=False)
    documents: tuple[Document, ...] = field(repr=False)

    def text(self, *, why: bool = False) -> str:
        """The whole as indented text; `why` adds the names that were merged into the entity."""
        teller = Teller(self.entities, self.documents)
        parts = ["\n".join((f"{self.entity.name} ({self.entity.type})", *_particulars(self.entity)))]
        for predicate, facts in groupby(self.facts, key=lambda fact: fact.predicate):
            parts.append("\n".join((predicate, *(indent(teller.fact(fact), "  ") for fact in facts))))
        if self.figures:
            parts.append("\n".join(("figures", *(indent(teller.figure(figure), "  ") for figure in self.figures))))
        if why:
            told = [_merge(merge, teller) for merge in self.merges] or ["  none: every mention had this name"]
            parts.append("\n".join(("names merged into it", *told)))
        return "\n\n".join(parts)

    def _repr_html_(self) -> str:
        from kg.frames import text_html

        return text_html(self.text())

    def json(self) -> str:
        """The whole as JSON: `entity`, `facts`, `figures`, `merges`."""
        shown = {
            "entity": _entity_form(self.entity),
            "facts": fact_rows(self.facts, self.entities, self.documents),
            "figures": [_figure_form(figure) for figure in self.figures],
            "merges": [_merge_form(merge) for merge in self.merges],
        }
        return json.dumps(shown, ensure_ascii=False, indent=2)


def in_order(facts: Iterable[Fact], entity: Entity) -> tuple[Fact, ...]:
    """Facts of one entity as a reader wants them: by predicate, what it did before what others did, by date."""
    order = {predicate: i for i, predicate in enumerate(PREDICATES)}
    return tuple(sorted(facts, key=lambda f: (order[f.predicate], f.subject != entity.id, f.happened or "", f.key)))


def _particulars(entity: Entity) -> list[str]:
    lines = [f"  also called: {'; '.join(entity.aliases)}"] if entity.aliases else []
    lines += [f"  {name}: {value}" for name, value in sorted(entity.attributes.items()) if value]
    return [*lines, f"  id: {entity.id}"]


def _merge(merge: Merge, teller: Teller) -> str:
    where = teller.document(merge.document)
    told = f"  “{merge.absorbed}” in {where}: {merge.rule} (score {merge.score:.2f})"
    because = _because(merge.rule)
    return f"{told}\n    {because}" if because else told


def _because(rule: str) -> str:
    """The rule in plain words; "" for one of another version."""
    return RULES[rule].because if rule in RULES else ""


def _entity_form(entity: Entity) -> dict[str, object]:
    form: dict[str, object] = {
        "id": entity.id,
        "type": entity.type,
        "name": entity.name,
        "aliases": list(entity.aliases),
    }
    return form | dict(sorted(entity.attributes.items()))


def _figure_form(figure: Figure) -> dict[str, str | None]:
    return {
        "indicator": figure.indicator,
        "amount": figure.amount,
        "unit": figure.unit,
        "period": figure.period,
        "evidence": min(figure.evidence).quote,
    }


def _merge_form(merge: Merge) -> dict[str, str | float]:
    return {
        "absorbed": merge.absorbed,
        "document": merge.document,
        "rule": merge.rule,
        "score": merge.score,
        "because": _because(merge.rule),
    }
