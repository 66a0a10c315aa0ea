"""Whom a person represents where the office does not say it: by the country or body beside the name."""

from __future__ import annotations

from collections.abc import Iterator

from kg.extract.entities.around import actor_at, people_in_order
from kg.extract.entities.delegations import find_delegates
from kg.extract.entities.named_people import COURTESY
from kg.extract.entities.office_bodies import state_of
from kg.extract.entities.office_words import Office
from kg.extract.entities.offices import is_secretary_general
from kg.extract.entities.person_names import honorific_words
from kg.extract.entities.postings import ENVOYS
from kg.extract.reading import Draft, Reading, Span
from kg.extract.wordlists import word_list

_SPOKE_FOR = word_list("people", "spoke_for")
_STATE_BODIES = word_list("people", "state_bodies")


def find_represented(reading: Reading, named: list[Office]) -> None:
    """All rules of this file; what stands beside the name comes first."""
    for span in people_in_order(reading):
        _country_after(reading, span.draft, span.past)
        _body_after(reading, span.draft, span.past)
        _country_in_brackets(reading, span)
        _country_before(reading, span.draft, span.first)
        _spoke_for(reading, span)
        _who_heads(reading, span)
    _elliptic(reading)
    _heads_of_bodies(reading, named)
    _shared_country(reading, sorted(named, key=lambda office: office.first))
    find_delegates(reading)


def _country_after(reading: Reading, person: Draft, past: int) -> None:
    """As in "President Nana Mensah of Ghana"."""
    parse = reading.parse
    if past + 1 >= len(parse) or parse.lower[past] not in ("of", "from"):
        return
    span = actor_at(reading, past + 1)
    if span is None or span.kind != "name":
        return
    if parse.words[span.past : span.past + 1] in (["'s"], ["’s"]):
        after = parse.lower[span.past + 1 : span.past + 4]
        if span.draft.type != "Country" or _STATE_BODIES.isdisjoint(after):
            return
    # "Secretary-General Ban Ki-moon of South Korea": where he comes from; he serves the organization
    if span.draft.type == "Country" and is_secretary_general(_titles(reading, person)):
        return
    for draft in (span.draft, *state_of(reading, span)):
        reading.say(person, "represents", draft, past, rule="name of country", confidence=0.9)


def _body_after(reading: Reading, person: Draft, past: int) -> None:
    """As in "X of Myanmar's Ministry of Commerce", "X, of the Kyrgyz Customs Service": the country and the body."""
    parse = reading.parse
    past += parse.words[past : past + 1] == [","]
    if past + 2 >= len(parse) or parse.lower[past] not in ("of", "from"):
        return
    country = actor_at(reading, past + 1)
    if country is None or country.draft.type != "Country":
        return
    i = country.past + (parse.words[country.past : country.past + 1] in (["'s"], ["’s"]))
    body = reading.owner[i] if i < len(parse) else None
    genitive = i > country.past or country.kind == "adjective"
    if genitive and body is not None and body.draft.type == "Organization":
        for draft in (country.draft, body.draft):
            reading.say(person, "represents", draft, past, rule="name of body", confidence=0.85)


def _country_in_brackets(reading: Reading, span: Span) -> None:
    """As in "Mr Touch Vuthea (Cambodia)"."""
    parse = reading.parse
    i = span.past
    if parse.words[i : i + 1] != ["("] or i + 2 >= len(parse):
        return
    inside = reading.owner[i + 1]
    if inside is not None and inside.draft.type == "Country" and parse.words[inside.past : inside.past + 1] == [")"]:
        reading.say(span.draft, "represents", inside.draft, i, rule="country in brackets", confidence=0.85)


def _country_before(reading: Reading, person: Draft, first: int) -> None:
    """As in "Greece's Kyriakos Mitsotakis"."""
    parse = reading.parse
    singles, words = honorific_words()
    while (
        first > 1 and parse.capital(first - 1) and parse.lower[first - 1].replace(".", "") in singles | words | COURTESY
    ):
        first -= 1  # "Myanmar's U Lin Thant Zaw"
        first -= first > 1 and parse.words[first - 1] == "."
    owner = reading.owner[first - 2] if first > 1 and parse.words[first - 1] in ("'s", "’s") else None
    if owner is None or owner.draft.type not in ("Country", "Organization"):
        return
    # "Rwanda's X, the chairman of the African Union": both
    if not any(isinstance(o, Draft) and o.type == owner.draft.type for o in reading.objects(person, "represents")):
        reading.say(person, "represents", owner.draft, first, rule="genitive of country", confidence=0.75)


def _elliptic(reading: Reading) -> None:
    """As in "Uganda's minister of agriculture, X, presided; Botswana's, Y, and Malawi's, Z, acted": the same office."""
    parse = reading.parse
    for span in people_in_order(reading):
        i = span.first - 1
        if i < 2 or parse.words[i] != "," or parse.words[i - 1] not in ("'s", "’s"):
            continue
        owner = reading.owner[i - 2]
        if owner is None or owner.draft.type not in ("Country", "Organization"):
            continue
        if reading.objects(span.draft, "represents") or reading.objects(span.draft, "position"):
            continue
        reading.say(span.draft, "represents", owner.draft, i, rule="genitive of country", confidence=0.75)
        first = parse.sentences[parse.sentence_of[i]][0]
        titles = [t for s in reading.spans_in(first, i, "Leader") for t in _titles(reading, s.draft)]
        if titles:
            reading.say(span.draft, "position", titles[-1], i, rule="same office", confidence=0.7)


