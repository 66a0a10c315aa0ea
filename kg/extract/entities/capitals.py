"""Whether a capital stands for its government: "Hanoi said", "a quarrel with Accra", "asked Ottawa for help"."""

from __future__ import annotations

from kg.extract.entities.phrases import BEING
from kg.extract.reading import Reading
from kg.extract.wordlists import word_list

METONYMY_RULE = "metonymy: capital for government"
_PLACE_NOUNS = word_list("places", "place_nouns")
_ADDRESSING = word_list("places", "addressing")
_GOVERNMENTS = word_list("places", "governments")
_CITY_THINGS = word_list("places", "city_things")
_EVENT_VERBS = frozenset("hosted hosts host welcomed saw lies".split())
_UTTERED = word_list("places", "uttered_from")
_MOODS = frozenset("odds loggerheads hurry mood favour favor talks agreement doubt".split())
_LOCATIVE = frozenset("in at to near capital from".split())


def acts(reading: Reading, first: int, past: int) -> bool:
    """Whether the capital stands where only an actor can: subject or genitive of acts, agent, "between X and Y"."""
    parse = reading.parse
    head = reading.syntactic_head(first, past)
    while parse.deps[head] == "conj" and parse.capital(parse.heads[head]):
        head = parse.heads[head]  # "Tokyo and Manila agreed": the second does what the first does
    start = head
    while start > 0 and parse.deps[start - 1] == "compound" and parse.heads[start - 1] == head:
        start -= 1
    before = parse.lower[start - 1] if start else ""
    if before == "in" and start > 1 and parse.lower[start - 2] in _GOVERNMENTS:
        return True  # "the authorities in Minsk"
    if before == "from" and start > 1 and parse.lower[start - 2] in _UTTERED:
        return True  # "appeals from Kuala Lumpur"
    if before in _LOCATIVE or _city_follows(reading, past):
        return False
    cleft = parse.lower[max(0, start - 2) : start] in (["it", "is"], ["it", "was"])
    if cleft and parse.lower[past : past + 1] == ["that"]:
        return True  # "it was Accra that asked"
    governor, dep = parse.heads[head], parse.deps[head]
    if dep in ("nsubj", "nsubjpass") and parse.tags[governor].startswith(("V", "M")):
        return _subject_acts(reading, governor, dep)
    if dep == "poss":
        return parse.lower[governor] not in _CITY_THINGS
    if dep == "dobj":
        return parse.lower[governor] in _ADDRESSING
    if dep == "agent":
        return True
    return (
        dep == "pobj"
        and before in ("by", "between", "with", "towards", "toward", "against")
        and (parse.deps[governor] in ("agent", "prep"))
    )


def _city_follows(reading: Reading, past: int) -> bool:
    parse = reading.parse
    if past >= len(parse):
        return False
    if parse.words[past] == ",":
        following = parse.lower[past + 1] if past + 1 < len(parse) else ""
        return following not in ("whose", "which") and not _in_list(reading, past)
    return parse.lower[past] in _PLACE_NOUNS


def _in_list(reading: Reading, comma: int) -> bool:
    """As in "Brussels, Washington and Pretoria had sent": not the city's country stands after the comma."""
    parse = reading.parse
    following = comma + 1
    return (
        following + 1 < len(parse)
        and parse.capital(following)
        and reading.type_at(following) != "Country"
        and parse.lower[following + 1] in ("and", ",")
    )


def _subject_acts(reading: Reading, verb: int, dep: str) -> bool:
    """A government is keen, a city is a port; a government is thanked, a city is rebuilt."""
    parse = reading.parse
    if dep == "nsubjpass":
        return parse.lower[verb] in _ADDRESSING
    if parse.lower[verb] in BEING:
        if parse.lower[verb + 1 : verb + 2] == ["to"] and parse.tags[verb + 2 : verb + 3] == ["VB"]:
            return True  # "Berlin is to contribute"
        return any(
            parse.deps[child] == "acomp" or (parse.lower[child] in ("in", "at") and _mood(reading, child))
            for child in parse.children[verb]
        )
    return parse.lower[verb] not in _EVENT_VERBS


def _mood(reading: Reading, preposition: int) -> bool:
    """As in "Abuja is in no hurry"."""
    return any(reading.parse.lower[i] in _MOODS for i in reading.parse.children[preposition])
