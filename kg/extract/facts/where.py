"""Where a meeting was held: places beside it, in its name, venues with their city and country."""

from __future__ import annotations

from kg.extract.entities.occasions import is_at_another_time
from kg.extract.facts.nearness import (
    conjuncts,
    fate_of,
    governing_verb,
    is_elsewhere,
    is_habitual,
    looks_ahead,
    meeting_near,
    prepares,
)
from kg.extract.modality import modality_at
from kg.extract.parse import Parse
from kg.extract.reading import Draft, Reading, Span
from kg.extract.wordlists import word_list

_PLACE_PREPOSITIONS = frozenset(("in", "at", "to"))
# "which brought her to Lomé", "set off for Lima to attend the summit": where one goes, the meeting is.
_TRAVEL = word_list("settings", "travel")
_HOLDING = word_list("settings", "holding")
_FORESEEN = frozenset("planned set scheduled due foreseen".split())
_BEFORE_PLACES = word_list("settings", "before_places")


def find_places_of_meetings(reading: Reading) -> None:
    """`heldIn`: places in and beside the meeting's name, venues, and the destination of a visit."""
    _places_in_names(reading)
    for span in list(reading.spans):
        if span.draft.type in ("Place", "Country") and span.kind != "adjective" and not span.rule:
            _place_beside(reading, span)
    _destinations(reading)
    _venues_by_noun(reading)
    _in_the_capital(reading)


def _in_the_capital(reading: Reading) -> None:
    """As in "the XXI Summit, to be held in the Paraguayan capital", "gathered in the Kazakh city of Turkistan"."""
    parse = reading.parse
    for span in list(reading.spans):
        if span.draft.type != "Country" or span.kind != "adjective" or not _called_seat(parse, span.past):
            continue
        i = span.first - (2 if parse.lower[span.first - 1] == "the" else 1)
        meeting = meeting_near(reading, span.first, span.past) if i >= 0 and parse.lower[i] == "in" else None
        if meeting is not None and meeting.draft.attributes.get("kind") != "call" and not _hangs_elsewhere(reading, i):
            modality = looks_ahead(reading, span.first)
            reading.say(
                meeting.draft, "heldIn", span.draft, i, modality=modality, rule="in the capital", confidence=0.7
            )


def _called_seat(parse: Parse, i: int) -> bool:
    """As in "the Peruvian | capital", "the Kazakh | southern city of Turkistan"."""
    if parse.lower[i : i + 1] == ["capital"]:
        return True
    i += parse.tags[i : i + 1] in (["JJ"], ["NN"]) and parse.lower[i + 1 : i + 2] in (["city"], ["town"], ["resort"])
    return parse.lower[i : i + 1] in (["city"], ["town"], ["resort"])


def _place_beside(reading: Reading, span: Span) -> None:
    """As in "met in Hanoi", "the summit in Hanoi": the place after "in" or "at" in the clause of the meeting."""
    parse = reading.parse
    begin, end = parse.sentences[parse.sentence_of[span.first]]
    preposition = _preposition(reading, span)
    if preposition is None or not reading.spans_in(begin, end, "Meeting"):
        return
    meeting = meeting_near(reading, span.first, span.past)
    beside = meeting is not None and meeting.past == preposition
    if preposition >= 0 and not beside and _hangs_elsewhere(reading, preposition):
        return
    if meeting is None or meeting.first <= span.first < meeting.past or meeting.draft.attributes.get("kind") == "call":
        return
    if is_habitual(reading, span.first) or is_elsewhere(reading, meeting, span.first):
        return
    aside = _after_comma(reading, span) and meeting.past <= span.first
    modality = fate_of(reading, meeting) or looks_ahead(reading, meeting.head if aside else span.first)
    rule = _closeness(reading, meeting, span)
    if rule is None:
        return
    for draft in _listed_meetings(reading, meeting, span.first):
        reading.say(draft, "heldIn", span.draft, span.first, modality=modality, rule=rule, confidence=0.75)
    _country_too(reading, meeting.draft, span)


def _listed_meetings(reading: Reading, meeting: Span, place: int) -> list[Draft]:
    """As in "to Nay Pyi Taw to attend the seventh CLMV Summit and the sixth ACMECS Summit": both are there.

    Not so in "the 20th Forum, held in Graz, and the Leaders' Meeting held in Bari": a place between the two.
    """
    heads = [meeting.head, *conjuncts(reading.parse, meeting.head)]
    spans = [s for head in heads if (s := reading.owner[head]) is not None and s.draft.type == "Meeting"]
    if any(s.first < place for s in spans) and any(place < s.first for s in spans):
        return [meeting.draft]
    return list(dict.fromkeys([meeting.draft, *(s.draft for s in spans)]))


