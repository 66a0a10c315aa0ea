"""Gatherings without a name of their own: talks, calls, visits, and what "the meeting" stands for."""

from __future__ import annotations

import re

from kg.extract.entities.known_meetings import (
    PLURAL_NAMES,
    REPORTED,
    TELLING,
    by_words,
    main_meeting,
    named_later,
    purpose_of,
    referent,
    takes_up,
    told_what_it_is,
)
from kg.extract.entities.meeting_phrases import PHONE, MeetingPhrase, kind_of, one_line, take_up
from kg.extract.entities.occasions import has_own_setting, is_another_occasion, is_told_by
from kg.extract.entities.phrases import APOSTROPHES, DETERMINERS
from kg.extract.entities.talk_partners import TWO_SIDED, are_others, partners_named
from kg.extract.entities.visit_phrases import describe_visit
from kg.extract.reading import Draft, Reading, Span
from kg.extract.wordlists import CALENDAR, word_list

# Heads that name a meeting only with a number, a series or a proper name: alone they are too general.
_WEAK = word_list("meetings", "weak")


_NOMINAL = word_list("meetings", "nominal")


_TALKS_ADJECTIVES = frozenset(
    ("bilateral", "trilateral", "delegation-level", "delegation", "formal", "closed-door", "phone")
)


_OTHERS = frozenset("next previous last earlier preceding following future forthcoming".split())


_TALKS_VERBS = word_list("meetings", "talks_verbs")


# "regular meetings", "high-level meetings": a habit, not a gathering.
_GENERIC = word_list("meetings", "generic")


def describe(reading: Reading, c: MeetingPhrase) -> None:
    """As in "an official visit to Vietnam", "talks", "the meeting": a known meeting, or a new one that is reported."""
    parse = reading.parse
    if c.word == "round":
        _round(reading, c)
        return
    if c.word not in _NOMINAL or _is_habit(reading, c) or _is_means(reading, c) or _in_round(reading, c):
        return
    modifiers = {parse.lower[i] for i in range(c.first, c.head)}
    before = parse.lower[c.first - 1] if c.first else ""
    told = told_what_it_is(reading, c) or purpose_of(reading, c, before)
    if told is not None:
        take_up(reading, c, told)
        return
    genitive = _genitive(reading, c)
    definite = genitive or before in _DEFINITE or parse.lower[c.first] in ("'s", "’s")
    kind = "bilateral-talks" if _is_two_sided(reading, c) else kind_of(reading, c)
    if kind == "visit":
        describe_visit(reading, c, definite=definite)
        return
    if modifiers & _OTHERS or before == "another" or _other_number(reading, c):
        _another(reading, c, kind)
        return
    if "separate" in modifiers and before == "a" and kind in ("bilateral-talks", "other"):
        _open(reading, c, "bilateral-talks")  # "A and B also held a separate meeting"
        return
    if c.word in REPORTED and (_elsewhere(reading, c) or _of_place(reading, c)):
        _open(reading, c, kind)
        return
    if _of_others(reading, c, kind):
        _open(reading, c, kind)
        return
    known = referent(reading, c, kind) if definite or takes_up(reading, c) else by_words(reading, c)
    if known is None and definite and kind == "bilateral-talks":
        # "the talks" of a visit that nothing else has called talks are the visit.
        known = next((d for d in reading.of_type("Meeting") if d.attributes.get("kind") == "visit"), None)
    if known is not None:
        take_up(reading, c, known)
    elif kind == "bilateral-talks" and c.word != "meeting" and not definite and is_told_by(parse, c.first):
        if has_own_setting(reading, c):
            _open(reading, c, kind)  # "met ahead of planned talks in Geneva": other talks
    elif kind in ("bilateral-talks", "call") and c.word not in _WEAK - {"call", "conversation"}:
        _talks(reading, c, kind, modifiers)
    elif _is_new(reading, c, modifiers, definite):
        named = named_later(reading, c, kind)
        if named is None:
            _open(reading, c, kind)
        else:
            take_up(reading, c, named)


