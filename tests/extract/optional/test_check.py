"""The evidence check, on plain data: what stands in the text passes, everything else is refused with its reason."""

from __future__ import annotations

import math
import re
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from kg.extract.optional.check import SourceText, check_claims
from kg.extract.optional.claims import ClaimedFact, ClaimedMention, Unreadable
from kg.read.dates import find_dates
from kg.vocabulary import ENTITY_TYPES, MODALITIES, PREDICATES

TEXT = (
    "Asha Mwale chaired the Third Kariba Forum in Lusaka on 4 March 2024. Tomás Reyes, the trade minister, did not "
    "attend. Asha Mwale will visit\nSuva. Share this article with Asha Mwale."
)
MWALE = ClaimedMention("Asha Mwale", "Leader")
FORUM = ClaimedMention("Third Kariba Forum", "Meeting")
REYES = ClaimedMention("Tomás Reyes", "Leader")
FIRST = TEXT[: TEXT.index(" Tomás")]
CHAIRED = ClaimedFact(MWALE, "chaired", FORUM, FIRST, confidence=0.8)


def source_of(text: str, aside: tuple[tuple[int, int], ...] = ()) -> SourceText:
    """Words and signs are tokens, a full stop ends a sentence: nothing of spaCy is needed."""
    tokens = [match.span() for match in re.finditer(r"\w+|[^\w\s]|\s*\n\s*", text)]
    starts = [0, *(i + 1 for i, (begin, _) in enumerate(tokens) if text[begin] == "."), len(tokens)]
    sentences = [(a, b) for a, b in zip(starts, starts[1:], strict=False) if a < b]
    return SourceText(text, [b for b, _ in tokens], [e for _, e in tokens], sentences, aside, find_dates(text, None))


SOURCE = source_of(TEXT, ((TEXT.index("Share"), len(TEXT)),))


def refusal(claim: object, source: SourceText = SOURCE) -> str:
    checked = check_claims(source, [claim])
    assert (checked.mentions, checked.facts) == ([], [])
    (refused,) = checked.refused
    return refused.reason


def test_a_fact_whose_ends_stand_in_its_sentence_passes_with_its_confidence() -> None:
    checked = check_claims(SOURCE, [CHAIRED])
    (fact,) = checked.facts
    assert (fact.predicate, fact.sentence, fact.confidence, fact.modality) == ("chaired", 0, 0.8, "actual")
    assert checked.mentions == [fact.subject, fact.object]
    assert checked.refused == []


def test_a_quote_may_have_a_space_where_the_text_ends_a_line() -> None:
    suva = ClaimedMention("Suva", "Place")
    fact = ClaimedFact(MWALE, "visited", suva, "Asha Mwale will visit Suva.", modality="planned")
    assert [one.sentence for one in check_claims(SOURCE, [fact]).facts] == [2]


def test_offsets_choose_among_the_places_of_a_name() -> None:
    begin = TEXT.index("Asha Mwale will")
    (mention,) = check_claims(SOURCE, [replace(MWALE, begin=begin, end=begin + 10)]).mentions
    assert SOURCE.begins[mention.first] == begin


def test_a_date_counts_in_whatever_words_the_text_has_it() -> None:
    held = ClaimedFact(FORUM, "heldOn", None, FIRST, value="2024-03-04")
    assert len(check_claims(SOURCE, [held]).facts) == 1
    assert "value does not stand" in refusal(replace(held, value="2024-03-05"))


def test_a_title_must_stand_in_the_sentence() -> None:
    sentence = "Tomás Reyes, the trade minister, did not attend."
    post = ClaimedFact(REYES, "position", None, sentence, value="trade minister")
    assert len(check_claims(SOURCE, [post]).facts) == 1
    assert "value does not stand" in refusal(replace(post, value="prime minister"))


