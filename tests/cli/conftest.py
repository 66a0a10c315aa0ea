"""A graph made by hand, and a folder to ask it in."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

import kg
from kg.model import Knowledge
from kg.store import BuildRecord, Store


@pytest.fixture(scope="session")
def store(knowledge: Knowledge, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The graph of one summit, in a store."""
    path = tmp_path_factory.mktemp("cli") / "graph"
    made = Store.create_or_open(path)
    with made.writing():
        made.publish(knowledge, BuildRecord("0", "none", "none", "2024-11-08T00:00:00Z", "2024-11-08T00:00:00Z"))
    return path


@pytest.fixture
def graph(store: Path) -> Iterator[kg.KnowledgeGraph]:
    with kg.open(store) as opened:
        yield opened
