"""Who signed what, beyond "X signed Y": signatures put to a paper, lists of papers.

The parties in a paper's own name.
"""

from __future__ import annotations

import re

from kg.extract.entities.actors import Actors
from kg.extract.modality import modality_at
from kg.extract.reading import Draft, Reading, Span
from kg.extract.wordlists import word_list

_SIGNATURE = frozenset(("signature", "signatures", "names", "name", "initials", "pen"))
_LISTING = word_list("signing", "listing")


def find_signatures(reading: Reading, actors: Actors) -> None:
    """All rules of this file, in order."""
    _signatures(reading, actors)
    _listed_papers(reading)
    _parties(reading)


def _signatures(reading: Reading, actors: Actors) -> None:
    """As in "A and B put their signatures to X", "X bears the signatures of A and of B"."""
    parse = reading.parse
    for i in parse.where(_SIGNATURE):
        first, past = parse.sentences[parse.sentence_of[i]]
        near = parse.lower[max(first, i - 5) : i]
        following = parse.lower[i + 1 : i + 2]
        papers = reading.spans_in(i, past, "Framework")
        if not _PUTTING.isdisjoint(parse.lower[first:i]) and papers:
            verb = next(j for j in range(i - 1, first - 1, -1) if parse.lower[j] in _PUTTING)
            if modality_at(parse, verb) in ("denied", "cancelled", "proposed"):
                continue
            actor_spans = reading.spans_in(first, i, "Leader", "Country", "Organization")
            if any(span.draft.type == "Leader" for span in actor_spans):
                # "Luis Arce of Bolivia put his name to": the country of a signer has not signed beside him.
                actor_spans = [s for s in actor_spans if s.draft.type == "Leader" or not _of_person(reading, s)]
            for span in actor_spans:
                if span.kind == "name" and span.first not in actors.named_office_tokens:
                    reading.say(span.draft, "signed", papers[0].draft, i, rule="signature put to", confidence=0.85)
        elif {"bears", "bear", "bearing", "carries"} & set(near) and following == ["of"]:
            before = reading.spans_in(first, i, "Framework")
            for span in reading.spans_in(i, past, "Leader"):
                if before:
                    reading.say(span.draft, "signed", before[-1].draft, i, rule="bears signature of", confidence=0.85)


_PUTTING = frozenset(("put", "puts", "putting", "affixed", "set", "appended"))


def _of_person(reading: Reading, span: Span) -> bool:
    """Whether the country stands behind a person's name: "Luis Arce of | Bolivia"."""
    i = span.first - 1
    i -= i > 0 and reading.parse.lower[i] == "the"
    return i > 0 and reading.parse.lower[i] == "of" and reading.type_at(i - 1) == "Leader"


def _listed_papers(reading: Reading) -> None:
    """As in "signed four agreements. These included a protocol …, a memorandum …".

    Who signed the whole signed each.
    """
    parse = reading.parse
    for fact in [f for f in reading.facts if f.predicate == "signed" and isinstance(f.object, Draft)]:
        if not isinstance(fact.object, Draft) or not _several(fact.object.name):
            continue
        sentence = parse.sentence_of[fact.token]
        for number in (sentence, sentence + 1):
            if number >= len(parse.sentences):
                continue
            first, past = parse.sentences[number]
            start = fact.token if number == sentence else first
            cue = next((i for i in range(start, past) if parse.lower[i] in _LISTING), None)
            if cue is None or (
                number > sentence and parse.lower[first] not in ("these", "they", "among", "the", "it", "part")
            ):
                continue
            for paper in _papers(reading, cue, past):
                if paper.draft is not fact.object:
                    reading.say(
                        fact.subject,
                        "signed",
                        paper.draft,
                        cue,
                        modality=fact.modality,
                        rule="listed papers",
                        confidence=0.75,
                    )
                    reading.say(paper.draft, "underFramework", fact.object, cue, rule="listed papers", confidence=0.5)


def _several(name: str) -> bool:
    return bool(
        re.search(
            r"\b(agreements|memorandums|memoranda|mous|documents|accords|instruments|protocols|treaties|papers|deals|pacts)\b",
            name.lower(),
        )
    )


def _papers(reading: Reading, first: int, past: int) -> list[Span]:
    return [
        s
        for s in reading.spans_in(first, past, "Framework")
        if s.draft.attributes.get("kind") != "mechanism" and not s.draft.seed
    ]


def _parties(reading: Reading) -> None:
    """As in "a memorandum between X and Y" that was signed was signed by X and Y."""
    parse = reading.parse
    signed = {id(f.object): f for f in reading.facts if f.predicate == "signed"}
    for span in list(reading.spans):
        fact = signed.get(id(span.draft))
        if span.draft.type != "Framework" or fact is None:
            continue
        between = next((i for i in range(span.first, span.past) if parse.lower[i] in ("between", "of")), None)
        if between is None or parse.lower[between] != "between":
            continue
        for party in reading.all_in(between, span.past, "Country", "Organization"):
            if party.kind == "name" and parse.deps[party.head] in ("pobj", "conj"):
                reading.say(
                    party.draft,
                    "signed",
                    span.draft,
                    span.first,
                    modality=fact.modality,
                    rule="party in name",
                    confidence=0.75,
                )
