"""Disputed facts side by side: what contradicts each other stands together."""

from __future__ import annotations

from collections.abc import Iterable

from kg.model import Fact


def side_by_side(facts: Iterable[Fact], disputed: Iterable[Fact]) -> list[Fact]:
    """The facts with all of `disputed` that contradict them, each dispute in one piece; the order is otherwise kept."""
    by_key = {fact.key: fact for fact in disputed}
    found: dict[str, Fact] = {}
    for fact in facts:
        waiting = [fact]
        while waiting:
            one = waiting.pop(0)
            if one.key not in found:
                found[one.key] = one
                waiting += [by_key[key] for key in one.contradicts if key in by_key]
    return list(found.values())
