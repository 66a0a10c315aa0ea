"""Random property graphs for tests, and the plainest thing that can answer for them: lists of rows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

NodeRow = tuple[list[str], dict[str, Any]]
LinkRow = tuple[int, int, str, dict[str, Any]]

# A machine that does other things meanwhile makes a test slow, not wrong.
patient = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])

NAMES = ("", "a", "b", "ä", "\U0001f600", "é\ud800", "2", "naïve", "A")
VALUES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-2, 2),
    st.sampled_from([2**62 + 1, -(2**63), 2**63 - 1]),
    st.sampled_from([0.0, -0.0, 1.0, 0.5, 2.0**62, float("inf"), float("nan")]),
    st.sampled_from(NAMES),
    st.lists(st.sampled_from(NAMES), max_size=2),
    st.lists(st.one_of(st.booleans(), st.integers(0, 1), st.just(1.0), st.none()), max_size=2),
)
# One key of each kind, so that typed columns occur, and two that mix.
PROPERTIES = st.fixed_dictionaries(
    {},
    optional={
        "flag": st.booleans(),
        "count": st.integers(-(2**63), 2**63 - 1) | st.integers(0, 2),
        "weight": st.floats(),
        "name": st.sampled_from(NAMES) | st.none(),
        "list": st.lists(st.sampled_from(NAMES), max_size=2),
        "any": VALUES,
        "other": VALUES,
    },
)
LABELS = st.lists(st.sampled_from(["A", "B", "Ü"]), max_size=3, unique=True)


@dataclass(frozen=True)
class Rows:
    """A graph as lists: node n is `nodes[n]`, relationship r is `links[r]`."""

    nodes: list[NodeRow]
    links: list[LinkRow]

    def properties(self, row: NodeRow | LinkRow) -> dict[str, Any]:
        return {key: value for key, value in sorted(row[-1].items()) if value is not None}


@st.composite
def graphs(draw: st.DrawFn) -> Rows:
    nodes = draw(st.lists(st.tuples(LABELS, PROPERTIES), max_size=6))
    if not nodes:
        return Rows([], [])
    ends = st.integers(0, len(nodes) - 1)
    links = draw(st.lists(st.tuples(ends, ends, st.sampled_from(["R", "S", "T"]), PROPERTIES), max_size=10))
    return Rows(nodes, links)


def plain(value: Any) -> Any:
    """The value so that == tells 1 from 1.0 and from true, and finds NaN equal to itself."""
    if isinstance(value, list):
        return [plain(item) for item in value]
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    return (type(value).__name__, repr(value))


def equal(left: Any, right: Any) -> bool:
    """Equality of Cypher, said once more in the simplest way."""
    if left is None or right is None:
        return False
    if isinstance(left, list) and isinstance(right, list):
        return len(left) == len(right) and all(map(equal, left, right))
    return isinstance(left, bool) == isinstance(right, bool) and bool(left == right)
