"""`signed` by verbs of signing: "X signed Y", with whom, "was concluded between A and B", "signed it"."""

from __future__ import annotations

from kg.extract.facts.parties import NO_PAPER, Signing, find_parties
from kg.extract.facts.signatures import find_names_put, find_signatories, find_signing_nouns, signings_of_nouns
from kg.extract.facts.signing import NUMBERS, SEVERAL, actors_after, is_clear, say_signed
from kg.extract.facts.things import STATES, Things
from kg.extract.frames import Frame
from kg.extract.reading import Draft
from kg.extract.wordlists import word_list

_SIGNING = frozenset(("sign", "conclude", "ink", "initial", "exchange", "seal", "renew"))
_AGREED = frozenset(("agree", "reach", "strike", "negotiate", "finalise", "finalize"))


def find_signers(things: Things, frames: list[Frame]) -> None:
    """All rules of this file, in order, then those of `parties.py`."""
    signings: list[Signing] = []
    for frame in frames:
        modality = things.holds(frame)
        if modality is None:
            continue
        if frame.base in _SIGNING:
            _signs(things, frame, modality)
            signings.append(_signing(things, frame, modality))
        if frame.base in _SIGNING or frame.base in _AGREED:
            _between(things, frame, modality)
        if frame.base == "agree":
            _agrees_on(things, frame, modality)
        if frame.base in ("put", "set", "affix", "append", "lend"):
            find_names_put(things, frame, modality)
    find_signing_nouns(things)
    find_signatories(things)
    find_parties(things, [*signings, *signings_of_nouns(things)])


def _signing(things: Things, frame: Frame, modality: str) -> Signing:
    """What the verb says, with the noun that only counts the papers: "signed four documents"."""
    papers = papers_of(things, frame)
    signers = things.doers(frame) or _counted(things, frame)
    several = next((t for t in frame.objects if things.parse.lower[t] in SEVERAL), None)
    return Signing(frame.verb, tuple(signers), tuple(papers), modality, several)


def papers_of(things: Things, frame: Frame) -> list[Draft]:
    """What a verb of signing is said of: papers, several of them after a colon, "it"."""
    found = _meant(things, frame) or things.objects(frame, "Framework") or _before_which(things, frame)
    tokens = [t for t in frame.objects if things.parse.lower[t] in SEVERAL]
    if tokens and not frame.passive:
        found += [d for d in _listed(things, max(tokens)) if d not in found]
    found = [d for d in found if d.attributes.get("kind") not in NO_PAPER]
    return list(dict.fromkeys([*found, *_further(things, frame)])) if found and not frame.passive else found


def _meant(things: Things, frame: Frame) -> list[Draft]:
    """As in "the accord was signed by X": the paper signed last, though others were mentioned since."""
    parse = things.parse
    nouns = [t for t in frame.objects if things.points_to_paper(t)]
    if not nouns or parse.tags[nouns[0]] == "NNS":
        return []
    floor = parse.sentences[max(0, parse.sentence_of[nouns[0]] - 3)][0]
    signed = {id(f.object) for f in things.reading.facts if f.predicate == "signed" and f.token < frame.verb}
    near = [s for s in things.reading.spans_in(floor, nouns[0], "Framework") if id(s.draft) in signed]
    return [near[-1].draft] if near else []


def _before_which(things: Things, frame: Frame) -> list[Draft]:
    """As in "the agreement for the project to rebuild the quays, which was signed": the paper of the sentence."""
    parse = things.parse
    if not frame.passive or frame.base != "sign" or parse.deps[frame.verb] != "relcl":
        return []
    first = parse.sentences[parse.sentence_of[frame.verb]][0]
    papers = things.reading.spans_in(first, frame.verb, "Framework")
    return [s.draft for s in papers if s.draft.attributes.get("kind") not in NO_PAPER][-1:]


def _further(things: Things, frame: Frame) -> list[Draft]:
    """As in "signed an Agreement on A, a Programme on B and a Protocol on C": the papers after the first."""
    parse = things.parse
    past = parse.sentences[parse.sentence_of[frame.verb]][1]
    found: list[Draft] = []
    end = None
    for span in things.reading.spans_in(frame.verb, past, "Framework"):
        if end is not None:
            between = parse.lower[end : span.first]
            if not set(between) <= _LISTING or not between:
                break
            found.append(span.draft)
        elif not any(span.first <= t < span.past for t in frame.objects):
            break
        end = span.past
    return [d for d in found if d.attributes.get("kind") not in NO_PAPER]


_LISTING = frozenset((",", "and", "a", "an", "the", "as", "well", "one", "two", ";"))


def _listed(things: Things, noun: int) -> list[Draft]:
    """As in "signed three texts: A; B; and C", "four agreements, among them A and B"."""
    parse = things.parse
    past = parse.sentences[parse.sentence_of[noun]][1]
    owner = things.reading.owner[noun]
    start = owner.past if owner is not None else noun + 1
    cue = next((i for i in range(start, min(past, start + 14)) if parse.lower[i] in _CUES), None)
    if cue is None:
        return []
    return [
        s.draft
        for s in things.reading.spans_in(cue, past, "Framework")
        if s.draft.attributes.get("kind") not in NO_PAPER
    ]


