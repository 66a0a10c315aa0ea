"""Aggregates: the cases of tests/cases/cypher/aggregates.yaml, and that the order of rows does not matter."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.cypher import types
from kg.cypher.errors import CypherTypeError
from kg.cypher.functions import AGGREGATES
from kg.cypher.notation import write
from kg.cypher.temporal import Date, Duration
from kg.cypher.types import list_of
from tests.cypher.cases import check, load_cases

NUMBERS = st.integers(-(2**53), 2**53) | st.floats(allow_nan=False, allow_infinity=False, width=32)


def aggregate(name: str, *rows: Any) -> Any:
    group = AGGREGATES[name.lower()].start()
    for row in rows:
        arguments = row if isinstance(row, list) and name.startswith("percentile") else [row]
        if arguments[0] is not None:
            group.add(*arguments)
    return group.result()


@pytest.mark.parametrize(("name", "rows", "expected"), load_cases("aggregates.yaml"))
def test_aggregates(name: str, rows: list[Any], expected: Any) -> None:
    check({name: lambda *rows: aggregate(name, *rows)}, name, rows, expected)


@pytest.mark.parametrize("name", ["sum", "avg", "min", "max", "stDevP"])
@settings(deadline=None)
@given(data=st.data())
def test_the_order_of_rows_does_not_matter(name: str, data: st.DataObject) -> None:
    numbers = data.draw(st.lists(NUMBERS, max_size=6))
    shuffled = data.draw(st.permutations(numbers))
    left, right = aggregate(name, *numbers), aggregate(name, *shuffled)
    assert left == right or write(left) == write(right)


def test_result_types() -> None:
    assert AGGREGATES["collect"].type_of((types.NODE,)) == list_of(types.NODE)
    assert AGGREGATES["sum"].type_of((types.INTEGER,)) == types.INTEGER
    assert AGGREGATES["avg"].type_of((types.INTEGER,)) == types.FLOAT
    assert AGGREGATES["avg"].type_of((types.ANY,)) == types.FLOAT | types.DURATION
    assert AGGREGATES["max"].type_of((types.STRING,)) == types.STRING


def test_durations_are_summed_and_averaged() -> None:
    week, day = Duration.of(days=7), Duration.of(days=1)
    assert aggregate("sum", week, day) == Duration.of(days=8)
    assert aggregate("avg", week, day) == Duration.of(days=4)
    assert aggregate("max", Date.of(2024, 5, 1), Date.of(2024, 4, 30)) == Date.of(2024, 5, 1)
    with pytest.raises(CypherTypeError):
        aggregate("sum", week, 1)
