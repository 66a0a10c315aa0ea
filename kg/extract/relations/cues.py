"""Words that speak of a predicate (`cues.toml`), found by their stems."""

from __future__ import annotations

import functools
import tomllib
from pathlib import Path

from kg.extract.wordlists import word_table


@functools.lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """What the forms of a word share, for counting only: "signed", "signing", "signs" -> "sign".

    >>> [stem(w) for w in ("signed", "pledges", "met", "agreeing", "planned", "visit")]
    ['sign', 'pledg', 'meet', 'agr', 'plan', 'visit']
    """
    base = _irregular().get(word)
    if base is not None:
        return base.rstrip("e")
    if not word.isalpha() or len(word) < 4:
        return word
    for ending in ("ing", "ed", "es", "s"):
        if word.endswith(ending) and len(word) - len(ending) >= 3 and not word.endswith("ss"):
            word = word[: -len(ending)]
            if ending in ("ing", "ed") and word[-1] == word[-2] and word[-1] not in "sl":
                word = word[:-1]
            break
    return word.rstrip("e")


@functools.cache
def _irregular() -> dict[str, str]:
    table = word_table("frames", "irregular")
    return {form: base for base, forms in table.items() for form in forms.split()}


@functools.lru_cache(maxsize=20_000)
def cues_of(word: str) -> tuple[str, ...]:
    """The predicates that a word speaks of, in any of its forms."""
    return cues().get(stem(word), ())


@functools.cache
def cues() -> dict[str, tuple[str, ...]]:
    """Stem -> the predicates that the words of `cues.toml` with that stem speak of."""
    table = tomllib.loads(Path(__file__).with_name("cues.toml").read_text(encoding="utf-8"))
    found: dict[str, list[str]] = {}
    for predicate, words in table.items():
        for word in dict.fromkeys(stem(w) for w in words.split()):
            found.setdefault(word, []).append(predicate)
    return {word: tuple(dict.fromkeys(predicates)) for word, predicates in found.items()}
