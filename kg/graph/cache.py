"""A property graph on disk: arrays as .npy files, mapped into memory when opened, and a manifest that seals them.

The manifest names the format, what the graph was made from, and the digest of every file; it holds its own digest
too. A folder in which anything does not agree is no cache: the graph is made again. Nothing in it is ever executed.
"""

from __future__ import annotations

import hashlib
import json
import os
import secrets
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import numpy as np

from kg.graph.column import Column, NumberColumn, ObjectColumn, StringColumn
from kg.graph.columns import GraphData, PropertyGraph
from kg.graph.pool import Pool, StoredPool

# To be raised whenever the files, or the mapping from facts to properties, change their meaning.
FORMAT = 1

_MANIFEST = "manifest.json"
# Below this a file is read at once: mapping it would cost more.
_SMALL = 1 << 16

_Form = dict[str, Any]


def open_or_build(folder: Path, made_from: str, build: Callable[[], PropertyGraph]) -> PropertyGraph:
    """The graph in the folder if it was made from that, else the one that `build` makes, kept there where possible."""
    graph = open_columns(folder, made_from)
    if graph is None:
        graph = build()
        save_columns(graph, folder, made_from)
    return graph


# ---------------------------------------------------------------- writing


def save_columns(graph: PropertyGraph, folder: Path, made_from: str) -> bool:
    """Puts the graph into the folder, in one step, in place of what was there. Gives whether it could.

    A folder that cannot be written to is no error: there is just no cache. The same holds for what has no UTF-8 or
    no JSON: lone surrogates and temporal values.
    """
    new = folder.with_name(f"{folder.name}-{secrets.token_hex(4)}")
    try:
        new.mkdir()
        _Writer(new).write(graph.data, made_from)
        _replace(folder, new)
    except (OSError, TypeError, UnicodeEncodeError):
        shutil.rmtree(new, ignore_errors=True)
        return False
    return True


def _replace(folder: Path, new: Path) -> None:
    if folder.exists():
        old = new.with_name(new.name + "-old")
        os.rename(folder, old)
        shutil.rmtree(old, ignore_errors=True)
    os.rename(new, folder)


class _Writer:
    """Writes arrays under numbers, and remembers their digests."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._files: dict[str, str] = {}

    def write(self, data: GraphData, made_from: str) -> None:
        graph = {
            "label_sets": data.label_sets,
            "types": data.types,
            **{name: self._array(getattr(data, name)) for name in _ARRAYS},
            "node_columns": {key: self._column(column) for key, column in data.node_columns.items()},
            "relationship_columns": {key: self._column(column) for key, column in data.relationship_columns.items()},
            "node_keys": data.node_keys and self._column(data.node_keys),
            "relationship_keys": data.relationship_keys and self._column(data.relationship_keys),
        }
        body = {"format": FORMAT, "made_from": made_from, "files": self._files, "graph": graph}
        sealed = {"digest": _body_digest(body), "body": body}
        (self._folder / _MANIFEST).write_text(json.dumps(sealed), encoding="ascii")

    def _array(self, array: np.ndarray) -> str:
        name = f"{len(self._files)}.npy"
        path = self._folder / name
        np.save(path, array, allow_pickle=False)
        self._files[name] = _file_digest(path)
        return name

    def _column(self, column: Column) -> _Form:
        if isinstance(column, NumberColumn):
            null = None if column.null is None else self._array(column.null)
            return {"kind": column.kind, "values": self._array(column.values), "null": null}
        assert isinstance(column, (StringColumn, ObjectColumn))
        encode = _encode_text if column.kind == "string" else _encode_json
        text, offsets = _packed(column.pool, encode)
        arrays = {"codes": column.codes, "text": text, "offsets": offsets}
        return {"kind": column.kind, **{name: self._array(array) for name, array in arrays.items()}}


_ARRAYS = ("label_codes", "type_codes", "source", "target")


def _packed(pool: Pool, encode: Callable[[Any], bytes]) -> tuple[np.ndarray, np.ndarray]:
    """The values of a pool one behind the other, and where each begins."""
    texts = list(map(encode, pool.items))
    offsets = np.zeros(len(texts) + 1, np.int64)
    np.cumsum(np.fromiter(map(len, texts), np.int64, len(texts)), out=offsets[1:])
    return np.frombuffer(b"".join(texts), np.uint8), offsets


def _encode_text(text: str) -> bytes:
    return text.encode("utf-8")


def _decode_text(text: bytes) -> str:
    return text.decode("utf-8")


def _encode_json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode("utf-8")


# ---------------------------------------------------------------- reading


def open_columns(folder: Path, made_from: str) -> PropertyGraph | None:
    """The graph in the folder; None unless it is whole, of this format, and made from that."""
    try:
        sealed = json.loads((folder / _MANIFEST).read_bytes())
        body = sealed["body"]
        if sealed["digest"] != _body_digest(body) or (body["format"], body["made_from"]) != (FORMAT, made_from):
            return None
        if any(_file_digest(folder / name) != digest for name, digest in body["files"].items()):
            return None
        return PropertyGraph(_Reader(folder).read(body["graph"]))
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None


class _Reader:
    """Opens the arrays of a folder whose digests agree."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def read(self, form: _Form) -> GraphData:
        return GraphData(
            label_sets=tuple(tuple(labels) for labels in form["label_sets"]),
            types=tuple(form["types"]),
            **{name: self._array(form[name]) for name in _ARRAYS},
            node_columns={key: self._column(column) for key, column in form["node_columns"].items()},
            relationship_columns={key: self._column(column) for key, column in form["relationship_columns"].items()},
            node_keys=form["node_keys"] and self._column(form["node_keys"]),
            relationship_keys=form["relationship_keys"] and self._column(form["relationship_keys"]),
        )

    def _array(self, name: str) -> np.ndarray:
        path = self._folder / name
        mapped: Any = "r" if path.stat().st_size >= _SMALL else None
        # As a plain array: slices of a memory map carry its bookkeeping along.
        array = np.asarray(np.load(path, mmap_mode=mapped, allow_pickle=False))
        array.flags.writeable = False
        return array

    def _column(self, form: Mapping[str, Any]) -> Column:
        if form["kind"] not in ("string", "object"):
            null = None if form["null"] is None else self._array(form["null"])
            return NumberColumn(form["kind"], self._array(form["values"]), null)
        text, offsets, codes = (self._array(form[name]) for name in ("text", "offsets", "codes"))
        if form["kind"] == "string":
            return StringColumn(codes, StoredPool(text, offsets, _decode_text))
        return ObjectColumn(codes, StoredPool(text, offsets, json.loads))


# ---------------------------------------------------------------- digests


def _file_digest(path: Path) -> str:
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _body_digest(body: Mapping[str, Any]) -> str:
    return hashlib.sha256(json.dumps(body, sort_keys=True).encode("ascii")).hexdigest()
