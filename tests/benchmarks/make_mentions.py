"""A world of invented people, bodies and meetings, and the news about it, with the truth about every mention.

The names and their spellings stand in `traditions.yaml`. Nothing here uses `kg.resolve`, and what is one person is
decided before any name is written. The world has what makes real news hard: offices that pass from one holder to the
next, careers through several offices, two offices at once, namesakes in one country and in several, fathers and sons,
spellings that differ by wire, and short forms; all by shares that stand in the functions below.
"""

from __future__ import annotations

import random
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from itertools import accumulate
from pathlib import Path
from typing import Any

import yaml

from kg.model import Document, Entity, Extraction, Fact, Mention

FIRST, LAST = date(2004, 1, 1).toordinal(), date(2024, 12, 31).toordinal()

# The wordings of each office that wires use side by side. Of the first ten every country has one holder at a time.
TOP_OFFICES = (
    ("President",),
    ("Prime Minister", "Premier"),
    ("Foreign Minister", "Minister of Foreign Affairs", "Minister for Foreign Affairs"),
    ("Deputy Prime Minister",),
    ("Trade Minister", "Minister of Trade", "Minister of Commerce and Trade"),
    ("Finance Minister", "Minister of Finance"),
    ("Defence Minister", "Minister of Defence", "Minister of National Defence"),
    ("Speaker of Parliament", "Parliament Speaker"),
    ("Energy Minister", "Minister of Energy"),
    ("Deputy Foreign Minister", "Deputy Minister of Foreign Affairs", "Vice Foreign Minister"),
)
FIELDS = (
    "Health", "Education", "Agriculture", "Transport", "Tourism", "Labour", "Environment", "Culture", "Justice",
    "Interior", "Planning", "Science", "Water Resources", "Fisheries", "Housing", "Industry", "Sport", "Home Affairs",
    "Social Welfare", "Information", "Immigration", "Mining", "Rural Development", "Youth",
)  # fmt: skip
RANKS = ("{0} Minister|Minister of {0}", "Deputy {0} Minister|Deputy Minister of {0}", "Director-General of {0}",
         "Permanent Secretary for {0}")  # fmt: skip
ESSENTIAL = ("given", "family", "middle", "father", "a", "b", "c", "patronymic")
PLACES = ("Aldea", "Brunico", "Calyon", "Dorvale", "Estrada", "Fontane", "Gardel", "Harbin Bay", "Iskele", "Jurong")
GENERAL_TITLES = ("Mr", "Mr.", "H.E.", "H.E. Mr", "His Excellency", "Dr", "Dr.", "Ms.")
SERIES = ("clmv", "asean", "acmecs", "brics", "african-union", "mercosur")


@dataclass(frozen=True)
class Human:
    key: int
    tradition: str
    country: str
    parts: tuple[tuple[str, tuple[str, ...]], ...]  # role -> the spellings of the word
    habits: tuple[int, ...]  # which spelling most wires use, by part
    nickname: str = ""


@dataclass(frozen=True)
class Tenure:
    """Who holds an office of a country, from day to day (ordinals)."""

    office: tuple[str, ...]
    human: int
    begin: int
    end: int
    weight: float


@dataclass
class World:
    humans: list[Human] = field(default_factory=list)
    tenures: list[Tenure] = field(default_factory=list)
    by_human: dict[int, list[Tenure]] = field(default_factory=dict)


@cache
def traditions() -> dict[str, dict[str, Any]]:
    text = (Path(__file__).parent / "traditions.yaml").read_text(encoding="utf-8")
    found: dict[str, dict[str, Any]] = yaml.safe_load(text)
    return found


# ---------------------------------------------------------------- the world


def make_world(n_offices: int, *, seed: int) -> World:
    """Countries with `n_offices` offices each, every one with its successive holders."""
    rng = random.Random(f"world {seed}")
    world = World()
    homes = sorted({(country, name) for name, t in traditions().items() for country in t["countries"]})
    names: set[str] = set()
    for country, tradition in homes:
        _fill_country(world, country, tradition, _offices(n_offices, rng), names, rng)
    for tenure in world.tenures:
        world.by_human.setdefault(tenure.human, []).append(tenure)
    return world


