"""What the documents say of a meeting, gathered for comparison: series, number, kind, days, place, participants."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kg.resolve.claims import Claims
from kg.resolve.groups import Groups
from kg.resolve.lexicon import countries_in
from kg.resolve.names import close_prefixes, numbers_as_digits, ordinal_in, spell, title_words, words
from kg.resolve.namesakes import countries_of
from kg.resolve.periods import Period, period
from kg.resolve.titles import title
from kg.resolve.wordlists import COMMON, MEETING_WORDS

TAKING_PART = ("attended", "ledDelegation", "chaired", "hosted")
# What a meeting's name says of its kind where the extractor does not.
_KIND_WORDS = {
    "summit": "summit", "visit": "visit", "trip": "visit", "call": "call", "talk": "bilateral-talks",
    "signing": "signing", "forum": "forum", "ministerial": "ministerial",
}  # fmt: skip
ONE_SIDED = frozenset(("visit", "bilateral-talks", "call", "signing"))  # told apart by who takes part, not by a series


@dataclass(frozen=True, slots=True)
class Gathering:
    """What is known of a group of local meetings.

    `series` marks the framework or body whose meeting it is; `sector` holds the field of its ministers ("economic").
    `days` is the narrowest stretch that a document gives. `name` is its distinctive name without the number, or ().
    `countries`, `cities` and `leaders` are those taking part and the places, `guests` the leaders who are said to
    visit; entities are marked by group roots.
    """

    kind: str
    ordinal: str
    series: str
    sector: frozenset[str]
    days: Period | None
    reported: Period | None
    countries: frozenset[str]
    hosts: frozenset[str]
    guests: frozenset[int]
    cities: frozenset[int]
    leaders: frozenset[int]
    home: tuple[tuple[int, str], ...]  # leader -> country, to tell the visitor from the host
    name: tuple[str, ...]
    documents: frozenset[str]

    @property
    def visitors(self) -> frozenset[int]:
        """The guests, else the leaders who are not of the host country; all of them while the host is unknown."""
        at_home = {leader for leader, country in self.home if country in self.hosts}
        return (self.guests or self.leaders) - at_home


def gathering(claims: Claims, groups: Groups, number: int) -> Gathering:
    """What one document says of one of its meetings."""
    entity = claims.entity(number)
    series, series_words = _series(claims, groups, number)
    leaders = [n for n in claims.subjects(number, *TAKING_PART) if claims.entity(n).type == "Leader"]
    guests = [n for n in leaders if any(claims.objects(n, "visited"))]
    hosts = _codes(claims, claims.subjects(number, "hosted")) | _codes(claims, claims.objects(number, "heldIn"))
    if not hosts and _kind(claims, number) == "visit":
        hosts = _codes(claims, (place for n in guests for place in claims.objects(n, "visited")))
    rest, named = countries_in(close_prefixes(entity.name))
    home = {(groups.find(leader), code) for leader in leaders for code in countries_of(claims, leader)}
    taking_part = _codes(claims, claims.subjects(number, *TAKING_PART))
    return Gathering(
        kind=_kind(claims, number),
        ordinal=entity.attributes.get("ordinal") or ordinal_in(entity.name) or "",
        series=series,
        sector=_sector(rest, series_words),
        days=_days(claims, number),
        reported=period(claims.locals[number].published),
        countries=taking_part | hosts | named | {code for _, code in home},
        hosts=hosts,
        guests=frozenset(map(groups.find, guests)),
        cities=frozenset(groups.find(n) for n in claims.objects(number, "heldIn") if claims.entity(n).type == "Place"),
        leaders=frozenset(map(groups.find, leaders)),
        home=tuple(sorted(home)),
        name=_own_name(entity.name),
        documents=frozenset((claims.locals[number].document,)),
    )


def _codes(claims: Claims, numbers: Iterable[int]) -> frozenset[str]:
    return frozenset(
        code for n in numbers if claims.entity(n).type in ("Country", "Place") and (code := claims.country(n))
    )


def _kind(claims: Claims, number: int) -> str:
    entity = claims.entity(number)
    given = entity.attributes.get("kind", "")
    if given and given != "other":
        return given
    return next((_KIND_WORDS[word] for word in title_words(entity.name) if word in _KIND_WORDS), "")


def _days(claims: Claims, number: int) -> Period | None:
    """The narrowest of the dates that the document gives; without any, a year in the name."""
    entity = claims.entity(number)
    stated = [period(f.value) for f in claims.facts(number, "heldOn") if f.modality in ("actual", "planned")]
    first, last = entity.attributes.get("earliest"), entity.attributes.get("latest")
    if first or last:
        stated.append(period(f"{first or last}/{last or first}"))
    known = [stretch for stretch in stated if stretch]
    if not known:
        known = [
            p for word in words(entity.name) if len(word) == 4 and word[:2] in ("19", "20") and (p := period(word))
        ]
    return narrowest(known)


def narrowest(stretches: Iterable[Period | None]) -> Period | None:
    return min((s for s in stretches if s), key=lambda s: (s.days, s.begin), default=None)


def _series(claims: Claims, groups: Groups, number: int) -> tuple[str, frozenset[str]]:
    """What marks the series, and the words by which meetings' names call it."""
    entity = claims.entity(number)
    given = entity.attributes.get("series", "")
    body = _body_called(claims, number, given) if given else _body_in_name(claims, number)
    if body is not None:
        known = claims.entity(body)
        if known.seed:
            return _seed_series(claims, known.seed)
        return f"group {groups.find(body)}", _words_of([known.name]) | (_words_of(known.aliases) - COMMON)
    if not given:
        return "", frozenset()
    named = claims.gazetteer.names.get(given)
    if given in claims.gazetteer.seeds or named:
        return _seed_series(claims, given if given in claims.gazetteer.seeds or named is None else named.seed)
    return " ".join(title_words(given)), _words_of([given])


