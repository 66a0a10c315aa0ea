"""Which facts count, when they were so, and the sentences behind them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, TypedDict

import numpy as np

from kg.errors import GraphError
from kg.graph.column import Column, StringColumn
from kg.graph.columns import PropertyGraph
from kg.store.dates import first_day, last_day, precision
from kg.vocabulary import MODALITIES, STATUSES


@dataclass(frozen=True, slots=True)
class Selection:
    """The facts that count: by default what happened (`actual`) and nobody contradicts (`asserted`).

    None means any. `since` and `until` are dates as precise as you like, both inclusive: what may have happened
    between them counts, what has no date then does not.
    """

    modality: str | None = "actual"
    status: str | None = "asserted"
    since: str | None = None
    until: str | None = None

    def __post_init__(self) -> None:
        for name, choices in (("modality", MODALITIES), ("status", STATUSES)):
            if getattr(self, name) not in (None, *choices):
                raise GraphError(f"'{getattr(self, name)}' is no {name}; choose from {', '.join(choices)}, or None")
        for day in (self.since, self.until):
            if day is not None and precision(day) is None:
                raise GraphError(f"'{day}' is no date; write YYYY, YYYY-MM or YYYY-MM-DD")

    def at_any_time(self) -> Selection:
        """The same without dates, for what holds over time: whom a leader represents, who is a member."""
        return replace(self, since=None, until=None)


EVERYTHING_SO = Selection()


class Counted(TypedDict, total=False):
    """A `Selection` as keyword arguments."""

    modality: str | None
    status: str | None
    since: str | None
    until: str | None


def chosen_facts(graph: PropertyGraph, types: Iterable[str], selection: Selection) -> np.ndarray:
    """The relationships of those types that count by modality and status, ascending.

    Where a graph has no modality or status, because it was not made from facts, everything counts.
    """
    codes = [code for code, type_ in enumerate(graph.types()) if type_ in set(types)]
    fits = np.isin(graph.type_codes, codes)
    for key, value in (("modality", selection.modality), ("status", selection.status)):
        if value is not None:
            fits &= _is_or_null(graph.relationship_column(key), value)
    return np.flatnonzero(fits)


def _is_or_null(column: Column, value: str) -> np.ndarray:
    same: np.ndarray = np.isin(column.raw, column.raw_equal_to(value))
    nowhere: np.ndarray = np.zeros(1, np.bool_)
    fits: np.ndarray = same | (nowhere if column.null is None else column.null)
    return fits


def days(column: Column) -> np.ndarray:
    """ISO days as the number yyyymmdd; 0 where there is none."""
    if not isinstance(column, StringColumn):
        return np.zeros(len(column), np.int64)
    # The last entry is for the code -1.
    numbers = np.array([*map(day_number, column.vocabulary), 0], np.int64)
    dated: np.ndarray = numbers[column.raw]
    return dated


def day_number(day: str) -> int:
    """
    >>> day_number("2024-11-07")
    20241107
    """
    digits = day.replace("-", "")
    return int(digits) if digits.isdigit() else 0


def in_time(earliest: np.ndarray, latest: np.ndarray, selection: Selection) -> np.ndarray:
    """Whether each span of days touches the time selected; one without days does only when no time is."""
    fits = np.ones(len(earliest), np.bool_)
    if selection.since is not None:
        fits &= latest >= day_number(first_day(selection.since))
    if selection.until is not None:
        fits &= (earliest > 0) & (earliest <= day_number(last_day(selection.until)))
    return fits


class Witnesses:
    """What the graph itself knows of the sentences behind its relationships; `None` where it knows none."""

    def __init__(self, graph: PropertyGraph) -> None:
        self.graph = graph

    def name(self, node: int) -> str:
        """The name, title or id of a node."""
        for key in ("name", "title"):
            if (value := self.graph.node_property(node, key)) is not None:
                return str(value)
        return self.id(node)

    def id(self, node: int) -> str:
        return str(self.graph.node_key(node))

    def key(self, fact: int) -> str:
        return str(self.graph.relationship_key(fact))

    def happened(self, fact: int) -> str | None:
        value = self.graph.relationship_property(fact, "happened")
        return None if value is None else str(value)

    def sentence(self, fact: int) -> str | None:
        value = self.graph.relationship_property(fact, "evidence")
        return None if value is None else " ".join(str(value).split())

    def document(self, fact: int) -> str | None:
        """The first document that states the fact: title, publisher and date."""
        stated: list[Any] = self.graph.relationship_property(fact, "documents") or []
        node = self._documents.get(stated[0]) if stated else None
        if node is None:
            return None
        said = (self.graph.node_property(node, key) for key in ("name", "publisher", "issued"))
        return ", ".join(str(part) for part in said if part)

    def best(self, facts: Iterable[int]) -> int | None:
        """The fact that most documents state, then the surest; the key makes ties the same on every run."""
        held = list(facts)
        return min(held, key=self._doubt) if held else None

    def _doubt(self, fact: int) -> tuple[float, float, str]:
        n_documents = len(self.graph.relationship_property(fact, "documents") or ())
        return -n_documents, -float(self.graph.relationship_property(fact, "confidence") or 0), self.key(fact)

    @cached_property
    def _documents(self) -> dict[str, int]:
        numbers = np.flatnonzero(self.graph.label_mask("Document")).tolist()
        return {str(self.graph.node_property(node, "iri")): node for node in numbers}


def node_of(graph: PropertyGraph, id_: str) -> int | None:
    """The number of the node with that id; None if there is none."""
    keys = graph.data.node_keys
    found = [] if keys is None else keys.find(id_).tolist()
    return found[0] if found else None
