"""Facts that a verb states between its arguments: the table `verbs.toml` applied to the frames of a document."""

from __future__ import annotations

import functools
import itertools
import tomllib
from dataclasses import dataclass
from pathlib import Path

from kg.extract.entities.actors import Actors
from kg.extract.facts.matters import VERBS as VERBS_OF_MATTERS
from kg.extract.facts.members import OUT
from kg.extract.frames import Frame, build_frames, governing_subjects, verb_forms
from kg.extract.modality import modality_of
from kg.extract.parse import Parse
from kg.extract.reading import Draft, Reading
from kg.vocabulary import PREDICATES

# Verbs that no rule of the table names but that other extractors ask for.
_MORE_VERBS = (
    "say",
    "lead",
    "head",
    "pay",
    "make",
    "undertake",
    "welcome",
    "begin",
    "invite",
    "launch",
    "announce",
    "want",
    "seek",
    "expect",
    "happen",
    "send",
    "put",
    "bear",
    "telephone",
    "phone",
    "converse",
    "reconvene",
    "ring",
    "reach",
    "land",
    "journey",
    "conduct",
)


@dataclass(frozen=True, slots=True)
class VerbRule:
    """One entry of the table; see the comment at its top."""

    predicate: str
    verbs: frozenset[str]
    subject: str | tuple[str, ...]
    object: str | tuple[str, ...]
    implied: bool = False
    implied_by: frozenset[str] = frozenset()
    needs: frozenset[str] = frozenset()
    passive_only: bool = False
    subject_type: str | None = None


@functools.cache
def verb_rules() -> dict[str, list[VerbRule]]:
    """Dictionary form of a verb -> its rules, in the order of the table."""
    table = tomllib.loads(Path(__file__).with_name("verbs.toml").read_text(encoding="utf-8"))
    rules: dict[str, list[VerbRule]] = {}
    for entry in table["rule"]:
        rule = VerbRule(
            entry["predicate"],
            frozenset(entry["verbs"]),
            _ends(entry.get("subject", "subject")),
            _ends(entry["object"]),
            entry.get("implied", False),
            frozenset(entry.get("implied_by", ())),
            frozenset(entry.get("needs", ())),
            entry.get("passive_only", False),
            entry.get("subject_type"),
        )
        for verb in entry["verbs"]:
            rules.setdefault(verb, []).append(rule)
    return rules


def _ends(value: str | list[str]) -> str | tuple[str, ...]:
    return value if isinstance(value, str) else tuple(value)


@functools.cache
def known_verbs() -> dict[str, str]:
    """Every form of every verb that a rule knows."""
    return verb_forms(tuple(sorted({*verb_rules(), *VERBS_OF_MATTERS, *_MORE_VERBS})))


def frames_of(reading: Reading) -> list[Frame]:
    """The frames of the document's verbs."""
    return build_frames(reading.parse, known_verbs())


def find_verb_facts(reading: Reading, frames: list[Frame], actors: Actors) -> None:
    """Apply every rule of the table to every frame."""
    rules = verb_rules()
    for frame in frames:
        modality = modality_of(reading.parse, frame)
        for rule in rules.get(frame.base, ()):
            if _may_apply(reading, frame, rule, modality):
                _apply(reading, frame, rule, actors, modality)


def _may_apply(reading: Reading, frame: Frame, rule: VerbRule, modality: str) -> bool:
    if rule.passive_only and not frame.passive:
        return False
    if rule.needs and not any(reading.parse.lower[t] in rule.needs for t in frame.objects):
        return False
    if modality in ("denied", "cancelled") and rule.predicate not in ("attended", "visited", "met", "signed"):
        return False
    return modality != "proposed" or rule.predicate in ("proposed", "pledged", "discussed")


