"""The country of a bare office: "Finance Minister X signed in Colombo" is the Sri Lankan minister.

A paper leaves out the country of a minister at home. Where the text is, whom the others represent and who travels tell
it; where they do not agree, nothing is said.
"""

from __future__ import annotations

import re
from collections import Counter

from kg.extract.entities.offices import Office, is_grouping, is_secretary_general
from kg.extract.entities.represented import people_in_order
from kg.extract.reading import Draft, Reading, Span
from kg.extract.wordlists import word_list
from kg.seeds import load_gazetteer

_STATE_OFFICES = word_list("people", "state_offices")
_ABROAD = word_list("people", "abroad")
_TRAVEL = word_list("people", "travel")
_HEADS_OF_STATE = frozenset(("president", "prime minister", "king", "queen", "sultan", "emir", "premier", "chancellor"))
_MET = word_list("people", "met")
_PREPOSITIONS = frozenset("in at to".split())
_DASHES = frozenset("— – -- - : (".split())
# How much a clue counts; a country needs `_ENOUGH`, and more than the next one.
_SAME_SENTENCE, _DATELINE, _SENTENCE_BEFORE, _ANYWHERE, _ONLY_COUNTRY, _OTHER_COUNTRY, _ENOUGH = 3, 3, 2, 1, 3, 3, 2


def find_home_countries(reading: Reading, named: list[Office]) -> None:
    """State the country of people whose office is a state's and who represent nobody so far.

    Those of a plural are left out: "foreign ministers X and Y" are of two countries.
    """
    single = {id(office.holder) for office in named if office.holder is not None}
    people = [draft for draft in reading.of_type("Leader") if id(draft) in single]
    holders = [(draft, titles) for draft in people if (titles := _bare_titles(reading, draft))]
    if not holders:
        return
    spans: dict[int, list[Span]] = {}
    for span in people_in_order(reading):
        spans.setdefault(id(span.draft), []).append(span)
    scene = _scene(reading)
    taken = _taken(reading)
    for draft, titles in holders:
        if id(draft) not in spans:
            continue
        if is_secretary_general(titles):
            home = _organization_of(reading, spans[id(draft)][0].first)
        elif _is_state_office(titles):
            home = _home(reading, spans[id(draft)], titles, scene, taken)
        else:
            home = None
        if home is not None:
            reading.say(draft, "represents", home, spans[id(draft)][0].first, rule="home country", confidence=0.6)


def _bare_titles(reading: Reading, draft: Draft) -> list[str]:
    """The titles of a person who represents nobody yet."""
    if reading.objects(draft, "represents"):
        return []
    return [title for title in reading.objects(draft, "position") if isinstance(title, str)]


def _is_state_office(titles: list[str]) -> bool:
    words = {word for title in titles for word in re.findall(r"\w+", title.lower())}
    return not words.isdisjoint(_STATE_OFFICES) and words.isdisjoint(_ABROAD)


def _organization_of(reading: Reading, token: int) -> Draft | None:
    """The grouping of states that a bare "Secretary-General" serves: the one that the text speaks of most before."""
    counts = Counter(s.draft.name for s in reading.spans if s.first < token and is_grouping(s.draft))
    most = counts.most_common(2)
    if not most or (len(most) > 1 and most[0][1] == most[1][1]):
        return None
    return next(draft for draft in reading.drafts if draft.name == most[0][0])


def _taken(reading: Reading) -> set[tuple[str, int]]:
    """Title and country of everybody whose country is known: a state has one foreign minister."""
    return {
        (_title_key(title), id(country))
        for draft in reading.of_type("Leader")
        for title in reading.objects(draft, "position")
        for country in reading.objects(draft, "represents")
        if isinstance(title, str) and isinstance(country, Draft)
    }


def _title_key(title: str) -> str:
    return " ".join(sorted(set(re.findall(r"\w+", title.lower())) - {"of", "the", "for", "and", "affairs"}))


# ---------------------------------------------------------------- where the text is


def _scene(reading: Reading) -> list[tuple[int, Draft]]:
    """Where things take place: the token and the country of "in Colombo", "to Nepal"; -1 for the dateline."""
    countries = {draft.attributes.get("iso3"): draft for draft in reading.of_type("Country")}
    scene = [(-1, home)] if (home := _dateline(reading, countries)) is not None else []
    parse = reading.parse
    for i in range(len(parse) - 1):
        if parse.lower[i] not in _PREPOSITIONS or not parse.capital(i + 1):
            continue
        owner = reading.owner[i + 1]
        if owner is not None and owner.draft.type == "Country" and owner.kind == "name":
            if parse.words[owner.past : owner.past + 1] not in (["'s"], ["’s"]):
                scene.append((i, owner.draft))
        elif (country := _country_of_place(reading, i + 1, countries)) is not None:
            scene.append((i, country))
    return scene


