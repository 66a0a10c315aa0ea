"""IPython, Jupyter, VS Code, Colab -> the graph: `%load_ext kg`, then `%kg_use`, `%%sparql` and `%%cypher`.

In: the text of a cell. Out: the answer of `KnowledgeGraph.sparql` or `.cypher`, shown, and as a pandas frame if asked
for. It must do nothing that a call of the library cannot do.
"""

from __future__ import annotations

from typing import Any

__all__ = ["load"]


def load(shell: Any) -> None:
    """Gives the shell our magics; `%load_ext kg` calls it."""
    from kg.notebook.magics import GraphMagics

    shell.register_magics(GraphMagics(shell))
