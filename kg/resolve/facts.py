"""Facts of all documents united: one fact a claim, with every sentence that supports it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from kg.model import Fact, Figure
from kg.resolve.claims import Claims
from kg.resolve.periods import Period, period
from kg.vocabulary import PREDICATES

_NEVER = Period(10**9, 10**9)


def unite_facts(claims: Claims, ids: Mapping[int, str]) -> list[Fact]:
    """The facts of all documents with global ids, one a key, sorted by key.

    A fact that a merge turned on itself ("X met X") is dropped. Its `reported` is the earliest date and its
    `confidence` the highest of those that are united: reports copy each other, so that many do not make one surer.
    """
    found: dict[tuple[str | None, ...], list[Fact]] = {}
    for extraction in claims.extractions:
        numbers = claims.numbers[extraction.document.key]
        for fact in extraction.facts:
            subject = ids[numbers[fact.subject]]
            object_ = None if fact.object is None else ids[numbers[fact.object]]
            if subject == object_:
                continue
            if object_ is not None and object_ < subject and PREDICATES[fact.predicate].symmetric:
                subject, object_ = object_, subject
            key = (subject, fact.predicate, object_, fact.value, fact.modality, fact.happened)
            found.setdefault(key, []).append(fact)
    return sorted((_united(key, parts) for key, parts in found.items()), key=lambda fact: fact.key)


def _united(key: tuple[str | None, ...], parts: list[Fact]) -> Fact:
    surest = min(parts, key=lambda fact: (-fact.confidence, fact.rule))
    return replace(
        surest,
        subject=key[0] or "",
        object=key[2],
        evidence=tuple(sorted({mention for fact in parts for mention in fact.evidence})),
        reported=earliest(fact.reported for fact in parts),
        status="asserted",
        contradicts=(),
        against=(),
    )


def unite_figures(claims: Claims, ids: Mapping[int, str]) -> list[Figure]:
    """The figures of all documents with global ids, one a key, sorted by key."""
    found: dict[str, list[Figure]] = {}
    for extraction in claims.extractions:
        numbers = claims.numbers[extraction.document.key]
        for figure in extraction.figures:
            global_ = replace(figure, subject=ids[numbers[figure.subject]])
            found.setdefault(global_.key, []).append(global_)
    return [
        replace(
            parts[0],
            evidence=tuple(sorted({mention for figure in parts for mention in figure.evidence})),
            reported=earliest(figure.reported for figure in parts),
        )
        for _, parts in sorted(found.items())
    ]


def earliest(dates: Iterable[str | None]) -> str | None:
    """The date that begins first; of two that begin on one day the more precise.

    >>> earliest(["2024-02", None, "2024-01-09", "2024-01"])
    '2024-01'
    """
    known = {date for date in dates if date}
    return min(known, key=lambda date: ((period(date) or _NEVER).begin, -len(date), date), default=None)
