"""The noun phrase of a meeting: its head noun, number, series, kind, and how far its name reaches."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.extract.entities.phrases import (
    DASHES,
    DETERMINERS,
    bracketed,
    is_acronym,
    phrase_start,
    phrase_tail,
    skip_acronym,
)
from kg.extract.parse import Parse
from kg.extract.reading import Draft, Reading
from kg.extract.wordlists import CALENDAR, ORDINALS, word_table

PHONE = frozenset("phone telephone video online virtual".split())

KINDS = word_table("meetings", "kinds")
# Kinds that many attend: no visit, no call, no talks of two.
GATHERINGS = frozenset(("summit", "ministerial", "officials-meeting", "forum", "other"))


_NUMBERS = {word: number for number, word in enumerate(ORDINALS, start=1)}


_GROUPING = frozenset(("group", "bloc", "grouping", "organisation", "organization", "association"))


_OF = frozenset(("of",))


_OF_ON = frozenset(("of", "on"))


@dataclass(slots=True)
class MeetingPhrase:
    head: int
    first: int
    past: int  # after the head, or after "(ACR)"
    tail: int
    ordinal: str | None
    series: Draft | None
    word: str


def read_phrase(reading: Reading, head: int) -> MeetingPhrase | None:
    parse = reading.parse
    owner = reading.owner[head]
    if owner is not None and owner.past > head + 1:
        return None
    if head + 1 < len(parse) and parse.lower[head + 1] in KINDS and parse.tags[head + 1].startswith("N"):
        return None
    floor = parse.sentences[parse.sentence_of[head]][0]
    first = phrase_start(reading, head, floor)
    while first < head and parse.tags[first] in ("VBN", "VBG", "RB", "IN") and not parse.capital(first):
        if parse.words[first + 1] in DASHES:
            break  # "wide-ranging discussions"
        first += 1
    owner_before = _possessor(reading, first, head)
    if owner_before is not None:
        first = owner_before[1]
    past = skip_acronym(reading, head + 1)
    acronym = bracketed(reading, head + 1)
    if acronym is None or not is_acronym(acronym):
        past = head + 1
    prepositions = (
        _OF_ON
        if parse.lower[head]
        in ("conference", "summit", "forum", "seminar", "workshop", "symposium", "dialogue", "meeting")
        else _OF
    )
    tail = _named_tail(reading, past, prepositions)
    ordinal = ordinal_of(parse.quote(first, head).split()) if first < head else None
    series = _series(reading, first, tail, head) or (owner_before[0] if owner_before else None)
    return MeetingPhrase(head, first, past, tail, ordinal, series, parse.lower[head])


def _possessor(reading: Reading, first: int, head: int) -> tuple[Draft, int] | None:
    """As in "the League's 33rd summit": the body whose meeting it is, and the token after the genitive."""
    parse = reading.parse
    for i in range(max(first, 1), head):
        span = reading.owner[i - 1]
        if parse.words[i] in ("'s", "’s") and span is not None and span.draft.type in ("Organization", "Framework"):
            return span.draft, i + 1
    span = reading.owner[first - 2] if first > 1 and parse.words[first - 1] in ("'s", "’s") else None
    if span is not None and span.draft.type in ("Organization", "Framework"):
        return span.draft, first
    return None


def _named_tail(reading: Reading, past: int, prepositions: frozenset[str]) -> int:
    """As in "Summit of the Zambezi Strategy (ZS)", "Conference on Ports, Rail and Tourism": proper names only."""
    parse = reading.parse
    if past >= len(parse) or parse.lower[past] not in prepositions:
        return past
    i = past + 1
    while i < len(parse) and parse.lower[i] in DETERMINERS:
        i += 1
    if i < len(parse) and parse.lower[past] == "on" and (parse.lower[i] in CALENDAR or parse.words[i][0].isdigit()):
        return past
    if i >= len(parse) or not (parse.capital(i) or reading.owner[i] is not None or parse.lower[past] == "of"):
        return past
    if reading.type_at(i) in ("Country", "Leader", "Place"):
        return past
    if not parse.capital(i) and parse.lower[i] not in (
        "heads",
        "group",
        "bloc",
        "leaders",
        "ministers",
        "organisation",
        "organization",
        "ruling",
        "foreign",
    ):
        return past
    end = phrase_tail(reading, past, frozenset((parse.lower[past],)), limit=14)
    return skip_acronym(reading, end)


def ordinal_of(words: list[str]) -> str | None:
    """The number of a meeting: "11th", "seventh", "13th"; None without one."""
    for word in words:
        match = re.fullmatch(r"(\d{1,3})(?:st|nd|rd|th)", word)
        if match:
            return match[1]
        if word.lower() in _NUMBERS:
            return str(_NUMBERS[word.lower()])
        tens = re.fullmatch(r"(\w+ty)-?(\w+)", word.lower())
        if tens and tens[1] in _TENS and tens[2] in _NUMBERS:
            return str(_TENS[tens[1]] + _NUMBERS[tens[2]])
    return _roman(words[0]) if words else None


def _roman(word: str) -> str | None:
    """As in "the LVI Meeting of Heads of State": a Roman number of two letters or more; None for other words.

    >>> [_roman(word) for word in ("XIV", "LVI", "EU", "X")]
    ['14', '56', None, None]
    """
    match = re.fullmatch(r"(XC|XL|L?X{0,3})(IX|IV|V?I{0,3})", word)
    if match is None or len(word) < 2:
        return None
    values = [_ROMAN[letter] for letter in word]
    return str(sum(-v if v < after else v for v, after in zip(values, [*values[1:], 0], strict=True)))


_ROMAN = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
_TENS = {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90}


def _series(reading: Reading, first: int, tail: int, head: int) -> Draft | None:
    """The framework or organization within the name: what the meeting is a meeting of."""
    best = None
    parse = reading.parse
    if any(parse.lower[i] in _GROUPING for i in range(head + 1, tail)):
        before = [s for s in reading.spans if s.draft.type in ("Framework", "Organization") and s.past <= first]
        groupings = [s for s in before if s.draft.seed or s.draft.attributes.get("kind") == "mechanism"]
        if groupings:
            return max(groupings, key=lambda s: s.first).draft
    for span in reading.all_in(first, tail, "Framework", "Organization"):
        if span.first <= head < span.past:
            continue
        if best is None or (span.past <= head and span.past - span.first > best.past - best.first):
            best = span
    return best.draft if best else None


def kind_of(reading: Reading, c: MeetingPhrase) -> str:
    """The kind of the gathering that a phrase names."""
    return kind_named(c.word, reading.parse.lower[c.first : c.tail])


def kind_named(word: str, phrase: list[str]) -> str:
    """The kind of a gathering by its noun and the words of its name: a "meeting" of "ministers" -> ministerial."""
    words = " ".join(phrase)
    if word in ("meeting", "session", "conference", "retreat", "dialogue", "consultation", "videoconference"):
        if re.search(r"\bminister|ministerial", words):
            return "ministerial"
        if re.search(r"\bofficial|\bsom\b|\bseom\b", words):
            return "officials-meeting"
        if re.search(r"heads of (state|government)|leaders|\bsummit (meeting|conference|session)", words):
            return "summit"
    if PHONE & set(words.split()) and word in ("call", "conversation", "talks"):
        return "call"
    if word == "ceremony" and "sign" not in words:
        return "other"
    return KINDS[word]


def one_line(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


def take_up(reading: Reading, c: MeetingPhrase, draft: Draft) -> None:
    """Make the phrase a mention of the meeting, its article included."""
    parse = reading.parse
    before = c.first - 1 if c.first and parse.lower[c.first - 1] in DETERMINERS else c.first
    reading.mention(draft, before, c.head + 1, head=c.head, kind="nominal")
    draft.names[parse.quote(c.first, c.head + 1)] += 1


def copular_subject(parse: Parse, head: int) -> int | None:
    """The subject of "This event is the third summit", where `head` is the summit; None in other sentences."""
    verb = parse.heads[head]
    if parse.deps[head] != "attr" or parse.lower[verb] not in ("is", "was", "be", "been"):
        return None
    return next((c for c in parse.children[verb] if parse.deps[c] == "nsubj" and c < head), None)
