"""Names as users type them: what they find, and what is said when they find nothing or too much."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kg.errors import UnknownName
from kg.graph import find_entity
from kg.model import Knowledge


@pytest.mark.parametrize(
    "name",
    ["Vietnam", "country/VNM", "VNM", "Vietnamese", "vietnam", "VIETNAMESE", "Việtnam", "the Vietnam"],
)
def test_any_name_of_a_country_finds_it(knowledge: Knowledge, name: str) -> None:
    assert find_entity(knowledge.entities, name).id == "country/VNM"


def test_unknown_name_offers_the_nearest(knowledge: Knowledge) -> None:
    with pytest.raises(UnknownName, match="'Vietnma'; did you mean 'Vietnam'"):
        find_entity(knowledge.entities, "Vietnma")


def test_name_of_nothing_like_it_offers_nothing(knowledge: Knowledge) -> None:
    with pytest.raises(UnknownName, match="called 'qqqq'$"):
        find_entity(knowledge.entities, "qqqq")


def test_alias_of_two_meetings_lists_both(knowledge: Knowledge) -> None:
    summit = next(e for e in knowledge.entities if e.type == "Meeting")
    other = replace(summit, id="meeting/other", name="Other Summit")
    with pytest.raises(UnknownName, match="names 2 entities.*meeting/11th-clmv-summit.*meeting/other"):
        find_entity((*knowledge.entities, other), "the summit")


def test_name_goes_before_an_alias_of_something_else(knowledge: Knowledge) -> None:
    odd = replace(knowledge.entities[0], id="country/XXX", aliases=("Vietnam",), attributes={})
    assert find_entity((odd, *knowledge.entities), "Vietnam").id == "country/VNM"
