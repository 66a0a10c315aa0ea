"""Who was where: people in another country than their own, guests, travelling companions."""

from __future__ import annotations

from collections.abc import Iterator

from kg.extract.entities.actors import Actors
from kg.extract.facts.nearness import conjuncts, governing_verb
from kg.extract.facts.together import leaders_at
from kg.extract.modality import UNREAL, modality_at
from kg.extract.reading import Draft, Reading, Span
from kg.extract.wordlists import word_list

_BEING = frozenset("is was are were be been being".split())
_VISIT = frozenset("visit trip tour journey stay stop swing mission".split())
_NOT_VISITING = word_list("stays", "not_visiting")
_COMPANIONS = word_list("stays", "companions")
_STAYING = word_list("stays", "staying")
_IN = frozenset(("in", "at", "to"))


def find_stays(reading: Reading, actors: Actors) -> None:
    """All rules of this file, in order."""
    parse = reading.parse
    for i, word in enumerate(parse.lower):
        if word in _BEING or word in _STAYING:
            _is_in(reading, i, actors)
        if word in _VISIT and parse.tags[i].startswith("N"):
            _visit_by_noun(reading, i, actors)
        if word == "visiting" or (word in ("guest", "visitor") and parse.tags[i].startswith("N")):
            _guest_named(reading, i, actors)


def find_countries_of_places(reading: Reading, actors: Actors) -> None:
    """As in "arrived in Suva, Fiji": who visits the city visits the country beside it."""
    parse = reading.parse
    for fact in [f for f in reading.facts if f.predicate == "visited" and f.modality not in UNREAL]:
        first, past = parse.sentences[parse.sentence_of[fact.token]]
        for span in reading.spans_in(first, past, "Place"):
            country = reading.owner[span.past + 1] if span.past + 1 < past else None
            if span.draft is not fact.object or country is None or parse.words[span.past] not in (",", "(", "["):
                continue
            named = country.draft.type == "Country" and country.kind == "name" and parse.deps[country.head] != "poss"
            if named and foreign(reading, fact.subject, country.draft, actors):
                modality = fact.modality
                reading.say(
                    fact.subject, "visited", country.draft, fact.token, modality=modality, rule="city's country"
                )


def find_companions(reading: Reading, actors: Actors) -> None:
    """As in "accompanied by Ministers A and B", "travelling with the president are …": where he goes, they go."""
    parse = reading.parse
    for i in parse.where(_COMPANIONS):
        word = parse.lower[i]
        first, past = parse.sentences[parse.sentence_of[i]]
        passive = parse.lower[i + 1 : i + 2] == ["by"]
        after = reading.spans_in(i, past, "Leader")
        if word == "accompanied" and not passive:
            continue
        lead = _leader_of_party(reading, i, first, actors, passive)
        if lead is None or not after:
            continue
        party = actors.groups.get(id(after[0]), after[:1])
        for companion in (s.draft for s in party if s.draft is not lead and s.draft.type == "Leader"):
            for fact in [
                f for f in reading.facts if f.subject is lead and f.predicate == "visited" and "visit" in f.rule
            ]:
                if isinstance(fact.object, Draft) and foreign(reading, companion, fact.object, actors):
                    reading.say(companion, "visited", fact.object, i, modality=fact.modality, rule="travels with")
            for fact in [f for f in reading.facts if f.subject is lead and f.predicate == "attended"]:
                if isinstance(fact.object, Draft) and fact.object.attributes.get("kind") == "visit":
                    reading.say(companion, "attended", fact.object, i, modality=fact.modality, rule="travels with")


def _leader_of_party(reading: Reading, i: int, first: int, actors: Actors, passive: bool) -> Draft | None:
    parse = reading.parse
    before = reading.spans_in(first, i, "Leader")
    if before:
        return before[-1].draft
    words = range(first, i) if passive else range(i, min(i + 5, len(parse)))
    for token in words:
        if parse.lower[token] in ("he", "she", "him", "her", "president", "minister", "visitor", "guest"):
            found = leaders_at(reading, token, actors, spread=False)
            if found:
                return found[0]
    visitors = {id(f.subject): f.subject for f in reading.facts if f.predicate == "visited" and f.token < i}
    return next(iter(visitors.values())) if len(visitors) == 1 else None


