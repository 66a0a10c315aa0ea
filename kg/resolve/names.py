"""How names are compared: folding, words, numbers, spelling; and how they become slugs."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from rapidfuzz.distance import DamerauLevenshtein

from kg.model import digest
from kg.spelling import fold

SPELLING_CUTOFF = 0.93  # measured: below it different people of one country begin to merge
WEAK_SPELLING = 0.88  # enough where the office at the time is the same too

# "Azerbaijan's Əliyev" is Aliyev in English; the others have no decomposition in Unicode.
_LETTERS = str.maketrans({"æ": "ae", "œ": "oe", "ə": "a", "ð": "d", "þ": "th", "ħ": "h", "ŧ": "t", "ŋ": "ng"})
_POSSESSIVE = re.compile(r"['’]s\b")
_APOSTROPHE = re.compile(r"['’‘`´ʻʼʽ′]")
_ABBREVIATION = re.compile(r"\b(?:[^\W\d_]\.){2,}")
_WORD = re.compile(r"[^\W_]+")
_PREFIX = re.compile(r"\b(sub|co|e|inter|multi|non|pre|post|trans)-(?=[^\W\d_])", re.IGNORECASE)
_QUARTER = re.compile(r"\b(north|south)[ -](east|west)", re.IGNORECASE)
_SLUG_LIMIT = 80

_UNITS = (
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh",
    "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth", "nineteenth",
)  # fmt: skip
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_ROMAN = {"ii": "2", "iii": "3", "iv": "4", "vi": "6", "vii": "7", "viii": "8", "ix": "9", "xi": "11", "xii": "12"}
_ORDINALS = {
    **{word: number for number, word in enumerate(_UNITS, 1)},
    **{word.removesuffix("y") + "ieth": 10 * number for number, word in enumerate(_TENS, 2)},
}
_DIGITS = re.compile(r"(\d+)(?:st|nd|rd|th)")
# British and American spelling, and forms that news uses side by side.
_SPELLINGS = {
    "defence": "defense", "programme": "program", "centre": "center", "labour": "labor", "organisation": "organization",
    "mou": "memorandum understanding", "mous": "memorandum understanding", "memoranda": "memorandum",
}  # fmt: skip


@lru_cache(maxsize=1 << 17)
def words(name: str) -> tuple[str, ...]:
    """The words of a name in lower case, without accents, apostrophes and punctuation; hyphens separate.

    >>> words("Đắk Lắk's U.S. envoy, Dato’ Chan-o-cha")
    ('dak', 'lak', 'us', 'envoy', 'dato', 'chan', 'o', 'cha')
    """
    plain = _POSSESSIVE.sub("", name)
    plain = _APOSTROPHE.sub("", plain)
    plain = _ABBREVIATION.sub(lambda match: match[0].replace(".", "") + " ", plain)
    plain = fold(plain).casefold().translate(_LETTERS)
    return tuple(_WORD.findall(unicodedata.normalize("NFC", plain)))


@lru_cache(maxsize=1 << 16)
def title_words(name: str) -> tuple[str, ...]:
    """The words of a title for comparison: numbers as digits, singular, one spelling, no articles, no prepositions.

    >>> title_words("the Twenty-First Sub-regional Programmes (phase II) of the Organisation")
    ('21', 'subregional', 'program', 'phase', '2', 'organization')
    """
    found: list[str] = []
    for word in numbers_as_digits(words(close_prefixes(name))):
        found += spell(word).split()
    return tuple(word for word in found if word not in FUNCTION_WORDS)


def close_prefixes(name: str) -> str:
    """ "Sub-region", "co-operation", "e-commerce" and "South-East" as one word each."""
    return _QUARTER.sub(r"\1\2", _PREFIX.sub(r"\1", name))


FUNCTION_WORDS = frozenset((
    "the", "a", "an", "of", "on", "for", "in", "and", "to", "at", "by", "between", "with", "from", "within", "its",
    "their", "as", "under",
))  # fmt: skip


def spell(word: str) -> str:
    """One spelling for a word of a title: American, singular.

    >>> spell("countries"), spell("digitalisation"), spell("mous")
    ('country', 'digitalization', 'memorandum understanding')
    """
    word = _SPELLINGS.get(word) or singular(word)
    return _SPELLINGS.get(word) or word.replace("isation", "ization")


def singular(word: str) -> str:
    """The singular of an English plural as far as its ending tells; short words and "-ss", "-us", "-is" stay.

    >>> [singular(word) for word in ("policies", "taxes", "ministers", "business", "gas", "agencies")]
    ['policy', 'tax', 'minister', 'business', 'gas', 'agency']
    """
    if len(word) < 4 or not word.endswith("s") or word.endswith(("ss", "us", "is")):
        return word
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    return word[:-2] if word.endswith(("sses", "xes", "ches", "shes", "zes")) else word[:-1]


def numbers_as_digits(parts: Iterable[str]) -> list[str]:
    """Ordinals and Roman numerals as digits: "eleventh", "11th", "XI" all give "11"; "twenty", "first" give "21".

    Single Roman letters stay, because "V" and "I" are initials more often than numbers.
    """
    found: list[str] = []
    for word in parts:
        if (unit := _ORDINALS.get(word, 0)) and unit < 10 and found and found[-1] in _TENS:
            found[-1] = str(10 * (_TENS.index(found[-1]) + 2) + unit)
        elif unit:
            found.append(str(unit))
        elif match := _DIGITS.fullmatch(word):
            found.append(match[1])
        else:
            found.append(_ROMAN.get(word, word))
    return found


def ordinal_in(name: str) -> str | None:
    """The first ordinal of a name as digits; None where it has none.

    >>> ordinal_in("the 11th CLMV Summit"), ordinal_in("Second GMS Summit"), ordinal_in("2014 Summit")
    ('11', '2', None)
    """
    found = words(name)
    for plain, digits in zip(found, numbers_as_digits(found), strict=False):
        if plain != digits and plain not in _ROMAN:
            return digits
    return None


def numbers_of(parts: Iterable[str]) -> frozenset[str]:
    """The words with digits: names that differ in one ("phase 2", "2021") are of different things."""
    return frozenset(part for part in parts if any(c.isdigit() for c in part))


def spelling_similarity(a: tuple[str, ...], b: tuple[str, ...], cutoff: float = SPELLING_CUTOFF) -> float:
    """How alike two names are, from `cutoff` to 1; 0 unless they may be spellings of one name.

    As many words, the same initial letters, and at least two words. A word that differs must have five letters or
    more on both sides: "Son" and "Sen" are two names, "Chanthavongsa" and "Chantavongsa" are one.

    >>> round(spelling_similarity(("thipphakone", "chanthavongsa"), ("thipphakone", "chantavongsa")), 2)
    0.96
    >>> spelling_similarity(("nguyen", "thanh", "son"), ("nguyen", "thanh", "sen"))
    0.0
    """
    if len(a) != len(b) or len(a) < 2 or any(x[0] != y[0] for x, y in zip(a, b, strict=True)):
        return 0.0
    # The cheapest test that most pairs fail comes first: a block of namesakes makes 80,000 pairs.
    score = DamerauLevenshtein.normalized_similarity(" ".join(a), " ".join(b), score_cutoff=cutoff)
    if not score or any(x != y and min(len(x), len(y)) < 5 for x, y in zip(a, b, strict=True)):
        return 0.0
    return float(score) if numbers_of(a) == numbers_of(b) else 0.0


def slug(name: str) -> str:
    """The name as the tail of an id: small ASCII letters, digits and hyphens, at most 80 characters, cut between words.

    >>> slug("11th CLMV Summit"), slug("Phạm Minh Chính")
    ('11th-clmv-summit', 'pham-minh-chinh')
    """
    kept: list[str] = []
    for word in words(_POSSESSIVE.sub("s", name)):
        kept += filter(None, [word.encode("ascii", "ignore").decode()])
        if len("-".join(kept)) > _SLUG_LIMIT:
            kept.pop()
            break
    return "-".join(kept) or digest(name, 8)


def plain(name: str) -> str:
    """The name for the comparison of what a user wrote with what a text says: case and white space do not count."""
    return " ".join(unicodedata.normalize("NFC", name).casefold().split())
