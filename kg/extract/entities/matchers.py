"""Where the forms of a gazetteer stand among tokens: a PhraseMatcher for thousands of forms, an automaton for more."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from kg.errors import MissingExtra

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc, Span

Spans = list[tuple[int, int]]
Finder = Callable[["Doc"], Spans]

# Above this many forms an Aho-Corasick automaton is faster than the PhraseMatcher, and far smaller.
PHRASE_LIMIT = 50_000


def make_finder(nlp: Language, forms: Iterable[str], *, attribute: str = "ORTH", limit: int = PHRASE_LIMIT) -> Finder:
    """A function that gives the token spans of the forms in a doc: of overlapping ones the longest, then the leftmost.

    With `attribute` "LOWER" the case does not count; an automaton always counts it.
    """
    wanted = sorted(set(forms))
    if len(wanted) > limit and attribute == "ORTH":
        return _automaton(nlp, wanted)
    return _phrases(nlp, wanted, attribute)


def _phrases(nlp: Language, forms: list[str], attribute: str) -> Finder:
    from spacy.matcher import PhraseMatcher

    matcher = PhraseMatcher(nlp.vocab, attr=attribute)
    matcher.add("form", [nlp.make_doc(form) for form in forms])
    return lambda doc: longest((start, end) for _, start, end in matcher(doc))


def _automaton(nlp: Language, forms: list[str]) -> Finder:
    try:
        from ahocorasick_rs import AhoCorasick
    except ImportError as error:
        count = f"{len(forms):,} names"
        raise MissingExtra(f"{count} need the extra 'large': pip install 'entente-kg[large]'") from error
    automaton = AhoCorasick(sorted({token_key(nlp.make_doc(form)) for form in forms}))

    def find(doc: Doc) -> Spans:
        first, past, at = {}, {}, 0
        for token in doc:
            first[at] = token.i
            past[at + len(token)] = token.i + 1
            at += len(token) + 1
        # By tokens, as the PhraseMatcher: "Guinea - Bissau" is the form "Guinea-Bissau".
        found = automaton.find_matches_as_indexes(token_key(doc), overlapping=True)
        # Letters inside a word are no name: both ends must be ends of tokens.
        return longest((first[a], past[b]) for _, a, b in found if a in first and b in past)

    return find


def longest(spans: Iterable[tuple[int, int]]) -> Spans:
    """Of overlapping spans the longest, then the leftmost; in order of the text."""
    taken: set[int] = set()
    kept = []
    for start, end in sorted(set(spans), key=lambda s: (s[0] - s[1], s[0])):
        if taken.isdisjoint(range(start, end)):
            taken.update(range(start, end))
            kept.append((start, end))
    return sorted(kept)


def token_key(tokens: Doc | Span) -> str:
    """The words of a doc or a span with one space between them: what two spellings of white space have in common."""
    return " ".join(token.text for token in tokens)
