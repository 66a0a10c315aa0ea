"""The province or city that an office is of: "Premier of Sarawak", "Mayor of Durban"."""

from __future__ import annotations

import re

from kg.extract.entities.located import is_region
from kg.extract.reading import Reading, Span
from kg.extract.wordlists import word_list
from kg.seeds import load_gazetteer

_NO_PLACES = word_list("places", "no_places") | {"kingdom", "republic", "federation", "union", "rim"}


def place_at(reading: Reading, i: int) -> Span | None:
    """The province or city that an office is of: "Premier of Sarawak"; found by the model or by the place list."""
    parse = reading.parse
    for first, past, label in parse.names:
        if (
            label in ("GPE", "LOC")
            and first <= i < past
            and parse.capital(i)
            and all(reading.owner[j] is None for j in range(i, past))
        ):
            if _is_area(reading, i, past):
                return None
            return reading.mention(reading.place_named(parse.quote(i, past)), i, past)
    if parse.capital(i) and reading.owner[i] is None and load_gazetteer().place(parse.words[i]) is not None:
        if _is_area(reading, i, i + 1):
            return None
        return reading.mention(reading.place_named(parse.words[i]), i, i + 1)
    return None


def _is_area(reading: Reading, first: int, past: int) -> bool:
    """As in "the leaders of the Gulf", "of West Asian states", "of the Kingdom": no province and no city."""
    parse = reading.parse
    name = re.sub(r"['’]s$", "", parse.quote(first, past)).strip()
    if load_gazetteer().areas.get(name) == "area" or is_region(name):
        return True
    if all(word in _NO_PLACES for word in name.lower().split()):
        return True
    return parse.lower[past : past + 1] == ["of"] and past - first == 1 and parse.tags[first] == "NN"
