"""`cooperatesWith`: partners, cooperation with, what two do jointly, "the two sides agreed to deepen cooperation"."""

from __future__ import annotations

from kg.extract.facts.things import STATES, Things
from kg.extract.frames import Frame
from kg.extract.reading import Draft
from kg.extract.wordlists import word_list

_COOPERATION = word_list("ties", "cooperation")
_DEEPENING = word_list("partners", "deepening")
_ENTRY = frozenset(("in", "by", "through"))


def find_partners(things: Things, frames: list[Frame]) -> None:
    """All rules of this file, in order."""
    for frame in frames:
        modality = things.holds(frame)
        if modality is None:
            continue
        if frame.base in _DEEPENING:
            _deepens(things, frame)
        if frame.base in ("cooperate", "collaborate", "work"):
            _together(things, frame, modality)
    _partner_nouns(things)
    _cooperation_with(things)


def _pairs(things: Things, actors: list[Draft], token: int, rule: str) -> None:
    """Two or three partners, each with each; one of a kind or a body of one with a body of another."""
    actors = list(dict.fromkeys(a for a in actors if a.type in STATES))
    if len(actors) not in (2, 3):
        return
    for number, one in enumerate(actors):
        for other in actors[number + 1 :]:
            things.reading.say(one, "cooperatesWith", other, token, rule=rule, confidence=0.75)


def _deepens(things: Things, frame: Frame) -> None:
    """As in "the two sides agreed to deepen cooperation in health", "raised their ties to a Strategic Partnership"."""
    parse = things.parse
    objects = [t for t in frame.objects if parse.lower[t] in _COOPERATION | {"ties", "relations", "relationship"}]
    if not objects:
        return
    _pairs(things, things.doers(frame), frame.verb, "deepen cooperation")


def _together(things: Things, frame: Frame, modality: str) -> None:
    """As in "their governments would work together more closely", "A and B have been working together"."""
    parse = things.parse
    if frame.base == "work" and "together" not in parse.lower[frame.verb + 1 : frame.verb + 4]:
        return
    if modality != "proposed" and not frame.with_preposition("with"):
        _pairs(things, things.doers(frame), frame.verb, "work together")


def _partner_nouns(things: Things) -> None:
    """As in "A and B, partners since 2016", "A has been a partner of B", "A and B have been partners since 1966"."""
    parse = things.parse
    for i in parse.where(("partner", "partners")):
        word = parse.lower[i]
        if things.reading.owner[i] is not None:
            continue
        before = parse.lower[max(0, i - 3) : i]
        if set(before) & {"dialogue", "development", "trading", "former", "no", "not", "trade"}:
            continue
        heads = _said_of(things, i)
        subjects = [d for d in things.actors.all(heads) if d.type in STATES]
        others = _behind_of(things, i)
        if word == "partner" and others and subjects:
            _pairs(things, [subjects[0], others[0]], i, "partner of")
        elif word == "partners" and not others and len(subjects) == 2:
            _pairs(things, subjects, i, "are partners")


def _said_of(things: Things, noun: int) -> list[int]:
    parse = things.parse
    dep, head = parse.deps[noun], parse.heads[noun]
    if dep == "attr":
        return [c for c in parse.children[head] if parse.deps[c] == "nsubj"]
    return [head] if dep == "appos" else []


def _behind_of(things: Things, noun: int) -> list[Draft]:
    parse = things.parse
    for child in parse.children[noun]:
        if child > noun and parse.lower[child] in ("of", "to", "for"):
            return things.listed_after(child)
    owner = [s.draft for s in things.reading.spans_in(max(0, noun - 4), noun, *STATES) if _possessive(things, s.past)]
    return owner[-1:]


def _possessive(things: Things, i: int) -> bool:
    return things.parse.words[i : i + 1] in (["'s"], ["’s"], ["'"], ["’"])


def _cooperation_with(things: Things) -> None:
    """As in "Japan's cooperation with Bangladesh", "the partnership of Samoa with New Zealand"."""
    parse = things.parse
    for i in parse.where(_COOPERATION):
        if parse.lower[i + 1 : i + 2] in ([], ["between"]):
            continue
        first, past = parse.sentences[parse.sentence_of[i]]
        with_ = next((j for j in range(i + 1, min(past, i + 6)) if parse.lower[j] == "with"), None)
        if with_ is None or any(parse.tags[j].startswith("V") or parse.words[j] in ",;" for j in range(i + 1, with_)):
            continue
        others = things.listed_after(with_)
        if not others:
            continue
        if parse.lower[i - 1] in _ENTRY:
            owners = _doers(things, i)
            rule = "in cooperation with"
        else:
            owners = _owners(things, i, with_, first)
            rule = "cooperation with"
        for owner in owners[:1]:
            for other in others:
                if owner.type in STATES and other is not owner:
                    things.reading.say(owner, "cooperatesWith", other, i, rule=rule, confidence=0.75)


def _doers(things: Things, noun: int) -> list[Draft]:
    """The subjects or the agents of the clause that "in cooperation with" stands in."""
    parse = things.parse
    verb = parse.heads[parse.heads[noun]]
    heads = [c for c in parse.children[verb] if parse.deps[c] == "nsubj"]
    for child in parse.children[verb]:
        if parse.deps[child] == "agent":
            heads += [c for c in parse.children[child] if parse.deps[c] == "pobj"]
    return [d for d in things.actors.all(heads) if d.type in STATES]


def _owners(things: Things, noun: int, with_: int, first: int) -> list[Draft]:
    """Whose cooperation it is: "A's", "the cooperation of A with"."""
    parse = things.parse
    inside = things.reading.spans_in(noun + 1, with_, *STATES)
    if inside:
        return [inside[0].draft]
    for span in reversed(things.reading.spans_in(max(first, noun - 5), noun, *STATES)):
        if _possessive(things, span.past):
            return [span.draft]
    possessors = [c for c in parse.children[noun] if parse.lower[c] in ("its", "their")]
    if possessors:
        verb = parse.heads[noun]
        return things.states([c for c in parse.children[verb] if parse.deps[c] == "nsubj"])
    return []
