"""Places: cities, provinces, venues. A capital that acts is its country ("Hanoi said"), by a recorded rule."""

from __future__ import annotations

from kg.extract.entities.capitals import METONYMY_RULE, acts
from kg.extract.entities.located import TRUST, find_located, is_region
from kg.extract.entities.names import seeded_draft
from kg.extract.entities.phrases import DASHES
from kg.extract.reading import Draft, Reading
from kg.extract.wordlists import CALENDAR, word_list
from kg.seeds import Gazetteer, Name

PLACE_NOUNS = word_list("places", "place_nouns")
_NO_PLACES = word_list("places", "no_places")
_SEATS = {"BEL": "european-union"}
_EVENTS = word_list("places", "things_there")
_PAPERS = frozenset("declaration treaty charter pact convention protocol agreement accord consensus compact".split())


def find_places(reading: Reading, matches: list[tuple[int, int, Name]], gazetteer: Gazetteer) -> None:
    """Capitals of the seeds, then the model's places, then capitalised words next to "city", "province" …"""
    for first, past, name in matches:
        if name.role == "area":
            _claim(reading, first, past)
        if name.role not in ("capital", "sea", "place") or any(
            reading.owner[i] is not None for i in range(first, past)
        ):
            continue
        if _dateline(reading, first, past):
            continue
        if name.role == "capital" and (acts(reading, first, past) or _joined_to_government(reading, first)):
            government = seeded_draft(reading, gazetteer, _who_sits_there(reading, name.seed))
            reading.mention(government, first, past, rule=METONYMY_RULE)
        elif not is_part(reading, first, past) and not (name.role == "place" and _only_modifies(reading, first, past)):
            _mention_place(reading, first, past, gazetteer)
    for first, past, label in reading.parse.names:
        if label in ("GPE", "LOC", "FAC"):
            _place_of_the_model(reading, first, past, label, gazetteer)
    _places_before_country(reading, gazetteer)
    _places_by_noun(reading, gazetteer)
    find_located(reading, gazetteer, _mention_place)
    _listed_places(reading, gazetteer)


def _who_sits_there(reading: Reading, country: str) -> str:
    """The seed of the government that a capital stands for: the Union's for "talks with Brussels", Belgium unnamed."""
    if country not in _SEATS or any(draft.seed == country for draft in reading.drafts):
        return country
    return _SEATS[country]


def _dateline(reading: Reading, first: int, past: int) -> bool:
    """As in "Skopje — The summit": where a report was filed is no entity."""
    parse = reading.parse
    begins = first == 0 or "\n" in parse.words[first - 1]
    if begins and parse.words[past : past + 1] == ["-"] and not parse.glued(past) and parse.words[first].isupper():
        return True
    return begins and past < len(parse) and (parse.words[past] in ("—", "–", ".") or parse.lower[past] == "--")


def _joined_to_government(reading: Reading, first: int) -> bool:
    """As in "one voice towards Kyiv and Minsk": the second is what the first is."""
    parse = reading.parse
    if first < 2 or parse.lower[first - 1] not in ("and", "or"):
        return False
    span = reading.owner[first - 2]
    return span is not None and span.rule == METONYMY_RULE


def _claim(reading: Reading, first: int, past: int) -> None:
    """An area ("Latin America") is no entity: the model's place spans over it are taken out."""
    reading.parse.names = [n for n in reading.parse.names if not (n[0] < past and first < n[1])]


def is_part(reading: Reading, first: int, past: int) -> bool:
    """Whether the name is only a part of a longer one: "Seoul-based", "Baku–Tbilisi line", "Bagan Declaration"."""
    parse = reading.parse
    if first > 1 and parse.words[first - 1] in DASHES and parse.glued(first) and parse.glued(first - 1):
        return True
    if first > 1 and parse.lower[first - 1] == "of" and parse.capital(first - 2) and parse.lower[first - 2] in _PAPERS:
        return True  # "the Declaration of San Salvador"
    if past + 1 >= len(parse):
        return False
    if parse.words[past] in DASHES and parse.glued(past) and parse.glued(past + 1):
        return True
    return (
        parse.capital(past)
        and parse.tags[past].startswith(("NN", "JJ"))
        and not parse.words[first].isupper()
        and parse.lower[past] not in CALENDAR
        and parse.lower[past] not in PLACE_NOUNS
    )


