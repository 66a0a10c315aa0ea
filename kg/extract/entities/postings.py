"""Where an office is: an envoy's posting, the chief whom an aide serves, the region that a title is for."""

from __future__ import annotations

from kg.extract.entities.office_words import Office, office_words
from kg.extract.reading import Reading
from kg.extract.wordlists import word_list
from kg.seeds import load_gazetteer

_STYLES = word_list("offices", "styles_of_state")
ENVOYS = word_list("offices", "envoys")
AREAS = word_list("offices", "areas") | {"middle east", "horn of africa"}
_AREA_NOUNS = frozenset(("territories", "islands", "region"))


def chief_served(reading: Reading, office: Office, i: int) -> int:
    """Past "(Special Representative of the) UN Secretary-General"; whose chief it is, is whom the envoy serves."""
    parse = reading.parse
    span = reading.owner[i]
    start = i if span is None else span.past
    if ENVOYS.isdisjoint(office.title.lower().split()) or (span is not None and span.draft.type != "Organization"):
        return i
    start += parse.words[start : start + 1] in (["'s"], ["’s"])
    if parse.lower[start : start + 3] == ["secretary", "-", "general"]:
        past = start + 3
    elif parse.lower[start : start + 2] == ["secretary", "general"]:
        past = start + 2
    else:
        return i
    if span is not None:
        office.bodies.append(span.draft)
    return past


def whom_it_serves(reading: Reading, office: Office, i: int) -> int:
    """Past "(Secretary) to the Treasury", "(Adviser) to the Prime Minister": whom such an office serves."""
    parse = reading.parse
    if parse.lower[i + 1] != "the" or _AIDES.isdisjoint(office.title.lower().split()):
        return i
    _, ranks, portfolios, _ = office_words()
    past = i + 2
    while past < len(parse) and parse.capital(past) and reading.owner[past] is None:
        if parse.lower[past] not in portfolios | ranks | _SERVED:
            break
        past += 1
    return past if past > i + 2 else i


_AIDES = frozenset("secretary adviser advisor assistant spokesman spokesperson counsellor delegate".split())
_SERVED = frozenset("president minister premier king sultan treasury cabinet chancellor governor prime".split())


def skip_posting(reading: Reading, office: Office) -> bool:
    """As in "ambassador to the Kingdom of Spain", "envoy in Lusaka": where one is posted is not whom one serves."""
    parse = reading.parse
    i = skip_style_of_state(reading, office.past + 1)
    if i >= len(parse) or not parse.capital(i):
        return False
    span = reading.owner[i]
    past = span.past if span is not None and span.draft.type != "Leader" else i
    if span is None:
        known = (p for p in (i + 3, i + 2) if p <= len(parse) and load_gazetteer().place(parse.quote(i, p)) is not None)
        past = next(known, i + 1)
    if past == i:
        return False
    if parse.lower[past : past + 1] == ["and"] and past + 1 < len(parse):
        # "ambassador to Spain and Andorra", "to ECOWAS and the AU", not "ambassador to Spain and Peru's minister"
        second = reading.owner[past + 1 + (parse.lower[past + 1] == "the" and past + 2 < len(parse))]
        if second is not None and second.draft.type in ("Country", "Organization") and second.kind == "name":
            past = past if parse.words[second.past : second.past + 1] in (["'s"], ["’s"]) else second.past
    office.past = past
    return True


def skip_style_of_state(reading: Reading, i: int) -> int:
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


def area_end(reading: Reading, i: int) -> int:
    """The past token of a region that an office is for: "the Pacific", "Central Asia", "the Overseas Territories"."""
    parse = reading.parse
    areas = load_gazetteer().areas
    for past in (i + 3, i + 2, i + 1):
        if (
            past <= len(parse)
            and parse.capital(i)
            and (areas.get(parse.quote(i, past)) == "area" or parse.quote(i, past).lower() in AREAS)
        ):
            return past
    if (past := _region_end(reading, i)) > i:
        if parse.lower[past : past + 1] == ["and"]:  # "for the Middle East and North Africa"
            second = past + 1 + (parse.lower[past + 1 : past + 2] == ["the"])
            past = max(past, _region_end(reading, second))
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


def _region_end(reading: Reading, i: int) -> int:
    """Past the name of a continent or a part of one: "West Africa", "South-East Asia", "Latin America"."""
    parse = reading.parse
    past = i
    while past < len(parse) and past - i < 5 and (parse.lower[past] in _REGIONS or (past > i and parse.glued(past))):
        if not (parse.capital(past) or parse.words[past] == "-" or parse.glued(past)):
            break
        past += 1
    return past if i < past and parse.capital(i) and parse.lower[past - 1] not in _DIRECTIONS else i


_REGIONS = word_list("places", "regions") | {"latin"}
_DIRECTIONS = frozenset("north south east west northern southern eastern western central latin".split())
