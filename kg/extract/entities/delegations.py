"""Whom a person represents by delegation and side: "the Uzbek team, led by X", "for Chad, Y", "represented by Z"."""

from __future__ import annotations

from kg.extract.entities.around import actor_at, people_soon
from kg.extract.entities.phrases import APOSTROPHES
from kg.extract.reading import Draft, Reading, Span
from kg.extract.wordlists import word_list

_DELEGATIONS = word_list("people", "delegations")
_LED = word_list("people", "led")
_LEADS = word_list("people", "leads")
_SENT = frozenset("sent send sends sending dispatched".split())
_BEFORE_PASSIVE = frozenset("was were is are be been being will only also represented filled taken".split())


def find_delegates(reading: Reading) -> None:
    """All rules of this file."""
    _sides(reading)
    _delegations(reading)
    _represented_by(reading)
    _sent_by(reading)
    _on_behalf(reading)


def _sides(reading: Reading) -> None:
    """As in "for Cambodia, X", "for Zambia it was Minister X", "X, for the Sri Lankan side"."""
    parse = reading.parse
    for i in parse.where(("for", "representing")):
        if i + 2 >= len(parse):
            continue
        country = actor_at(reading, i + 1)
        if country is None or country.draft.type != "Country":
            continue
        past = country.past + (parse.lower[country.past : country.past + 1] in (["side"], ["part"]))
        side = past > country.past
        before = reading.owner[i - 2] if i > 1 and parse.words[i - 1] == "," else None
        opens = (
            i == 0 or parse.words[i - 1] in (",", ";", ":", ".", "\n") or parse.lower[i - 1] in ("and", "were", "was")
        )
        after = None
        if opens and (parse.words[past : past + 1] in ([","], [":"]) or parse.lower[past : past + 2] == ["it", "was"]):
            after = next(iter(people_soon(reading, past, 10)), None)
        for span in (before if side else None, after if not side or before is None else None):
            if span is not None and span.draft.type == "Leader" and not reading.objects(span.draft, "represents"):
                reading.say(span.draft, "represents", country.draft, i, rule="for the side", confidence=0.8)


def _delegations(reading: Reading) -> None:
    """As in "the Uzbek delegation was headed by X", "X led the Lao side", "leading Chad's team was X"."""
    parse = reading.parse
    for i in parse.where(_DELEGATIONS):
        word = parse.lower[i]
        found = _country_of_delegation(reading, i)
        if found is None:
            continue
        country, first, past = found
        stop = parse.sentences[parse.sentence_of[i]][1]
        people = [*_led_by(reading, past, stop), *_leader_of(reading, first, past)]
        # "on the Omani side by X"
        if word in ("side", "part") and parse.lower[max(0, first - 2) : first] in (["on", "the"], ["for", "the"]):
            people = [s for s in people_soon(reading, past, 10)[:1] if "by" in parse.lower[past : s.first]]
        for span in people:
            if not reading.objects(span.draft, "represents"):
                reading.say(span.draft, "represents", country, i, rule="delegation", confidence=0.8)


def _country_of_delegation(reading: Reading, i: int) -> tuple[Draft, int, int] | None:
    """The country of the delegation at token i, with the tokens that the phrase covers."""
    parse = reading.parse
    before = i - 1 - (i > 0 and parse.words[i - 1] in APOSTROPHES)
    owner = reading.owner[before] if before >= 0 else None
    if owner is not None and owner.draft.type == "Country":
        return owner.draft, owner.first, i + 1
    if parse.lower[i + 1 : i + 2] in (["of"], ["from"]):
        after = actor_at(reading, i + 2)
        if after is not None and after.draft.type == "Country":
            return after.draft, i, after.past
    return None


def _led_by(reading: Reading, past: int, stop: int) -> list[Span]:
    """Who comes after "(was) led by" soon behind the phrase, or after "was composed of" and "included"."""
    parse = reading.parse
    for j in range(past, min(past + 12, stop - 1)):
        if parse.words[j] == ";" or parse.lower[j] in _DELEGATIONS or reading.type_at(j) == "Leader":
            break
        if j < past + 2 and parse.lower[j] == "under":  # "the European side, under X"
            return [s for s in people_soon(reading, j + 1, 4) if s.first - j < 4][:1]
        if parse.lower[j] in _LED and parse.lower[j + 1] == "by":
            return people_soon(reading, j + 2, 12)[:1]
        if (parse.lower[j], parse.lower[j + 1]) in (("composed", "of"), ("consisted", "of")):
            return reading.spans_in(j + 2, stop, "Leader")
    return []


def _leader_of(reading: Reading, first: int, past: int) -> list[Span]:
    """Who leads the delegation at those tokens, in the active voice."""
    parse = reading.parse
    i = first - 1
    while i >= 0 and parse.lower[i] in ("the", "a", "of", "'s", "head", "its"):
        i -= 1
    if i < 0 or parse.lower[i] not in _LEADS:
        return []
    if parse.lower[past : past + 1] in (["was"], ["were"], ["is"], ["will"]) and parse.tags[i] == "VBG":
        return people_soon(reading, past + 1, 10)[:1]
    if i > 0 and parse.words[i - 1] == "," and parse.tags[i] == "VBG":
        i -= 1
    before = reading.spans_in(max(parse.sentences[parse.sentence_of[i]][0], i - 9), i, "Leader")
    return before[-1:] if before and not _verbs_between(reading, before[-1].past, i) else []


