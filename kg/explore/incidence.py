"""Who had a part in what: actors and the distinct things (meetings, visits, projects, papers) that tie them.

Everything that is counted later is counted in things: a second report of a meeting adds a row here, but no thing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from copy import copy
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from kg.explore.facts import Selection, Witnesses, chosen_facts, days, in_time, node_of
from kg.graph.adjacency import adjacency
from kg.graph.columns import PropertyGraph

# `ledDelegation` and `chaired` say that one attended; who hosts or welcomes is there.
PRESENT = ("ATTENDED", "LED_DELEGATION", "CHAIRED", "HOSTED")
NO_FACT = -1


@dataclass(frozen=True)
class Incidence:
    """Row i: `actors[i]` has a part in `things[i]` because of `facts[i]`.

    `through[i]` is the relationship REPRESENTS by which a country takes part through a leader, else -1. A thing is a
    node, or from the number of nodes on an `Occasion`. Rows repeat an actor and a thing once for each fact. A framework
    has a part in itself by NO_FACT.
    """

    actors: np.ndarray
    things: np.ndarray
    facts: np.ndarray
    through: np.ndarray

    @classmethod
    def of(cls, actors: np.ndarray, things: np.ndarray, facts: np.ndarray) -> Incidence:
        one, other, why = (np.asarray(part, np.int64) for part in (actors, things, facts))
        return cls(one, other, why, np.full(len(why), -1, np.int64))

    def __len__(self) -> int:
        return len(self.actors)

    def where(self, chosen: np.ndarray) -> Incidence:
        """The rows for which `chosen` holds."""
        return Incidence(self.actors[chosen], self.things[chosen], self.facts[chosen], self.through[chosen])

    def distinct(self) -> tuple[np.ndarray, np.ndarray]:
        """Actors and things, each pair once, sorted by thing and then by actor."""
        width = int(self.actors.max(initial=0)) + 1
        keys = np.unique(self.things * width + self.actors)
        return keys % width, keys // width

    def things_of(self, actor: int) -> np.ndarray:
        """The things that the actor has a part in, ascending."""
        return np.unique(self.things[self._rows_of(actor)])

    def facts_of(self, actor: int, thing: int) -> list[int]:
        """The facts that say so, ascending, without those that say whom a leader represents."""
        rows = self._rows_of(actor)
        found: list[int] = np.unique(self.facts[rows[self.things[rows] == thing]]).tolist()
        return [fact for fact in found if fact != NO_FACT]

    def _rows_of(self, actor: int) -> np.ndarray:
        order, ordered = self._by_actor
        begin, end = np.searchsorted(ordered, actor, "left"), np.searchsorted(ordered, actor, "right")
        return order[begin:end]

    @cached_property
    def _by_actor(self) -> tuple[np.ndarray, np.ndarray]:
        order = np.argsort(self.actors, kind="stable")
        return order, self.actors[order]


def joined(parts: Iterable[Incidence]) -> Incidence:
    held = list(parts)
    return Incidence(
        *(np.concatenate([getattr(one, name) for one in held]) for name in ("actors", "things", "facts", "through"))
    )


# ---------------------------------------------------------------- things that are no nodes


@dataclass(frozen=True, slots=True)
class Occasion:
    """A visit or an encounter that no meeting in the graph stands for: the facts that tell of it, and its days."""

    name: str
    earliest: int
    latest: int
    facts: tuple[int, ...]


class Things:
    """Names and days of things: nodes of the graph, then `occasions`."""

    def __init__(self, graph: PropertyGraph, occasions: tuple[Occasion, ...] = ()) -> None:
        self._names = Witnesses(graph)
        self.graph = graph
        self.occasions = occasions
        self.earliest = np.concatenate([days(graph.node_column("earliest")), [o.earliest for o in occasions]])
        self.latest = np.concatenate([days(graph.node_column("latest")), [o.latest for o in occasions]])

    def dated_by(self, *parts: Incidence) -> Things:
        """The same things, where those without days have the earliest of the facts about them."""
        dated = copy(self)
        dated.earliest, dated.latest = self.earliest.copy(), self.latest.copy()
        first, last = (days(self.graph.relationship_column(key)) for key in ("earliest", "latest"))
        for part in parts:
            rows = np.flatnonzero((self.latest[part.things] == 0) & (part.facts >= 0))
            rows = rows[last[part.facts[rows]] > 0]
            # Written from the latest to the earliest: the earliest stays.
            rows = rows[np.lexsort((-first[part.facts[rows]], -last[part.facts[rows]]))]
            dated.earliest[part.things[rows]] = first[part.facts[rows]]
            dated.latest[part.things[rows]] = last[part.facts[rows]]
        return dated

    def name(self, thing: int) -> str:
        n_nodes = self.graph.n_nodes
        return self._names.name(thing) if thing < n_nodes else self.occasions[thing - n_nodes].name

    def date(self, thing: int) -> str | None:
        """When it was: YYYY-MM-DD, or the year or month that is known, or two days joined by "/"."""
        return written(int(self.earliest[thing]), int(self.latest[thing]))


def written(earliest: int, latest: int) -> str | None:
    """Two days as numbers, in the way the graph writes dates.

    >>> written(20241107, 20241107), written(20240101, 20241231), written(20240201, 20240229), written(0, 0)
    ('2024-11-07', '2024', '2024-02', None)
    """
    from kg.store.dates import last_day

    if not earliest or not latest:
        return None
    first, last = (f"{day:08d}" for day in (earliest, latest))
    first, last = (f"{day[:4]}-{day[4:6]}-{day[6:]}" for day in (first, last))
    if first == last:
        return first
    for length, begins in ((4, "-01-01"), (7, "-01")):
        if first.endswith(begins) and len(first) == length + len(begins) and last == last_day(first[:length]):
            return first[:length]
    return f"{first}/{last}"


# ---------------------------------------------------------------- who was where


def present(graph: PropertyGraph, selection: Selection) -> Incidence:
    """Actors at meetings in the time selected. A meeting's own days decide; without any, those of the fact."""
    facts = chosen_facts(graph, PRESENT, selection)
    return within(graph, Incidence.of(graph.source[facts], graph.target[facts], facts), selection)


