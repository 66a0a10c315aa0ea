"""`signed` beyond the signers themselves: parties in a paper's own name, states of signing ministers, listed papers."""

from __future__ import annotations

from dataclasses import dataclass

from kg.extract.entities.phrases import DASHES
from kg.extract.facts.things import STATES, Things
from kg.extract.modality import UNREAL
from kg.extract.reading import Draft, DraftFact, Span
from kg.extract.wordlists import word_list

_OPENING = word_list("signing", "opening")
_LISTING = word_list("signing", "listing")
_BULLETS = frozenset("- – — • · * “ \" ' ‘ ( ) . ▪ ● ».".split()) | {" "}
NO_PAPER = ("mechanism",)


@dataclass(frozen=True, slots=True)
class Signing:
    """What a verb or a noun of signing says: who signed at `token`, and the papers, as far as they are named.

    `several` is the noun that counts papers without naming them ("four documents"), or None.
    """

    token: int
    signers: tuple[Draft, ...]
    papers: tuple[Draft, ...]
    modality: str
    several: int | None = None


def find_parties(things: Things, signings: list[Signing]) -> None:
    """All rules of this file, in order."""
    for signing in signings:
        if signing.several is not None:
            _listed_papers(things, signing)
    for signing in signings:
        for paper in signing.papers:
            _named_parties(things, paper, signing.token, signing.modality)
    for fact in [f for f in things.reading.facts if f.predicate == "signed" and f.modality not in UNREAL]:
        if isinstance(fact.object, Draft):
            _party_with(things, fact, fact.object)
            _named_parties(things, fact.object, fact.token, fact.modality)
            _states_of_signer(things, fact, fact.object)


def _say(things: Things, party: Draft, paper: Draft, token: int, rule: str, modality: str) -> None:
    if paper.attributes.get("kind") not in NO_PAPER:
        things.reading.say(party, "signed", paper, token, rule=rule, modality=modality, confidence=0.75)


def _spans_of(things: Things, paper: Draft) -> list[Span]:
    return [s for s in things.by_type.get("Framework", ()) if s.draft is paper]


def _named_parties(things: Things, paper: Draft, token: int, modality: str) -> None:
    """As in "a memorandum between X and Y", "the Chile–Oman Agreement": whose paper it is."""
    for span in _spans_of(things, paper):
        for party in (*_between(things, span), *_hyphenated(things, span)):
            _say(things, party, paper, token, "party in name", modality)


def _between(things: Things, span: Span) -> list[Draft]:
    parse = things.parse
    between = next((i for i in range(span.first, span.past) if parse.lower[i] == "between"), None)
    if between is None:
        return []
    inside = things.reading.all_in(between, span.past, *STATES)
    named = [s for s in inside if s.kind == "name" and parse.deps[s.head] in ("pobj", "conj")]
    named += _list_behind(things, span)
    # "between the Ministry of Health of Chile and the Institute of Oman": the state says whose body it is.
    return [s.draft for s in named if s.draft.type == "Organization" or not _of_body(things, s, named)]


def _list_behind(things: Things, span: Span) -> list[Span]:
    """As in "a long Agreement on Seed between Iran, Iraq | and Kuwait", where the name was cut."""
    parse, i = things.parse, span.past
    found: list[Span] = []
    if parse.lower[i - 1 : i + 1] in (["governments", "of"], ["government", "of"]):
        past = parse.sentences[parse.sentence_of[i]][1]
        found = things.reading.spans_in(i, min(past, i + 6), "Country")[:1]
        i = found[0].past if found else i
    while i + 1 < len(parse) and parse.lower[i] in (",", "and"):
        after = i + 1 + (parse.lower[i + 1] in ("and", "the"))
        state = things.reading.owner[after] if after < len(parse) else None
        if state is None or state.draft.type != "Country" or state.kind != "name":
            break
        found.append(state)
        i = state.past
    return found


def _of_body(things: Things, span: Span, named: list[Span]) -> bool:
    """Whether the state stands behind a body of its own: "the Ministry of Health of | Chile"."""
    i = span.first - 1
    i -= things.parse.lower[i] == "the"
    return things.parse.lower[i] in ("of", "in") and any(s.past == i and s is not span for s in named)


def _hyphenated(things: Things, span: Span) -> list[Draft]:
    """As in "the | Chile-Oman | Agreement", before the noun that says what it is."""
    parse = things.parse
    run: list[Span] = []
    for state in sorted(things.reading.all_in(span.first, span.head, "Country"), key=lambda s: s.first):
        if run and not (state.first == run[-1].past + 1 and parse.words[run[-1].past] in DASHES):
            break
        run.append(state)
    return [s.draft for s in run] if len(run) > 1 and not parse.glued(run[-1].past) else []