def _offices(n: int, rng: random.Random) -> list[tuple[str, ...]]:
    lower = [tuple(rank.format(name).split("|")) for rank in RANKS for name in FIELDS]
    rest = [(f"Ambassador to {place}",) for place in PLACES] + [(f"Governor of {place}",) for place in PLACES]
    return [*TOP_OFFICES, *rng.sample(lower + rest, min(n, len(lower + rest)))]


def _fill_country(
    world: World, country: str, tradition: str, offices: list[tuple[str, ...]], names: set[str], rng: random.Random
) -> None:
    here: list[Human] = []
    busy: dict[int, list[tuple[int, int]]] = {}
    held: list[Tenure] = []
    for rank, office in enumerate(offices):
        day = FIRST - rng.randrange(1500)
        while day < LAST:
            end = day + int(365 * rng.choice((0.8, 1.5, 2, 3, 4, 5, 5, 7)))
            high = [t.human for t in held if t.office in TOP_OFFICES[:9] and t.begin <= day < t.end]
            free = [h for h in here if all(end <= a or b <= day for a, b in busy[h.key])]
            draw = rng.random()
            if free and draw < 0.35:  # promoted, or moved by a reshuffle
                human = rng.choice(free)
            elif high and rank < len(TOP_OFFICES) - 1 and draw < 0.43:  # a second office beside the first
                human = world.humans[rng.choice(high)]
            else:
                human = _newcomer(world, country, tradition, names, here, rng, high=rank < len(TOP_OFFICES))
                busy[human.key] = []
            busy[human.key].append((day, end))
            weight = 8 / (rank + 1) if rank < len(TOP_OFFICES) else 0.15
            held.append(Tenure(office, human.key, day, end, weight * rng.choice((0.3, 0.6, 1, 1, 2))))
            day = end
    world.tenures += held


def _newcomer(
    world: World, country: str, tradition: str, names: set[str], here: list[Human], rng: random.Random, *, high: bool
) -> Human:
    """Somebody new. Four in a hundred bear the name of somebody else: half of a compatriot, half of a foreigner.

    Namesakes of one country meet below the highest offices: two presidents of one name nobody could tell apart.
    """
    human = None
    draw = rng.random()
    if draw < 0.02:
        cousins = [] if high else here
    else:
        cousins = [h for h in world.humans[-400:] if h.tradition == tradition and h.country != country]
    if draw < 0.04 and cousins:
        other = rng.choice(cousins)
        human = Human(len(world.humans), tradition, country, other.parts, other.habits)
    for _ in range(0 if human else 8):
        human = _invent(len(world.humans), country, tradition, rng)
        # The lists of names are much shorter than life's: a short form that is taken is drawn again, up to a point.
        short = strip_marks(" ".join(spellings[0] for role, spellings in human.parts if role in ESSENTIAL)).lower()
        if short not in names:
            names.add(short)
            break
    assert human is not None
    world.humans.append(human)
    here.append(human)
    return human


def _invent(key: int, country: str, tradition: str, rng: random.Random) -> Human:
    table = traditions()[tradition]
    parts: list[tuple[str, tuple[str, ...]]] = []
    for part in table["pattern"].split():
        role = part.rstrip("?")
        rare = role in ("suffix",)
        if part.endswith("?") and rng.random() < (0.92 if rare else 0.5):
            continue
        spellings = tuple(word.replace("^", " ") for word in rng.choice(table[role].split()).split("/"))
        if spellings != ("--",):
            parts.append((role, spellings))
    habits = tuple(rng.randrange(len(spellings)) if rng.random() < 0.3 else 0 for _, spellings in parts)
    nickname = rng.choice(table["nicknames"].split()) if "nicknames" in table and rng.random() < 0.2 else ""
    return Human(key, tradition, country, tuple(parts), habits, nickname)


