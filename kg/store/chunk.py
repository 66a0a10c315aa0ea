"""A piece of the graph as an rdflib graph in memory, for pySHACL: the nodes to check and what their shapes look at.

rdflib's own memory store keeps three indexes and a context for each triple; the shapes ask by subject, by
predicate and by type only.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

import pyoxigraph
from rdflib import RDF, Graph, Literal, URIRef
from rdflib.store import Store

from kg.store.statements import Statements
from kg.store.terms import RDFS, TYPE, XSD, id_of
from kg.vocabulary import ENTITY_BASE

_LABEL_TERM, _TYPE_TERM = f"<{RDFS}label>".encode(), TYPE.encode()
_LABEL = b" " + _LABEL_TERM + b" "
_NODE = re.compile(f"<({re.escape(ENTITY_BASE)}[^<> ]+)>".encode())
_STRING = f"{XSD}string"
# Nodes of these kinds are small and come whole as neighbours; of an entity its label is enough.
_WHOLE = ("build", "document", "fact", "figure", "mention", "merge")


class ChunkStore(Store):
    """Triples by subject, with the subjects of each predicate and type; contexts are ignored."""

    context_aware = graph_aware = True  # pySHACL asks for both

    def __init__(self) -> None:
        super().__init__()
        self.statements: dict[Any, dict[Any, list[Any]]] = {}
        self.subjects: dict[Any, list[Any]] = {}
        self.instances: dict[Any, list[Any]] = {}
        self.n_triples = 0

    def triples(self, triple_pattern: Any, context: Any = None) -> Iterator[tuple[Any, Iterator[Any]]]:
        for triple in self._matches(*triple_pattern):
            yield triple, iter(())

    def _matches(self, subject: Any, predicate: Any, object_: Any) -> Iterator[tuple[Any, Any, Any]]:
        if subject is not None:
            found = self.statements.get(subject, {})
            for p in found if predicate is None else (predicate,):
                for o in found.get(p, ()):
                    if object_ is None or o == object_:
                        yield subject, p, o
            return
        if predicate == RDF.type and object_ is not None:
            for s in self.instances.get(object_, ()):
                yield s, predicate, object_
            return
        for p in self.subjects if predicate is None else (predicate,):
            for s in self.subjects.get(p, ()):
                yield from self._matches(s, p, object_)

    def __len__(self, context: Any = None) -> int:
        return self.n_triples


class Chunk:
    """A growing piece of a graph. `whole` holds the nodes that are in it with all their statements."""

    def __init__(self, statements: Statements) -> None:
        self._statements = statements
        self._lines: list[bytes] = []
        self._neighbours: set[bytes] = set()
        self.whole: set[str] = set()
        self.n_triples = 0

    def add(self, id_: str) -> None:
        """Takes in a node with all its statements, and its neighbours as far as shapes look at them."""
        if id_ in self.whole:
            return
        self.whole.add(id_)
        lines = self._statements.of(id_)
        self._take(lines)
        for neighbour in _NODE.findall(lines):
            if neighbour not in self._neighbours:
                self._neighbours.add(neighbour)
                self._add_neighbour(id_of(neighbour.decode("ascii")))

    def _add_neighbour(self, id_: str) -> None:
        if id_.partition("/")[0] in _WHOLE:
            self.add(id_)
        elif id_ not in self.whole:
            self._take(b"".join(line for line in self._statements.of(id_).splitlines(keepends=True) if _LABEL in line))

    def _take(self, lines: bytes) -> None:
        self._lines.append(lines)
        self.n_triples += lines.count(b"\n")

    def graph(self) -> Graph:
        """The chunk as an rdflib graph."""
        store = ChunkStore()
        terms: dict[bytes, Any] = {}
        labels: set[bytes] = set()
        last, node = b"", None
        statements: dict[Any, list[Any]] = {}
        # One plain loop: it runs for every triple that is checked, and calls would cost more than the work.
        for line in b"".join(self._lines).split(b"\n")[:-1]:
            subject, predicate, rest = line.split(b" ", 2)
            if predicate == _LABEL_TERM:
                # The label of a node that came as a neighbour first and whole later stands twice.
                if line in labels:
                    continue
                labels.add(line)
            if subject != last:
                last, node = subject, _made(subject, terms)
                statements = store.statements.setdefault(node, {})
            property_ = terms.get(predicate) or _made(predicate, terms)
            text = rest[:-2]
            value = terms[text] if text in terms else _made(text, terms)
            values = statements.get(property_)
            if values is None:
                statements[property_] = [value]
                store.subjects.setdefault(property_, []).append(node)
            else:
                values.append(value)
            if predicate == _TYPE_TERM:
                store.instances.setdefault(value, []).append(node)
            store.n_triples += 1
        return Graph(store, bind_namespaces="none")


def _made(text: bytes, terms: dict[bytes, Any]) -> Any:
    """The rdflib term of a term in N-Triples, made once."""
    if text not in terms:
        terms[text] = URIRef(text[1:-1].decode("utf-8")) if text.startswith(b"<") else _literal(text)
    return terms[text]


def _literal(text: bytes) -> Literal:
    lexical, _, type_ = text.rpartition(b'"')
    if b"\\" not in lexical and not type_.startswith(b"@"):
        return Literal(lexical[1:].decode("utf-8"), datatype=type_[3:-1].decode("utf-8") or None, normalize=False)
    quad = next(iter(pyoxigraph.parse(b"<x:s> <x:p> " + text + b" .", pyoxigraph.RdfFormat.N_TRIPLES)))
    term = quad.object
    assert isinstance(term, pyoxigraph.Literal)
    datatype = None if term.datatype.value == _STRING else URIRef(term.datatype.value)
    return Literal(term.value, lang=term.language, datatype=None if term.language else datatype, normalize=False)


def chunks(statements: Statements, ids: Iterable[str], size: int) -> Iterator[Graph]:
    """The nodes in graphs of some `size` triples. A node that came whole as a neighbour is not taken again."""
    done: set[str] = set()
    chunk = Chunk(statements)
    for id_ in ids:
        if id_ in done:
            continue
        chunk.add(id_)
        if chunk.n_triples >= size:
            yield chunk.graph()
            done |= chunk.whole
            chunk = Chunk(statements)
    if chunk.whole:
        yield chunk.graph()