def _is_two_sided(reading: Reading, c: MeetingPhrase) -> bool:
    """As in "his meeting with Ana Brnabić", "held a meeting with the Belgian PM": talks, by another noun."""
    if c.word != "meeting" or c.ordinal is not None or c.series is not None:
        return False
    partners = partners_named(reading, c)
    if not partners or len(partners) > 2:
        return False
    return partners[0].type == "Leader" or reading.parse.lower[reading.parse.heads[c.head]] in _TALKS_VERBS


def _round(reading: Reading, c: MeetingPhrase) -> None:
    """As in "the next round of talks will take place in Muscat", "a fresh round of negotiations in Windhoek"."""
    parse = reading.parse
    modifiers = {parse.lower[i] for i in range(c.first, c.head)}
    past = c.head + 1
    if parse.lower[past : past + 1] == ["of"]:
        past += 1
        while past < len(parse) and parse.tags[past] in ("DT", "JJ", "VBN", "NN", "NNP", "HYPH") and past - c.head < 7:
            past += 1
    of_talks = past < len(parse) and parse.lower[past] in PLURAL_NAMES
    if not of_talks and not modifiers & _OTHERS:
        return
    c.tail = past + 1 if of_talks else c.tail
    if modifiers & _OTHERS:
        _another(reading, c, "bilateral-talks")
    elif parse.lower[c.first - 1 : c.first] == ["the"]:
        known = next((d for d in reversed(reading.of_type("Meeting")) if "round" in d.name.lower()), None)
        known = known or referent(reading, c, "bilateral-talks")
        take_up(reading, c, known) if known is not None else _open(reading, c, "bilateral-talks")
    elif _anchored(reading, c, modifiers) or has_own_setting(reading, c) or _held_here(reading, c):
        _open(reading, c, "bilateral-talks")


def _in_round(reading: Reading, c: MeetingPhrase) -> bool:
    """Whether the talks are those of "the next round of talks", "five rounds of indirect talks"."""
    before = reading.parse.lower[max(0, c.first - 3) : c.first]
    return c.word in PLURAL_NAMES and "of" in before and not {"round", "rounds"}.isdisjoint(before)


_DEFINITE = frozenset(("the", "this", "that", "their", "its", "his", "her", "these"))
_NONE = frozenset(("no", "any", "every", "each", "few", "without"))


def _elsewhere(reading: Reading, c: MeetingPhrase) -> bool:
    """As in "the biodiversity conference in Kunming": a subject of its own and a place of its own, nowhere named so."""
    parse = reading.parse
    if parse.lower[c.head + 1 : c.head + 2] not in (["in"], ["at"]) or reading.type_at(c.head + 2) != "Place":
        return False
    told = {parse.lower[i] for i in range(c.first, c.head) if parse.tags[i] in ("NN", "NNS", "NNP")}
    known = {w.lower() for d in reading.of_type("Meeting") for name in d.names for w in re.findall(r"\w+", name)}
    return bool(told) and not told & known


def _of_place(reading: Reading, c: MeetingPhrase) -> bool:
    """As in "the Varna summit": a place before the noun, which no other meeting has been said to be in."""
    parse = reading.parse
    owner = reading.owner[c.head - 1] if c.head > c.first else None
    if owner is None or owner.draft.type != "Place" or owner.past != c.head:
        return False
    for span in reading.spans:
        if span.draft.type == "Meeting":
            first, past = parse.sentences[parse.sentence_of[span.head]]
            here = reading.spans_in(first, past, "Place", "Country")
            if any(s.draft is owner.draft or _capital_of(reading, s, owner.draft) for s in here):
                return False
    return True


def _capital_of(reading: Reading, span: Span, city: Draft) -> bool:
    """Whether a country is named for its capital, which the city may be: "the Albanian capital" and Tirana."""
    if "capital" not in reading.parse.lower[span.past : span.past + 1]:
        return False
    return span.draft.type == "Country" and span.draft.attributes.get("iso3") == city.attributes.get("country")


def _of_others(reading: Reading, c: MeetingPhrase, kind: str) -> bool:
    """As in "the Meeting of Foreign Ministers of the region" in a report on a summit: nobody has met so before."""
    if kind not in ("ministerial", "officials-meeting") or c.word not in REPORTED or not _of_whom(reading, c):
        return False
    return all(d.attributes.get("kind") != kind for d in reading.of_type("Meeting"))


