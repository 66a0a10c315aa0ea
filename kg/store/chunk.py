"""A piece of the graph as an rdflib graph in memory, for pySHACL: the nodes to check and what their shapes look at.

rdflib's own memory store keeps three indexes and a context for each triple; the shapes need two indexes and none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

import pyoxigraph
from rdflib import Graph, Literal, URIRef
from rdflib.store import Store

from kg.store.statements import Statements
from kg.store.terms import RDFS, XSD, id_of
from kg.vocabulary import ENTITY_BASE

_LABEL_IRI = f"{RDFS}label"
_LABEL = f" <{_LABEL_IRI}> ".encode()
_NODE = re.compile(f"<({re.escape(ENTITY_BASE)}[^<> ]+)>".encode())
_STRING = f"{XSD}string"
# Nodes of these kinds are small and come whole as neighbours; of an entity its label is enough.
_WHOLE = ("build", "document", "fact", "figure", "mention", "merge")


class TwoIndexStore(Store):
    """Triples by subject and by predicate; contexts are ignored."""

    context_aware = graph_aware = True  # pySHACL asks for both

    def __init__(self) -> None:
        super().__init__()
        self.by_subject: dict[Any, dict[Any, list[Any]]] = {}
        self.by_predicate: dict[Any, dict[Any, list[Any]]] = {}
        self.n_triples = 0

    def insert(self, subject: Any, predicate: Any, object_: Any) -> None:
        """Adds a triple that is not there yet."""
        self.by_subject.setdefault(subject, {}).setdefault(predicate, []).append(object_)
        self.by_predicate.setdefault(predicate, {}).setdefault(object_, []).append(subject)
        self.n_triples += 1

    def triples(self, triple_pattern: Any, context: Any = None) -> Iterator[tuple[Any, Iterator[Any]]]:
        for triple in self._matches(*triple_pattern):
            yield triple, iter(())

    def _matches(self, subject: Any, predicate: Any, object_: Any) -> Iterator[tuple[Any, Any, Any]]:
        if subject is not None:
            found = self.by_subject.get(subject, {})
            for p in found if predicate is None else (predicate,):
                for o in found.get(p, ()):
                    if object_ is None or o == object_:
                        yield subject, p, o
            return
        for p in self.by_predicate if predicate is None else (predicate,):
            found = self.by_predicate.get(p, {})
            for o in found if object_ is None else (object_,):
                for s in found.get(o, ()):
                    yield s, p, o

    def __len__(self, context: Any = None) -> int:
        return self.n_triples


class Chunk:
    """A growing piece of a graph. `whole` holds the nodes that are in it with all their statements."""

    def __init__(self, statements: Statements) -> None:
        self._statements = statements
        self._lines: list[bytes] = []
        self._labelled: set[str] = set()
        self.whole: set[str] = set()
        self.n_triples = 0

    def add(self, id_: str) -> None:
        """Takes in a node with all its statements, and its neighbours as far as shapes look at them."""
        if id_ in self.whole:
            return
        self.whole.add(id_)
        lines = self._statements.of(id_)
        self._take(lines)
        for neighbour in set(_NODE.findall(lines)):
            self._add_neighbour(id_of(neighbour.decode("ascii")))

    def _add_neighbour(self, id_: str) -> None:
        if id_.partition("/")[0] in _WHOLE:
            self.add(id_)
        elif id_ not in self._labelled:
            self._labelled.add(id_)
            self._take(b"".join(line for line in self._statements.of(id_).splitlines(keepends=True) if _LABEL in line))

    def _take(self, lines: bytes) -> None:
        self._lines.append(lines)
        self.n_triples += lines.count(b"\n")

    def graph(self) -> Graph:
        """The chunk as an rdflib graph."""
        store = TwoIndexStore()
        iris: dict[str, URIRef] = {}
        literals: dict[Any, Literal] = {}
        # The label of a node that came as a neighbour first and whole later stands twice.
        seen: set[Any] = set()
        for quad in pyoxigraph.parse(b"".join(self._lines), pyoxigraph.RdfFormat.N_TRIPLES):
            predicate, object_ = quad.predicate.value, quad.object
            subject = _iri(quad.subject.value, iris)
            if isinstance(object_, pyoxigraph.NamedNode):
                store.insert(subject, _iri(predicate, iris), _iri(object_.value, iris))
                continue
            if predicate == _LABEL_IRI:
                if (subject, object_) in seen:
                    continue
                seen.add((subject, object_))
            literal = literals.get(object_)
            if literal is None:
                literal = literals[object_] = _literal(object_, iris)
            store.insert(subject, _iri(predicate, iris), literal)
        return Graph(store, bind_namespaces="none")


def _iri(value: str, iris: dict[str, URIRef]) -> URIRef:
    made = iris.get(value)
    if made is None:
        made = iris[value] = URIRef(value)
    return made


def _literal(term: pyoxigraph.Literal, iris: dict[str, URIRef]) -> Literal:
    datatype = term.datatype.value
    return Literal(term.value, datatype=None if datatype == _STRING else _iri(datatype, iris), normalize=False)


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