def _closeness(reading: Reading, meeting: Span, span: Span) -> str | None:
    """How the place hangs on the meeting: beside its noun, under its verb, under a verb of holding or elsewhere."""
    parse = reading.parse
    token = span.head
    for _ in range(8):
        if meeting.first <= token < meeting.past:
            return "place after meeting"
        if parse.heads[token] == token or parse.tags[token].startswith("V"):
            break
        token = parse.heads[token]
    verb = governing_verb(reading, span.head)
    if _after_comma(reading, span):
        verb = governing_verb(reading, meeting.head)  # "held a meeting to discuss the plan, at the Palace in Cairo"
    if prepares(reading, meeting, span.first):
        return None
    told_of = parse.heads[verb] if parse.deps[verb] == "relcl" else verb  # "the summit, which X chaired in Baghdad"
    if verb in (governing_verb(reading, meeting.head), meeting.head) or meeting.first <= told_of < meeting.past:
        return "place of the same verb"
    if parse.lower[verb] in _HOLDING:
        return "place with verb of holding"
    if parse.lower[verb] in _TRAVEL and _goes_to_attend(reading, meeting, verb):
        return "place of the same verb"
    return "place beside meeting" if _distance_of(meeting, span) <= 6 else None


def _goes_to_attend(reading: Reading, meeting: Span, verb: int) -> bool:
    """As in "will travel to Gaborone, Botswana, from 8 to 9 September, to attend the session": it is there."""
    parse = reading.parse
    attends = governing_verb(reading, meeting.head)
    if parse.lower[attends] not in _ATTENDING or is_at_another_time(parse, meeting.first):
        return False  # "flew to Rome to attend a wedding before the forum"
    for _ in range(3):
        if attends == verb:
            return True
        attends = parse.heads[attends]
    return False


_ATTENDING = frozenset("attend join address chair co-chair participate take open".split())


def _after_comma(reading: Reading, span: Span) -> bool:
    i = _before_place(reading, span.first)
    return i > 0 and reading.parse.words[i - 1] == "," and reading.parse.lower[i] in ("in", "at")


def _distance_of(meeting: Span, span: Span) -> int:
    return max(span.first - meeting.past, meeting.first - span.past)


_TELLING = word_list("settings", "telling")
_PEOPLE = word_list("settings", "people")
_TIMES = word_list("settings", "times")


def _hangs_elsewhere(reading: Reading, preposition: int) -> bool:
    """As in "the ministry in Yerevan said", "diplomats in Brussels expect", "the Framework, signed in Apia"."""
    parse = reading.parse
    before = preposition - 1
    if _in_agent(parse, before):
        return False
    if before >= 0 and parse.tags[before] in ("NN", "NNS") and reading.type_at(before) not in ("Meeting", "Place"):
        word = parse.lower[before]
        if word not in _PEOPLE and word not in _TIMES and reading.kind_at(before) != "verb":
            return True
    verb = governing_verb(reading, preposition)
    if parse.lower[verb] in _TELLING:
        return True
    if parse.deps[verb] == "acl" and parse.tags[verb] == "VBN":
        return reading.type_at(parse.heads[verb]) in ("Framework", "Project")
    return modality_at(parse, preposition) in ("cancelled", "denied") or _wished(reading, verb)


def _in_agent(parse: Parse, token: int) -> bool:
    """As in "was organised by the Romanian government | in Constanța": the place is not the government's."""
    agent = parse.heads[token]
    if token < 0 or parse.deps[agent] != "agent" or parse.deps[token] != "pobj":
        return False
    return parse.lower[parse.heads[agent]] in _HOLDING or parse.lower[parse.heads[agent]] in ("organised", "organized")


_WISHING = frozenset("proposed proposes propose suggested suggests suggest instructed wanted wants hopes hoped".split())


def _wished(reading: Reading, verb: int) -> bool:
    """As in "proposed that the tenth round be held in Santiago": nobody has agreed to it."""
    parse = reading.parse
    for _ in range(3):
        if parse.heads[verb] == verb:
            return False
        verb = parse.heads[verb]
        if parse.lower[verb] in _WISHING:
            return True
    return False


def _places_in_names(reading: Reading) -> None:
    """As in "the Istanbul summit", "the Forum's Honiara talks": the place before the noun."""
    meetings = {s.head: s for s in reading.spans if s.draft.type == "Meeting" and s.kind != "verb"}
    for span in list(reading.spans):
        meeting = meetings.get(span.past)
        if meeting is not None and span.draft.type == "Place" and span.kind != "adjective":
            reading.say(meeting.draft, "heldIn", span.draft, meeting.head, rule="place in name", confidence=0.8)


