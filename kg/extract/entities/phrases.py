"""Noun phrases by their surface: how far a name reaches to the left and to the right of its head noun."""

from __future__ import annotations

from kg.extract.reading import Reading
from kg.extract.wordlists import word_list

DASHES = frozenset(("-", "–", "—", "/", "+", "&"))
QUOTES = frozenset(("“", "”", '"', "‘", "„", "``", "''"))
_MODIFIER_TAGS = word_list("phrases", "modifier_tags")
_TAIL_TAGS = _MODIFIER_TAGS | {"DT", "PRP$", "CC", "RB"}
_APOSTROPHES = frozenset(("'", "’", "'s", "’s"))
_PAPERS = word_list("frameworks", "instruments") | word_list("frameworks", "plans")
DETERMINERS = word_list("phrases", "determiners")


def phrase_start(reading: Reading, head: int, floor: int) -> int:
    """The first token of the noun phrase that ends with `head`, without its determiner.

    Takes in modifiers, dashes, genitives and a bracketed acronym: "13th Cambodia - Laos (CL) Ministers' Meeting".
    """
    parse = reading.parse
    i = head
    while i > floor:
        word, tag = parse.words[i - 1], parse.tags[i - 1]
        lower = parse.lower[i - 1]
        if word == "—":
            break  # after it comes another clause: "ROME — Five accords"
        if word == ")" and i - 3 >= floor and parse.words[i - 3] == "(":
            i -= 3
        elif word in ("(", ")", "[", "]") or lower in DETERMINERS or word in QUOTES:
            break
        elif (
            word in DASHES
            or word in _APOSTROPHES
            or (parse.glued(i) and word != "(" and word.isalnum())
            or (word.isalnum() and i - 2 >= floor and parse.words[i - 2] in DASHES and parse.glued(i - 1))
        ):
            i -= 1
        elif (
            lower in ("and", "of")
            and i - 2 >= floor
            and _proper(reading, i)
            and _proper(reading, i - 2)
            and parse.capital(head)
        ):
            if lower == "of" and not _of_name(reading, i - 2):
                break
            i -= 1
        elif tag in _MODIFIER_TAGS and not (
            tag in ("VBG", "VBN") and not parse.capital(i - 1) and parse.deps[i - 1] not in ("amod", "compound")
        ):
            i -= 1
        elif (span := reading.owner[i - 1]) is not None and span.draft.type in ("Country", "Framework", "Organization"):
            i = max(span.first, floor)
        else:
            break
    while i < head and (parse.words[i] in DASHES or parse.words[i] in _APOSTROPHES or parse.lower[i] in ("and", "of")):
        i += 1
    return i


def _proper(reading: Reading, i: int) -> bool:
    return reading.parse.capital(i)


def _of_name(reading: Reading, i: int) -> bool:
    """Whether "X of" opens a proper name ("Master Plan of Action"): not after a meeting's or an office's head."""
    return reading.parse.lower[i] in (
        "plan",
        "heads",
        "council",
        "chiefs",
        "gulf",
        "programme",
        "program",
        "code",
        "community",
        "association",
        "bank",
        "league",
    )


def phrase_tail(reading: Reading, past: int, prepositions: frozenset[str], *, limit: int = 16) -> int:
    """Where the phrase ends when what follows its head is "on X and Y", "between A and B", "for 2021-2030".

    Else `past`.
    """
    parse = reading.parse
    end = past
    i = skip_acronym(reading, past)
    while i < len(parse) and parse.lower[i] in prepositions and i - past < limit:
        stop = _noun_phrase_end(reading, i + 1, past + limit)
        if stop == i + 1:
            break
        end = i = stop
        i = skip_acronym(reading, i)
    return end


def skip_acronym(reading: Reading, i: int) -> int:
    """Past a bracketed acronym at i: "(MoU)", "(CLMV EMM 13)"."""
    words = reading.parse.words
    if i < len(words) and words[i] == "(":
        for j in range(i + 1, min(i + 6, len(words))):
            if words[j] == ")":
                return j + 1
    return i


def _noun_phrase_end(reading: Reading, i: int, limit: int) -> int:
    """Past the nouns at i, with "of" and "in" chains and coordination; stops before verbs, clauses and commas."""
    parse = reading.parse
    first, end = i, i
    while i < min(len(parse), limit):
        word, tag, lower = parse.words[i], parse.tags[i], parse.lower[i]
        if parse.words[i].isspace() or lower in ("which", "that", "who", "as", "behalf"):
            break
        if word == "(":
            after = skip_acronym(reading, i)
            if after == i:
                break
            i = after
            continue
        if word in DASHES or word in QUOTES or word in _APOSTROPHES:
            i += 1
            if word in QUOTES:
                end = i
            continue
        if lower == "," and _list_goes_on(reading, i):
            i += 1
            continue
        if lower == "in" and i + 1 < len(parse) and reading.type_at(i + 1) in ("Place", "Country"):
            break  # the venue is no part of the name
        if lower in ("of", "in", "for", "to", "on") and i > first and _noun_after(reading, i):
            i += 1
            continue
        if tag not in _TAIL_TAGS or (lower in ("and", "or") and _another_thing(reading, i + 1)):
            break
        if tag == "VBN" and parse.deps[i] in ("acl", "ROOT", "conj", "relcl"):
            break
        i += 1
        if tag not in ("DT", "PRP$", "CC", "RB", "JJ"):
            end = i
    return end


def _another_thing(reading: Reading, i: int) -> bool:
    """As in "a memorandum on dairy and | a programme of exchanges", "and | the terms of reference"."""
    parse = reading.parse
    if parse.lower[i : i + 1] in (["a"], ["an"]):
        return True
    return parse.lower[i : i + 1] == ["the"] and bool(_PAPERS & set(parse.lower[i + 1 : i + 4]))


def _list_goes_on(reading: Reading, comma: int) -> bool:
    """As in "health, ICT and land border management": a comma inside a list that ends in "and" shortly after.

    Without verbs.
    """
    parse = reading.parse
    if comma and parse.capital(comma - 1) and comma + 1 < len(parse) and not parse.capital(comma + 1):
        return False  # "Plan on Strategic Grain Reserves, foresees": a name in capitals ends here
    for i in range(comma + 1, min(comma + 9, len(parse))):
        if parse.lower[i] in ("and", "&"):
            return i > comma + 1 or (i + 1 < len(parse) and parse.tags[i + 1].startswith(("NN", "JJ")))
        if not (parse.tags[i].startswith(("NN", "JJ")) or parse.words[i] in (",", "-")):
            return False
    return False


def _noun_after(reading: Reading, i: int) -> bool:
    parse = reading.parse
    return i + 1 < len(parse) and parse.tags[i + 1] in _TAIL_TAGS and parse.tags[i + 1] != "CC"


def bracketed(reading: Reading, i: int) -> str | None:
    """The text in brackets that opens at token i, when it is short enough to be an acronym."""
    after = skip_acronym(reading, i)
    if after == i:
        return None
    return reading.parse.quote(i + 1, after - 1)


def is_acronym(text: str) -> bool:
    """Whether a bracketed text abbreviates what stands before it: "ADB", "MoU", "CLMV EMM 13", "MUSP".

    >>> [is_acronym(t) for t in ("ADB", "MoUs", "CLMV EMM 13", "China", "2021", "on Friday")]
    [True, True, True, False, False, False]
    """
    letters = [c for c in text if c.isalpha()]
    if not 2 <= len(letters) <= 14 or text.count(" ") > 2:
        return False
    return sum(c.isupper() for c in letters) >= max(2, 0.5 * len(letters)) and text[0].isalnum()
