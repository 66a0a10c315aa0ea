"""The operators of Cypher on values: what `a + b`, `a IN b`, `a.key` and the others give.

Null in is null out, but for the logical operators. Integers have 64 bits: what leaves them is an error.
"""

from __future__ import annotations

import math
import operator
import warnings
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Any, NoReturn

import regex

from kg.cypher import temporal
from kg.cypher.errors import ArithmeticFault, CypherArgumentError, CypherTypeError, ResourceLimit
from kg.cypher.notation import write, write_plain
from kg.cypher.values import Node, Path, Relationship, equals, is_number, is_temporal, noun

MIN_INTEGER = -(2**63)
MAX_INTEGER = 2**63 - 1

_OfTimes = Callable[[Any, Any], Any]
_NUMBERS = frozenset({int, float})
_ENTITIES = (Node, Relationship)
_LONGEST_MATCH = 2
"""Seconds that a regular expression may take on one string."""
_COMPOSITE = (list, dict, Node, Relationship, Path)


# Arithmetic


def add(a: Any, b: Any) -> Any:
    """`a + b`: numbers, concatenation of text and lists, an element before or after a list, times and durations."""
    kind, other = a.__class__, b.__class__
    if kind in _NUMBERS and other in _NUMBERS:
        return in_64_bits(a + b)
    if kind is str and other is str:
        return a + b
    if a is None or b is None:
        return None
    if kind is list or other is list:
        return (a if kind is list else [a]) + (b if other is list else [b])
    if (kind is str or other is str) and not isinstance(a, _COMPOSITE) and not isinstance(b, _COMPOSITE):
        return write_plain(a) + write_plain(b)
    return _of_times(temporal.add, "+", a, b)


def subtract(a: Any, b: Any) -> Any:
    """`a - b`: numbers, times and durations."""
    return _arithmetic(a, b, operator.sub, temporal.subtract, "-")


def multiply(a: Any, b: Any) -> Any:
    """`a * b`: numbers, a duration by a number."""
    return _arithmetic(a, b, operator.mul, temporal.multiply, "*")


def divide(a: Any, b: Any) -> Any:
    """`a / b`: integers are cut towards zero, floats follow IEEE 754, a duration is divided by a number."""
    return _arithmetic(a, b, _quotient, temporal.divide, "/")


def modulo(a: Any, b: Any) -> Any:
    """`a % b`: the rest has the sign of `a`."""
    return _arithmetic(a, b, _rest, None, "%")


def power(a: Any, b: Any) -> Any:
    """`a ^ b`, always a float."""
    return _arithmetic(a, b, _power, None, "^")


def negate(a: Any) -> Any:
    """`-a`, of a number or a duration."""
    return _signed(a, -1, "-")


def plus(a: Any) -> Any:
    """`+a`, of a number or a duration."""
    return _signed(a, 1, "+")


def in_64_bits(value: Any) -> Any:
    """The number itself; an integer that leaves 64 bits is an error."""
    if value.__class__ is int and not MIN_INTEGER <= value <= MAX_INTEGER:
        raise ArithmeticFault(f"the result {value} does not fit into an integer of 64 bits", detail="IntegerOverflow")
    return value


def _arithmetic(a: Any, b: Any, of_numbers: Callable[[Any, Any], Any], of_times: _OfTimes | None, sign: str) -> Any:
    if a.__class__ in _NUMBERS and b.__class__ in _NUMBERS:
        return in_64_bits(of_numbers(a, b))
    if a is None or b is None:
        return None
    return _of_times(of_times, sign, a, b)


def _of_times(operation: _OfTimes | None, sign: str, a: Any, b: Any) -> Any:
    fits = all(is_temporal(value) or is_number(value) for value in (a, b))
    if operation is None or not fits or not (is_temporal(a) or is_temporal(b)):
        _wrong_operands(sign, a, b)
    return operation(a, b)


