"""Topics of the facts: what a meeting discussed, what a speaker proposed or pledged."""

from __future__ import annotations

from collections.abc import Iterator

from kg.extract.entities.actors import Actors
from kg.extract.entities.topic_phrases import PEOPLE, TopicLists
from kg.extract.entities.topics import topics_of
from kg.extract.facts.focus import focus_at
from kg.extract.frames import Frame
from kg.extract.modality import modality_of
from kg.extract.reading import Draft, Reading
from kg.extract.wordlists import CALENDAR, word_list, word_table
from kg.seeds import Gazetteer

_DISCUSSING = word_list("matters", "discussing")
_DISCUSSING_ON = {base: tuple(after.split()) for base, after in word_table("matters", "discussing_on").items()}
_WITH_PARTICLE = word_table("matters", "discussing_with_particle")
_PROPOSING = word_list("matters", "proposing")
_PROPOSING_FOR = {base: tuple(after.split()) for base, after in word_table("matters", "proposing_for").items()}
_URGING = word_list("matters", "urging")
_PLEDGING = word_list("matters", "pledging")
_PAYING = word_list("matters", "paying")
_TABLING = word_list("matters", "tabling")
_TALKS = word_list("matters", "talks")
_STRESSING = word_list("matters", "stressing")
_ITEMS = word_list("matters", "items")
_TOPPING = word_list("matters", "topping")
_DISCUSSING_ANY = _DISCUSSING | _DISCUSSING_ON.keys() | _TOPPING | _WITH_PARTICLE.keys()
_PROPOSING_ANY = _PROPOSING | _PROPOSING_FOR.keys() | _URGING | _TABLING
VERBS = _DISCUSSING_ANY | _PROPOSING_ANY | _PLEDGING | _PAYING | _STRESSING
_ABOUT = ("on", "about", "over", "regarding", "concerning")
_PLAINLY = frozenset("discuss review consider debate examine".split())
# "A method for assessing output" speaks of no talks.
_ALSO_DEEDS = frozenset("assess address cover tackle raise".split())
_AGREEING = frozenset(("agree", "concur"))
_COMMITTING = frozenset("commitment support pledge determination readiness willingness intention resolve".split())
_SUMS = frozenset("million billion dollars euros usd eur".split())
_PARTICLE = {"take": "up", "come": "up"}
_THEY = frozenset("they he she two three both pair trio duo all who".split())
_AGAINST = frozenset("reject oppose abandon refuse withdraw refrain cease stop".split())
_PRESS = frozenset("reporters journalists media press".split())  # "spoke to reporters about prices" is no talks
_GATHERINGS = frozenset("meeting summit conference forum roundtable workshop seminar session sessions".split())
_DENIED = ("denied", "cancelled", "postponed")


