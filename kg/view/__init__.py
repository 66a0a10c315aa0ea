"""Knowledge -> one HTML file that opens offline and shows, for every node and line, the sentences behind it.

In: `Knowledge`. Out: HTML text, or a picture of it. It must fetch nothing, run nothing that came from an article, and
compute nothing in the reader's browser that can be computed here. `select` takes the part that was asked for,
`contacts` finds who met whom, `data` numbers what is shown, `layout` places it, `columns` writes it as JSON, `network`
joins it with vis-network, `page_assembly` with the page in `page/`, and `picture` takes a photograph.
"""

from __future__ import annotations

from kg.model import Knowledge

__all__ = ["html"]


def html(knowledge: Knowledge, *, title: str = "Diplomatic cooperation", max_nodes: int = 30_000) -> str:
    """The page as text. Above `max_nodes` entities it holds those with the most facts, and says so."""
    from kg.view.data import view_data
    from kg.view.network import EvidenceNetwork

    return EvidenceNetwork(view_data(knowledge, max_nodes=max_nodes), title=title).generate_html()