def _place_of_the_model(reading: Reading, first: int, past: int, label: str, gazetteer: Gazetteer) -> None:
    """A GPE or LOC span: a place when the place list knows it, or a place noun or preposition of place stands by."""
    parse = reading.parse
    while first < past and (parse.lower[first] in ("the",) or not parse.capital(first)):
        first += 1
    while past > first and (parse.words[past - 1] in ("'s", "’s", ",") or not parse.words[past - 1][0].isalpha()):
        past -= 1
    if past - first > 1 and parse.lower[past - 1] in PLACE_NOUNS and not parse.capital(past - 1):
        past -= 1  # "Kunming city": the noun is an alias, not the name
    if first >= past or any(reading.owner[i] is not None for i in range(first, past)):
        return
    past = next((j for j in range(first, past) if parse.words[j] == ","), past)  # "the Republic, José Mário Vaz"
    if past - first == 1 and parse.lower[first] in CALENDAR | {"republic", "kingdom", "union", "state", "bank"}:
        return
    quote = parse.quote(first, past)
    if quote.isupper() and len(quote) < 6:
        return
    known = gazetteer.place(quote) is not None
    near = first > 1 and parse.lower[first - 1] in ("in", "at", "near") and parse.lower[first - 2] not in TRUST
    noun = past < len(parse) and parse.lower[past] in PLACE_NOUNS or parse.lower[past - 1] in PLACE_NOUNS
    if gazetteer.areas.get(quote) == "area" or is_region(quote):
        return
    if is_part(reading, first, past) or (not noun and _only_modifies(reading, first, past)):
        return
    if known or noun or (near and label == "GPE"):
        _mention_place(reading, first, past, gazetteer)


def _only_modifies(reading: Reading, first: int, past: int) -> bool:
    """As in "the Doha round", "the Jinghong dam", "the Gold Coast": the article is not the place's own."""
    parse = reading.parse
    if past < len(parse) and parse.lower[past] in _EVENTS:
        return False  # "the Istanbul summit" was there
    if first == 0 or parse.lower[first - 1] != "the" or past >= len(parse):
        return first > 0 and parse.lower[first - 1] == "the"
    return parse.lower[past] not in PLACE_NOUNS and not parse.capital(past)


def _mention_place(reading: Reading, first: int, past: int, gazetteer: Gazetteer) -> Draft:
    parse = reading.parse
    name = parse.quote(first, past)
    draft = reading.place_named(name)
    if "country" not in draft.attributes:
        seed = gazetteer.place(name)
        if seed is not None and seed.iso3:
            draft.attributes["country"] = seed.iso3
    reading.mention(draft, first, past)
    if past < len(parse) and parse.lower[past] in PLACE_NOUNS and parse.lower[past] not in ("state",):
        draft.names[parse.quote(first, past + 1)] += 1
    return draft


def _places_before_country(reading: Reading, gazetteer: Gazetteer) -> None:
    """As in "held in Ad-Dawr, Iraq": a capitalised name between "in" and its country."""
    parse = reading.parse
    for span in [s for s in reading.spans if s.draft.type == "Country" and s.kind == "name"]:
        past = span.first - 1
        if past < 2 or parse.words[past] != ",":
            continue
        first = past
        while first > 0 and past - first < 5 and reading.owner[first - 1] is None and _in_name(reading, first - 1):
            first -= 1
        while first < past and not parse.capital(first):
            first += 1
        if first < past and first > 0 and parse.lower[first - 1] in ("in", "at"):
            place = _mention_place(reading, first, past, gazetteer)
            place.attributes.setdefault("country", span.draft.attributes["iso3"])


def _in_name(reading: Reading, i: int) -> bool:
    parse = reading.parse
    return parse.capital(i) or parse.words[i] in ("-", "’", "'") or (parse.glued(i) and parse.words[i].isalpha())


def _places_by_noun(reading: Reading, gazetteer: Gazetteer) -> None:
    """As in "Kunming city", "Attapeu province", "Sangthong district"."""
    parse = reading.parse
    for i, word in enumerate(parse.lower):
        if (
            word not in PLACE_NOUNS
            or i == 0
            or reading.owner[i - 1] is not None
            or word in ("state", "department", "port", "bay", "sea", "region")
            or (parse.capital(i) and parse.tags[i + 1 : i + 2] == ["NNP"])
        ):
            continue
        if word == "sea" and parse.capital(i):
            continue
        first = i
        while (
            first > 0
            and parse.capital(first - 1)
            and parse.tags[first - 1].startswith("NNP")
            and reading.owner[first - 1] is None
            and i - first < 3
        ):
            first -= 1
        if first < i and first != parse.sentences[parse.sentence_of[first]][0]:
            name = parse.quote(first, i)
            if is_region(name) or name.lower() in _NO_PLACES:
                continue  # "the Pacific island country", "King Talal | International Airport"
            _mention_place(reading, first, i, gazetteer)


def _listed_places(reading: Reading, gazetteer: Gazetteer) -> None:
    """Names listed with a known place and themselves in the place list: "Gia Lai, Dak Lak and Kon Tum"."""
    parse = reading.parse
    for span in [s for s in reading.spans if s.draft.type == "Place"]:
        i = span.past
        while i + 1 < len(parse) and parse.lower[i] in (",", "and"):
            j = i + 1 + (parse.lower[i + 1] == "and")
            past = j
            while past < len(parse) and parse.capital(past) and reading.owner[past] is None and past - j < 3:
                past += 1
            if past == j or parse.lower[j] in CALENDAR or gazetteer.place(parse.quote(j, past)) is None:
                break
            if is_region(parse.quote(j, past)):
                break  # "Envoy for the Red Sea and Gulf of Aden"
            _mention_place(reading, j, past, gazetteer)
            i = past
