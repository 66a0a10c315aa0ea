"""What is wrong with a query is said by its detail, at its place: tests/cases/cypher/queries/errors.yaml."""

from __future__ import annotations

import pytest
import yaml

from kg.cypher import Graph
from kg.cypher.bind import bind
from kg.cypher.errors import CypherError
from kg.cypher.parse import parse
from kg.graph import ScratchGraph
from tests.cypher.cases import CASES

ERRORS = yaml.safe_load((CASES / "queries" / "errors.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize(("query", "detail", "place"), ERRORS, ids=[case[0] for case in ERRORS])
def test_errors_have_a_detail_and_a_place(query: str, detail: str, place: str) -> None:
    with pytest.raises(CypherError) as caught:
        Graph(ScratchGraph()).query(query)
    assert (caught.value.detail, f"{caught.value.line}:{caught.value.column}") == (detail, place)


def test_two_variables_of_one_name_get_two_names() -> None:
    bound = bind(parse("WITH 1 AS x WITH x + 1 AS x RETURN x, [x IN [1] | x]"), {})
    assert len({name for name in bound.types if name.split("#")[0] == "x"}) == 3


def test_a_near_name_is_offered() -> None:
    with pytest.raises(CypherError, match="did you mean 'leader'"):
        bind(parse("MATCH (leader) RETURN leadr"), {})
