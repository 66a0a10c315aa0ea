"""The graph as a file that any RDF tool reads. The same facts give the same bytes, whatever their order was.

Everything is derived from sorted N-Triples. When the build started and ended is left out: it is the clock's, not the
sources'.
"""

from __future__ import annotations

import heapq
import json
import os
import re
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from itertools import groupby, islice
from pathlib import Path
from typing import Any

import pyoxigraph

from kg.seeds import ontology_folder
from kg.store.serialize import ENDED, STARTED
from kg.store.terms import PREFIXES, RDF, XSD
from kg.vocabulary import ENTITY_BASE

FORMATS = ("turtle", "ntriples", "trig", "jsonld")

# Of two prefixes that fit, Oxigraph takes any: these fit one class each, and the rest stays in full.
_KINDS = (
    "build", "country", "document", "fact", "figure", "framework", "leader", "meeting", "mention", "merge",
    "organization", "place", "project", "topic",
)  # fmt: skip
_EXPORT_PREFIXES = {name: iri for name, iri in PREFIXES.items() if name != "id"}
_EXPORT_PREFIXES |= {kind: f"{ENTITY_BASE}{kind}/" for kind in _KINDS}
_SORT_LINES = 250_000
_CLOCK = (f" {STARTED} ".encode(), f" {ENDED} ".encode())


def export(dataset: pyoxigraph.Store, format: str) -> Iterator[bytes]:
    """The dataset in one of `FORMATS`, in pieces. Memory stays bounded: sorting uses files in the temporary folder."""
    lines = (line for line in sorted_lines(dataset) if not any(predicate in line for predicate in _CLOCK))
    if format == "ntriples":
        return lines
    if format in ("turtle", "trig"):
        # One graph: TriG and Turtle write it alike.
        return turtle(lines)
    if format == "jsonld":
        return jsonld(lines)
    raise ValueError(f"'{format}' is no format of the graph; choose from {', '.join(FORMATS)}")


def sorted_lines(dataset: pyoxigraph.Store) -> Iterator[bytes]:
    """The dataset as sorted lines of canonical N-Triples."""
    with tempfile.TemporaryDirectory(prefix="kg-export-") as name, ExitStack() as files:
        folder = Path(name)
        dump = folder / "dump.nt"
        dataset.dump(os.fspath(dump), pyoxigraph.RdfFormat.N_TRIPLES, from_graph=pyoxigraph.DefaultGraph())
        runs: list[Iterable[bytes]] = []
        with open(dump, "rb") as source:
            while run := sorted(islice(source, _SORT_LINES)):
                if len(run) < _SORT_LINES and not runs:
                    runs.append(run)
                    break
                path = folder / f"run-{len(runs)}.nt"
                path.write_bytes(b"".join(run))
                runs.append(files.enter_context(open(path, "rb")))
        yield from heapq.merge(*runs)


def turtle(lines: Iterable[bytes]) -> Iterator[bytes]:
    """Sorted N-Triples as Turtle, grouped by subject."""
    for prefix, namespace in sorted(_EXPORT_PREFIXES.items()):
        yield f"@prefix {prefix}: <{namespace}> .\n".encode()
    batch: list[bytes] = []
    for _, group in groupby(lines, key=_subject):
        batch += group
        if len(batch) > 10_000:
            yield _turtle(batch)
            batch = []
    yield _turtle(batch)


def _subject(line: bytes) -> bytes:
    return line.partition(b" ")[0]


def _turtle(lines: list[bytes]) -> bytes:
    """Statements without the prefixes, which Oxigraph writes in an order of its own."""
    quads = pyoxigraph.parse(b"".join(lines), pyoxigraph.RdfFormat.N_TRIPLES)
    triples = (quad.triple for quad in quads)
    text = pyoxigraph.serialize(triples, format=pyoxigraph.RdfFormat.TURTLE, prefixes=_EXPORT_PREFIXES) or b""
    return re.sub(rb"\A(?:@prefix [^\n]*\n)*", b"\n", text)


# ---------------------------------------------------------------- JSON-LD


def jsonld(lines: Iterable[bytes]) -> Iterator[bytes]:
    """Sorted N-Triples as one JSON-LD document with our context in it, a node a line."""
    context = json.loads((ontology_folder() / "context.jsonld").read_text(encoding="utf-8"))["@context"]
    names = _Names(context)
    yield b'{"@context": ' + _json(context) + b',\n"@graph": ['
    separator = b"\n"
    for _, group in groupby(lines, key=_subject):
        quads = list(pyoxigraph.parse(b"".join(group), pyoxigraph.RdfFormat.N_TRIPLES))
        yield separator + _json(_node(quads, names))
        separator = b",\n"
    yield b"\n]}\n"


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, sort_keys=True).encode("utf-8")


class _Names:
    """The context read backwards: IRI -> the short name and how it types its values."""

    def __init__(self, context: dict[str, Any]) -> None:
        self.prefixes = {name: iri for name, iri in context.items() if isinstance(iri, str)}
        self.terms: dict[str, tuple[str, str | None]] = {}
        for name, entry in context.items():
            if isinstance(entry, dict):
                self.terms[self.expand(entry["@id"])] = (name, entry.get("@type"))

    def expand(self, short: str) -> str:
        prefix, _, local = short.partition(":")
        return self.prefixes[prefix] + local if prefix in self.prefixes else short

    def compact(self, iri: str) -> str:
        for prefix, namespace in self.prefixes.items():
            local = iri[len(namespace) :]
            if iri.startswith(namespace) and local and not local.startswith("//"):
                return f"{prefix}:{local}"
        return iri


def _node(quads: list[pyoxigraph.Quad], names: _Names) -> dict[str, Any]:
    subject = quads[0].subject
    assert isinstance(subject, pyoxigraph.NamedNode)
    node: dict[str, Any] = {"@id": names.compact(subject.value)}
    for quad in quads:
        predicate = quad.predicate.value
        if predicate == f"{RDF}type":
            key, value = "@type", _value(quad.object, "@id", names)
        else:
            key, type_ = names.terms.get(predicate, (names.compact(predicate), None))
            value = _value(quad.object, type_, names)
        node.setdefault(key, []).append(value)
    return {key: value[0] if isinstance(value, list) and len(value) == 1 else value for key, value in node.items()}


def _value(term: Any, type_: str | None, names: _Names) -> Any:
    if isinstance(term, pyoxigraph.NamedNode):
        iri = names.compact(term.value)
        return iri if type_ == "@id" else {"@id": iri}
    datatype = term.datatype.value
    if datatype == f"{XSD}string" and type_ is None:
        return term.value
    if type_ is not None and names.expand(type_) == datatype:
        return term.value
    typed = {} if datatype == f"{XSD}string" else {"@type": names.compact(datatype)}
    return {**typed, "@value": term.value}
