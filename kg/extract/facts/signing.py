"""Who is named behind "by", "between" or "with" where a paper is signed, and how a signature is recorded."""

from __future__ import annotations

from kg.extract.facts.parties import NO_PAPER
from kg.extract.facts.things import Things
from kg.extract.parse import Parse
from kg.extract.reading import Draft
from kg.extract.wordlists import word_list

SEVERAL = word_list("signers", "several")
NUMBERS = {"two": 2, "three": 3, "four": 4, "pair": 2, "both": 2, "trio": 3, "ministers": 2, "presidents": 2}


def say_signed(
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
    counted = noun is not None and any(parse.lower[j] in NUMBERS for j in range(i + 1, noun))
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


def is_clear(things: Things, first: int, past: int) -> bool:
    """No other clause in between."""
    parse = things.parse
    return not any(
        parse.tags[j] in ("VBD", "VBZ", "VBP", "MD", "WDT") or parse.words[j] in ";:" for j in range(first, past)
    )


def is_watching(parse: Parse, token: int) -> bool:
    """As in "in the presence of X", "witnessed by X", "X witnessed the signing", "with X in attendance"."""
    first, past = parse.sentences[parse.sentence_of[token]]
    if not _SEEN.isdisjoint(parse.lower[max(first, token - 12) : token]):
        return True
    verb = token
    for _ in range(5):
        if parse.tags[verb].startswith("V") or parse.heads[verb] == verb:
            break
        verb = parse.heads[verb]
    behind = parse.lower[token + 1 : min(past, token + 5)]
    beside = "with" in parse.lower[max(first, token - 7) : token] and {"attendance", "present"} & set(behind)
    return parse.lower[verb] in _WITNESSING or bool(beside)


_SEEN = frozenset(("presence", "witnessed"))
_WITNESSING = frozenset("witnessed witness witnesses witnessing watched oversaw presided".split())