@pytest.mark.parametrize(
    ("claim", "reason"),
    [
        (ClaimedMention("Ivo Brandt", "Leader"), "does not stand in the text"),
        (ClaimedMention("asha mwale", "Leader"), "does not stand in the text"),
        (ClaimedMention("Kari", "Place"), "cuts a word"),
        (
            ClaimedMention("Mwale chaired the Third Kariba Forum in Lusaka on 4 March 2024. Tomás", "Leader"),
            "runs over",
        ),
        (ClaimedMention("Share this article", "Organization"), "set aside"),
        (ClaimedMention("Lusaka", "City"), "'City' is no type"),
        (ClaimedMention(" \n", "Place"), "quotes nothing"),
        (ClaimedMention("Lusaka", "Place", begin=0, end=6), "does not stand in the text"),
        (ClaimedMention("Lusaka", "Place", begin=-6, end=0), "does not stand in the text"),
        (ClaimedMention("Lusaka", "Place", begin=10**30, end=10**30 + 6), "does not stand in the text"),
        (ClaimedMention("Lusaka", "Place", begin=45), "one offset and not the other"),
        (ClaimedMention("Lusaka", "Place", confidence=1.01), "confidence"),
        (ClaimedMention("Lusaka", "Place", confidence=math.nan), "confidence"),
        (replace(CHAIRED, confidence=-0.1), "confidence"),
        (replace(CHAIRED, predicate="befriended"), "'befriended' is no predicate"),
        (replace(CHAIRED, modality="rumoured"), "'rumoured' is no modality"),
        (replace(CHAIRED, evidence="Asha Mwale opened the Third Kariba Forum."), "evidence does not stand"),
        (replace(CHAIRED, evidence=""), "no evidence"),
        (replace(CHAIRED, subject=REYES), "subject is no mention in the sentence"),
        (replace(CHAIRED, object=replace(FORUM, quote="Fourth Kariba Forum")), "object is no mention in the sentence"),
        (replace(CHAIRED, subject=FORUM), "its subject is a Meeting, not a Country or Leader or Organization"),
        (replace(CHAIRED, object=None, value="the forum"), "takes an object"),
        (replace(CHAIRED, value="the forum"), "takes an object, and nothing else"),
        (ClaimedFact(FORUM, "heldOn", FORUM, FIRST), "takes a value"),
        (ClaimedFact(MWALE, "met", MWALE, FIRST), "subject is its object"),
        (ClaimedFact(MWALE, "met", REYES, FIRST), "object is no mention in the sentence"),
        (Unreadable("Sorry, I cannot", "the answer is no JSON"), "no JSON"),
        ("Asha Mwale", "no claim"),
        (None, "no claim"),
        (ClaimedMention(7, ["Leader"]), "wrong types"),  # type: ignore[arg-type]
        (replace(CHAIRED, subject="Asha Mwale"), "wrong types"),  # type: ignore[arg-type]
        (replace(CHAIRED, predicate=["chaired"]), "wrong types"),  # type: ignore[arg-type]
    ],
)
def test_what_the_text_or_the_vocabulary_does_not_bear_out_is_refused(claim: object, reason: str) -> None:
    assert reason in refusal(claim)


def test_evidence_that_cuts_an_end_off_does_not_count() -> None:
    assert "subject is no mention" in refusal(replace(CHAIRED, evidence="chaired the Third Kariba Forum in Lusaka"))


def test_two_ends_in_two_sentences_make_no_fact_even_where_the_evidence_quotes_both() -> None:
    both = TEXT[: TEXT.index(" Asha Mwale will")]
    assert "no mention in the sentence" in refusal(ClaimedFact(MWALE, "met", REYES, both))


def test_a_false_claim_does_not_take_the_true_ones_with_it() -> None:
    checked = check_claims(SOURCE, [CHAIRED, ClaimedMention("Ivo Brandt", "Leader"), CHAIRED, MWALE])
    assert (len(checked.facts), len(checked.mentions), len(checked.refused)) == (2, 2, 1)


# ---------------------------------------------------------------- whatever an extractor says

# Words of the text, its signs, and others: claims come near the truth and miss it in every way.
WORDS = st.sampled_from([*TEXT.split(" "), "Mwale", "Tomás", "Suva", "Ivo", "kariba", ".", "\n", "", "Ash"])
PHRASES = st.lists(WORDS, max_size=5).map(" ".join) | st.text(max_size=12)
SPANS = st.tuples(st.integers(-3, len(TEXT) + 3), st.integers(0, 40)).map(lambda p: (p[0], p[0] + p[1]))
TRUE_SPANS = SPANS.map(lambda p: (TEXT[max(p[0], 0) : p[1]], *p))
CONFIDENCE = st.floats() | st.integers(-1, 2) | st.just("high") | st.none()
TYPES = st.sampled_from((*ENTITY_TYPES, "Person", ""))


