"""`signed` beyond "X signed Y": with whom, "the signing of Y by X", names put to a paper, signatories, "signed it"."""

from __future__ import annotations

from kg.extract.facts.parties import NO_PAPER, Signing, find_parties
from kg.extract.facts.things import STATES, UNREAL, Things
from kg.extract.frames import Frame
from kg.extract.modality import modality_at
from kg.extract.reading import Draft
from kg.extract.wordlists import word_list

_SIGNING = frozenset(("sign", "conclude", "ink", "initial", "exchange", "seal", "renew"))
_AGREED = frozenset(("agree", "reach", "strike", "negotiate", "finalise", "finalize"))
_NOUNS = frozenset(("signing", "signature", "conclusion", "initialling", "initialing", "exchange"))
_SIGNATURES = frozenset(("signature", "signatures", "names", "name", "initials", "pen", "pens", "seal", "seals"))
_SIGNATORIES = frozenset(("signatories", "signatory", "signatures", "signature", "signers"))
_SEVERAL = word_list("signers", "several")


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
            _puts_name(things, frame, modality)
    _signing_nouns(things)
    _signatories(things)
    find_parties(things, [*signings, *_signings_of_nouns(things)])


def _signing(things: Things, frame: Frame, modality: str) -> Signing:
    """What the verb says, with the noun that only counts the papers: "signed four documents"."""
    papers = papers_of(things, frame)
    signers = things.doers(frame) or _counted(things, frame)
    several = next((t for t in frame.objects if things.parse.lower[t] in _SEVERAL), None)
    return Signing(frame.verb, tuple(signers), tuple(papers), modality, several)


def _signings_of_nouns(things: Things) -> list[Signing]:
    """As in "the signing of the Chile-Oman Agreement", "witnessed the exchange of six documents: …"."""
    parse, found = things.parse, []
    for i in parse.where(_NOUNS):
        if things.reading.type_at(i) == "Framework" or not parse.tags[i].startswith(("N", "VBG")):
            continue
        past = parse.sentences[parse.sentence_of[i]][1]
        modality = modality_at(parse, i)
        if modality not in UNREAL and parse.lower[i + 1 : i + 2] == ["of"]:
            several = next((j for j in range(i + 2, min(past, i + 8)) if parse.lower[j] in _SEVERAL), None)
            found.append(Signing(i, (), tuple(_papers_behind(things, i, past)), modality, several))
    return found


def _say(
    things: Things, signers: list[Draft], papers: list[Draft], token: int, rule: str, modality: str = "actual"
) -> None:
    for paper in papers:
        if paper.attributes.get("kind") in NO_PAPER or paper.seed is not None and rule == "signed it":
            continue
        for signer in signers:
            things.reading.say(signer, "signed", paper, token, rule=rule, modality=modality, confidence=0.8)


def actors_after(things: Things, i: int, *, reach: int = 14) -> list[Draft]:
    """The people, countries and bodies listed after token i, titles in between: "by ministers X of A and Y of B"."""
    parse, reading = things.parse, things.reading
    past = parse.sentences[parse.sentence_of[i]][1]
    after = reading.spans_in(i + 1, min(past, i + 1 + reach), "Leader", "Country", "Organization")
    stop = next((j for j in range(i + 1, past) if parse.words[j] in ";:" or parse.lower[j] in ("which", "that")), past)
    after = [s for s in after if s.first < stop and s.kind != "adjective"]
    leaders = [s for s in after if s.draft.type == "Leader"]
    first = leaders[0] if leaders else after[0] if after else None
    if first is None:
        return _collective(things, i, min(past, i + 5))
    if any(parse.tags[j] in ("VBD", "VBZ", "VBP", "MD") for j in range(i + 1, first.first)):
        return []
    if not leaders and first.draft.type == "Country" and parse.lower[first.first - 1] in ("in", "at", "near", "on"):
        return []
    if leaders and after[0] is not first and parse.deps[after[0].head] == "pobj" and parse.heads[after[0].head] == i:
        return [s.draft for s in things.actors.groups.get(id(after[0]), [after[0]])]
    if first.draft.type == "Country" and first.first > i + 2 and _of_other_bodies(things, first.first):
        return []
    group = things.actors.groups.get(id(first), [first])
    found = [s.draft for s in group]
    again = _again(things, group[-1].past, past, parse.lower[i])
    if again is not None:
        found += actors_after(things, again, reach=reach)
    return list(dict.fromkeys(found))


