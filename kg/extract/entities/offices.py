"""Office phrases: "Vietnam's Deputy Minister of Industry and Trade", "the president of the World Bank"."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from kg.extract.entities.office_words import office_words, portfolio_end
from kg.extract.reading import Draft, Reading, Span
from kg.extract.wordlists import word_list
from kg.seeds import load_gazetteer

_OF = frozenset(("of", "for", "at"))
_BODY_TYPES = ("Country", "Organization", "Framework", "Place")
_STYLES = word_list("offices", "styles_of_state")
_AREAS = word_list("offices", "areas") | {
    "central asia",
    "south asia",
    "southeast asia",
    "middle east",
    "horn of africa",
}
_AREA_NOUNS = frozenset(("territories", "islands", "region"))
_CHAMBERS = word_list("offices", "chambers")
_TITLE_OF_ENVOY = word_list("offices", "envoys")
_BODY_NOUNS = word_list("bodies", "heads") | word_list("bodies", "ministries") | word_list("offices", "short_bodies")
_SHORT_BODIES = word_list("offices", "short_bodies")
_GROUPINGS = frozenset("bloc grouping organization organisation body club".split())
_SAME_KIND = {
    "organization": frozenset(("organization", "organisation")),
    "organisation": frozenset(("organization", "organisation")),
}
_NOT_OF_TITLE = frozenset(
    "former current ministry government other many new old own few several one leading chief top local same".split()
)
_POSSESSIVE = frozenset(("'s", "’s", "'", "’"))
# Words that stand before a noun and are heads of their own otherwise: "Deputy Transport Minister", "his deputy".
_HALF_RANKS = frozenset(("deputy", "chief", "secretary"))
_EXPERTS = word_list("offices", "experts")
_MODIFIERS = frozenset(("NN", "JJ", "HYPH", "NNS"))


@dataclass(slots=True)
class Office:
    """An office phrase over tokens `first..past-1`. `plural` when it names several holders ("Presidents")."""

    first: int
    past: int
    title: str
    bodies: list[Draft] = field(default_factory=list)  # countries and organizations it is an office of
    plural: bool = False
    holder: Draft | None = None  # the person, once the name is found
    of_body: str = ""  # the body as the text has it, where it is left out of the title


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
    if _stands_before_head(reading, i, past):
        return None
    expand = office_words()[3]
    if past == i + 1 and parse.lower[i] in expand and not parse.words[i].isupper() and len(parse.words[i]) < 4:
        return None  # "Dar es Salaam": an abbreviation stands in capitals
    word = parse.lower[i] if past == i + 1 else parse.quote(i, past).lower()
    title = expand.get(word, parse.quote(i, past))
    if plural and title.lower().endswith("s") and word not in expand:
        title = title[:-1]
    if parse.lower[past : past + 2] in (["-", "designate"], ["-", "elect"]):
        title += f"-{parse.words[past + 1]}"
        past += 2
    office = Office(i, past, title, plural=plural)
    _read_complement(reading, office)
    return office


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


def _read_complement(reading: Reading, office: Office) -> None:
    """As in "of Industry and Trade of Vietnam", "for International Cooperation", "of the African Union".

    Portfolio, then body; at most three of them.
    """
    for _ in range(3):
        if not _read_one_complement(reading, office):
            return


def _read_one_complement(reading: Reading, office: Office) -> bool:
    """One "of …", "for …", "at …"; whether there was one."""
    parse = reading.parse
    i = office.past
    if i + 1 >= len(parse):
        return False
    link = parse.lower[i]
    if link == "-" and parse.quote(i, min(i + 4, len(parse))).lower().startswith("-in-charge-of"):
        i += 6
    elif link in ("to", "in") and _TITLE_OF_ENVOY & set(office.title.lower().split()):
        return _skip_posting(reading, office)
    elif link not in _OF and not (
        link in ("in", "with")
        and parse.lower[i + 1] == "the"
        and reading.type_at(min(i + 2, len(parse) - 1)) == "Organization"
    ):
        return False
    else:
        i += 1
    i = _skip_style_of_state(reading, i)
    if i >= len(parse):
        return False
    if link == "for" and (past := _area_end(reading, i)) > i:
        office.title += " " + parse.quote(office.past, past)
        office.past = past
        return True
    span = reading.owner[i]
    if span is not None and span.draft.type == "Country" and (end := _unknown_body(reading, i)) > span.past:
        office.past = end
        return False
    if span is not None and span.draft.type in _BODY_TYPES and span.kind != "adjective":
        return _read_body(reading, office, i, link)
    if (past := _delegation_end(reading, office, i)) > i:
        office.title += " of delegation"
        office.past = past
        return True
    if parse.lower[i - 1] == "the" and (body := short_body(reading, i)) is not None:
        office.bodies.append(body)
        office.past = i + 1
        return True
    past = portfolio_end(reading, i)
    if past < len(parse) and past > i and parse.lower[past] in _BODY_NOUNS and parse.capital(past):
        past = i  # "of the Southern African Power Pool": no portfolio, a body that nobody knows
    if past == i and link != "for" and (end := _unknown_body(reading, i)) > i:
        office.past = end
        return False
    if past == i and link != "for" and (place := place_at(reading, i)) is not None:
        office.bodies.append(place.draft)
        office.past = place.past
        return True
    if past == i and link == "for":
        past = _single_field(reading, i)
    if past == i:
        return False
    office.title += " " + parse.quote(office.past, past)
    office.past = past
    return True


def _delegation_end(reading: Reading, office: Office, i: int) -> int:
    """Past "(head of the) Austrian delegation", which adds the country to the office."""
    parse = reading.parse
    span = reading.owner[i]
    if span is None or span.draft.type != "Country" or span.kind != "adjective":
        return i
    if parse.lower[span.past : span.past + 1] not in (["delegation"], ["mission"]):
        return i
    office.bodies.append(span.draft)
    return span.past + 1


def _unknown_body(reading: Reading, i: int) -> int:
    """Past capitalised words that end with a body's noun and a comma: "of the Ports Authority of Samoa,"."""
    parse = reading.parse
    past = i
    while (
        past < len(parse) and past - i < 9 and (parse.capital(past) or parse.lower[past] in ("and", "of", "for", "'s"))
    ):
        past += 1
    words = [word for word in parse.lower[i:past] if word in _BODY_NOUNS]
    if parse.words[past : past + 1] == ["("] and parse.words[past + 2 : past + 3] == [")"]:
        past += 3
    return past if words and parse.words[past : past + 1] == [","] and reading.type_at(i) != "Leader" else i


