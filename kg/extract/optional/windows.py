"""A document in pieces that fit a model: whole sentences where it can be, nothing of what is set aside."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.extract.parse import blank_out
from kg.model import Document

_SENTENCE = re.compile(r"[^\n]+?(?:[.!?][\"”’)]*(?=\s)|$)", re.M)
_WORD = re.compile(r"\S+")


def windows(document: Document, max_words: int) -> list[tuple[int, int]]:
    """Stretches of the text, `begin` and `end` in characters, of at most so many words each, in order.

    >>> [("One. Two three."[a:b]) for a, b in windows(Document("d", "One. Two three."), 2)]
    ['One.', 'Two three.']
    """
    found: list[tuple[int, int]] = []
    room = 0
    for begin, end, n_words in _pieces(blank_out(document), max_words):
        if n_words <= room:
            found[-1] = (found[-1][0], end)
        else:
            found.append((begin, end))
            room = max_words
        room -= n_words
    return found


def _pieces(text: str, max_words: int) -> Iterator[tuple[int, int, int]]:
    """Sentences as far as a full stop tells, those that are too long cut between words; with their number of words."""
    for sentence in _SENTENCE.finditer(text):
        words = [match.span() for match in _WORD.finditer(text, *sentence.span())]
        for i in range(0, len(words), max_words):
            part = words[i : i + max_words]
            yield part[0][0], part[-1][1], len(part)
