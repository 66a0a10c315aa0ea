"""Functions of text. Positions count characters from 0."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

from kg.cypher.errors import CypherArgumentError
from kg.cypher.functions.checks import checked, wrong_argument
from kg.cypher.notation import write
from kg.cypher.operators import MAX_INTEGER
from kg.cypher.types import INTEGER, LIST, STRING, list_of

_FORMS = ("NFC", "NFD", "NFKC", "NFKD")


def _substring(text: str, begin: int, length: int = MAX_INTEGER) -> str:
    return text[_count("substring", begin) : begin + _count("substring", length)]


def _left(text: str, length: int) -> str:
    return text[: _count("left", length)]


def _right(text: str, length: int) -> str:
    return text[max(len(text) - _count("right", length), 0) :]


def _count(name: str, number: int) -> int:
    if number < 0:
        raise CypherArgumentError(f"{name}() takes no negative number: {number}", detail="NumberOutOfRange")
    return number


def _replace(text: str, old: str, new: str, limit: int = -1) -> str:
    return text.replace(old, new, limit) if old else text


def _split(text: str, delimiter: Any) -> list[str]:
    """The pieces between delimiters; without a delimiter ('' or []), the characters."""
    delimiters = delimiter if isinstance(delimiter, list) else [delimiter]
    for one in delimiters:
        if not isinstance(one, str):
            raise wrong_argument("split", STRING, one)
    pattern = "|".join(re.escape(one) for one in sorted(delimiters, key=len, reverse=True) if one)
    return re.split(pattern, text) if pattern else list(text)


def _normalize(text: str, form: str = "NFC") -> str:
    if form.upper() not in _FORMS:
        raise CypherArgumentError(
            f"{write(form)} is no normal form; there are {', '.join(_FORMS)}", detail="InvalidArgumentValue"
        )
    return unicodedata.normalize(form.upper(), text)  # type: ignore[arg-type]


STRING_FUNCTIONS = (
    checked("toUpper", (STRING,), STRING, str.upper),
    checked("upper", (STRING,), STRING, str.upper),
    checked("toLower", (STRING,), STRING, str.lower),
    checked("lower", (STRING,), STRING, str.lower),
    checked("trim", (STRING,), STRING, str.strip),
    checked("bTrim", (STRING, STRING), STRING, str.strip, n_optional=1),
    checked("lTrim", (STRING, STRING), STRING, str.lstrip, n_optional=1),
    checked("rTrim", (STRING, STRING), STRING, str.rstrip, n_optional=1),
    checked("replace", (STRING, STRING, STRING, INTEGER), STRING, _replace, n_optional=1),
    checked("substring", (STRING, INTEGER, INTEGER), STRING, _substring, n_optional=1),
    checked("left", (STRING, INTEGER), STRING, _left),
    checked("right", (STRING, INTEGER), STRING, _right),
    checked("split", (STRING, STRING | LIST), list_of(STRING), _split),
    checked("normalize", (STRING, STRING), STRING, _normalize, n_optional=1),
    checked("char_length", (STRING,), INTEGER, len),
    checked("character_length", (STRING,), INTEGER, len),
)
