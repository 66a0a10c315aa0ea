"""What follows the head of an office: portfolio, state, body. "of Industry and Trade of the Republic of X"."""

from __future__ import annotations

import re

from kg.extract.entities.office_places import place_at as place_at  # `offices.py` finds it here
from kg.extract.entities.office_words import Office, portfolio_end
from kg.extract.entities.postings import (
    ENVOYS,
    area_end,
    chief_served,
    skip_posting,
    skip_style_of_state,
    whom_it_serves,
)
from kg.extract.reading import Draft, Reading, Span
from kg.extract.wordlists import word_list
from kg.seeds import load_gazetteer

_OF = frozenset(("of", "for", "at"))
_BODY_TYPES = ("Country", "Organization", "Framework", "Place")
_CHAMBERS = word_list("offices", "chambers")
_BODY_NOUNS = word_list("bodies", "heads") | word_list("bodies", "ministries") | word_list("offices", "short_bodies")
_STATE_BODIES = word_list("people", "state_bodies")
SHORT_BODIES = word_list("offices", "short_bodies")
_GROUPINGS = frozenset("bloc grouping organization organisation body club".split())
_SAME_KIND = {
    "organization": frozenset(("organization", "organisation")),
    "organisation": frozenset(("organization", "organisation")),
}


def read_complement(reading: Reading, office: Office) -> None:
    """As in "of Industry and Trade of Vietnam", "for International Cooperation", "of the African Union".

    Portfolio, then body; at most three of them.
    """
    for _ in range(3):
        if not _read_one_complement(reading, office):
            return


def _read_one_complement(reading: Reading, office: Office) -> bool:
    """One "of …", "for …", "at …"; whether another may follow."""
    parse = reading.parse
    i = office.past
    if i + 1 >= len(parse):
        return False
    link = parse.lower[i]
    if link == "-" and parse.quote(i, min(i + 4, len(parse))).lower().startswith("-in-charge-of"):
        i += 6
    elif parse.lower[i : i + 3] == ["in", "charge", "of"] and i + 3 < len(parse):
        i += 3
    elif link in ("to", "in") and ENVOYS & set(office.title.lower().split()):
        return skip_posting(reading, office)
    elif link == "to" and (past := whom_it_serves(reading, office, i)) > i:
        office.title += " " + parse.quote(i, past)
        office.past = past
        return True
    elif link in _OF or _is_in_body(reading, i):
        i += 1
    else:
        return False
    i = skip_style_of_state(reading, i)
    if i >= len(parse):
        return False
    if parse.lower[i - 1 : i + 1] in (["the", "republic"], ["the", "nation"], ["the", "federation"]):
        office.past = i + 1  # "President of the Republic"
        return True
    if (past := chief_served(reading, office, i)) > i:
        office.title += " " + parse.quote(office.past, past)
        office.past = past
        return True
    found = _read_named_body(reading, office, i, link)
    return _read_field(reading, office, i, link) if found is None else found


def _is_in_body(reading: Reading, i: int) -> bool:
    """As in "Minister of State in the Ministry of Foreign Affairs"."""
    parse = reading.parse
    if parse.lower[i] not in ("in", "with") or parse.lower[i + 1] != "the" or i + 2 >= len(parse):
        return False
    return reading.type_at(i + 2) == "Organization"


def _read_named_body(reading: Reading, office: Office, i: int, link: str) -> bool | None:
    """The state, body, ministry or delegation at token i; None when there is none, else whether more may follow."""
    parse = reading.parse
    if (past := _unnamed_ministry(reading, office, i)) > i:
        office.past = past
        return True
    span = reading.owner[i]
    known = any(reading.type_at(j) == "Organization" for j in range(i, min(i + 4, len(parse))))
    if (
        span is not None
        and span.draft.type == "Country"
        and not known
        and (end := _unknown_body(reading, i)) > span.past
    ):
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
    return None


def _read_field(reading: Reading, office: Office, i: int, link: str) -> bool:
    """The portfolio, region or place at token i, or a body that nobody knows; whether more may follow."""
    parse = reading.parse
    past = max(_cabinet_end(reading, i), area_end(reading, i) if link == "for" else i)
    if past == i or (past == i + 1 and parse.lower[past : past + 1] == ["affairs"]):
        past = portfolio_end(reading, i)
        if i < past < len(parse) and parse.lower[past] in _BODY_NOUNS and parse.capital(past):
            past = i  # "of the Southern African Power Pool": no portfolio, a body that nobody knows
    if past == i and link == "for":
        past = _single_field(reading, i)
    if past > i:
        office.title += " " + parse.quote(office.past, past)
        office.past = past
        return True
    if link == "for":
        return False
    if (end := _unknown_body(reading, i)) > i:
        office.past = end
        return False
    place = place_at(reading, i)
    if place is not None:
        office.bodies.append(place.draft)
        office.past = place.past
    return place is not None


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
    if parse.words[past : past + 1] in (["'s"], ["’s"]):
        follower = reading.owner[past + 1] if past + 1 < len(parse) else None
        if follower is None or follower.draft.type != "Organization":
            return False
        past = _take_bodies(reading, office, past + 1)
    elif span.draft.type not in ("Country", "Place"):
        text = parse.quote(office.past, past)
        if link == "of" and stays_in_title(span.draft):
            office.title += " " + text
        else:
            office.of_body = " " + text
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