# ---------------------------------------------------------------- names as wires write them


def strip_marks(text: str) -> str:
    """The text without diacritics, as agencies' desks type it."""
    text = text.translate(str.maketrans({"đ": "d", "Đ": "D", "ı": "i", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L",
                                         "ð": "d", "Þ": "Th", "þ": "th", "ß": "ss", "ə": "a", "Ə": "A"}))  # fmt: skip
    decomposed = unicodedata.normalize("NFD", text)
    return unicodedata.normalize("NFC", "".join(c for c in decomposed if not unicodedata.combining(c)))


def write_name(human: Human, rng: random.Random, *, may_be_one_word: bool) -> str:
    """The name as one wire writes it."""
    table = traditions()[human.tradition]
    written = {role: _spelling(human, i, rng) for i, (role, _) in enumerate(human.parts)}
    if "family" in written and rng.random() < table.get("caps", 0.003):
        written["family"] = written["family"].upper()
    roles = _roles(list(written), table, rng, may_be_one_word=may_be_one_word)
    if table.get("joined", 0) > rng.random():
        written["given"] = _rejoined(written["given"], rng)
    words = [written[role] for role in roles]
    if human.nickname and len(words) > 1 and rng.random() < 0.15:
        words.insert(1, f"“{human.nickname}”" if rng.random() < 0.7 else f'"{human.nickname}"')
    name = " ".join(words).replace(" ,", ",")
    if len(roles) > 1 and "given" in roles and human.tradition in ("western", "south_asian") and rng.random() < 0.02:
        name = name.replace(written["given"], f"{written['given'][0]}.", 1)
    if rng.random() < 0.006:
        name = _mistyped(name, rng)
    if rng.random() < 0.7:
        name = strip_marks(name)
    if rng.random() < 0.005:
        name = name.upper()
    if rng.random() < 0.3:
        name = f"{rng.choice([*table['titles'], *table['titles'], *GENERAL_TITLES])} {name}"
    return name


def _spelling(human: Human, i: int, rng: random.Random) -> str:
    """Most wires agree on one spelling of a name; one in six uses another."""
    _, spellings = human.parts[i]
    return spellings[human.habits[i]] if rng.random() < 0.84 else rng.choice(spellings)


def _roles(all_roles: list[str], table: dict[str, Any], rng: random.Random, *, may_be_one_word: bool) -> list[str]:
    """Which parts are written, in which order."""
    draw = rng.random()
    for form, share in table.get("shorter", {}).items():
        draw -= share
        kept = [role for role in all_roles if role in form.split()]
        if draw < 0 and kept and (len(kept) > 1 or may_be_one_word):
            return kept
    draw = rng.random()
    for form, share in table.get("orders", {}).items():
        draw -= share
        wanted = [role for role in form.split() if role in all_roles]
        if draw < 0 and len(wanted) == len(all_roles):
            return wanted
    return all_roles


def _rejoined(given: str, rng: random.Random) -> str:
    """ "Jin-ping" as "Jinping", "Jin Ping" or "Jin-Ping"."""
    first, hyphen, second = given.partition("-")
    if not hyphen:
        return given
    return rng.choice(
        (first + second, first + second, f"{first} {second.capitalize()}", f"{first}-{second.capitalize()}")
    )


def _mistyped(name: str, rng: random.Random) -> str:
    """One letter left out, doubled or exchanged with the next one, in a long word and not at its beginning."""
    places = [m.start() for m in re.finditer(r"(?<=\w\w)\w(?=\w)", name) if len(_word_at(name, m.start())) > 6]
    if not places:
        return name
    i = rng.choice(places)
    return rng.choice(
        (name[:i] + name[i + 1 :], name[:i] + name[i] + name[i:], name[:i] + name[i + 1] + name[i] + name[i + 2 :])
    )


