"""Rows and tables -> the columns of a property graph."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from kg.errors import GraphError
from kg.graph.column import Column, column_of, scatter
from kg.graph.columns import GraphData


@dataclass(frozen=True)
class NodeTable:
    """`n_rows` nodes with the same labels; columns are sequences or arrays of that length, None is null."""

    labels: Sequence[str]
    n_rows: int
    columns: Mapping[str, Iterable[Any]] = field(default_factory=dict)


@dataclass(frozen=True)
class RelationshipTable:
    """Relationships of one type between the nodes with these numbers; columns as in `NodeTable`."""

    type: str
    source: Sequence[int] | np.ndarray
    target: Sequence[int] | np.ndarray
    columns: Mapping[str, Iterable[Any]] = field(default_factory=dict)


def build_tables(nodes: Iterable[NodeTable], relationships: Iterable[RelationshipTable]) -> GraphData:
    """The columns of the tables, one after the other."""
    node_tables, link_tables = list(nodes), list(relationships)
    labels = _Names()
    label_codes = [np.full(t.n_rows, labels.code(_label_set(t.labels)), np.int32) for t in node_tables]
    types = _Names()
    type_codes = [np.full(len(table.source), types.code(table.type), np.int32) for table in link_tables]
    return assemble(
        labels,
        _joined(label_codes),
        types,
        _joined(type_codes),
        _joined([np.asarray(table.source, np.int64) for table in link_tables]),
        _joined([np.asarray(table.target, np.int64) for table in link_tables]),
        _stacked([(table.n_rows, table.columns) for table in node_tables], "nodes"),
        _stacked([(len(table.source), table.columns) for table in link_tables], "relationships"),
    )


def build_rows(
    nodes: Iterable[tuple[Iterable[str], Mapping[str, Any]]],
    relationships: Iterable[tuple[int, int, str, Mapping[str, Any]]],
) -> GraphData:
    """The columns of the rows, in their order."""
    labels, label_codes, node_cells = _Names(), [], _Cells("node")
    for node, (names, properties) in enumerate(nodes):
        label_codes.append(labels.code(_label_set(names)))
        node_cells.add(node, properties)
    types, links, link_cells = _Names(), [], _Cells("relationship")
    for number, (source, target, type_, properties) in enumerate(relationships):
        links.append((source, target, types.code(type_)))
        link_cells.add(number, properties)
    ends = np.array(links, np.int64).reshape(-1, 3)
    return assemble(
        labels,
        np.array(label_codes, np.int32),
        types,
        ends[:, 2],
        ends[:, 0],
        ends[:, 1],
        node_cells.columns(len(label_codes)),
        link_cells.columns(len(links)),
    )


def assemble(
    labels: _Names,
    label_codes: np.ndarray,
    types: _Names,
    type_codes: np.ndarray,
    source: np.ndarray,
    target: np.ndarray,
    node_columns: dict[str, Column],
    relationship_columns: dict[str, Column],
) -> GraphData:
    """The parts checked against each other, types sorted, arrays in their types and read-only."""
    for ends in (source, target):
        wrong = np.flatnonzero((ends < 0) | (ends >= len(label_codes)))
        if len(wrong):
            number = wrong.item(0)
            raise GraphError(f"relationship {number} ends at node {ends[number]}, but there are {len(label_codes)}")
    sets, label_codes = labels.in_order(label_codes)
    names, type_codes = types.in_order(type_codes)
    arrays = [np.ascontiguousarray(array, np.int32) for array in (label_codes, type_codes, source, target)]
    for array in arrays:
        array.flags.writeable = False
    return GraphData(sets, arrays[0], names, arrays[1], arrays[2], arrays[3], node_columns, relationship_columns)


class _Names:
    """Names as codes in order of first use; at the end sorted, without those that nothing has."""

    def __init__(self) -> None:
        self._codes: dict[Any, int] = {}

    def code(self, name: Any) -> int:
        return self._codes.setdefault(name, len(self._codes))

    def in_order(self, codes: np.ndarray) -> tuple[tuple[Any, ...], np.ndarray]:
        """The names in use, sorted, and the codes changed to fit."""
        used = np.bincount(codes, minlength=len(self._codes)) if len(codes) else np.zeros(len(self._codes), int)
        names = sorted(name for name, code in self._codes.items() if used[code])
        new = np.full(len(self._codes), -1, np.int32)
        new[[self._codes[name] for name in names]] = np.arange(len(names))
        return tuple(names), new[codes]


class _Cells:
    """Properties as they come, a row at a time; rows with the same keys are kept together, as one table each."""

    def __init__(self, what: str) -> None:
        self._what = what
        self._tables: dict[tuple[str, ...], list[tuple[Any, ...]]] = {}

    def add(self, row: int, properties: Mapping[str, Any]) -> None:
        keys = tuple(properties)
        table = self._tables.get(keys)
        if table is None:
            table = self._tables[keys] = []
        table.append((row, *properties.values()))

    def columns(self, n_rows: int) -> dict[str, Column]:
        """The columns by key, sorted. The cells are given up."""
        cells: dict[str, tuple[list[int], list[Any]]] = {}
        while self._tables:
            keys, table = self._tables.popitem()
            rows, *columns = zip(*table, strict=True)
            for key, values in zip(keys, columns, strict=True):
                held = cells.setdefault(key, ([], []))
                held[0].extend(rows)
                held[1].extend(values)
        found = {key: self._column(key, *cells.pop(key), n_rows) for key in sorted(cells)}
        return {key: column for key, column in found.items() if column is not None}

    def _column(self, key: str, rows: list[int], values: list[Any], n_rows: int) -> Column | None:
        column = _named_column(values, f"property '{key}' of {self._what}", rows)
        return scatter([(np.array(rows), column)], n_rows)


def _named_column(values: Iterable[Any], name: str, rows: Sequence[int] | None = None) -> Column:
    """`column_of`, whose error names the property and the first row that is at fault."""
    try:
        return column_of(values)
    except GraphError as error:
        raise GraphError(f"{name}{_first_fault(values, rows)}: {error}") from error


def _first_fault(values: Iterable[Any], rows: Sequence[int] | None) -> str:
    for place, value in enumerate(values):
        try:
            column_of([value])
        except GraphError:
            return f" {rows[place] if rows is not None else place}"
    return ""


def _stacked(tables: list[tuple[int, Mapping[str, Iterable[Any]]]], what: str) -> dict[str, Column]:
    """The columns of all tables by key, sorted, each with nulls where its table has none."""
    parts: dict[str, list[tuple[slice, Column]]] = {}
    begin = 0
    for n_rows, columns in tables:
        for key, values in columns.items():
            column = _named_column(values, f"property '{key}' of {what}, row")
            if len(column) != n_rows:
                raise GraphError(f"property '{key}' of {what} has {len(column)} values for {n_rows} rows")
            parts.setdefault(key, []).append((slice(begin, begin + n_rows), column))
        begin += n_rows
    found = {key: scatter(parts[key], begin) for key in sorted(parts)}
    return {key: column for key, column in found.items() if column is not None}


def _label_set(labels: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(set(labels)))


def _joined(arrays: Sequence[np.ndarray]) -> np.ndarray:
    return np.concatenate(arrays) if arrays else np.empty(0, np.int32)
