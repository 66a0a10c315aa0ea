"""One property of all nodes, or of all relationships, as a column: typed, with nulls, read-only.

kind      values                                             null
int       int64                                              where there is none (None: everywhere is one)
float     float64; NaN is a value                            likewise
bool      bool                                               likewise
string    int32 codes into `vocabulary`, in its order        code -1
object    lists, temporal values, columns of mixed types     None
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Hashable, Iterable, Sequence
from functools import cached_property
from typing import Any

import numpy as np

from kg.errors import GraphError
from kg.graph.equality import lookup_key
from kg.graph.pool import Pool
from kg.graph.values import plain_value

_PLAIN = frozenset({bool, int, float, str})
_DTYPES = {"int": np.int64, "float": np.float64, "bool": np.bool_}


class Column:
    """What all columns can do. `values` and `null` are arrays that must not be written to."""

    kind: str
    values: np.ndarray

    @property
    def null(self) -> np.ndarray | None:
        """Where there is no value; None if there is one everywhere."""
        raise NotImplementedError

    @property
    def raw(self) -> np.ndarray:
        """Numbers that are equal where the values are the same: the values themselves, or codes."""
        return self.values

    def __len__(self) -> int:
        return len(self.raw)

    def value(self, row: int) -> Any:
        """The value as a Python object, None where there is none."""
        raise NotImplementedError

    def take(self, rows: np.ndarray) -> Column:
        """The column with these rows, in this order; a negative row gives null."""
        raise NotImplementedError

    def to_list(self) -> list[Any]:
        """All values as Python objects, None where there is none."""
        raise NotImplementedError

    def raw_equal_to(self, value: Any) -> list[Any]:
        """The entries of `raw` that equal `value` for Cypher: `np.isin(column.raw, …)` and not null is `=`."""
        raise NotImplementedError

    def find(self, value: Any) -> np.ndarray:
        """The rows whose value equals `value`, ascending, from an index that is built once."""
        order, ordered = self._index
        found = []
        for raw in self.raw_equal_to(value):
            begin, end = np.searchsorted(ordered, raw, "left"), np.searchsorted(ordered, raw, "right")
            found.append(order[begin:end])
        if len(found) == 1:
            return found[0]
        return np.sort(np.concatenate(found)) if found else np.empty(0, np.int64)

    @cached_property
    def _index(self) -> tuple[np.ndarray, np.ndarray]:
        """The rows that are not null in the order of their values, and those values."""
        rows = np.arange(len(self)) if self.null is None else np.flatnonzero(~self.null)
        values = self.raw[rows]
        order = np.argsort(values, kind="stable")
        return rows[order], values[order]


class NumberColumn(Column):
    """Integers, floats or booleans."""

    def __init__(self, kind: str, values: np.ndarray, null: np.ndarray | None = None) -> None:
        self.kind = kind
        self.values = _sealed(values)
        self._null = None if null is None else _sealed(null)

    @property
    def null(self) -> np.ndarray | None:
        return self._null

    def value(self, row: int) -> Any:
        return None if self._null is not None and self._null[row] else self.values.item(row)

    def take(self, rows: np.ndarray) -> NumberColumn:
        rows = np.asarray(rows)
        missing = rows < 0
        if not len(self):
            return NumberColumn(self.kind, np.zeros(len(rows), self.values.dtype), np.ones(len(rows), np.bool_))
        if self._null is not None:
            missing |= self._null[rows]
        return NumberColumn(self.kind, self.values[rows], missing if missing.any() else None)

    def to_list(self) -> list[Any]:
        values: list[Any] = self.values.tolist()
        if self._null is not None:
            for row in np.flatnonzero(self._null).tolist():
                values[row] = None
        return values

    def raw_equal_to(self, value: Any) -> list[Any]:
        if isinstance(value, bool) or self.kind == "bool":
            return [value] if isinstance(value, bool) and self.kind == "bool" else []
        if not isinstance(value, (int, float)):
            return []
        try:
            same = int(value) if self.kind == "int" else float(value)
        except (OverflowError, ValueError):  # infinity, NaN, or too big for a float
            return []
        # Python compares integers with floats exactly: 2**62 + 1 is not 2.0**62.
        return [same] if same == value and (self.kind == "float" or -(2**63) <= same < 2**63) else []


class _CodedColumn(Column):
    """Codes into a pool of values."""

    def __init__(self, codes: np.ndarray, pool: Pool) -> None:
        self.codes = _sealed(codes)
        self.pool = pool

    @property
    def raw(self) -> np.ndarray:
        return self.codes

    @cached_property
    def null(self) -> np.ndarray | None:
        null = self.codes < 0
        return _sealed(null) if null.any() else None

    def value(self, row: int) -> Any:
        code = self.codes.item(row)
        return None if code < 0 else self.pool.item(code)

    def take(self, rows: np.ndarray) -> Column:
        rows = np.asarray(rows)
        if not len(self):
            return type(self)(np.full(len(rows), -1, np.int32), self.pool)
        return type(self)(np.where(rows < 0, np.int32(-1), self.codes[rows]), self.pool)

    def to_list(self) -> list[Any]:
        return self.pool.gather(self.codes)


class StringColumn(_CodedColumn):
    """Strings. The pool is sorted by code points, as Cypher sorts strings, so codes compare as their strings do."""

    kind = "string"

    @property
    def values(self) -> np.ndarray:  # type: ignore[override]
        return self.codes

    @property
    def vocabulary(self) -> list[str]:
        """The strings by code, sorted; some may stand in no row."""
        return self.pool.items

    @cached_property
    def rank(self) -> np.ndarray:
        """The place of each code in the order of strings: 0, 1, 2 …, because the vocabulary is sorted."""
        return _sealed(np.arange(len(self.pool), dtype=np.int32))

    def raw_equal_to(self, value: Any) -> list[int]:
        if not isinstance(value, str):
            return []
        code = bisect_left(range(len(self.pool)), value, key=self.pool.item)
        return [code] if code < len(self.pool) and self.pool.item(code) == value else []


class ObjectColumn(_CodedColumn):
    """Values of any type. Equal ones may share a code or not."""

    kind = "object"

    @cached_property
    def values(self) -> np.ndarray:  # type: ignore[override]
        return _sealed(self.pool.objects[self.codes])

    def raw_equal_to(self, value: Any) -> list[int]:
        key = lookup_key(value)
        return [] if key is None else self._codes_by_key.get(key, [])

    @cached_property
    def _codes_by_key(self) -> dict[Hashable | None, list[int]]:
        codes: dict[Hashable | None, list[int]] = {}
        for code, item in enumerate(self.pool.items):
            codes.setdefault(lookup_key(item), []).append(code)
        return codes


def empty_column(n_rows: int) -> Column:
    """A column of nothing but nulls, which takes no memory."""
    return ObjectColumn(np.broadcast_to(np.int32(-1), n_rows), Pool(()))


# ---------------------------------------------------------------- making columns


def column_of(values: Iterable[Any]) -> Column:
    """The column of these values, of the narrowest kind that holds them all as they are; None is null.

    Integers beside floats make an object column, because 1 and 1.0 are shown differently. Raises GraphError.
    """
    if isinstance(values, np.ndarray):
        if values.dtype.kind in "biuf":
            return _number_column(values)
        values = values.tolist()
    held = list(values)
    types = set(map(type, held)) - {type(None)}
    if types - _PLAIN - {list}:
        held = [plain_value(value) for value in held]
        types = set(map(type, held)) - {type(None)}
    if types == {str}:
        return _string_column(held)
    if types in ({int}, {float}, {bool}):
        return _filled(types.pop().__name__, held)
    return _object_column(held)


def _number_column(values: np.ndarray) -> NumberColumn:
    kind = {"b": "bool", "f": "float"}.get(values.dtype.kind, "int")
    if values.dtype == np.uint64 and len(values):
        plain_value(values.max())
    return NumberColumn(kind, values.astype(_DTYPES[kind]))


def _filled(kind: str, values: list[Any]) -> NumberColumn:
    """A typed column of Python numbers, with zeros where there is none."""
    null = None
    if None in values:
        null = np.fromiter((value is None for value in values), np.bool_, len(values))
        values = [0 if value is None else value for value in values]
    try:
        return NumberColumn(kind, np.array(values, _DTYPES[kind]), null)
    except OverflowError:
        raise GraphError(str(_fault(values))) from None


def _fault(values: list[Any]) -> GraphError:
    for value in values:
        try:
            plain_value(value)
        except GraphError as error:
            return error
    return GraphError("a value does not fit in its column")


def _string_column(values: list[Any]) -> StringColumn:
    vocabulary = sorted(set(values) - {None})
    code: dict[str | None, int] = dict(zip(vocabulary, range(len(vocabulary)), strict=True))
    code[None] = -1
    return StringColumn(np.fromiter(map(code.__getitem__, values), np.int32, len(values)), Pool(vocabulary))


def _object_column(values: list[Any]) -> ObjectColumn:
    codes = np.empty(len(values), np.int32)
    items: list[Any] = []
    seen: dict[Hashable, int] = {}
    for row, value in enumerate(values):
        if value is None:
            codes[row] = -1
            continue
        key = _sameness(value)
        code = len(items) if key is None else seen.setdefault(key, len(items))
        if code == len(items):
            items.append(plain_value(value))
        codes[row] = code
    return ObjectColumn(codes, Pool(items))


def _sameness(value: Any) -> Hashable | None:
    """A key that only values share which no query can tell apart; None where that takes too long to say."""
    if type(value) is list:
        return tuple(value) if set(map(type, value)) <= {str} else None
    return (type(value), value) if type(value) in (str, int, bool) else None


def scatter(parts: Sequence[tuple[Any, Column]], n_rows: int) -> Column | None:
    """One column of `n_rows` from parts, each with the rows (slice or array) that it fills; the others are null.

    None if no part holds a value.
    """
    parts = [(rows, part) for rows, part in parts if part.null is None or not part.null.all()]
    parts = [(rows, part) for rows, part in parts if len(part)]
    if not parts:
        return None
    kinds = {part.kind for _, part in parts}
    if kinds == {"string"}:
        return _scatter_strings(parts, n_rows)
    if len(kinds) == 1 and "object" not in kinds:
        return _scatter_numbers(kinds.pop(), parts, n_rows)
    filled = np.full(n_rows, None, dtype=object)
    for rows, part in parts:
        filled[rows] = np.fromiter(part.to_list(), dtype=object, count=len(part))
    return column_of(filled)


def _scatter_numbers(kind: str, parts: Sequence[tuple[Any, Column]], n_rows: int) -> NumberColumn:
    values: np.ndarray = np.zeros(n_rows, _DTYPES[kind])
    null = np.ones(n_rows, np.bool_)
    for rows, part in parts:
        values[rows] = part.values
        null[rows] = False if part.null is None else part.null
    return NumberColumn(kind, values, null if null.any() else None)


def _scatter_strings(parts: Sequence[tuple[Any, Column]], n_rows: int) -> StringColumn:
    vocabularies = [part.vocabulary for _, part in parts if isinstance(part, StringColumn)]
    vocabulary = vocabularies[0] if len(parts) == 1 else sorted(set().union(*vocabularies))
    code = dict(zip(vocabulary, range(len(vocabulary)), strict=True))
    codes = np.full(n_rows, -1, np.int32)
    for (rows, part), words in zip(parts, vocabularies, strict=True):
        # The code -1 finds the last entry.
        new = np.array([*map(code.__getitem__, words), -1], np.int32)
        codes[rows] = new[part.raw]
    return StringColumn(codes, Pool(vocabulary))


def _sealed(array: np.ndarray) -> np.ndarray:
    """The array as a plain one (a memory map is slow to slice) that cannot be written to."""
    sealed = np.asarray(array).view()
    sealed.flags.writeable = False
    return sealed