_CUES = frozenset((":", "including", "among", "namely", "includes", "included", "notably"))


def _signs(things: Things, frame: Frame, modality: str) -> None:
    """As in "Taiwan signed with SICA an agreement", "the ministers signed it", "for the bank it was X who signed"."""
    papers = papers_of(things, frame)
    known = things.actors.all(frame.subjects)
    signers = _counted(things, frame) or things.doers(frame)
    rule = f"verb: {frame.base}" if known == signers else "signs"
    rule = "signs, counted" if known != signers and not known and _counted(things, frame) else rule
    if not papers and not frame.passive and not _other_object(things, frame):
        last = things.before(frame.verb, "Framework")
        papers = [last] if last is not None else []
        rule = "signed it"
        signers = [s for s in signers if s.type == "Leader"]
    if not papers:
        return
    say_signed(things, signers, papers, frame.verb, rule, modality)
    if signers:
        say_signed(things, _counterparts(things, frame), papers, frame.verb, "signs with", modality)
        _for_state(things, frame, papers, modality)
        say_signed(things, _gapped(things, frame), papers, frame.verb, "signs for, gapped", modality)
        if _for_governments(things, frame):
            states = [
                f.object
                for s in signers
                for f in things.reading.facts
                if f.subject is s and f.predicate == "represents"
            ]
            countries = [d for d in states if isinstance(d, Draft) and d.type == "Country"]
            say_signed(things, countries, papers, frame.verb, "for their governments", modality)


def _counted(things: Things, frame: Frame) -> list[Draft]:
    """As in "was initialled by the two", "the ministers signed": just so many people named in the sentences before."""
    parse = things.parse
    token, wanted = next(((t, n) for t in frame.subjects if (n := _number(things, t))), (0, 0))
    if not wanted or things.actors.at(token):
        return []
    sentence = parse.sentence_of[token]
    for back in (0, 1, 2):
        first = parse.sentences[max(0, sentence - back)][0]
        people = list(dict.fromkeys(s.draft for s in things.reading.spans_in(first, token, "Leader")))
        if len(people) == wanted:
            return people
    return []


def _number(things: Things, token: int) -> int:
    """How many "the two", "they", "the two secretaries", "the heads of the two states" are; 0 for another noun."""
    parse = things.parse
    if parse.lower[token] in NUMBERS:
        return NUMBERS[parse.lower[token]]
    if parse.tags[token] != "NNS" or things.reading.owner[token] is not None:
        return 0
    nouns = [token, *(g for c in parse.children[token] if parse.lower[c] == "of" for g in parse.children[c])]
    return next((NUMBERS[parse.lower[c]] for n in nouns for c in parse.children[n] if parse.lower[c] in NUMBERS), 0)


def _other_object(things: Things, frame: Frame) -> bool:
    """As in "signed autographs": something else than "it" or nothing at all."""
    parse = things.parse
    return frame.base != "sign" or any(
        parse.lower[t] not in ("it", "them", "which") and t > frame.verb for t in frame.objects
    )


def _counterparts(things: Things, frame: Frame) -> list[Draft]:
    """Whom "with" after the verb or after the paper names."""
    parse = things.parse
    past = parse.sentences[parse.sentence_of[frame.verb]][1]
    if "to" in frame.auxiliaries and (met := _met_with(things, frame.verb)):
        return met
    if frame.with_preposition("with"):
        i = next((j for j in range(frame.verb, past) if parse.lower[j] == "with"), None)
        return actors_after(things, i) if i is not None and not _looking_on(things, i, past) else []
    for token in frame.objects:
        span = things.reading.owner[token]
        if span is not None and span.draft.type == "Framework" and parse.lower[span.past : span.past + 1] == ["with"]:
            return actors_after(things, span.past)
    return []


def _looking_on(things: Things, i: int, past: int) -> bool:
    """As in "signed the pact, with President X in attendance": who watched did not sign."""
    words = things.parse.lower[i + 1 : min(past, i + 12)]
    return not _WATCHING.isdisjoint(words)


_WATCHING = frozenset("attendance present looking watching witnessing attending presiding standing".split())


def _met_with(things: Things, verb: int) -> list[Draft]:
    """As in "X met with his counterpart, Y, | to sign an agreement": both sign."""
    parse = things.parse
    above = parse.heads[verb]
    if parse.deps[verb] not in ("advcl", "xcomp") or parse.lower[above] not in ("met", "meet", "meets"):
        return []
    with_ = [c for c in parse.children[above] if parse.lower[c] == "with" and above < c < verb]
    objects = [c for c in parse.children[above] if parse.deps[c] == "dobj" and c < verb]
    return actors_after(things, with_[0]) if with_ else things.actors.all(objects)


