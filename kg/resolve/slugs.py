"""The tail of an entity's id: a readable slug made of what the entity is, never of a counter."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import reduce
from typing import NamedTuple

from kg.resolve.bodies import is_paper, state_of, title_key
from kg.resolve.claims import Claims
from kg.resolve.gatherings import ONE_SIDED, Gathering, combined, gathering
from kg.resolve.groups import Groups
from kg.resolve.instruments import describe_paper, is_unique_name
from kg.resolve.names import slug
from kg.resolve.namesakes import countries_of
from kg.resolve.periods import Period
from kg.resolve.person_names import person_name
from kg.resolve.places import place_words
from kg.resolve.titles import title
from kg.seeds import load_gazetteer

_DOCUMENT_DIGITS = 6
_KIND_SLUGS = {
    "summit": "summit",
    "ministerial": "ministers-meeting",
    "officials-meeting": "officials-meeting",
    "forum": "forum",
}
_ONE_SIDED_SLUGS = {"visit": "visit", "bilateral-talks": "talks", "call": "call", "signing": "signing"}


class Slug(NamedTuple):
    """`base` is enough while no other entity has it; `qualifier` then tells them apart."""

    base: str
    qualifier: str = ""


Ids = Mapping[int, str]
Maker = Callable[[Claims, Groups, Sequence[int], str, Ids], Slug]


def slug_of(claims: Claims, groups: Groups, numbers: Sequence[int], name: str, ids: Ids) -> Slug:
    """The slug of a group that is no row of the seeds."""
    return _MAKERS.get(claims.entity(numbers[0]).type, _plain)(claims, groups, numbers, name, ids)


def _plain(claims: Claims, groups: Groups, numbers: Sequence[int], name: str, ids: Ids) -> Slug:
    return Slug(slug(name))


def _country(claims: Claims, groups: Groups, numbers: Sequence[int], name: str, ids: Ids) -> Slug:
    codes = sorted(code for n in numbers if (code := claims.entity(n).attributes.get("iso3")))
    disowned = any(claims.entity(n).seed for n in numbers)  # a user keeps this name apart from the country's
    return Slug(codes[0] if codes and not disowned else slug(name))


def _leader(claims: Claims, groups: Groups, numbers: Sequence[int], name: str, ids: Ids) -> Slug:
    votes = Counter(code for number in numbers for code in countries_of(claims, number))
    country = min(votes, key=lambda code: (-votes[code], code), default="")
    parts = person_name(name)
    base = slug(" ".join((*parts.words, parts.generation)).strip()) if parts.words else slug(name)
    if len(parts.words) < 2:
        # Other documents will have another "Chinh": a name of one word is never the whole id.
        base = f"{base}-{country.lower() or _document(claims, numbers)}"
    return Slug(base, country.lower())


def _document(claims: Claims, numbers: Sequence[int]) -> str:
    """The first digits of the first document's key: for what has no meaning outside of it."""
    return min(claims.locals[number].document for number in numbers)[:_DOCUMENT_DIGITS]


def _body(claims: Claims, groups: Groups, numbers: Sequence[int], name: str, ids: Ids) -> Slug:
    if is_paper(claims, numbers[0]):
        return _paper(claims, groups, numbers, name, ids)
    parts = title(name)
    states = sorted(frozenset[str]().union(*(state_of(claims, number) for number in numbers)))
    state = states[0].lower() if states else ""
    if title_key(claims, numbers[0], name) is None and not parts.is_acronym:
        return Slug(f"{slug(name)}-{_document(claims, numbers)}")
    if parts.is_state_body and not parts.countries and state:
        return Slug(f"{slug(name)}-{state}")
    return Slug(slug(name), state)


def _paper(claims: Claims, groups: Groups, numbers: Sequence[int], name: str, ids: Ids) -> Slug:
    """A paper of a common name by its occasion: "joint-statement-11th-clmv-summit", "agreement-lao-tha-2024-01"."""
    papers = [describe_paper(claims, groups, number) for number in numbers]
    if all(is_unique_name(claims, number) for number in numbers):
        return Slug(slug(name))
    meetings = sorted(ids[meeting].partition("/")[2] for paper in papers for meeting in paper.meetings)
    parties = sorted(code.lower() for code in frozenset[str]().union(*(paper.parties for paper in papers)))
    if meetings:
        return Slug(f"{slug(name)}-{meetings[0]}")
    if len(parties) > 1 and (month := _month(min((p.days for p in papers if p.days), default=None))):
        return Slug("-".join((slug(name), *parties[:2], month)))
    return Slug(f"{slug(name)}-{_document(claims, numbers)}")


