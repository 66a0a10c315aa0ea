"""Which meeting of the text a phrase without a name of its own takes up: "the meeting", "this summit", "the talks"."""

from __future__ import annotations

import re

from kg.extract.entities.meeting_phrases import MeetingPhrase, copular_subject
from kg.extract.entities.occasions import is_another_occasion, is_told_by
from kg.extract.entities.talk_partners import TWO_SIDED, are_of_three, are_others, partners_named
from kg.extract.parse import Parse
from kg.extract.reading import Draft, Reading, Span
from kg.extract.wordlists import CALENDAR, word_list

PLURAL_NAMES = frozenset(("talks", "discussions", "consultations", "negotiations"))
REPORTED = word_list("meetings", "reported")
TELLING = frozenset(
    "trilateral emergency extraordinary quadrilateral tripartite inaugural consultative preparatory follow-up".split()
)
_DEALING = word_list("meetings", "dealing")


def referent(reading: Reading, c: MeetingPhrase, kind: str) -> Draft | None:
    """The meeting that a definite description takes up: same noun first, then the main one, then the latest."""
    before = [span for span in reading.spans if span.draft.type == "Meeting" and span.first < c.first]
    if not before:
        return None
    told_before = {id(span.draft) for span in before}
    fitting = [d for d in _fitting(reading, c, kind) if id(d) in told_before]
    apart = [d for d in fitting if c.word in REPORTED and is_another_occasion(reading, c, d)]
    if apart and main_meeting(reading) in apart:
        return None
    fitting = [d for d in fitting if d not in apart]
    if not fitting:
        return None
    if c.first and reading.parse.lower[c.first - 1] in ("that", "this"):
        # "Ministers met on 4 November. That session …": the one spoken of last.
        return max((s for s in before if s.draft in fitting), key=lambda s: s.first).draft
    main = main_meeting(reading)
    talks = _just_told(reading, c, before) if c.word in _OF_TALKS else None
    if talks in fitting and (main is None or main.attributes.get("kind") in TWO_SIDED or not _has_noun(c, main)):
        return talks
    if kind in ("ministerial", "officials-meeting") and (same := [d for d in fitting if d.attributes["kind"] == kind]):
        fitting = same  # "The ministerial meeting was chaired by X", in a report on the summit that it prepared
    return _likeliest(reading, c, fitting, main)


def _likeliest(reading: Reading, c: MeetingPhrase, fitting: list[Draft], main: Draft | None) -> Draft:
    """Of several that fit: the one whose name has all the words, the main one, the one with this noun, the first."""
    parse = reading.parse
    told = {parse.lower[i] for i in range(c.first, c.head) if parse.tags[i] in ("NN", "JJ", "NNP")}
    alike = [d for d in fitting if told and told <= _words(d)]
    if alike and main not in alike:
        return alike[-1]  # "the security-oriented consultative meeting", beside talks of two ministers
    same_noun = [d for d in fitting if _has_noun(c, d)]
    if main is not None and main in same_noun:
        return main
    if same_noun and c.word != "meeting":
        return same_noun[0]
    return main if main is not None and main in fitting else fitting[0]


def _fitting(reading: Reading, c: MeetingPhrase, kind: str) -> list[Draft]:
    """The meetings of the document that a phrase with these words can mean."""
    parse = reading.parse
    sides = {parse.lower[i] for i in range(c.first, c.head)} & _SIDED
    sentence = parse.sentences[parse.sentence_of[c.head]][0]
    proper = [i for i in range(max(c.first, sentence + 1), c.head) if parse.tags[i] == "NNP" and parse.capital(i)]
    own_name = {parse.lower[i] for i in proper if reading.type_at(i) not in ("Country", "Place", "Leader")} - CALENDAR
    partners = partners_named(reading, c) if c.word != "summit" else []

    def fits(draft: Draft) -> bool:
        own, words = draft.attributes.get("kind"), _words(draft)
        of_others = own in TWO_SIDED and are_others(reading, partners, draft)
        if partners and (own in ("summit", "forum") or draft.series is not None or of_others):
            return False  # "At this first meeting between A and C", in a report on talks of A and B
        three = own in TWO_SIDED and bool(sides & _OF_THREE) and are_of_three(reading, draft)
        if not (sides <= words or three) or own_name and own_name.isdisjoint(words):
            return False  # "the tripartite summit", "the PIFs Leaders meeting", in a report on another one
        return c.word in words or _fits_kind(c, kind, own)

    return [d for d in reading.of_type("Meeting") if fits(d)]


def _fits_kind(c: MeetingPhrase, kind: str, own: str | None) -> bool:
    """Whether a phrase of one kind can mean a meeting whose `own` kind is known, where their nouns differ."""
    if kind in ("bilateral-talks", "call"):
        return own in ("bilateral-talks", "call")
    if c.word == "summit":
        return own == "summit"
    if c.word == "ceremony":
        return own == "signing"
    return c.word in _GENERAL and (own != "visit" or c.word == "event")


_GENERAL = frozenset("meeting event gathering conference session forum summit ceremony".split())


def _words(draft: Draft) -> set[str]:
    """The words of all names of a meeting, in small letters."""
    return {word.lower() for name in draft.names for word in re.findall(r"\w+", name)}


def _has_noun(c: MeetingPhrase, draft: Draft) -> bool:
    return c.word in _words(draft)


_OF_TALKS = PLURAL_NAMES | {"meeting", "conversation", "encounter"}


