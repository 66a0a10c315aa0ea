"""Names of people: where one begins and ends, how two are compared, whom a short form means."""

from __future__ import annotations

import functools
import re

from kg.extract.reading import Draft, Reading
from kg.extract.wordlists import word_list
from kg.seeds import load_gazetteer
from kg.spelling import fold

PARTICLES = word_list("people", "particles")


_AFTER_NAMES = frozenset("MP MEP MPs MEPs QC KC OBE MBE CBE AO AC PhD".split())  # "Jane Ann Moor MP"
_SUFFIXES = frozenset(("jr", "jr.", "sr", "sr.", "ii", "iii", "iv"))


# Capitalised words that begin sentences or stand in names of other things; never part of a person's name.
NO_NAME = word_list("people", "no_name")
# What stands beside or in the name of a thing, hardly in a person's.
THING_NOUNS = word_list("people", "thing_nouns")


_RANKS = word_list("people", "ranks_before_names")
# Nouns of things which are family names too.
_FAMILY_NAMES = frozenset("park hall lake temple camp square street storm bank palace grant".split())


@functools.cache
def honorific_words() -> tuple[frozenset[str], frozenset[str]]:
    """Single-word honorifics in lower case without dots, and all words that occur in longer ones."""
    forms = load_gazetteer().offices.honorifics
    return (
        frozenset(form.lower().replace(".", "") for form in forms),
        frozenset(word.lower().replace(".", "") for form in forms for word in form.split()),
    )


def name_run(reading: Reading, i: int) -> tuple[int, int, int] | None:
    """The person's name at token i, as `(first, past, first without honorifics)`; None where no name stands."""
    parse = reading.parse
    bare = skip_honorifics(reading, i)
    past = bare
    while past < len(parse) and continues_name(reading, bare, past):
        if parse.lower[past] in _RANKS and past > bare and (start := skip_honorifics(reading, past)) > past:
            bare = past = start  # "Defence Services Senior General X"
            continue
        past += 1
    while past > bare and parse.lower[past - 1] in PARTICLES and not parse.capital(past - 1):
        if past - 2 > bare and parse.words[past - 2] == "-":
            break  # "Kuo Ming-te": the second half of a given name
        past -= 1
    while past > bare and parse.words[past - 1] in ("-", "–", "'", "’", "."):
        past -= 1
    if past - bare > 2 and parse.words[past - 1] in _AFTER_NAMES:
        past -= 1
    return (i, past, bare) if past > bare else None


def is_thing_named_after(reading: Reading, bare: int, past: int) -> bool:
    """As in "the King Hussein Canal", "the Sir Arthur Lewis Highway": a thing that bears a person's name."""
    return past - bare > 1 and reading.parse.lower[past - 1] in THING_NOUNS - _FAMILY_NAMES


def skip_honorifics(reading: Reading, i: int) -> int:
    """The first token after the honorifics at i: "H.E. Dr.", "Gen. (rtd)", "the Most Honourable"."""
    parse = reading.parse
    start, i = i, _skip_styles(reading, i)
    while i + 1 < len(parse) and _is_honorific(reading, i):
        if i > start and parse.lower[i] == "don":
            break  # "Mr Don Pramudwinai"
        i += 1
        while i + 1 < len(parse) and (
            parse.words[i] in (".", "'", "’") or (parse.words[i] == "-" and _is_honorific(reading, i + 1))
        ):
            i += 1  # "Lt. Gen.", "Brig-Gen"
        if i + 3 < len(parse) and parse.words[i] == "(" and parse.lower[i + 1].rstrip(".") in _RETIRED:
            i += 3 + (parse.words[i + 2] == ".")
        i = _skip_styles(reading, i)
    # "Sheikh Hasina": the honorific is part of a name that would be one word without it.
    if (
        i == start + 1
        and parse.lower[start] in ("sheikh", "nana", "don", "baron")
        and not continues_name(reading, i, i + 1)
    ):
        return start
    return i


_RETIRED = frozenset(("rtd", "ret", "retd", "retired", "ret'd", "ret’d"))


def _skip_styles(reading: Reading, i: int) -> int:
    """Past "the", "the Most", "the Right" when an honorific follows: "Senator the Honourable X"."""
    parse = reading.parse
    j = i
    while j < len(parse) and j - i < 2 and parse.lower[j] in ("the", "most", "right"):
        j += 1
    return (
        j if i < j < len(parse) and parse.lower[j].replace(".", "") in ("honourable", "honorable", "hon", "rt") else i
    )


def _is_honorific(reading: Reading, i: int) -> bool:
    parse = reading.parse
    if i + 1 >= len(parse):
        return False  # a text that ends with "Brig-Gen"
    singles, words = honorific_words()
    word, follows = parse.lower[i].replace(".", ""), parse.words[i + 1]
    return (
        (word in singles or word in words)
        and parse.capital(i)
        and (follows[:1].isupper() or follows in (".", "'", "’", "(", "-") or parse.lower[i + 1] == "the")
    )


