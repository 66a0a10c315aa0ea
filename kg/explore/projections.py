"""Actors tied by what they share. A tie's weight is the number of distinct things, never of reports about them.

`KINDS` lists the projections, each with the question that it answers and what its weight counts.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from kg.errors import GraphError
from kg.explore.facts import EVERYTHING_SO, Selection, Witnesses, chosen_facts
from kg.explore.incidence import (
    NO_FACT,
    Incidence,
    Things,
    as_countries,
    encounters,
    joined,
    present,
    ranges,
    visits,
    within,
)
from kg.frames import Row, Table, show_text
from kg.graph.columns import PropertyGraph

if TYPE_CHECKING:
    import networkx

Sides = tuple[Incidence, Incidence, Things]


@dataclass(frozen=True, slots=True)
class Kind:
    """A way to tie actors. `of` and `by` name it; those that it is of have the label `label`.

    `directed` says that a tie has a side that gives or goes, which comes first.
    """

    of: str
    label: str
    by: str
    question: str
    weight: str
    make: Callable[[PropertyGraph, Selection], Sides]
    directed: bool = False


class Ties(Table):
    """The ties of a projection, the strongest first, with the latest thing behind each and its sentence."""

    shown: ClassVar[tuple[str, ...]] = ("a", "b", "weight", "latest", "date", "evidence")


@dataclass(frozen=True, repr=False)
class Projection:
    """Who is tied to whom: the nodes `a[i]` and `b[i]` of `graph`, by `weight[i]` distinct things, each pair once.

    `left` and `right` hold who had which part; they are the same unless the kind is directed or ties two types.
    """

    kind: Kind
    graph: PropertyGraph
    selection: Selection
    left: Incidence
    right: Incidence
    things: Things
    a: np.ndarray
    b: np.ndarray
    weight: np.ndarray

    _repr_pretty_ = show_text

    def __str__(self) -> str:
        return str(self.ties())

    def _repr_html_(self) -> str:
        return self.ties()._repr_html_()

    @cached_property
    def nodes(self) -> np.ndarray:
        """Everyone with a part in something, ascending; some may have no tie."""
        return np.unique(np.concatenate([self.left.actors, self.right.actors]))

    @cached_property
    def names(self) -> Witnesses:
        return Witnesses(self.graph)

    def things_between(self, a: int, b: int) -> list[int]:
        """The things that tie a to b, the latest first."""
        shared = np.intersect1d(self.left.things_of(a), self.right.things_of(b)).tolist()
        return sorted(shared, key=lambda thing: (-int(self.things.latest[thing]), thing))

    def facts_between(self, a: int, b: int, thing: int) -> list[int]:
        """The facts by which a thing ties a to b, those that name both first."""
        one, other = self.left.facts_of(a, thing), self.right.facts_of(b, thing)
        both = [fact for fact in one if fact in other]
        return list(dict.fromkeys([*both, *one, *other]))

    def ties(self, limit: int | None = None) -> Ties:
        """The ties as a table, the strongest first."""
        order = np.lexsort((self.b, self.a, -self.weight))[:limit]
        rows = [self._row(int(self.a[i]), int(self.b[i]), int(self.weight[i])) for i in order]
        columns = ("a_id", "a", "b_id", "b", "weight", "latest", "date", "document", "evidence", "facts")
        return Ties(columns=columns, rows=tuple(rows), title=self.kind.question, note=self.note)

    @property
    def note(self) -> str:
        """What the weight counts, and of which facts."""
        return f"Weight: {self.kind.weight}. {told(self.selection)}"

    def _row(self, a: int, b: int, weight: int) -> Row:
        ends = (self.names.id(a), self.names.name(a), self.names.id(b), self.names.name(b))
        return (*ends, weight, *self.latest(a, b))

    def latest(self, a: int, b: int) -> Row:
        """The latest thing that ties a to b: its name and date, a document and a sentence that show it, all facts."""
        return self.shown_thing(a, b, self.things_between(a, b)[0])

    def shown_thing(self, a: int, b: int, thing: int) -> Row:
        """A thing that ties a to b, in the same columns."""
        facts = self.facts_between(a, b, thing)
        shown = self.names.best(self._telling(a, b, thing))
        return (
            self.things.name(thing),
            self.things.date(thing),
            None if shown is None else self.names.document(shown),
            None if shown is None else self.names.sentence(shown),
            [self.names.key(fact) for fact in facts],
        )

    def _telling(self, a: int, b: int, thing: int) -> list[int]:
        """Facts of both sides that rest on one sentence, if there are any: such a sentence shows the tie by itself."""
        sides = [self.left.facts_of(a, thing), self.right.facts_of(b, thing)]
        said = [{self.names.sentence(fact) for fact in facts} for facts in sides]
        both = [fact for facts in sides for fact in facts if self.names.sentence(fact) in said[0] & said[1]]
        return both or [*sides[0], *sides[1]]

    def to_networkx(self) -> networkx.Graph:
        """Nodes by id with `name` and `type`, edges with `weight`; a DiGraph if the kind is directed."""
        import networkx

        made = networkx.DiGraph() if self.kind.directed else networkx.Graph()
        ids = {node: self.names.id(node) for node in self.nodes.tolist()}
        for node, id_ in ids.items():
            made.add_node(id_, name=self.names.name(node), type=chief_label(self.graph, node))
        made.add_weighted_edges_from(
            (ids[a], ids[b], weight)
            for a, b, weight in zip(self.a.tolist(), self.b.tolist(), self.weight.tolist(), strict=True)
        )
        return made

    def places(self) -> tuple[np.ndarray, np.ndarray]:
        """`a` and `b` as places in `nodes`."""
        return np.searchsorted(self.nodes, self.a), np.searchsorted(self.nodes, self.b)


def told(selection: Selection) -> str:
    """Which facts count, in words.

    >>> told(Selection(since="2020", modality=None))
    'Counted: claims of every modality that are asserted, since 2020.'
    """
    modality = selection.modality or "of every modality"
    words = f"claims {modality}" if selection.modality is None else f"{modality} claims"
    words += f" that are {selection.status}" if selection.status else ", disputed ones too"
    when = [f"{word} {day}" for word, day in (("since", selection.since), ("until", selection.until)) if day]
    return f"Counted: {', '.join([words, *when])}."


def chief_label(graph: PropertyGraph, node: int) -> str:
    """The label that says most: of Actor and Leader, Leader."""
    labels = [label for label in graph.labels_of(node) if label != "Actor"]
    return labels[0] if labels else ""


def project(
    graph: PropertyGraph, of: str = "countries", *, by: str | None = None, selection: Selection = EVERYTHING_SO
) -> Projection:
    """The projection that `KINDS` lists under those two words; without `by`, the first one of its kind.

    Raises GraphError, which names the choices.
    """
    kind = find_kind(of, by)
    left, right, things = kind.make(graph, selection)
    ties = _pairs(left, right, graph.n_nodes)
    return Projection(kind, graph, selection, left, right, things.dated_by(left, right), *ties)


def find_kind(of: str, by: str | None = None) -> Kind:
    for kind in KINDS:
        if kind.of == of and by in (None, kind.by):
            return kind
    choices = ", ".join(f"{kind.of} by {kind.by}" for kind in KINDS)
    raise GraphError(f"there are no ties of '{of}'{f' by {by!r}' if by else ''}; choose from {choices}")


def _pairs(left: Incidence, right: Incidence, n_nodes: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Pairs that share things, and how many: a pair once for each thing, then counted.

    When both sides are the same, a pair stands once, with the smaller number first.
    """
    actors, things = left.distinct()
    if left is right:
        # Rows are sorted by thing: behind each row stand the others of its thing.
        ends = np.searchsorted(things, things, "right")
        rows, partners = ranges(np.arange(len(things)) + 1, ends)
        a, b = actors[rows], actors[partners]
    else:
        others, their_things = right.distinct()
        begins, ends = (np.searchsorted(their_things, things, side) for side in ("left", "right"))
        rows, partners = ranges(begins, ends)
        a, b = actors[rows], others[partners]
        a, b = a[a != b], b[a != b]
    keys, weight = np.unique(a * n_nodes + b, return_counts=True)
    return keys // n_nodes, keys % n_nodes, weight


