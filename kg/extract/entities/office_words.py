"""The words of offices: heads, ranks, portfolios; and how far a list of portfolios goes."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass, field

from kg.extract.reading import Draft, Reading
from kg.extract.wordlists import word_list
from kg.seeds import load_gazetteer

# Words that continue "Minister of …" though no portfolio of the seeds names them.
_FIELDS = frozenset(
    "international digital public rural foreign social regional economic natural internal external".split()
)
_PORTFOLIO_MORE = word_list("offices", "portfolio_more")


@dataclass(slots=True)
class Office:
    """An office phrase over tokens `first..past-1`. `plural` when it names several holders ("Presidents")."""

    first: int
    past: int
    title: str
    bodies: list[Draft] = field(default_factory=list)  # countries and organizations it is an office of
    plural: bool = False
    holder: Draft | None = None  # the person, once the name is found
    holders: list[Draft] = field(default_factory=list)  # the people whom a plural names
    of_body: str = ""  # the body as the text has it, where it is left out of the title


@functools.cache
def office_words() -> tuple[dict[str, list[tuple[str, ...]]], frozenset[str], frozenset[str], dict[str, str]]:
    """Heads by first word, longest first; ranks; portfolio words; abbreviations with their titles, in lower case."""
    offices = load_gazetteer().offices
    small = {"of", "the", "and", "for", "in", "a", "&"}
    ranks = frozenset(word for form in offices.ranks for word in form.lower().split()) - small
    portfolios = frozenset(word for form in offices.portfolios for word in re.split(r"[\s-]+", form.lower())) - small
    portfolios |= _PORTFOLIO_MORE
    heads: dict[str, set[tuple[str, ...]]] = {}
    for form in offices.heads:
        words = tuple(re.findall(r"[\w'’.é]+|-", form.lower()))
        # "Minister of Foreign Affairs" is read as head and portfolio: the portfolio may go on (", and Tourism").
        link = next((word for word in words if word in ("of", "for")), None)
        if link is not None and set(words[words.index(link) + 1 :]) <= portfolios | {"and"}:
            continue
        heads.setdefault(words[0], set()).add(words)
    ordered = {first: sorted(forms, key=lambda f: (-len(f), f)) for first, forms in heads.items()}
    expand = {short.lower(): title for short, title in offices.expand.items()}
    return ordered, ranks, portfolios, expand


def portfolio_end(reading: Reading, i: int) -> int:
    """The past token of the portfolios listed from i: "Fisheries, Rural Housing, and Sport"."""
    parse, portfolios = reading.parse, office_words()[2]
    past = j = i
    while j < len(parse) and j - i < 16:
        word = parse.lower[j]
        owner = reading.owner[j]
        if (
            word == "the"
            and parse.words[j - 1] == ","
            or word == "commonwealth"
            and parse.lower[j + 1 : j + 2] == ["of"]
        ):
            break  # "Minister of Immigration, the Commonwealth of Dominica"
        known = word in portfolios or (j > i and parse.glued(j) and parse.capital(j) and word.isalpha())
        of_body = owner is not None and j > i and parse.lower[owner.past : owner.past + 1] == ["affairs"]
        if of_body and parse.capital(j):
            past = j + 1  # "Minister of Foreign and CARICOM Affairs"
        elif known and (owner is None or owner.draft.type == "Country") or word in ("ii", "iii") and j > i:
            past = j + 1
        elif word in ("and", "&", ",", "-", "the", "/") and j > i:
            pass
        elif _unlisted_portfolio(reading, i, j):
            past = j + 1
        else:
            break
        j += 1
    return past


def _unlisted_portfolio(reading: Reading, first: int, i: int) -> bool:
    """A capitalised word that the lists lack, held on both sides: "Food and X,", "X and Tourism", "X Affairs"."""
    parse, portfolios = reading.parse, office_words()[2]
    word = parse.words[i]
    if reading.owner[i] is not None or not word[:1].isupper() or not word.isalpha() or i + 1 >= len(parse):
        return False
    after = parse.lower[i + 1]
    if i > first and parse.lower[i - 1] in _FIELDS and parse.tags[i] in ("NNS", "NNPS") and after in (",", ".", ")"):
        return True  # "Commissioner for International Partnerships,"
    listed = i > first and parse.lower[i - 1] in ("and", "&")
    if listed and (after in (",", ".", "of", "(", ")", ";") or not parse.capital(i + 1)):
        return True
    if (listed or i == first) and after in portfolios and parse.capital(i + 1):
        return True
    follower = parse.lower[i + 2] if i + 2 < len(parse) else ""
    if i > first and parse.words[i - 1] == after == "," and follower in portfolios and parse.capital(i + 2):
        return True  # "Minister of Agriculture, Textiles, Forestry and Fisheries"
    return i == first and after in ("and", "&") and follower in portfolios and parse.capital(i + 2)
