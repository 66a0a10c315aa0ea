"""The word lists of `words.toml`: rules as data, one section a module."""

from __future__ import annotations

import functools
import tomllib
from pathlib import Path
from typing import Any

ORDINALS = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth "
    "sixteenth seventeenth eighteenth nineteenth twentieth"
).split()

CALENDAR = frozenset(
    (
        "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august "
        "september october november december"
    ).split()
)


@functools.cache
def _tables() -> dict[str, dict[str, Any]]:
    return tomllib.loads(Path(__file__).with_name("words.toml").read_text(encoding="utf-8"))


def word_list(module: str, name: str) -> frozenset[str]:
    """The words of one list."""
    return frozenset(_tables()[module][name].split())


def word_table(module: str, name: str) -> dict[str, str]:
    """The entries of one table: a word and what it maps to."""
    return dict(_tables()[module][name])
