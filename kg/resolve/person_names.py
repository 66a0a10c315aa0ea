"""Person names across traditions: what is title, particle, initial or suffix, and what is left to compare."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from kg.resolve.lexicon import load_lexicon
from kg.resolve.names import words


def _set(text: str) -> frozenset[str]:
    return frozenset(text.split())


# "Ahmad bin Ali" is Ahmad, son of Ali: turned round it is his father.
PATRONYMICS = _set("bin binti binte bint ibn ben ould mint")
PARTICLES = PATRONYMICS | _set("al el as ul")
_GENERATIONS = {"jr": "jr", "junior": "jr", "sr": "sr", "senior": "sr", "ii": "ii", "iii": "iii", "iv": "iv"}
# These are names too, or too much of one: "Don Pramudwinai", "King Charles", "Sheikh Hasina", "U Thant".
_KEPT_BEFORE_ONE_WORD = _set(
    "king queen pope sultan emir amir emperor empress prince princess sheikh sheikha shaikh shaikha u daw don dona "
    "nana pak raja sai tun syed sayyid sayyed sharif tengku tunku sardar begum kumari imam datu sri lord lady baron "
    "baroness phra haji shri"
)
# In capitals only: "H.E. Mr Wang", but "He Lifeng". "M. Jean Dupont" is monsieur, "M. Karunanidhi" an initial.
_CAPITALS = re.compile(
    r"^(?:H\.E\.\s+(?=\S)|(?:M|Sen)\.\s+(?=\S+\s+\S)"
    r"|(?:H\.? ?E\.?|H\.?R\.?H\.?|H\.?[HM]\.?|M\.?[LR]\.?)\s+(?=\S+\s))"
)
_HYPHEN = re.compile(r"(?<=\w)[-‐‑](?=\w)")
# "Ferdinand “Bongbong” Marcos", "Teodoro (Teddyboy) Locsin"
_NICKNAME = re.compile(r"""(?<=\w)\.?\s+(?:"[^"]+"|“[^”]+”|«[^»]+»|\([^()]+\))\s+(?=\w)""")
_COMMA = re.compile(r"^([^,]+),\s*([^,]+)$")


@dataclass(frozen=True, slots=True)
class PersonName:
    """`words` in written order without titles, middle initials and suffix; `joined` the same with hyphens closed.

    `middle` holds the middle initials run together ("hw"), `generation` "jr", "sr", "ii" … or "".
    """

    words: tuple[str, ...]
    joined: tuple[str, ...]
    middle: str
    generation: str

    @property
    def bare(self) -> tuple[str, ...]:
        """The words without particles; all of them when fewer than two would be left."""
        rest = tuple(word for word in self.words if word not in PARTICLES)
        return rest if len(rest) > 1 else self.words


@lru_cache(maxsize=1 << 17)
def person_name(name: str) -> PersonName:
    """The parts of a person's name.

    >>> person_name("President Ferdinand R. Marcos Jr.")
    PersonName(words=('ferdinand', 'marcos'), joined=('ferdinand', 'marcos'), middle='r', generation='jr')
    >>> person_name("U Kyaw Tin").words, person_name("Mr Park Jae-Kyung").joined
    (('kyaw', 'tin'), ('park', 'jaekyung'))
    """
    if '"' in name or "“" in name or "(" in name or "«" in name:
        name = _NICKNAME.sub(" ", name)
    if match := _COMMA.match(name):
        # "Marcos, Ferdinand" is written family name first; "Anwar Ibrahim, Jr" has no given name after the comma.
        name = name if words(match[2])[:1] in [(key,) for key in _GENERATIONS] else f"{match[2]} {match[1]}"
    tokens = [words(token) for token in _CAPITALS.sub("", name).split()]
    found = _without_titles(tuple(word for token in tokens for word in token))
    alone = frozenset(token[0] for token in tokens if len(token) == 1)  # not the "o" of "Chan-o-cha"
    kept = tuple(word for word in found if word not in _GENERATIONS)
    generation = ""
    if 1 < len(kept) < len(found):
        generation = next(_GENERATIONS[word] for word in found if word in _GENERATIONS)
        found = kept
    found = _leading_initials_together(found)
    initials = {i for i in range(1, len(found) - 1) if len(found[i]) == 1 and found[i] in alone}
    bare = tuple(word for i, word in enumerate(found) if i not in initials)
    middle = "".join(found[i] for i in sorted(initials))
    closed = _HYPHEN.sub("", name)
    return PersonName(bare, bare if closed == name else person_name(closed).words, middle, generation)


def _leading_initials_together(found: tuple[str, ...]) -> tuple[str, ...]:
    """Initials that stand for given names, as one word: "A. K. Abdul Momen" is "AK Abdul Momen"."""
    n = next((i for i, word in enumerate(found) if len(word) > 1), 0)
    return ("".join(found[:n]), *found[n:]) if n > 1 else found


def _without_titles(parts: tuple[str, ...]) -> tuple[str, ...]:
    """The words after honorifics, ranks and heads of office."""
    lexicon = load_lexicon()
    begin, end = 0, len(parts)
    while begin < end - 1 and parts[begin] in lexicon.title_beginnings:
        n = next((n for n in range(lexicon.longest_title, 0, -1) if parts[begin : begin + n] in lexicon.titles), 0)
        if not n or begin + n >= end:
            break
        if end - begin - n == 1 and parts[begin + n - 1] in _KEPT_BEFORE_ONE_WORD:
            return parts[begin + n - 1 : end]
        begin += n
    return parts[begin:end]


@lru_cache(maxsize=1 << 17)
def rotation(parts: tuple[str, ...]) -> tuple[str, ...]:
    """The same key for a name with its family name first or last: the smallest of its rotations.

    Other orders are other names: "Nguyen Van Minh" is not "Nguyen Minh Van".

    >>> rotation(("nguyen", "van", "minh")) == rotation(("van", "minh", "nguyen"))
    True
    >>> rotation(("nguyen", "van", "minh")) == rotation(("nguyen", "minh", "van"))
    False
    """
    return min((parts[i:] + parts[:i] for i in range(len(parts))), default=parts)
