"""Office phrases: "Vietnam's Deputy Minister of Industry and Trade", "the president of the World Bank"."""

from __future__ import annotations

from collections.abc import Iterable

from kg.extract.entities.names import capitals
from kg.extract.entities.office_bodies import (
    SHORT_BODIES,
    place_at,
    read_complement,
    short_body,
    state_of,
    stays_in_title,
)
from kg.extract.entities.office_words import Office as Office
from kg.extract.entities.office_words import office_words
from kg.extract.entities.office_words import portfolio_end as portfolio_end  # `bodies.py` finds it here
from kg.extract.entities.phrases import APOSTROPHES
from kg.extract.entities.postings import AREAS
from kg.extract.reading import Draft, Reading, Span
from kg.extract.wordlists import word_list
from kg.seeds import load_gazetteer

_NOT_OF_TITLE = frozenset(
    "former current ministry government other many new old own few several one leading chief top local same".split()
)
_CONTINENTS = frozenset("european african asian east".split())
# Words that stand before a noun and are heads of their own otherwise: "Deputy Transport Minister", "his deputy".
_HALF_RANKS = frozenset(("deputy", "chief", "secretary"))
_EXPERTS = word_list("offices", "experts")
_MODIFIERS = frozenset(("NN", "JJ", "HYPH", "NNS"))


def find_offices(reading: Reading) -> list[Office]:
    """All office phrases of the document, in order; they do not overlap."""
    found: list[Office] = []
    heads = office_words()[0]
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
    heads = office_words()[0]
    lower = reading.parse.lower
    word = lower[i]
    if word not in heads and word[:-1] not in heads:
        return None
    for plural, form in ((False, word), (True, word[:-1] if word.endswith("s") else "")):
        for words in heads.get(form, ()):
            n = len(words)
            if words[1:] == tuple(lower[i + 1 : i + n]):
                return i + n, plural
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
    if _stands_before_head(reading, i, past):
        return None
    expand = office_words()[3]
    if past == i + 1 and parse.lower[i] in expand and not parse.words[i].isupper() and len(parse.words[i]) < 4:
        return None  # "Dar es Salaam": an abbreviation stands in capitals
    word = parse.lower[i] if past == i + 1 else parse.quote(i, past).lower()
    title = expand.get(word, parse.quote(i, past))
    if plural and past > i + 1 and parse.lower[i].endswith("s") and parse.lower[i] not in office_words()[0]:
        title = f"{parse.words[i][:-1]} {parse.quote(i + 1, past)}"  # "heads of government"
    elif plural and title.lower().endswith("s") and word not in expand:
        title = title[:-1]
    if parse.lower[past : past + 2] in (["-", "designate"], ["-", "elect"]):
        title += f"-{parse.words[past + 1]}"
        past += 2
    office = Office(i, past, title, plural=plural)
    read_complement(reading, office)
    return office


def is_office_only(words: list[str]) -> bool:
    """Whether words in lower case name an office and nobody: "permanent representative", "governor general"."""
    heads, ranks, portfolios, _ = office_words()
    return all(
        word in heads
        or word.removesuffix("s") in heads
        or word in ranks
        or word in portfolios
        or word in ("-", "general", "designate", "elect")
        for word in words
    )


def skip_office(reading: Reading, first: int, past: int) -> int:
    """The first token after an office head that opens a span ("PM Lee" -> "Lee")."""
    while first < past - 1 and (head := _head_at(reading, first)) is not None and head[0] < past:
        first = head[0]
    return first


def _stands_before_head(reading: Reading, i: int, past: int) -> bool:
    """Whether the word is a rank or an adjective here: "Deputy Transport Minister", "Official Visit"."""
    parse = reading.parse
    if past != i + 1:
        return False
    if _is_compound(reading, i):
        return True
    if parse.lower[i] == "official":
        return parse.tags[i] == "JJ" or (past < len(parse) and parse.lower[past] in ("visit", "trip", "talks"))
    if parse.lower[i] not in _HALF_RANKS:
        return False
    _, ranks, portfolios, _ = office_words()
    j = past
    if past < len(parse) and parse.lower[i] == "deputy" and _head_at(reading, past) is not None:
        return True
    while (
        j < len(parse)
        and j - past < 4
        and (parse.lower[j] in portfolios or parse.lower[j] in ranks or parse.lower[j] in ("and", "&"))
    ):
        if j > past and _head_at(reading, j) is not None:
            break
        j += 1
    return past < j < len(parse) and _head_at(reading, j) is not None