def _unnamed_ministry(reading: Reading, office: Office, i: int) -> int:
    """Past "(spokesperson for the) Pakistani foreign ministry", "China's foreign ministry": adds the country."""
    parse = reading.parse
    span = reading.owner[i]
    if span is None or span.draft.type != "Country":
        return i
    j = span.past + (parse.words[span.past : span.past + 1] in (["'s"], ["’s"]))
    if j == span.past and span.kind != "adjective":
        return i
    for past in range(j, min(j + 3, len(parse))):
        if reading.owner[past] is not None or parse.capital(past):
            return i
        if parse.lower[past] in _STATE_BODIES:
            office.bodies.append(span.draft)
            return past + 1
    return i


def _cabinet_end(reading: Reading, i: int) -> int:
    """Past "Council of Ministers", "Cabinet of Ministers", which stay in the title."""
    lower = reading.parse.lower
    if reading.owner[i] is not None:
        return i
    return i + 3 if lower[i] in ("cabinet", "council") and lower[i + 1 : i + 3] == ["of", "ministers"] else i


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


def read_seat(reading: Reading, office: Office) -> list[Draft]:
    """Of what the office is where a comma stands for "of": "X, Minister of Trade, Belize;", "Y, Director, Z Board,".

    Not in a list of countries: "X, Minister of Trade, Kenya, Uganda and others".
    """
    parse = reading.parse
    after = parse.words[office.past : office.past + 2]
    if office.bodies or office.plural or len(after) < 2 or after[0] != ",":
        return []
    i = skip_style_of_state(reading, office.past + 1)
    span = reading.owner[i] if i < len(parse) else None
    if span is None or span.draft.type not in ("Country", "Organization") or span.kind != "name":
        return []
    past = span.past
    closed = past >= len(parse) or parse.words[past] in (",", ";", ".", ")", ":") or parse.lower[past] == "represented"
    follower = reading.type_at(past + 1) if past + 1 < len(parse) else None
    if not closed or follower in ("Country", "Organization") or (span.draft.seed is None and past - i < 2):
        return []
    return [span.draft]


def _single_field(reading: Reading, i: int) -> int:
    """As in "Vice-President for Operations,": one capitalised word that a sign follows."""
    parse = reading.parse
    closed = i + 1 < len(parse) and parse.words[i + 1] in (",", ".", ")", ";")
    return (
        i + 1
        if closed and parse.capital(i) and parse.tags[i] in ("NNS", "NNPS", "NNP", "NN") and reading.owner[i] is None
        else i
    )


def stays_in_title(body: Draft) -> bool:
    """A chamber or a council of state does ("Chairman of the National Assembly"), a bank or a party does not."""
    if body.attributes.get("acronym") or body.seed:
        return False
    return " for " not in body.name and not _CHAMBERS.isdisjoint(re.findall(r"[^\W_]+", body.name.lower()))


def _take_bodies(reading: Reading, office: Office, i: int) -> int:
    """Add the body at token i, and those listed with it when the office is plural; returns the past token."""
    span = reading.owner[i]
    assert span is not None
    office.bodies.append(span.draft)
    office.bodies.extend(state_of(reading, span))
    past = span.past
    parse = reading.parse
    while office.plural and past + 1 < len(parse):
        step = past
        while step < len(parse) and parse.lower[step] in (",", "and", "the", "&"):
            step += 1
        follower = reading.owner[step] if step < len(parse) else None
        if step == past or follower is None or follower.draft.type != "Country" or follower.kind == "adjective":
            break
        if parse.capital(min(follower.past, len(parse) - 1)) and follower.past < len(parse):
            break  # "the leaders of Tonga, Samoa and US Secretary of State X"
        office.bodies.append(follower.draft)
        past = follower.past
    if past < len(parse) and parse.words[past] == "(" and past + 2 < len(parse) and parse.words[past + 2] == ")":
        past += 3
    return past


def state_of(reading: Reading, span: Span) -> list[Draft]:
    """The country in the name of an organ of state: "Embassy of Azerbaijan", not "Korea International Agency"."""
    if span.draft.type != "Organization" or _STATE_BODIES.isdisjoint(reading.parse.lower[span.first : span.past]):
        return []
    return [inner.draft for inner in reading.all_in(span.first, span.past, "Country")][:1]


def short_body(reading: Reading, i: int) -> Draft | None:
    """The body that "the Bank", "the agency", "the bloc" means: the one named last that is of this kind."""
    parse = reading.parse
    word = parse.lower[i]
    if i == 0 or parse.lower[i - 1] != "the" or word not in SHORT_BODIES:
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