def country_of(place: Draft, actors: Actors) -> str | None:
    """The ISO code of the country that a place or a country is."""
    if place.type == "Country":
        return place.attributes.get("iso3")
    seed = actors.gazetteer.place(place.name)
    return seed.iso3 if seed is not None else None


def home_of(reading: Reading, person: Draft) -> set[str]:
    """The ISO codes of the countries that a person has been said to represent."""
    found = (d for d in reading.objects(person, "represents") if isinstance(d, Draft) and d.type == "Country")
    return {d.attributes["iso3"] for d in found if "iso3" in d.attributes}


def foreign(reading: Reading, person: Draft, place: Draft, actors: Actors) -> bool:
    """Whether nothing says that the place lies in the person's own country."""
    country = country_of(place, actors)
    return country is None or country not in home_of(reading, person)


def surely_foreign(reading: Reading, person: Draft, place: Draft, actors: Actors) -> bool:
    country, home = country_of(place, actors), home_of(reading, person)
    return country is not None and bool(home) and country not in home


_RESIDENTS = ("ambassador", "high commissioner", "consul", "envoy", "attach", "resident", "head of mission")


def _resides(reading: Reading, person: Draft) -> bool:
    """Whether the person's office is abroad, so that being there is no visit."""
    titles = [str(title).lower() for title in reading.objects(person, "position")]
    return any(word in title for title in titles for word in _RESIDENTS)


def places_under(reading: Reading, token: int, prepositions: frozenset[str]) -> Iterator[Span]:
    """The places after these prepositions that hang on the token, with those coordinated with them."""
    parse = reading.parse
    for child in parse.children[token]:
        if parse.deps[child] == "prep" and parse.lower[child] in prepositions:
            for target in (c for c in parse.children[child] if parse.deps[c] == "pobj"):
                yield from _named_in_list(reading, target)
                for head in (target, *conjuncts(parse, target)):
                    yield from (s for s in _places_at(reading, head) if s.kind != "adjective")


def _named_in_list(reading: Reading, noun: int) -> Iterator[Span]:
    """As in "a visit to three nations -- Benin, Togo and Mali", "a tour of the capitals, A and B"."""
    parse = reading.parse
    if parse.lower[noun] not in ("nations", "countries", "states", "capitals"):
        return
    _, past = parse.sentences[parse.sentence_of[noun]]
    i = noun + 1
    while i < past and (
        parse.words[i] in (",", "-", "--", "–", "—", ":", "(") or parse.lower[i] in ("and", "the", "namely")
    ):
        span = reading.owner[i + 1] if i + 1 < past else None
        if span is not None and span.draft.type in ("Country", "Place") and span.kind == "name":
            yield span
            i = span.past
        else:
            i += 1


def _places_at(reading: Reading, head: int) -> Iterator[Span]:
    """The place or the country with that head, also within the name of a meeting ("visit to Peru")."""
    owner = reading.owner[head]
    if owner is None:
        return
    if owner.draft.type in ("Place", "Country"):
        yield owner
    else:
        yield from (s for s in reading.all_in(owner.first, owner.past, "Place", "Country") if s.head == head)


