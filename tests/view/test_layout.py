"""Places of nodes: fixed by the graph alone, apart from each other, whole pixels."""

from __future__ import annotations

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