# ---------------------------------------------------------------- the kinds


def _countries_at_meetings(graph: PropertyGraph, selection: Selection) -> Sides:
    there = as_countries(graph, present(graph, selection), selection.at_any_time())
    return there, there, Things(graph)


def _leaders_at_meetings(graph: PropertyGraph, selection: Selection) -> Sides:
    there = present(graph, selection)
    there = there.where(graph.label_mask("Leader")[there.actors])
    met, things = encounters(graph, there, selection)
    both = joined((there, met))
    return both, both, things


def _topics_at_meetings(graph: PropertyGraph, selection: Selection) -> Sides:
    facts = chosen_facts(graph, ("DISCUSSED",), selection)
    facts = facts[graph.label_mask("Topic")[graph.target[facts]]]
    talked = within(graph, Incidence.of(graph.target[facts], graph.source[facts], facts), selection)
    return talked, talked, Things(graph)


def _signers(graph: PropertyGraph, selection: Selection) -> Incidence:
    facts = chosen_facts(graph, ("SIGNED",), selection)
    signed = within(graph, Incidence.of(graph.source[facts], graph.target[facts], facts), selection)
    return as_countries(graph, signed, selection.at_any_time())


def _countries_by_frameworks(graph: PropertyGraph, selection: Selection) -> Sides:
    signed = _signers(graph, selection)
    return signed, signed, Things(graph)


