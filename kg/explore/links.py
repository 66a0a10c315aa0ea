"""What links two: what they have in common, and the ways from one to the other, each step with its sentence."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice, pairwise
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np

from kg.errors import GraphError
from kg.explore.facts import EVERYTHING_SO, Selection, Witnesses, chosen_facts
from kg.explore.incidence import PRESENT, Incidence, Things, as_countries, joined, present, within
from kg.explore.projections import told
from kg.frames import Row, Table
from kg.graph.adjacency import adjacency
from kg.graph.columns import PropertyGraph
from kg.graph.verbs import VERBS

if TYPE_CHECKING:
    import networkx

# Through what a path may lead: from actor to meeting to actor, or along any fact.
THROUGH = ("meetings", "facts")
_ALONG = {"meetings": (*PRESENT, "MET", "REPRESENTS")}
# How much an unsure step costs beside its length of 1: too little to make a longer way the better one.
_DOUBT = 0.001


class Comparison(Table):
    """What two have in common: what is said of them directly, then meetings, papers, memberships, projects, wishes."""

    shown: ClassVar[tuple[str, ...]] = ("in_common", "what", "date", "evidence", "other_evidence")


class Paths(Table):
    """The ways from one to another, the shortest first: one row a step."""

    shown: ClassVar[tuple[str, ...]] = ("path", "step", "claim", "date", "document", "evidence")

    @property
    def paths(self) -> tuple[tuple[str, ...], ...]:
        """The ids of the entities on each path, from the first to the last."""
        found: dict[int, list[str]] = {}
        for row in self:
            found.setdefault(row["path"], [row["from_id"]]).append(row["to_id"])
        return tuple(map(tuple, found.values()))


# ---------------------------------------------------------------- in common


def compare(graph: PropertyGraph, a: int, b: int, *, selection: Selection = EVERYTHING_SO) -> Comparison:
    """What two actors have in common. A country also has what its leaders did."""
    names, things = Witnesses(graph), Things(graph)
    rows = [_direct_row(graph, names, fact) for fact in _facts_between(graph, a, b, selection)]
    counts = []
    for word, parts in _shared_parts(graph, selection):
        dated, of_a, of_b = things.dated_by(parts), parts.things_of(a), parts.things_of(b)
        shared = np.intersect1d(of_a, of_b).tolist()
        if len(of_a) or len(of_b):
            counts.append(f"{word} {len(of_a)} and {len(of_b)}, {len(shared)} in common")
        for thing in sorted(shared, key=lambda t: (-int(dated.latest[t]), names.name(t))):
            sides = [parts.facts_of(actor, thing) for actor in (a, b)]
            rows.append((word, names.id(thing), names.name(thing), dated.date(thing), *_two_sided(names, *sides)))
    columns = (
        "in_common", "id", "what", "date", "document", "evidence", "other_document", "other_evidence", "facts",
    )  # fmt: skip
    count = f"{names.name(a)}, {names.name(b)}: {'; '.join(counts)}. " if counts else ""
    title = f"{names.name(a)} and {names.name(b)}"
    return Comparison(columns=columns, rows=tuple(rows), title=title, note=f"{count}{told(selection)}")


def _shared_parts(graph: PropertyGraph, selection: Selection) -> Iterator[tuple[str, Incidence]]:
    yield "meeting", _with_countries(graph, present(graph, selection), selection)
    yield "signed", _with_countries(graph, _did(graph, selection, "SIGNED"), selection)
    yield "member", _did(graph, selection, "MEMBER_OF")
    paid = chosen_facts(graph, ("FUNDED_BY",), selection)
    funders = within(graph, Incidence.of(graph.target[paid], graph.source[paid], paid), selection)
    yield "project", joined((_did(graph, selection, "PARTICIPATES_IN"), funders))
    wished = _did(graph, selection, "PROPOSED", "PLEDGED")
    yield "proposed or pledged", _with_countries(graph, wished, selection)


def _did(graph: PropertyGraph, selection: Selection, *types: str) -> Incidence:
    facts = chosen_facts(graph, types, selection)
    return within(graph, Incidence.of(graph.source[facts], graph.target[facts], facts), selection)


def _with_countries(graph: PropertyGraph, parts: Incidence, selection: Selection) -> Incidence:
    """The actors themselves, and the countries of the leaders among them."""
    countries = as_countries(graph, parts, selection.at_any_time())
    return joined((parts, countries.where(countries.through >= 0)))


def _two_sided(names: Witnesses, of_a: list[int], of_b: list[int]) -> Row:
    """A sentence for each side; the second is left out where the first shows both."""
    said = {names.sentence(fact) for fact in of_a} & {names.sentence(fact) for fact in of_b}
    one = names.best([fact for fact in of_a if names.sentence(fact) in said] or of_a)
    other = None if said else names.best(of_b)
    shown = [None if fact is None else (names.document(fact), names.sentence(fact)) for fact in (one, other)]
    keys = [names.key(fact) for fact in dict.fromkeys([*of_a, *of_b])]
    return (*(shown[0] or (None, None)), *(shown[1] or (None, None)), keys)


def _facts_between(graph: PropertyGraph, a: int, b: int, selection: Selection) -> list[int]:
    """Facts from one side to the other, where a country's side is itself, its leaders and its places; newest first."""
    sides = [_side(graph, node, selection) for node in (a, b)]
    types = [type_ for type_ in graph.types() if type_ not in ("MENTIONS", "REPRESENTS")]
    facts = chosen_facts(graph, types, selection)
    facts = within(graph, Incidence.of(graph.source[facts], graph.target[facts], facts), selection).facts
    source, target = graph.source[facts], graph.target[facts]
    there = np.isin(source, sides[0]) & np.isin(target, sides[1])
    back = np.isin(source, sides[1]) & np.isin(target, sides[0])
    names = Witnesses(graph)
    return sorted(facts[there | back].tolist(), key=lambda f: (names.happened(f) or "", f), reverse=True)