def _just_told(reading: Reading, c: MeetingPhrase, before: list[Span]) -> Draft | None:
    """The talks that the same sentence or the one before has told: "A met B … . During the meeting"."""
    sentence_of = reading.parse.sentence_of
    near = [
        s for s in before if sentence_of[c.head] - sentence_of[s.head] <= 1 and not is_told_by(reading.parse, s.first)
    ]
    last = max(near, key=lambda s: s.first, default=None)
    return last.draft if last is not None and last.draft.attributes.get("kind") in TWO_SIDED else None


_OF_THREE = frozenset(("trilateral", "tripartite"))
_SIDED = _OF_THREE | {"quadrilateral"}


def main_meeting(reading: Reading) -> Draft | None:
    """The meeting that the document is about: the most mentioned one, the earlier of equals."""
    meetings = reading.of_type("Meeting")
    if not meetings:
        return None
    counts: dict[int, int] = {}
    starts: dict[int, int] = {}
    for span in reading.spans:
        if span.draft.type == "Meeting":
            counts[id(span.draft)] = counts.get(id(span.draft), 0) + 1
            starts[id(span.draft)] = min(starts.get(id(span.draft), span.first), span.first)
    lead = min(meetings, key=lambda d: starts.get(id(d), len(reading.parse)))
    # News names its own meeting first and comes back to it; one mention more of another does not outweigh that.
    return max(meetings, key=lambda d: (counts.get(id(d), 0) + 1.5 * (d is lead), -starts.get(id(d), 0)))


def named_later(reading: Reading, c: MeetingPhrase, kind: str) -> Draft | None:
    """The "summit" of the lead is the one that a later sentence names, where only one of its kind is named."""
    parse = reading.parse
    told = {parse.lower[i]: parse.tags[i] for i in range(c.first, c.head)}
    if parse.sentence_of[c.head] > 1 or told.keys() & TELLING:
        return None
    named = [
        d
        for d in reading.of_type("Meeting")
        if d.series is not None and (d.attributes.get("kind") == kind or c.word in ("gathering", "event", "meeting"))
    ]
    later = sorted((s for s in reading.spans if s.draft in named), key=lambda s: s.first)
    if len(named) != 1 or later[0].first < c.head:
        return None
    start = later[0].first
    if is_another_occasion(reading, c, named[0]) or c.ordinal not in (None, named[0].attributes.get("ordinal")):
        return None  # "The Working Group held its first meeting … for the Ministers' Meeting in April"
    if parse.sentence_of[start] == parse.sentence_of[c.head] and _NAMING.isdisjoint(parse.lower[c.head : start]):
        return None
    if kind == "other" and any(tag == "NN" and word not in _words(named[0]) | _DURATION for word, tag in told.items()):
        return None  # "An expert meeting took place" is not the "Third Consultative Meeting" that it prepared
    return None if NOT_NOW & set(parse.lower[max(0, start - 2) : later[0].head]) and kind == "other" else named[0]


_DURATION = frozenset("day days week weekend hour".split())
NOT_NOW = frozenset("upcoming forthcoming next last previous".split())
_NAMING = frozenset("title titled called named known namely officially".split())


def by_words(reading: Reading, c: MeetingPhrase) -> Draft | None:
    """As in "SEOM CLMV 20 conference": the meeting named before whose names and number hold all these words."""
    parse = reading.parse
    telling = {w.lower() for w in parse.words[c.first : c.head] if w[0].isupper() or w.isdigit()}
    if len(telling) < 2:
        return None
    for draft in reading.of_type("Meeting"):
        if telling <= _words(draft) | {draft.attributes.get("ordinal", "")}:
            return draft
    return None


def takes_up(reading: Reading, c: MeetingPhrase) -> bool:
    """As in "Talks centred on fisheries", "Discussions also covered trade": what the meeting before was about."""
    parse = reading.parse
    return (
        c.word in PLURAL_NAMES
        and c.first == c.head
        and parse.deps[c.head] in ("nsubj", "nsubjpass")
        and parse.lower[parse.heads[c.head]] in _DEALING
    )


def told_what_it_is(reading: Reading, c: MeetingPhrase) -> Draft | None:
    """The meeting of "This event is the third summit", "It was their first meeting in Oslo", which tells no other."""
    subject = copular_subject(reading.parse, c.head)
    if subject is None:
        return None
    owner = reading.owner[subject]
    if owner is not None:
        return owner.draft if owner.draft.type == "Meeting" else None
    if reading.parse.lower[subject] not in ("this", "it", "that"):
        return None
    before = [s for s in reading.spans if s.draft.type == "Meeting" and s.first < subject]
    return max(before, key=lambda s: s.first).draft if before else None


def purpose_of(reading: Reading, c: MeetingPhrase, before: str) -> Draft | None:
    """The meeting that "was held in Amman for talks on trade", "gathered for discussions": what it was for."""
    parse = reading.parse
    if c.word not in PLURAL_NAMES or before != "for" or parse.lower[c.head + 1 : c.head + 2] in (["with"], ["between"]):
        return None
    first, _ = parse.sentences[parse.sentence_of[c.head]]
    here = [s for s in reading.spans_in(first, c.first, "Meeting") if s.draft.attributes.get("kind") != "visit"]
    return here[-1].draft if here and _verb_over(parse, c.first - 1) == _verb_over(parse, here[-1].head) else None


def _verb_over(parse: Parse, token: int) -> int:
    for _ in range(6):
        token = parse.heads[token]
        if parse.tags[token].startswith("V"):
            break
    return token