def _is_in(reading: Reading, verb: int, actors: Actors) -> None:
    """As in "X is in Fiji for a week of rest", "she was in Labasa", "X spent Tuesday in Palau"."""
    parse = reading.parse
    modality = modality_at(parse, verb)
    if modality in UNREAL or not parse.tags[verb].startswith("V"):
        return
    if parse.lower[verb] in _BEING and any(parse.deps[c] in ("attr", "acomp") for c in parse.children[verb]):
        return
    people = [d for t in _subjects(reading, verb) for d in leaders_at(reading, t, actors)]
    for span in places_under(reading, verb, frozenset(("in", "to"))):
        for person in people:
            if _resides(reading, person):
                continue
            on_purpose = any(parse.deps[c] in ("xcomp", "advcl") for c in parse.children[verb])
            # "X is in Fiji to attend the summit" tells of a journey, "X is in Suva" hardly.
            there = surely_foreign if parse.lower[verb] in _BEING and not on_purpose else foreign
            if there(reading, person, span.draft, actors):
                reading.say(person, "visited", span.draft, verb, modality=modality, rule="stays in", confidence=0.8)


def _subjects(reading: Reading, verb: int) -> list[int]:
    """The subjects of a verb; of "who is in our country" the person before the relative clause."""
    parse = reading.parse
    found = [c for c in parse.children[verb] if parse.deps[c] in ("nsubj", "nsubjpass")]
    if any(parse.lower[c] in ("who", "which") for c in found) and parse.deps[verb] == "relcl":
        return [parse.heads[verb]]
    if not found and parse.deps[verb] in ("conj", "xcomp", "advcl"):
        return [c for c in parse.children[parse.heads[verb]] if parse.deps[c] in ("nsubj", "nsubjpass")]
    return [t for c in found for t in (c, *conjuncts(parse, c))]


def _visit_by_noun(reading: Reading, noun: int, actors: Actors) -> None:
    """As in "wound up a visit to Peru and Ecuador", "X's trip to Ankara", "the visit of X to Lima"."""
    parse = reading.parse
    verb = governing_verb(reading, noun)
    modality = modality_at(parse, noun)
    if modality in UNREAL or any(parse.lower[c] in ("no", "any") for c in parse.children[noun]):
        return
    people = [d for c in parse.children[noun] if parse.deps[c] == "poss" for d in leaders_at(reading, c, actors)]
    for child in parse.children[noun]:
        if parse.deps[child] == "prep" and parse.lower[child] in ("of", "by"):
            people += [d for g in parse.children[child] for d in leaders_at(reading, g, actors)]
    if not people and parse.tags[verb].startswith("V") and parse.lower[verb] not in _NOT_VISITING:
        people = [d for t in _subjects(reading, verb) for d in leaders_at(reading, t, actors)]
    places = [s.draft for s in places_under(reading, noun, frozenset(("to", "in", "at")))]
    places += [
        s.draft
        for c in parse.children[noun]
        if parse.deps[c] == "prep" and parse.lower[c] in ("of", "by")
        for g in parse.children[c]
        for s in places_under(reading, g, frozenset(("to",)))
    ]
    if not places and parse.lower[verb] not in _NOT_VISITING:
        places = [s.draft for s in places_under(reading, verb, _IN)]
    span = reading.owner[noun]
    for person in people:
        if span is not None and span.draft.attributes.get("kind") == "visit" and span.head == noun:
            reading.say(person, "attended", span.draft, noun, modality=modality, rule="visit by noun", confidence=0.75)
        for place in places:
            if foreign(reading, person, place, actors):
                reading.say(person, "visited", place, noun, modality=modality, rule="visit by noun", confidence=0.75)


def _guest_named(reading: Reading, i: int, actors: Actors) -> None:
    """As in "the visiting Turkish president, X", "his Iranian guest, Y": on a visit where the sentence is set."""
    parse = reading.parse
    first, past = parse.sentences[parse.sentence_of[i]]
    after = reading.spans_in(i, min(past, i + 9), "Leader")
    if not after or modality_at(parse, i) in UNREAL or parse.lower[i + 1 : i + 2] == ["of"]:
        return
    guest = after[0].draft
    for span in reading.spans_in(first, past, "Place", "Country"):
        before = parse.lower[span.first - 1] if span.first else ""
        if (
            span.kind != "adjective"
            and before in ("in", "at", "to")
            and surely_foreign(reading, guest, span.draft, actors)
        ):
            reading.say(guest, "visited", span.draft, i, rule="guest", confidence=0.75)
