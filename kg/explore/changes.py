"""One period beside another: ties that are new, that ended, that grew or shrank."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import ClassVar

from kg.errors import GraphError
from kg.explore.facts import EVERYTHING_SO, Selection
from kg.explore.projections import Projection, find_kind, project, told
from kg.frames import Row, Table
from kg.graph.columns import PropertyGraph
from kg.store.dates import first_day, is_date, last_day


class Changes(Table):
    """Ties whose weight differs, the greatest difference first; the sentence is of the period with more."""

    shown: ClassVar[tuple[str, ...]] = ("change", "a", "b", "before", "after", "latest", "date", "evidence")


def changes(
    graph: PropertyGraph,
    before: str,
    after: str,
    *,
    of: str = "countries",
    by: str | None = None,
    selection: Selection = EVERYTHING_SO,
) -> Changes:
    """What changed from one period to another: a year, month or day, or two of them joined by "/".

    What has no date is in neither period. Raises GraphError for a period that is none.
    """
    kind = find_kind(of, by)
    old, new = (_during(graph, period, of, kind.by, selection) for period in (before, after))
    weights = {pair: [weight, 0] for pair, weight in _weights(old).items()}
    for pair, weight in _weights(new).items():
        weights.setdefault(pair, [0, 0])[1] = weight
    rows: list[Row] = []
    for (a, b), (was, is_) in sorted(weights.items(), key=_greatest_first(old)):
        if was != is_:
            shown = (new if is_ > was else old).latest(a, b)
            ends = (old.names.id(a), old.names.name(a), old.names.id(b), old.names.name(b))
            rows.append((_word(was, is_), *ends, was, is_, is_ - was, *shown))
    columns = (
        "change", "a_id", "a", "b_id", "b", "before", "after", "difference", "latest", "date", "document", "evidence",
        "facts",
    )  # fmt: skip
    title = f"{kind.of.capitalize()} by {kind.by}: from {before} to {after}"
    note = f"Weight: {kind.weight}. {told(selection)} What has no date is in neither period."
    return Changes(columns=columns, rows=tuple(rows), title=title, note=note)


def _during(graph: PropertyGraph, period: str, of: str, by: str, selection: Selection) -> Projection:
    if not is_date(period):
        raise GraphError(f"'{period}' is no period; write YYYY, YYYY-MM or YYYY-MM-DD, or two of them joined by /")
    return project(graph, of, by=by, selection=replace(selection, since=first_day(period), until=last_day(period)))


def _weights(projection: Projection) -> dict[tuple[int, int], int]:
    pairs = zip(projection.a.tolist(), projection.b.tolist(), strict=True)
    return dict(zip(pairs, projection.weight.tolist(), strict=True))


def _greatest_first(projection: Projection) -> Callable[[tuple[tuple[int, int], list[int]]], tuple[int, str, str]]:
    names = projection.names
    return lambda item: (-abs(item[1][1] - item[1][0]), names.name(item[0][0]), names.name(item[0][1]))


def _word(was: int, is_: int) -> str:
    if not was or not is_:
        return "new" if not was else "ended"
    return "more" if is_ > was else "less"