def _read_body(reading: Reading, office: Office, i: int, link: str) -> bool:
    """The state or body that an office is of; "at Vietnam's Ministry of Finance" names two."""
    parse = reading.parse
    span = reading.owner[i]
    assert span is not None
    if link == "for" and span.draft.type in ("Country", "Place"):
        # "Country Manager for Nepal", "envoy for Myanmar": the field of work, not the state that is served
        office.past = span.past
        return True
    past = _take_bodies(reading, office, i)
    if parse.lower[past : past + 1] == ["'s"]:
        follower = reading.owner[past + 1] if past + 1 < len(parse) else None
        if follower is None or follower.draft.type != "Organization":
            return False
        past = _take_bodies(reading, office, past + 1)
    elif span.draft.type not in ("Country", "Place"):
        text = parse.quote(office.past, past)
        if link == "of" and _stays_in_title(span.draft):
            office.title += " " + text
        else:
            office.of_body = " " + text
    office.past = past
    return True


def _skip_style_of_state(reading: Reading, i: int) -> int:
    """Past "the", "the Kingdom of", "the Socialist Republic of the" before a country's name."""
    parse = reading.parse
    if parse.lower[i] == "the":
        i += 1
    j = i
    while j < len(parse) and parse.lower[j] in _STYLES and reading.owner[j] is None:
        j += 1
    if i < j < len(parse) and parse.lower[j] == "of":
        return j + 1 + (parse.lower[j + 1 : j + 2] == ["the"])
    return i


def _skip_posting(reading: Reading, office: Office) -> bool:
    """As in "ambassador to the Kingdom of Spain", "envoy in Lusaka": where one is posted is not whom one serves."""
    parse = reading.parse
    i = _skip_style_of_state(reading, office.past + 1)
    if i >= len(parse) or not parse.capital(i):
        return False
    span = reading.owner[i]
    past = span.past if span is not None and span.draft.type != "Leader" else i
    while span is None and past < len(parse) and past - i < 4 and parse.capital(past) and reading.owner[past] is None:
        past += 1
    if past == i:
        return False
    if parse.lower[past : past + 1] == ["and"] and past + 1 < len(parse) and reading.type_at(past + 1) == "Country":
        past += 2
    office.past = past
    return True


def _area_end(reading: Reading, i: int) -> int:
    """The past token of a region that an office is for: "the Pacific", "Central Asia", "the Overseas Territories"."""
    parse = reading.parse
    areas = load_gazetteer().areas
    for past in (i + 3, i + 2, i + 1):
        if (
            past <= len(parse)
            and parse.capital(i)
            and (areas.get(parse.quote(i, past)) == "area" or parse.quote(i, past).lower() in _AREAS)
        ):
            return past
    j = i
    while (
        j < len(parse)
        and j - i < 3
        and parse.capital(j)
        and reading.owner[j] is None
        and parse.lower[j] not in _AREA_NOUNS
    ):
        j += 1
    return j + 1 if i < j < len(parse) and parse.capital(j) and parse.lower[j] in _AREA_NOUNS else i