def _other_number(reading: Reading, c: MeetingPhrase) -> bool:
    """As in "the thirteenth meeting" in a report on the twelfth."""
    if c.ordinal is None or c.ordinal == "1" or c.word not in _NUMBERED:
        return False
    return all(d.attributes.get("ordinal") != c.ordinal for d in reading.of_type("Meeting"))


_NUMBERED = frozenset("summit meeting session round conference forum dialogue assembly congress ministerial".split())


def _is_habit(reading: Reading, c: MeetingPhrase) -> bool:
    """As in "regular meetings", "no meeting", "high-level visits": not one gathering."""
    parse = reading.parse
    if c.word not in PLURAL_NAMES and parse.tags[c.head] in ("NNS", "NNPS"):
        return True
    if c.first and parse.lower[c.first - 1] in _NONE or parse.lower[c.first] in _NONE:
        return True
    modifiers = {parse.lower[i] for i in range(c.first, c.head)}
    return bool(modifiers & _GENERIC - {"bilateral", "annual"}) and c.word != "talks"


def _is_means(reading: Reading, c: MeetingPhrase) -> bool:
    """As in "linked by videoconference", "organised as a teleconference": how it was held, not what."""
    before = reading.parse.lower[max(0, c.first - 2) : c.first]
    return c.word in ("videoconference", "teleconference") and not {"by", "via", "as", "through"}.isdisjoint(before)


def _genitive(reading: Reading, c: MeetingPhrase) -> bool:
    """As in "Kenya's meeting", "Wednesday's ceremony"."""
    words = reading.parse.words
    return c.first > 0 and (
        words[c.first - 1] in APOSTROPHES or any(w in ("'s", "’s") for w in words[c.first : c.head])
    )


_GATHERERS = word_list("meetings", "groups") | frozenset(
    "ministers leaders presidents premiers officials heads".split()
)
_OFFICES = frozenset("minister president premier counterpart chancellor king emir secretary commissioner".split())


def _talks(reading: Reading, c: MeetingPhrase, kind: str, modifiers: set[str]) -> None:
    if c.word == "call" and not modifiers & PHONE and "courtesy" not in modifiers:
        return
    if c.word == "discussion" and modifiers & {"panel", "group", "thematic"}:
        return
    if "courtesy" in modifiers or _talks_reported(reading, c, modifiers):
        take_up(reading, c, _open_talks(reading, c, kind))


def _is_new(reading: Reading, c: MeetingPhrase, modifiers: set[str], definite: bool) -> bool:
    """Whether a gathering that no name and no earlier mention explains is reported here."""
    parse = reading.parse
    if c.word not in REPORTED or parse.deps[c.head] == "compound" and parse.tags[c.head + 1].startswith("N"):
        return False  # "Forum Leaders at their meeting in Suva"
    if _anchored(reading, c, modifiers) or definite and has_own_setting(reading, c):
        return True
    if definite and c.word in ("ceremony", "signing"):
        if _looked_forward_to(reading, c):
            return False
        return not any(d.attributes.get("kind") == "signing" for d in reading.of_type("Meeting"))
    earlier = any(s.draft.type == "Meeting" and s.first < c.first for s in reading.spans)
    return (definite or _held_here(reading, c)) and not earlier


def _looked_forward_to(reading: Reading, c: MeetingPhrase) -> bool:
    """As in "a date for the signing", "before the signing": not yet, and perhaps never."""
    i = c.first - 2 if c.first > 1 and reading.parse.lower[c.first - 1] in DETERMINERS else c.first - 1
    words = reading.parse.lower
    if words[i] == "of" and words[i - 1] in ("anniversary", "commemoration"):
        return True  # "the 50th anniversary of the signing of the Treaty": long ago
    return i >= 0 and words[i] in ("for", "before", "until", "towards", "on")


def _open(reading: Reading, c: MeetingPhrase, kind: str) -> None:
    draft = reading.draft("Meeting", one_line(reading.parse.quote(c.first, c.tail)))
    draft.attributes["kind"] = kind
    draft.series = c.series
    take_up(reading, c, draft)


