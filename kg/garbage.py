"""Python's search for cyclic garbage, held back while a great many plain objects are made."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def without_collection() -> Iterator[None]:
    """The search waits: names, facts and rows are plain data without cycles, freed as they go.

    Hundreds of thousands of them are in use at a time, and looking through them again and again finds nothing.
    """
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()