class Matters:
    """Says of one document what was talked about, proposed and pledged."""

    def __init__(self, reading: Reading, actors: Actors, gazetteer: Gazetteer) -> None:
        self.reading = reading
        self.parse = reading.parse
        self.actors = actors
        self.gazetteer = gazetteer
        self.lists = TopicLists(reading)

    # ---------------------------------------------------------------- verbs

    def of_frame(self, frame: Frame) -> None:
        """What a verb of discussing, proposing or pledging is said of."""
        base = frame.base
        modality = modality_of(self.parse, frame)
        if frame.negated or modality in _DENIED:
            return
        if modality != "proposed" and base in _DISCUSSING_ANY:
            self._discussed(frame, modality)
        if base in _PROPOSING_ANY:
            self._said_by(frame, "proposed", self._proposed_at(frame), frame.subjects)
        if base in _STRESSING:
            self._stressed(frame, modality)
        if base in _PLEDGING or base in _PAYING:
            self._said_by(frame, "pledged", self._pledged_at(frame), [*frame.subjects, *self._who_will(frame)])

    def _discussed(self, frame: Frame, modality: str) -> None:
        meeting = self._meeting_of(frame)
        if meeting is None or (frame.base not in _TOPPING and not self._of_those_who_met(frame)):
            return
        for way, starts in self._discussed_at(frame).items():
            self._say(meeting, "discussed", starts, frame.verb, modality, rule=f"matter: {way}")

    def _discussed_at(self, frame: Frame) -> dict[str, list[tuple[int, int]]]:
        """Where what was discussed is named; by the way in which the verb takes it, which is the name of the rule."""
        base = frame.base
        found: dict[str, list[tuple[int, int]]] = {}
        if base in _DISCUSSING and not (base in _ALSO_DEEDS and self.parse.deps[frame.verb] == "pcomp"):
            found["discuss" if base in _PLAINLY else "deal with"] = self._objects(frame)
        if _WITH_PARTICLE.get(base) == self._word(frame.verb + 1):
            behind = [(frame.verb + 2, self._end(frame.verb))]
            found["deal with"] = self._objects(frame) if frame.passive else behind
        if base in _AGREEING and self._word(frame.verb + 1) != "whether":
            # "agreed to vaccinate livestock", "agreed on joint patrols"
            found["agree"] = [*self._clauses(frame), *self._after(frame, _DISCUSSING_ON[base])]
        to_press = self._word(frame.verb + 1) == "to" and self._word(frame.verb + 2) in _PRESS
        if base in _DISCUSSING_ON and base not in _AGREEING and not to_press:
            found["speak" if base in ("speak", "talk") else "focus"] = self._after(frame, _DISCUSSING_ON[base])
        if base in _TOPPING:
            found["top"] = self._topping(frame)
        return found

    def _stressed(self, frame: Frame, modality: str) -> None:
        """As in "stressed the need for X": the speaker's proposal, and what both sides stress is their matter."""
        needs = [t for t in frame.objects if self.parse.lower[t] == "need" and t > frame.verb]
        if not needs or modality == "proposed":
            return
        starts = [(needs[0], self._end(frame.verb))]
        if any(self.reading.type_at(t) == "Leader" for t in frame.subjects):
            self._said_by(frame, "proposed", starts, frame.subjects)
        elif (meeting := self._meeting_of(frame)) is not None and self._of_those_who_met(frame):
            self._say(meeting, "discussed", starts, frame.verb, modality, rule="matter: stress")

    def _who_will(self, frame: Frame) -> list[int]:
        """As in "promised that Jamaica will train nurses": whom the clause names as the one that will act."""
        parse = self.parse
        found = []
        for clause in frame.clauses:
            if not {"will", "would", "shall"}.isdisjoint(parse.lower[c] for c in parse.children[clause]):
                subjects = [c for c in parse.children[clause] if parse.deps[c] == "nsubj"]
                found += [c for c in subjects if self.reading.type_at(c) in ("Country", "Organization")]
        return found

    def _word(self, i: int) -> str:
        """The word at a token, in lower case; "" past the end of the text."""
        return self.parse.lower[i] if i < len(self.parse) else ""

    def _meeting_of(self, frame: Frame) -> Draft | None:
        """The meeting that is the subject, else the one that the sentence speaks of."""
        for token in frame.subjects:
            span = self.reading.owner[token]
            if span is not None and span.draft.type == "Meeting":
                return span.draft
        return focus_at(self.reading, frame.verb)

    def _of_those_who_met(self, frame: Frame) -> bool:
        """Whether people, states, the meeting or its talks are the subject: not "the charter spoke of visas"."""
        types = {self.reading.type_at(t) for t in frame.subjects}
        words = {self.parse.lower[t] for t in frame.subjects}
        return (
            not frame.subjects
            or bool(types & {"Leader", "Country", "Organization", "Meeting"})
            or bool(words & (PEOPLE | _ITEMS | _TALKS | _THEY))
        )

    def _objects(self, frame: Frame) -> list[tuple[int, int]]:
        """Where the lists of a verb's objects begin and how far they may reach; before the verb in the passive."""
        behind = [t for t in frame.objects if t > frame.verb and self.parse.deps[t] != "dative"]
        if behind:
            return [(self._start(behind[0], frame.verb + 1), self._end(frame.verb))]
        before = [t for t in frame.objects if t < frame.verb and self.parse.deps[t] == "nsubjpass"]
        return [(self._start(before[0], 0), self._verb_group(frame.verb))] if before else []

    def _start(self, head: int, floor: int) -> int:
        """The first token of the noun phrase of a head: of its list, where the parser made it the last member."""
        first, _ = self.parse.subtree(head)
        return max(first, floor, self.parse.sentences[self.parse.sentence_of[head]][0])

    def _end(self, token: int) -> int:
        return self.parse.sentences[self.parse.sentence_of[token]][1]

    def _verb_group(self, verb: int) -> int:
        """The first token of "have also been reviewed"."""
        parse = self.parse
        while verb > 0 and (parse.tags[verb - 1] in ("MD", "RB") or parse.deps[verb - 1] in ("aux", "auxpass", "neg")):
            verb -= 1
        return verb

    def _after(self, frame: Frame, prepositions: tuple[str, ...]) -> list[tuple[int, int]]:
        """Where the list behind one of these prepositions begins: as the verb's own, or as its object's."""
        parse = self.parse
        heads = [frame.verb, *(t for t in frame.objects if t > frame.verb)]
        found = []
        for head in heads:
            for child in parse.children[head]:
                if (
                    child > frame.verb
                    and parse.lower[child] in prepositions
                    and parse.deps[child] in ("prep", "prt", "advmod")
                ):
                    found.append((child + 1, self._end(child)))
        after = frame.verb + 1
        if not found and after < len(parse) and parse.lower[after] in prepositions:
            found.append((after + 1, self._end(after)))
        return found[:1]

    def _topping(self, frame: Frame) -> list[tuple[int, int]]:
        """As in "A, B and C topped the agenda", "figured in the talks": what stands before the verb."""
        parse = self.parse
        near = range(frame.verb + 1, min(frame.verb + 7, self._end(frame.verb)))
        if _PARTICLE.get(frame.base) not in (None, *parse.lower[frame.verb + 1 : frame.verb + 2]):
            return []
        if not any(parse.lower[t] in _ITEMS or self.reading.type_at(t) == "Meeting" for t in near):
            return []
        subjects = [c for c in parse.children[frame.verb] if parse.deps[c] in ("nsubj", "nsubjpass") and c < frame.verb]
        return [(self._start(subjects[0], 0), self._verb_group(frame.verb))] if subjects else []

    def _proposed_at(self, frame: Frame) -> list[tuple[int, int]]:
        base = frame.base
        starts: list[tuple[int, int]] = []
        # "Urged the members to share vaccines": not the members; "asked to see the plans" proposes nothing.
        if base in _URGING and (frame.objects or self._calls_on(frame)):
            clauses = [] if self._asked(frame) else self._clauses(frame)
            if clauses or base not in _PROPOSING_FOR:
                return clauses
        if base in _PROPOSING:
            starts += [*self._objects(frame), *self._clauses(frame)]
        if base in _PROPOSING_FOR:
            starts += self._after(frame, _PROPOSING_FOR[base])
        if base in _TABLING and any(self.parse.lower[t] in ("proposal", "idea", "suggestion") for t in frame.objects):
            starts += self._objects(frame)
        return starts

    def _calls_on(self, frame: Frame) -> bool:
        """As in "called on A to", "appealed to B to", "asked that"."""
        after = self.parse.lower[frame.verb + 1 : frame.verb + 2]
        return after in (["on"], ["upon"], ["that"], ["to"])

    def _asked(self, frame: Frame) -> bool:
        """As in "asked whether he would", "called the outcome modest", "asked to see": nothing is proposed."""
        after = self.parse.lower[frame.verb + 1 : frame.verb + 3]
        if frame.base == "call" and after[:1] not in (["on"], ["upon"]):
            return True
        if frame.base != "appeal" and after[:1] == ["to"]:
            return True
        return frame.passive or not {"whether", "if", "why", "what"}.isdisjoint(after)

    def _pledged_at(self, frame: Frame) -> list[tuple[int, int]]:
        words = {self.parse.lower[t] for t in frame.objects}
        if frame.passive and frame.base in ("undertake", "offer"):
            return []
        if frame.base in ("reaffirm", "reiterate") and not words & _COMMITTING:
            return []
        if frame.base in _PAYING:
            return self._objects(frame) if words & _SUMS else []
        if frame.base == "commit":
            return self._after(frame, ("to",)) + self._clauses(frame)
        return self._objects(frame) + self._clauses(frame)

    def _clauses(self, frame: Frame) -> list[tuple[int, int]]:
        """As in "agreed to lift the ceiling and reopen the border": the objects of the clauses."""
        parse = self.parse
        found: list[tuple[int, int]] = []
        queue = list(frame.clauses)
        while queue and len(found) < 6:
            verb = queue.pop(0)
            if parse.lower[verb] in _AGAINST:
                continue
            objects = [c for c in parse.children[verb] if parse.deps[c] in ("dobj", "nsubjpass")]
            found += [
                (self._start(c, 0 if c < verb else verb + 1), self._verb_group(verb) if c < verb else self._end(c))
                for c in objects[:1]
            ]
            if not objects:
                found += [
                    (c + 1, self._end(c))
                    for c in parse.children[verb]
                    if parse.deps[c] == "prep"
                    and parse.lower[c] in ("in", "on", "for", "against", "towards")
                    and c > verb
                ][:1]
            queue += [c for c in parse.children[verb] if parse.deps[c] in ("conj", "xcomp") and self._goes_on(verb, c)]
        return found

    def _goes_on(self, verb: int, other: int) -> bool:
        """Whether a coordinated verb is part of the clause: not "proposed to host a camp and promised scholarships"."""
        tags = self.parse.tags
        return tags[other][:1] == "V" and (tags[other] != "VBD" or tags[verb] == "VBD")

    def _said_by(self, frame: Frame, predicate: str, starts: list[tuple[int, int]], by: list[int]) -> None:
        if not starts:
            return
        for actor in self.actors.all(by):
            if actor.type in ("Leader", "Country", "Organization"):
                self._say(actor, predicate, starts, frame.verb, "actual", rule=f"matter: {self._way(frame.base)}")

    def _way(self, base: str) -> str:
        """The rule's name: one for all verbs that take their matter alike."""
        if base in _PLEDGING or base in _PAYING:
            return "offer" if base in ("offer", *_PAYING) else "pledge"
        if base in _PROPOSING:
            return "propose"
        return "urge" if base in _URGING else "stress" if base in _STRESSING else "call for"

    # ---------------------------------------------------------------- nouns

    def of_talks(self) -> None:
        """As in "held talks on A and B", "exchanged views about C": what the noun's preposition holds."""
        parse = self.parse
        for noun in parse.where(_TALKS):
            if parse.tags[noun][:1] != "N":
                continue
            span = self.reading.owner[noun]
            if span is None and parse.lower[noun] in _GATHERINGS:
                continue
            meeting = span.draft if span is not None and span.draft.type == "Meeting" else focus_at(self.reading, noun)
            start = self._about(noun if span is None else max(noun, span.past - 1), noun)
            if meeting is not None and start is not None and not self._undone(noun):
                self._say(meeting, "discussed", [(start, self._end(noun))], noun, "actual", rule="matter: talks")

    def _about(self, last: int, noun: int) -> int | None:
        """Past the preposition that says what talks are about; the verb's own where the parser hung it there."""
        parse = self.parse
        if last + 2 < len(parse) and parse.lower[last + 1] in _ABOUT:
            return last + 2
        if parse.lower[noun] in _GATHERINGS:
            return None
        holders = [noun, *([parse.heads[noun]] if parse.deps[noun] in ("dobj", "nsubjpass") else [])]
        for holder in holders:
            for child in parse.children[holder]:
                about = parse.lower[child] in _ABOUT and parse.deps[child] == "prep" and 0 < child - last < 25
                if about and parse.lower[child + 1 : child + 2] and parse.lower[child + 1] not in CALENDAR:
                    return child + 1
        return None

    def _undone(self, token: int) -> bool:
        """Whether the verb above is negated or speaks of what did not come about."""
        parse = self.parse
        for _ in range(6):
            if parse.tags[token][:1] == "V":
                return any(parse.deps[c] == "neg" for c in parse.children[token]) or parse.lower[token] in (
                    "cancelled",
                    "postponed",
                    "refused",
                    "declined",
                )
            token = parse.heads[token]
        return False

    def of_agenda(self) -> None:
        """As in "on the agenda are A and B", "the topics included C", "issues such as D"."""
        parse = self.parse
        for noun in parse.where(_ITEMS):
            meeting = focus_at(self.reading, noun)
            if meeting is None or parse.tags[noun][:1] != "N" or self._undone(noun):
                continue
            starts = [(start, self._end(noun)) for start in self._listed(noun)]
            starts += self._standing_on(noun)
            self._say(meeting, "discussed", starts, noun, "actual", rule="matter: agenda")

    def _listed(self, noun: int) -> Iterator[int]:
        parse = self.parse
        for i in range(noun + 1, min(noun + 8, self._end(noun))):
            word = parse.lower[i]
            if word in ("include", "includes", "included", "including", "covered", "covers", "lists", "namely"):
                yield i + 1
                return
            if (
                word in ("were", "are", "was", "is")
                and parse.tags[i + 1 : i + 2] not in (["VBN"], ["RB"], ["VBG"])
                and _opens(parse.lower, noun)
            ):
                yield i + 1
                return
            if word == "such" and parse.lower[i + 1 : i + 2] == ["as"]:
                yield i + 2
                return
            if word == ":" and i == noun + 1:
                yield i + 1
                return
            if parse.words[i] in (".", ";", ",") and parse.lower[i + 1 : i + 2] != ["including"]:
                return

    def _standing_on(self, noun: int) -> list[tuple[int, int]]:
        """As in "fishing was high on the agenda": what stands before the verb."""
        parse = self.parse
        if (
            parse.lower[noun] not in ("agenda", "table", "programme", "program", "list")
            or "on" not in parse.lower[noun - 3 : noun]
        ):
            return []
        verb = noun
        for _ in range(4):
            verb = parse.heads[verb]
            if parse.tags[verb][:1] == "V":
                break
        if parse.lower[verb] not in ("is", "are", "was", "were", "be", "stood", "stand", "stands", "put"):
            return []
        subjects = [c for c in parse.children[verb] if parse.deps[c] in ("nsubj", "nsubjpass") and c < verb]
        return [(self._start(subjects[0], 0), self._verb_group(verb))] if subjects else []

    def _say(
        self, subject: Draft, predicate: str, starts: list[tuple[int, int]], token: int, modality: str, *, rule: str
    ) -> None:
        for first, past in starts:
            for draft in topics_of(self.reading, self.lists.read(first, past), self.gazetteer):
                self.reading.say(subject, predicate, draft, token, modality=modality, rule=rule, confidence=0.6)


def _opens(lower: list[str], noun: int) -> bool:
    """Whether "among the topics", "on the agenda" come before the verb, or the noun itself is its subject."""
    return not {"among", "on", "main", "topics", "issues"}.isdisjoint(lower[max(0, noun - 4) : noun + 1])


def find_matters(reading: Reading, frames: list[Frame], actors: Actors, gazetteer: Gazetteer) -> None:
    """`discussed`, `proposed` and `pledged` of topics."""
    matters = Matters(reading, actors, gazetteer)
    for frame in frames:
        if frame.base in VERBS:
            matters.of_frame(frame)
    matters.of_talks()
    matters.of_agenda()
