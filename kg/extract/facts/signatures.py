"""`signed` without a verb of signing: names put to a paper, "the signing of X by A", signatories."""

from __future__ import annotations

from kg.extract.facts.parties import NO_PAPER, Signing
from kg.extract.facts.signing import SEVERAL, actors_after, is_clear, say_signed
from kg.extract.facts.things import Things
from kg.extract.frames import Frame
from kg.extract.modality import UNREAL, modality_at
from kg.extract.reading import Draft

_NOUNS = frozenset(("signing", "signature", "conclusion", "initialling", "initialing", "exchange"))
_SIGNATURES = frozenset(("signature", "signatures", "names", "name", "initials", "pen", "pens", "seal", "seals"))
_SIGNATORIES = frozenset(("signatories", "signatory", "signatures", "signature", "signers"))


def signings_of_nouns(things: Things) -> list[Signing]:
    """As in "the signing of the Chile-Oman Agreement", "witnessed the exchange of six documents: …"."""
    parse, found = things.parse, []
    for i in parse.where(_NOUNS):
        if things.reading.type_at(i) == "Framework" or not parse.tags[i].startswith(("N", "VBG")):
            continue
        past = parse.sentences[parse.sentence_of[i]][1]
        modality = modality_at(parse, i)
        if modality not in UNREAL and parse.lower[i + 1 : i + 2] == ["of"]:
            several = next((j for j in range(i + 2, min(past, i + 8)) if parse.lower[j] in SEVERAL), None)
            found.append(Signing(i, (), tuple(_papers_behind(things, i, past)), modality, several))
    return found


def find_names_put(things: Things, frame: Frame, modality: str) -> None:
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
        say_signed(things, things.doers(frame), [paper], frame.verb, "puts name", modality)


# "put pen to paper", "put their names to the text"
_MEANT = frozenset("paper text document declaration agreement treaty accord pact protocol it".split())


def find_signing_nouns(things: Things) -> None:
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
        if by is None or not papers and by - i > 4 or not is_clear(things, i + 1, by):
            continue
        if not papers:
            last = things.before(i, "Framework")
            papers = [last] if last is not None else []
        modality = modality_at(parse, i)
        if modality not in UNREAL:
            say_signed(things, actors_after(things, by), papers, i, "signing of", modality)


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


def find_signatories(things: Things) -> None:
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
            say_signed(things, actors_after(things, start), [paper], i, "signatories")


_BEARING = frozenset("bears bear bearing carries carry carrying bore carried".split())
