"""pyvis's network with a page of our own, so that text from articles is only ever text.

Of pyvis we use the lists of nodes and edges, the options, and the vis-network library that it carries. Its template is
not used: it fetches from other hosts, and runs what stands in names and titles.
"""

from __future__ import annotations

from collections import Counter
from typing import Any

from pyvis.network import Network

from kg.view.columns import columns
from kg.view.data import ViewData
from kg.view.layout import place
from kg.view.page_assembly import assemble

OPTIONS: dict[str, Any] = {
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False},
    "interaction": {
        "hover": True,
        "keyboard": {"enabled": True, "bindToWindow": False},
        "tooltipDelay": 150,
        "hideEdgesOnDrag": False,
        "multiselect": False,
    },
    "nodes": {"borderWidth": 1.5, "shape": "custom"},
    "edges": {"smooth": False, "selectionWidth": 2, "hoverWidth": 1},
}
# The graph of parties is drawn from the lines that matter most: with all of them it would be one knot.
_PARTIES, _LINES_A_PARTY = 400, 3


class EvidenceNetwork(Network):
    """A pyvis network whose page opens offline; a node an entity, an edge a pair with facts between them."""

    def __init__(self, data: ViewData, *, title: str) -> None:
        super().__init__(heading=title)
        self.data = data
        self.options = OPTIONS
        pairs = _pairs(data)
        self.places = place([entity.id for entity in data.entities], sorted(pairs))
        for entity in data.entities:
            x, y = self.places[entity.id]
            self.add_node(entity.id, entity.name, x=x, y=y, group=entity.type)
        for (a, b), n_facts in sorted(pairs.items()):
            self.add_edge(a, b, value=n_facts)

    def add_node(self, n_id: str, label: str | None = None, **options: Any) -> None:
        """Append the node. Stock pyvis searches all nodes first, to drop a second one of the same id."""
        self.nodes.append({"id": n_id, "label": label, **options})

    def add_edge(self, source: str, to: str, **options: Any) -> None:
        """Append the line. Stock pyvis searches all lines first, to drop a second one between the same two nodes."""
        self.edges.append({"from": source, "to": to, **options})

    def generate_html(self, name: str = "graph.html", local: bool = True, notebook: bool = False) -> str:
        """The page as text; the arguments are those of pyvis and change nothing."""
        lines = _party_lines(self.data)
        parties = place(sorted({end for line in lines for end in line}), lines)
        self.html = assemble(str(self.heading), columns(self.data, self.places, parties) | {"options": self.options})
        return self.html


def _pairs(data: ViewData) -> Counter[tuple[str, str]]:
    """How many facts join two entities; ids sorted."""
    return Counter(
        (min(fact.subject, fact.object), max(fact.subject, fact.object))
        for fact in data.facts
        if fact.object is not None and fact.object != fact.subject
    )


def _party_lines(data: ViewData) -> list[tuple[str, str]]:
    """The strongest lines between the strongest parties: two are joined by each contact in which both take part."""
    from kg.view.contacts import ROLES

    number = data.number_of()
    taking_part: dict[int, set[int]] = {}
    for fact, contact in zip(data.facts, data.contact_of, strict=True):
        if contact >= 0:
            roles = ROLES.get(fact.predicate, "")
            ends = [fact.subject] * ("s" in roles) + [fact.object or ""] * ("o" in roles)
            taking_part.setdefault(contact, set()).update(data.parties[number[end]] for end in ends)
    weight: Counter[int] = Counter()
    joined: Counter[tuple[int, int]] = Counter()
    for parties in taking_part.values():
        held = sorted(parties - {-1})
        weight.update(held)
        joined.update((a, b) for i, a in enumerate(held) for b in held[i + 1 :])
    strong = set(sorted(weight, key=lambda party: (-weight[party], party))[:_PARTIES])
    lines: list[tuple[int, int]] = []
    n_lines: Counter[int] = Counter()
    for a, b in sorted(joined, key=lambda pair: (-joined[pair], pair)):
        if {a, b} <= strong and min(n_lines[a], n_lines[b]) < _LINES_A_PARTY:
            lines.append((a, b))
            n_lines.update((a, b))
    ids = [entity.id for entity in data.entities]
    return [(ids[a], ids[b]) for a, b in sorted(lines)]