def _dateline(reading: Reading, countries: dict[str | None, Draft]) -> Draft | None:
    """The country of "HA NOI, 3 May (VNA) —", if the text names it as well."""
    parse = reading.parse
    if not any(word in _DASHES for word in parse.words[:14]):
        return None
    for i in range(min(3, len(parse))):
        if parse.words[i].isupper() and (country := _country_of_place(reading, i, countries)) is not None:
            return country
    return _country_of_place(reading, 0, countries) if parse.words[1:2] and parse.words[1] in {",", *_DASHES} else None


def _country_of_place(reading: Reading, i: int, countries: dict[str | None, Draft]) -> Draft | None:
    """The country where the city or province at token i lies, of those that this text names."""
    parse = reading.parse
    gazetteer = load_gazetteer()
    for past in (i + 3, i + 2, i + 1):
        if past <= len(parse) and all(parse.capital(j) for j in range(i, past)):
            words = parse.words[i:past]
            # "HA NOI": the place list minds capitals
            place = gazetteer.place(" ".join(w.title() if len(w) > 3 or words[0].isupper() else w for w in words))
            if place is not None:
                return countries.get(place.iso3)
    return None


# ---------------------------------------------------------------- the choice


def _home(
    reading: Reading, spans: list[Span], titles: list[str], scene: list[tuple[int, Draft]], taken: set[tuple[str, int]]
) -> Draft | None:
    """The country that the clues agree on; None where two are as likely."""
    parse = reading.parse
    countries = reading.of_type("Country")
    sentence = parse.sentence_of[spans[0].first]
    barred = {id(c) for c in countries if any((_title_key(title), id(c)) in taken for title in titles)}
    barred |= _destinations(reading, spans, scene) | _of_equals(reading, spans[0], titles)
    few = len(countries) <= 3
    points: dict[int, int] = {}
    times = Counter(id(country) for _, country in scene)
    for token, country in scene:
        if token >= 0 and not few and times[id(country)] < 2:
            continue  # many countries: one "in Lima" may be anybody's journey
        distance = sentence - parse.sentence_of[token] if token >= 0 else None
        # at a meeting of many, the dateline tells the host only
        worth = (
            (_DATELINE if few else _ANYWHERE)
            if distance is None
            else {0: _SAME_SENTENCE, 1: _SENTENCE_BEFORE}.get(distance, _ANYWHERE)
        )
        points[id(country)] = max(points.get(id(country), 0), worth)
    if len(countries) == 1:
        points[id(countries[0])] = _ONLY_COUNTRY
    if len(countries) == 2 and len(barred) == 1:
        other = next(c for c in countries if id(c) not in barred)
        points[id(other)] = points.get(id(other), 0) + _OTHER_COUNTRY
    ranked = sorted(((p, number) for number, p in points.items() if number not in barred), reverse=True)
    if not ranked or ranked[0][0] < _ENOUGH or (len(ranked) > 1 and ranked[0][0] == ranked[1][0]):
        return None
    return next(c for c in countries if id(c) == ranked[0][1])


def _of_equals(reading: Reading, span: Span, titles: list[str]) -> set[int]:
    """The country of the other side in the same sentence: "Kenya's president met King X", "B received Minister Y"."""
    parse = reading.parse
    equal = any(title.lower() in _HEADS_OF_STATE for title in titles)
    barred: set[int] = set()
    first, stop = parse.sentences[parse.sentence_of[span.first]]
    for other in reading.spans_in(first, stop, "Leader"):
        if other.draft is span.draft:
            continue
        held = [str(title).lower() for title in reading.objects(other.draft, "position")]
        between = set(parse.lower[min(other.past, span.past) : max(other.first, span.first)])
        if (equal and not _HEADS_OF_STATE.isdisjoint(held)) or not between.isdisjoint(_MET):
            barred |= {id(country) for country in reading.objects(other.draft, "represents")}
    return barred


def _destinations(reading: Reading, spans: list[Span], scene: list[tuple[int, Draft]]) -> set[int]:
    """The countries to which this person travels: "X had come to Lisbon", "the visit to China of X"."""
    parse = reading.parse
    barred: set[int] = set()
    for span in spans:
        first, stop = parse.sentences[parse.sentence_of[span.first]]
        verb = parse.heads[span.head]
        travels = parse.deps[span.head] == "nsubj" and _is_travel(reading, verb)
        visit_of = span.first > first and _is_visit_of(reading, first, span.first)
        if travels or visit_of:
            there = {id(country) for token, country in scene if first <= token < stop}
            barred |= there or {id(country) for token, country in scene if token < 0}
    return barred


def _is_travel(reading: Reading, verb: int) -> bool:
    parse = reading.parse
    if parse.lower[verb] in _TRAVEL:
        return True
    return any(parse.lower[c] in _TRAVEL for c in parse.children[verb] if parse.deps[c] in ("dobj", "xcomp", "ccomp"))


def _is_visit_of(reading: Reading, first: int, token: int) -> bool:
    """Whether "visit … of" or "by" stands before the person's title."""
    parse = reading.parse
    words = parse.lower[max(first, token - 12) : token]
    return any(word in ("visit", "trip", "tour") for word in words) and any(word in ("of", "by") for word in words[-5:])