def _apply(reading: Reading, frame: Frame, rule: VerbRule, actors: Actors, modality: str) -> None:
    subjects = _subjects(reading, frame, rule, actors)
    objects = _objects(reading, frame, rule, actors)
    if rule.predicate == "memberOf":
        objects = [_grouping_in(reading, o, frame.verb) for o in objects]
        subjects = _without_others(reading, subjects, frame.verb)
    if rule.predicate == "discussed" and not subjects:
        subjects = _meeting_of(reading, frame, actors)
    for subject in subjects:
        for object in objects:
            reading.say(subject, rule.predicate, object, frame.verb, modality=modality, rule=f"verb: {frame.base}")
    if not objects and (way := _each_other(frame, rule, len(subjects))):
        for one, other in itertools.combinations(subjects, 2):
            reading.say(one, rule.predicate, other, frame.verb, modality=modality, rule=way)


def _subjects(reading: Reading, frame: Frame, rule: VerbRule, actors: Actors) -> list[Draft]:
    types = PREDICATES[rule.predicate].domain
    found = _fill(reading, frame, rule.subject, types, actors)
    if not found and rule.subject == "subject" and not frame.passive:
        found = [d for d in fronted_subject(reading, frame, actors) if d.type in types]
    if not found and rule.subject == "subject" and "to" in frame.auxiliaries:
        above = governing_subjects(reading.parse, frame.verb)
        found = [d for d in actors.all(above) if d.type in types]
    if rule.subject_type == "Leader":
        alone = not frame.objects and not frame.obliques.keys() & {"to", "from", "in"}
        found = [s for s in found if s.type == "Leader"] if alone else []
    if rule.subject_type == "Meeting" and not found:
        found = [m for m in [reading.focus.get(reading.parse.sentence_of[frame.verb])] if m is not None]
    return found


def _objects(reading: Reading, frame: Frame, rule: VerbRule, actors: Actors) -> list[Draft]:
    types = PREDICATES[rule.predicate].range
    found = _fill(reading, frame, rule.object, types, actors)
    if not found and rule.object == "object" and reading.parse.tags[frame.verb] == "VBN":
        found = [d for d in _before_comma(reading, frame) if d.type in types]
    if not found and (rule.implied or (frame.base in rule.implied_by and not frame.objects)):
        implied = reading.focus.get(reading.parse.sentence_of[frame.verb])
        found = [implied] if implied else []
    return found


def _each_other(frame: Frame, rule: VerbRule, n_subjects: int) -> str:
    """The rule by which the subjects do it to each other: "A and B met", "A, B and C cooperate"; empty without one."""
    if rule.predicate == "met" and n_subjects > 1 and frame.base in ("meet", "talk", "confer", "speak"):
        return "verb: meet each other"
    return "verb: cooperate" if rule.predicate == "cooperatesWith" and 2 <= n_subjects <= 4 else ""


def _without_others(reading: Reading, members: list[Draft], verb: int) -> list[Draft]:
    """As in "consists of A and B, with associate members C and D": those before the word for others."""
    parse = reading.parse
    past = parse.sentences[parse.sentence_of[verb]][1]
    cut = next((i for i in range(verb, past) if parse.lower[i] in OUT), past)
    later = {id(s.draft) for s in reading.spans_in(cut, past, "Country")}
    return [d for d in members if id(d) not in later]


def _grouping_in(reading: Reading, named: Draft, verb: int) -> Draft:
    """As in "signed a pact with the Alliance, made up of A and B": the grouping at the end of the paper's name."""
    if named.attributes.get("kind") != "instrument":
        return named
    spans = [s for s in reading.spans if s.draft is named and s.past <= verb]
    past = spans[-1].past if spans else 0
    inner = [s for s in reading.spans if s.past == past and s.draft.type in ("Framework", "Organization")]
    return next((s.draft for s in inner if s.draft is not named), named)


def _before_comma(reading: Reading, frame: Frame) -> list[Draft]:
    """As in "the Rabat Declaration, approved by the meeting": what a participle with "by" says something about."""
    parse = reading.parse
    i = frame.verb - 1
    while i > 0 and parse.tags[i] == "RB":
        i -= 1
    agent = any(parse.deps[c] == "agent" for c in parse.children[frame.verb])
    span = reading.owner[i - 1] if agent and i > 0 and parse.words[i] == "," else None
    return [span.draft] if span is not None else []