def within(graph: PropertyGraph, incidence: Incidence, selection: Selection) -> Incidence:
    """The rows whose thing, else whose fact, may have happened in the time selected."""
    if selection.since is None and selection.until is None:
        return incidence
    spans = []
    for key in ("earliest", "latest"):
        of_thing = days(graph.node_column(key))[incidence.things]
        of_fact = days(graph.relationship_column(key))[incidence.facts]
        spans.append(np.where(of_thing > 0, of_thing, of_fact))
    return incidence.where(in_time(spans[0], spans[1], selection))


def as_countries(graph: PropertyGraph, incidence: Incidence, selection: Selection) -> Incidence:
    """The countries among the actors, and those that the leaders among them represent."""
    is_country = graph.label_mask("Country")
    represents = chosen_facts(graph, ("REPRESENTS",), selection)
    represents = represents[is_country[graph.target[represents]]]
    rows, facts = expand(graph, incidence.actors, represents)
    spoken_for = replace(incidence.where(rows), actors=graph.target[facts].astype(np.int64), through=facts)
    return joined((incidence.where(is_country[incidence.actors]), spoken_for))


def expand(graph: PropertyGraph, nodes: np.ndarray, facts: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """For each row its node's relationships among `facts`: the rows, repeated, and a relationship for each of them."""
    held = adjacency(graph.n_nodes, graph.source, graph.target, facts)
    rows, places = ranges(held.offsets[nodes], held.offsets[nodes + 1])
    return rows, held.relationships[places].astype(np.int64)


def ranges(begins: np.ndarray, ends: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The numbers from each begin to its end, one range behind the other, and for each number which range it is of.

    >>> ranges(np.array([5, 0, 2]), np.array([7, 0, 3]))
    (array([0, 0, 2]), array([5, 6, 2]))
    """
    sizes = ends - begins
    rows = np.repeat(np.arange(len(sizes)), sizes)
    before = np.cumsum(sizes) - sizes
    return rows, np.arange(len(rows)) - before[rows] + begins[rows]


# ---------------------------------------------------------------- visits and encounters


def visits(graph: PropertyGraph, selection: Selection) -> tuple[Incidence, Incidence, Things]:
    """Leaders on visits, countries visited, and the visits.

    "visited Hanoi on 6 January 2024" and "visited Vietnam in January 2024" are one visit: facts of one leader and one
    country are told apart only by dates that cannot be the same.
    """
    facts = chosen_facts(graph, ("VISITED",), selection)
    facts = within(graph, Incidence.of(graph.source[facts], graph.target[facts], facts), selection).facts
    names, together = Witnesses(graph), defaultdict(list)
    for fact in facts.tolist():
        country = _country_of(graph, graph.target_of(fact))
        if country is not None:
            together[graph.source_of(fact), country].append(fact)
    occasions, guests, hosts = [], [], []
    for (leader, country), held in sorted(together.items()):
        for occasion in _told_apart(graph, held, f"visit of {names.name(leader)} to {names.name(country)}"):
            occasions.append(occasion)
            guests.append(leader)
            hosts.append(country)
    things = Things(graph, tuple(occasions))
    return _of_occasions(graph, guests, occasions), _of_occasions(graph, hosts, occasions), things


def encounters(graph: PropertyGraph, meetings: Incidence, selection: Selection) -> tuple[Incidence, Things]:
    """Leaders who met without a meeting in the graph that it can have been, and the encounters."""
    facts = chosen_facts(graph, ("MET",), selection)
    facts = within(graph, Incidence.of(graph.source[facts], graph.target[facts], facts), selection).facts
    things, names, together = Things(graph), Witnesses(graph), defaultdict(list)
    for fact in facts.tolist():
        pair = sorted((graph.source_of(fact), graph.target_of(fact)))
        together[pair[0], pair[1]].append(fact)
    occasions, first, second = [], [], []
    for (a, b), held in sorted(together.items()):
        shared = np.intersect1d(meetings.things_of(a), meetings.things_of(b)).tolist()
        spans = [(int(things.earliest[thing]), int(things.latest[thing])) for thing in shared]
        for occasion in _told_apart(graph, held, f"{names.name(a)} met {names.name(b)}"):
            if not any(_can_be_same((occasion.earliest, occasion.latest), span) for span in spans):
                occasions.append(occasion)
                first.append(a)
                second.append(b)
    parts = (_of_occasions(graph, first, occasions), _of_occasions(graph, second, occasions))
    return joined(parts), Things(graph, tuple(occasions))


def _country_of(graph: PropertyGraph, node: int) -> int | None:
    """The country itself, or the one that the place lies in."""
    if graph.has_label(node, "Country"):
        return node
    country = graph.node_property(node, "in_country")
    return None if country is None else node_of(graph, str(country))


def _told_apart(graph: PropertyGraph, facts: list[int], name: str) -> list[Occasion]:
    """As few occasions as the dates of the facts allow, the precise dates first."""
    earliest, latest = (days(graph.relationship_column(key)) for key in ("earliest", "latest"))
    spans = {fact: (int(earliest[fact]), int(latest[fact])) for fact in facts}
    groups: list[tuple[tuple[int, int], list[int]]] = []
    for fact in sorted(facts, key=lambda f: (not spans[f][0], spans[f][1] - spans[f][0], spans[f], f)):
        for span, held in groups:
            if _can_be_same(span, spans[fact]):
                held.append(fact)
                break
        else:
            groups.append((spans[fact], [fact]))
    told = []
    for (first, last), held in sorted(groups):
        when = written(first, last)
        told.append(Occasion(f"{name}, {when}" if when else name, first, last, tuple(sorted(held))))
    return told


def _can_be_same(a: tuple[int, int], b: tuple[int, int]) -> bool:
    """Whether two spans of days touch; one that is not known touches all."""
    return not a[0] or not b[0] or (a[0] <= b[1] and b[0] <= a[1])


def _of_occasions(graph: PropertyGraph, actors: list[int], occasions: list[Occasion]) -> Incidence:
    sizes = [len(occasion.facts) for occasion in occasions]
    numbers = np.arange(len(occasions)) + graph.n_nodes
    facts = np.array([fact for occasion in occasions for fact in occasion.facts], np.int64)
    return Incidence.of(np.repeat(np.array(actors, np.int64), sizes), np.repeat(numbers, sizes), facts)
