"""The word lists are rules: each one is read by some rule, and none holds a word twice."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import kg.extract

FOLDER = Path(kg.extract.__file__).parent


def test_every_list_is_read_by_a_rule() -> None:
    code = "\n".join(path.read_text(encoding="utf-8") for path in FOLDER.rglob("*.py"))
    read = set(re.findall(r'word_(?:list|table)\("(\w+)", "(\w+)"\)', code))
    tables = tomllib.loads((FOLDER / "words.toml").read_text(encoding="utf-8"))
    assert {(module, name) for module, lists in tables.items() for name in lists} == read


def test_no_list_holds_a_word_twice() -> None:
    tables = tomllib.loads((FOLDER / "words.toml").read_text(encoding="utf-8"))
    lists = {(m, n): words.split() for m, t in tables.items() for n, words in t.items() if isinstance(words, str)}
    twice = {key: sorted({w for w in words if words.count(w) > 1}) for key, words in lists.items()}
    assert {key: words for key, words in twice.items() if words} == {}
