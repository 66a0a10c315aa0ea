"""Which body of the document a name means: the same name, with or without its owner, "the Bank Group"."""

from __future__ import annotations

import re

from kg.extract.reading import Draft, Reading
from kg.extract.wordlists import word_list
from kg.seeds import load_gazetteer
from kg.spelling import fold

_MINISTRIES = word_list("bodies", "ministries")
_EACH_STATE = word_list("people", "state_bodies") | _MINISTRIES - {"committee", "council", "commission", "secretariat"}
_EACH_STATE -= {"directorate", "commission"}


def body_named(reading: Reading, name: str) -> Draft | None:
    """The organization or framework of this document that has that name or acronym."""
    key = folded(name)
    for draft in reading.drafts:
        if draft.type in ("Organization", "Framework", "Project") and (key in draft.forms or folded(draft.name) == key):
            return draft
    return None


def folded(name: str) -> str:
    """A name without case, accents, article and punctuation.

    >>> folded("The Việt Nam News-Agency")
    'viet nam news agency'
    """
    return re.sub(r"^(the|an|a) ", "", re.sub(r"[^\w]+", " ", fold(name).lower()).strip())


def with_owner(reading: Reading, name: str, head: str) -> Draft | None:
    """The body named before with or without whose it is: "the ASEAN | Disaster Council", "Disaster Council | of ASEAN".

    Ministries and other bodies that each state has are told apart by their state.
    """
    if head in _EACH_STATE or len(name.split()) < 2:
        return None
    bodies = [d for d in reading.of_type("Organization") if d.seed is None]
    fitting = [d for d in bodies if any(_adds_owner(reading, name, form) for form in d.forms)]
    return fitting[0] if len(fitting) == 1 else None


def _adds_owner(reading: Reading, name: str, other: str) -> bool:
    """Whether one name is the other with a body that this text names before it or behind "of"."""
    short, long = sorted((name, other), key=len)
    if short == long or len(short.split()) < 2:
        return False
    if long.endswith(" " + short):
        owner = long.removesuffix(short).strip()
    elif long.startswith(short + " of "):
        owner = re.sub(r"^the ", "", long.removeprefix(short + " of "))
    else:
        return False
    bodies = reading.of_type("Organization", "Framework")
    return any(owner in (folded(form) for form in full_names(draft)) for draft in bodies)


def bank_before(reading: Reading, i: int) -> Draft | None:
    """Which bank "the Bank Group" is: the last one named before."""
    banks = [s for s in reading.spans if s.draft.type == "Organization" and s.past <= i]
    banks = [s for s in banks if any("bank" in folded(name).split() for name in full_names(s.draft))]
    return max(banks, key=lambda s: s.first).draft if banks else None


def full_names(draft: Draft) -> list[str]:
    """The names that this document or the seeds know of a body."""
    seed = load_gazetteer().seeds.get(draft.seed or "")
    return [draft.name, *draft.names, *(seed.names if seed else ())]
