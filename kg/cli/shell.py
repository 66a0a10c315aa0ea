"""The shell of kg cypher: many questions to one graph, with history, completion and several lines a query."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from prompt_toolkit import PromptSession
from prompt_toolkit.completion import CompleteEvent
from prompt_toolkit.history import FileHistory, History, InMemoryHistory
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from prompt_toolkit.lexers import PygmentsLexer

from kg.cli.completion import Completion
from kg.cli.cypher import put_answer, put_evidence, read_parameter
from kg.cli.show import ROW_FORMATS, put, put_rows, say
from kg.errors import KgError

if TYPE_CHECKING:
    from kg.cypher import Result
    from kg.knowledge_graph import KnowledgeGraph

_SHOWN = 100
_HELP = """\
A query may have several lines; it ends with ; or with an empty line. Tab completes, up and down go through the history.
  :schema            labels, relationship types and properties, counted
  :evidence          the sentences behind the last answer
  :explain QUERY     how a query would be answered
  :param NAME=VALUE  give $NAME a value, JSON or text; without one, list them
  :format FORM       print answers as {forms}
  :help, :quit       this text; the end, as Ctrl-D does. Ctrl-C stops a query."""


class Shell:
    """One session: the graph, what was set, and the last answer."""

    def __init__(
        self,
        graph: KnowledgeGraph,
        parameters: dict[str, Any] | None = None,
        *,
        form: str = "table",
        n_shown: int | None = None,
        timeout: float | None = None,
        memory: float | None = None,
    ) -> None:
        self.graph = graph
        self.parameters = dict(parameters or {})
        self.form = form
        self.n_shown = n_shown
        self.limits = {"timeout": timeout, "memory": memory}
        self.last: Result | None = None
        self.commands: dict[str, Callable[[str], None]] = {
            ":help": self._help,
            ":schema": self._schema,
            ":evidence": self._evidence,
            ":explain": self._explain,
            ":param": self._param,
            ":format": self._format,
            ":quit": self._quit,
        }

    def run(self) -> None:
        """Ask and answer until the user leaves."""
        say(f"The graph in {self.graph.store.path}: :help tells what can be done, :quit leaves.")
        session: PromptSession[str] = PromptSession(
            "cypher> ",
            multiline=True,
            prompt_continuation="     -> ",
            key_bindings=_keys(),
            lexer=_lexer(),
            completer=Completion(self.graph.cypher_graph.schema(), sorted(self.commands), self.parameters),
            complete_while_typing=False,
            history=_history(),
        )
        while True:
            try:
                self.answer(session.prompt())
            except KeyboardInterrupt:  # drops the line, or stops the query
                continue
            except EOFError:
                return

    def answer(self, text: str) -> None:
        """Answer one query or obey one command. Raises EOFError for :quit; what went wrong is told."""
        words = text.strip()
        try:
            if words.startswith(":"):
                self._obey(words)
            elif words.rstrip(";"):
                self._ask(words)
        except click.UsageError as error:
            say(error.message)
        except KgError as error:
            say(str(error))
        except KeyboardInterrupt:
            say("Stopped.")

    def _ask(self, query: str) -> None:
        self.last = self.graph.cypher(query, self.parameters, **self.limits)
        put_answer(self.last, self.form, self._most())

    def _most(self) -> int | None:
        """How many rows are shown: in a table no more than a reader looks at."""
        return _SHOWN if self.n_shown is None and self.form == "table" else self.n_shown

    def _obey(self, words: str) -> None:
        name, *rest = words.split(maxsplit=1)
        command = self.commands.get({":exit": ":quit", ":params": ":param"}.get(name, name).rstrip(";"))
        if command is None:
            raise click.UsageError(f"'{name}' is no command; there are {', '.join(sorted(self.commands))}")
        command(rest[0].rstrip("; ") if rest else "")

    def _help(self, _: str) -> None:
        put(_HELP.format(forms=", ".join(ROW_FORMATS)))

    def _schema(self, _: str) -> None:
        rows = [row._asdict() for row in self.graph.cypher_graph.schema()]
        put_rows(rows, ("kind", "name", "n"), self.form)

    def _evidence(self, _: str) -> None:
        if self.last is None:
            raise click.UsageError("nothing was asked yet; :evidence shows what the last answer rests on")
        put_evidence(self.graph, self.last.rows, self.form, self._most())

    def _explain(self, query: str) -> None:
        if not query:
            raise click.UsageError("write a query behind it, as in :explain MATCH (n) RETURN n")
        put(self.graph.cypher_graph.explain(query))

    def _param(self, text: str) -> None:
        if text:
            self.parameters.update([read_parameter(text)])
        else:
            from kg.cypher.notation import write

            put("\n".join(f"${name} = {write(value)}" for name, value in sorted(self.parameters.items())) or "none")

    def _format(self, form: str) -> None:
        if form not in ROW_FORMATS:
            raise click.UsageError(f"answers are printed as {self.form}; there are {', '.join(ROW_FORMATS)}")
        self.form = form

    def _quit(self, _: str) -> None:
        raise EOFError


def is_complete(text: str) -> bool:
    """Whether Enter at the end of this text asks: a command, a query with its semicolon, or a line left empty.

    >>> [is_complete(text) for text in (":help", "RETURN 1;", "RETURN ';", "RETURN 1", "RETURN 1\\n", "")]
    [True, True, False, False, True, True]
    """
    from kg.cypher import CypherError
    from kg.cypher.tokens import read_tokens

    if not text.strip() or text.lstrip().startswith(":") or text.endswith("\n"):
        return True
    try:
        return [token.kind for token in read_tokens(text)][-2] == ";"
    except CypherError:  # half a string, for example
        return False


def _keys() -> KeyBindings:
    keys = KeyBindings()

    @keys.add("enter")
    def _(event: KeyPressEvent) -> None:
        buffer = event.current_buffer
        at_end = not buffer.document.text_after_cursor.strip()
        if at_end and is_complete(buffer.text):
            buffer.validate_and_handle()
        else:
            buffer.insert_text("\n")

    @keys.add("tab")
    def _(event: KeyPressEvent) -> None:
        buffer = event.current_buffer
        found = list(buffer.completer.get_completions(buffer.document, CompleteEvent(completion_requested=True)))
        if buffer.complete_state:
            buffer.complete_next()
        elif len(found) == 1:
            # At once: a menu opens only after the keys that were typed meanwhile.
            buffer.apply_completion(found[0])
        else:
            buffer.start_completion(insert_common_part=True)

    return keys


def _lexer() -> PygmentsLexer | None:
    try:
        from pygments.lexers.graph import CypherLexer
    except ImportError:  # colours are a comfort only
        return None
    return PygmentsLexer(CypherLexer)


def _history() -> History:
    """In a file of the user's state folder; in memory where that cannot be written."""
    path = _state_folder() / "cypher_history"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
    except OSError:
        return InMemoryHistory()
    return FileHistory(str(path))


def _state_folder() -> Path:
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home()) / "entente-kg"
    return Path(os.environ.get("XDG_STATE_HOME") or Path.home() / ".local" / "state") / "entente-kg"
