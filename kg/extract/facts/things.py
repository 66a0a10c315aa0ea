"""Which project or framework a noun stands for, and who does what a verb says where the parser lost it."""

from __future__ import annotations

from kg.extract.entities.actors import Actors
from kg.extract.frames import Frame
from kg.extract.modality import UNREAL, modality_of
from kg.extract.reading import Draft, Reading, Span
from kg.extract.wordlists import word_list

_NOUNS = {"Project": word_list("things", "projects"), "Framework": word_list("things", "papers")}
_POINTING = frozenset(("the", "this", "that", "its", "their", "both", "these", "said"))
_PRONOUNS = frozenset(("it", "which", "that", "they", "them", "itself", "latter", "former"))
_REACH = 3  # sentences that "it" looks back
STATES = ("Country", "Organization")


class Things:
    """Finds what the ends of verbs and nouns stand for in one document. Built when all mentions are known."""

    def __init__(self, reading: Reading, actors: Actors) -> None:
        self.reading = reading
        self.parse = reading.parse
        self.actors = actors
        self.ending: dict[int, list[Span]] = {}
        self.by_type: dict[str, list[Span]] = {}
        for span in sorted(reading.spans, key=lambda s: (s.first, s.past)):
            if span.kind not in ("pronoun", "verb"):
                self.ending.setdefault(span.past, []).append(span)
                self.by_type.setdefault(span.draft.type, []).append(span)

    def at(self, token: int, *types: str) -> Draft | None:
        """The thing of one of the types that the noun at `token` stands for."""
        for i in (token, *self._appositions(token)):
            span = self.reading.owner[i]
            if span is not None and span.draft.type in types and not self._only_modifies(span, i):
                return span.draft
        nested = [s for s in self.around(token) if s.draft.type in types]
        if nested:
            return nested[-1].draft
        for type in types:
            if self._points_back(token, type):
                return self.before(token, type)
        return None

    def _only_modifies(self, span: Span, token: int) -> bool:
        """As in "the Cable Project office": the noun is another thing than the name before it."""
        return span.past <= token or (span.head != token and not span.first <= token < span.past)

    def around(self, token: int) -> list[Span]:
        """All spans, nested ones too, that hold the token, longest first."""
        owner = self.reading.owner[token]
        if owner is None:
            return []
        inside = self.reading.all_in(owner.first, owner.past)
        return sorted((s for s in inside if s.first <= token < s.past), key=lambda s: s.first - s.past)

    def _appositions(self, token: int) -> list[int]:
        parse = self.parse
        found = [c for c in parse.children[token] if parse.deps[c] == "appos"]
        if parse.deps[token] in ("appos", "attr"):
            head = parse.heads[token]
            found += [head] if parse.deps[token] == "appos" else self._subjects(head)
        return found

    def _subjects(self, verb: int) -> list[int]:
        return [c for c in self.parse.children[verb] if self.parse.deps[c] in ("nsubj", "nsubjpass")]

    def _points_back(self, token: int, type: str) -> bool:
        parse = self.parse
        word = parse.lower[token]
        if word in _PRONOUNS:
            return parse.tags[token] in ("PRP", "WDT", "DT", "JJ")
        if word not in _NOUNS.get(type, ()):
            return False
        return any(parse.lower[c] in _POINTING for c in parse.children[token] if c < token)

    def points_to_paper(self, token: int) -> bool:
        """As in "the accord", which names no paper itself."""
        named = self.reading.owner[token]
        return named is None and self.parse.lower[token] not in _PRONOUNS and self._points_back(token, "Framework")

    def before(self, token: int, *types: str) -> Draft | None:
        """The thing named last before the token, not further than some sentences back."""
        found = [s for t in types for s in self.by_type.get(t, ()) if s.past <= token]
        if not found:
            return None
        last = max(found, key=lambda s: (s.first, s.past))
        near = self.parse.sentence_of[token] - self.parse.sentence_of[last.first] <= _REACH
        return last.draft if near or len({id(s.draft) for s in found}) == 1 else None

    def relative(self, verb: int, *types: str) -> Draft | None:
        """As in "the plan for the X Project, which Y finances": the last name right before the relative pronoun."""
        parse = self.parse
        if parse.deps[verb] == "acl":
            return None
        top = verb
        for _ in range(4):
            if parse.deps[top] == "relcl" or parse.heads[top] == top:
                break
            top = parse.heads[top]
        if parse.deps[top] != "relcl" or not parse.tags[top].startswith(("V", "N", "J", "M")):
            return None
        floor = parse.sentences[parse.sentence_of[verb]][0]
        i = verb - 1
        while i > floor and parse.tags[i] not in ("WDT", "WP", "WP$"):
            i -= 1
        if i <= floor or verb - i > 12 and parse.heads[i] not in (verb, top):
            return None
        return self.ending_before(i, *types) or self._antecedent(top, i, *types)

    def _antecedent(self, verb: int, pronoun: int, *types: str) -> Draft | None:
        """As in "a pact between Mali and Togo for the port they share, which was signed": what the parser says."""
        head = self.parse.heads[verb]
        span = self.reading.owner[head]
        comma = self.parse.words[pronoun - 1] == ","
        return span.draft if comma and span is not None and span.draft.type in types and span.head == head else None

    def participle_of(self, verb: int, *types: str) -> Draft | None:
        """As in "the scheme, funded by Japan and carried out by UNDP": the name before the first of the participles."""
        parse = self.parse
        for _ in range(3):
            if parse.deps[verb] == "conj" and parse.tags[parse.heads[verb]] in ("VBN", "VBG"):
                verb = parse.heads[verb]
        if parse.deps[verb] not in ("acl", "advcl") or parse.tags[verb] != "VBN":
            return None
        return self.ending_before(verb, *types)

    def ending_before(self, i: int, *types: str) -> Draft | None:
        """What the name is that ends right before token i, a comma, a bracket or a preposition between them allowed."""
        parse = self.parse
        while i > 0 and (parse.words[i - 1] in (",", ")", "(", "—", "–", '"') or parse.tags[i - 1] in ("IN", "TO")):
            i -= 1
        spans = [s for s in self.ending.get(i, ()) if s.draft.type in types]
        if spans:
            return max(spans, key=lambda s: s.first).draft
        if i > 0 and parse.lower[i - 1] in _NOUNS["Project"] | _NOUNS["Framework"]:
            return self._apposed_noun(i - 1, *types) or self._pointed_noun(i - 1, *types)
        return None

    def _pointed_noun(self, noun: int, *types: str) -> Draft | None:
        """As in "the programme, for which Korea has earmarked 8 million"."""
        return next((self.before(noun, t) for t in types if self._points_back(noun, t)), None)

    def _apposed_noun(self, noun: int, *types: str) -> Draft | None:
        """As in "the X Line, a project for which": the name before the comma of the noun's phrase."""
        parse = self.parse
        first = noun
        while first > 0 and noun - first < 6 and parse.tags[first - 1] in ("DT", "JJ", "NN", "HYPH", "NNP", "PRP$"):
            first -= 1
        if first < 2 or parse.words[first - 1] not in (",", "—", "–"):
            return None
        spans = [s for s in self.ending.get(first - 1, ()) if s.draft.type in types]
        return max(spans, key=lambda s: s.first).draft if spans else None

    def objects(self, frame: Frame, *types: str) -> list[Draft]:
        """What a verb is said of: its objects, or what its relative pronoun stands for."""
        relative = self.relative(frame.verb, *types)
        if relative is not None and not self._own_object(frame):
            return [relative]
        participle = self.participle_of(frame.verb, *types) if frame.passive or not frame.objects else None
        if participle is not None:
            return [participle]
        tokens = frame.objects or self._passive_subject(frame) or self._shared_objects(frame)
        if not tokens and frame.passive and self.parse.deps[frame.verb] == "relcl":
            ending = self.ending_before(self._phrase_start(frame.verb), *types)
            return [ending] if ending is not None else []
        found = [d for t in tokens if (d := self.at(t, *types)) is not None]
        return list(dict.fromkeys(found))

    def _phrase_start(self, verb: int) -> int:
        """The first token of "to be carried out"."""
        while verb > 0 and self.parse.lower[verb - 1] in ("to", "be", "being", "now", "still", "jointly"):
            verb -= 1
        return verb

    def _passive_subject(self, frame: Frame) -> list[int]:
        """As in "is to be carried out by", "is funded by A and managed by B": the subject of the verb above."""
        parse = self.parse
        verb = frame.verb
        for _ in range(3):
            if not frame.passive or parse.deps[verb] not in ("conj", "xcomp"):
                return []
            verb = parse.heads[verb]
            found = self._subjects(verb)
            if found:
                return found
        return []

    def _shared_objects(self, frame: Frame) -> list[int]:
        """As in "will build and run the plant": what both verbs have, the parser gives to one."""
        parse = self.parse
        verbs = [c for c in parse.children[frame.verb] if parse.deps[c] == "conj" and parse.tags[c][:1] == "V"]
        close = [c for c in verbs if c - frame.verb <= 3]
        return [g for c in close for g in parse.children[c] if parse.deps[g] == "dobj"]

    def _own_object(self, frame: Frame) -> bool:
        """Whether the verb has an object after it, so that the relative pronoun is its subject."""
        return any(t > frame.verb for t in frame.objects)

    def holds(self, frame: Frame) -> str | None:
        """The modality of what a verb says; None where it is asked, wished, refused or would have been."""
        parse = self.parse
        first, past = parse.sentences[parse.sentence_of[frame.verb]]
        modality = modality_of(parse, frame)
        if modality in UNREAL or frame.negated or "?" in parse.words[past - 2 : past]:
            return None
        if _IRREAL.issubset(frame.auxiliaries) or self._inverted(frame, first):
            return None
        above = parse.heads[frame.verb] if parse.deps[frame.verb] in ("xcomp", "pcomp", "ccomp") else frame.verb
        if parse.lower[above] in _UNDONE or not _NEITHER.isdisjoint(parse.lower[frame.verb - 2 : frame.verb + 3]):
            return None
        return modality

    def _inverted(self, frame: Frame, first: int) -> bool:
        """As in "Would Azerbaijan pay for it", "Had Kyrgyzstan signed": the auxiliary opens the sentence."""
        opening = self.parse.lower[first]
        return opening in _OPENING and self.parse.deps[first] == "aux" and self.parse.heads[first] == frame.verb

    def doers(self, frame: Frame) -> list[Draft]:
        """Who does what the verb says: its subjects, or whom the parser lost or left to another clause."""
        controller = self._told(frame)
        if controller:
            return self.actors.all(controller)
        if frame.passive and self.parse.deps[frame.verb] == "acl" and any(t > frame.verb for t in frame.objects):
            return self.actors.at(self.parse.heads[frame.verb])  # "Taiwan, an observer, signed with the Bank a pact"
        found = [self._body_of_board(d) for d in self.actors.all(frame.subjects)]
        for token in frame.subjects:
            meant = map(self._body_of_board, self._meant(token, frame.verb))
            found += [d for d in meant if d not in found]
        if not found and not frame.passive and self.parse.tags[frame.verb] in ("VBD", "VBZ", "VBP", "VBN", "VBG"):
            found = self._right_before(frame)
        return found

    def state_doers(self, frame: Frame) -> list[Draft]:
        """The countries and bodies among the doers."""
        return [d for d in self.doers(frame) if d.type in STATES]

    def _told(self, frame: Frame) -> list[int]:
        """As in "instructed the Authority to carry it out": the object of the verb above does it."""
        parse = self.parse
        head = parse.heads[frame.verb]
        if parse.deps[frame.verb] == "xcomp" and parse.lower[head] in _TELLING and "to" in frame.auxiliaries:
            return [c for c in parse.children[head] if parse.deps[c] in ("dobj", "nsubjpass")]
        return []

    def _meant(self, token: int, verb: int) -> list[Draft]:
        """As in "the secretariat of the NBI", "the three", "Canada …, which it funds", "the company Ltd"."""
        parse = self.parse
        word = parse.lower[token]
        if word in _COUNTING:
            return self.actors.collective(token)
        if word in _OFFICES:
            of = [c for c in parse.children[token] if parse.lower[c] == "of"]
            targets = [g for c in of for g in parse.children[c]]
            found = [s.draft for g in targets if (s := self.reading.owner[g]) and s.draft.type == "Organization"]
            return found or self._owner_before(token)
        after = self.reading.owner[token + 1] if token + 1 < len(parse) else None
        if after is not None and after.draft.type == "Organization" and word in _KINDS_OF_BODY:
            return [after.draft]
        if word == "it" and parse.deps[verb] == "relcl":
            return self._main_subject(verb)
        if word in ("ltd", "inc", "plc", "limited", "sa", "gmbh", "kft"):
            return [s.draft for s in self.ending.get(token, ()) if s.draft.type == "Organization"][:1]
        return []

    def _body_of_board(self, draft: Draft) -> Draft:
        """As in "the Board of Directors of the AIIB", "the AIIB Board": the bank itself."""
        if draft.type == "Organization" and draft.name.endswith(" Board"):
            bank = draft.name.removesuffix(" Board")
            return next((d for d in self.reading.of_type("Organization") if bank in d.names or bank == d.name), draft)
        if draft.type != "Organization" or not draft.name.lower().startswith(("board of", "executive board")):
            return draft
        for span in self.by_type.get("Organization", ()):
            if span.draft is draft:
                if self.parse.lower[span.past : span.past + 1] == ["of"]:
                    return next(iter(self.listed_after(span.past)), draft)
                owners = self.ending.get(span.first - 1, []) if self._possessive(span.first - 1) else []
                return owners[-1].draft if owners else draft
        return draft

    def _owner_before(self, token: int) -> list[Draft]:
        span = self.reading.owner[token - 1] if token else None
        return [span.draft] if span is not None and span.draft.type == "Organization" else []

    def _main_subject(self, verb: int) -> list[Draft]:
        """The country or body that is the subject of a clause above."""
        parse = self.parse
        for _ in range(8):
            if parse.heads[verb] == verb:
                break
            verb = parse.heads[verb]
            found = self.states([c for c in parse.children[verb] if parse.deps[c] == "nsubj"])
            if found:
                return found
        return []

    def _right_before(self, frame: Frame) -> list[Draft]:
        """As in "on Thursday, Chile and New Zealand concluded": the names that end right before a finite verb."""
        parse = self.parse
        if frame.subjects or parse.tags[frame.verb] in ("VBN", "VBG") and not frame.auxiliaries:
            return []
        i = frame.verb
        while i > 0 and (
            parse.tags[i - 1] in ("RB", "MD", "VBP", "VBZ", "VBD") and parse.deps[i - 1] in ("aux", "advmod")
        ):
            i -= 1
        if parse.sentence_of[i - 1] != parse.sentence_of[frame.verb]:
            return []
        spans = [s for s in self.ending.get(i, ()) if s.draft.type in (*STATES, "Leader") and s.kind == "name"]
        return self.actors.at(spans[0].head) if spans else []

    def states(self, tokens: list[int]) -> list[Draft]:
        """The countries and organizations behind several heads; a named official stands for himself, not for them."""
        return [d for d in self.actors.all(tokens) if d.type in STATES]

    def listed_after(self, i: int, *, reach: int = 5) -> list[Draft]:
        """The countries and organizations listed right after token i; "by Japan and by the World Bank" too."""
        parse = self.parse
        past = parse.sentences[parse.sentence_of[i]][1]
        after = self.reading.spans_in(i + 1, min(past, i + 1 + reach), *STATES)
        if not after or not self._only_filler(i + 1, after[0].first):
            return []
        group = [after[0]]
        if self._possessive(after[0].past):
            group = []
            after = list(self.reading.spans_in(after[0].past, min(past, after[0].past + 5), *STATES))
            if not after:
                return []
            group = after[:1]
        for span in self.reading.spans_in(after[0].past, past, *STATES):
            if self._possessive(span.past):
                continue
            between = parse.lower[group[-1].past : span.first]
            if not set(between) <= _BETWEEN or not between or len(between) > 6:
                break
            group.append(span)
        return list(dict.fromkeys(s.draft for s in group if s.kind != "adjective" or self._stands_for_state(s)))

    def _possessive(self, i: int) -> bool:
        return self.parse.words[i : i + 1] in (["'s"], ["’s"])

    def _only_filler(self, first: int, past: int) -> bool:
        parse = self.parse
        return all(parse.lower[i] in _FILLER or parse.tags[i] in ("JJ", "CD") for i in range(first, past))

    def _stands_for_state(self, span: Span) -> bool:
        """As in "the Indian government"."""
        return self.parse.lower[span.past : span.past + 1] in (["government"], ["authorities"], ["side"], ["treasury"])


_IRREAL = frozenset(("would", "have"))
_NEITHER = frozenset(("neither", "nor"))
_OPENING = frozenset(("would", "should", "had", "will", "did", "does", "could", "can", "may"))
_UNDONE = frozenset(
    "considered consider considers stopped stops against declined decline refused decided without instead".split()
)
_TELLING = frozenset(
    "instructed instructs instruct asked tasked commissioned charged entrusted mandated directed told".split()
)
_COUNTING = frozenset("two three four five six trio pair duo quartet".split())
_KINDS_OF_BODY = frozenset(
    "utility company firm contractor ngo agency charity university foundation developer operator group".split()
)
_OFFICES = frozenset("secretariat office department board directors services service bureau directorate".split())
_FILLER = word_list("things", "filler")
_BETWEEN = word_list("things", "between")
