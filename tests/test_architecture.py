"""The house plan holds: rooms import only from the rooms below them, and Cypher from nothing but the graph."""

from __future__ import annotations

import ast
from collections import defaultdict
from pathlib import Path

import kg

ROOT = Path(kg.__file__).parent
# From the ground up. `train` stands beside the house: it fits the model that `extract` reads.
FLOORS = (
    ("errors", "garbage", "vocabulary", "spelling"),
    ("model", "output", "tables", "frames"),
    ("read",),
    ("places",),
    ("seeds",),
    ("extract",),
    ("resolve", "train"),
    ("store",),
    ("graph",),
    ("cypher", "view", "explore", "check"),
    ("build",),
    ("knowledge_graph",),
    ("notebook", "cli"),
    ("__init__", "__main__"),
)
FLOOR = {room: floor for floor, rooms in enumerate(FLOORS) for room in rooms}


def imports() -> dict[str, set[str]]:
    """For each room the other rooms of kg that it imports from at the top of its modules."""
    found: dict[str, set[str]] = defaultdict(set)
    for path in sorted(ROOT.rglob("*.py")):
        room = path.relative_to(ROOT).parts[0].removesuffix(".py")
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            for module in _modules(node):
                parts = module.split(".")
                if parts[0] == "kg" and len(parts) > 1 and parts[1] != room:
                    found[room].add(parts[1])
    return found


def _modules(node: ast.stmt) -> list[str]:
    if isinstance(node, ast.ImportFrom):
        return [node.module or ""]
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    return []


def test_every_room_has_its_floor() -> None:
    rooms = {path.stem for path in ROOT.iterdir() if path.suffix == ".py" or (path / "__init__.py").exists()}
    assert rooms - FLOOR.keys() == set()


def test_arrows_go_down_only() -> None:
    up = {
        (room, other)
        for room, others in imports().items()
        for other in others
        if FLOOR.get(other, -1) >= FLOOR[room] and FLOOR.get(other, -1) >= 0
    }
    assert up == set()


def test_cypher_knows_the_graph_and_how_rows_are_shown() -> None:
    assert imports()["cypher"] == {"errors", "frames", "graph"}
