"""Facts that show themselves: a list of facts that knows the names and documents in it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Protocol

from kg.frames import pandas_frame, polars_frame, table_html, table_text
from kg.graph.rows import FACT_COLUMNS, fact_rows
from kg.model import Document, Entity, Fact

if TYPE_CHECKING:
    import pandas
    import polars

_SHOWN = ("subject_name", "predicate", "object_or_value", "happened", "modality", "document", "evidence")


class Named(Protocol):
    """Whoever knows the entities and documents that facts speak of."""

    @property
    def entities(self) -> tuple[Entity, ...]: ...
    @property
    def documents(self) -> tuple[Document, ...]: ...


class Facts(list[Fact]):
    """A list of facts. HTML and frames show the names of what they connect, and the first sentence of each.

    Names and documents are looked up in `graph` when they are first shown.
    """

    def __init__(self, facts: Iterable[Fact], graph: Named) -> None:
        super().__init__(facts)
        self._graph = graph

    def to_dicts(self) -> list[dict[str, Any]]:
        """A row for each fact under `kg.graph.FACT_COLUMNS`."""
        return list(fact_rows(self, self._graph.entities, self._graph.documents))

    def to_pandas(self) -> pandas.DataFrame:
        """The rows as a pandas frame. Needs the extra `pandas`."""
        return pandas_frame(FACT_COLUMNS, self._rows())

    def to_polars(self) -> polars.DataFrame:
        """The rows as a polars frame. Needs the extra `polars`."""
        return polars_frame(FACT_COLUMNS, self._rows())

    def _repr_pretty_(self, printer: Any, cycle: bool) -> None:
        printer.text(table_text(_SHOWN, self._shown_rows(), title="Facts"))

    def _repr_html_(self) -> str:
        return table_html(_SHOWN, self._shown_rows(), title="Facts")

    def _shown_rows(self) -> list[tuple[Any, ...]]:
        rows = [row | {"object_or_value": row["object_name"] or row["value"]} for row in self.to_dicts()]
        return [tuple(row[name] for name in _SHOWN) for row in rows]

    def _rows(self) -> list[tuple[Any, ...]]:
        return [tuple(row[name] for name in FACT_COLUMNS) for row in self.to_dicts()]
