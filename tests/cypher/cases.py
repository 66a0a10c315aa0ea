"""The cases of tests/cases/cypher/*.yaml: a call in one line, and the value or the error that it gives."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from kg.cypher.errors import CypherError
from kg.cypher.notation import write

CASES = Path(__file__).parent.parent / "cases" / "cypher"


def load_cases(file: str) -> list[Any]:
    """(name, arguments, expected) for each line `[name, [arguments], value]` or `[name, [arguments], {error: …}]`."""
    cases = yaml.safe_load((CASES / file).read_text(encoding="utf-8"))
    assert cases, f"{file} holds no case"
    return [pytest.param(*case, id=f"{case[0]}({', '.join(map(write, case[1]))})") for case in cases]


def check(calls: Mapping[str, Callable[..., Any]], name: str, arguments: list[Any], expected: Any) -> None:
    """Does the call; values are compared as Cypher writes them, so that 1 is not 1.0 and NaN is NaN."""
    if isinstance(expected, dict) and "error" in expected:
        with pytest.raises(CypherError) as caught:
            calls[name](*arguments)
        assert f"{type(caught.value).__name__} {caught.value.detail}" == expected["error"]
    else:
        assert write(calls[name](*arguments)) == write(expected)
