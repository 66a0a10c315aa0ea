"""Functions of lists; `size`, `reverse` and `isEmpty` take text as well."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any

from kg.cypher.errors import CypherArgumentError, ResourceLimit
from kg.cypher.functions.checks import checked, element, only
from kg.cypher.functions.table import Function
from kg.cypher.types import ANY, BOOLEAN, INTEGER, LIST, MAP, STRING, Type, list_of
from kg.cypher.values import equals, group_key, noun, sort_key

LONGEST_RANGE = 10_000_000


def _range(first: Any, last: Any, step: Any = 1) -> list[int]:
    """Both ends belong to it."""
    for number in (first, last, step):
        if number.__class__ is not int:
            raise CypherArgumentError(f"range() takes integers, not {noun(number)}", detail="InvalidArgumentType")
    if step == 0:
        raise CypherArgumentError("the step of range() cannot be 0", detail="NumberOutOfRange")
    numbers = range(first, last + (1 if step > 0 else -1), step)
    # len() of a range fails beyond the size of an index.
    if (last - first) // step > LONGEST_RANGE:
        raise ResourceLimit(f"range() gives at most {LONGEST_RANGE:,} numbers; UNWIND a smaller range")
    return list(numbers)


def _head(items: list[Any]) -> Any:
    return items[0] if items else None


def _last(items: list[Any]) -> Any:
    return items[-1] if items else None


def _tail(items: list[Any]) -> list[Any]:
    return items[1:]


def _reverse(value: Any) -> Any:
    return value[::-1]


def _is_empty(value: Any) -> bool:
    return not value


def _distinct(items: list[Any]) -> list[Any]:
    first: dict[Hashable, Any] = {}
    for item in items:
        first.setdefault(group_key(item), item)
    return list(first.values())


def _sorted(items: list[Any]) -> list[Any]:
    return sorted(items, key=sort_key)


def _least(items: list[Any]) -> Any:
    return min((item for item in items if item is not None), key=sort_key, default=None)


def _greatest(items: list[Any]) -> Any:
    return max((item for item in items if item is not None), key=sort_key, default=None)


def _index_of(items: list[Any], value: Any) -> int:
    """The first place of an equal element, -1 without one."""
    return next((place for place, item in enumerate(items) if equals(item, value)), -1)


def _insert(items: list[Any], index: int, value: Any) -> list[Any]:
    if not 0 <= index <= len(items):
        raise _no_place("coll.insert", index)
    return [*items[:index], value, *items[index:]]


def _remove(items: list[Any], index: int) -> list[Any]:
    if not 0 <= index < len(items):
        raise _no_place("coll.remove", index)
    return items[:index] + items[index + 1 :]


def _no_place(name: str, index: int) -> CypherArgumentError:
    return CypherArgumentError(f"{name}() has no place {index} in this list", detail="NumberOutOfRange")


def _flatten(items: list[Any], depth: int = 1) -> list[Any]:
    flat: list[Any] = []
    for item in items:
        flat += _flatten(item, depth - 1) if isinstance(item, list) and depth > 0 else [item]
    return flat


def _with_element(arguments: tuple[Type, ...]) -> Type:
    return list_of(arguments[0].element | arguments[2]) if arguments[0].element else LIST


LIST_FUNCTIONS = (
    # A wrong argument is an ArgumentError of the running query, so that the binder must let everything pass.
    Function("range", (ANY, ANY, ANY), list_of(INTEGER), _range, n_optional=1),
    checked("head", (LIST,), element, _head),
    checked("last", (LIST,), element, _last),
    checked("tail", (LIST,), only(LIST), _tail),
    checked("size", (STRING | LIST,), INTEGER, len),
    checked("reverse", (STRING | LIST,), only(STRING | LIST), _reverse),
    checked("isEmpty", (STRING | LIST | MAP,), BOOLEAN, _is_empty),
    checked("coll.distinct", (LIST,), only(LIST), _distinct),
    checked("coll.flatten", (LIST, INTEGER), LIST, _flatten, n_optional=1),
    checked("coll.indexOf", (LIST, ANY), INTEGER, _index_of),
    checked("coll.insert", (LIST, INTEGER, ANY), _with_element, _insert),
    checked("coll.max", (LIST,), element, _greatest),
    checked("coll.min", (LIST,), element, _least),
    checked("coll.remove", (LIST, INTEGER), only(LIST), _remove),
    checked("coll.sort", (LIST,), only(LIST), _sorted),
)