def _verbs_between(reading: Reading, first: int, past: int) -> bool:
    """Whether another verb than auxiliaries and "expected to" stands between a subject and its verb."""
    parse = reading.parse
    return any(
        parse.tags[j] in ("VBD", "VBZ", "VBP") and parse.lower[j] not in ("had", "has", "is", "was", "will", "are")
        for j in range(first, past)
    )


def _represented_by(reading: Reading) -> None:
    """As in "Nigeria will be represented by Vice-President X and Rwanda by its minister Y", "that of Mali by Z"."""
    parse = reading.parse
    open_until = -1
    for i in range(1, len(parse) - 1):
        if parse.lower[i] != "by":
            continue
        first, stop = parse.sentences[parse.sentence_of[i]]
        verb = parse.lower[i - 1] if parse.lower[i - 1] != "only" else parse.lower[i - 2]
        actor: Draft | None = None
        if verb in ("represented", "filled", "taken", "headed", "led"):
            open_until = stop
            if verb in ("represented", "filled", "taken"):
                actor = _passive_subject(reading, i, first)
        elif i < open_until:
            before = i - 1 - (parse.words[i - 1] in APOSTROPHES or parse.lower[i - 1] in _DELEGATIONS)
            owner = reading.owner[before]
            actor = owner.draft if owner is not None and owner.draft.type in ("Country", "Organization") else None
        people = people_soon(reading, i + 1, 10)[:1] if actor is not None else []
        for span in people:
            assert actor is not None
            if not reading.objects(span.draft, "represents"):
                reading.say(span.draft, "represents", actor, i, rule="represented by", confidence=0.8)


def _passive_subject(reading: Reading, i: int, first: int) -> Draft | None:
    """The country or body that stands before "(was) represented by": "Cambodia was …", "Myanmar's seat was …"."""
    parse = reading.parse
    verb = i - 1 - (parse.lower[i - 1] == "only")
    near = reading.owner[verb - 2] if verb > first + 1 and parse.lower[verb - 1] in ("was", "is", "were") else None
    if near is not None and near.draft.type == "Country" and near.kind == "name":
        return near.draft
    subject = next((c for c in parse.children[verb] if parse.deps[c] == "nsubjpass"), None)
    if subject is None and parse.words[verb - 1] == "," and reading.owner[verb - 2] is not None:
        subject = verb - 2  # "along with French Polynesia, represented by its minister"
    if subject is not None and first <= subject and reading.type_at(subject) in ("Country", "Organization"):
        span = reading.owner[subject]
        return span.draft if span is not None and span.kind == "name" else None
    j = i - 1
    while j > first and (parse.lower[j] in _BEFORE_PASSIVE or parse.tags[j] in ("VBN", "MD", "RB")):
        j -= 1
    if parse.words[j] == ",":  # "the Bank, an observer, was represented by"
        j -= 1
        while j > first and parse.words[j] != ",":
            j -= 1
        j -= parse.words[j] == ","
    if parse.lower[j] in ("seat", "chair") and j > first and parse.words[j - 1] in APOSTROPHES:
        j -= 2
    owner = reading.owner[j]
    if owner is None or owner.draft.type not in ("Country", "Organization") or owner.kind == "adjective":
        return None
    return owner.draft


def _sent_by(reading: Reading) -> None:
    """As in "Türkiye is sending Interior Minister X", "Chad sent its ambassador, Y"."""
    parse = reading.parse
    for i in parse.where(_SENT):
        subject = next((c for c in parse.children[i] if parse.deps[c] == "nsubj"), None)
        owner = reading.owner[subject] if subject is not None else None
        if owner is None or owner.draft.type != "Country":
            continue
        for span in people_soon(reading, i + 1, 9)[:1]:
            if not reading.objects(span.draft, "represents"):
                reading.say(span.draft, "represents", owner.draft, i, rule="sent by", confidence=0.75)


def _on_behalf(reading: Reading) -> None:
    """As in "Speaking on behalf of Vanuatu, lawyer X asked"; "X, on behalf of Vanuatu, asked"."""
    parse = reading.parse
    for i in parse.where(("behalf",)):
        if parse.lower[i + 1 : i + 2] != ["of"]:
            continue
        actor = actor_at(reading, i + 2)
        if actor is None or actor.draft.type not in ("Country", "Organization"):
            continue
        first, stop = parse.sentences[parse.sentence_of[i]]
        before = reading.spans_in(first, i, "Leader")
        after = people_soon(reading, actor.past, 6) if parse.words[actor.past : actor.past + 1] == [","] else []
        for span in before[:1] if len(before) == 1 else after[:1] if not before else []:
            if not reading.objects(span.draft, "represents") and actor.past < stop:
                reading.say(span.draft, "represents", actor.draft, i, rule="on behalf of", confidence=0.75)