def continues_name(reading: Reading, first: int, i: int) -> bool:
    parse = reading.parse
    if i >= len(parse):
        return False
    word, lower = parse.words[i], parse.lower[i]
    if reading.owner[i] is not None and not (i > first and parse.glued(i)):
        # A given name may be a country's or a city's name: "Paris", "Chad"; a family name after it hardly.
        return False
    if i > first and _APOSTROPHED.match(word):
        return True
    if i > first and parse.glued(i):
        return word in ("-", "–", "'", "’") or word[0].isalpha() or (word == "." and _is_short(reading, i - 1))
    if i > first and (parse.glued(i) or lower in _SUFFIXES):
        return True
    if (
        i > first
        and lower in PARTICLES
        and (lower != "as" or parse.words[i + 1 : i + 2] == ["-"])
        and i + 1 < len(parse)
        and (parse.capital(i + 1) or parse.lower[i + 1] in PARTICLES or parse.words[i + 1] == "-")
    ):
        return True
    initial = word.lstrip("ʻ‘'’")[:1]
    if not initial.isupper() or not initial.isalpha():
        return False
    if lower in NO_NAME and not (i > first and _is_syllable(reading, i)):
        return False
    if word.isupper() and len(word) > 3 and not _shouting(parse.words, i):
        return False
    return len(word) > 1 or i + 1 < len(parse)


def _is_syllable(reading: Reading, i: int) -> bool:
    """Whether a small word is part of a name: "Hwang In-sook", "Nguyen Thi An said"."""
    parse = reading.parse
    if i + 2 < len(parse) and parse.words[i + 1] == "-" and parse.glued(i + 1) and parse.glued(i + 2):
        return parse.words[i + 2].islower()
    return parse.tags[i] == "NNP" and parse.lower[i] in _SYLLABLES


_SYLLABLES = frozenset("an in on he at so it".split())


def _is_short(reading: Reading, i: int) -> bool:
    """Whether the stop behind the word shortens it: "J. Pratt", "Guðni Th. Jónsson", not "met Xi. China said"."""
    parse = reading.parse
    if len(parse.words[i]) == 1:
        return True
    follows = i + 2 < len(parse) and parse.capital(i + 2) and parse.sentence_of[i] == parse.sentence_of[i + 2]
    return len(parse.words[i]) == 2 and follows


# "Deolinda Vaz d'Alva", "Okello p'Lakor"
_APOSTROPHED = re.compile(r"[a-z]['’][A-Z]")


def _shouting(words: list[str], i: int) -> bool:
    """Whether the neighbours are in capitals too, as in "LEE Hsien Loong" or a family name set in capitals."""
    return any(0 <= j < len(words) and words[j].istitle() and len(words[j]) > 1 for j in (i - 1, i + 1))


@functools.lru_cache(maxsize=20_000)
def clean_name(name: str) -> str:
    """A name on one line, without the signs that tokens bring along."""
    return re.sub(r"\s+", " ", name).strip(" ,.;:'’\"“”-–") + (".") * name.rstrip().endswith(("Jr.", "Sr."))


@functools.lru_cache(maxsize=20_000)
def name_key(name: str) -> str:
    """Lower case, without accents and punctuation: the form in which names are compared."""
    return re.sub(r"[^\w]+", " ", fold(name).lower()).strip()


def contains_words(longer: str, shorter: str) -> bool:
    return set(name_key(shorter).split()) <= set(name_key(longer).split())


def known_person(reading: Reading, name: str) -> Draft | None:
    """The person of this document whom that full or short name fits; None when nobody or several do."""
    words = name_key(name).split()
    people = reading.of_type("Leader")
    for draft in people:
        if name_key(draft.name).split() == words:
            return draft
    fitting = []
    for draft in people:
        own = name_key(draft.name).split()
        if _is_short_for(words, own) or (len(own) > 1 and _is_short_for(own, words)):
            fitting.append(draft)
    return fitting[0] if len(fitting) == 1 else None


SON_OF = frozenset("bin bint binte binti ibn ould mint".split())


def _is_short_for(short: list[str], long: list[str]) -> bool:
    """Whether a person so named may be called by the shorter name, which is not that of the father.

    "Rashid bin Humaid" is another man than "Saif bin Rashid bin Humaid", "King Salman" another than
    "Mohammed bin Salman".
    """
    if not short or not _is_subsequence(short, long):
        return False
    at = long.index(short[0])
    return at == 0 or long[at - 1] not in SON_OF


def _is_subsequence(short: list[str], long: list[str]) -> bool:
    remaining = iter(long)
    return all(word in remaining for word in short)
