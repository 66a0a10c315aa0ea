"""Projects without a name that a payer or a start makes definite: "a rural roads project in Sylhet, paid by Peru"."""

from __future__ import annotations

from kg.extract.entities.phrases import phrase_tail
from kg.extract.entities.works import Found, is_near, is_paid, noun_start, place_tail
from kg.extract.reading import Reading
from kg.extract.wordlists import word_list

_WISHED = word_list("projects", "wished")
_GENERAL = word_list("projects", "general")
_BEGUN = word_list("projects", "begun")
_WOULD = frozenset("could might should need needs plan plans propose proposed proposes suggested if".split())
UNDERTAKINGS = frozenset("project programme program".split())
_SUMS = frozenset("million billion dollars euros yen".split())
_LONGEST_AIM = 10


def undertaking(reading: Reading, head: int) -> Found | None:
    """The project whose noun in small letters is at `head`: told by its subject, its place or its aim, and paid for."""
    parse = reading.parse
    first = noun_start(reading, head)
    determiner = parse.lower[first - 1] if first else ""
    inner = [parse.lower[i] for i in range(first, head)]
    if determiner not in ("a", "an", "the") or not _WISHED.isdisjoint(inner) or _is_general(reading, first, head):
        return None
    if parse.deps[head] in ("compound", "attr") or parse.tags[head] != "NN":
        return None
    begun = is_near(reading, head, _BEGUN, before=head - first + 4, after=4)
    paid = is_paid(reading, head) or is_near(reading, head, _SUMS)
    if not (paid or begun) or is_near(reading, head, _WOULD, before=head - first + 5, after=3):
        return None
    tail = max(
        _aim_past(reading, head),
        place_tail(reading, head + 1),
        phrase_tail(reading, head + 1, frozenset(("on", "for"))),
    )
    told = _has_subject(reading, first, head)
    if determiner == "the" and tail == head + 1:
        return None  # "the hydropower project" was named before
    if first > 2 and parse.words[first - 2] == "," and parse.capital(first - 3):
        return None  # "the Green Arc, a replanting programme": explains a name
    if tail > head + 1 and parse.capital(head + 2) and determiner == "the":
        return None  # "the project on Better Ports": named
    if not told and (tail == head + 1 or parse.lower[head + 1] in ("in", "at", "near")):
        return None  # "a project in Chad"
    return first, tail, head + 1 if first < head else tail


def _is_general(reading: Reading, first: int, head: int) -> bool:
    """As in "a nuclear programme", "the IMF programme": of a state or of a lender at large."""
    return any(reading.parse.lower[i] in _GENERAL for i in range(first, head))


def _has_subject(reading: Reading, first: int, head: int) -> bool:
    """Whether a common noun before says what the project does: "poverty eradication", "rural roads"."""
    parse = reading.parse
    return any(
        parse.tags[i] in ("NN", "NNS", "VBG")
        and reading.owner[i] is None
        and parse.lower[i] not in _MEASURES
        and parse.words[i].isalpha()
        for i in range(first, head)
    )


_MEASURES = frozenset("year month week day phase dollar euro million billion pilot development euros dollars".split())


def _aim_past(reading: Reading, head: int) -> int:
    """Past "to link Peru and Chile", "that trains inspectors": the first object of what the project does."""
    parse = reading.parse
    verb = head + 1 + (parse.lower[head + 1 : head + 2] in (["to"], ["that"], ["which"], ["aimed"]))
    verb += parse.lower[head + 1 : head + 3] == ["aimed", "at"]
    if verb == head + 1 or verb >= len(parse) or parse.tags[verb] not in ("VB", "VBZ", "VBG"):
        return head + 1
    if parse.lower[verb] in ("be", "is", "has", "have"):
        return head + 1
    if parse.lower[verb] in ("help", "helps") and parse.tags[verb + 1 : verb + 2] == ["VB"]:
        verb += 1
    tail = phrase_tail(reading, verb, frozenset((parse.lower[verb],)), limit=_LONGEST_AIM)
    return tail if tail > verb else head + 1
