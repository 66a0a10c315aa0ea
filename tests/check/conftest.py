"""The checks are tried on the samples of the store's tests."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "store"))

import store_sample

from kg.store import Store


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """A store with the graph of the summit in it."""
    made = Store.create_or_open(tmp_path / "graph")
    with made.writing():
        made.publish(store_sample.summit(), store_sample.BUILD, store_sample.SKIPPED)
    return made
