"""Noun phrases by their surface: how far a name reaches to the left and to the right of its head noun."""

from __future__ import annotations

from kg.extract.reading import Reading
from kg.extract.wordlists import word_list

DASHES = frozenset(("-", "–", "—", "/", "+", "&"))
QUOTES = frozenset(("“", "”", '"', "‘", "„", "``", "''"))
_MODIFIER_TAGS = word_list("phrases", "modifier_tags")
_TAIL_TAGS = _MODIFIER_TAGS | {"DT", "PRP$", "CC", "RB"}
BEING = frozenset("is was are were be been".split())
APOSTROPHES = frozenset(("'", "’", "'s", "’s"))
_PAPERS = word_list("frameworks", "instruments") | word_list("frameworks", "plans")
_SIGNED_NOUNS = _PAPERS | word_list("frameworks", "cores")
DETERMINERS = word_list("phrases", "determiners")
_DAYS = word_list("phrases", "days")
_SPANS = word_list("phrases", "spans")
_WHICH = frozenset(("last", "next", "this", "that", "the", "same", "previous", "following"))
_CIRCUMSTANCES = word_list("phrases", "circumstances")
_LATE = frozenset(("the", "early", "late", "mid", "-"))


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
            or word in APOSTROPHES
            or (parse.glued(i) and word != "(" and word.isalnum())
            or (word.isalnum() and i - 2 >= floor and parse.words[i - 2] in DASHES and parse.glued(i - 1))
        ):
            i -= 1
        elif (
            lower in ("and", "of")
            and i - 2 >= floor
            and _proper(reading, i)
            and (_proper(reading, i - 2) or parse.words[i - 2] == ")")
            and parse.capital(head)
        ):
            if lower == "of" and not _of_name(reading, i - 2):
                break
            i -= 1
        elif (country := _country_ending_at(reading, i)) is not None and country >= floor:
            i = country
        elif tag in _MODIFIER_TAGS and not (
            tag in ("VBG", "VBN") and not parse.capital(i - 1) and parse.deps[i - 1] not in ("amod", "compound")
        ):
            i -= 1
        elif (span := reading.owner[i - 1]) is not None and span.draft.type in ("Country", "Framework", "Organization"):
            i = max(span.first, floor)
        else:
            break
    while i < head and (parse.words[i] in DASHES or parse.words[i] in APOSTROPHES or parse.lower[i] in ("and", "of")):
        i += 1
    return i


def _country_ending_at(reading: Reading, past: int) -> int | None:
    """The first token of a country of several words inside a name: "the 2nd Central Asia-Republic of Korea Summit"."""
    span = reading.owner[past - 1]
    if span is None or span.draft.type != "Country" or span.past != past or past - span.first < 2:
        return None
    return span.first


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
        if (
            _of_time(reading, i)
            or _of_signer(reading, i)
            or _with_person(reading, i)
            or parse.lower[past - 1] in _SIGNED_NOUNS
            and _of_venue(reading, i)
        ):
            break
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
        if parse.words[i].isspace() or reading.type_at(i) == "Leader" and i > first and parse.lower[i - 1] == "and":
            break
        if lower in ("which", "that", "who", "as", "behalf", "including"):
            break
        if word == "(":
            after = skip_acronym(reading, i)
            if after == i:
                break
            i = after
            continue
        if word in DASHES or word in QUOTES or word in APOSTROPHES:
            i += 1
            if word in QUOTES:
                end = i
            continue
        if lower == "," and _list_goes_on(reading, i):
            i += 1
            continue
        if lower == "in" and i + 1 < len(parse) and reading.type_at(i + 1) in ("Place", "Country"):
            break  # the venue is no part of the name
        if i > first and (_of_time(reading, i) or _of_venue(reading, i)):
            break
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


