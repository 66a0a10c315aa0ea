"""Knowledge -> one HTML file that opens offline and shows, for every node and line, the sentences behind it.

In: `Knowledge`. Out: HTML text, or a file. It must fetch nothing, run nothing that came from an article, and
compute nothing in the reader's browser that can be computed here: `data` chooses and counts, `layout` places,
`network` joins both with the page (`page.html`, `page.css`, `page.js`).
"""

from __future__ import annotations

from kg.model import Knowledge

__all__ = ["html"]


def html(knowledge: Knowledge, *, title: str = "Diplomatic cooperation", max_nodes: int = 2000) -> str:
    """The page as text. Above `max_nodes` entities it shows those with the most facts, and says so."""
    from kg.view.data import view_data
    from kg.view.layout import place
    from kg.view.network import EvidenceNetwork

    data = view_data(knowledge, max_nodes=max_nodes)
    positions = place([node.id for node in data.nodes], [(pair.a, pair.b) for pair in data.pairs])
    return EvidenceNetwork(data, positions, title=title).generate_html()
