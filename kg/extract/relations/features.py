"""What a pair looks like in its sentence, as short strings: the path between its ends, the verbs above them, the words
around, what the rules said of it. The same strings name the weights of the model."""

from __future__ import annotations

from collections import Counter

from kg.extract.entities.known_meetings import main_meeting
from kg.extract.parse import Parse
from kg.extract.reading import Draft, Reading
from kg.extract.relations.candidates import Candidate, End, Point
from kg.extract.relations.cues import cues_of, stem
from kg.vocabulary import PREDICATES

_MAX_CLIMB = 12


class Surroundings:
    """What the features of one document share: paths to the root, governing verbs, what the rules said."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.parse: Parse = reading.parse
        self.lower = ["¶" if word.isspace() else word for word in reading.parse.lower]
        self.main = main_meeting(reading)
        self.n_meetings = min(len(reading.of_type("Meeting")), 4)
        self.said: dict[tuple[object, object], list[str]] = {}
        self.said_of: Counter[tuple[object, str, str]] = Counter()
        self.objects_of: dict[tuple[object, str], list[object]] = {}
        for fact in reading.facts:
            ends = (fact_end_key(fact.subject), fact_end_key(fact.object))
            self.said.setdefault(ends, []).append(fact.predicate)
            self.said_of[(ends[0], fact.predicate, "s")] += 1
            self.said_of[(ends[1], fact.predicate, "o")] += 1
            self.objects_of.setdefault((ends[0], fact.predicate), []).append(ends[1])
        self._chains: dict[int, list[int]] = {}
        self.roles: dict[int, str] = {}
        self.stems = list(map(stem, reading.parse.lower))
        self.cues = list(map(cues_of, reading.parse.lower))

    def chain(self, token: int) -> list[int]:
        """The token and its heads up to the root of the sentence."""
        found = self._chains.get(token)
        if found is None:
            heads = self.parse.heads
            found = [token]
            while heads[found[-1]] != found[-1] and len(found) < _MAX_CLIMB:
                found.append(heads[found[-1]])
            self._chains[token] = found
        return found


def fact_end_key(end: Draft | str) -> object:
    """What makes the end of a fact the same as the end of a candidate (`candidates.end_key`)."""
    if isinstance(end, str):
        return end
    return (end.seed or end.name.lower()) if end.type == "Topic" else id(end)


def pair_features(around: Surroundings, candidate: Candidate) -> list[str]:
    """What holds of a pair wherever it stands: types, and what the rules said of it and of its ends."""
    s, o = candidate.subject_key, candidate.object_key
    found = ["bias", f"T={candidate.subject_type}>{candidate.object_type}", f"np={min(len(candidate.places), 4)}"]
    said = around.said.get((s, o), ())
    found += [f"R={predicate}" for predicate in (*said, *around.said.get((o, s), ()))]
    if not said:
        found.append("R=no")
    said_of = around.said_of
    for predicate in candidate.predicates:
        once = predicate in said
        same_object, same_subject = _COUNTED[predicate]
        found.append(same_object[min(said_of.get((o, predicate, "o"), 0) - once, 3)])
        found.append(same_subject[min(said_of.get((s, predicate, "s"), 0) - once, 3)])
    if candidate.object_type == "Meeting" and candidate.subject_type != "Meeting":
        assert isinstance(candidate.object, Draft)
        assert isinstance(candidate.subject, Draft)
        # Who signs is at the ceremony; who is of the country where a meeting is may be its host.
        kind = candidate.object.attributes.get("kind")
        found.append(f"signs={kind}:{said_of[s, 'signed', 's'] > 0}")
        found.append(f"home={_at_home(around, candidate.subject, candidate.object)}")
    return found


# "RO=met:2": the rules said of two others that they met the same object; "RS": the same subject, other objects.
_COUNTED = {p: ([f"RO={p}:{n}" for n in range(4)], [f"RS={p}:{n}" for n in range(4)]) for p in PREDICATES}


def _at_home(around: Surroundings, subject: Draft, meeting: Draft) -> bool:
    """Whether the rules hold the meeting in the subject's own country, or in the one that the subject speaks for."""
    venues = around.objects_of.get((id(meeting), "heldIn"), ())
    own = around.objects_of.get((id(subject), "represents"), ()) if subject.type == "Leader" else (id(subject),)
    return not set(own).isdisjoint(venues)