def _of_time(reading: Reading, i: int) -> bool:
    """Whether token i opens when or on what occasion something was done, no part of a name: "an agreement on customs |
    on 3 May", "an accord | on Friday", "a treaty on borders | last week", "a pact | in the presence of"."""
    parse = reading.parse
    word = parse.lower[i]
    if word in ("last", "next", "this", "today", "yesterday", "tomorrow", *_DAYS):
        follows = parse.lower[i + 1 : i + 2]
        return word not in ("last", "next", "this") or bool(follows) and follows[0] in _SPANS
    if word not in ("on", "in", "during", "at"):
        return False
    j = i + 1
    while parse.lower[j : j + 1] and parse.lower[j] in _LATE:
        j += 1
    follows = parse.lower[j : j + 2]
    if not follows:
        return False
    if follows[0] in _CIRCUMSTANCES or follows[0] in _DAYS and parse.capital(j):
        return True
    if follows[0] in _WHICH and follows[1:] and follows[1] in _SPANS:
        return True
    if word == "on" and follows[0].rstrip("sthndr").isdigit():
        return bool(follows[1:]) and follows[1] in _DAYS
    year = follows[0].isdigit() and len(follows[0]) == 4 and follows[0][:2] in ("19", "20")
    return word == "in" and (year or follows[0] in _SPANS and j > i + 1)


def _with_person(reading: Reading, i: int) -> bool:
    """As in "signed a declaration | with Prime Minister X", "with Peru's Minister of Mines, X": who signed too."""
    parse = reading.parse
    if parse.lower[i] != "with":
        return False
    near = range(i + 1, min(i + 5, len(parse)))
    if bool(near) and parse.capital(near[0]) and any(reading.type_at(j) == "Leader" for j in near):
        return True
    words = parse.lower[i + 1 : i + 6]
    if "counterpart" in words or "counterparts" in words:
        return words[0] in ("his", "her", "their", "the", "its") or parse.capital(i + 1)
    office = next((j for j in near if parse.lower[j] in _OFFICES), None)
    return office is not None and any(
        reading.type_at(j) == "Leader" for j in range(office, min(office + 14, len(parse)))
    )


_OFFICES = frozenset(
    "minister secretary president governor director ambassador chairman chairperson mr mr. ms ms.".split()
)


def _of_signer(reading: Reading, i: int) -> bool:
    """As in "X signed the Timor Sea Treaty | for Timor-Leste and Y for Australia": whom the signer speaks for."""
    parse = reading.parse
    j = i + 1 + (parse.lower[i + 1 : i + 2] == ["the"])
    span = reading.owner[j] if parse.lower[i] == "for" and j < len(parse) else None
    if span is None or span.draft.type not in ("Country", "Organization") or span.kind != "name":
        return False
    first = parse.sentences[parse.sentence_of[i]][0]
    verb = next((k for k in range(i - 1, max(first, i - 14) - 1, -1) if parse.lower[k] in _SIGNED), None)
    return verb is not None and any(reading.type_at(k) == "Leader" for k in range(max(first, verb - 12), verb))


_SIGNED = frozenset(("signed", "signs", "initialled", "initialed", "inked"))


def _of_venue(reading: Reading, i: int) -> bool:
    """As in "an agreement on customs | in Arica in September": where it was signed is no part of its name."""
    parse = reading.parse
    if parse.lower[i] != "in" or i + 1 >= len(parse) or not parse.capital(i + 1):
        return False
    if reading.type_at(i + 1) == "Place":
        return True
    end = i + 1
    while end < len(parse) and parse.capital(end) and end - i < 4:
        end += 1
    return reading.owner[i + 1] is None and end < len(parse) and _of_time(reading, end)


def _another_thing(reading: Reading, i: int) -> bool:
    """As in "a memorandum on dairy and | a programme of exchanges", "and | the terms of reference"."""
    parse = reading.parse
    if parse.lower[i : i + 1] in (["a"], ["an"]):
        return True
    return parse.lower[i : i + 1] == ["the"] and bool(_PAPERS & set(parse.lower[i + 1 : i + 4]))


def _list_goes_on(reading: Reading, comma: int) -> bool:
    """As in "reefs, ports and river police": a comma inside a list that ends in "and" shortly after.

    Without verbs.
    """
    parse = reading.parse
    last = comma + 2 if parse.lower[comma + 1 : comma + 2] == ["and"] and comma + 2 < len(parse) else comma
    if last > comma and reading.type_at(comma - 1) == reading.type_at(last) == "Country":
        return True  # "with Iceland, Norway, and Switzerland"
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