def _countries_by_visits(graph: PropertyGraph, selection: Selection) -> Sides:
    guests, hosts, things = visits(graph, selection)
    return as_countries(graph, guests, selection.at_any_time()), hosts, things


def _countries_by_funding(graph: PropertyGraph, selection: Selection) -> Sides:
    is_country = graph.label_mask("Country")
    paid = chosen_facts(graph, ("FUNDED_BY",), selection)
    paid = paid[is_country[graph.target[paid]]]
    gains = chosen_facts(graph, ("PARTICIPATES_IN",), selection)
    gains = gains[is_country[graph.source[gains]]]
    donors = within(graph, Incidence.of(graph.target[paid], graph.source[paid], paid), selection)
    takers = within(graph, Incidence.of(graph.source[gains], graph.target[gains], gains), selection)
    return donors, takers, Things(graph)


def _countries_in_frameworks(graph: PropertyGraph, selection: Selection) -> Sides:
    """A country's things: what it is a member of or signed, and meetings. A framework's: itself, and its meetings."""
    is_framework = graph.label_mask("Framework")
    member = chosen_facts(graph, ("MEMBER_OF",), selection)
    members = Incidence.of(graph.source[member], graph.target[member], member)
    there = as_countries(graph, present(graph, selection), selection.at_any_time())
    countries = joined((members, _signers(graph, selection), there))
    part = chosen_facts(graph, ("PART_OF",), selection)
    part = part[is_framework[graph.target[part]]]
    meetings = Incidence.of(graph.target[part], graph.source[part], part)
    itself = np.intersect1d(countries.things, np.flatnonzero(is_framework))
    frameworks = joined((meetings, Incidence.of(itself, itself, np.full(len(itself), NO_FACT))))
    return countries, frameworks, Things(graph)


KINDS = (
    Kind(
        "countries",
        "Country",
        "meetings",
        "Which countries meet?",
        "meetings where both were, themselves or through a leader who represents them",
        _countries_at_meetings,
    ),
    Kind(
        "countries",
        "Country",
        "frameworks",
        "Which countries bind themselves to each other?",
        "agreements and other papers that both signed",
        _countries_by_frameworks,
    ),
    Kind(
        "countries",
        "Country",
        "visits",
        "Who visits whom?",
        "visits of leaders who represent the first country to the second",
        _countries_by_visits,
        directed=True,
    ),
    Kind(
        "countries",
        "Country",
        "funding",
        "Who pays for whom?",
        "projects that the first country funds and the second takes part in",
        _countries_by_funding,
        directed=True,
    ),
    Kind(
        "leaders",
        "Leader",
        "meetings",
        "Which leaders meet?",
        "meetings where both were, and encounters that were none of these",
        _leaders_at_meetings,
    ),
    Kind(
        "topics",
        "Topic",
        "meetings",
        "Which topics are talked about together?",
        "meetings that discussed both",
        _topics_at_meetings,
    ),
    Kind(
        "frameworks",
        "Framework",
        "countries",
        "Which countries take part in which framework?",
        "meetings of the framework where the country was, and one more if it is a member or a signer",
        _countries_in_frameworks,
    ),
)