def end_features(around: Surroundings, end: End, side: str) -> list[str]:
    """What holds of one end in the whole document; `side` is "s" (subject) or "o" (object)."""
    if not isinstance(end, Draft):
        return []
    found = []
    if end.type == "Meeting":
        found += [
            f"mk{side}={end.attributes.get('kind')}",
            f"main{side}={end is around.main}:{around.n_meetings}",
            f"ser{side}={end.series is not None}",
            f"ord{side}={'ordinal' in end.attributes}",
        ]
    elif end.type == "Framework":
        found += [f"fk{side}={end.attributes.get('kind')}:{end.seed is not None}"]
    elif end.type == "Leader":
        found += [f"lr{side}={min(around.said_of[(id(end), 'represents', 's')], 1)}"]
        found += [f"la{side}={min(around.said_of[(id(end), 'attended', 's')], 2)}"]
    elif end.type == "Organization":
        found += [f"ok{side}={end.seed is not None}"]
    elif end.type == "Country":
        found += [f"cr{side}={min(around.said_of[(id(end), 'represents', 'o')], 2)}"]
    return found


def place_features(around: Surroundings, number: int, a: Point, b: Point) -> list[str]:
    """What holds where the two stand: `number` is the sentence."""
    return [
        *end_features(around, a.end, "s"),
        *end_features(around, b.end, "o"),
        *point_features(around, a, "s"),
        *point_features(around, b, "o"),
        *together_features(around, number, a, b),
        *(sentence_features(around, number, "o" if a.token < 0 else "s") if min(a.token, b.token) < 0 else ()),
    ]


def point_features(around: Surroundings, point: Point, side: str) -> list[str]:
    """What holds of one end where it stands, whatever it is paired with; `side` is "s" (subject) or "o" (object)."""
    found = [f"k{side}={point.kind}"]
    if point.token >= 0:
        _own(around, point, side, found)
    return found


def together_features(around: Surroundings, number: int, a: Point, b: Point) -> list[str]:
    """What holds of the two together: the path between them, the words around it."""
    parse = around.parse
    found: list[str] = []
    pos = "lead" if number == 0 else "early" if number < 3 else "late"
    if a.token < 0 or b.token < 0:
        there = b if a.token < 0 else a
        _implied(around, there, "s" if there is a else "o", found)
        found.append(f"I:{pos}")
        return found
    if parse.sentence_of[a.token] != parse.sentence_of[b.token]:
        order = "ab" if a.token < b.token else "ba"
        roles = [_verb_role(around, p.token) for p in (a, b)]
        found += [f"before:{order}", f"before:{order}s:{roles[0]}", f"before:{order}o:{roles[1]}"]
        return found
    found.append(f"S:{pos}")
    _path(around, a, b, found)
    _between(around, a, b, found)
    return found


def _own(around: Surroundings, point: Point, side: str, found: list[str]) -> None:
    parse = around.parse
    first, past = point.first, point.past
    before = around.lower[first - 1] if first else "^"
    after = around.lower[past] if past < len(parse) else "$"
    found += [f"w{side}-1={before}", f"w{side}+1={after}", f"d{side}={parse.deps[point.token]}"]
    before2 = around.lower[first - 2] if first > 1 else "^"
    found.append(f"w{side}-2={before2} {before}")
    if point.kind in ("role", "nominal", "pronoun"):
        found.append(f"hw{side}={stem(parse.lower[point.token])}")
    chain = around.chain(point.token)
    found.append(f"v{side}={_verb_role(around, point.token)}")
    head = chain[1] if len(chain) > 1 else point.token
    found.append(f"h{side}={parse.deps[point.token]}:{stem(parse.lower[head])}")
    if parse.deps[point.token] == "pobj" and len(chain) > 2:
        found.append(f"hh{side}={parse.lower[head]}:{stem(parse.lower[chain[2]])}")


def _verb_role(around: Surroundings, token: int) -> str:
    """The verb above and the role through which it is reached: "attend<nsubj", "hold<nsubjpass", "sign<agent by"."""
    role = around.roles.get(token)
    if role is None:
        role = around.roles[token] = _find_role(around.parse, around.chain(token))
    return role


