"""The samples of `store_sample.py` stand beside the tests; the processes that tests start import them too."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

import store_sample

from kg.store import Store


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """A store with the graph of the summit in it, opened for reading."""
    made = Store.create_or_open(tmp_path / "graph")
    with made.writing():
        made.publish(store_sample.summit(), store_sample.BUILD, store_sample.SKIPPED)
    return Store.open(tmp_path / "graph")