def _behind_object(parse: Parse, frame: Frame, prepositions: tuple[str, ...]) -> list[int]:
    """As in "admitted Somalia to the Community": the parser may hang the phrase on the object instead of the verb."""
    found = []
    for token in frame.objects:
        for child in parse.children[token]:
            if parse.deps[child] == "prep" and parse.lower[child] in prepositions and child > frame.verb:
                found += [c for c in parse.children[child] if parse.deps[c] == "pobj"]
    return found


def fronted_subject(reading: Reading, frame: Frame, actors: Actors) -> list[Draft]:
    """As in "Chairing the summit, X greeted …": the actor right after the comma that ends the participle's clause."""
    parse = reading.parse
    first, past = parse.sentences[parse.sentence_of[frame.verb]]
    if parse.tags[frame.verb] not in ("VBG", "VBN") or frame.verb - first > 1:
        return []
    comma = next((i for i in range(frame.verb, past) if parse.words[i] == "," and reading.owner[i] is None), None)
    if comma is None:
        return []
    after = reading.spans_in(comma + 1, min(past, comma + 10), "Leader", "Country", "Organization")
    return actors.at(after[0].head) if after else []


def _fill(
    reading: Reading,
    frame: Frame,
    end: str | tuple[str, ...],
    types: tuple[str, ...],
    actors: Actors,
) -> list[Draft]:
    """The drafts of the allowed types at one end of a frame."""
    if end == "none":
        return []
    if end == "matter":
        return matters(reading, _matter_heads(reading.parse, frame))
    if end == "subject":
        tokens = frame.subjects
    elif end == "object":
        tokens = frame.objects
    else:
        prepositions = tuple(end)
        tokens = frame.with_preposition(*prepositions) or _behind_object(reading.parse, frame, prepositions)
    found: list[Draft] = []
    for token in tokens:
        span = reading.owner[token]
        if (
            span is not None
            and span.draft.type in types
            and span.draft.type not in ("Country", "Organization", "Leader")
        ):
            found += [span.draft] if span.draft not in found else []
        elif set(types) & {"Country", "Organization", "Leader"}:
            found += [d for d in actors.at(token) if d.type in types and d not in found]
    if not found and "Topic" in types:
        return matters(reading, tokens)
    return found


def _matter_heads(parse: Parse, frame: Frame) -> list[int]:
    """The nouns that a verb of saying or deciding is about: its objects.

    And those of its clauses ("agreed to promote X").
    """
    heads = list(frame.objects)
    queue = [(clause, 0) for clause in frame.clauses]
    while queue:
        verb, depth = queue.pop(0)
        for child in parse.children[verb]:
            dep = parse.deps[child]
            if dep in ("dobj", "nsubjpass", "attr") or (dep == "nsubj" and not parse.tags[verb].startswith("V")):
                heads.append(child)
            elif dep == "prep" and parse.lower[child] in ("in", "on", "for", "with", "towards", "to"):
                heads += [g for g in parse.children[child] if parse.deps[g] == "pobj"]
            elif dep in ("conj", "xcomp", "ccomp") and depth < 2:
                queue.append((child, depth + 1))
    return heads


def matters(reading: Reading, heads: list[int]) -> list[Draft]:
    """The named frameworks, projects and meetings that were talked about; topics are read by `matters.py`."""
    spans = [span for head in heads if (span := reading.owner[head]) is not None]
    return [span.draft for span in spans if span.draft.type in ("Framework", "Project", "Meeting")]


def _meeting_of(reading: Reading, frame: Frame, actors: Actors) -> list[Draft]:
    """The meeting at which somebody discussed: the one that the sentence speaks of.

    If an actor or the meeting is subject.
    """
    parse = reading.parse
    meeting = reading.focus.get(parse.sentence_of[frame.verb])
    if meeting is None:
        return []
    if actors.all(frame.subjects) or any(
        parse.lower[s] in ("leaders", "participants", "delegates", "they", "he", "sides", "ministers")
        for s in frame.subjects
    ):
        return [meeting]
    return []