def _destinations(reading: Reading) -> None:
    """Where a visit goes, and where those whom a verb brings together meet: "gathered in this format at Bled"."""
    for draft in reading.of_type("Meeting"):
        destination = draft.attributes.pop("destination", None)
        place = next((p for p in reading.of_type("Country", "Place") if p.name == destination), None)
        if place is None:
            continue
        token = next((s.first for s in reading.spans if s.draft is draft), 0)
        visit = draft.attributes.get("kind") == "visit"
        if not visit and is_habitual(reading, token):
            continue
        modality = "actual" if visit else looks_ahead(reading, token)
        reading.say(draft, "heldIn", place, token, modality=modality, rule="destination of visit", confidence=0.85)
        for span in reading.spans_in(*reading.parse.sentences[reading.parse.sentence_of[token]], "Place"):
            if span.draft is place:
                _country_too(reading, draft, span)


def _venues_by_noun(reading: Reading) -> None:
    """As in "Beira was the venue of the meeting", "Attapeu was the scene on 29 February of the talks"."""
    parse = reading.parse
    for i in parse.where(("venue", "scene", "site", "setting")):
        first, past = parse.sentences[parse.sentence_of[i]]
        before = [s for s in reading.spans_in(first, i, "Place") if i - s.past <= 6]
        meetings = reading.spans_in(i, past, "Meeting")
        if before and meetings and "of" in parse.lower[i + 1 : meetings[0].head]:
            modality = looks_ahead(reading, i)
            place = before[-1]
            meeting = meetings[0].draft
            reading.say(meeting, "heldIn", place.draft, i, modality=modality, rule="venue of", confidence=0.85)


def _preposition(reading: Reading, span: Span) -> int | None:
    """The preposition that says that something happened at the place; -1 for a place that welcomes; None without."""
    parse = reading.parse
    i = _before_place(reading, span.first)
    if i >= 0 and parse.lower[i] in _PLACE_PREPOSITIONS and parse.lower[i] != "to":
        return i
    if i >= 0 and parse.lower[i] == "on" and span.draft.type == "Place":
        return i  # "on Majuro"
    if i > 1 and parse.lower[i] == "for" and parse.lower[i - 1] in _FORESEEN:
        # "First planned for Durban, the forum was moved to Pretoria."
        return i if parse.lower[i - 2] not in ("first", "originally", "initially", "once", "long") else None
    if i >= 0 and parse.lower[i] in ("to", "for") and parse.lower[governing_verb(reading, i)] in _TRAVEL:
        return i
    if i > 0 and parse.words[i] in (",", "("):
        before = reading.owner[i - 1]
        if before is None and parse.lower[i - 1] in ("city", "province"):
            before = reading.owner[i - 2]
        if before is not None and before.draft.type == "Place" and before is not span:
            return _preposition(reading, before)
    if span.draft.type == "Place" and parse.deps[head := _seat_of(parse, span.head)] in ("nsubj", "nsubjpass"):
        verb = parse.lower[parse.heads[head]]
        return -1 if verb in ("host", "hosted", "hosts", "welcomed", "was", "is", "saw") else None
    return None


def _seat_of(parse: Parse, head: int) -> int:
    """The noun that a place's name explains: the "city" of "the city of Oruro will host the forum"."""
    of = parse.heads[head]
    if parse.deps[head] == "pobj" and parse.lower[of] == "of" and parse.lower[parse.heads[of]] in _SEATS:
        return parse.heads[of]
    return head


def _before_place(reading: Reading, first: int) -> int:
    """The token before a place and what it is called: "in | the Albanian capital, Tirana"."""
    parse = reading.parse
    i = first - 1
    if i > 0 and parse.words[i] == "," and parse.lower[i - 1] in _SEATS:
        i -= 1
    called = False
    while i >= 0:
        owner = reading.owner[i]
        if parse.lower[i] in _BEFORE_PLACES or called and parse.words[i] in ("'s", "’s"):
            called = called or parse.lower[i] in _SEATS
            i -= 1
        elif called and owner is not None and owner.draft.type == "Country":
            i = owner.first - 1
        elif (
            called
            and owner is None
            and parse.tags[i] in ("JJ", "NN")
            and parse.lower[i + 1 : i + 2]
            and parse.lower[i + 1] in _SEATS
        ):
            i -= 1  # "at the border town of Mpondwe"
        else:
            break
    return i


_SEATS = frozenset("capital city town resort port village".split())


def _country_too(reading: Reading, meeting: Draft, span: Span) -> None:
    """As in "in Semarang City, Indonesia": the country beside the city holds the meeting too."""
    parse = reading.parse
    i = span.past
    while i < len(parse) and (parse.words[i] in (",", "(") or parse.lower[i] in ("city", "province", "the")):
        i += 1
    if parse.lower[i : i + 2] == ["capital", "of"]:
        i += 2 + (parse.lower[i + 2 : i + 3] == ["the"])  # "in Dushanbe, the capital of Tajikistan"
    following = reading.owner[i] if i < len(parse) and i > span.past else None
    if following is not None and following.draft.type in ("Country", "Place") and following.kind == "name":
        reading.say(meeting, "heldIn", following.draft, span.first, rule="country of place", confidence=0.75)
        if following.draft.type == "Place":
            _country_too(reading, meeting, following)
