"""Positions: what is said of a person's title, and which of several titles says nothing."""

from __future__ import annotations

import functools
import re

from kg.extract.entities.named_people import COURTESY
from kg.extract.entities.office_words import Office
from kg.extract.reading import Draft, DraftFact, Reading
from kg.extract.wordlists import word_list

_RANKS = word_list("people", "ranks")


STATE_OFFICES = word_list("people", "state_offices")
PAST = ("former ", "ex-", "late ")
_NO_TITLE = re.compile(
    r"^(?:(?:'s|’s|the|then|and|of|new|newly|newly[ -]elected|re-elected|outgoing|incoming|visiting|retired) )+", re.I
)


def hold_office(reading: Reading, person: Draft, office: Office, token: int) -> None:
    """State the position and whom it represents."""
    if not office.plural:
        office.holder = person
    title = tidy_title(office.title)
    if title:
        reading.say(person, "position", title, token, rule="office with name", confidence=0.9)
        person.forms.add(title.lower())
    if title.lower().startswith(PAST):
        return  # who was minister speaks for nobody now
    for body in office.bodies:
        reading.say(person, "represents", body, token, rule="office of body", confidence=0.9)


@functools.lru_cache(maxsize=4096)
def tidy_title(title: str) -> str:
    """The title on one line, without an article or a possessive left over."""
    title = re.sub(r"\s+", " ", title).strip(" ,-'’")
    return re.sub(_NO_TITLE, "", title)


def drop_general_titles(reading: Reading) -> None:
    """As in "Minister" says nothing beside "Minister of Industry and Trade", "Ambassador" beside "Secretary-General".

    "Foreign Minister" is "Minister of Foreign Affairs".
    """
    titles: dict[int, list[tuple[set[str], DraftFact]]] = {}
    for fact in reading.facts:
        if fact.predicate == "position":
            titles.setdefault(id(fact.subject), []).append((_title_words(str(fact.object)), fact))
    dropped: set[int] = set()
    for held in titles.values():
        for number, (words, fact) in enumerate(held):
            others = [(n, w) for n, (w, other) in enumerate(held) if n != number and id(other) not in dropped]
            if any(_says_more(w, words, later=number > n) for n, w in others):
                dropped.add(id(fact))
    reading.facts = [fact for fact in reading.facts if id(fact) not in dropped]


def _says_more(words: set[str], others: set[str], *, later: bool) -> bool:
    """Whether the title `words` makes the title `others`, which may come `later`, needless."""
    if others <= COURTESY and not words <= COURTESY:
        return True
    return words & _RANKS == others & _RANKS and (others < words or (words == others and later))


def _title_words(title: str) -> set[str]:
    return set(re.findall(r"[a-z]+", title.lower())) - {"of", "the", "and", "for", "affairs"}
