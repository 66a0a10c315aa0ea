"""Temporal values: the cases of tests/cases/cypher/temporal/*.yaml."""

from functools import partial
from pathlib import Path
from typing import Any

import pytest
import yaml

from kg.cypher.errors import CypherError
from kg.cypher.functions.table import table
from kg.cypher.functions.temporal import TEMPORAL_FUNCTIONS
from kg.cypher.temporal import (
    KINDS,
    Clock,
    add,
    construct,
    construct_duration,
    divide,
    equals,
    less,
    multiply,
    subtract,
)

CASES = Path(__file__).parents[2] / "cases" / "cypher" / "temporal"
CLOCK = Clock(1_714_660_215, 250)
INSTANTS = ("date", "localtime", "time", "localdatetime", "datetime")

CALLS = {
    name: partial(function.call, CLOCK) if function.uses_clock else function.call
    for name, function in table(TEMPORAL_FUNCTIONS).items()
}
CALLS |= {"add": add, "subtract": subtract, "multiply": multiply, "divide": divide, "less": less, "equals": equals}
CALLS |= {"get": lambda value, component: value.get(component)}


def load_cases() -> list[Any]:
    files = sorted(CASES.glob("*.yaml"))
    assert len(files) == 5
    return [
        pytest.param(*case, id=f"{case[0]}-{case[1]}")
        for file in files
        for case in yaml.safe_load(file.read_text(encoding="utf-8"))
    ]


def read(argument: Any) -> Any:
    """'date:2024-05-02' -> a date; also inside maps. Other text is itself."""
    if isinstance(argument, dict):
        return {name: read(value) for name, value in argument.items()}
    kind, colon, text = argument.partition(":") if isinstance(argument, str) else ("", "", "")
    if colon and kind == "duration":
        return construct_duration(text)
    return construct(kind, CLOCK, text) if colon and kind in INSTANTS else argument


@pytest.mark.parametrize(("name", "arguments", "expected"), load_cases())
def test_cases(name: str, arguments: list[Any], expected: Any) -> None:
    call = partial(CALLS[name.lower()], *map(read, arguments))
    if isinstance(expected, dict):
        with pytest.raises(CypherError) as caught:
            call()
        assert f"{type(caught.value).__name__} {caught.value.detail}" == expected["error"]
        return
    value = call()
    shown = str(value) if isinstance(value, KINDS) else value
    assert (type(shown), shown) == (type(expected), expected)