def _spoke_for(reading: Reading, span: Span) -> None:
    """As in "Country Director X for ADB.", "Admiral Y led it for Indonesia", "Z for Tajikistan met"."""
    parse = reading.parse
    i = span.past
    if i < len(parse) and parse.lower[i] in _SPOKE_FOR:
        i += 1
        i += i < len(parse) and parse.lower[i] in ("it", "them")
    if i + 1 >= len(parse) or parse.lower[i] != "for":
        return
    actor = actor_at(reading, i + 1)
    if actor is None or actor.kind != "name" or reading.objects(span.draft, "represents"):
        return
    after = actor.past
    closed = after >= len(parse) or parse.words[after] in (",", ".", ";", ")") or parse.lower[after] in ("and", "while")
    if closed or parse.tags[after] in ("VBD", "VBZ", "VBP"):
        reading.say(span.draft, "represents", actor.draft, i, rule="spoke for", confidence=0.8)


def _who_heads(reading: Reading, span: Span) -> None:
    """As in "X, who heads the Organization of Turkic States", "Y, who leads the operation for the Bank"."""
    parse = reading.parse
    i = span.past
    if parse.lower[i : i + 2] != [",", "who"]:
        return
    i += 2
    while i < len(parse) and parse.lower[i] in ("now", "also", "currently", "has", "since"):
        i += 1
    if i >= len(parse) or parse.lower[i] not in ("heads", "leads", "runs", "chairs", "directs", "represents"):
        return
    for body in reading.spans_in(i + 1, min(i + 7, len(parse)), "Organization", "Country"):
        if body.draft.type == "Country" and (body.kind != "name" or parse.lower[i] != "represents"):
            continue
        if parse.lower[body.first - 1] in ("the", "for") or body.first == i + 1:
            reading.say(span.draft, "represents", body.draft, i, rule="who heads", confidence=0.8)
        return


def _heads_of_bodies(reading: Reading, named: list[Office]) -> None:
    """As in "the Office, which is headed by Director X", "the bank, led by Y": of the body before."""
    parse = reading.parse
    starts = {id(office.holder): office.first for office in named if office.holder is not None and not office.bodies}
    for i in parse.where(_HEADED):
        j = i - (2 if parse.lower[i - 2 : i] in (["which", "is"], ["which", "was"]) else 0)
        j -= parse.words[j - 1] == ","
        body = reading.owner[j - 1] if j > 0 and parse.lower[i + 1 : i + 2] == ["by"] else None
        if body is None or body.draft.type != "Organization" or body.past != j:
            continue
        for span in reading.spans_in(i + 2, min(i + 10, len(parse)), "Leader")[:1]:
            if starts.get(id(span.draft), span.first) <= i + 3:
                reading.say(span.draft, "represents", body.draft, i, rule="body headed by", confidence=0.8)


_HEADED = frozenset("headed led chaired run directed".split())


def _shared_country(reading: Reading, offices: list[Office]) -> None:
    """As in "India's President X and Vice President Y", "Chad's Minister of Trade X, Minister of Health Y and …".

    The others of the list hold office in the same country, as long as none names his own.
    """
    parse = reading.parse
    owner: Office | None = None
    for left, right in zip(offices, offices[1:], strict=False):
        if left.bodies or owner is None or owner.holder is None:
            owner = left
        holders = reading.spans_in(left.past, right.first, "Leader")
        if (
            right.bodies
            or right.holder is None
            or not owner.bodies
            or not ENVOYS.isdisjoint(owner.title.lower().split())
            or parse.sentence_of[left.first] != parse.sentence_of[right.first]
            or len(holders) != 1
            or holders[0].draft is right.holder
            or not _lists_on(reading, holders[0].past, right, owner)
        ):
            owner = None
            continue
        for body in owner.bodies if not reading.objects(right.holder, "represents") else ():
            reading.say(right.holder, "represents", body, right.first, rule="country shared in list", confidence=0.7)


def _lists_on(reading: Reading, past: int, office: Office, owner: Office) -> bool:
    """Whether a list of people goes on between a name and the next title: "and", "and the", "," before a title."""
    between = reading.parse.lower[past : office.first]
    if between in (["and"], ["and", "on"], [",", "and"], ["and", "with"], ["and", "the"], [",", "and", "the"]):
        return True
    # "Kenya's minister X, Minister Y and …", not "… X, President Y" or "the party's chairman X, Minister Y"
    of_state = all(body.type == "Country" for body in owner.bodies)
    chief = not _CHIEFS_OF_STATE.isdisjoint(office.title.lower().split())
    stop = min(office.past + 9, len(reading.parse))
    after = max((s.past for s in reading.spans_in(office.past, stop, "Leader")), default=0)
    # "at the invitation of Indian Foreign Secretary X, Foreign Secretary Y will" is no list
    listed = reading.parse.lower[after : after + 1] in ([","], ["and"], [";"]) and office.title != owner.title
    return between == [","] and reading.parse.capital(office.first) and of_state and not chief and listed


_CHIEFS_OF_STATE = frozenset("president king emir sultan premier prime chancellor queen ambassador".split())


# ---------------------------------------------------------------- small questions


def _titles(reading: Reading, person: Draft) -> Iterator[str]:
    return (title for title in reading.objects(person, "position") if isinstance(title, str))
