"""Facts kept, dropped and added by the relation model; each leaves with the probability that it is right."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kg.extract.entities.actors import Actors
from kg.extract.entities.topics import phrase_topic, scheme_topic
from kg.extract.facts.nearness import (
    is_background,
    is_day_of_telling,
    is_elsewhere,
    is_remembered,
    is_stood_in_for,
    speaks_for_others,
)
from kg.extract.facts.signing import is_watching
from kg.extract.modality import modality_at
from kg.extract.reading import Draft, DraftFact, Reading
from kg.extract.relations.candidates import Candidate, End, Point, TopicPhrase, find_candidates
from kg.extract.relations.features import Surroundings, fact_end_key
from kg.extract.relations.model import RelationModel
from kg.extract.relations.scores import Place, Scores, score_candidates
from kg.read.dates import DateExpression
from kg.seeds import Gazetteer

# A fact is stated from this probability on. Chosen for precision on the two gold sets, which the weights never saw.
CUT = {"rule": 0.3, "new": 0.5, "topic rule": 0.25, "topic new": 0.4}
_HELD = ("actual", "planned")
# Whose object need not have happened.
_OF_WORDS = ("proposed", "pledged", "discussed", "represents")


@dataclass(frozen=True, slots=True)
class Belief:
    """A fact that the model holds for likely: `fact` is the one of the rules, where a rule had read it."""

    chance: float
    candidate: Candidate
    predicate: str
    place: Place
    fact: DraftFact | None


def judge_facts(
    reading: Reading, model: RelationModel, actors: Actors, dates: list[DateExpression], gazetteer: Gazetteer
) -> None:
    """Replace the facts of the rules by those that the model believes.

    What the rules read as denied, cancelled, postponed or proposed stays: the model was taught what did or will happen.
    """
    said = {(fact_end_key(f.subject), f.predicate, fact_end_key(f.object)): f for f in reading.facts}
    scores = score_candidates(model, Surroundings(reading), find_candidates(reading, actors, dates))
    spoken_of = {ends for s, _, o in said for ends in ((s, o), (o, s))}
    told = [c for c in scores.candidates if (c.subject_key, c.object_key) in spoken_of]
    judged = {id(fact) for candidate in told for fact in _facts_of(said, candidate)}
    beliefs = _one_date_each(_beliefs(scores, said))
    reading.forget([f for f in reading.facts if id(f) in judged and f.modality in _HELD])
    for fact in reading.facts:
        if fact.modality in _HELD:
            fact.confidence = round(model.rule_precision(fact.predicate, fact.rule), 3)
    dropped = [f for f in said.values() if id(f) in judged and f.predicate == "heldIn" and f.modality in _HELD]
    for belief in beliefs:
        if belief.fact is None:
            _state(reading, belief, actors, gazetteer)
        elif belief.fact.modality in _HELD:
            belief.fact.confidence = round(belief.chance, 3)
            reading.keep(belief.fact)
    _keep_countries(reading, dropped)


def _keep_countries(reading: Reading, read: list[DraftFact]) -> None:
    """As in "gathered in Quito, Ecuador": whoever believes in the city believes in its country.

    `read` are the `heldIn` facts of the rules, before they were judged.
    """
    held = [f for f in reading.facts if f.predicate == "heldIn" and isinstance(f.object, Draft)]
    kept = {id(f) for f in held}
    for fact in read:
        if id(fact) in kept or not isinstance(fact.object, Draft) or fact.object.type != "Country":
            continue
        code = fact.object.attributes.get("iso3")
        here = [f for f in held if f.subject is fact.subject]
        before = _place_before(reading, fact)
        cities = [f for f in here if _is_city_in(f.object, code) or f.object is before]
        if cities and code is not None:
            fact.confidence = max(f.confidence for f in cities)
            reading.keep(fact)


def _place_before(reading: Reading, fact: DraftFact) -> Draft | None:
    """The venue or town before the country of "at the Coconut Palm Hotel, Vanuatu"; None without one."""
    i = fact.token
    if reading.type_at(i) == "Place":
        owner = reading.owner[i]
        return owner.draft if owner is not None and fact.rule == "country of place" else None
    owner = reading.owner[i - 2] if i > 1 and reading.parse.words[i - 1] == "," else None
    return owner.draft if owner is not None and owner.draft.type == "Place" else None


def _is_city_in(place: Draft | str, code: str | None) -> bool:
    return isinstance(place, Draft) and place.type == "Place" and place.attributes.get("country") == code


Said = dict[tuple[object, str, object], DraftFact]


def _facts_of(said: Said, candidate: Candidate) -> Iterator[DraftFact]:
    """What the rules said of a candidate."""
    for predicate in candidate.predicates:
        fact = _fact_of(said, candidate, predicate)
        if fact is not None:
            yield fact


def _fact_of(said: Said, candidate: Candidate, predicate: str) -> DraftFact | None:
    """What a rule said of a candidate under a predicate; of a symmetric one either way round."""
    s, o = candidate.subject_key, candidate.object_key
    return said.get((s, predicate, o)) or said.get((o, predicate, s))


def _beliefs(scores: Scores, said: Said) -> list[Belief]:
    beliefs = []
    for candidate, predicate, chance, place in scores.likely(min(CUT.values())):
        fact = _fact_of(said, candidate, predicate)
        if chance >= _cut(candidate.object_type, fact is not None):
            beliefs.append(Belief(chance, candidate, predicate, place, fact))
    return beliefs


def _cut(object_type: str, of_rule: bool) -> float:
    return CUT[("topic " if object_type == "Topic" else "") + ("rule" if of_rule else "new")]


def _one_date_each(beliefs: list[Belief]) -> list[Belief]:
    """A meeting has one date: one of the rules, else the likeliest, of equals the one that the text gives first.

    "The 20th Forum, held in Graz on 3 July, and the Leaders' Meeting held in Bari on 9 May": the model mixes them up.
    """
    best: dict[object, Belief] = {}
    for belief in beliefs:
        if belief.predicate == "heldOn":
            meeting = belief.candidate.subject_key
            if meeting not in best or _rank(belief) > _rank(best[meeting]):
                best[meeting] = belief
    return [b for b in beliefs if b.predicate != "heldOn" or best[b.candidate.subject_key] is b]


def _rank(belief: Belief) -> tuple[bool, float]:
    return belief.fact is not None, belief.chance


def _state(reading: Reading, belief: Belief, actors: Actors, gazetteer: Gazetteer) -> None:
    """A fact that no rule had read."""
    subject = _draft(reading, belief.candidate.subject, gazetteer)
    end = belief.candidate.object
    object = end if isinstance(end, str) else _draft(reading, end, gazetteer)
    _, a, b = belief.place
    modality = _modality(reading, belief.predicate, a, b)
    if subject is None or object is None or modality not in _HELD:
        return  # believed, but its clause denies it or only wishes for it
    if _told_of_another(reading, belief.predicate, a, b):
        return
    if belief.predicate == "attended" and a.type == "Country" and a.first in actors.named_office_tokens:
        return  # "the presidents of Kenya and Uganda, X and Y": a named minister speaks for himself
    if isinstance(object, Draft) and _hardly(reading, subject, belief.predicate, object, b):
        return
    token = max(a.token, b.token)
    confidence = round(belief.chance, 3)
    reading.say(subject, belief.predicate, object, token, modality=modality, rule="learned", confidence=confidence)


def _hardly(reading: Reading, subject: Draft, predicate: str, object: Draft, at: Point) -> bool:
    """Whether who they are speaks against it: a spokesperson in the room, a third at talks whose two sides are known,
    two of one government who "met" on a list of its delegation, a host who "visited" where he received."""
    if predicate == "attended" and subject.type == "Leader":
        known = [d for d in reading.subjects("attended", object) if d.type == "Leader" and d is not subject]
        told = at.token >= 0 and reading.kind_at(at.token) != "verb"  # "at the talks", not "met" or nothing
        third = object.attributes.get("kind") in ("bilateral-talks", "call") and len(known) > 1 and not told
        return third or speaks_for_others(reading, subject)
    if predicate == "visited":
        visits = [d for d in reading.objects(subject, "hosted") if isinstance(d, Draft)]
        return any(object in reading.objects(visit, "heldIn") for visit in visits)
    if predicate == "met":
        states = [[d for d in reading.objects(p, "represents") if isinstance(d, Draft)] for p in (subject, object)]
        return any(d.type == "Country" and d in states[1] for d in states[0])
    return False


def _told_of_another(reading: Reading, predicate: str, a: Point, b: Point) -> bool:
    """Whether the sentence says it of something else: the day of another meeting, the place where it was prepared, a
    habit; a meeting that is only spoken of; a person whom somebody stood in for."""
    if a.token < 0:
        return False
    if predicate in ("heldIn", "heldOn") and b.token >= 0:
        meeting = reading.owner[a.token]
        if meeting is not None and predicate == "heldOn" and is_day_of_telling(reading, meeting, b.first):
            return True
        return meeting is not None and is_elsewhere(reading, meeting, b.first)
    if predicate == "signed":
        return a.type == "Leader" and is_watching(reading.parse, a.token)
    if predicate != "attended":
        return False
    if a.type == "Country" and reading.type_at(a.first - 2) == "Place" and reading.parse.words[a.first - 1] == ",":
        return True  # "gets under way in Lima, Peru"
    meeting = reading.owner[b.token] if b.token >= 0 else None
    if meeting is not None and is_background(reading, meeting):
        return True
    person = reading.owner[a.token] if a.type == "Leader" else None
    return person is not None and (is_stood_in_for(reading, a.token) or is_remembered(reading, person))


def _draft(reading: Reading, end: End, gazetteer: Gazetteer) -> Draft | None:
    if isinstance(end, TopicPhrase):
        for draft in reading.of_type("Topic"):
            if end.key is None and draft.seed is None and draft.name.lower() == end.name:
                return draft
        if end.key is not None:
            return scheme_topic(reading, end.first, end.past, end.key, gazetteer)
        if end.past - end.first == 1:
            return None  # "motto", "students": a plain word alone is a topic only where a rule read it as one
        return phrase_topic(reading, end.first, end.past, gazetteer)
    return end if isinstance(end, Draft) else None


def _modality(reading: Reading, predicate: str, a: Point, b: Point) -> str:
    """What the clauses of both ends say: planned where one looks ahead; of the rest, the one that is not "actual".

    Who proposes or pledges is not asked whether what he proposes has happened.
    """
    found = {modality_at(reading.parse, p.token) for p in (a, b) if p.token >= 0} - {"actual"}
    if predicate in _OF_WORDS:
        return "denied" if "denied" in found else "actual"
    return min(found - {"planned"}, default="planned" if found else "actual")
