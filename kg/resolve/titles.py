"""Names of bodies, papers and projects taken apart: the words, the states named in them, the acronym, the kind."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from kg.resolve.lexicon import countries_in
from kg.resolve.names import close_prefixes, numbers_of, title_words, words
from kg.resolve.wordlists import COMMON, INSTRUMENT_HEADS, is_state_body

_BRACKETED = re.compile(r"\s*[(\[]([^()\[\]]*)[)\]]")
_ACRONYM = re.compile(r"[A-Z][A-Za-z0-9&.-]{1,11}")
_SENTENCE_START = frozenset(("the", "a", "an", "this", "that", "its", "their"))


@dataclass(frozen=True, slots=True)
class Title:
    """A name taken apart.

    `core`: the words without the states, sorted, so that order does not count. `acronyms`: in brackets, or itself one.
    `proper` counts words that are capitalised and not common, `content` all words that are not common.
    """

    core: tuple[str, ...]
    countries: frozenset[str]
    acronyms: frozenset[str]
    numbers: frozenset[str]
    proper: int
    content: int

    @property
    def is_acronym(self) -> bool:
        return len(self.core) == 1 and bool(self.acronyms)

    @property
    def is_state_body(self) -> bool:
        """Means nothing without its state: "Ministry of Trade", "National Assembly"."""
        return is_state_body(frozenset(self.core))

    @property
    def is_instrument(self) -> bool:
        """A paper of which there may be many of the same name: "Joint Statement", "Loan Agreement"."""
        return not INSTRUMENT_HEADS.isdisjoint(self.core)

    @property
    def is_distinctive(self) -> bool:
        """Names one thing wherever it stands: has a proper word, or two that are not common."""
        return self.proper > 0 or self.content > 1


@lru_cache(maxsize=1 << 16)
def title(name: str, tails: frozenset[str] = frozenset()) -> Title:
    """A name taken apart. `tails` are words that do not count ("project") unless there is nothing else.

    >>> title("the Ministry of Foreign Affairs, Republic of Moldova (RM)").core
    ('affair', 'foreign', 'ministry')
    >>> title("Initiative for ASEAN Integration").core == title("ASEAN Integration Initiative").core
    True
    >>> title("a joint statement").is_distinctive, title("Bagan Declaration").is_distinctive
    (False, True)
    """
    acronyms: set[str] = set()
    bare = _BRACKETED.sub(lambda match: _take_acronym(match[1], acronyms), name)
    tokens, countries = countries_in(close_prefixes(bare))
    tokens = tuple(token for token in tokens if not tails.intersection(title_words(token))) or tokens
    core = tuple(sorted(_aligned(title_words(" ".join(tokens)))))
    if len(core) == 1 and (own := next(filter(None, map(_acronym, tokens)), None)):
        acronyms.add(own)
    content = [word for word in core if word not in COMMON and not word.isdigit()]
    return Title(core, countries, frozenset(acronyms), numbers_of(core), _proper_words(tokens, content), len(content))


def _take_acronym(inside: str, acronyms: set[str]) -> str:
    """What a bracket adds: nothing if it holds capitals ("(CLMV EMM 13)"), else its words ("(phase 2)")."""
    found = _acronym(inside)
    if found:
        acronyms.add(found)
    capitals = any(c.isupper() for c in inside) and not any(c.islower() for c in inside)
    return " " if found or capitals else f" {inside} "


def _aligned(found: tuple[str, ...]) -> tuple[str, ...]:
    # The one pair of names that every state's press uses side by side.
    return ("affair", *found) if set(found) == {"foreign", "ministry"} else found


def _acronym(text: str) -> str | None:
    """The text as an acronym in capitals, or None: at least two capitals and no space ("MoIT", "E.U.")."""
    compact = text.replace(".", "").strip()
    if _ACRONYM.fullmatch(compact) and sum(c.isupper() for c in compact) > 1:
        return compact.upper()
    return None


def _proper_words(tokens: tuple[str, ...], content: list[str]) -> int:
    """How many of the content words are written with a capital."""
    capitals = {
        word
        for token in tokens
        if token[:1].isupper() and token.casefold() not in _SENTENCE_START
        for word in title_words(token)
    }
    return sum(word in capitals for word in content)


def is_description(name: str) -> bool:
    """Whether a form only describes ("the new body", "their meeting"): no capital beyond its first letter."""
    return not any(token[:1].isupper() or token[:1].isdigit() for token in words_as_written(name))


def words_as_written(name: str) -> list[str]:
    """The words of a name without a leading article, case kept."""
    found = name.split()
    return found[1:] if found and words(found[0])[:1] and words(found[0])[0] in _SENTENCE_START else found