def _word_at(name: str, i: int) -> str:
    return next((m[0] for m in re.finditer(r"\w+", name) if m.start() <= i < m.end()), "")


# ---------------------------------------------------------------- the news


def make_corpus(n_mentions: int, *, seed: int = 7) -> tuple[list[Extraction], dict[tuple[str, str], object]]:
    """Documents with `n_mentions` mentions of people, and what each person, body and meeting in them truly is:

    (document key, local id) -> truth. The world grows with the corpus: twelve mentions a person, the known ones more.
    """
    world = make_world(max(2, min(100, n_mentions // 3500)), seed=seed)
    made: list[Extraction] = []
    truth: dict[tuple[str, str], object] = {}
    n, i = 0, 0
    events = _events(world, random.Random(f"events {seed}"))
    while n < n_mentions:
        event = next(events)
        for _ in range(event.n_reports):
            report = _Report(i, event, world, random.Random(f"{seed}/{i}"))
            made.append(report.extraction())
            truth.update(report.truth)
            n += report.n_people
            i += 1
    return made, truth


@dataclass(frozen=True)
class Event:
    key: int
    kind: str
    day: int
    present: tuple[Tenure, ...]
    series: str
    number: int
    n_reports: int
    host: str


def _events(world: World, rng: random.Random) -> Iterator[Event]:
    """Events without end: a day, and who is in office then and takes part."""
    by_year: dict[int, tuple[list[Tenure], list[float]]] = {}
    for year in range(2004, 2025):
        begin, end = date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal()
        active = [t for t in world.tenures if t.begin < end and t.end > begin]
        by_year[year] = (active, list(accumulate(t.weight for t in active)))
    key = 0
    while True:
        day = rng.randrange(FIRST, LAST - 10)
        active, weights = by_year[date.fromordinal(day).year]
        drawn = [t for t in rng.choices(active, cum_weights=weights, k=9) if t.begin <= day < t.end]
        once = list({t.human: t for t in drawn}.values())
        kind = rng.choice(("visit", "bilateral-talks", "summit", "ministerial", "forum"))
        size = 2 if kind in ("visit", "bilateral-talks") else 6
        if len(once) < 2:
            continue
        year = date.fromordinal(day).year
        host = world.humans[once[0].human].country
        n_reports = rng.choice((1, 1, 1, 2, 2, 3, 5))
        yield Event(key, kind, day, tuple(once[:size]), rng.choice(SERIES), year - 1990, n_reports, host)
        key += 1


class _Report:
    """One document about an event, under construction."""

    def __init__(self, i: int, event: Event, world: World, rng: random.Random) -> None:
        self.event, self.world, self.rng = event, world, rng
        self.text = f"Report {i}. " + "Delegates met and spoke of many things. " * 3
        self.day = event.day + rng.randrange(3)
        self.published = date.fromordinal(self.day).isoformat()
        self.document = Document(f"d{i}", self.text, published=self.published)
        self.sentence = Mention(self.document.key, 0, len(self.text), self.text)
        self.entities: list[Entity] = []
        self.facts: list[Fact] = []
        self.truth: dict[tuple[str, str], object] = {}
        self.countries: dict[str, str] = {}
        self.n_people = 0
        self._write()

    def extraction(self) -> Extraction:
        return Extraction(self.document, tuple(self.entities), tuple(self.facts))

    def _write(self) -> None:
        meeting = self._meeting()
        for tenure in self.event.present:
            if self.rng.random() < 0.9:
                self._say(self._person(tenure), "attended", meeting)
        if self.rng.random() < 0.3:
            self._absent_person()
        if self.rng.random() < 0.25:
            self._body()

    def _person(self, tenure: Tenure) -> str:
        rng, human = self.rng, self.world.humans[tenure.human]
        draw = rng.random()
        # Nine reports in ten say of somebody for whom or as what they are there; most say both.
        with_country, with_office = draw < 0.85, draw < 0.7 or 0.85 <= draw < 0.92
        name = write_name(human, rng, may_be_one_word=draw < 0.7)
        person = self._add("Leader", name, human.key)
        self.n_people += 1
        if with_country:
            self._say(person, "represents", self._country(human.country))
        elif rng.random() < 0.6:
            self._country(human.country)
        if with_office:
            for office in self._offices(tenure):
                self._say(person, "position", value=rng.choice(office))
        return person

    def _offices(self, tenure: Tenure) -> list[tuple[str, ...]]:
        """The office, or the two that are held at once, or the other one of them."""
        held = {t.office: t for t in self.world.by_human[tenure.human] if t.begin <= self.day < t.end}
        if len(held) < 2 or self.rng.random() < 0.4:
            return [tenure.office]
        return list(held) if self.rng.random() < 0.6 else [self.rng.choice(list(held))]

    def _absent_person(self) -> None:
        """Somebody who is only mentioned, in or out of office: news remembers former ministers too."""
        tenure = self.rng.choice(self.world.tenures)
        human = self.world.humans[tenure.human]
        if any(what == human.key for what in self.truth.values()) or tenure.begin > self.day:
            return
        person = self._add("Leader", write_name(human, self.rng, may_be_one_word=False), human.key)
        self.n_people += 1
        if self.rng.random() < 0.7:
            self._say(person, "represents", self._country(human.country))
        if tenure.end > self.day and self.rng.random() < 0.7:
            self._say(person, "position", value=self.rng.choice(tenure.office))

    def _meeting(self) -> str:
        event, rng = self.event, self.rng
        attributes = {"kind": event.kind}
        what: object = ("event", event.key)
        if event.kind in ("summit", "ministerial", "forum"):
            label, noun = event.series.upper(), {"summit": "Summit", "forum": "Business Forum"}
            name = f"{label} {noun.get(event.kind, 'Economic Ministers’ Meeting')}"
            attributes["series"] = event.series
            what = (event.series, event.kind, event.number)
            if rng.random() < 0.7:
                attributes["ordinal"] = str(event.number)
                name = f"{event.number}th {name}"
            else:
                what = None  # "the ASEAN Summit" of a year with several: no truth is claimed
        else:
            name = "official visit" if event.kind == "visit" else "talks"
        meeting = self._add("Meeting", name, what, **attributes)
        if rng.random() < 0.7 and what is not None and what[0] == "event":  # type: ignore[index]
            day = date.fromordinal(event.day).isoformat()
            self._say(meeting, "heldOn", value=day)
            self._say(meeting, "heldIn", self._country(event.host))
        return meeting

    def _body(self) -> None:
        """A ministry of somebody's country, named as news names it, or by its acronym in that country."""
        country = self.world.humans[self.event.present[0].human].country
        name = self.rng.choice(FIELDS)
        label = country_label(country)
        form = self.rng.choice(
            (
                f"Ministry of {name}",
                f"{name} Ministry",
                f"the Ministry of {name} of {label}",
                f"{label}'s Ministry of {name}",
            )
        )
        self._country(country)
        self._add("Organization", form, ("ministry", name, country), country=country)

    def _country(self, code: str) -> str:
        if code not in self.countries:
            self.countries[code] = self._add("Country", country_label(code), seed=code, iso3=code)
        return self.countries[code]

    def _add(self, type: str, name: str, what: object = None, seed: str | None = None, **attributes: str) -> str:
        n = len(self.entities)
        id = f"e{n + 1}"
        mention = Mention(self.document.key, n, n + 1, self.text[n])
        self.entities.append(Entity(id, type, name, (), attributes, (mention,), seed))
        if what is not None:
            self.truth[self.document.key, id] = what
        return id

    def _say(self, subject: str, predicate: str, object: str | None = None, value: str | None = None) -> None:
        self.facts.append(
            Fact(subject, predicate, object, value, (self.sentence,), reported=self.published, confidence=0.8)
        )


@cache
def country_label(code: str) -> str:
    from kg.seeds import load_gazetteer

    return load_gazetteer().seeds[code].label