def _place(claims: Claims, groups: Groups, numbers: Sequence[int], name: str, ids: Ids) -> Slug:
    codes = sorted({code for number in numbers if (code := claims.country(number))})
    return Slug(slug(" ".join(place_words(name))), codes[0].lower() if codes else "")


# ---------------------------------------------------------------- meetings


def _meeting(claims: Claims, groups: Groups, numbers: Sequence[int], name: str, ids: Ids) -> Slug:
    parts = [gathering(claims, groups, number) for number in numbers]
    known = reduce(combined, parts)
    when = _month(known.days)
    if known.ordinal and known.series and known.kind in _KIND_SLUGS:
        return Slug(_edition(known, ids), when)
    if known.kind in ONE_SIDED and (who := _participants(parts, known, name, ids)):
        month = when or _month(known.reported)
        return Slug("-".join(filter(None, (_ONE_SIDED_SLUGS[known.kind], *who, month))))
    if known.ordinal and (known.name or known.series):
        return Slug(slug(name), when)
    if known.name:
        # The year is in the name already, or the next edition needs it.
        return Slug(slug(name) if when[:4] in slug(name).split("-") or not when else f"{slug(name)}-{when}", when)
    return Slug(f"{slug(name)}-{_document(claims, numbers)}")


def _edition(known: Gathering, ids: Ids) -> str:
    """ "13th-clmv-economic-ministers-meeting": the same whatever its reports call it."""
    mark, _, rest = known.series.partition(" ")
    series = rest if mark == "seed" else ids[int(rest)].partition("/")[2] if mark == "group" else slug(known.series)
    return "-".join((_ordinal(known.ordinal), series, *sorted(known.sector), _KIND_SLUGS[known.kind]))


def _ordinal(number: str) -> str:
    """The number with its English ending.

    >>> [_ordinal(number) for number in ("1", "11", "22", "113")]
    ['1st', '11th', '22nd', '113th']
    """
    ending = "th" if number[-2:-1] == "1" else {"1": "st", "2": "nd", "3": "rd"}.get(number[-1], "th")
    return number + ending


def _participants(parts: Sequence[Gathering], known: Gathering, name: str, ids: Ids) -> tuple[str, ...]:
    """Slugs of the visitor and of the countries visited; of talks, the two sides."""
    tail = {root: ids[root].partition("/")[2] for root in known.leaders}
    if known.kind == "visit":
        visitor = _visitor(parts, known, name, tail)
        home = {code for leader, code in known.home if tail[leader] == visitor}
        abroad = sorted(map(_country_slug, known.hosts - home or known.countries - home))
        return tuple(filter(None, (visitor, *abroad[:2])))
    sides = sorted(tail.values()) if len(tail) > 1 else [*tail.values(), *sorted(map(_country_slug, known.countries))]
    return tuple(sides[:2])


def _visitor(parts: Sequence[Gathering], known: Gathering, name: str, tail: Ids) -> str:
    """The visitor in the meeting's name, else the one whom most documents name, else the first in the alphabet."""
    votes = Counter(tail[leader] for part in parts for leader in known.visitors & part.leaders)
    named = set(slug(name).split("-"))
    return min(votes, key=lambda t: (-len(named.intersection(t.split("-"))), -votes[t], t), default="")


def _country_slug(code: str) -> str:
    row = load_gazetteer().seeds.get(code)
    return slug(row.label if row else code)


def _month(days: Period | None) -> str:
    """Year and month in which it began; the year alone where the month is not known.

    >>> from kg.resolve.periods import period
    >>> _month(period("2024-01-31/2024-02-01")), _month(period("2024")), _month(None)
    ('2024-01', '2024', '')
    """
    if days is None:
        return ""
    first = date.fromordinal(days.begin)
    return f"{first:%Y-%m}" if days.days <= 31 else f"{first:%Y}"


_MAKERS: dict[str, Maker] = {
    "Country": _country,
    "Leader": _leader,
    "Organization": _body,
    "Framework": _body,
    "Project": _body,
    "Place": _place,
    "Meeting": _meeting,
}
