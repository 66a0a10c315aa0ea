"""The country of a bare office: "Finance Minister X signed in Colombo" is the Sri Lankan minister.

A paper leaves out the country of a minister at home. Where the text is, whom the others represent and who travels tell
it; where they do not agree, nothing is said.
"""

from __future__ import annotations

import re
from collections import Counter

from kg.extract.entities.around import people_in_order
from kg.extract.entities.office_bodies import is_grouping
from kg.extract.entities.office_words import Office
from kg.extract.entities.offices import is_secretary_general
from kg.extract.entities.titles import PAST, STATE_OFFICES
from kg.extract.reading import Draft, Reading, Span
from kg.extract.wordlists import word_list
from kg.seeds import load_gazetteer

_ABROAD = word_list("people", "abroad")
_TRAVEL = word_list("people", "travel")
_VISITS = frozenset(("visit", "trip", "tour"))
_VISITING = frozenset(("visited", "visiting"))
_LEAVING = frozenset("departed left leave leaves departs bound departing leaving".split())
_HEADS_OF_STATE = frozenset(("president", "prime minister", "king", "queen", "sultan", "emir", "premier", "chancellor"))
_MET = word_list("people", "met")
_PREPOSITIONS = frozenset("in at to".split())
_DASHES = frozenset("— – -- - : (".split())
# How much a clue counts; a country needs `_ENOUGH`, and more than the next one.
_SAME_SENTENCE, _DATELINE, _SENTENCE_BEFORE, _ANYWHERE, _ONLY_COUNTRY, _OTHER_COUNTRY, _ENOUGH = 3, 3, 2, 1, 3, 3, 2
_SUBJECT = 2
# Words before a title: the person is somewhere else.
_NOT_HERE = frozenset("from 's ’s".split())
_COMPANIONS = frozenset("accompanied accompanying accompany accompanies travelling traveling entourage flanked".split())


def find_home_countries(reading: Reading, named: list[Office]) -> None:
    """State the country of people whose office is a state's and who represent nobody so far.

    Those of a plural are left out: "foreign ministers X and Y" are of two countries.
    """
    _countries_of_pairs(reading, named)
    offices = {id(office.holder): office for office in reversed(named) if office.holder is not None}
    people = [draft for draft in reading.of_type("Leader") if id(draft) in offices]
    people = [draft for draft in people if _bare_titles(reading, draft)]
    if not people:
        return
    spans: dict[int, list[Span]] = {}
    for span in people_in_order(reading):
        spans.setdefault(id(span.draft), []).append(span)
    scene = _scene(reading)
    hosts = {key for key, found in spans.items() if _is_host(reading, offices[key].first if key in offices else -1)}
    for draft in sorted(
        (p for p in people if id(p) in spans), key=lambda p: (id(p) not in hosts, spans[id(p)][0].first)
    ):
        titles = _bare_titles(reading, draft)
        if is_secretary_general(titles):
            home = _organization_of(reading, spans[id(draft)][0].first)
        elif _is_envoy(titles):
            home = _sender(reading, spans[id(draft)][0], scene)
        elif _is_state_office(titles) and not _is_of_others(reading, offices[id(draft)]):
            home = _home(reading, spans[id(draft)], titles, scene)
        else:
            home = None
        if home is not None:
            reading.say(draft, "represents", home, spans[id(draft)][0].first, rule="home country", confidence=0.6)


def _is_host(reading: Reading, first: int) -> bool:
    """Whether the title stands beside "his host": the person is at home, so his country is settled first."""
    before = reading.parse.lower[max(first - 3, 0) : max(first, 0)]
    return "host" in before and not {"his", "her", "its", "their", "the"}.isdisjoint(before)


def _countries_of_pairs(reading: Reading, named: list[Office]) -> None:
    """Whose ministers "interior ministers X and Y" are in a text about two countries: in the order of the text."""
    pairs = [office for office in named if len(office.holders) == 2 and not office.bodies]
    sides = _two_sides(reading) if pairs else []
    for office in pairs:
        if STATE_OFFICES.isdisjoint(office.title.lower().split()) or len(sides) != 2:
            continue
        known = [[side for side in sides if side in reading.objects(holder, "represents")] for holder in office.holders]
        if any(reading.objects(h, "represents") and not k for h, k in zip(office.holders, known, strict=True)):
            continue
        if any(known):
            order = [known[0][0], *(s for s in sides if s is not known[0][0])] if known[0] else None
            order = order or [*(s for s in sides if s is not known[1][0]), known[1][0]]
        else:
            order = sides
        for holder, side in zip(office.holders, order, strict=True):
            reading.say(holder, "represents", side, office.first, rule="two sides", confidence=0.6)


