"""How results are shown: data on standard output, talk and progress on standard error."""

from __future__ import annotations

import csv
import io
import json
import shutil
import sys
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import click

ROW_FORMATS = ("table", "json", "jsonl", "csv", "tsv")

_NARROW = 130

Row = Mapping[str, Any]
Advance = Callable[[str, int, int | None], None]

# The joiners that Persian and Indic names need, and layout; every other control or direction sign is shown escaped.
_HARMLESS = {"\n", "\t", "\u200c", "\u200d"}


def visible(text: str) -> str:
    """The text with control, escape and direction signs written out, so that an article cannot drive the terminal.

    >>> visible("a\x1b[2Jb")
    'a\\\\x1b[2Jb'
    """
    if text.isprintable():
        return text
    return "".join(_written_out(c) if unicodedata.category(c) in ("Cc", "Cf", "Cs") else c for c in text)


def _written_out(sign: str) -> str:
    if sign in _HARMLESS:
        return sign
    return sign.encode("unicode_escape", "surrogatepass").decode("ascii")


def put(text: str) -> None:
    """Print data. Exact, except on a terminal, which must not obey what an article says."""
    click.echo(visible(text) if sys.stdout.isatty() else text)


def put_bytes(data: bytes) -> None:
    """Print a file's content, exact, except on a terminal."""
    if sys.stdout.isatty():
        put(data.decode("utf-8").removesuffix("\n"))
    else:
        click.echo(data, nl=False)


def say(text: str) -> None:
    """Tell the user something that is not data."""
    click.echo(visible(text), err=True)


def put_rows(rows: Sequence[Row], columns: Sequence[str], form: str, *, headings: Sequence[str] | None = None) -> None:
    """Print rows under `columns` in one of `ROW_FORMATS`. JSON keeps types; CSV and TSV are exact, None is empty.

    `headings` stand above the columns of a table; without them the columns' names, with spaces.
    """
    if form == "table":
        _put_table(rows, columns, headings or [column.replace("_", " ") for column in columns])
    elif form == "json":
        put(json.dumps([_only(row, columns) for row in rows], ensure_ascii=False, indent=2))
    elif form == "jsonl":
        for row in rows:
            put(json.dumps(_only(row, columns), ensure_ascii=False))
    else:
        put(_separated(rows, columns, "," if form == "csv" else "\t"))


def _only(row: Row, columns: Sequence[str]) -> dict[str, Any]:
    return {column: row.get(column) for column in columns}


def _separated(rows: Sequence[Row], columns: Sequence[str], separator: str) -> str:
    text = io.StringIO()
    writer = csv.writer(text, delimiter=separator, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([_cell(row.get(column)) for column in columns] for row in rows)
    return text.getvalue().removesuffix("\n")


def _cell(value: Any) -> Any:
    return "; ".join(map(str, value)) if isinstance(value, (list, tuple)) else value


def _put_table(rows: Sequence[Row], columns: Sequence[str], headings: Sequence[str]) -> None:
    from rich import box
    from rich.table import Table
    from rich.text import Text

    if not rows:
        say("Nothing found.")
        return
    table = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False)
    for column, heading in zip(columns, headings, strict=True):
        table.add_column(Text(visible(heading)), overflow="fold", max_width=_most(column, columns))
    for row in rows:
        # Text, never markup: an article may hold "[red]".
        table.add_row(*(Text(visible(_shown(row.get(column)))) for column in columns))
    console = _console(table)
    if console.is_terminal:
        console.print(table)
        return
    with console.capture() as captured:
        console.print(table)
    put("\n".join(line.rstrip() for line in captured.get().splitlines()))


def _most(column: str, columns: Sequence[str]) -> int | None:
    """How wide a column may be on a terminal: the sentence, which stands last, keeps two fifths of the room."""
    if not sys.stdout.isatty() or columns[-1] != "evidence" or column == "evidence":
        return None
    gaps = 3 * len(columns)
    return max((shutil.get_terminal_size().columns * 3 // 5 - gaps) // (len(columns) - 1), 6)


def is_narrow() -> bool:
    """Whether the output goes to a terminal that has no room for a table with sentences."""
    return sys.stdout.isatty() and shutil.get_terminal_size().columns < _NARROW


def _shown(value: Any) -> str:
    return "" if value is None else str(_cell(value))


def _console(table: Any) -> Any:
    """A console as wide as the terminal, or as wide as the table needs when the output goes elsewhere."""
    from rich.console import Console
    from rich.measure import Measurement

    if sys.stdout.isatty():
        return Console(highlight=False)
    wide = Console(highlight=False, width=1_000_000)
    width = Measurement.get(wide, wide.options, table).maximum
    return Console(highlight=False, width=max(width, 1), soft_wrap=True, color_system=None)


@contextmanager
def progress_bar() -> Iterator[Advance]:
    """A callback that draws a bar on standard error when that is a terminal, and does nothing otherwise."""
    if not sys.stderr.isatty():
        yield lambda stage, done, total: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        tasks: dict[str, Any] = {}

        def advance(stage: str, done: int, total: int | None) -> None:
            if stage not in tasks:
                tasks[stage] = bar.add_task(stage, total=total)
            bar.update(tasks[stage], completed=done, total=total)

        yield advance