def _party_with(things: Things, fact: DraftFact, paper: Draft) -> None:
    """As in "has signed a tuna accord with Kiribati and Nauru"."""
    parse = things.parse
    for span in _spans_of(things, paper):
        at = next((i for i in range(span.first, span.past) if parse.lower[i] == "with" and parse.tags[i] == "IN"), None)
        if at is None:
            continue
        for party in things.reading.all_in(at + 1, span.past, "Leader", "Country"):
            whole = party.past == span.past or parse.words[party.past] in (",", "and", "in", "on")
            listed = party.first == at + 1 or parse.lower[party.first - 1] in ("and", ",", "the")
            near = party.draft.type == "Leader" or listed
            if whole and near and party.kind == "name":
                _say(things, party.draft, paper, span.first, "party after with", fact.modality)


def _states_of_signer(things: Things, fact: DraftFact, paper: Draft) -> None:
    """As in "was signed by the ministers, X of Chile and Y of Oman": they sign for the states that the sentence names.

    A manager signs for his firm, wherever that is named. Not where the paper says itself whose it is: "a protocol
    between the two academies".
    """
    if fact.subject.type != "Leader" or fact.rule == "listed papers" or _of_a_board(things, fact.subject):
        return
    if any("between" in things.parse.lower[s.first : s.past] for s in _spans_of(things, paper)):
        return
    bodies = [b for b in things.reading.objects(fact.subject, "represents") if isinstance(b, Draft)]
    states = [b for b in bodies if b.type == "Country"] or bodies
    if len(states) != 1:
        return
    first, past = things.parse.sentences[things.parse.sentence_of[fact.token]]
    named = [s for s in things.reading.all_in(first, past, "Country") if s.draft is states[0]]
    if states[0].type != "Country" or fact.modality == "actual" and any(not _owns_body(things, s) for s in named):
        _say(things, states[0], paper, fact.token, "state of signer", fact.modality)


def _owns_body(things: Things, span: Span) -> bool:
    """As in "secretary of Kiribati's Fisheries Board": he signs for the board."""
    parse, i = things.parse, span.past
    owned = i + 1 < len(parse) and parse.words[i] in ("'s", "’s")
    return owned and things.reading.type_at(i + 1) == "Organization"


def _of_a_board(things: Things, person: Draft) -> bool:
    """As in "secretary of the Fisheries Board": an officer of another body than the state."""
    positions = things.reading.objects(person, "position")
    return any(isinstance(p, str) and not _BODIES.isdisjoint(p.lower().split()) for p in positions)


_BODIES = word_list("signing", "bodies")


def _listed_papers(things: Things, signing: Signing) -> None:
    """As in "signed four agreements. These included a protocol …", and papers listed one a line.

    Who signed the whole signed each, but for papers that name parties of their own.
    """
    for span in _papers_told(things, signing):
        own = _between(things, span)
        signers = [s for s in signing.signers if not own or s.type == "Leader"]
        for signer in signers:
            _say(things, signer, span.draft, span.first, "listed papers", signing.modality)
        for party in own:
            _say(things, party, span.draft, span.first, "party in name", signing.modality)


def _papers_told(things: Things, signing: Signing) -> list[Span]:
    """The papers behind the noun that counts them: after "including" or a colon, in the next sentence, line by line."""
    parse = things.parse
    assert signing.several is not None
    counted = parse.sentence_of[signing.several]
    past = parse.sentences[counted][1]
    cue = next((i for i in range(signing.several, past) if parse.lower[i] in _LISTING), None)
    if cue is not None and (found := _papers(things, cue, past)):
        return found
    found = []
    for first, past in parse.sentences[counted + 1 : counted + 40]:
        if _is_item(things, first, past):
            found += _papers(things, first, past)
        elif not found and parse.lower[first] in _OPENING:
            cue = next((i for i in range(first, past) if parse.lower[i] in _LISTING), None)
            found = _papers(things, cue, past) if cue is not None else []
            if not found and not _is_heading(things, first, past):
                break
        elif not _blank(things, first, past):
            break
    return found


def _papers(things: Things, first: int, past: int) -> list[Span]:
    spans = things.reading.spans_in(first, past, "Framework")
    return [s for s in spans if s.draft.attributes.get("kind") not in NO_PAPER and not s.draft.seed]


def _blank(things: Things, first: int, past: int) -> bool:
    return all(things.parse.words[i].isspace() for i in range(first, past))


def _is_heading(things: Things, first: int, past: int) -> bool:
    """As in "These include:", before a list."""
    words = [w for w in things.parse.words[first:past] if not w.isspace()]
    return words[-1:] == [":"]


def _is_item(things: Things, first: int, past: int) -> bool:
    """A line that begins with a paper: "- Agreement on customs;", "2. Memorandum …"."""
    parse = things.parse
    i = first
    while i < past and (
        parse.words[i] in _BULLETS or parse.words[i].isspace() or parse.words[i].rstrip(".)").isdigit()
    ):
        i += 1
    i += i < past and parse.lower[i] in ("a", "an", "the")
    if i >= past or i == first and not (first and "\n" in parse.words[first - 1]):
        return False
    span = things.reading.owner[i]
    return span is not None and span.draft.type == "Framework"
