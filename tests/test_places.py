"""A place that an article names is found in its country, whatever its spelling."""

from __future__ import annotations

import pytest

from kg.seeds import PlaceSeed, load_gazetteer


def place(name: str) -> PlaceSeed:
    found = load_gazetteer().place(name)
    assert found is not None, f"{name} is no place"
    return found


@pytest.mark.parametrize(
    ("name", "iso3"),
    [
        ("Hanoi", "VNM"), ("Hà Nội", "VNM"), ("Dak Lak", "VNM"), ("Attapeu province", "LAO"), ("Kunming city", "CHN"),
        ("Yunnan", "CHN"), ("Siem Reap", "KHM"), ("Semarang", "IDN"), ("Bali", "IDN"), ("Sharm el-Sheikh", "EGY"),
        ("Davos", "CHE"), ("The Hague", "NLD"), ("Geneva", "CHE"), ("Kazan", "RUS"), ("Mombasa", "KEN"),
        ("São Paulo", "BRA"), ("Sao Paulo", "BRA"), ("New York", "USA"), ("Pristina", "XKX"), ("Singapore", "SGP"),
    ],
)  # fmt: skip
def test_a_place_lies_in_its_country(name: str, iso3: str) -> None:
    assert place(name).iso3 == iso3


def test_spellings_of_a_capital_are_one_place() -> None:
    assert place("Naypyidaw") == place("Nay Pyi Taw") == place("Naypyitaw")


def test_a_former_name_of_a_metropolis_is_found() -> None:
    assert place("Calcutta").name == "Kolkata"


def test_the_capital_wins_over_a_namesake() -> None:
    assert place("Kingston").iso3 == "JAM"
    assert place("San Jose").iso3 == "CRI"


def test_of_two_cities_the_bigger_one_is_meant() -> None:
    birmingham = place("Birmingham")
    assert birmingham.iso3 == "GBR"
    assert birmingham.population > 1_000_000


def test_a_sea_lies_in_no_country() -> None:
    assert place("East Sea") == PlaceSeed("South China Sea", None, 0)


def test_an_area_or_an_unknown_word_is_no_place() -> None:
    assert load_gazetteer().place("Latin America") is None
    assert load_gazetteer().place("Xyzzyville") is None
