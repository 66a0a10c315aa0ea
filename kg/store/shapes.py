"""The shapes of `ontology/shapes.ttl` on what was stored, with pySHACL.

In chunks, so that memory stays bounded; at build time only over nodes that no earlier dataset has proved good.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from pyshacl import validate
from rdflib import Graph, URIRef

from kg.errors import StoreError
from kg.seeds import ontology_folder
from kg.store.chunk import chunks
from kg.store.statements import Statements
from kg.store.terms import id_of

CHUNK_TRIPLES = 100_000
_SH = "http://www.w3.org/ns/shacl#"


@dataclass(frozen=True, slots=True, order=True)
class Violation:
    """A node that a shape rejects: its id or, for a value, its text; the name of the shape; why."""

    node: str
    shape: str
    message: str


def shapes_digest() -> str:
    """What names the shapes: a dataset that other shapes found good is checked again."""
    return hashlib.sha256(_shapes_path().read_bytes()).hexdigest()[:16]


def check_shapes(statements: Statements, ids: Iterable[str]) -> list[Violation]:
    """The violations at the nodes with these ids and at what they point to, sorted and without repetition."""
    found: set[Violation] = set()
    for graph in chunks(statements, checking_order(ids), CHUNK_TRIPLES):
        found.update(_validate(graph))
    return sorted(found)


def checking_order(ids: Iterable[str]) -> list[str]:
    """Facts first: they bring their mentions and documents into the same chunk."""
    return sorted(ids, key=lambda id_: (not id_.startswith(("fact/", "figure/")), id_))


def _validate(graph: Graph) -> list[Violation]:
    conforms, report, text = validate(graph, shacl_graph=_shapes_graph(), inplace=True)
    if conforms:
        return []
    if not hasattr(report, "subjects"):
        raise StoreError(f"the shapes in '{_shapes_path()}' cannot be used: {text}")
    return [_violation(report, result) for result in report.objects(None, URIRef(f"{_SH}result"))]


def _violation(report: Graph, result: Any) -> Violation:
    def of(name: str) -> str:
        return str(report.value(result, URIRef(f"{_SH}{name}")) or "")

    return Violation(id_of(of("focusNode")), of("sourceShape").rpartition("#")[2], of("resultMessage"))


@cache
def _shapes_graph() -> Graph:
    return Graph().parse(data=_shapes_path().read_bytes(), format="turtle")


def _shapes_path() -> Path:
    return ontology_folder() / "shapes.ttl"
