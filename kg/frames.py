"""Rows of an answer for a reader or a program: text, HTML for a notebook, pandas, polars. Decides nothing about them.

In: columns and rows of plain values. Out: a `Table`, or what a `Table` can become. All text is escaped in HTML.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Any, ClassVar

from kg.errors import MissingExtra

if TYPE_CHECKING:
    import pandas
    import polars

    from kg.model import Entity, Fact

N_SHOWN = 20
_WIDEST = 60
_EXACT = 1e15

Row = tuple[Any, ...]


def show_text(thing: Any, printer: Any, cycle: bool) -> None:
    """A class's `_repr_pretty_`: IPython shows the text of a thing instead of all that it holds."""
    printer.text(str(thing))


@dataclass(frozen=True, kw_only=True)
class Table:
    """Rows under columns, in an order that means something. Iterating gives each row as a dictionary.

    `title` says what the rows are, `note` what a reader should know before believing them. Frames and JSON hold all
    columns; text and HTML those in `shown`, the first 20 rows.

    >>> print(Table(columns=("country", "n"), rows=(("Laos", 3), ("Vietnam", 12)), title="Meetings"))
    Meetings
    country  n
    Laos     3
    Vietnam  12
    """

    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    title: str = ""
    note: str = ""
    shown: ClassVar[tuple[str, ...]] = ()
    _repr_pretty_ = show_text

    def __iter__(self) -> Iterator[dict[str, Any]]:
        return (dict(zip(self.columns, row, strict=True)) for row in self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    def __str__(self) -> str:
        return table_text(*self._shown_part(), title=self.title, note=self.note)

    def _repr_html_(self) -> str:
        return table_html(*self._shown_part(), title=self.title, note=self.note)

    def to_dicts(self) -> list[dict[str, Any]]:
        """The rows as dictionaries, as JSON has them."""
        return list(self)

    def to_pandas(self) -> pandas.DataFrame:
        """The rows as a pandas frame. Needs pandas: `pip install 'entente-kg[pandas]'`."""
        return pandas_frame(self.columns, self.rows)

    def to_polars(self) -> polars.DataFrame:
        """The rows as a polars frame. Needs polars: `pip install 'entente-kg[polars]'`."""
        return polars_frame(self.columns, self.rows)

    def _shown_part(self) -> tuple[Sequence[str], list[Row]]:
        names = self.shown or self.columns
        places = [self.columns.index(name) for name in names]
        return names, [tuple(row[place] for place in places) for row in self.rows]


# ---------------------------------------------------------------- frames


def pandas_frame(columns: Sequence[str], rows: Iterable[Row]) -> pandas.DataFrame:
    """A frame whose types depend on the values alone, so that the same answer from elsewhere gives the same frame.

    Whole numbers and truth values with gaps keep their type (`Int64`, `boolean`). Dates stay ISO text, because they
    are as precise as the source and no more. Raises MissingExtra.
    """
    try:
        import pandas
    except ModuleNotFoundError:
        raise MissingExtra("to_pandas needs pandas; install it: pip install 'entente-kg[pandas]'") from None
    held = list(rows)
    # Numbered first: an answer may have two columns of one name.
    frame = pandas.DataFrame(
        {number: _pandas_column([row[number] for row in held]) for number in range(len(columns))},
        index=pandas.RangeIndex(len(held)),
    )
    frame.columns = pandas.Index(list(columns))
    return frame


def _pandas_column(values: list[Any]) -> Any:
    import pandas

    types = {type(value) for value in values} - {type(None)}
    gaps = None in values
    if types == {bool}:
        return pandas.Series(values, dtype="boolean" if gaps else "bool")
    # 64 bits are what a frame can hold as numbers.
    if types == {int} and all(value is None or -(2**63) <= value < 2**63 for value in values):
        return pandas.Series(values, dtype="Int64" if gaps else "int64")
    if types in ({float}, {int, float}):
        return pandas.Series([None if value is None else float(value) for value in values], dtype="float64")
    return pandas.Series(values, dtype="str" if types == {str} else "object")


def polars_frame(columns: Sequence[str], rows: Iterable[Row]) -> polars.DataFrame:
    """The rows as a polars frame; values of mixed types become text. Raises MissingExtra."""
    try:
        import polars
    except ModuleNotFoundError:
        raise MissingExtra("to_polars needs polars; install it: pip install 'entente-kg[polars]'") from None
    held = list(rows)
    series = {}
    for number, name in enumerate(_distinct(columns)):
        values = [row[number] for row in held]
        try:
            series[name] = polars.Series(name, values)
        except (TypeError, OverflowError, polars.exceptions.PolarsError):
            series[name] = polars.Series(name, [None if value is None else str(value) for value in values])
    return polars.DataFrame(series)


def _distinct(names: Sequence[str]) -> list[str]:
    """Names that a polars frame can have: the second "n" becomes "n_2"."""
    made: list[str] = []
    for name in names:
        number, free = 2, name
        while free in made:
            number, free = number + 1, f"{name}_{number}"
        made.append(free)
    return made


# ---------------------------------------------------------------- for a reader


def cell(value: Any) -> str:
    """A value as a reader wants it: nothing for None, four significant digits of a fraction, lists in one line.

    >>> cell(0.123456), cell(None), cell(["a", "b"]), cell(2.0)
    ('0.1235', '', 'a; b', '2')
    """
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:.0f}" if value.is_integer() and abs(value) < _EXACT else f"{value:.4g}"
    if isinstance(value, (list, tuple)):
        return "; ".join(map(cell, value))
    return str(value)


