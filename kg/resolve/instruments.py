"""Papers that are signed or adopted: a common name ("Joint Statement") is one paper only together with its occasion."""

from __future__ import annotations

from dataclasses import dataclass

from kg.resolve.bodies import is_paper, title_key, title_rule
from kg.resolve.claims import Claims
from kg.resolve.groups import Family, Groups
from kg.resolve.namesakes import countries_of
from kg.resolve.periods import Period, period
from kg.resolve.titles import title

_SAME_SIGNING_DAYS = 31


@dataclass(frozen=True, slots=True)
class Paper:
    """What is known of a group: the meetings that adopted it (group roots), who signed it, when it was reported."""

    numbers: frozenset[str]
    meetings: frozenset[int]
    parties: frozenset[str]
    days: Period | None
    documents: frozenset[str]


def resolve_instruments(claims: Claims, groups: Groups) -> None:
    """Join papers by a name of their own; those of a common name by who adopted or signed them, and when."""
    family: Family[Paper] = Family(groups, combine)
    by_name: dict[object, list[int]] = {}
    by_occasion: dict[object, list[int]] = {}
    for number in claims.of_type("Framework"):
        if not is_paper(claims, number):
            continue
        paper = describe_paper(claims, groups, number)
        family.add(number, paper)
        parts = title(claims.entity(number).name)
        if is_unique_name(claims, number):
            by_name.setdefault(title_key(claims, number, claims.entity(number).name), []).append(number)
        for meeting in paper.meetings:
            by_occasion.setdefault((parts.core, meeting), []).append(number)
        if len(paper.parties) > 1:
            by_occasion.setdefault((parts.core, paper.parties), []).append(number)
    for bucket in by_name.values():
        _join(family, bucket, claims, None)
    for key, bucket in by_occasion.items():
        _join(family, bucket, claims, key)


def is_unique_name(claims: Claims, number: int) -> bool:
    """Whether a paper's name means one paper anywhere: the "Vietnam-Laos joint statement" comes back every year."""
    name = claims.entity(number).name
    parts = title(name)
    recurring = parts.content <= 1 and not parts.numbers and bool(parts.countries) and parts.proper == 0
    series_only = parts.proper == parts.content == 1 and not parts.numbers and _is_capitals(name)
    return title_key(claims, number, name) is not None and not recurring and not series_only


def _is_capitals(name: str) -> bool:
    """Whether its proper word is an acronym ("CLMV Joint Statement"): a series adopts one every time it meets."""
    return any(len(word) > 1 and word.isupper() for word in name.replace("-", " ").split())


def combine(a: Paper, b: Paper) -> Paper | None:
    """What is known of both; None where meetings, parties, numbers or dates contradict, or one document has both."""
    if a.documents & b.documents or a.numbers != b.numbers:
        return None
    if a.meetings and b.meetings and not a.meetings & b.meetings:
        return None
    if len(a.parties) > 1 and len(b.parties) > 1 and not (a.parties <= b.parties or b.parties <= a.parties):
        return None
    days = min((p for p in (a.days, b.days) if p), default=None)
    return Paper(a.numbers, a.meetings | b.meetings, a.parties | b.parties, days, a.documents | b.documents)


def describe_paper(claims: Claims, groups: Groups, number: int) -> Paper:
    """What one document says of one of its papers."""
    signers = list(claims.subjects(number, "signed"))
    parties = {code for n in signers if (code := claims.country(n)) and claims.entity(n).type == "Country"}
    parties.update(code for n in signers for code in countries_of(claims, n))
    dates = [period(f.happened) for f in claims.facts(number, "signed", "adopted")]
    known = [p for p in dates if p] or [p for p in (period(claims.locals[number].published),) if p]
    parts = title(claims.entity(number).name)
    return Paper(
        parts.numbers,
        frozenset(groups.find(meeting) for meeting in claims.subjects(number, "adopted")),
        frozenset(parties) | parts.countries,
        min(known, key=lambda p: (p.days, p.begin), default=None),
        frozenset((claims.locals[number].document,)),
    )


def _join(family: Family[Paper], bucket: list[int], claims: Claims, occasion: object) -> None:
    """Join what agrees; by the name alone where no occasion is given."""
    heads: list[int] = []
    for number in bucket:
        for head in heads:
            rule = title_rule(claims, head, number)
            if occasion is not None:
                a, b = family.known(head), family.known(number)
                rule = "adopted at" if a.meetings & b.meetings else "signed by"
                if rule == "signed by" and not _same_time(a, b):
                    continue
            if family.unite(head, number, rule):
                break
        else:
            heads.append(number)


def _same_time(a: Paper, b: Paper) -> bool:
    return a.days is not None and b.days is not None and a.days.gap(b.days) <= _SAME_SIGNING_DAYS