def _single_field(reading: Reading, i: int) -> int:
    """As in "Vice-President for Operations,": one capitalised word that a sign follows."""
    parse = reading.parse
    closed = i + 1 < len(parse) and parse.words[i + 1] in (",", ".", ")", ";")
    return (
        i + 1
        if closed and parse.capital(i) and parse.tags[i] in ("NNS", "NNPS", "NNP", "NN") and reading.owner[i] is None
        else i
    )


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


def _stays_in_title(body: Draft) -> bool:
    """A chamber or a council of state does ("Chairman of the National Assembly"), a bank or a party does not."""
    if body.attributes.get("acronym") or body.seed:
        return False
    return not _CHAMBERS.isdisjoint(re.findall(r"[^\W_]+", body.name.lower()))


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
    title = f"{office.title} and {parse.quote(k, j) + ' ' if j > k else ''}{other.title}{other.of_body}"
    bodies = [*office.bodies, *(b for b in other.bodies if b not in office.bodies)]
    return Office(office.first, other.past, title, bodies)


def _extend_left(reading: Reading, office: Office, floor: int) -> None:
    """Take in what stands before the head: ranks, portfolios, the nation's adjective or genitive, a body."""
    parse = reading.parse
    i = office.first
    words: list[str] = []
    owned = False
    foreign_body = any(body.type in ("Organization", "Framework") for body in office.bodies)
    while i > floor:
        span = reading.owner[i - 1]
        if span is not None and span.draft.type in ("Country", "Organization", "Framework"):
            if not _is_attribute(reading, span, floor):
                break
            # "the Danish chief executive of the Secretariat": where somebody comes from, not whom he serves
            if not (foreign_body and span.draft.type == "Country" and span.kind == "adjective"):
                office.bodies.append(span.draft)
            if span.draft.type == "Organization" and _stays_in_title(span.draft):
                office.title += f" of the {parse.quote(span.first, span.past)}"
            owned = True
            i = span.first
        elif parse.lower[i - 1] in _POSSESSIVE and i - 1 > floor:
            if reading.owner[i - 2] is None:
                body = short_body(reading, i - 2)
                if body is not None and not owned:
                    office.bodies.append(body)
                    i -= 3
                break
            i -= 1
        elif not owned and _is_modifier(reading, office, i - 1, words):
            i -= 1
            words.insert(0, parse.words[i])
        else:
            break
    while words and words[0].lower() in ("and", "&", "-", "new", "then", "fellow", "the", "his"):
        words.pop(0)
    if words:
        office.title = f"{' '.join(words)} {office.title}".replace(" - ", "-")
    office.first = i


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
    if word in portfolios:
        return capital or not parse.capital(office.first)
    if word in ("and", "&"):
        return bool(words) and words[0].lower() in portfolios and parse.lower[i - 1] in portfolios
    if word in _AREAS and capital:
        return not words
    expert = office.title.lower().split()[-1] in _EXPERTS and not parse.capital(office.past - 1)
    return expert and not capital and word.isalpha() and parse.tags[i] in _MODIFIERS and word not in _NOT_OF_TITLE


def short_body(reading: Reading, i: int) -> Draft | None:
    """The body that "the Bank", "the agency", "the bloc" means: the one named last that is of this kind."""
    parse = reading.parse
    word = parse.lower[i]
    if i == 0 or parse.lower[i - 1] != "the" or word not in _SHORT_BODIES:
        return None
    before = [s for s in reading.spans if s.draft.type in ("Organization", "Framework") and s.past <= i]
    kinds = _SAME_KIND.get(word, frozenset((word,)))
    fitting = [s for s in before if not kinds.isdisjoint(name_words(s.draft))]
    if not fitting and word in _GROUPINGS:
        fitting = [s for s in before if is_grouping(s.draft)]
    return max(fitting, key=lambda s: s.first).draft if fitting else None


def name_words(draft: Draft) -> set[str]:
    """The words of all names that this document and the seeds give a body, in lower case."""
    seed = load_gazetteer().seeds.get(draft.seed or "")
    return {
        word
        for name in (draft.name, *draft.names, *(seed.names if seed else ()))
        for word in re.findall(r"\w+", name.lower())
    }


def is_grouping(draft: Draft) -> bool:
    """Whether a body has states for members."""
    seed = load_gazetteer().seeds.get(draft.seed or "")
    return draft.type == "Organization" and seed is not None and bool(seed.members)


def _modifies(reading: Reading, past: int) -> bool:
    """Whether the name that ends before `past` stands as an attribute: "Bangladesh Foreign Minister", "Japan's …"."""
    parse = reading.parse
    return past < len(parse) and parse.lower[past] not in (",", "and", ";", "-")


def is_secretary_general(titles: Iterable[str]) -> bool:
    """Whether one of the titles is that of an organization's chief official, whatever its rank."""
    return any(
        "secretary general" in title.lower().replace("-", " ") or title == "Executive Secretary" for title in titles
    )
