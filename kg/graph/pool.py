"""The distinct values behind a column of codes: in memory, or as bytes of a file that are decoded when asked for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property
from itertools import pairwise
from typing import Any

import numpy as np


class Pool:
    """Values by code. One made from a file decodes single values until somebody asks for all of them."""

    def __init__(self, items: Sequence[Any]) -> None:
        self.items: list[Any] = list(items)
        self._n = len(self.items)

    def __len__(self) -> int:
        return self._n

    def item(self, code: int) -> Any:
        return self.items[code]

    @cached_property
    def objects(self) -> np.ndarray:
        """All values as an array of objects, and None at the end, where the code -1 finds it."""
        objects = np.empty(len(self) + 1, dtype=object)
        objects[:-1] = np.fromiter(self.items, dtype=object, count=len(self))
        return objects

    def gather(self, codes: np.ndarray) -> list[Any]:
        """The value for each code, None for -1."""
        found: list[Any] = self.objects[codes].tolist()
        return found


class StoredPool(Pool):
    """Values whose texts stand one behind the other in `text`; `offsets` has one entry more than there are values."""

    def __init__(self, text: np.ndarray, offsets: np.ndarray, decode: Callable[[bytes], Any]) -> None:
        self._text = text
        self._offsets = offsets
        self._decode = decode
        self._n = len(offsets) - 1

    @cached_property
    def items(self) -> list[Any]:  # type: ignore[override]
        text = self._text.tobytes()
        decode = self._decode
        return [decode(text[begin:end]) for begin, end in pairwise(self._offsets.tolist())]

    def item(self, code: int) -> Any:
        if "items" in self.__dict__:
            return self.items[code]
        begin, end = self._offsets.item(code), self._offsets.item(code + 1)
        return self._decode(self._text[begin:end].tobytes())

    def gather(self, codes: np.ndarray) -> list[Any]:
        # Decoding all for a few rows would cost more than the query that asks for them.
        if "items" in self.__dict__ or len(codes) * 8 > len(self):
            return super().gather(codes)
        found = {code: self.item(code) if code >= 0 else None for code in np.unique(codes).tolist()}
        return [found[code] for code in codes.tolist()]
