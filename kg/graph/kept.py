"""The columns of the graph in a store: made when it is built, kept beside it, opened in no time."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from kg.graph.cache import open_or_build, save_columns
from kg.graph.columns import PropertyGraph
from kg.graph.property_graph import to_columns
from kg.model import Knowledge


def keep_columns(knowledge: Knowledge, folder: Path, content: str) -> None:
    """Puts the columns of a graph with that content into the folder. If it cannot, they are made when asked for."""
    save_columns(to_columns(knowledge), folder, _made_from(content))


def kept_columns(folder: Path, content: str, knowledge: Callable[[], Knowledge]) -> PropertyGraph:
    """The columns in the folder if they are whole and of that content, else those of `knowledge`, which are kept."""
    return open_or_build(folder, _made_from(content), lambda: to_columns(knowledge()))


def _made_from(content: str) -> str:
    """What the columns depend on: what the graph holds, and the version that says how facts become properties."""
    from kg import __version__

    return f"{content} {__version__}"
