"""SPARQL through the rdflib API, evaluated by Oxigraph alone and guarded by the gate.

oxrdflib hands a query's text to Oxigraph, but gives prepared queries and unknown arguments back to rdflib's own
engine, which is hundreds of times slower. `GraphStore` refuses those, and everything that would write.
"""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Mapping
from typing import Any, NoReturn

import pyoxigraph
from oxrdflib._converter import from_ox, to_ox
from oxrdflib.store import OxigraphStore
from rdflib import Graph, URIRef, Variable
from rdflib.graph import DATASET_DEFAULT_GRAPH_ID
from rdflib.query import Result

from kg.errors import ForbiddenQuery, QueryError
from kg.store.answer import Answer, boolean_answer, graph_answer, rows_answer
from kg.store.gate import Token, check_query, place, tokens
from kg.store.terms import PREFIXES


class Found(Result):
    """rdflib's result over what Oxigraph found; terms are made only when someone asks for them."""

    def __init__(self, raw: Any) -> None:
        if isinstance(raw, pyoxigraph.QueryBoolean):
            super().__init__("ASK")
            self.askAnswer = bool(raw)
        elif isinstance(raw, pyoxigraph.QuerySolutions):
            super().__init__("SELECT")
            # No reference to `self`: in a circle, the solutions would live until the collector of some other thread
            # drops them, which pyoxigraph does not allow.
            names = [Variable(variable.value) for variable in raw.variables]
            self.vars = names
            self.bindings = (_binding(names, solution) for solution in raw)
        else:
            super().__init__("CONSTRUCT")
        self.raw = raw
        self._made: Any = None

    @property
    def graph(self) -> Any:
        if self.type == "CONSTRUCT" and self._made is None:
            self._made = Graph()
            for triple in self.raw:
                self._made.add(from_ox(triple))
        return self._made

    @graph.setter
    def graph(self, graph: Any) -> None:
        self._made = graph


def _binding(names: list[Any], solution: Any) -> dict[Any, Any]:
    return {name: from_ox(value) for name, value in zip(names, solution, strict=True) if value is not None}


class GraphStore(OxigraphStore):
    """oxrdflib's store for reading only: every query passes the gate, and Oxigraph evaluates it or nobody does."""

    def query(
        self,
        query: Any,
        initNs: Mapping[str, Any],
        initBindings: Mapping[str, Any],
        queryGraph: Any,
        **kwargs: object,
    ) -> Found:
        if not isinstance(query, str) or kwargs:
            raise QueryError("pass the text of the query and no more: rdflib would evaluate a prepared one, slowly")
        check_query(query)
        prefixes = {**self._namespace_for_prefix, **initNs}
        try:
            raw = self._inner.query(
                query,
                prefixes={prefix: str(namespace) for prefix, namespace in prefixes.items()},
                substitutions=_substitutions(initBindings),
            )
        except SyntaxError as error:
            raise syntax_error(query, str(error), prefixes) from error
        except UnicodeEncodeError as error:
            line, column = place(query, error.start)
            raise QueryError("half a character stands here", query=query, line=line, column=column) from error
        return Found(raw)

    def _refuse(self, *_: object, **__: object) -> NoReturn:
        raise ForbiddenQuery("the graph is read-only: it changes by `kg build` and `kg withdraw`")

    add = addN = remove = update = add_graph = remove_graph = destroy = open = _refuse


def _substitutions(bindings: Mapping[str, Any]) -> dict[pyoxigraph.Variable, Any]:
    return {pyoxigraph.Variable(name): to_ox(value) for name, value in bindings.items()}


def rdflib_graph(dataset: pyoxigraph.Store) -> Graph:
    """The dataset as an rdflib Graph with the prefixes of the ontology, for those who work with rdflib."""
    store = GraphStore(store=dataset)
    for prefix, namespace in PREFIXES.items():
        store.bind(prefix, URIRef(namespace))
    return Graph(store, identifier=DATASET_DEFAULT_GRAPH_ID, bind_namespaces="none")


