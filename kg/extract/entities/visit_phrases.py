"""Visits: "an official visit to Vietnam", "his trip", "left for Peru on a working visit"."""

from __future__ import annotations

from kg.extract.entities.meeting_phrases import MeetingPhrase, one_line, take_up
from kg.extract.entities.phrases import DETERMINERS
from kg.extract.entities.talk_partners import states_of
from kg.extract.reading import Draft, Reading, Span
from kg.extract.wordlists import word_list

_VISIT_ADJECTIVES = word_list("meetings", "visit_adjectives")


def describe_visit(reading: Reading, c: MeetingPhrase, *, definite: bool) -> None:
    """A visit is one meeting for a destination; "the visit", "his trip" take up the one before."""
    parse = reading.parse
    destination, past = visit_destination(reading, c.head)
    if destination is None and not definite:
        destination = _destination_before(reading, c)
    visits = [d for d in reading.of_type("Meeting") if d.attributes.get("kind") == "visit"]
    modifiers = {parse.lower[i] for i in range(c.first, c.head)}
    if destination is None and visits and (definite or c.word != "visit" or modifiers & _VISIT_ADJECTIVES):
        take_up(reading, c, visits[-1])
        return
    if destination is None and not modifiers & (_VISIT_ADJECTIVES - {"first", "day", "brief"}):
        return
    earlier = modifiers & EARLIER and parse.lower[c.first - 1 : c.first] != ["the"]
    for draft in visits:
        if earlier:
            break  # "follows a recent official visit to Namibia"
        if destination is not None and _goes_there(reading, draft, destination):
            sentence = parse.sentences[parse.sentence_of[c.head]]
            if _is_of_others(reading, draft, destination, [s.draft for s in reading.spans_in(*sentence, "Leader")]):
                continue
            if draft.attributes.get("destination", destination.name) != destination.name:
                here = reading.spans_in(*parse.sentences[parse.sentence_of[c.head]], "Leader")
                if draft.sides and {id(s.draft) for s in here}.isdisjoint(map(id, draft.sides)):
                    continue  # "X will fly to New Delhi. … when Y was on a state visit to India"
                reading.say(draft, "heldIn", destination, c.head, rule="destination of visit", confidence=0.85)
            reading.mention(draft, c.first, past, head=c.head, kind="nominal")
            draft.names[parse.quote(c.first, c.head + 1)] += 1
            draft.attributes.setdefault("destination", destination.name)
            return
    draft = reading.draft("Meeting", one_line(parse.quote(c.first, past)))
    draft.attributes["kind"] = "visit"
    if destination is not None:
        draft.attributes["destination"] = destination.name
    reading.mention(draft, c.first, past, head=c.head)
    draft.names[parse.quote(c.first, c.head + 1)] += 1


def _goes_there(reading: Reading, visit: Draft, place: Draft) -> bool:
    """Whether a visit goes to a place: to no other, or to the country of the city or the other way round."""
    known = visit.attributes.get("destination")
    if known in (None, place.name):
        return True
    other = next((p for p in reading.of_type("Country", "Place") if p.name == known), None)
    if other is None or other.type == place.type:
        return False
    city, country = (place, other) if place.type == "Place" else (other, place)
    return city.attributes.get("country", "") == country.attributes.get("iso3")


EARLIER = frozenset("recent previous earlier last".split())


def visit_at(reading: Reading, place: Draft | None, people: list[Draft]) -> Draft | None:
    """The visit of these people to a place that the document has named, or one whose destination is open."""
    for draft in reading.of_type("Meeting"):
        if draft.attributes.get("kind") != "visit":
            continue
        if place is None or draft.attributes.get("destination") is None:
            return draft
        if draft.attributes["destination"] == place.name and not _is_of_others(reading, draft, place, people):
            return draft
        if _goes_there(reading, draft, place) and _is_beside(reading, draft, people):
            return draft
    return None


def _is_of_others(reading: Reading, visit: Draft, place: Draft, people: list[Draft]) -> bool:
    """As in "the Kenyan President paid a visit to Fiji … the Omani minister visited Fiji": guests of other states."""
    host = place.attributes.get("iso3") or place.attributes.get("country")
    parse = reading.parse
    first = min((s for s in reading.spans if s.draft is visit), key=lambda s: s.first)
    sentence = parse.sentences[parse.sentence_of[first.head]]
    known = visit.sides or [s.draft for s in reading.spans_in(*sentence, "Leader")]
    guests, others = ({s.attributes.get("iso3") for s in states_of(reading, some)} - {host} for some in (known, people))
    return bool(host) and bool(guests) and bool(others) and guests.isdisjoint(others)


def _is_beside(reading: Reading, visit: Draft, people: list[Draft]) -> bool:
    """Whether one of the people is named where the visit is."""
    parse = reading.parse
    sentences = {parse.sentence_of[s.head] for s in reading.spans if s.draft is visit}
    named = {id(s.draft) for number in sentences for s in reading.spans_in(*parse.sentences[number], "Leader")}
    return any(id(person) in named for person in people)


def _destination_before(reading: Reading, c: MeetingPhrase) -> Draft | None:
    """As in "was in Quito on a private visit", "left for Peru on a working visit".

    "comes to Astana for a visit".
    """
    parse = reading.parse
    floor = max(parse.sentences[parse.sentence_of[c.head]][0], c.first - 14)
    if c.first < 2 or not any(parse.lower[i] in ("on", "for") for i in (c.first - 1, c.first - 2)):
        return None
    for span in reversed(reading.spans_in(floor, c.first, "Place", "Country")):
        i = span.first - 1
        if i >= floor and parse.lower[i] == "the":
            i -= 1
        if span.kind == "name" and i >= floor and parse.lower[i] in ("in", "to", "for"):
            return span.draft
    return None


def _home_of_visitor(reading: Reading, head: int) -> Draft | None:
    """The state of the person named last before "his visit to the country", which goes to another one."""
    before = [s for s in reading.spans if s.draft.type == "Leader" and s.first < head]
    if not before:
        return None
    states = reading.objects(max(before, key=lambda s: s.first).draft, "represents")
    return next((s for s in states if isinstance(s, Draft) and s.type == "Country"), None)


def visit_destination(reading: Reading, head: int) -> tuple[Draft | None, int]:
    """As in "visit to Vietnam": the country or place, and the token after it."""
    parse = reading.parse
    i = head + 1
    limit = head + (14 if parse.lower[head + 1 : head + 2] in (["of"], ["by"]) else 5)
    while i < min(len(parse), limit):
        if parse.lower[i] == "to" or (parse.lower[i] == "in" and limit == head + 5):
            j = i + 1
            while (
                j < len(parse)
                and parse.lower[j] in DETERMINERS | {"kingdom", "republic", "of", "state"}
                and reading.owner[j] is None
            ):
                j += 1
            span: Span | None = reading.owner[j] if j < len(parse) else None
            if span is None and parse.lower[j : j + 1] in (["country"], ["nation"], ["republic"]):
                own = _home_of_visitor(reading, head)
                named = [
                    s for s in reading.spans if s.draft.type == "Country" and s.first < head and s.draft is not own
                ]
                return (max(named, key=lambda s: s.first).draft if named else None), j + 1
            if span is not None and span.draft.type in ("Country", "Place"):
                return span.draft, span.past
            return None, head + 1
        if parse.tags[i].startswith("V") or parse.words[i] in (".", ",", ";"):
            break
        i += 1
    return None, head + 1
