"""The magics. A fault in a query is shown as its line and a caret, without a traceback, and the cell fails."""

from __future__ import annotations

import argparse
import json
import shlex
from collections.abc import Callable, Mapping
from typing import Any, NoReturn

from IPython.core.magic import Magics, cell_magic, line_magic, magics_class, needs_local_scope

from kg.errors import KgError
from kg.knowledge_graph import KnowledgeGraph
from kg.knowledge_graph import open as open_graph

_VARIABLE = "graph"


class CellError(KgError):
    """What is wrong with a cell, in words that need no traceback."""

    def _render_traceback_(self) -> list[str]:
        return str(self).splitlines()


class _Parser(argparse.ArgumentParser):
    """Says what is wrong with a line instead of leaving the program."""

    def error(self, message: str) -> NoReturn:
        raise CellError(f"{self.prog}: {message}\n{self.format_usage().strip()}")


@magics_class
class GraphMagics(Magics):
    """Ask the graph that `%kg_use` named, else the variable `graph` of the notebook."""

    def __init__(self, shell: Any) -> None:
        super().__init__(shell)
        self._variables_of_notebook: dict[str, Any] = shell.user_ns
        self._used: KnowledgeGraph | None = None

    @line_magic
    def kg_use(self, line: str) -> None:
        """%kg_use FOLDER: ask the graph in that folder from now on."""
        folder = _split("%kg_use", line)
        if len(folder) != 1:
            raise CellError("%kg_use needs the folder of a graph, as in %kg_use graph")
        self._used = _opened(folder[0])

    @needs_local_scope
    @cell_magic
    def sparql(self, line: str, cell: str, local_ns: Mapping[str, Any] | None = None) -> Any:
        """%%sparql [--df NAME] [--store FOLDER]: answer the SPARQL query in the cell."""
        given = _parsed(_parser("%%sparql"), line)
        graph = self._chosen(given.store, local_ns)
        return self._answer(lambda: graph.sparql(cell), given.df)

    @needs_local_scope
    @cell_magic
    def cypher(self, line: str, cell: str, local_ns: Mapping[str, Any] | None = None) -> Any:
        """%%cypher [--df NAME] [--store FOLDER] [--param K=V]: answer the Cypher query in the cell.

        V is JSON if it reads as JSON, else text; `--param K` alone takes the variable K of the notebook.
        """
        parser = _parser("%%cypher")
        parser.add_argument("--param", action="append", default=[], metavar="K[=V]")
        given = _parsed(parser, line)
        graph, known = self._chosen(given.store, local_ns), self._variables(local_ns)
        parameters = dict(_parameter(text, known) for text in given.param)
        return self._answer(lambda: graph.cypher(cell, parameters), given.df)

    def _chosen(self, store: str | None, local_ns: Mapping[str, Any] | None) -> KnowledgeGraph:
        if store is not None:
            return _opened(store)
        held = self._used or self._variables(local_ns).get(_VARIABLE)
        if not isinstance(held, KnowledgeGraph):
            raise CellError('which graph? Open one, as in graph = kg.open("graph"), or name its folder: %kg_use FOLDER')
        return held

    def _variables(self, local_ns: Mapping[str, Any] | None) -> dict[str, Any]:
        return {**self._variables_of_notebook, **(local_ns or {})}

    def _answer(self, ask: Callable[[], Any], name: str | None) -> Any:
        """The answer; its frame also goes into the variable `name`."""
        if name is not None and not name.isidentifier():
            raise CellError(f"--df needs the name of a variable, and '{name}' can be none")
        try:
            answer = ask()
            if name is not None:
                self._variables_of_notebook[name] = answer.to_pandas()
        except KgError as error:
            raise CellError(str(error)) from None
        return answer


def _parser(name: str) -> _Parser:
    parser = _Parser(prog=name, add_help=False, allow_abbrev=False)
    parser.add_argument("--df", metavar="NAME")
    parser.add_argument("--store", metavar="FOLDER")
    return parser


def _parsed(parser: _Parser, line: str) -> argparse.Namespace:
    return parser.parse_args(_split(parser.prog, line))


def _split(name: str, line: str) -> list[str]:
    try:
        return shlex.split(line)
    except ValueError as error:
        raise CellError(f"{name}: {error}") from None


def _parameter(text: str, known: Mapping[str, Any]) -> tuple[str, Any]:
    """The name and the value of "name=value", or of a variable."""
    name, equals, value = text.partition("=")
    if equals:
        try:
            return name, json.loads(value)
        except ValueError:
            return name, value
    if name not in known:
        raise CellError(f"--param {name}: there is no variable '{name}'; write {name}=VALUE")
    return name, known[name]


def _opened(folder: str) -> KnowledgeGraph:
    try:
        return open_graph(folder)
    except KgError as error:
        raise CellError(str(error)) from None
