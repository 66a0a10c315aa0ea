"""What the seeds say about the words of names: titles before a person's name, countries inside a body's name."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from kg.resolve.names import words
from kg.seeds import load_gazetteer
from kg.spelling import fold

_TOKEN = re.compile(r"(?:[^\W\d_]\.){2,}|[^\W_]+")
_POSSESSIVE = re.compile(r"['’]s\b")
_RANKS = ("deputy", "vice", "acting", "former", "senior", "assistant")
_SHORT_TITLES = ("mr", "ms", "mx", "dr", "lt", "hj", "pg", "u", "ir", "atty", "barrister", "advocate")
_LONGEST = 7  # words in a country's name: "the Democratic People's Republic of Korea"


@dataclass(frozen=True)
class Lexicon:
    """What names are made of besides the name.

    `titles`: honorifics and heads of office as folded words. `countries`: tokens as written, case kept -> ISO code, or
    None where the words are an area's name ("Latin America", "South China Sea") and hide the country in it.
    """

    titles: frozenset[tuple[str, ...]]
    title_beginnings: frozenset[str]
    longest_title: int
    countries: Mapping[tuple[str, ...], str | None]


@cache
def load_lexicon() -> Lexicon:
    """The lexicon of the seeds, made once a process."""
    gazetteer = load_gazetteer()
    offices = gazetteer.offices
    # "ED", "He" and "Sen" are titles in one case and names in another: the short ones are left to `person_names`.
    heads = (head for head in offices.heads if " " in head or len(head) > 4)
    honorifics = (form for form in offices.honorifics if len("".join(words(form))) > 2)
    titles = frozenset(words(form) for form in (*heads, *honorifics, *_RANKS)) | {(form,) for form in _SHORT_TITLES}
    countries: dict[tuple[str, ...], str | None] = {}
    for form, name in gazetteer.names.items():
        # A capital in a body's name is where it sits, not whose it is ("Hanoi University").
        if gazetteer.seeds[name.seed].type == "Country" and name.role != "capital":
            countries.setdefault(_tokens(form), name.seed)
            if len(form) > 3:  # headlines and logos: "MOIT VIETNAM"
                countries.setdefault(_tokens(form.upper()), name.seed)
    countries.update((_tokens(area), None) for area in gazetteer.areas)
    return Lexicon(titles, frozenset(form[0] for form in titles if form), max(map(len, titles), default=0), countries)


def _tokens(name: str) -> tuple[str, ...]:
    return tuple(token.replace(".", "") for token in _TOKEN.findall(fold(_POSSESSIVE.sub("", name))))


@lru_cache(maxsize=1 << 16)
def countries_in(name: str) -> tuple[tuple[str, ...], frozenset[str]]:
    """The tokens of a name without the countries that it names, and their codes.

    >>> countries_in("Ministry of Foreign Affairs of Vietnam")
    (('Ministry', 'of', 'Foreign', 'Affairs', 'of'), frozenset({'VNM'}))
    """
    known = load_lexicon().countries
    tokens = _tokens(name)
    rest: list[str] = []
    found: set[str] = set()
    i = 0
    while i < len(tokens):
        for n in range(min(_LONGEST, len(tokens) - i), 0, -1):
            if tokens[i : i + n] in known:
                code = known[tokens[i : i + n]]
                if code is None:
                    rest += tokens[i : i + n]
                else:
                    found.add(code)
                i += n
                break
        else:
            rest.append(tokens[i])
            i += 1
    return tuple(rest), frozenset(found)
