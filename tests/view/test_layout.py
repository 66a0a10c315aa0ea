"""Places of nodes: fixed by the graph alone, apart from each other, whole pixels."""

from __future__ import annotations

import math
import random

from kg.view.layout import place

NODES = [f"n{i}" for i in range(40)]
LINES = [(f"n{i}", f"n{i // 3}") for i in range(1, 30)] + [("n31", "n32")]


def test_order_of_the_input_does_not_move_a_node() -> None:
    shuffled = random.Random(3)
    nodes, lines = shuffled.sample(NODES, len(NODES)), shuffled.sample(LINES, len(LINES))
    assert place(nodes, lines) == place(NODES, LINES)


def test_layout_leaves_the_callers_random_numbers_alone() -> None:
    random.seed(5)
    expected = random.Random(5).random()
    place(NODES, LINES)
    assert random.random() == expected


def test_no_two_nodes_share_a_place_and_parts_do_not_overlap() -> None:
    places = place(NODES, LINES)
    assert len(set(places.values())) == len(NODES)
    tree = [places[f"n{i}"] for i in range(30)]
    lone = places["n39"]
    inside = all((min(at[axis] for at in tree) <= lone[axis] <= max(at[axis] for at in tree)) for axis in (0, 1))
    assert not inside


def test_no_nodes_need_no_place() -> None:
    assert place([], []) == {}


def test_large_part_is_spread_evenly_and_joined_nodes_stand_near() -> None:
    chance = random.Random(1)
    nodes = [f"n{i}" for i in range(900)]
    lines = [(nodes[i], nodes[chance.randrange(max(0, i - 20), i)]) for i in range(1, 900)]
    places = place(nodes, lines)
    assert places == place(nodes[::-1], lines[::-1])

    def apart(pairs: list[tuple[str, str]]) -> float:
        return sum(math.dist(places[a], places[b]) for a, b in pairs) / len(pairs)

    strangers = [(chance.choice(nodes), chance.choice(nodes)) for _ in range(900)]
    assert apart(lines) < apart(strangers) / 4
    assert len(set(places.values())) > 890


def test_beyond_the_core_nodes_stand_beside_their_neighbours() -> None:
    nodes = [f"n{i}" for i in range(4000)]
    lines = [(f"n{i}", f"n{i % 50}") for i in range(50, 4000)] + [(f"n{i}", f"n{i + 1}") for i in range(49)]
    places = place(nodes, lines)
    assert len(places) == 4000
    hub = places["n7"]
    assert max(math.dist(hub, places[f"n{i}"]) for i in range(3957, 4000, 50)) < 1500
