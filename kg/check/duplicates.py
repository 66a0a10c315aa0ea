"""Pairs of entities whose names are so alike that they may be one: for a reader to judge, nothing is merged here."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations

from kg.model import Entity
from kg.spelling import fold

LIKENESS = 90
# Comparisons grow with the square of a block: a beginning that more names share than this says too little.
_BIGGEST_BLOCK = 300
_BEGINNING = 4


@dataclass(frozen=True, slots=True, order=True)
class Suspect:
    """Two entities of one type (ids in order) with near-equal names; `likeness` is from 0 to 100."""

    type: str
    first: str
    second: str
    first_name: str
    second_name: str
    likeness: int


def duplicate_suspects(entities: Iterable[Entity]) -> list[Suspect]:
    """The pairs, the likest first. Countries are left out: their names come from the seeds and are all different.

    Names that differ in a number ("11th", "12th"; "2021-2022", "2023") mean different things and are no pair.
    """
    names = {entity.id: _folded(entity.name) for entity in entities}
    by_id = {entity.id: entity for entity in entities if entity.type != "Country"}
    pairs = {pair for block in _blocks(by_id.values(), names) for pair in combinations(sorted(block), 2)}
    suspects = [_compare(by_id[first], by_id[second], names) for first, second in pairs]
    return sorted((s for s in suspects if s is not None), key=lambda s: (-s.likeness, s))


def _folded(name: str) -> str:
    """The words of a name without case, accents and punctuation."""
    return " ".join(re.findall(r"\w+", fold(name).casefold()))


def _blocks(entities: Iterable[Entity], names: dict[str, str]) -> Iterator[list[str]]:
    """Entities of one type that share the beginning of a word."""
    blocks: dict[tuple[str, str], list[str]] = defaultdict(list)
    for entity in entities:
        for beginning in {word[:_BEGINNING] for word in names[entity.id].split() if len(word) > 2}:
            blocks[entity.type, beginning].append(entity.id)
    return (block for _, block in sorted(blocks.items()) if 1 < len(block) <= _BIGGEST_BLOCK)


def _compare(first: Entity, second: Entity, names: dict[str, str]) -> Suspect | None:
    from rapidfuzz import fuzz

    one, other = names[first.id], names[second.id]
    if re.findall(r"\d+", one) != re.findall(r"\d+", other) or _held_apart(first, second):
        return None
    likeness = fuzz.token_sort_ratio(one, other, score_cutoff=LIKENESS)
    if not likeness:
        return None
    return Suspect(first.type, first.id, second.id, first.name, second.name, round(likeness))


def _held_apart(first: Entity, second: Entity) -> bool:
    """Whether two meetings lie in different times, or have different numbers: then equal names are usual."""
    one, other = first.attributes, second.attributes
    numbers = {one.get("ordinal"), other.get("ordinal")} - {None}
    ends, begins = (one.get("latest"), other.get("latest")), (other.get("earliest"), one.get("earliest"))
    return len(numbers) > 1 or any(end and begin and end < begin for end, begin in zip(ends, begins, strict=True))
