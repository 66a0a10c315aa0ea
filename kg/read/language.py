"""Paragraphs that are not in English, by their script and their function words.

A line must give evidence of another language: names, figures and titles give none and are left alone.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from kg.read.function_words import ENGLISH, LANGUAGES_BY_WORD
from kg.read.lines import Line

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
# Letters beyond Latin, Greek signs in formulas included: enough of them make a line foreign.
_FOREIGN_LETTER = re.compile(
    r"[^\W\d_\u0041-\u024f\u0250-\u036f\u1e00-\u1eff\u2c60-\u2c7f\ua720-\ua7ff\uab30-\uab6f\uff21-\uff5a]"
)
_SCRIPTS = (
    ("Korean", 0x1100, 0x11FF),
    ("Korean", 0xAC00, 0xD7AF),
    ("Japanese", 0x3040, 0x30FF),
    ("Chinese", 0x3400, 0x9FFF),
    ("Greek", 0x0370, 0x03FF),
    ("Russian or another language in Cyrillic script", 0x0400, 0x052F),
    ("Armenian", 0x0530, 0x058F),
    ("Hebrew", 0x0590, 0x05FF),
    ("a language in Arabic script", 0x0600, 0x077F),
    ("a language in Devanagari script", 0x0900, 0x097F),
    ("Bengali", 0x0980, 0x09FF),
    ("Tamil", 0x0B80, 0x0BFF),
    ("Sinhala", 0x0D80, 0x0DFF),
    ("Thai", 0x0E00, 0x0E7F),
    ("Lao", 0x0E80, 0x0EFF),
    ("Tibetan", 0x0F00, 0x0FFF),
    ("Burmese", 0x1000, 0x109F),
    ("Georgian", 0x10A0, 0x10FF),
    ("Amharic", 0x1200, 0x137F),
    ("Khmer", 0x1780, 0x17FF),
    ("Mongolian", 0x1800, 0x18AF),
)
# Vietnamese writes a mark on most of its words, in lower case too: names alone are in capitals.
_VIETNAMESE_LETTERS = "đăơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ"
_VIETNAMESE_WORD = re.compile(rf"(?<!\w)[a-zà-ỹđ]{{0,9}}[{_VIETNAMESE_LETTERS}][a-zà-ỹđ]{{0,9}}(?!\w)")

_FEWEST_WORDS = 5
_FEWEST_LETTERS = 6
_ENOUGH = 600


def find_language(text: str) -> str | None:
    """The language that a line or paragraph is in, if there is evidence that it is not English; else None.

    >>> find_language("Les ministres ont signé un accord dans la capitale.")
    'French'
    >>> find_language("Sonexay Siphandone, Vientiane") is None
    True
    """
    if not text.isascii():
        script = _find_script(text)
        if script:
            return script
    # Punctuation hides few function words: enough are left to know English by.
    if _is_english(text[:_ENOUGH].lower().split()):
        return None
    words = _WORD.findall(text[:2000].lower())
    if len(words) < _FEWEST_WORDS or _is_english(words):
        return None
    return _find_latin_language(text, words)


def _is_english(words: Sequence[str]) -> bool:
    """At the very least every fifth word of English prose is a function word."""
    n_english = sum(map(ENGLISH.__contains__, words))
    return n_english > 2 and n_english * 5 >= len(words)


def _find_latin_language(text: str, words: Sequence[str]) -> str | None:
    if not text.isascii():
        n_vietnamese = len(_VIETNAMESE_WORD.findall(text))
        if n_vietnamese >= 4 and n_vietnamese * 5 >= len(words):
            return "Vietnamese"
    counts = Counter(language for word in words for language in LANGUAGES_BY_WORD.get(word, ()))
    if not counts:
        return None
    language, count = max(counts.items(), key=lambda item: (item[1], item[0]))
    n_english = sum(map(ENGLISH.__contains__, words))
    distinct = len({word for word in words if language in LANGUAGES_BY_WORD.get(word, ())})
    enough = count * 6 >= len(words) and count > 2 * n_english and distinct >= 3
    return language if enough else None


def _find_script(text: str) -> str | None:
    foreign = _FOREIGN_LETTER.findall(text[:2000])
    if len(foreign) < _FEWEST_LETTERS:
        return None
    n_letters = sum(map(str.isalpha, text[:2000]))
    if len(foreign) * 2 < n_letters:
        return None
    counts = Counter(_script_of(letter) for letter in foreign)
    if counts["Japanese"] * 10 >= len(foreign):
        return "Japanese"
    return max(counts.items(), key=lambda item: (item[1], item[0]))[0]


def _script_of(letter: str) -> str:
    code = ord(letter)
    return next((name for name, first, last in _SCRIPTS if first <= code <= last), "another script")


_FEWEST_PROSE = 80


def find_foreign_lines(lines: Sequence[Line]) -> tuple[list[tuple[int, int]], str | None]:
    """The lines in other languages, and the language of the whole if hardly anything is left in English."""
    spans: list[tuple[int, int]] = []
    languages: Counter[str] = Counter()
    for line in lines:
        language = find_language(line.text)
        if language:
            spans.append((line.begin, line.end))
            languages[language] += line.end - line.begin
    total = sum(line.end - line.begin for line in lines)
    if languages and languages.total() * 5 > total * 4:
        return spans, max(languages.items(), key=lambda item: (item[1], item[0]))[0]
    return spans, "no language that Entente knows" if _is_unreadable(lines) else None


def _is_unreadable(lines: Sequence[Line]) -> bool:
    """Whether a long text has next to no English function words, nor those of a language in the table."""
    words: list[str] = []
    for line in lines:
        words += line.text[:_ENOUGH].lower().split()
        if len(words) >= _FEWEST_PROSE and sum(map(ENGLISH.__contains__, words)) * 12 >= len(words):
            return False
    return len(words) >= _FEWEST_PROSE