def _collective(things: Things, i: int, past: int) -> list[Draft]:
    """As in "signed between the two nations", "by both sides"."""
    parse = things.parse
    noun = next((j for j in range(i + 1, past) if parse.tags[j] == "NNS"), None)
    counted = noun is not None and any(parse.lower[j] in _NUMBERS for j in range(i + 1, noun))
    return things.actors.at(noun) if noun is not None and counted else []


def _of_other_bodies(things: Things, i: int) -> bool:
    """As in "between the two parties of | Vietnam and Laos", but not "the governments of", "the Republic of"."""
    parse = things.parse
    i -= parse.lower[i - 1] == "the"
    if parse.lower[i - 1] != "of" or i < 2:
        return False
    return not parse.capital(i - 2) and parse.lower[i - 2] not in _SPEAKING


_SPEAKING = word_list("signers", "speaking")


def _again(things: Things, i: int, past: int, preposition: str) -> int | None:
    """As in "by X, and by Y", "of A and of B": where the preposition comes back."""
    parse = things.parse
    while i < past and parse.words[i] in (",", ")", "("):
        i += 1
    if parse.lower[i : i + 2] == ["and", preposition]:
        return i + 1
    return None


def papers_of(things: Things, frame: Frame) -> list[Draft]:
    """What a verb of signing is said of: papers, several of them after a colon, "it"."""
    found = _meant(things, frame) or things.objects(frame, "Framework") or _before_which(things, frame)
    tokens = [t for t in frame.objects if things.parse.lower[t] in _SEVERAL]
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
    _say(things, signers, papers, frame.verb, rule, modality)
    if signers:
        _say(things, _counterparts(things, frame), papers, frame.verb, "signs with", modality)
        _for_state(things, frame, papers, modality)
        _say(things, _gapped(things, frame), papers, frame.verb, "signs for, gapped", modality)
        if _for_governments(things, frame):
            states = [
                f.object
                for s in signers
                for f in things.reading.facts
                if f.subject is s and f.predicate == "represents"
            ]
            countries = [d for d in states if isinstance(d, Draft) and d.type == "Country"]
            _say(things, countries, papers, frame.verb, "for their governments", modality)


_NUMBERS = {"two": 2, "three": 3, "four": 4, "pair": 2, "both": 2, "trio": 3, "ministers": 2, "presidents": 2}


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
    if parse.lower[token] in _NUMBERS:
        return _NUMBERS[parse.lower[token]]
    if parse.tags[token] != "NNS" or things.reading.owner[token] is not None:
        return 0
    nouns = [token, *(g for c in parse.children[token] if parse.lower[c] == "of" for g in parse.children[c])]
    return next((_NUMBERS[parse.lower[c]] for n in nouns for c in parse.children[n] if parse.lower[c] in _NUMBERS), 0)


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
        return actors_after(things, i) if i is not None else []
    for token in frame.objects:
        span = things.reading.owner[token]
        if span is not None and span.draft.type == "Framework" and parse.lower[span.past : span.past + 1] == ["with"]:
            return actors_after(things, span.past)
    return []


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
            _say(things, [span.draft], papers, frame.verb, "signs for", modality)


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
        if parse.lower[i] in ("between", "by") and _clear(things, frame.verb + 1, i):
            if parse.lower[i] == "between" and not _of_verb(things, frame, i):
                return
            if _of_another_verb(things, frame, i):
                return
            rule = f"signed {parse.lower[i]}"
            if parse.lower[i] == "by" and (frame.base in _AGREED or _by_another_noun(things, frame, i)):
                return
            _say(things, actors_after(things, i), papers, frame.verb, rule, modality)
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
        _say(things, doers, papers[:1], frame.verb, "agrees on", modality)


def _of_verb(things: Things, frame: Frame, i: int) -> bool:
    """Whether "between" belongs to the verb or to the paper, not to another noun ("an accord on trade between")."""
    head = things.parse.heads[i]
    owner = things.reading.owner[head]
    if owner is not None and owner.draft.type in ("Framework", "Place"):
        return True
    return head == frame.verb or head in frame.objects or things.parse.lower[head] in _TIMES


