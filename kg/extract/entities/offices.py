"""Office phrases: "Vietnam's Deputy Minister of Industry and Trade", "the president of the World Bank"."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass, field

from kg.extract.reading import Draft, Reading, Span
from kg.extract.wordlists import word_list
from kg.seeds import load_gazetteer

_OF = frozenset(("of", "for", "at"))
_POSSESSIVE = frozenset(("'s", "’s", "'", "’"))
_BODY_HEADS = word_list("offices", "body_heads")
# Words that continue "Minister of …" though no portfolio of the seeds names them.
_PORTFOLIO_MORE = word_list("offices", "portfolio_more")


@dataclass(slots=True)
class Office:
    """An office phrase over tokens `first..past-1`. `plural` when it names several holders ("Presidents")."""

    first: int
    past: int
    title: str
    bodies: list[Draft] = field(default_factory=list)  # countries and organizations it is an office of
    plural: bool = False


@functools.cache
def _words() -> tuple[dict[str, list[tuple[str, ...]]], frozenset[str], frozenset[str], dict[str, str]]:
    """Heads by first word, longest first; ranks; portfolio words; abbreviations with their titles, in lower case."""
    offices = load_gazetteer().offices
    small = {"of", "the", "and", "for", "in", "a", "&"}
    ranks = frozenset(word for form in offices.ranks for word in form.lower().split()) - small
    portfolios = frozenset(word for form in offices.portfolios for word in re.split(r"[\s-]+", form.lower())) - small
    portfolios |= _PORTFOLIO_MORE
    heads: dict[str, set[tuple[str, ...]]] = {}
    for form in offices.heads:
        words = tuple(re.findall(r"[\w'’.é]+|-", form.lower()))
        # "Minister of Foreign Affairs" is read as head and portfolio: the portfolio may go on (", and Tourism").
        if "of" in words and set(words[words.index("of") + 1 :]) <= portfolios | {"and"}:
            continue
        heads.setdefault(words[0], set()).add(words)
    ordered = {first: sorted(forms, key=lambda f: (-len(f), f)) for first, forms in heads.items()}
    expand = {short.lower(): title for short, title in offices.expand.items()}
    return ordered, ranks, portfolios, expand


def find_offices(reading: Reading) -> list[Office]:
    """All office phrases of the document, in order; they do not overlap."""
    found: list[Office] = []
    heads = _words()[0]
    for i, word in enumerate(reading.parse.lower):
        if (word not in heads and word[:-1] not in heads) or (found and i < found[-1].past):
            continue
        office = _office_at(reading, i)
        if office is None:
            continue
        while (joined := _joined(reading, office)) is not None:
            office = joined
        _extend_left(reading, office, found[-1].past if found else 0)
        found.append(office)
    return found


def _head_at(reading: Reading, i: int) -> tuple[int, bool] | None:
    """Past-the-end token of the office head that begins at i, and whether it is plural."""
    heads = _words()[0]
    lower = reading.parse.lower
    word = lower[i]
    if word not in heads and word[:-1] not in heads:
        return None
    for plural, form in ((False, word), (True, word[:-1] if word.endswith("s") else "")):
        for words in heads.get(form, ()):
            n = len(words)
            if words[1:] == tuple(lower[i + 1 : i + n]):
                return i + n, plural and n == 1
    for words in heads.get(word, ()):
        n = len(words)
        if (
            n > 1
            and tuple(lower[i : i + n - 1]) == words[:-1]
            and i + n <= len(lower)
            and lower[i + n - 1] == words[-1] + "s"
        ):
            return i + n, True
    return None


def _office_at(reading: Reading, i: int) -> Office | None:
    """The office whose head begins at token i. A head in small letters counts too: what follows decides its use."""
    parse = reading.parse
    head = _head_at(reading, i)
    if head is None or (parse.tags[i].startswith("V") and not parse.capital(i)):
        return None
    owner = reading.owner[i]
    if owner is not None and owner.draft.type != "Leader":
        return None
    past, plural = head
    expand = _words()[3]
    if past == i + 1 and parse.lower[i] in expand and not parse.words[i].isupper() and len(parse.words[i]) < 4:
        return None  # "Dar es Salaam": an abbreviation stands in capitals
    word = parse.lower[i] if past == i + 1 else parse.quote(i, past).lower()
    title = expand.get(word, parse.quote(i, past))
    if plural and title.lower().endswith("s") and word not in expand:
        title = title[:-1]
    office = Office(i, past, title, plural=plural)
    _read_complement(reading, office)
    return office


def skip_office(reading: Reading, first: int, past: int) -> int:
    """The first token after an office head that opens a span ("PM Lee" -> "Lee")."""
    while first < past - 1 and (head := _head_at(reading, first)) is not None and head[0] < past:
        first = head[0]
    return first


def _read_complement(reading: Reading, office: Office) -> None:
    """As in "of Industry and Trade of Vietnam", "for International Cooperation", "of the African Union".

    Portfolio, then body.
    """
    parse = reading.parse
    for _ in range(3):
        i = office.past
        if i >= len(parse):
            return
        if parse.lower[i] == "-" and parse.quote(i, min(i + 4, len(parse))).lower().startswith("-in-charge-of"):
            i += 6
        elif parse.lower[i] not in _OF:
            return
        else:
            i += 1
        while (
            i < len(parse)
            and parse.lower[i] in ("the", "kingdom", "republic", "state", "union")
            and reading.owner[i] is None
        ):
            if parse.lower[i] != "the" and not (i + 1 < len(parse) and parse.lower[i + 1] in ("of", "the")):
                break
            i += 1 if parse.lower[i] == "the" else 2
        if i >= len(parse):
            return
        span = reading.owner[i]
        if (
            span is not None
            and span.draft.type in ("Country", "Organization", "Framework", "Place")
            and span.kind != "adjective"
        ):
            past = _take_bodies(reading, office, i)
            if parse.lower[past : past + 1] == ["'s"]:
                return
            if span.draft.type not in ("Country", "Place"):
                office.title += _complement_text(reading, office.past, past, span.draft)
            office.past = past
            continue
        past = portfolio_end(reading, i)
        if past == i and (place := place_at(reading, i)) is not None:
            office.bodies.append(place.draft)
            office.past = place.past
            continue
        if past == i:
            return
        office.title += " " + parse.quote(office.past, past)
        office.past = past


def place_at(reading: Reading, i: int) -> Span | None:
    """The province or city that an office is of: "Premier of Sarawak"; found by the model or by the place list."""
    parse = reading.parse
    for first, past, label in parse.names:
        if (
            label in ("GPE", "LOC")
            and first <= i < past
            and parse.capital(i)
            and all(reading.owner[j] is None for j in range(i, past))
        ):
            return reading.mention(reading.place_named(parse.quote(i, past)), i, past)
    if parse.capital(i) and reading.owner[i] is None and load_gazetteer().place(parse.words[i]) is not None:
        return reading.mention(reading.place_named(parse.words[i]), i, i + 1)
    return None


def _complement_text(reading: Reading, first: int, past: int, body: Draft) -> str:
    """Whether the body stays part of the title: an assembly or a party does, an acronym does not."""
    if body.attributes.get("acronym") or body.seed:
        return ""
    return " " + reading.parse.quote(first, past)


def _take_bodies(reading: Reading, office: Office, i: int) -> int:
    """Add the body at token i, and those listed with it when the office is plural; returns the past token."""
    span = reading.owner[i]
    assert span is not None
    office.bodies.append(span.draft)
    past = span.past
    parse = reading.parse
    while office.plural and past + 1 < len(parse):
        step = past
        while step < len(parse) and parse.lower[step] in (",", "and", "the", "&"):
            step += 1
        follower = reading.owner[step] if step < len(parse) else None
        if step == past or follower is None or follower.draft.type != "Country" or follower.kind == "adjective":
            break
        office.bodies.append(follower.draft)
        past = follower.past
    if past < len(parse) and parse.words[past] == "(" and past + 2 < len(parse) and parse.words[past + 2] == ")":
        past += 3
    return past


def portfolio_end(reading: Reading, i: int) -> int:
    """The past token of a list of portfolio words beginning at i: "Foreign Affairs, Foreign Employment.

    And Tourism".
    """
    parse, portfolios = reading.parse, _words()[2]
    past = i
    j = i
    while j < len(parse) and j - i < 16:
        word = parse.lower[j]
        owner = reading.owner[j]
        known = word in portfolios or (j > i and parse.glued(j) and parse.capital(j) and word.isalpha())
        if known and (owner is None or owner.draft.type == "Country"):
            past = j + 1
        elif word in ("and", "&", ",", "-", "the", "/") and j > i:
            pass
        elif word in ("ii", "iii") and j > i:
            past = j + 1
        else:
            break
        j += 1
    return past


def _joined(reading: Reading, office: Office) -> Office | None:
    """As in "Deputy Prime Minister and Minister of Foreign Affairs".

    "General Secretary and President of Laos" are one office.
    """
    parse = reading.parse
    i = office.past
    if i + 1 >= len(parse) or parse.lower[i] not in ("and", "cum", "&", ",") or office.plural:
        return None
    j = i + 1
    if parse.lower[i] == ",":
        if parse.lower[j] not in ("and", "concurrently"):
            return None
        j += 1
    while j < len(parse) and (
        parse.lower[j] in _words()[1]
        or parse.lower[j] in _words()[2]
        or parse.lower[j] in ("the", "concurrently", "party")
    ):
        j += 1
    if j >= len(parse):
        return None
    other = _office_at(reading, j)
    if other is None or other.plural:
        return None
    k = i + 1
    while parse.lower[k] in ("the", "and", "concurrently"):
        k += 1
    if not parse.capital(k) and parse.capital(office.past - 1):
        return None
    title = f"{office.title} and {parse.quote(k, j) + ' ' if j > k else ''}{other.title}"
    bodies = [*office.bodies, *(b for b in other.bodies if b not in office.bodies)]
    return Office(office.first, other.past, title, bodies)


def _extend_left(reading: Reading, office: Office, floor: int) -> None:
    """Take in what stands before the head: ranks, portfolios, the nation's adjective or genitive, a body."""
    parse = reading.parse
    _, ranks, portfolios, _ = _words()
    i = office.first
    words: list[str] = []
    while i > floor:
        word = parse.lower[i - 1]
        span = reading.owner[i - 1]
        if span is not None and span.draft.type in ("Country", "Organization", "Framework"):
            if span.first < floor or (
                span.draft.type == "Country" and span.kind == "name" and not _modifies(reading, span.past)
            ):
                break
            office.bodies.append(span.draft)
            if span.draft.type == "Organization" and not span.draft.seed and parse.lower[i - 1] in _BODY_HEADS:
                office.title += f" of the {parse.quote(span.first, span.past)}"
            i = span.first
        elif word in _POSSESSIVE and i - 1 > floor and reading.owner[i - 2] is not None:
            i -= 1
        elif (
            span is None
            and (word in ranks or word in ("party", "-", "elect"))
            and (parse.capital(i - 1) or not words or word in ranks)
            or span is None
            and word in portfolios
            and (parse.capital(i - 1) or not parse.capital(office.first))
            and not office.bodies
        ):
            i -= 1
            words.insert(0, parse.words[i])
        elif (
            word in ("and", "&")
            and words
            and parse.lower[i - 2] in portfolios
            and words[0].lower() in portfolios
            and not office.bodies
        ):
            i -= 1
            words.insert(0, "and")
        else:
            break
    while words and words[0].lower() in ("and", "-", "new", "then", "fellow", "the", "his"):
        words.pop(0)
    if words:
        office.title = f"{' '.join(words)} {office.title}".replace(" - ", "-")
    office.first = i


def _modifies(reading: Reading, past: int) -> bool:
    """Whether the name that ends before `past` stands as an attribute: "Bangladesh Foreign Minister", "Japan's …"."""
    parse = reading.parse
    return past < len(parse) and parse.lower[past] not in (",", "and", ";", "-")
