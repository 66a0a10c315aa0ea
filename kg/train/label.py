"""Which candidates of a report are facts of its annotation: what the relation model learns from."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import Any

from kg.extract.reader import Found
from kg.extract.reading import Draft, DraftFact
from kg.extract.relations.candidates import Candidate, End, TopicPhrase, find_candidates
from kg.extract.relations.features import Surroundings, pair_features, place_features
from kg.spelling import fold
from kg.vocabulary import PREDICATES

# Words that name no meeting in particular: they do not tell which annotated meeting a draft is.
_GENERAL = frozenset(
    "meeting summit conference forum talk talks visit session event gathering ceremony dialogue discussions call the a "
    "an this his her their its annual one day two official state working bilateral".split()
)


@dataclass(slots=True)
class Example:
    """A place of a candidate: its features, and for each predicate whether it is a fact that this place shows.

    `report` and `pair` say which places belong together; `truth` maps predicates to 1 (a fact), 0 (none), and leaves
    out those of a fact that another place of the pair shows better.
    """

    report: str
    pair: int
    features: list[str]
    truth: dict[str, int]
    shown: frozenset[str]
    topic: bool


@dataclass(slots=True)
class RuleOutcome:
    """A fact of a rule that is no candidate of the model, and whether the annotation holds it."""

    predicate: str
    rule: str
    right: bool


def label_report(report: dict[str, Any], found: Found) -> tuple[list[Example], list[RuleOutcome]]:
    """The examples of one annotated report."""
    matched = match_entities(report, found)
    golds = _gold_facts(report)
    around = Surroundings(found.reading)
    examples: list[Example] = []
    covered = set()
    for pair, candidate in enumerate(find_candidates(found.reading, found.actors, found.dates)):
        facts = {p: _gold_fact(golds, matched, report, p, candidate) for p in candidate.predicates}
        covered.update(_drafts_of(candidate))
        pair_part = pair_features(around, candidate)
        for place in candidate.places:
            begin, end = found.reading.parse.evidence(place[0])
            sentence = found.reading.parse.text[begin:end]
            features = list(dict.fromkeys([*pair_part, *place_features(around, *place)]))
            truth = {p: int(fact is not None) for p, fact in facts.items()}
            shown = frozenset(p for p, fact in facts.items() if fact and _same_sentence(fact["evidence"], sentence))
            topic = candidate.object_type == "Topic"
            examples.append(Example(report["id"], pair, features, truth, shown, topic))
    return examples, [o for f in found.reading.facts if (o := _outcome(f, covered, matched, golds)) is not None]


def _drafts_of(candidate: Candidate) -> list[tuple[int, str, object]]:
    found: list[tuple[int, str, object]] = []
    for a, b in ((candidate.subject, candidate.object), (candidate.object, candidate.subject)):
        found += [(id(a), p, b if isinstance(b, str) else id(b)) for p in candidate.predicates]
    return found


def _same_sentence(one: str, other: str) -> bool:
    one, other = " ".join(one.split()), " ".join(other.split())
    return one in other or other in one


# ---------------------------------------------------------------- entities


def match_entities(report: dict[str, Any], found: Found) -> dict[int, str]:
    """Draft (by `id`) -> annotated entity, one to one: by a shared name, or by standing at the same places."""
    reading = found.reading
    places = {e["id"]: _places(report["text"], e["names"]) for e in report["entities"]}
    pairs = []
    for number, draft in enumerate(reading.drafts):
        heads = [reading.parse.begins[s.head] for s in reading.spans if s.draft is draft]
        names = {_key(n, draft.type) for n in (draft.name, *draft.names)} - {""}
        for entity in report["entities"]:
            if draft.type not in (entity["type"], *entity["alt_types"]) or not heads:
                continue
            named = names & ({_key(n, draft.type) for n in entity["names"]} - {""})
            share = sum(head in places[entity["id"]] for head in heads) / len(heads)
            fit = (1.0 if named else 0.0) + share
            if fit >= 0.5:
                pairs.append((fit, -number, entity["id"], draft))
    matched: dict[int, str] = {}
    for _, _, entity_id, draft in sorted(pairs, key=lambda p: (-p[0], -p[1], p[2])):
        if id(draft) not in matched and entity_id not in matched.values():
            matched[id(draft)] = entity_id
    return matched


def _places(text: str, names: list[str]) -> set[int]:
    found: set[int] = set()
    for name in names:
        for hit in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", text, re.IGNORECASE):
            found.update(range(hit.start(), hit.end()))
    return found


def _key(name: str, type: str) -> str:
    """A name for comparison; empty for a description that would fit any meeting."""
    words = re.findall(r"\w+", fold(name).lower())
    if type == "Meeting" and set(words) <= _GENERAL:
        return ""
    return " ".join(w for w in words if w not in ("the", "a", "an"))


# ---------------------------------------------------------------- facts


GoldFacts = dict[str, list[dict[str, Any]]]


def _gold_facts(report: dict[str, Any]) -> GoldFacts:
    found: GoldFacts = {}
    for fact in report["facts"]:
        found.setdefault(fact["p"], []).append(fact)
    return found


def _gold_fact(
    golds: GoldFacts, matched: dict[int, str], report: dict[str, Any], predicate: str, candidate: Candidate
) -> dict[str, Any] | None:
    """The annotated fact that a candidate states under a predicate."""
    topics = {e["id"]: e["names"] for e in report["entities"] if "Topic" in (e["type"], *e["alt_types"])}

    def is_end(end: End, entity: str) -> bool:
        if isinstance(end, TopicPhrase):
            return any(same_topic(end.name, name) for name in topics.get(entity, ()))
        if isinstance(end, Draft) and end.type == "Topic":
            return any(same_topic(form, name) for form in (end.name, *end.names) for name in topics.get(entity, ()))
        return isinstance(end, Draft) and matched.get(id(end)) == entity

    subject, object = candidate.subject, candidate.object
    for fact in golds.get(predicate, ()):
        if isinstance(object, str):
            if "value" in fact and is_end(subject, fact["s"]) and same_date(fact["value"], object):
                return fact
            continue
        straight = is_end(subject, fact["s"]) and is_end(object, fact["o"])
        if straight or (PREDICATES[predicate].symmetric and is_end(subject, fact["o"]) and is_end(object, fact["s"])):
            return fact
    return None


def same_topic(one: str, other: str) -> bool:
    """Whether two phrases share at least half of their words.

    >>> same_topic("trade facilitation", "facilitation of trade"), same_topic("trade", "rice exports")
    (True, False)
    """
    a, b = _words(one), _words(other)
    return bool(a and b) and 2 * len(a & b) / (len(a) + len(b)) >= 0.5


def _words(phrase: str) -> set[str]:
    stop = {"the", "a", "an", "of", "and", "in", "on", "for", "to", "with", "between", "at", "by"}
    return {re.sub(r"(?<=\w{3})s$", "", w) for w in re.findall(r"\w+", fold(phrase).lower())} - stop


def same_date(gold: str, other: str) -> bool:
    """Equal as far as the annotation is precise; both ends of an interval."""
    ends, others = gold.split("/"), other.split("/")
    return len(ends) == len(others) and all(b.startswith(a) for a, b in zip(ends, others, strict=True))


def _outcome(
    fact: DraftFact, covered: set[tuple[int, str, object]], matched: dict[int, str], golds: GoldFacts
) -> RuleOutcome | None:
    """What a fact of the rules was worth, where the model has no say in it."""
    object = fact.object if isinstance(fact.object, str) else id(fact.object)
    if (id(fact.subject), fact.predicate, object) in covered or fact.modality not in ("actual", "planned"):
        return None
    right = any(_states(fact, gold, matched) for gold in golds.get(fact.predicate, ()))
    return RuleOutcome(fact.predicate, fact.rule, right)


def _states(fact: DraftFact, gold: dict[str, Any], matched: dict[int, str]) -> bool:
    if matched.get(id(fact.subject)) != gold["s"]:
        return False
    if not isinstance(fact.object, str):
        return matched.get(id(fact.object)) == gold.get("o")
    if fact.predicate == "heldOn":
        return same_date(gold["value"], fact.object)
    return same_title(gold["value"], fact.object)


def same_title(gold: str, other: str) -> bool:
    """Whether two titles share three quarters of their words, rank included."""
    a, b = (Counter(re.findall(r"\w+", fold(title).lower())) for title in (gold, other))
    rank = {"deputy", "vice", "acting", "former", "assistant", "permanent", "interim"}
    return set(a) & rank == set(b) & rank and 2 * (a & b).total() / max(a.total() + b.total(), 1) >= 0.75