def mentions() -> st.SearchStrategy[Any]:
    free = st.builds(ClaimedMention, PHRASES, TYPES, st.none(), st.none(), CONFIDENCE)
    placed = st.builds(
        lambda span, type_, c: ClaimedMention(span[0], type_, span[1], span[2], c), TRUE_SPANS, TYPES, st.floats(0, 1)
    )
    known = st.sampled_from([MWALE, FORUM, REYES])
    return free | placed | known | st.builds(ClaimedMention, PHRASES, TYPES, st.integers(), st.integers())


def facts() -> st.SearchStrategy[Any]:
    evidence = st.sampled_from([FIRST, TEXT, TEXT[69:]]) | PHRASES | TRUE_SPANS.map(lambda s: s[0])
    return st.builds(
        ClaimedFact,
        mentions() | st.none(),
        st.sampled_from((*PREDICATES, "likes")),
        mentions() | st.none(),
        evidence,
        st.none() | PHRASES | st.just("2024-03-04") | st.integers(),
        st.sampled_from((*MODALITIES, "maybe")),
        CONFIDENCE,
    )


ANYTHING = mentions() | facts() | st.builds(Unreadable, st.text(), st.text()) | st.integers() | st.text() | st.none()


@settings(max_examples=400, deadline=None)
@given(st.lists(ANYTHING, max_size=6))
@example([CHAIRED, MWALE, replace(CHAIRED, predicate="attended")])
def test_nothing_passes_that_the_text_does_not_say(claims: list[Any]) -> None:
    checked = check_claims(SOURCE, claims)
    n_facts = sum(isinstance(claim, ClaimedFact) for claim in claims)
    assert len(checked.facts) + len(checked.refused) + len(checked.mentions) >= (1 if claims else 0)
    assert len(checked.facts) <= n_facts
    assert len(checked.refused) <= len(claims)
    said = {" ".join(m.quote.split()) for c in claims for m in _mentions_of(c) if isinstance(m.quote, str)}
    for mention in checked.mentions:
        begin, end = SOURCE.begins[mention.first], SOURCE.ends[mention.past - 1]
        assert " ".join(TEXT[begin:end].split()) in said
        assert mention.type in ENTITY_TYPES
        assert 0 <= mention.confidence <= 1
        assert end <= SOURCE.aside[0][0]
        assert any(a <= mention.first < mention.past <= b for a, b in SOURCE.sentences)
    for fact in checked.facts:
        rule = PREDICATES[fact.predicate]
        first, past = SOURCE.sentences[fact.sentence]
        assert fact.subject.type in rule.domain
        assert (fact.object is None) == (not rule.range)
        assert fact.object is None or fact.object.type in rule.range
        ends = [end for end in (fact.subject, fact.object) if end is not None]
        assert all(first <= end.first < end.past <= past for end in ends)
        assert all(end in checked.mentions for end in ends)
        assert 0 <= fact.confidence <= 1
        assert fact.modality in MODALITIES


def _mentions_of(claim: object) -> list[ClaimedMention]:
    parts = (claim.subject, claim.object) if isinstance(claim, ClaimedFact) else (claim,)
    return [part for part in parts if isinstance(part, ClaimedMention)]


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=60), st.text(max_size=8), st.integers(-2, 62), st.integers(-2, 62))
def test_any_text_and_any_quote_keep_the_promise(text: str, quote: str, begin: int, end: int) -> None:
    source = source_of(text)
    claims = [ClaimedMention(quote, "Place"), ClaimedMention(quote, "Place", begin, end)]
    claims.append(ClaimedMention(text[max(begin, 0) : max(end, 0)], "Place", begin, end))
    checked = check_claims(source, claims)
    for mention in checked.mentions:
        found = text[source.begins[mention.first] : source.ends[mention.past - 1]]
        assert found.split() in [claim.quote.split() for claim in claims]
