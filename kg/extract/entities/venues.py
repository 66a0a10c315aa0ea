"""Venues: halls, palaces, hotels, castles, houses of government, crossings; by the noun that says what they are."""

from __future__ import annotations

from kg.extract.entities.phrases import APOSTROPHES, DASHES
from kg.extract.reading import Reading
from kg.extract.wordlists import word_list

_STRONG = word_list("places", "venues")
_WEAK = word_list("places", "weak_venues")  # bodies and metaphors have these nouns too: only after "at", "in" …
_OPENING = word_list("places", "opening_venues")
_HALLS = word_list("places", "hall_words")
_LINKS = frozenset("de des du da do la le el al of dos della di d'".split())
_AT = frozenset("at in inside outside near into around".split())


def find_venues(reading: Reading) -> None:
    """Mentions of venues: "the Grand Hotel", "Hotel Okura", "Parliament House", "the Rosso crossing"."""
    parse = reading.parse
    for head, word in enumerate(parse.lower):
        if reading.owner[head] is not None:
            continue
        if word in _STRONG or word in _WEAK:
            _closed_by_noun(reading, head)
        if word in _OPENING and parse.capital(head) and reading.owner[head] is None:
            _opened_by_noun(reading, head)


def is_venue(reading: Reading, first: int, head: int) -> bool:
    """Whether a name that ends with this noun names a building rather than a body: "Convention Centre", "Hall"."""
    word = reading.parse.lower[head]
    if word in ("centre", "center"):
        return head > first and reading.parse.lower[head - 1] in _HALLS
    return word in _STRONG or word in _WEAK


def _closed_by_noun(reading: Reading, head: int) -> None:
    """As in "the Tanoa Hotel", "Bratislava Castle", "the CONMEBOL convention centre", "the ECO headquarters"."""
    parse = reading.parse
    word = parse.lower[head]
    first = head
    if word in ("centre", "center") and head and parse.lower[head - 1] in _HALLS:
        first = head - 1
    first = _run_before(reading, first, word)
    if first == head or not any(parse.capital(i) for i in range(first, head)):
        return
    following = head + 1
    if following < len(parse) and parse.capital(head) and parse.tags[following].startswith("NNP"):
        return  # "Grand Hotel Group"
    strong = word in _STRONG or first < head - 1 and parse.lower[head - 1] in _HALLS
    if strong and not parse.capital(head):
        strong = _before(reading, first) == "the" or _located(reading, first)
    if not strong and not _located(reading, first):
        return
    _mention(reading, first, head + 1, short=first if word in ("crossing", "border") else None)


def _run_before(reading: Reading, head: int, word: str) -> int:
    """The first of the capitalised words before the noun; a body may stand there: "OIC headquarters"."""
    parse = reading.parse
    floor = parse.sentences[parse.sentence_of[head]][0]
    i = head
    while i > floor and head - i < 6:
        span = reading.owner[i - 1]
        if span is not None:
            if span.draft.type == "Leader" or span.kind == "adjective":
                break
            if span.draft.type not in ("Organization", "Framework", "Place") or word in ("house",):
                break
            i = span.first
            continue
        lower = parse.lower[i - 1]
        glue = lower in _LINKS or parse.words[i - 1] in DASHES or parse.words[i - 1] in APOSTROPHES
        if not (parse.capital(i - 1) or (glue and i - 2 >= floor and parse.capital(i - 2))):
            break
        if lower == "of" and parse.lower[i - 2] in ("minister", "president", "speaker", "secretary"):
            break
        i -= 1
    while i < head and (
        parse.lower[i] in ("the", "at", "in", "a", "an", "on", "inside", "held", "outside")
        or parse.lower[i] in _LINKS
        or not parse.words[i][0].isalnum()
    ):
        i += 1
    return i


def _opened_by_noun(reading: Reading, head: int) -> None:
    """As in "Hotel Okura", "Villa Somalia", "the Palais des Congrès", "Qasr Al Watan"."""
    parse = reading.parse
    past = head + 1
    while past < len(parse) and past - head < 6 and reading.owner[past] is None:
        if parse.words[past][0].isupper() and parse.words[past][0].isalpha() or parse.words[past] in DASHES:
            past += 1
        elif parse.lower[past] in _LINKS and past + 1 < len(parse) and parse.capital(past + 1):
            past += 2
        else:
            break
    country = past < len(parse) and past == head + 1 and reading.type_at(past) == "Country"
    if country and reading.kind_at(past) == "name":
        past += 1  # "Villa Somalia"
    if past == head + 1 or not (_located(reading, head) or _before(reading, head) == "the"):
        return
    if not country and any(reading.owner[i] is not None for i in range(head, past)):
        return
    _mention(reading, head, past)


def _before(reading: Reading, first: int) -> str:
    return reading.parse.lower[first - 1] if first else ""


def _located(reading: Reading, first: int) -> bool:
    """Whether "at", "in", "inside" … stands before the name and its article or adjective."""
    parse = reading.parse
    i = first - 1
    while i >= 0 and first - i < 4 and parse.tags[i] in ("DT", "JJ", "PRP$", "NN", "VBN"):
        i -= 1
    return i >= 0 and parse.lower[i] in _AT


def _mention(reading: Reading, first: int, past: int, *, short: int | None = None) -> None:
    parse = reading.parse
    draft = reading.place_named(parse.quote(first, past))
    reading.mention(draft, first, past)
    if short is not None:
        draft.names[parse.quote(short, past - 1)] += 0
