"""The evidence check: of all that an extractor claims, what stands in the text and what the vocabulary allows.

A claim passes when its words are words of the text, whole and in one sentence that is read; a fact when both its ends
stand in the sentence that it rests on. All others are refused, each with its reason.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice

from kg.extract.optional.claims import ClaimedFact, ClaimedMention, Unreadable
from kg.read.dates import DateExpression
from kg.vocabulary import ENTITY_TYPES, MODALITIES, PREDICATES

# A word such as "the" as evidence would be looked at in every place of a long text.
_MAX_PLACES = 100
_SHOWN = 80


@dataclass(frozen=True, slots=True)
class SourceText:
    """A text with what the check asks of it: where its words begin and end, which words make a sentence, which
    stretches are not read (`aside`, as characters), which dates it names."""

    text: str
    begins: Sequence[int]
    ends: Sequence[int]
    sentences: Sequence[tuple[int, int]]
    aside: Sequence[tuple[int, int]] = ()
    dates: Sequence[DateExpression] = ()


@dataclass(frozen=True, slots=True)
class CheckedMention:
    """A claimed mention at its place: tokens `first..past-1`, which lie in one sentence."""

    type: str
    first: int
    past: int
    confidence: float


@dataclass(frozen=True, slots=True)
class CheckedFact:
    """A claimed fact whose ends stand in the sentence of that number."""

    subject: CheckedMention
    predicate: str
    object: CheckedMention | None
    value: str | None
    sentence: int
    modality: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Refusal:
    """A claim that is not used, in a few words, and why."""

    words: str
    reason: str


@dataclass(slots=True)
class Checked:
    """What passed, in the order of the claims, and what did not. The ends of facts are among the mentions."""

    mentions: list[CheckedMention] = field(default_factory=list)
    facts: list[CheckedFact] = field(default_factory=list)
    refused: list[Refusal] = field(default_factory=list)


def check_claims(source: SourceText, claims: Iterable[object]) -> Checked:
    """Every claim either passes or is refused; nothing that an extractor gives makes this raise."""
    checked = Checked()
    for claim in claims:
        outcome = _check(source, claim)
        if isinstance(outcome, str):
            checked.refused.append(Refusal(_words(claim), outcome))
        elif isinstance(outcome, CheckedMention):
            checked.mentions.append(outcome)
        else:
            checked.facts.append(outcome)
            checked.mentions += [end for end in (outcome.subject, outcome.object) if end is not None]
    checked.mentions = list(dict.fromkeys(checked.mentions))
    return checked


def _check(source: SourceText, claim: object) -> CheckedMention | CheckedFact | str:
    if isinstance(claim, Unreadable):
        return claim.reason
    if isinstance(claim, ClaimedMention):
        return _mention_fault(claim) or _check_mention(source, claim)
    if isinstance(claim, ClaimedFact):
        return _fact_fault(claim) or _check_fact(source, claim)
    return "it is no claim"


# ---------------------------------------------------------------- what can be said without the text


def _mention_fault(mention: object) -> str | None:
    if not isinstance(mention, ClaimedMention) or not _is_typed(mention):
        return "it is no claim: its fields are of wrong types"
    if mention.type not in ENTITY_TYPES:
        return f"'{mention.type[:_SHOWN]}' is no type of the vocabulary"
    if not mention.quote.strip():
        return "it quotes nothing"
    if (mention.begin is None) != (mention.end is None):
        return "it gives one offset and not the other"
    return _confidence_fault(mention.confidence)


def _is_typed(mention: ClaimedMention) -> bool:
    offsets = (mention.begin, mention.end)
    return isinstance(mention.quote, str) and isinstance(mention.type, str) and all(_is_offset(o) for o in offsets)


def _is_offset(value: object) -> bool:
    return value is None or (isinstance(value, int) and not isinstance(value, bool))


def _confidence_fault(confidence: object) -> str | None:
    # Not a number at all, and NaN, fail the comparison as well.
    if isinstance(confidence, int | float) and not isinstance(confidence, bool) and 0 <= confidence <= 1:
        return None
    return "its confidence is not from 0 to 1"


def _fact_fault(fact: ClaimedFact) -> str | None:
    texts = (fact.predicate, fact.modality, fact.evidence, "" if fact.value is None else fact.value)
    if not all(isinstance(part, str) for part in texts):
        return "it is no claim: its fields are of wrong types"
    predicate = PREDICATES.get(fact.predicate)
    if predicate is None:
        return f"'{fact.predicate[:_SHOWN]}' is no predicate of the vocabulary"
    if fact.modality not in MODALITIES:
        return f"'{fact.modality[:_SHOWN]}' is no modality"
    if (fact.object is None) != (not predicate.range) or (fact.value is None) != bool(predicate.range):
        return f"{fact.predicate} takes {'an object' if predicate.range else 'a value'}, and nothing else"
    return (
        _confidence_fault(fact.confidence)
        or _end_fault("subject", fact.subject, predicate.domain)
        or (_end_fault("object", fact.object, predicate.range) if predicate.range else None)
    )


def _end_fault(end: str, mention: object, allowed: tuple[str, ...]) -> str | None:
    fault = _mention_fault(mention)
    if fault is not None:
        return f"{end}: {fault}"
    assert isinstance(mention, ClaimedMention)
    return None if mention.type in allowed else f"its {end} is a {mention.type}, not a {' or '.join(allowed)}"


# ---------------------------------------------------------------- where it stands


Stretch = tuple[int, int]  # characters, end exclusive


def _check_mention(source: SourceText, mention: ClaimedMention) -> CheckedMention | str:
    found = "its quote does not stand in the text"
    for place in _places(source.text, mention, (0, len(source.text))):
        tokens = _tokens(source, place)
        if not isinstance(tokens, str):
            return _checked(mention, tokens)
        found = tokens
    return found


def _check_fact(source: SourceText, fact: ClaimedFact) -> CheckedFact | str:
    if not fact.evidence.strip():
        return "it has no evidence"
    found = "its evidence does not stand in the text"
    for quoted in islice(_find(source.text, fact.evidence, (0, len(source.text))), _MAX_PLACES):
        for number in _sentences_in(source, quoted):
            outcome = _check_in_sentence(source, fact, number, quoted)
            if not isinstance(outcome, str):
                return outcome
            found = outcome
    return found


def _check_in_sentence(source: SourceText, fact: ClaimedFact, number: int, quoted: Stretch) -> CheckedFact | str:
    """The fact with its ends in that part of the sentence that the evidence quotes."""
    first, past = source.sentences[number]
    within = max(quoted[0], source.begins[first]), min(quoted[1], source.ends[past - 1])
    subject = _end_in(source, fact.subject, within)
    if subject is None:
        return "its subject is no mention in the sentence of its evidence"
    object = None if fact.object is None else _end_in(source, fact.object, within)
    if fact.object is not None and object is None:
        return "its object is no mention in the sentence of its evidence"
    if object is not None and (object.first, object.past) == (subject.first, subject.past):
        return "its subject is its object"
    if fact.value is not None and not _states(source, fact.predicate, fact.value, within):
        return "its value does not stand in the sentence of its evidence"
    return CheckedFact(subject, fact.predicate, object, fact.value, number, fact.modality, float(fact.confidence))


def _end_in(source: SourceText, mention: ClaimedMention, within: Stretch) -> CheckedMention | None:
    for place in _places(source.text, mention, within):
        tokens = _tokens(source, place)
        if not isinstance(tokens, str):
            return _checked(mention, tokens)
    return None


def _states(source: SourceText, predicate: str, value: str, within: Stretch) -> bool:
    """A date is stated where the text names it, in whatever words; any other value in its own."""
    if predicate == "heldOn":
        return any(
            within[0] <= date.begin and date.end <= within[1] and date.value == value and date.kind != "period"
            for date in source.dates
        )
    places = islice(_find(source.text, value, within), _MAX_PLACES)
    return any(not isinstance(_tokens(source, place), str) for place in places)


def _places(text: str, mention: ClaimedMention, within: Stretch) -> Iterator[Stretch]:
    """Where the mention says that it stands, if its words stand there; without offsets wherever they do."""
    begin, end = mention.begin, mention.end
    if begin is None or end is None:
        yield from islice(_find(text, mention.quote, within), _MAX_PLACES)
    elif within[0] <= begin < end <= within[1] and text[begin:end] == mention.quote:
        yield begin, end


def _find(text: str, quote: str, within: Stretch) -> Iterator[Stretch]:
    """Every place of the quote, letter for letter; only white space may differ, since a quote has no line ends."""
    words = quote.split()
    if words:
        pattern = re.compile(r"\s+".join(map(re.escape, words)))
        yield from (match.span() for match in pattern.finditer(text, *within))


def _tokens(source: SourceText, place: Stretch) -> tuple[int, int] | str:
    """The tokens `first, past` that the characters are, or why they are none."""
    begin, end = place
    first, past = bisect_left(source.begins, begin), bisect_left(source.ends, end) + 1
    if not (first < past <= len(source.ends) and source.begins[first] == begin and source.ends[past - 1] == end):
        return "its quote cuts a word"
    if any(a < end and begin < b for a, b in source.aside):
        return "it stands in a part of the text that is set aside"
    if past > source.sentences[_sentence_of(source, first)][1]:
        return "its quote runs over the end of a sentence"
    return first, past


def _sentence_of(source: SourceText, token: int) -> int:
    return bisect_right(source.sentences, (token, len(source.begins))) - 1


def _sentences_in(source: SourceText, quoted: Stretch) -> range:
    """The numbers of the sentences that a stretch of text touches."""
    first, last = bisect_right(source.ends, quoted[0]), bisect_left(source.begins, quoted[1]) - 1
    return range(_sentence_of(source, first), _sentence_of(source, last) + 1) if first <= last else range(0)


def _checked(mention: ClaimedMention, tokens: tuple[int, int]) -> CheckedMention:
    return CheckedMention(mention.type, *tokens, float(mention.confidence))


# ---------------------------------------------------------------- words for the list of what was refused


def _words(claim: object) -> str:
    if isinstance(claim, Unreadable):
        return _short(claim.words)
    if isinstance(claim, ClaimedMention):
        return f"{_short(claim.type)} '{_short(claim.quote)}'"
    if isinstance(claim, ClaimedFact):
        end = claim.value if claim.object is None else _quote_of(claim.object)
        return f"fact '{_short(_quote_of(claim.subject))} {_short(claim.predicate)} {_short(end)}'"
    return _short(repr(claim))


def _quote_of(mention: object) -> object:
    return mention.quote if isinstance(mention, ClaimedMention) else mention


def _short(words: object) -> str:
    line = " ".join(str(words).split())
    return line if len(line) <= _SHOWN else line[: _SHOWN - 1] + "…"