def table_text(
    columns: Sequence[str], rows: Sequence[Row], *, title: str = "", note: str = "", n_rows: int | None = None
) -> str:
    """The first rows in columns of equal width; what is too long for a column is cut."""
    lines = [[column.replace("_", " ") for column in columns]]
    lines += [[_cut(" ".join(cell(value).split())) for value in row] for row in rows[:N_SHOWN]]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    told = [_aligned(line, widths) for line in lines]
    return "\n".join(filter(None, (title, *told, _how_many(n_rows or len(rows)), note)))


def table_html(
    columns: Sequence[str], rows: Sequence[Row], *, title: str = "", note: str = "", n_rows: int | None = None
) -> str:
    """The first rows as an HTML table, with nothing in it but escaped text; `n_rows` if there are more than given."""
    sides = [_side(value) for value in rows[0]] if rows else ["left"] * len(columns)
    head = "".join(
        f'<th style="text-align:{side}">{_escaped(column.replace("_", " "))}</th>'
        for column, side in zip(columns, sides, strict=True)
    )
    body = "".join(f"<tr>{''.join(_html_cell(value) for value in row)}</tr>" for row in rows[:N_SHOWN])
    caption = f'<caption style="text-align:left;font-weight:bold">{_escaped(title)}</caption>' if title else ""
    below = "".join(
        f"<p><small>{_escaped(line)}</small></p>" for line in filter(None, (_how_many(n_rows or len(rows)), note))
    )
    return f"<div><table>{caption}<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{below}</div>"


def frame_html(page: str, *, height: int = 620) -> str:
    """A whole HTML page inside another one: it may run its own script and reach nothing of what is around it."""
    return (
        f'<iframe sandbox="allow-scripts" srcdoc="{escape(page)}" width="100%" height="{height}" '
        'style="border:1px solid #ccc" title="the graph"></iframe>'
    )


def text_html(text: str) -> str:
    """Text as it stands, lines and indents kept."""
    return f'<pre style="white-space:pre-wrap">{_escaped(text)}</pre>'


def pairs_html(title: str, pairs: Iterable[tuple[str, Any]], *, quotes: Iterable[str] = ()) -> str:
    """One thing: what it is, what is known of it, and the words it rests on."""
    rows = "".join(
        f"<tr><th>{_escaped(name)}</th><td>{_escaped(cell(value))}</td></tr>" for name, value in pairs if value
    )
    said = "".join(f"<blockquote>{_escaped(' '.join(quote.split()))}</blockquote>" for quote in quotes)
    return f"<div><b>{_escaped(title)}</b><table>{rows}</table>{said}</div>"


def entity_html(entity: Entity) -> str:
    """An entity with its other names and attributes."""
    known = [("also called", entity.aliases), *sorted(entity.attributes.items()), ("id", entity.id)]
    return pairs_html(f"{entity.name} ({entity.type})", known)


def fact_html(fact: Fact) -> str:
    """A fact by the ids that it connects, with its sentences; a list from `KnowledgeGraph.facts` shows names."""
    names = ("modality", "status", "happened", "reported", "confidence", "rule", "key")
    known = [(name, getattr(fact, name)) for name in names]
    title = f"{fact.subject} {fact.predicate} {fact.object or fact.value}"
    return pairs_html(title, known, quotes=(mention.quote for mention in sorted(fact.evidence)[:N_SHOWN]))


def _html_cell(value: Any) -> str:
    return f'<td style="text-align:{_side(value)}">{_escaped(cell(value))}</td>'


def _side(value: Any) -> str:
    return "right" if isinstance(value, (int, float)) and not isinstance(value, bool) else "left"


def _escaped(text: str) -> str:
    # A lone surrogate cannot be written as UTF-8.
    return escape(text.encode("utf-8", "replace").decode("utf-8"))


def _how_many(n_rows: int) -> str:
    if n_rows > N_SHOWN:
        return f"{N_SHOWN} of {n_rows} rows"
    return "" if n_rows else "no rows"


def _aligned(line: list[str], widths: list[int]) -> str:
    return "  ".join(part.ljust(width) for part, width in zip(line, widths, strict=True)).rstrip()


def _cut(text: str) -> str:
    return text if len(text) <= _WIDEST else f"{text[: _WIDEST - 1]}…"
