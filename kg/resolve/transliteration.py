"""Spellings of one name: "Mohammed" and "Muhammad", "Zhaparov" and "Japarov", "Abdul Aziz" and "Abdulaziz".

The rules are data (`transliteration.toml`), by the countries whose names they are for.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import groupby
from pathlib import Path

_VOWELS = frozenset("aeiouy")
_ANY = "*"  # a run of different vowels: wires write it in too many ways


@dataclass(frozen=True)
class Romanization:
    """How names of some countries are written in Latin letters: see the head of `transliteration.toml`."""

    name: str
    same: Mapping[str, str]
    rewrite: tuple[tuple[re.Pattern[str], str], ...]
    vowels: frozenset[tuple[str, str]]
    particles: frozenset[str]
    glued: frozenset[str]
    syllabic: bool


_NONE = Romanization("", {}, (), frozenset(), frozenset(), frozenset(), syllabic=False)


@cache
def load_romanizations() -> dict[str, Romanization]:
    """Country code -> the romanization of its names, for the countries that have one."""
    tables = tomllib.loads((Path(__file__).parent / "transliteration.toml").read_text(encoding="utf-8"))
    found: dict[str, Romanization] = {}
    for name, table in tables.items():
        spellings = [line.split() for line in table.get("same", ())]
        made = Romanization(
            name,
            {word: line[0] for line in spellings for word in line},
            tuple(
                (re.compile(old), new) for old, _, new in (rule.rpartition(">") for rule in table.get("rewrite", ()))
            ),
            frozenset((a, b) for pair in table.get("vowels", "").split() for a, b in (pair, pair[::-1])),
            frozenset(table.get("particles", "").split()),
            frozenset(table.get("glued", "").split()),
            syllabic=table.get("syllabic", False),
        )
        for code in table["countries"].split():
            found.setdefault(code, made)
    return found


def romanization(country: str) -> Romanization:
    """The romanization of a country's names; for English and what is written like it an empty one."""
    return load_romanizations().get(country, _NONE)


@dataclass(frozen=True, slots=True)
class Sound:
    """A word by its sound: `consonants` with "-" for each run of vowels, and those runs in order."""

    consonants: str
    vowels: tuple[str, ...]


@lru_cache(maxsize=1 << 17)
def sound(word: str, country: str) -> Sound:
    """How a word of a name sounds, for the comparison with other spellings of one country.

    >>> sound("mohammed", "EGY") == sound("muhammad", "EGY")
    True
    >>> sound("zhaparov", "KGZ").consonants, sound("japarov", "KGZ").consonants
    ('j-p-r-v', 'j-p-r-v')
    """
    table = romanization(country)
    if not table.same and not table.rewrite:
        return Sound(word, ())
    word = table.same.get(word, word)
    for pattern, replacement in table.rewrite:
        word = pattern.sub(replacement, word) or word
    shape: list[str] = []
    runs: list[str] = []
    for is_vowel, letters in groupby(_marked(word), key=lambda pair: pair[1]):
        run = "".join(letter for letter, _ in letters)
        if is_vowel:
            shape.append("-")
            runs.append(run[0] if len(set(run)) == 1 else _ANY)
        else:
            shape.append("".join(letter for letter, _ in groupby(run)))
    return Sound("".join(shape), tuple(runs))


def _marked(word: str) -> list[tuple[str, bool]]:
    """Each letter, and whether it is a vowel here: y before a vowel at the beginning is none."""
    return [
        (letter, letter in _VOWELS and not (letter == "y" and i == 0 and word[1:2] in _VOWELS and word[1:2] != "y"))
        for i, letter in enumerate(word)
    ]


def sounds_alike(a: str, b: str, country: str) -> bool:
    """Whether two words can be spellings of one name of that country.

    >>> sounds_alike("khaled", "khalid", "SAU"), sounds_alike("hassan", "hussein", "SAU")
    (True, False)
    >>> sounds_alike("khaled", "khalid", "VNM")
    False
    """
    if a == b:
        return True
    x, y = sound(a, country), sound(b, country)
    if x.consonants != y.consonants or len(x.vowels) != len(y.vowels):
        return False
    pairs = romanization(country).vowels
    return all(v == w or _ANY in (v, w) or (v, w) in pairs for v, w in zip(x.vowels, y.vowels, strict=True))


@lru_cache(maxsize=1 << 17)
def glue(words: tuple[str, ...], country: str) -> tuple[str, ...]:
    """The words with those that the tradition writes together or apart in one piece, the article in between left out.

    >>> glue(("abdul", "aziz", "saud"), "SAU") == glue(("abdulaziz", "saud"), "SAU")
    True
    """
    table = romanization(country)
    if not table.glued:
        return words
    found: list[str] = []
    i = 0
    while i < len(words):
        word = table.same.get(words[i], words[i])
        rest = words[i + 1 :]
        if word in table.glued and len(rest) > 1 and rest[0] in ("al", "el", "ul", "ur", "uz", "us"):
            found.append(_assimilated(word + rest[1]))
            i += 3
        elif word in table.glued and rest:
            found.append(_assimilated(word + rest[0]))
            i += 2
        else:
            found.append(_assimilated(word))
            i += 1
    return tuple(found)


def _assimilated(word: str) -> str:
    """ "Abdurrahman" and "Abdelrahman" as "abdulrahman": the article takes on the next letter."""
    return re.sub(r"^abd[aeou](l|r(?=r)|s(?=s)|n(?=n)|z(?=z))", "abdul", word)