def _another(reading: Reading, c: MeetingPhrase, kind: str) -> None:
    """As in "the next summit": a meeting of the same series, but not the one that the text has named."""
    main = main_meeting(reading)
    draft = reading.draft("Meeting", one_line(reading.parse.quote(c.first, c.tail)))
    draft.attributes["kind"] = kind
    if c.ordinal is not None:
        draft.attributes["ordinal"] = c.ordinal
    draft.series = c.series or (main.series if main is not None and main.attributes.get("kind") == kind else None)
    take_up(reading, c, draft)


def _talks_reported(reading: Reading, c: MeetingPhrase, modifiers: set[str]) -> bool:
    """Whether talks are reported: held by somebody, with or between somebody; else they are talk in general."""
    parse = reading.parse
    if modifiers & _TALKS_ADJECTIVES or parse.lower[c.head + 1 : c.head + 2] in (["between"], ["with"]):
        return True
    if parse.lower[max(0, c.first - 1)] == "at" and has_own_setting(reading, c):
        return True  # "agreed at talks in Tokyo to reopen the ports"
    verb = parse.heads[c.head]
    if parse.tags[verb] == "IN":
        verb = parse.heads[verb]
    if parse.deps[c.head] in ("nsubj", "nsubjpass") and parse.lower[verb] in _FORESEEN:
        # "U.S.-Iran negotiations are scheduled to take place in Geneva"
        return any(reading.spans_in(c.tail, parse.sentences[parse.sentence_of[c.head]][1], "Place"))
    return parse.lower[verb] in _TALKS_VERBS


_FORESEEN = frozenset("scheduled set due slated planned take takes taking begin resume continue".split())


def _anchored(reading: Reading, c: MeetingPhrase, modifiers: set[str]) -> bool:
    """A gathering that its own phrase tells apart: "a ceremony in Rosso", "an emergency summit", "Friday's session"."""
    parse = reading.parse
    if modifiers & TELLING or not modifiers.isdisjoint(CALENDAR):
        return True
    for i in range(c.head + 1, min(c.head + 8, len(parse))):
        if parse.words[i] in (".", ";") or parse.tags[i] in ("VBD", "VBZ", "VBP", "MD"):
            return False
        if parse.lower[i] not in ("in", "at", "on", "aboard") or i + 1 == len(parse):
            continue
        if reading.type_at(i + 1) == "Place" or parse.lower[i + 1] in CALENDAR:
            return True
    return _of_whom(reading, c)


def _of_whom(reading: Reading, c: MeetingPhrase) -> bool:
    """As in "a meeting of trade ministers", "a session of the Permanent Council": those who come together."""
    parse = reading.parse
    if parse.lower[c.head + 1 : c.head + 2] not in (["of"], ["between"], ["with"]):
        return False
    for i in range(c.head + 2, min(c.head + 8, len(parse))):
        if parse.lower[i] in _GATHERERS or reading.type_at(i) in ("Organization", "Leader"):
            return True
        if parse.lower[i] in _OFFICES and parse.lower[c.head + 1] == "with":
            return True
        if parse.tags[i].startswith("V") or parse.words[i] in (",", "."):
            return False
    return False


def _held_here(reading: Reading, c: MeetingPhrase) -> bool:
    parse = reading.parse
    verb = parse.heads[c.head]
    if parse.deps[c.head] == "nsubj" and not {"underway", "way"}.isdisjoint(parse.lower[verb + 1 : verb + 4]):
        return True  # "A meeting on regional roads is under way in Moscow"
    return parse.lower[parse.heads[c.head]] in _HOLDING


_HOLDING = frozenset(
    "held hold holds convened took attended attend chaired hosted met started commenced opened kicked began".split()
)


def _open_talks(reading: Reading, c: MeetingPhrase, kind: str) -> Draft:
    """Talks without name: on a visit they are part of it; the second mention of talks is the first talks again."""
    partners = partners_named(reading, c)
    for draft in reversed(reading.of_type("Meeting")):
        if draft.attributes.get("kind") in TWO_SIDED and not (
            are_others(reading, partners, draft) or is_another_occasion(reading, c, draft)
        ):
            return draft
    draft = reading.draft("Meeting", one_line(reading.parse.quote(c.first, c.head + 1)))
    draft.attributes["kind"] = kind
    return draft
