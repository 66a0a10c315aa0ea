"""Places by where their name stands: "in X", "at X", "from X to Y", "the port city of X", "toured X"."""

from __future__ import annotations

import re
from collections.abc import Callable

from kg.extract.entities.phrases import DASHES
from kg.extract.reading import Draft, Reading
from kg.extract.wordlists import word_list
from kg.seeds import Gazetteer

Mention = Callable[[Reading, int, int, Gazetteer], Draft]

_PLACE_NOUNS = word_list("places", "place_nouns")
_OF_NOUNS = word_list("places", "of_nouns")
_NO_PLACES = word_list("places", "no_places")
TRUST = word_list("places", "trust")
_MOTION = word_list("places", "motion")
_IN = frozenset("in at near on".split())
_ALONG = frozenset("from to between outside via through towards around into".split())
_LINKS = frozenset("de do da del la las le los el al an e sur am of".split())
_LABELS_OF_PLACES = ("GPE", "LOC", "FAC", "PERSON", "ORG", "")
_BOUND = frozenset("planned scheduled set leave left leaves bound due departs departed leaving".split())
_ROUTES = frozenset(
    "railway road line highway railway ferry flight flights pipeline corridor route motorway trains".split()
)
_TRIPS = frozenset("trip excursion walked tour flight ferry".split())
_CITY_OF_SIZE = 50_000
_REGIONS = word_list("places", "regions")


def find_located(reading: Reading, gazetteer: Gazetteer, mention: Mention) -> None:
    """Mentions of cities and towns which the model did not see, by the words before and after them."""
    parse = reading.parse
    labels = {first: label for first, _, label in parse.names}
    for i, word in enumerate(parse.lower):
        if word == "of":
            _city_of(reading, i, gazetteer, mention)
        elif word in _IN or word in _ALONG or (word == "for" and i and parse.lower[i - 1] in _BOUND):
            start = _past_adjective(reading, i)
            past = _name_after(reading, start)
            if past > start + 1 and _is_located(reading, i, start + 1, past, labels, gazetteer):
                mention(reading, start + 1, past, gazetteer)
                _other_end(reading, i, past, gazetteer, mention)
        elif word in _MOTION or word in ("is", "was", "will"):
            _city_of_verb(reading, i, gazetteer, mention)


def deny_people(reading: Reading, gazetteer: Gazetteer) -> None:
    """Take the model's label of a person off names that stand where a place stands: "in Hat Yai", "market at X"."""
    reading.parse.names = [
        (first, past, label)
        for first, past, label in reading.parse.names
        if label != "PERSON" or not _stands_as_place(reading, first, past, gazetteer)
    ]


def _stands_as_place(reading: Reading, first: int, past: int, gazetteer: Gazetteer) -> bool:
    parse = reading.parse
    if first < 2 or parse.words[past : past + 1] in (["'s"], ["’s"]):
        return False
    before, earlier = parse.lower[first - 1], parse.lower[first - 2]
    known = gazetteer.place(parse.quote(first, past)) is not None
    if before == "in" and earlier in TRUST:
        return False
    if before == "on":
        return False
    if before in _IN or (before == "for" and earlier in _BOUND) or earlier in _OF_NOUNS:
        return known or earlier in _OF_NOUNS or (before == "at" and parse.tags[first - 2].startswith("NN"))
    return known and past - first > 1 and before in _ALONG


def _past_adjective(reading: Reading, i: int) -> int:
    """The token before the name: "in a wind-swept Wrocław" has an article and an adjective there."""
    parse = reading.parse
    if parse.lower[i + 1 : i + 2] != ["a"]:
        return i
    j = i + 2
    while j < min(len(parse), i + 6) and not parse.capital(j) and parse.tags[j] in ("JJ", "NN", "HYPH", "VBN", "VBD"):
        j += 1
    return j - 1 if j > i + 2 else i


def is_region(name: str) -> bool:
    """Whether every word belongs to the name of a continent, a sea or a part of them: "Central Asia", "the Gulf".

    >>> [is_region(name) for name in ("Central Asia", "South-East Asia", "South Bend")]
    [True, True, False]
    """
    if name.lower() in _REGIONS:
        return True
    return all(word in _REGIONS for word in re.split(r"[\s-]+", name.lower()))


def _city_of(reading: Reading, of: int, gazetteer: Gazetteer, mention: Mention) -> None:
    """As in "the port city of Hai Phong", "the villages of A and B", "the municipality of Gracias"."""
    parse = reading.parse
    if of == 0 or not (parse.lower[of - 1] in _OF_NOUNS or parse.tags[of - 1] == "NNS"):
        return
    past = _name_after(reading, of)
    if past == of + 1 or is_region(parse.quote(of + 1, past)):
        return  # "the heads of state of Central Asia"
    if parse.lower[of - 1] not in _OF_NOUNS:
        place = gazetteer.place(parse.quote(of + 1, past))
        if place is not None and place.population >= _CITY_OF_SIZE:
            mention(reading, of + 1, past, gazetteer)  # "the hauliers of Verona"
        return
    draft = mention(reading, of + 1, past, gazetteer)
    draft.names[parse.quote(of - 1, past)] += 1
    if past + 1 < len(parse) and parse.lower[past] == "and" and parse.lower[of - 1].endswith("s"):
        second = _name_after(reading, past)
        if second > past + 1:
            mention(reading, past + 1, second, gazetteer)