def _two_sides(reading: Reading) -> list[Draft]:
    """The two countries that a text is about: named more often than any other."""
    counts = Counter(id(span.draft) for span in reading.spans if span.draft.type == "Country")
    ranked = counts.most_common(3)
    if len(ranked) < 2 or (len(ranked) > 2 and ranked[2][1] * 2 > ranked[1][1]):
        return []
    chosen = {key for key, _ in ranked[:2]}
    return [draft for draft in reading.of_type("Country") if id(draft) in chosen]


def _is_of_others(reading: Reading, office: Office) -> bool:
    """Whether the words around say that the office is of elsewhere: "greetings from President X", "accompanied by"."""
    parse = reading.parse
    before = parse.lower[office.first - 1] if office.first else ""
    first, stop = parse.sentences[parse.sentence_of[office.first]]
    return before in _NOT_HERE or not _COMPANIONS.isdisjoint(parse.lower[first:stop])


def _bare_titles(reading: Reading, draft: Draft) -> list[str]:
    """The titles of a person who represents nobody yet."""
    if reading.objects(draft, "represents"):
        return []
    titles = [title for title in reading.objects(draft, "position") if isinstance(title, str)]
    return [] if any(title.lower().startswith(PAST) for title in titles) else titles


def _is_state_office(titles: list[str]) -> bool:
    words = {word for title in titles for word in re.findall(r"\w+", title.lower())}
    return not words.isdisjoint(STATE_OFFICES) and words.isdisjoint(_ABROAD)


def _is_envoy(titles: list[str]) -> bool:
    return any(title.lower() in ("ambassador", "high commissioner", "consul general") for title in titles)


def _sender(reading: Reading, span: Span, scene: list[tuple[int, Draft]]) -> Draft | None:
    """The state of a bare "Ambassador X": of the two that the text names, the one where it does not take place."""
    countries = reading.of_type("Country")
    points = _points_of_scene(reading, span, scene, few=True)
    if len(countries) != 2 or len(points) != 1:
        return None
    return next(country for country in countries if id(country) not in points)


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
    for i in parse.where(_PREPOSITIONS | _VISITING | {"for"}):
        if parse.lower[i] == "for" and (i == 0 or parse.lower[i - 1] not in _LEAVING):
            continue
        i += parse.lower[i + 1 : i + 2] == ["the"]
        if i + 1 >= len(parse) or not parse.capital(i + 1):
            continue
        owner = reading.owner[i + 1]
        if owner is not None and owner.draft.type == "Country" and owner.kind == "name":
            if parse.words[owner.past : owner.past + 1] not in (["'s"], ["’s"]):
                scene.append((i, owner.draft))
                joined = owner.past + 1 < len(parse) and parse.lower[owner.past] == "and"
                second = reading.owner[owner.past + 1] if joined else None
                if second is not None and second.draft.type == "Country" and second.kind == "name":
                    scene.append((i, second.draft))  # "to the Solomon Islands and Vanuatu"
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


def _home(reading: Reading, spans: list[Span], titles: list[str], scene: list[tuple[int, Draft]]) -> Draft | None:
    """The country that the clues agree on; None where two are as likely."""
    countries = reading.of_type("Country")
    taken = _taken(reading)
    barred = {id(c) for c in countries if any((_title_key(title), id(c)) in taken for title in titles)}
    barred |= _destinations(reading, spans, scene) | _of_equals(reading, spans[0], titles)
    barred &= {id(country) for country in countries}
    points = _points_of_scene(reading, spans[0], scene, few=len(countries) <= 3)
    subject = _subject(reading, spans[0])
    if subject is not None:
        points[id(subject)] = max(points.get(id(subject), 0) + 1, _SUBJECT)
    if len(countries) == 1 and not scene:
        points[id(countries[0])] = _ONLY_COUNTRY
    if len(countries) < 5 and len(barred) == len(countries) - 1 > 0:
        other = next(c for c in countries if id(c) not in barred)
        points[id(other)] = points.get(id(other), 0) + _OTHER_COUNTRY
    ranked = sorted(((p, number) for number, p in points.items() if number not in barred), reverse=True)
    if not ranked or ranked[0][0] < _ENOUGH or (len(ranked) > 1 and ranked[0][0] == ranked[1][0]):
        return None
    return next(c for c in countries if id(c) == ranked[0][1])