def _wrong_operands(sign: str, a: Any, b: Any) -> NoReturn:
    raise CypherTypeError(f"{sign} cannot take {noun(a)} and {noun(b)}", detail="InvalidArgumentType")


def _signed(a: Any, factor: int, sign: str) -> Any:
    if not (a is None or is_number(a) or is_temporal(a)):
        raise CypherTypeError(f"{sign} cannot take {noun(a)}", detail="InvalidArgumentType")
    return multiply(a, factor)


def _quotient(a: float, b: float) -> float:
    if isinstance(a, int) and isinstance(b, int):
        return _sign(a) * _sign(_divisor(b)) * (abs(a) // abs(b))
    if b:
        return a / b
    # IEEE 754: 1/0.0 is infinite, 0/0.0 is not a number.
    return math.copysign(math.inf, a) * math.copysign(1.0, b) if a and a == a else math.nan


def _rest(a: float, b: float) -> float:
    if isinstance(a, int) and isinstance(b, int):
        return _sign(a) * (abs(a) % abs(_divisor(b)))
    return math.fmod(a, b) if b and not math.isinf(a) else math.nan


def _sign(number: int) -> int:
    return -1 if number < 0 else 1


def _divisor(number: int) -> int:
    if number == 0:
        raise ArithmeticFault("an integer cannot be divided by zero", detail="DivisionByZero")
    return number


def _power(base: float, exponent: float) -> float:
    base, exponent = float(base), float(exponent)
    negative = math.copysign(1.0, base) < 0 and exponent % 2 == 1
    try:
        return math.pow(base, exponent)
    except OverflowError:
        return -math.inf if negative else math.inf
    except ValueError:
        # Either a root of a negative number, or zero to a negative power.
        return math.nan if base else (-math.inf if negative else math.inf)


# Text


def contains(a: Any, b: Any) -> bool | None:
    """`a CONTAINS b`; null unless both are strings."""
    return b in a if a.__class__ is str and b.__class__ is str else None


def starts_with(a: Any, b: Any) -> bool | None:
    """`a STARTS WITH b`; null unless both are strings."""
    return a.startswith(b) if a.__class__ is str and b.__class__ is str else None


def ends_with(a: Any, b: Any) -> bool | None:
    """`a ENDS WITH b`; null unless both are strings."""
    return a.endswith(b) if a.__class__ is str and b.__class__ is str else None


def matches(a: Any, b: Any) -> bool | None:
    """`a =~ b`: whether the regular expression `b`, as the package `regex` reads it, covers the whole of `a`."""
    if a.__class__ is not str or b.__class__ is not str:
        return None
    try:
        return _pattern(b).fullmatch(a, timeout=_LONGEST_MATCH) is not None
    except TimeoutError:
        raise ResourceLimit(
            f"the regular expression {write(b)} took more than {_LONGEST_MATCH} seconds on one string",
            detail="TimeLimit",
            hint="repetitions within repetitions, such as (a+)+, can take very long",
        ) from None


@lru_cache(maxsize=256)
def _pattern(text: str) -> regex.Pattern[str]:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return regex.compile(text)
    except (regex.error, OverflowError, RecursionError) as error:
        raise CypherArgumentError(f"{write(text)} is no regular expression: {error}", detail="InvalidRegex") from error


# Lists, maps and properties


def in_list(value: Any, items: Any) -> bool | None:
    """`value IN items`: true when one is equal; else null when one might be; else false."""
    if items is None:
        return None
    if items.__class__ is not list:
        raise CypherTypeError(f"IN needs a list on its right, not {noun(items)}", detail="InvalidArgumentType")
    if value.__class__ in (str, int) and value not in items:
        return None if None in items else False
    unknown = False
    for item in items:
        equal = equals(value, item)
        if equal:
            return True
        unknown = unknown or equal is None
    return None if unknown else False


def subscript(value: Any, index: Any) -> Any:
    """`value[index]`: an element of a list, negative from the end, null outside; a value of a map or entity by key."""
    if value is None or index is None:
        return None
    if value.__class__ is list:
        return _element(value, index)
    if value.__class__ is dict or isinstance(value, _ENTITIES):
        if index.__class__ is not str:
            message = f"{noun(value)} is read by a string, not by {noun(index)}"
            raise CypherTypeError(message, detail="MapElementAccessByNonString")
        return value.get(index)
    raise CypherTypeError(f"{noun(value)} has no elements to read by [ ]", detail="InvalidArgumentType")


def _element(items: list[Any], index: Any) -> Any:
    if index.__class__ is not int:
        message = f"a list is read by an integer, not by {noun(index)}"
        raise CypherTypeError(message, detail="ListElementAccessByNonInteger")
    return items[index] if -len(items) <= index < len(items) else None


def slice_list(value: Any, begin: Any = 0, end: Any = MAX_INTEGER) -> Any:
    """`value[begin..end]`, the end left out of it; a side that is not written keeps its default, null gives null."""
    if value is None or begin is None or end is None:
        return None
    if value.__class__ is not list:
        raise CypherTypeError(f"only lists can be cut by [..], not {noun(value)}", detail="InvalidArgumentType")
    for side in (begin, end):
        if side.__class__ is not int:
            message = f"a list is cut at integers, not at {noun(side)}"
            raise CypherTypeError(message, detail="ListElementAccessByNonInteger")
    return value[begin:end]


def property_of(value: Any, key: str) -> Any:
    """`value.key` of a node, a relationship, a map or a temporal value; null where there is none."""
    if value is None:
        return None
    if value.__class__ is dict or isinstance(value, _ENTITIES) or is_temporal(value):
        return value.get(key)
    raise CypherTypeError(f"{noun(value)} has no property {key!r}", detail="InvalidArgumentType")


def storable(value: Any) -> Any:
    """The value itself, if a property may hold it: a plain or temporal value, or a list of these of one kind."""
    if value.__class__ is list:
        kinds = {float if is_number(item) else item.__class__ for item in value}
        for item in value:
            if item is None or isinstance(item, _COMPOSITE):
                _not_storable(f"a list that holds {noun(item)}")
        if len(kinds) > 1:
            _not_storable("a list of values of several kinds")
    elif isinstance(value, _COMPOSITE):
        _not_storable(noun(value))
    return value


def _not_storable(what: str) -> NoReturn:
    raise CypherTypeError(f"a property cannot hold {what}", detail="InvalidPropertyType")


# Logic


def logical_and(values: Iterable[Any]) -> bool | None:
    """False as soon as one is; else null if one is null; else true. Takes no value after the one that decides."""
    return _chain(values, False, "AND")


def logical_or(values: Iterable[Any]) -> bool | None:
    """True as soon as one is; else null if one is null; else false. Takes no value after the one that decides."""
    return _chain(values, True, "OR")


def logical_xor(values: Iterable[Any]) -> bool | None:
    """Whether an odd number of them is true; null if one is null."""
    result, unknown = False, False
    for value in values:
        if truth(value, "XOR") is None:
            unknown = True
        result = result is not value
    return None if unknown else result


def logical_not(value: Any) -> bool | None:
    """`NOT value`."""
    return None if truth(value, "NOT") is None else not value


def truth(value: Any, asker: str) -> bool | None:
    """The value itself, if it is a boolean or null; `asker` names for the message who needs one."""
    if value is None or value is True or value is False:
        return value
    raise CypherTypeError(f"{asker} needs a boolean, not {noun(value)}", detail="InvalidArgumentType")


def _chain(values: Iterable[Any], decisive: bool, asker: str) -> bool | None:
    unknown = False
    for value in values:
        if truth(value, asker) is decisive:
            return decisive
        unknown = unknown or value is None
    return None if unknown else not decisive
