"""Meetings across documents: by series and number, by series and date, by name and date, by who took part and when.

Ten wires of one summit are one meeting; two summits a year apart stay two, and so do two ordinals of one series.
A meeting of which a document says nothing that could tell it apart ("the meeting") stays that document's own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import combinations

from kg.resolve.claims import Claims
from kg.resolve.gatherings import ONE_SIDED, Gathering, combined, gathering
from kg.resolve.groups import Family, Groups
from kg.resolve.periods import Period, months

_SAME_EDITION_DAYS = 366  # a postponed summit keeps its number; a number that returns after longer is another count
_ADJACENT_DAYS = 2  # "6 and 7 January" in one wire, "8 January" in the other's time zone
_EXACT_DAYS = 31  # a stretch longer than a month is no date to compare meetings by
_REPORT_DAYS = 7  # news of a meeting is of its month, or of the week around it
_UNDATED_DAYS = 3  # two reports without any date must be of the same days

Meetings = Family[Gathering]
Test = Callable[[Gathering, Gathering], bool]


def resolve_meetings(claims: Claims, groups: Groups) -> None:
    """Join local meetings, the surest rules first."""
    family: Meetings = Family(groups, combine)
    for number in claims.of_type("Meeting"):
        family.add(number, gathering(claims, groups, number))
    for step in (
        _join_numbered,
        _join_numbered_variants,
        _join_series,
        _join_participants,
        _join_visits_and_talks,
        _join_names,
        _join_places,
    ):
        step(family)


def combine(a: Gathering, b: Gathering) -> Gathering | None:
    """What is known of both; None where number, series or kind differ, or the dates lie more than a year apart."""
    if (a.ordinal and b.ordinal and a.ordinal != b.ordinal) or (a.series and b.series and a.series != b.series):
        return None
    if not _kinds_agree(a, b):
        return None
    if a.days and b.days and a.days.gap(b.days) > _SAME_EDITION_DAYS:
        return None
    # A document that names both tells them apart, unless it counts them as the same edition.
    if a.documents & b.documents and not (a.ordinal and b.ordinal and a.series and b.series):
        return None
    return combined(a, b)


def _kinds_agree(a: Gathering, b: Gathering) -> bool:
    return a.kind == b.kind or not a.kind or not b.kind or {a.kind, b.kind} == {"visit", "bilateral-talks"}


def _nested(a: frozenset[object], b: frozenset[object]) -> bool:
    return a <= b or b <= a


# ---------------------------------------------------------------- time


def _exact(meeting: Gathering) -> Period | None:
    return meeting.days if meeting.days and meeting.days.days <= _EXACT_DAYS else None


def _days_overlap(a: Gathering, b: Gathering) -> bool:
    first, second = _exact(a), _exact(b)
    return first is not None and second is not None and first.gap(second) == 0


def _time_agrees(a: Gathering, b: Gathering) -> bool:
    """Dates that overlap or adjoin; where one side has none, a report of the same month or week."""
    first, second = _exact(a), _exact(b)
    if first and second:
        return first.gap(second) <= _ADJACENT_DAYS
    x, y = first or a.reported, second or b.reported
    if x is None or y is None:
        return False
    if not first and not second:
        return x.gap(y) <= _UNDATED_DAYS
    return x.gap(y) <= _REPORT_DAYS or bool(months(x) & months(y))


def _near(family: Meetings, reaches: Iterable[tuple[int, int, int]]) -> Iterator[tuple[int, int]]:
    """Pairs of groups whose reaches overlap, in order of time; unions made in between are heeded.

    A reach is the first and the last day, and a member, of a group.
    """
    find = family.groups.find
    active: list[tuple[int, int]] = []  # last day, member
    n_unions = len(family.groups.unions)
    for begin, end, head in sorted(reaches):
        active = [(until, other) for until, other in active if until >= begin]
        if n_unions != len(family.groups.unions):
            active = list({find(other): (until, other) for until, other in sorted(active)}.values())
            n_unions = len(family.groups.unions)
        for _, other in active:
            if find(other) != find(head):
                yield other, head
        active.append((end, head))


def _around_days(family: Meetings, heads: Iterable[int], margin: int) -> Iterator[tuple[int, int, int]]:
    for head in heads:
        if days := _exact(family.known(head)):
            yield days.begin - margin, days.end + margin, head


def _around_report(family: Meetings, heads: Iterable[int], margin: int) -> Iterator[tuple[int, int, int]]:
    for head in heads:
        known = family.known(head)
        if known.reported and not _exact(known):
            yield known.reported.begin - margin, known.reported.end + margin, head


# ---------------------------------------------------------------- series


def _join_numbered(family: Meetings) -> None:
    """The 11th CLMV Summit is the 11th CLMV Summit."""
    buckets: dict[object, list[int]] = {}
    for head in family.distinct():
        meeting = family.known(head)
        if meeting.ordinal and (meeting.series or meeting.name):
            key = (meeting.series or meeting.name, meeting.ordinal, meeting.kind, meeting.sector)
            buckets.setdefault(key, []).append(head)
    for bucket in buckets.values():
        editions: list[int] = []
        for head in sorted(bucket, key=lambda h: (_first_day(family.known(h)), h)):
            if not any(family.unite(edition, head, "series and number") for edition in editions):
                editions.append(head)


def _first_day(meeting: Gathering) -> int:
    return meeting.days.begin if meeting.days else 0


def _join_numbered_variants(family: Meetings) -> None:
    """ "CLMV EMM 13" is the "13th CLMV Economic Ministers' Meeting": it says less, and no other one fits."""
    buckets: dict[object, list[int]] = {}
    for head in family.distinct():
        meeting = family.known(head)
        if meeting.ordinal and meeting.series:
            buckets.setdefault((meeting.series, meeting.ordinal), []).append(head)
    for bucket in buckets.values():
        for head in sorted(bucket, key=lambda h: (len(family.known(h).sector), bool(family.known(h).kind), h)):
            _join_only(family, head, bucket, _may_be_the_same_edition, "series and number")


def _may_be_the_same_edition(a: Gathering, b: Gathering) -> bool:
    """Whether `a` says nothing that `b` does not say: the vaguer report looks for its meeting, never the other way."""
    dates_agree = not (a.days and b.days) or a.days.gap(b.days) <= _ADJACENT_DAYS
    return a.kind in ("", b.kind) and a.sector <= b.sector and dates_agree


def _join_only(family: Meetings, head: int, others: Iterable[int], test: Test, rule: str) -> None:
    """Join with the one meeting that passes the test; with two of them nobody knows which is meant."""
    fitting: dict[int, int] = {}
    for other in others:
        root = family.groups.find(other)
        if root == family.groups.find(head) or not test(family.known(head), family.known(other)):
            continue
        if combine(family.known(head), family.known(other)) is not None:
            fitting.setdefault(root, other)
    if len(fitting) == 1:
        family.unite(next(iter(fitting.values())), head, rule)


def _join_alike(family: Meetings, buckets: Iterable[list[int]], alike: Test, dated: str, reported: str) -> None:
    """Within each bucket: first what is alike in the same days, then undated reports of the same days with each other,

    then an undated report with a dated meeting, if only one fits.
    """

    def fits(a: Gathering, b: Gathering) -> bool:
        return _time_agrees(a, b) and alike(a, b)

    for bucket in buckets:
        for reaches, rule in (
            (_around_days(family, bucket, _ADJACENT_DAYS), dated),
            (_around_report(family, bucket, _UNDATED_DAYS), reported),
        ):
            for a, b in _near(family, list(reaches)):
                if fits(family.known(a), family.known(b)):
                    family.unite(a, b, rule)
        for head, others in _dated_near_undated(family, bucket).items():
            _join_only(family, head, others, fits, reported)


def _dated_near_undated(family: Meetings, bucket: Sequence[int]) -> dict[int, list[int]]:
    undated = list(_around_report(family, bucket, 0))
    near: dict[int, list[int]] = {head: [] for *_, head in undated}
    if undated:
        for pair in _near(family, [*undated, *_around_days(family, bucket, _EXACT_DAYS)]):
            for head, other in (pair, pair[::-1]):
                if head in near and other not in near:
                    near[head].append(other)
    return near


def _buckets(family: Meetings, keys: Callable[[Gathering], Iterable[object]]) -> list[list[int]]:
    found: dict[object, list[int]] = {}
    for head in family.distinct():
        for key in keys(family.known(head)):
            found.setdefault(key, []).append(head)
    return [heads for heads in found.values() if len(heads) > 1]


def _join_series(family: Meetings) -> None:
    """The same series in the same days, with a number on one side at most: "the CLMV Summit" in news of that week."""
    buckets = _buckets(family, lambda m: [m.series] if m.series and m.kind not in ONE_SIDED else [])
    _join_alike(family, buckets, _same_session, "series and date", "series and report")


def _same_session(a: Gathering, b: Gathering) -> bool:
    if a.series != b.series or (not a.kind or not b.kind) and a.name != b.name:
        return False
    return a.sector == b.sector or (_days_overlap(a, b) and _nested(a.sector, b.sector))


# ---------------------------------------------------------------- name, place


def _join_names(family: Meetings) -> None:
    """ "Boao Forum for Asia": the same name of its own, in the same days."""
    buckets = _buckets(family, lambda m: [m.name] if m.name else [])
    _join_alike(family, buckets, lambda a, b: a.name == b.name, "name and date", "name and date")


def _join_places(family: Meetings) -> None:
    """The same kind of meeting in the same city on the same days, with someone in common."""
    known_kind = lambda m: m.kind and m.kind not in ONE_SIDED  # noqa: E731
    for bucket in _buckets(family, lambda m: [(city, m.kind) for city in m.cities if known_kind(m)]):
        for a, b in _near(family, list(_around_days(family, bucket, 0))):
            if _same_table(family.known(a), family.known(b)):
                family.unite(a, b, "kind, place and date")


def _same_table(a: Gathering, b: Gathering) -> bool:
    in_common = bool(a.leaders & b.leaders) or (
        len(a.countries & b.countries) > 1 and _nested(a.countries, b.countries)
    )
    names_agree = not a.name or not b.name or a.name == b.name
    return in_common and names_agree and _days_overlap(a, b) and _nested(a.sector, b.sector)


# ---------------------------------------------------------------- who took part


def _join_participants(family: Meetings) -> None:
    """Visits, talks, calls and signings: the same people or the same pair of countries, in the same days."""
    buckets = _buckets(family, _participants)
    _join_alike(family, buckets, _same_participants, "participants and date", "participants and report")


def _participants(meeting: Gathering) -> Iterator[object]:
    """What two reports of one such meeting have in common: the visitor, or someone and the other side."""
    if meeting.kind == "visit":
        yield from (("visit", visitor) for visitor in meeting.visitors)
    elif meeting.kind in ONE_SIDED:
        yield from ((meeting.kind, *sides) for sides in _sides(meeting))
    if meeting.kind in ONE_SIDED and 1 < len(meeting.countries) < 4:
        yield meeting.kind, meeting.countries


def _sides(meeting: Gathering) -> Iterator[tuple[object, ...]]:
    """Each pair of leaders, and each leader with each country that is not the leader's own."""
    yield from combinations(sorted(meeting.leaders), 2)
    for leader in meeting.leaders:
        own = {country for other, country in meeting.home if other == leader}
        yield from ((leader, country) for country in sorted(meeting.countries - own))


def _join_visits_and_talks(family: Meetings) -> None:
    """One document calls it a visit, another one reports the talks of that visit and nothing else."""
    buckets = _buckets(family, lambda m: _sides(m) if m.kind in ("visit", "bilateral-talks") else ())
    _join_alike(family, buckets, _visit_of_talks, "participants and date", "participants and report")


def _same_participants(a: Gathering, b: Gathering) -> bool:
    if a.kind != b.kind or not _nested(a.countries, b.countries):
        return False
    if a.kind != "visit" and a.cities and b.cities and not a.cities & b.cities:
        return False
    if not a.leaders or not b.leaders:
        return a.countries == b.countries and len(a.countries) > 1
    if a.kind == "visit":
        # The host alone is no sign: one prime minister receives several guests a week.
        return bool(a.visitors & b.visitors)
    return _nested(a.leaders, b.leaders)


def _visit_of_talks(a: Gathering, b: Gathering) -> bool:
    kinds = {a.kind, b.kind} == {"visit", "bilateral-talks"}
    return kinds and bool(a.leaders & b.leaders) and _nested(a.leaders, b.leaders) and _nested(a.countries, b.countries)