def _points_of_scene(reading: Reading, span: Span, scene: list[tuple[int, Draft]], *, few: bool) -> dict[int, int]:
    """How much the places of the text speak for each country.

    Where many countries are named, one "in Lima" may be anybody's journey and a dateline tells the host only.
    """
    parse = reading.parse
    sentence = parse.sentence_of[span.first]
    times = Counter(id(country) for _, country in scene)
    points: dict[int, int] = {}
    for token, country in scene:
        distance = sentence - parse.sentence_of[token] if token >= 0 else None
        if distance is None:
            worth = _DATELINE if few else _ANYWHERE
        elif distance == 0:
            worth = _SAME_SENTENCE if few or times[id(country)] > 1 else 0
        else:
            opens = parse.sentence_of[token] == 0  # the first sentence tells where the text is
            worth = _SENTENCE_BEFORE if few and (distance == 1 or opens) else _ANYWHERE
        points[id(country)] = max(points.get(id(country), 0), worth)
    return points


def _subject(reading: Reading, span: Span) -> Draft | None:
    """The country that acts in the person's sentence: "Kazakhstan offered its help through Minister X"."""
    parse = reading.parse
    first, _ = parse.sentences[parse.sentence_of[span.first]]
    for other in reading.spans_in(first, span.first, "Country"):
        if other.kind == "name" and parse.deps[other.head] == "nsubj":
            verb = parse.heads[other.head]
            objects = {child for child in parse.children[verb] if parse.deps[child] in ("dobj", "dative")}
            if not any(span.first <= child < span.past for child in objects):
                return other.draft
    return None


def _of_equals(reading: Reading, span: Span, titles: list[str]) -> set[int]:
    """The country of the other side in the same sentence: "Kenya's president met King X", "B received Minister Y"."""
    parse = reading.parse
    equal = any(title.lower() in _HEADS_OF_STATE for title in titles)
    barred: set[int] = set()
    first, stop = parse.sentences[parse.sentence_of[span.first]]
    for team in reading.spans_in(first, span.first, "Country"):  # "the Fijian delegation met Prime Minister X"
        words = parse.lower[team.past : span.first]
        if words[:1] in (["delegation"], ["side"], ["team"]) and not _MET.isdisjoint(words):
            barred.add(id(team.draft))
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
        own_visit = parse.words[span.past : span.past + 1] in (["'s"], ["’s"]) and _VISITS.intersection(
            parse.lower[span.past + 1 : span.past + 5]
        )
        visit_of = bool(own_visit) or (span.first > first and _is_visit_of(reading, first, span.first))
        if travels or visit_of:
            there = {id(country) for token, country in scene if first <= token < stop}
            barred |= there or {id(country) for token, country in scene if token < 0}
    return barred


def _is_travel(reading: Reading, verb: int) -> bool:
    parse = reading.parse
    if parse.lower[verb] in _TRAVEL:
        return True
    for on in (c for c in parse.children[verb] if parse.lower[c] in ("on", "following", "after")):
        if any(parse.lower[c] in _VISITS for c in parse.children[on]):
            return True  # "will be on a four-day visit to", "has returned following his visit to"
    return any(parse.lower[c] in _TRAVEL for c in parse.children[verb] if parse.deps[c] in ("dobj", "xcomp", "ccomp"))


def _is_visit_of(reading: Reading, first: int, token: int) -> bool:
    """Whether "visit … of" or "by" stands before the person's title."""
    parse = reading.parse
    words = parse.lower[max(first, token - 12) : token]
    return not _VISITS.isdisjoint(words) and any(word in ("of", "by") for word in words[-5:])