def _name_after(reading: Reading, i: int) -> int:
    """Past the proper name that follows token i; `i + 1` where none does or another entity owns a part of it."""
    parse = reading.parse
    past = i + 1
    stop = min(len(parse), parse.sentences[parse.sentence_of[i]][1], i + 6)
    while past < stop and reading.owner[past] is None:
        if parse.capital(past) and parse.tags[past].startswith(("NNP", "JJ", "NN", "FW")):
            past += 1
        elif past + 1 < stop and past > i + 1 and parse.capital(past + 1) and reading.owner[past + 1] is None:
            glued = parse.glued(past) and parse.glued(past + 1)
            if parse.lower[past] in _LINKS or (glued and parse.words[past] in ("-", "'", "’")):
                past += 2
            else:
                break
        else:
            break
    name = parse.words[i + 1 : past]
    if not name or name[0].isupper() and len(name[0]) > 1 or all(word.lower() in _NO_PLACES for word in name):
        return i + 1
    return i + 1 if _goes_on(reading, past) else past


def _goes_on(reading: Reading, past: int) -> bool:
    """Whether the name is only the beginning of one: "in Chinese-built", "at Kasumi's office", "in Lake ASEAN"."""
    parse = reading.parse
    if past >= len(parse):
        return False
    if reading.owner[past] is not None and past < len(parse) and parse.capital(past):
        return True
    return parse.glued(past) and (parse.words[past] in DASHES or parse.words[past].isalnum())


def _is_located(reading: Reading, i: int, first: int, past: int, labels: dict[int, str], gazetteer: Gazetteer) -> bool:
    """Whether the name after preposition i is a place: known to the place list, or a mere name after "in" or "at"."""
    parse = reading.parse
    name = parse.quote(first, past)
    if gazetteer.areas.get(name) == "area" or is_region(name) or (i and parse.lower[i - 1] in TRUST):
        return False
    label = labels.get(first, "")
    if gazetteer.place(name) is not None:
        moves = parse.lower[parse.heads[i]] in _MOTION or parse.lower[parse.heads[i]] in _ROUTES
        person = label == "PERSON" and parse.lower[i] not in _IN and not moves
        island = parse.lower[i] != "on" or "island" in parse.lower[past : past + 6] or name.endswith(" Atoll")
        return island and not person and not _modifies(reading, past)
    trip = parse.lower[i] == "to" and parse.lower[parse.heads[i]] in _ROUTES | _TRIPS
    if (parse.lower[i] not in ("in", "at") and not trip) or label not in _LABELS_OF_PLACES or first != i + 1:
        return False
    return not _modifies(reading, past) and _is_mere_name(reading, i, past, label)


def _is_mere_name(reading: Reading, i: int, past: int, label: str) -> bool:
    """Whether nothing speaks against a town: no title before it ("Media in Exile"), no common word, no genitive."""
    parse = reading.parse
    if any(parse.lower[j] in _NO_PLACES for j in range(i + 1, past)):
        return False
    if i and parse.lower[i] == "in" and parse.capital(i - 1) and label not in ("GPE", "LOC", "FAC"):
        return False
    if label == "ORG" and parse.lower[i] == "at" and past - i > 2:
        return False
    if parse.words[past : past + 1] in (["'s"], ["’s"], ["("], ["’"], ["'"]):
        return False
    return all(
        parse.tags[j].startswith(("NNP", "FW")) or not parse.words[j][0].isalpha() or parse.words[j].islower()
        for j in range(i + 1, past)
    )


def _modifies(reading: Reading, past: int) -> bool:
    """Whether a noun follows which the name only modifies: "in Basel talks", but "in Kunming city"."""
    parse = reading.parse
    if past >= len(parse) or parse.lower[past] in _PLACE_NOUNS:
        return False
    return parse.tags[past] in ("NN", "NNS") and parse.deps[past - 1] in ("compound", "amod", "nmod")


def _other_end(reading: Reading, i: int, past: int, gazetteer: Gazetteer, mention: Mention) -> None:
    """As in "from Palawan to Muara", "between Linz and Gönyű": the second end is a place because the first is."""
    parse = reading.parse
    link = {"from": "to", "between": "and"}.get(parse.lower[i])
    if link is None or parse.lower[past : past + 1] != [link]:
        return
    end = _name_after(reading, past)
    if end > past + 1 and not _modifies(reading, end):
        mention(reading, past + 1, end, gazetteer)


def _city_of_verb(reading: Reading, verb: int, gazetteer: Gazetteer, mention: Mention) -> None:
    """As in "toured Jajarkot", "Samarkand will be the venue": a city that the place list knows."""
    parse = reading.parse
    if parse.lower[verb] in _MOTION:
        past = _name_after(reading, verb)
        if past > verb + 1 and gazetteer.place(parse.quote(verb + 1, past)) is not None:
            mention(reading, verb + 1, past, gazetteer)
            if parse.lower[past : past + 1] == ["and"] and (end := _name_after(reading, past)) > past + 1:
                mention(reading, past + 1, end, gazetteer)
        return
    first = verb
    floor = parse.sentences[parse.sentence_of[verb]][0]
    while first > floor and parse.tags[first - 1] == "NNP" and reading.owner[first - 1] is None:
        first -= 1
    if first == verb or parse.words[first].isupper() or not parse.capital(first):
        return
    place = gazetteer.place(parse.quote(first, verb))
    venue = parse.lower[verb + 1 : verb + 4]
    if place is not None and place.population >= _CITY_OF_SIZE and {"venue", "host", "chosen", "setting"} & set(venue):
        mention(reading, first, verb, gazetteer)