def answer(graph: Graph, query: str) -> Answer:
    """What the graph answers. Raises QueryError with line and column, ForbiddenQuery from the gate."""
    try:
        found = graph.query(query)
        assert isinstance(found, Found)
        if found.type == "ASK":
            return boolean_answer(found.raw)
        return rows_answer(found.raw) if found.type == "SELECT" else graph_answer(found.raw)
    except RuntimeError as error:
        if "Corruption" in str(error) or "IO error" in str(error):
            raise
        raise QueryError(f"{error}, so the query cannot be answered", query=query) from error


# ---------------------------------------------------------------- where a syntax error is


_GAP = " " * 24  # longer than the longest keyword
_REPORT = re.compile(r"error at (\d+):(\d+): expected (?:one of )?(.*)", re.DOTALL)
_SENTENCE = re.compile(r"[A-Za-z]+(?: [A-Za-z]+){2,}")
_BREAKS = frozenset("{}()[];,")


def syntax_error(query: str, report: str, prefixes: Mapping[str, Any]) -> QueryError:
    """Oxigraph's report as an error at the piece that does not fit.

    Oxigraph names the place up to which it looked ahead for a keyword, some characters past the fault. So the query
    is parsed once more with its pieces far apart: then that place lies in the piece at fault or in the gap behind it.
    """
    pieces = _pieces(query)
    starts, stretched = [], ""
    for piece in pieces:
        starts.append(len(stretched))
        stretched += re.sub(r"[\r\n]", " ", piece.text) + _GAP
    try:
        pyoxigraph.Store().query(stretched, prefixes={name: str(namespace) for name, namespace in prefixes.items()})
    except SyntaxError as error:
        report = str(error)
    match = _REPORT.match(report)
    if not match:
        return QueryError(report, query=query)
    at = int(match[2]) - 1
    if at >= len(stretched):
        line, column = place(query, len(query.rstrip()))
        return QueryError(_what_ends(match[3], query), query=query, line=line, column=column)
    piece = pieces[max(bisect(starts, at) - 1, 0)]
    line, column = place(query, piece.begin)
    return QueryError(_what_fails(piece.text, match[3], piece is pieces[0]), query=query, line=line, column=column)


def _pieces(query: str) -> list[Token]:
    """The query cut at spaces and brackets, where a gap changes nothing; `12.5` and `"a"@en` stay whole."""
    pieces: list[Token] = []
    joined = False
    for token in tokens(query):
        apart = token.kind in ("space", "comment") or token.text in _BREAKS
        if joined and not apart:
            last = pieces.pop()
            pieces.append(Token(last.kind, last.text + token.text, last.begin))
        elif token.kind not in ("space", "comment"):
            pieces.append(token)
        joined = not apart
    return pieces


def _what_ends(expected: str, query: str) -> str:
    if not query.strip():
        return "the query is empty"
    sentence = _SENTENCE.search(expected)
    return _lower(sentence[0]) if sentence else "the query ends too early"


def _what_fails(piece: str, expected: str, first: bool) -> str:
    if first:
        return f"'{piece}' begins no query; one begins with SELECT, ASK, CONSTRUCT, DESCRIBE or PREFIX"
    if "Prefix not found" in expected:
        prefix = re.search(r"[\w.-]*:", piece)
        name = prefix[0] if prefix else piece
        return f"the prefix '{name}' is not declared; known without being declared: {', '.join(PREFIXES)}"
    if "IRI parsing failed" in expected:
        return "this is no IRI: one has a scheme, as in <https://example.org/>, and no spaces"
    sentence = _SENTENCE.search(expected)
    return _lower(sentence[0]) if sentence else f"'{piece}' cannot stand here"


def _lower(sentence: str) -> str:
    return sentence[0].lower() + sentence[1:]
