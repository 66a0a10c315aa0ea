"""A tie over the years, and who was not where one would expect them."""

from __future__ import annotations

from collections import defaultdict
from typing import ClassVar

import numpy as np

from kg.explore.facts import EVERYTHING_SO, Selection, Witnesses, chosen_facts
from kg.explore.incidence import Incidence, Things, as_countries, present
from kg.explore.projections import Projection, told
from kg.frames import Row, Table
from kg.graph.columns import PropertyGraph


class Growth(Table):
    """One row for each year from the first to the last: things of that year and all until then."""

    shown: ClassVar[tuple[str, ...]] = ("year", "weight", "total", "things", "evidence")


class Attendance(Table):
    """One row for each meeting and each country that one would expect there."""

    shown: ClassVar[tuple[str, ...]] = ("date", "meeting", "country", "present", "basis", "evidence")


def growth(projection: Projection, a: int, b: int) -> Growth:
    """How the tie between two nodes grew. A thing that spans years counts in its last; undated ones stand first.

    For a directed kind the tie goes from `a` to `b`.
    """
    by_year: dict[int | None, list[int]] = defaultdict(list)
    for thing in reversed(_between_either(projection, a, b)):
        by_year[_year(projection, thing)].append(thing)
    known = [year for year in by_year if year is not None]
    years = [None] if None in by_year else []
    rows: list[Row] = []
    total = 0
    for year in [*years, *(range(min(known), max(known) + 1) if known else ())]:
        things = by_year.get(year, [])
        total += len(things)
        named = [projection.things.name(thing) for thing in things]
        rows.append((year, len(things), total, named, *_last(projection, a, b, things)))
    columns = ("year", "weight", "total", "things", "document", "evidence", "facts")
    names = f"{projection.names.name(a)} and {projection.names.name(b)}"
    if projection.kind.directed:
        names = f"{projection.names.name(a)} to {projection.names.name(b)}"
    return Growth(columns=columns, rows=tuple(rows), title=f"{names}, by {projection.kind.by}", note=projection.note)


def _between_either(projection: Projection, a: int, b: int) -> list[int]:
    """Things between two, whichever of them the kind puts first."""
    found = projection.things_between(a, b)
    return found or ([] if projection.kind.directed else projection.things_between(b, a))


def _year(projection: Projection, thing: int) -> int | None:
    day = int(projection.things.latest[thing])
    return day // 10000 if day else None


def _last(projection: Projection, a: int, b: int, things: list[int]) -> Row:
    if not things:
        return (None, None, [])
    ends = (a, b) if things[-1] in projection.things_between(a, b) else (b, a)
    return projection.shown_thing(*ends, things[-1])[2:]


# ---------------------------------------------------------------- who was missing


def missing(graph: PropertyGraph, framework: int, *, selection: Selection = EVERYTHING_SO) -> Attendance:
    """Countries and the meetings of a framework: who was there, and who is expected and named nowhere as present.

    Expected are countries that are stated to be members, and those at more than half of the meetings ("regular").
    Only meetings with at least one country count: where nobody is named, nothing is known. A country that no report
    names may have been there all the same.
    """
    names, there = Witnesses(graph), _at_meetings_of(graph, framework, selection)
    things = Things(graph).dated_by(there)
    meetings = np.unique(there.things).tolist()
    members = _members(graph, framework, selection)
    actors, their_things = there.distinct()
    n_times = {int(a): int(n) for a, n in zip(*np.unique(actors, return_counts=True), strict=True)}
    regular = {actor for actor, n in n_times.items() if n * 2 > len(meetings) and actor not in members}
    was_there = set(zip(actors.tolist(), their_things.tolist(), strict=True))
    rows: list[Row] = []
    for meeting in sorted(meetings, key=lambda m: (int(things.latest[m]), names.name(m))):
        expected = members.keys() | regular | {actor for actor, thing in was_there if thing == meeting}
        for actor in sorted(expected, key=names.name):
            came = (actor, meeting) in was_there
            facts = there.facts_of(actor, meeting) if came else members.get(actor, [])
            shown = names.best(facts)
            rows.append(
                (
                    names.id(meeting),
                    names.name(meeting),
                    things.date(meeting),
                    names.id(actor),
                    names.name(actor),
                    came,
                    "member" if actor in members else "regular" if actor in regular else "guest",
                    None if shown is None else names.document(shown),
                    None if shown is None else names.sentence(shown),
                    [names.key(fact) for fact in facts],
                )
            )
    columns = (
        "meeting_id", "meeting", "date", "country_id", "country", "present", "basis", "document", "evidence", "facts",
    )  # fmt: skip
    note = (
        "Not present: no report in the graph names the country at that meeting, which is not proof that it was absent. "
        f"Regular: not stated to be a member, but at more than half of the meetings. {told(selection)}"
    )
    return Attendance(columns=columns, rows=tuple(rows), title=f"Attendance at {names.name(framework)}", note=note)


def _at_meetings_of(graph: PropertyGraph, framework: int, selection: Selection) -> Incidence:
    """Countries at the meetings that are part of the framework, or part of such a meeting."""
    facts = chosen_facts(graph, ("PART_OF",), selection)
    found = np.array([framework])
    while True:
        inside = graph.source[facts[np.isin(graph.target[facts], found)]]
        more = np.union1d(found, inside)
        if len(more) == len(found):
            break
        found = more
    there = as_countries(graph, present(graph, selection), selection.at_any_time())
    return there.where(np.isin(there.things, found))


def _members(graph: PropertyGraph, framework: int, selection: Selection) -> dict[int, list[int]]:
    """Countries that are stated to be members, each with the facts that say so."""
    facts = chosen_facts(graph, ("MEMBER_OF",), selection)
    members: dict[int, list[int]] = defaultdict(list)
    for fact in facts[graph.target[facts] == framework].tolist():
        members[graph.source_of(fact)].append(fact)
    return dict(members)
