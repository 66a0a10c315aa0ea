"""Who of those that a verb of paying names is the payer, and what else the payer pays for."""

from __future__ import annotations

from kg.extract.facts.loans import lends
from kg.extract.facts.things import STATES, Things
from kg.extract.frames import Frame
from kg.extract.reading import Draft


def not_borrowers(things: Things, frame: Frame, funders: list[Draft]) -> list[Draft] | None:
    """Without those who get the money: "Mali received a loan to finance X"; None where nobody else is named.

    Of "Mali and the Bank signed a pact to fund X", the bank.
    """
    parse, token = things.parse, frame.verb
    above: set[str] = set()
    for _ in range(4):
        if parse.heads[token] == token or parse.deps[token] not in _CLAUSAL:
            break
        token = parse.heads[token]
        above.add(parse.lower[token])
    if above & _RECEIVING:
        return None
    return [d for d in funders if lends(d)] or None if above & _SIGNED else funders


_CLAUSAL = frozenset("xcomp advcl acl ccomp pcomp dobj pobj prep".split())
_RECEIVING = frozenset("received receives receive receiving secured secures obtained obtains got gets borrowed".split())
_SIGNED = frozenset("signed signs sign signing inked concluded".split())


def thanked(things: Things, frame: Frame) -> list[Draft]:
    """As in "thanked Norway for funding the bridge": who is thanked pays, not who thanks."""
    parse, verb = things.parse, frame.verb
    if verb < 2 or parse.tags[verb] != "VBG" or parse.lower[verb - 1] != "for":
        return []
    first = parse.sentences[parse.sentence_of[verb]][0]
    thanks = [i for i in range(max(first, verb - 12), verb) if parse.lower[i] in _THANKING]
    if not thanks:
        return []
    spans = [s for s in things.reading.spans_in(thanks[-1], verb, *STATES) if s.past <= verb - 1]
    return [s.draft for s in spans]


_THANKING = frozenset("thank thanked thanks thanking praised praise commended commends lauded hailed gratitude".split())


def listed_projects(things: Things, paid: list[Draft], frame: Frame) -> list[Draft]:
    """As in "will fund the Ruvu Road, the Kagera Dam in Rwanda and the Save Bridge": the others of a list."""
    parse, verb = things.parse, frame.verb
    if frame.passive or not paid:
        return []
    past = parse.sentences[parse.sentence_of[verb]][1]
    spans = things.reading.spans_in(verb, past, "Project")
    found: list[Draft] = []
    for before, span in zip(spans, spans[1:], strict=False):
        between = range(before.past, span.first)
        listed = any(parse.lower[i] in (",", "and") for i in between)
        if not listed or any(parse.tags[i][:2] in ("VB", "MD", "WD") for i in between) or before.draft is span.draft:
            break
        found.append(span.draft)
    return found if spans and spans[0].draft is paid[0] else []