def _for_state(things: Things, frame: Frame, papers: list[Draft], modality: str) -> None:
    """As in "she signed, for Canada, three texts"."""
    parse = things.parse
    tokens = frame.with_preposition("for")
    # "signed the Timor Sea Treaty for Timor-Leste": the parser hangs the phrase on the paper.
    papers_at = [s for t in frame.objects if t > frame.verb and (s := things.reading.owner[t]) is not None]
    tokens += [s.past + 1 for s in papers_at if parse.lower[s.past : s.past + 1] == ["for"] and s.past + 1 < len(parse)]
    for token in tokens:
        span = things.reading.owner[token]
        if span is None or span.draft.type not in STATES or span.kind != "name":
            continue
        if parse.lower[span.first - 1] in ("for", "the"):
            say_signed(things, [span.draft], papers, frame.verb, "signs for", modality)


def _gapped(things: Things, frame: Frame) -> list[Draft]:
    """As in "X signed for Kenya | and Y for Somalia", "X signed it for A, Y for B and Z for C": the verb left out."""
    parse, found = things.parse, []
    past = parse.sentences[parse.sentence_of[frame.verb]][1]
    first_for = next((i for i in range(frame.verb + 1, past) if parse.lower[i] == "for"), past)
    for span in things.reading.spans_in(first_for, past, "Leader"):
        state = things.reading.owner[span.past + 1] if parse.lower[span.past : span.past + 2][:1] == ["for"] else None
        if state is None and parse.lower[span.past : span.past + 2] == ["for", "the"] and span.past + 2 < past:
            state = things.reading.owner[span.past + 2]
            if state is None:
                found.append(span.draft)  # "Janice Bong for the buyer"
        if state is not None and state.draft.type in STATES:
            found += [span.draft, state.draft] if state.kind == "name" else [span.draft]
    return found


def _for_governments(things: Things, frame: Frame) -> bool:
    """As in "signed on behalf of their respective governments"."""
    parse = things.parse
    past = parse.sentences[parse.sentence_of[frame.verb]][1]
    words = parse.lower[frame.verb : past]
    return "behalf" in words and bool({"governments", "countries", "states"} & set(words[words.index("behalf") :]))


def _between(things: Things, frame: Frame, modality: str) -> None:
    """As in "an agreement was concluded between A and B", "signed by A and B" where the parser lost the agent."""
    parse = things.parse
    if parse.tags[frame.verb] not in ("VBN", "VBD"):
        return
    papers = things.objects(frame, "Framework")
    if not papers and parse.deps[frame.verb] == "acl":
        found = things.ending_before(frame.verb, "Framework")
        papers = [found] if found is not None else []
    papers = [p for p in papers if p.attributes.get("kind") not in NO_PAPER]
    past = parse.sentences[parse.sentence_of[frame.verb]][1]
    if not papers:
        return
    for i in range(frame.verb + 1, min(past, frame.verb + 16)):
        if parse.lower[i] in ("between", "by") and is_clear(things, frame.verb + 1, i):
            if parse.lower[i] == "between" and not _of_verb(things, frame, i):
                return
            if _of_another_verb(things, frame, i):
                return
            rule = f"signed {parse.lower[i]}"
            if parse.lower[i] == "by" and (frame.base in _AGREED or _by_another_noun(things, frame, i)):
                return
            say_signed(things, actors_after(things, i), papers, frame.verb, rule, modality)
            return


def _of_another_verb(things: Things, frame: Frame, by: int) -> bool:
    """As in "was signed in Praia and witnessed by X", "signed at a summit hosted by Y"."""
    parse = things.parse
    return any(parse.tags[i] == "VBN" and parse.lower[i] not in ("been", "agreed") for i in range(frame.verb + 1, by))


def _by_another_noun(things: Things, frame: Frame, by: int) -> bool:
    """As in "Kenya and Uganda signed it during a visit by X", "was signed after a speech by Y": not the signer."""
    parse = things.parse
    if frame.subjects and not frame.passive and any(t > frame.verb for t in frame.objects):
        return True
    noun = by - 1
    if parse.heads[by] != noun or not parse.tags[noun].startswith("N") or things.reading.type_at(noun) == "Framework":
        return False
    return not _WHILE.isdisjoint(parse.lower[max(frame.verb, noun - 4) : noun])


_WHILE = frozenset("during after before following amid on at with".split())


def _agrees_on(things: Things, frame: Frame, modality: str) -> None:
    """As in "the bank and the company have agreed on a loan of 110 million euros"."""
    doers = things.doers(frame)
    papers = [d for t in frame.with_preposition("on", "to") if (d := things.at(t, "Framework")) is not None]
    if len(doers) > 1:
        papers = [p for p in papers if p.attributes.get("kind") == "instrument"]
        say_signed(things, doers, papers[:1], frame.verb, "agrees on", modality)


def _of_verb(things: Things, frame: Frame, i: int) -> bool:
    """Whether "between" belongs to the verb or to the paper, not to another noun ("an accord on trade between")."""
    head = things.parse.heads[i]
    owner = things.reading.owner[head]
    if owner is not None and owner.draft.type in ("Framework", "Place"):
        return True
    return head == frame.verb or head in frame.objects or things.parse.lower[head] in _TIMES


# "was signed on Friday between", "for the first time between"
_TIMES = word_list("phrases", "days") | word_list("phrases", "spans") | {"time", "year"}
