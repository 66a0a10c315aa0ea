"""Places: cities, provinces, venues. A capital that acts is its country ("Hanoi said"), by a recorded rule."""

from __future__ import annotations

from kg.extract.entities.names import seeded_draft
from kg.extract.reading import Draft, Reading
from kg.extract.wordlists import word_list
from kg.seeds import Gazetteer, Name

PLACE_NOUNS = word_list("places", "place_nouns")
_METONYMY_RULE = "metonymy: capital for government"
_EVENT_VERBS = frozenset("hosted hosts host welcomed saw".split())


def find_places(reading: Reading, matches: list[tuple[int, int, Name]], gazetteer: Gazetteer) -> None:
    """Capitals of the seeds, then the model's places, then capitalised words next to "city", "province" …"""
    for first, past, name in matches:
        if name.role == "area":
            _claim(reading, first, past)
        if name.role not in ("capital", "sea", "place") or any(
            reading.owner[i] is not None for i in range(first, past)
        ):
            continue
        if name.role == "capital" and _acts(reading, first, past):
            country = seeded_draft(reading, gazetteer, name.seed)
            reading.mention(country, first, past, rule=_METONYMY_RULE)
        else:
            _mention_place(reading, first, past, gazetteer)
    for first, past, label in reading.parse.names:
        if label in ("GPE", "LOC", "FAC"):
            _place_of_the_model(reading, first, past, label, gazetteer)
    _places_before_country(reading, gazetteer)
    _places_by_noun(reading, gazetteer)
    _listed_places(reading, gazetteer)


def _claim(reading: Reading, first: int, past: int) -> None:
    """An area ("Latin America") is no entity: the model's place spans over it are taken out."""
    reading.parse.names = [n for n in reading.parse.names if not (n[0] < past and first < n[1])]


def _acts(reading: Reading, first: int, past: int) -> bool:
    """Whether the capital stands where only an actor can: subject or genitive of acts, agent, "between X and Y"."""
    parse = reading.parse
    head = reading.syntactic_head(first, past)
    before = parse.lower[first - 1] if first else ""
    dep = parse.deps[head]
    if before in ("in", "at", "to", "near", "capital", "from"):
        return False
    if past < len(parse) and (parse.lower[past] in PLACE_NOUNS or parse.words[past] == ","):
        return False
    verb = parse.lower[parse.heads[head]]
    if dep == "nsubj" and parse.tags[parse.heads[head]].startswith("V"):
        return verb not in _EVENT_VERBS and verb not in ("is", "was", "lies")
    if dep == "poss":
        return parse.lower[parse.heads[head]] not in (
            "airport",
            "streets",
            "centre",
            "center",
            "mayor",
            "palace",
            "residents",
        )
    return dep in ("agent",) or (
        dep == "pobj" and before in ("by", "between", "with") and parse.deps[parse.heads[head]] in ("agent", "prep")
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
    quote = parse.quote(first, past)
    if quote.isupper() and len(quote) < 6:
        return
    known = gazetteer.place(quote) is not None
    near = first > 0 and parse.lower[first - 1] in ("in", "at", "near")
    noun = past < len(parse) and parse.lower[past] in PLACE_NOUNS or parse.lower[past - 1] in PLACE_NOUNS
    if gazetteer.areas.get(quote) == "area":
        return
    if known or noun or (near and label == "GPE"):
        _mention_place(reading, first, past, gazetteer)


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
    """As in "held in Al-Ula, Saudi Arabia": a capitalised name between "in" and its country."""
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
            if past == j or gazetteer.place(parse.quote(j, past)) is None:
                break
            _mention_place(reading, j, past, gazetteer)
            i = past