def _find_role(parse: Parse, chain: list[int]) -> str:
    for i in range(1, len(chain)):
        if parse.tags[chain[i]].startswith("V"):
            below = chain[i - 1]
            dep = parse.deps[below]
            if dep in ("prep", "agent"):
                dep += " " + parse.lower[below]
            return f"{stem(parse.lower[chain[i]])}<{dep}"
    return "none"


def _implied(around: Surroundings, there: Point, side: str, found: list[str]) -> None:
    parse = around.parse
    chain = around.chain(there.token)
    role = _verb_role(around, there.token)
    found += [f"I{side}:{there.type}:{role}", f"I{side}:{there.type}:{parse.deps[there.token]}"]
    found += [f"Iroot={around.stems[chain[-1]]}", f"Irole={role.partition('<')[2]}:{there.kind}"]


def sentence_features(around: Surroundings, number: int, side: str) -> list[str]:
    """What a sentence says that leaves its meeting unnamed: `side` is that of the end which it does name."""
    parse = around.parse
    first, past = parse.sentences[number]
    found = [f"I{side}w={around.stems[i]}" for i in range(first, past) if parse.words[i].isalpha()]
    found.append(f"Imeet={bool(around.reading.spans_in(first, past, 'Meeting'))}")
    return found + [f"Ic={cue}" for i in range(first, past) for cue in around.cues[i]]


def _path(around: Surroundings, a: Point, b: Point, found: list[str]) -> None:
    parse = around.parse
    up, down = around.chain(a.token), around.chain(b.token)
    top = next(filter(down.__contains__, up), None)
    if top is None:
        found.append("path=none")
        return
    i, j = up.index(top), down.index(top)
    ups = [_step(parse, t) for t in up[:i]]
    downs = [_step(parse, t) for t in down[:j]][::-1]
    word = around.stems[top]
    found += [f"top={word}", f"len={min(i + j, 8)}", f"topt={parse.tags[top][:2]}"]
    if i + j <= 8:
        shape = f"{'/'.join(_fold(ups))}^{'/'.join(_fold(downs))}"
        found += [f"path={shape}", f"lpath={shape}:{word}"]
    if i:
        found += [f"up1={ups[-1]}:{word}"]
    if j:
        found += [f"dn1={downs[0]}:{word}"]
    found += [f"ct={cue}:{ups[-1] if i else ''}:{downs[0] if j else ''}" for cue in around.cues[top]]
    if i and j:
        found += [f"updn={ups[-1]}:{word}:{downs[0]}", f"updn0={ups[-1]}:{downs[0]}"]
    found += [f"in={around.stems[t]}" for t in (*up[1:i], *down[1:j])]
    for t in (top, *up[1:i], *down[1:j]):
        found += [f"cp={cue}" for cue in around.cues[t]]
        for c in parse.children[t]:
            if parse.deps[c] in ("neg", "aux"):
                found.append(f"aux={parse.lower[c]}")


def _step(parse: Parse, token: int) -> str:
    dep = parse.deps[token]
    return f"{dep} {parse.lower[token]}" if dep in ("prep", "agent") else dep


def _fold(steps: list[str]) -> list[str]:
    """Coordination and apposition count once, however long the list is."""
    folded: list[str] = []
    for step in steps:
        if step in ("conj", "appos") and folded and folded[-1] in ("conj", "appos"):
            continue
        folded.append(step)
    return folded


def _between(around: Surroundings, a: Point, b: Point, found: list[str]) -> None:
    parse = around.parse
    left, right = (a, b) if a.first < b.first else (b, a)
    order = "ab" if left is a else "ba"
    distance = right.first - left.past
    found.append(f"o={order}")
    bucket = 0 if distance <= 0 else 1 if distance < 3 else 2 if distance < 7 else 3 if distance < 15 else 4
    found.append(f"dist={order}{bucket}")
    words = around.lower[left.past : right.first]
    if distance <= 10:
        found += [f"b{order}={around.stems[i]}" for i in range(left.past, right.first) if parse.words[i].isalpha()]
        if 0 < distance <= 4:
            found.append(f"bt{order}={' '.join(words)}")
    between = around.reading.spans_in(left.past, right.first) if distance > 0 else []
    types = [s.draft.type for s in between]
    found += [f"nb{order}={min(types.count(b.type), 2)}", f"na{order}={min(types.count(a.type), 2)}"]