def _side(graph: PropertyGraph, node: int, selection: Selection) -> list[int]:
    represents = chosen_facts(graph, ("REPRESENTS",), selection)
    leaders = graph.source[represents[graph.target[represents] == node]].tolist()
    places = list(graph.find_nodes("Place", "in_country", Witnesses(graph).id(node)))
    return [node, *leaders, *places]


def _direct_row(graph: PropertyGraph, names: Witnesses, fact: int) -> Row:
    shown = (names.document(fact), names.sentence(fact), None, None, [names.key(fact)])
    return ("directly", names.id(graph.target_of(fact)), claim(graph, fact), names.happened(fact), *shown)


def claim(graph: PropertyGraph, fact: int) -> str:
    """A relationship as a sentence."""
    names, type_ = Witnesses(graph), graph.type_of(fact)
    verb = VERBS.get(str(graph.relationship_property(fact, "predicate")), type_.lower().replace("_", " "))
    return f"{names.name(graph.source_of(fact))} {verb} {names.name(graph.target_of(fact))}"


# ---------------------------------------------------------------- the way


def paths(
    graph: PropertyGraph,
    a: int,
    b: int,
    *,
    n: int = 3,
    through: str = "meetings",
    selection: Selection = EVERYTHING_SO,
) -> Paths:
    """The `n` shortest ways from a to b without loops; of equally long ones the surest first.

    Through "meetings" a way leads from an actor to a meeting to another actor, to the country that a leader
    represents, or to a leader whom one met; through "facts" along any fact. Raises GraphError for another word.
    """
    if through not in THROUGH:
        raise GraphError(f"no path leads through '{through}'; choose from {', '.join(THROUGH)}")
    names, between = Witnesses(graph), _facts_by_pair(graph, through, selection)
    rows: list[Row] = []
    found = _shortest(graph, between, a, b, n) if a != b else []
    for number, nodes in enumerate(found, 1):
        for step, (near, far) in enumerate(pairwise(nodes), 1):
            facts = between[min(near, far), max(near, far)]
            shown = names.best(facts)
            assert shown is not None
            ends = (names.id(near), names.name(near), names.id(far), names.name(far))
            said = (names.happened(shown), names.document(shown), names.sentence(shown))
            rows.append((number, step, *ends, claim(graph, shown), *said, [names.key(fact) for fact in facts]))
    columns = (
        "path", "step", "from_id", "from", "to_id", "to", "claim", "date", "document", "evidence", "facts",
    )  # fmt: skip
    title = f"From {names.name(a)} to {names.name(b)}, through {through}"
    return Paths(columns=columns, rows=tuple(rows), title=title, note=told(selection))