def _seed_series(claims: Claims, seed: str) -> tuple[str, frozenset[str]]:
    row = claims.gazetteer.seeds.get(seed)
    # The other names of CLMV, "CLMV economic cooperation" among them, must not hide the economic ministers.
    others = _words_of(row.names) - COMMON if row else frozenset()
    return f"seed {seed}", others | _words_of((seed, row.label, row.acronym or "") if row else (seed,))


def _words_of(forms: Iterable[str]) -> frozenset[str]:
    return frozenset(word for form in forms for word in (*title_words(form), *words(form)))


def _body_called(claims: Claims, number: int, given: str) -> int | None:
    """The framework or body of the document that the attribute means: by seed, id or name."""
    wanted = words(given)
    for other in claims.numbers[claims.locals[number].document].values():
        known = claims.entity(other)
        if known.type in ("Framework", "Organization") and (
            given in (known.seed, known.id) or any(words(form) == wanted for form in (known.name, *known.aliases))
        ):
            return other
    return None


def _body_in_name(claims: Claims, number: int) -> int | None:
    """The framework or body that the meeting is part of, when its name holds that body's name."""
    own = set(words(claims.entity(number).name))
    for other in claims.objects(number, "partOf"):
        known = claims.entity(other)
        if known.type in ("Framework", "Organization") and any(
            set(words(form)) <= own for form in (known.name, *known.aliases)
        ):
            return other
    return None


def _sector(tokens: tuple[str, ...], series_words: frozenset[str]) -> frozenset[str]:
    """The words that tell the meetings of one series apart: "economic" of "13th CLMV Economic Ministers' Meeting"."""
    lower = [token for token in tokens if not (len(token) > 1 and token.isupper())]
    found = {spell(word) for word in numbers_as_digits(words(" ".join(lower)))}
    return frozenset(
        w for w in found if w not in MEETING_WORDS and w not in series_words and not w.isdigit() and len(w) > 2
    )


def _own_name(name: str) -> tuple[str, ...]:
    """The words of a name of its own ("Boao Forum for Asia"), sorted and with its states; () for a common name."""
    parts = title(name)
    core = tuple(word for word in parts.core if word not in parts.numbers or len(word) == 4)
    own = [word for word in core if word not in COMMON and not word.isdigit()]
    if not own or not parts.is_distinctive:
        return ()
    return (*core, *sorted(parts.countries))


def combined(a: Gathering, b: Gathering) -> Gathering:
    """What is known of both, contradictions aside."""
    return Gathering(
        kind=a.kind or b.kind,
        ordinal=a.ordinal or b.ordinal,
        series=a.series or b.series,
        sector=a.sector | b.sector,
        days=narrowest((a.days, b.days)),
        reported=_earliest(a.reported, b.reported),
        countries=a.countries | b.countries,
        hosts=a.hosts | b.hosts,
        guests=a.guests | b.guests,
        cities=a.cities | b.cities,
        leaders=a.leaders | b.leaders,
        home=tuple(sorted({*a.home, *b.home})),
        name=a.name or b.name,
        documents=a.documents | b.documents,
    )


def _earliest(a: Period | None, b: Period | None) -> Period | None:
    known = [p for p in (a, b) if p]
    return min(known) if known else None
