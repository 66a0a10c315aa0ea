"""Who lends and who borrows: banks that sign a loan agreement, states that a loan goes to."""

from __future__ import annotations

from kg.extract.facts.things import Things
from kg.extract.frames import Frame
from kg.extract.reading import Draft
from kg.extract.wordlists import word_list

LOANS = frozenset("loan loans grant financing credit finance".split())
_LENDERS = word_list("money", "lenders")

LoanPaper = tuple[Draft, list[Draft], int, str]


def lends(body: Draft) -> bool:
    """Whether the names of a body say that it lends: a bank, a fund."""
    words = {w for name in (body.name, *body.names) for w in name.lower().split()}
    return bool(words & _LENDERS)


def find_recipients(things: Things, frame: Frame, project: Draft, modality: str) -> None:
    """As in "lends Jordan 12 million for the road", "a loan to Sierra Leone for": who gets the money takes part."""
    tokens = [*frame.objects, *frame.with_preposition("to"), *_behind_loan(things, frame)]
    tokens = [t for t in tokens if things.reading.type_at(t) == "Country"]
    for country in things.states(tokens):
        if country.type == "Country" and country not in things.state_doers(frame):
            things.reading.say(country, "participatesIn", project, frame.verb, rule="lent to", modality=modality)


def _behind_loan(things: Things, frame: Frame) -> list[int]:
    """As in "approved a 240 million loan to | Nepal": the parser hangs it on the loan."""
    parse = things.parse
    to = [c for t in frame.objects for c in parse.children[t] if parse.lower[c] == "to" and parse.deps[c] == "prep"]
    return [g for c in to for g in parse.children[c]]


def find_loan_papers(things: Things) -> list[LoanPaper]:
    """As in "A and the Bank signed a loan agreement for X": the bank pays for the project, the state takes part."""
    found: list[LoanPaper] = []
    for fact in [f for f in things.reading.facts if f.predicate == "signed" and f.modality in ("actual", "planned")]:
        paper = fact.object
        if not isinstance(paper, Draft) or not LOANS & set(paper.name.lower().split()):
            continue
        signers = things.reading.subjects("signed", paper)
        banks = [d for d in signers if d.type == "Organization" and lends(d)]
        banks += [d for d in _named_inside(things, paper) if d not in banks]
        project = _project_of(things, paper)
        if not banks or project is None:
            continue
        found.append((project, banks, fact.token, fact.modality))
        for state in signers:
            if state.type == "Country":
                say = things.reading.say
                say(state, "participatesIn", project, fact.token, rule="loan paper", modality=fact.modality)
    return found


def _named_inside(things: Things, paper: Draft) -> list[Draft]:
    """The lenders of "a grant agreement with the Bank"."""
    spans = [s for s in things.by_type.get("Framework", ()) if s.draft is paper]
    inside = [o.draft for s in spans for o in things.reading.all_in(s.first, s.past, "Organization")]
    return [d for d in inside if lends(d)]


_AIMS = frozenset("for towards on fund finance support".split())


def _project_of(things: Things, paper: Draft) -> Draft | None:
    """The project that the paper's own name holds, or that follows it with "for"."""
    for span in things.by_type.get("Framework", ()):
        if span.draft is not paper:
            continue
        inside = list(things.reading.all_in(span.first, span.past, "Project"))
        past = things.parse.sentences[things.parse.sentence_of[span.first]][1]
        near = things.reading.spans_in(span.past, min(past, span.past + 12), "Project")
        if inside:
            return inside[0].draft
        if near and _AIMS & set(things.parse.lower[span.past : near[0].first]):
            return near[0].draft
    return None