def _joined(reading: Reading, office: Office) -> Office | None:
    """As in "Deputy Prime Minister and Minister of Trade".

    "General Secretary and President of Laos" are one office.
    """
    parse = reading.parse
    i = office.past
    if i + 1 >= len(parse) or parse.lower[i] not in ("and", "cum", "&", ",", "/") or office.plural:
        return None
    j = i + 1
    if parse.lower[i] == ",":
        if parse.lower[j] not in ("and", "concurrently"):
            return _series(reading, office)
        j += 1
    while j < len(parse) and (
        parse.lower[j] in office_words()[1]
        or parse.lower[j] in office_words()[2]
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
    if parse.lower[k] == "/":
        k += 1
    link = "/" if parse.lower[i] == "/" else " and "
    of_body = "" if link == "/" else other.of_body
    title = f"{office.title}{link}{parse.quote(k, j) + ' ' if j > k else ''}{other.title}{of_body}"
    return Office(office.first, other.past, title, _united(office, other))


def _united(office: Office, other: Office) -> list[Draft]:
    return [*office.bodies, *(b for b in other.bodies if b not in office.bodies)]


def _series(reading: Reading, office: Office) -> Office | None:
    """Three offices of one person and more, where his name stands right behind or before.

    As in "Oman's Deputy Premier, Minister of Defence and Minister of Culture X", "X, Vice President, Premier and Ruler
    of Z".
    """
    parse = reading.parse
    start = i = office.past + 1
    while i < len(parse) and parse.lower[i] in office_words()[1] and _head_at(reading, i) is None:
        i += 1
    while i + 1 < len(parse) and (other := _office_at(reading, i)) is None and parse.lower[i] in office_words()[1]:
        i += 1
    other = _office_at(reading, i) if parse.capital(start) and parse.capital(office.past - 1) else None
    if other is None or other.plural or reading.owner[start] is not None:
        return None
    last = _joined(reading, other) or (other if " and " in other.title else None)
    if last is None or last.past >= len(parse) or parse.words[other.past] == "/":
        return None
    past, first = last.past, office.first
    named_before = first > 1 and parse.words[first - 1] == "," and parse.capital(first - 2)
    owned = first > 0 and (parse.lower[first - 1] in APOSTROPHES or reading.kind_at(first - 1) == "adjective")
    named_behind = owned and parse.capital(past) and reading.owner[past] is None
    if named_before == named_behind:
        return None
    rank = parse.quote(start, i) + " " if i > start else ""
    title = f"{office.title}, {rank}{last.title}"
    return Office(office.first, last.past, title, _united(office, last), of_body=last.of_body)


def _extend_left(reading: Reading, office: Office, floor: int) -> None:
    """Take in what stands before the head: ranks, portfolios, the nation's adjective or genitive, a body."""
    parse = reading.parse
    i = office.first
    words: list[str] = []
    owned = False
    nationality = any(body.type in ("Organization", "Framework") for body in office.bodies) or _is_private(office)
    while i > floor:
        span = reading.owner[i - 1]
        if span is not None and span.draft.type in ("Country", "Organization", "Framework"):
            if not _is_attribute(reading, span, floor):
                break
            _take_attribute(reading, office, span, nationality)
            owned, i = True, span.first
        elif parse.words[i - 1] == ")" and (owner := _before_bracket(reading, i - 1, floor)) is not None:
            i = owner.past  # "African Development Bank (AfDB) President X"
        elif parse.lower[i - 1] in APOSTROPHES and i - 1 > floor:
            if reading.owner[i - 2] is None:
                body = short_body(reading, i - 2)
                if body is not None and not owned:
                    office.bodies.append(body)
                    i -= 3
                elif not owned and (seat := _place_before(reading, office, i - 2)) is not None:
                    office.bodies.append(seat)
                    i -= 2
                break
            i -= 1
        elif owned and span is None and parse.lower[i - 1] in ("former", "late", "ex"):
            office.title = f"{parse.lower[i - 1]} {office.title}"
            i -= 1
        elif owned and span is None and parse.lower[i - 1] in _OVER_BODIES and parse.capital(i - 1):
            office.title = f"{parse.words[i - 1]} {office.title}"  # "Deputy ASEAN Secretary-General"
            i -= 1
        elif not owned and _is_modifier(reading, office, i - 1, words):
            i -= 1
            words.insert(0, parse.words[i])
        elif not owned and not words and _is_known_place(reading, office, i - 1):
            place = place_at(reading, i - 1)
            if place is None:
                break
            office.bodies.append(place.draft)
            owned, i = True, place.first
        else:
            break
    while words and words[0].lower() in ("and", "&", "-", "new", "then", "fellow", "the", "his"):
        words.pop(0)
    if words:
        office.title = f"{' '.join(words)} {office.title}".replace(" - ", "-")
    office.first = i


def _before_bracket(reading: Reading, i: int, floor: int) -> Span | None:
    """The body that the bracket ending at token i belongs to."""
    opening = next((j for j in range(i - 1, max(floor, i - 5), -1) if reading.parse.words[j] == "("), None)
    span = reading.owner[opening - 1] if opening is not None and opening > floor else None
    return span if span is not None and span.draft.type == "Organization" else None


_OVER_BODIES = frozenset("deputy vice acting assistant".split())


def _take_attribute(reading: Reading, office: Office, span: Span, nationality: bool) -> None:
    """The country or body before the title is the holder's, unless it tells his `nationality` only.

    As in "the Danish chief executive of the Secretariat".
    """
    if not (nationality and span.draft.type == "Country" and span.kind == "adjective"):
        office.bodies.append(span.draft)
        office.bodies.extend(body for body in state_of(reading, span) if body not in office.bodies)
    if span.draft.type == "Organization" and stays_in_title(span.draft):
        office.title += f" of the {reading.parse.quote(span.first, span.past)}"


def _place_before(reading: Reading, office: Office, i: int) -> Draft | None:
    """The city or province of "Rajasthan's tourism minister"; a capital stands for its country: "Jakarta's envoy"."""
    parse = reading.parse
    known = load_gazetteer().place(parse.words[i]) if parse.capital(i) else None
    if known is None or parse.lower[i] in SHORT_BODIES:
        return None
    if parse.words[i] in capitals() and _OF_CITIES.isdisjoint(office.title.lower().split()):
        return next((d for d in reading.of_type("Country") if d.attributes.get("iso3") == known.iso3), None)
    place = place_at(reading, i)
    return None if place is None else place.draft


_OF_CITIES = frozenset("mayor governor prefect police bishop archbishop".split())


def _is_known_place(reading: Reading, office: Office, i: int) -> bool:
    """Whether a province or city stands as attribute: "Saskatchewan premier", not "In Lisbon President X"."""
    parse = reading.parse
    if parse.capital(office.first) or not parse.capital(i) or reading.owner[i] is not None:
        return False
    return load_gazetteer().place(parse.words[i]) is not None and _is_free(reading, i)


def _is_free(reading: Reading, i: int) -> bool:
    """Whether no preposition makes the place an adverb ("in Lisbon presidents met")."""
    return i == 0 or reading.parse.lower[i - 1] not in ("in", "at", "to", "from", "of")


def _is_compound(reading: Reading, i: int) -> bool:
    """Whether the head of the phrase is the common noun behind: "chief guest", "minister level"."""
    parse = reading.parse
    if (
        parse.deps[i] not in ("compound", "amod")
        or parse.capital(i)
        or not i < parse.heads[i] <= i + 2
        or parse.capital(i + 1)
    ):
        return False
    return _head_at(reading, i + 1) is None and parse.lower[i + 1] not in office_words()[2]


_PRIVATE = frozenset("executive ceo analyst economist researcher expert professor manager founder fellow".split())


def _is_private(office: Office) -> bool:
    """Whether the adjective before the title tells where somebody comes from: "Swiss chief executive X"."""
    return not _PRIVATE.isdisjoint(office.title.lower().split())


def _is_attribute(reading: Reading, span: Span, floor: int) -> bool:
    """Whether the body or country before an office is its own: not one that a comma or "and" parts from it."""
    if span.first < floor:
        return False
    return span.draft.type != "Country" or span.kind != "name" or _modifies(reading, span.past)


def _is_modifier(reading: Reading, office: Office, i: int, words: list[str]) -> bool:
    """Whether token i belongs to the title that `words` begin: a rank, a portfolio, what an expert is an expert of."""
    parse = reading.parse
    if reading.owner[i] is not None:
        return False
    _, ranks, portfolios, _ = office_words()
    word, capital = parse.lower[i], parse.capital(i)
    if word == "under" and not capital and parse.lower[i + 1] != "-" and parse.lower[i + 1] != "secretary":
        return False  # "met under Presidents X and Y"
    if word in ranks or word in ("party", "elect") or (word == "-" and i > 0):
        return capital or not words or word in ranks
    if word in portfolios and not (word in _CONTINENTS and not words):
        return capital or not parse.capital(office.first)
    if word in ("and", "&"):
        return bool(words) and words[0].lower() in portfolios and parse.lower[i - 1] in portfolios
    if (
        words
        and words[0].lower() == "affairs"
        and capital
        and word.isalpha()
        and parse.tags[i].startswith(("NNP", "JJ"))
    ):
        return parse.lower[i + 2] != "affairs"  # "Finance and Corporate Affairs Minister"
    if word in AREAS and capital:
        return not words
    if word == "-" and words and not capital:
        return True  # "solid-waste adviser"
    expert = office.title.lower().split()[-1] in _EXPERTS and not parse.capital(office.past - 1)
    return expert and not capital and word.isalpha() and parse.tags[i] in _MODIFIERS and word not in _NOT_OF_TITLE


def _modifies(reading: Reading, past: int) -> bool:
    """Whether the name that ends before `past` stands as an attribute: "Bangladesh Foreign Minister", "Japan's …"."""
    parse = reading.parse
    return past < len(parse) and parse.lower[past] not in (",", "and", ";", "-")


def is_secretary_general(titles: Iterable[str]) -> bool:
    """Whether one of the titles is that of an organization's chief official, whatever its rank."""
    return any(
        "secretary general" in title.lower().replace("-", " ") or title == "Executive Secretary" for title in titles
    )
