"""Whom a noun or a pronoun for one person stands for: "he", "her counterpart from Fiji, X", "the Guinean leader"."""

from __future__ import annotations

from kg.extract.parse import Parse
from kg.extract.reading import Draft, Reading


def counterpart_after(reading: Reading, token: int) -> Draft | None:
    """As in "his counterpart, X", "her counterpart from Fiji, Y": the person soon after."""
    parse = reading.parse
    past = token + 4
    if parse.lower[token + 1 : token + 2] in (["from"], ["of"]) and token + 2 < len(parse):
        country = reading.owner[token + 2] or reading.owner[min(token + 3, len(parse) - 1)]
        if country is not None and parse.words[country.past : country.past + 1] == [","]:
            past = country.past + 4
    after = reading.spans_in(token, min(past, len(parse)), "Leader")
    return after[0].draft if after else None


def speaker_of(reading: Reading, country: Draft, token: int) -> list[Draft]:
    """As in "the Guinean leader": the one who speaks for the country, as far as the text has named him."""
    before = {id(s.draft) for s in reading.spans if s.draft.type == "Leader" and s.first < token}
    people = [d for d in reading.subjects("represents", country) if d.type == "Leader" and id(d) in before]
    return people if len(people) == 1 else []


def subject_before(reading: Reading, token: int) -> int | None:
    """The noun that is the subject of the sentence before, where no name is: "The Lao leader left. | He …"."""
    parse = reading.parse
    begin = parse.sentences[parse.sentence_of[token]][0]
    if not begin or any(parse.deps[s.head] == "nsubj" for s in reading.spans_in(begin, token, "Leader")):
        return None
    for i in range(*parse.sentences[parse.sentence_of[begin - 1]]):
        top = parse.heads[parse.heads[i]] == parse.heads[i] != i
        if parse.deps[i] == "nsubj" and top and parse.lower[i] not in ("he", "she"):
            return i if reading.owner[i] is None else None
    return None


def _pronoun_subject(parse: Parse, first: int, past: int) -> int | None:
    """The "he" or "she" that is the subject of the sentence's main verb."""
    for i in range(first, past):
        if parse.lower[i] in ("he", "she") and parse.deps[i] in ("nsubj", "nsubjpass"):
            return i if parse.heads[parse.heads[i]] == parse.heads[i] else None
    return None


def last_person(reading: Reading, token: int) -> Draft | None:
    """Whom "he" stands for: the subject of the sentence before, else the person named last."""
    parse = reading.parse
    sentence = parse.sentence_of[token]
    for number in (sentence, sentence - 1, sentence - 2):
        if number < 0:
            break
        first, past = parse.sentences[number]
        spans = reading.spans_in(first, min(past, token), "Leader")
        he = _pronoun_subject(parse, first, min(past, token)) if number < sentence else None
        if he is not None and not any(s.first < he for s in spans):
            return last_person(reading, he)  # "He flew to Dakar at the invitation of President X. He …"
        subjects = [
            s
            for s in spans
            if parse.deps[s.head] in ("nsubj", "nsubjpass", "pobj") and (number < sentence or s.past <= token)
        ]
        # "Invited by X, he comes": whom the pronoun's own sentence names elsewhere than as a subject it is not.
        # "A video shows X's talks with Y. He …": of one whom the sentence names as owner the next one speaks.
        owners = [s for s in spans if parse.deps[s.head] == "poss"][:1] if number < sentence else []
        acting = [s for s in subjects if parse.deps[s.head] != "pobj"]
        subjects = acting or owners or (subjects if number < sentence else [])
        if subjects:
            return subjects[0].draft if number < sentence else subjects[-1].draft
        if spans and number < sentence:
            return spans[-1].draft
    return None
