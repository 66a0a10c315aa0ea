"""Claims that passed the check, joined to what the rules read: mentions before the facts, facts after the judgement.

What the rules read stays: a claim may add to it, name it again, or be refused.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from kg.extract.entities.body_names import folded
from kg.extract.entities.meeting_phrases import KINDS
from kg.extract.entities.names import seeded_draft
from kg.extract.entities.person_names import clean_name, known_person
from kg.extract.entities.topics import phrase_topic
from kg.extract.optional.check import Checked, CheckedFact, CheckedMention, Refusal, SourceText, check_claims
from kg.extract.optional.claims import Claims
from kg.extract.reading import Draft, Reading
from kg.model import Skipped
from kg.read.dates import DateExpression
from kg.seeds import Gazetteer
from kg.vocabulary import ENTITY_TYPES

# The rules find meetings late, with their kind, number and sides: a claimed one must not stand in their way.
BEFORE_MEETINGS = tuple(t for t in ENTITY_TYPES if t not in ("Meeting", "Topic"))


@dataclass(slots=True)
class Claimed:
    """What an extractor claims of the document that is being read, and which rule it goes by."""

    rule: str = ""
    checked: Checked = field(default_factory=Checked)


def check_against(reading: Reading, claims: Claims, dates: Callable[[], list[DateExpression]]) -> Claimed:
    """The claims, checked against the text that is being read; without claims nothing is done."""
    if not claims.claims:
        return Claimed(claims.rule)
    parse, aside = reading.parse, reading.document.set_aside
    source = SourceText(
        parse.text, parse.begins, parse.ends, parse.sentences, [(part.begin, part.end) for part in aside], dates()
    )
    return Claimed(claims.rule, check_claims(source, claims.claims))


def add_claimed_mentions(reading: Reading, claimed: Claimed, gazetteer: Gazetteer, types: tuple[str, ...]) -> None:
    """New mentions of these types. Topics wait for a fact that speaks of them."""
    for mention in claimed.checked.mentions:
        if mention.type in types:
            found = _draft(reading, mention, gazetteer, claimed.rule)
            if isinstance(found, str):
                _refuse(claimed, f"{mention.type} '{_quote(reading, mention)}'", found)


def add_claimed_facts(reading: Reading, claimed: Claimed, gazetteer: Gazetteer) -> None:
    """New facts, with the confidence that was claimed. A fact that was read already stays as it is."""
    for fact in claimed.checked.facts:
        fault = _say(reading, fact, gazetteer, claimed.rule)
        if fault is not None:
            end = fact.value if fact.object is None else _quote(reading, fact.object)
            _refuse(claimed, f"fact '{_quote(reading, fact.subject)} {fact.predicate} {end}'", fault)


def refusals(reading: Reading, claimed: Claimed) -> tuple[Skipped, ...]:
    """What was refused, as the graph card lists it: sorted, the same once."""
    name = claimed.rule.partition(":")[2]
    found = {f"claim of {name} left out: {one.words}: {one.reason}" for one in claimed.checked.refused}
    return tuple(Skipped(reading.document.id, reason) for reason in sorted(found))


def _refuse(claimed: Claimed, words: str, reason: str) -> None:
    claimed.checked.refused.append(Refusal(words, reason))


def _quote(reading: Reading, mention: CheckedMention) -> str:
    return " ".join(reading.parse.quote(mention.first, mention.past).split())


def _say(reading: Reading, fact: CheckedFact, gazetteer: Gazetteer, rule: str) -> str | None:
    subject = _draft(reading, fact.subject, gazetteer, rule)
    if isinstance(subject, str):
        return f"subject: {subject}"
    object = fact.value if fact.object is None else _draft(reading, fact.object, gazetteer, rule)
    assert object is not None
    if fact.object is not None and isinstance(object, str):
        return f"object: {object}"
    if object is subject:
        return "its subject is its object"
    if fact.predicate == "heldOn" and (known := [d for d in reading.objects(subject, "heldOn") if d != object]):
        return f"the meeting is dated {known[0]} already"
    reading.say(
        subject,
        fact.predicate,
        object,
        fact.subject.first,
        rule=rule,
        modality=fact.modality,
        confidence=round(fact.confidence, 3),
    )
    return None


# ---------------------------------------------------------------- what a mention stands for


def _draft(reading: Reading, mention: CheckedMention, gazetteer: Gazetteer, rule: str) -> Draft | str:
    """What the mention stands for: as the rules read its words, else something new; or why it can be neither."""
    first, past = mention.first, mention.past
    over = [span for span in reading.spans if span.first < past and first < span.past]
    exact = [
        span.draft for span in over if (span.first, span.past) == (first, past) and span.draft.type == mention.type
    ]
    same = exact or list({id(s.draft): s.draft for s in over if s.draft.type == mention.type}.values())
    if same:
        return same[0] if exact or len(same) == 1 else f"its words name {len(same)} things"
    for span in over:
        if span.first < first or span.past > past or (span.first, span.past) == (first, past):
            words = " ".join(reading.parse.quote(span.first, span.past).split())
            return f"the rules read '{words}' as {span.draft.type}"
    return _new_draft(reading, mention, gazetteer, rule)


def _new_draft(reading: Reading, mention: CheckedMention, gazetteer: Gazetteer, rule: str) -> Draft | str:
    name = clean_name(_quote(reading, mention))
    if mention.type == "Topic":
        return phrase_topic(reading, mention.first, mention.past, gazetteer) or "it is no phrase that can be a topic"
    if not any(c.isalpha() for c in name):
        return "it is no name: it has no letter"
    if mention.type != "Meeting" and not any(c.isupper() for c in name):
        return "it is no name: it has no capital"
    draft = _known(reading, mention.type, name) or _seeded(reading, mention.type, name, gazetteer)
    if draft is None and mention.type == "Country":
        return "it is no country of the seeds"
    if draft is None:
        draft = reading.draft(mention.type, name)
        draft.forms.add(folded(name))
        if mention.type == "Meeting":
            words = [KINDS[word] for word in reversed(name.lower().split()) if word in KINDS]
            draft.attributes["kind"] = next(iter(words), "other")
    reading.mention(draft, mention.first, mention.past, rule=rule)
    return draft


def _known(reading: Reading, type: str, name: str) -> Draft | None:
    """What the document has called so before."""
    if type == "Leader":
        return known_person(reading, name)
    key = folded(name)
    for draft in reading.of_type(type):
        if key in draft.forms or any(folded(form) == key for form in (draft.name, *draft.names)):
            return draft
    return None


def _seeded(reading: Reading, type: str, name: str, gazetteer: Gazetteer) -> Draft | None:
    """What the seeds call so, where the claimed type is theirs."""
    found = gazetteer.names.get(name)
    if found is None or found.role == "capital" or gazetteer.seeds[found.seed].type != type:
        return None
    return seeded_draft(reading, gazetteer, found.seed)