def _facts_by_pair(graph: PropertyGraph, through: str, selection: Selection) -> dict[tuple[int, int], list[int]]:
    types = _ALONG.get(through) or [type_ for type_ in graph.types() if type_ != "MENTIONS"]
    facts = chosen_facts(graph, types, selection)
    # Whom one represents has no date of its own.
    lasting = chosen_facts(graph, [type_ for type_ in types if type_ == "REPRESENTS"], selection)
    dated = within(graph, Incidence.of(graph.source[facts], graph.target[facts], facts), selection).facts
    between: dict[tuple[int, int], list[int]] = {}
    for fact in np.union1d(dated, lasting).tolist():
        ends = graph.source_of(fact), graph.target_of(fact)
        between.setdefault((min(ends), max(ends)), []).append(fact)
    return between


def _shortest(
    graph: PropertyGraph, between: dict[tuple[int, int], list[int]], a: int, b: int, n: int
) -> list[list[int]]:
    """The n best paths. Looked for among the nodes of the shortest ones first, because there are few of these."""
    import networkx

    ends = np.array(list(between), np.int64).reshape(-1, 2)
    from_a, from_b = (_distances(graph.n_nodes, ends, node) for node in (a, b))
    if from_a[b] < 0:
        return []
    total = np.where((from_a < 0) | (from_b < 0), graph.n_nodes, from_a + from_b)
    found: list[list[int]] = []
    for detour in (0, 1, 2, graph.n_nodes):
        most = int(from_a[b]) + detour
        inside = total <= most
        near = _network(graph, between, ends[inside[ends[:, 0]] & inside[ends[:, 1]]])
        found = list(islice(networkx.shortest_simple_paths(near, a, b, weight="cost"), n))
        if len(found) == n and len(found[-1]) - 1 <= most:
            break
    return found


def _network(graph: PropertyGraph, between: dict[tuple[int, int], list[int]], ends: np.ndarray) -> networkx.Graph:
    import networkx

    network = networkx.Graph()
    for one, other in ends.tolist():
        sure = max(float(_confidence(graph, fact)) for fact in between[one, other])
        network.add_edge(one, other, cost=1 + _DOUBT * (1 - sure))
    return network


def _confidence(graph: PropertyGraph, fact: int) -> Any:
    value = graph.relationship_property(fact, "confidence")
    return 1 if value is None else value


def _distances(n_nodes: int, ends: np.ndarray, start: int) -> np.ndarray:
    """The number of steps from `start` to each node, -1 where no path leads."""
    near = adjacency(n_nodes, np.concatenate([ends[:, 0], ends[:, 1]]), np.concatenate([ends[:, 1], ends[:, 0]]))
    distance = np.full(n_nodes, -1, np.int64)
    distance[start] = 0
    front, steps = np.array([start]), 0
    while len(front):
        steps += 1
        parts = [near.neighbours[near.offsets[node] : near.offsets[node + 1]] for node in front.tolist()]
        reached = np.unique(np.concatenate(parts))
        front = reached[distance[reached] < 0]
        distance[front] = steps
    return distance
