"""Where countries lie: the place of each capital, and a grain of towns that shows the shape of the land.

`world.csv` is made from GeoNames (CC BY 4.0): rows with a code are capitals, the others cells of 1.5 degrees with a
town of more than 60,000 people. It holds no borders.
"""

from __future__ import annotations

import csv
from importlib.resources import files

GRAIN = 1.5  # degrees

Point = tuple[float, float]


def read_world() -> tuple[dict[str, Point], list[Point]]:
    """Country code -> latitude and longitude of its capital; and the cells with towns."""
    text = files("kg.view").joinpath("world.csv").read_text(encoding="utf-8")
    capitals: dict[str, Point] = {}
    towns: list[Point] = []
    for row in csv.DictReader(text.splitlines()):
        point = float(row["lat"]), float(row["lon"])
        if row["iso3"]:
            capitals[row["iso3"]] = point
        else:
            towns.append(point)
    return capitals, towns