# "was signed on Friday between", "for the first time between"
_TIMES = word_list("phrases", "days") | word_list("phrases", "spans") | {"time", "year"}


def _clear(things: Things, first: int, past: int) -> bool:
    """No other clause in between."""
    parse = things.parse
    return not any(
        parse.tags[j] in ("VBD", "VBZ", "VBP", "MD", "WDT") or parse.words[j] in ";:" for j in range(first, past)
    )


def _puts_name(things: Things, frame: Frame, modality: str) -> None:
    """As in "put their names to the Declaration", "X, to which A and B put their seals", "put pen to paper"."""
    parse = things.parse
    past = parse.sentences[parse.sentence_of[frame.verb]][1]
    noun = next((i for i in range(frame.verb + 1, min(past, frame.verb + 5)) if parse.lower[i] in _SIGNATURES), None)
    if noun is None:
        return
    after = things.reading.spans_in(noun, past, "Framework")
    paper = things.relative(frame.verb, "Framework") or (after[0].draft if after else None)
    if paper is None and not _MEANT.isdisjoint(parse.lower[noun : min(past, noun + 4)]):
        paper = things.before(frame.verb, "Framework")
    if paper is not None:
        _say(things, things.doers(frame), [paper], frame.verb, "puts name", modality)


# "put pen to paper", "put their names to the text"
_MEANT = frozenset("paper text document declaration agreement treaty accord pact protocol it".split())


def _signing_nouns(things: Things) -> None:
    """As in "the signing by A and B of the record", "with the conclusion of a pact between A and B"."""
    parse = things.parse
    for i in parse.where(_NOUNS):
        if things.reading.type_at(i) == "Framework" or not parse.tags[i].startswith(("N", "VBG")):
            continue
        past = parse.sentences[parse.sentence_of[i]][1]
        papers = _papers_behind(things, i, past)
        by = next(
            (
                j
                for j in range(i + 1, min(past, i + 30))
                if parse.lower[j] in ("by", "between") and things.reading.owner[j] is None
            ),
            None,
        )
        if by is None or not papers and by - i > 4 or not _clear(things, i + 1, by):
            continue
        if not papers:
            last = things.before(i, "Framework")
            papers = [last] if last is not None else []
        modality = modality_at(parse, i)
        if modality not in UNREAL:
            _say(things, actors_after(things, by), papers, i, "signing of", modality)


def _papers_behind(things: Things, noun: int, past: int) -> list[Draft]:
    """The papers behind the "of" of "signing of"."""
    parse = things.parse
    of = next(
        (
            j
            for j in range(noun + 1, min(past, noun + 26))
            if parse.lower[j] == "of" and things.reading.owner[j] is None
        ),
        None,
    )
    after = things.reading.spans_in(of, min(past, of + 9), "Framework") if of is not None else []
    return [s.draft for s in after[:1] if s.draft.attributes.get("kind") not in NO_PAPER]


def _signatories(things: Things) -> None:
    """As in "its signatories were A and B", "the signatures were those of A and of B"."""
    parse = things.parse
    for i, word in enumerate(parse.lower):
        if word not in _SIGNATORIES and word not in ("names",):
            continue
        first, past = parse.sentences[parse.sentence_of[i]]
        verb = parse.heads[i]
        papers = things.reading.spans_in(first, i, "Framework")
        if parse.deps[i] == "nsubj" and parse.lower[verb] in ("were", "was", "are", "is") and word != "names":
            paper = things.before(i, "Framework")
            start = next((j for j in range(verb + 1, min(past, verb + 4)) if parse.lower[j] == "of"), verb)
        elif parse.lower[verb] in _BEARING and parse.lower[i + 1 : i + 2] == ["of"]:
            paper = papers[-1].draft if papers else things.before(i, "Framework")
            start = i + 1
        else:
            continue
        if paper is not None:
            _say(things, actors_after(things, start), [paper], i, "signatories")


_BEARING = frozenset("bears bear bearing carries carry carrying bore carried".split())
