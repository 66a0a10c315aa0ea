"""The tables of the seeds as rows that know their file and line, so that every error can name both."""

from __future__ import annotations

import csv
import difflib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from kg.errors import SeedError


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a table, with the place that an error must name."""

    file: str
    line: int
    cells: dict[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells[column]

    def many(self, column: str) -> list[str]:
        """The items of a list, in order. A doubtful one ends in "?": the words more often mean something else."""
        items = self.cells[column].split("|") if self.cells[column] else []
        if "" in items or len(set(items)) < len(items):
            raise self.error(f"{column} has an empty or repeated item in '{self.cells[column]}'; remove it")
        return items

    def choice(self, column: str, valid: Iterable[str]) -> str:
        """The cell, which must be one of `valid`."""
        return self.valid(self.cells[column], column, valid)

    def valid(self, value: str, column: str, valid: Iterable[str]) -> str:
        """`value`, which must be one of `valid`."""
        known = list(valid)
        if value not in known:
            near = difflib.get_close_matches(value, known, n=1, cutoff=0.0)
            raise self.error(f"'{value}' is no {column} that is known here; did you mean '{near[0] if near else ''}'?")
        return value

    def error(self, text: str) -> SeedError:
        return SeedError(f"seeds/{self.file}, line {self.line}: {text}")


def _read_text(path: Path) -> str:
    try:
        content = path.read_bytes()
        return content.decode("utf-8")
    except OSError as error:
        raise SeedError(f"seeds/{path.name}: the table cannot be read ({error.strerror})") from error
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise SeedError(f"seeds/{path.name}, line {line}: the text is not UTF-8; save the file as UTF-8") from error


def read_table(path: Path, columns: tuple[str, ...]) -> list[Row]:
    text = _read_text(path)
    reader = csv.reader(text.splitlines(), strict=True)
    rows: list[Row] = []
    try:
        for cells in reader:
            row = Row(path.name, reader.line_num, dict(zip(columns, cells, strict=False)))
            _check_cells(row, cells, columns)
            rows.append(row)
    except csv.Error as error:
        raise SeedError(f"seeds/{path.name}, line {reader.line_num}: {error}; check the quotes") from error
    if not rows:
        raise SeedError(f"seeds/{path.name}, line 1: the table is empty; its header is {','.join(columns)}")
    return rows[1:]


def _check_cells(row: Row, cells: list[str], columns: tuple[str, ...]) -> None:
    if row.line == 1:
        for cell, column in zip(cells, columns, strict=False):
            if cell != column:
                raise row.error(f"the column '{cell}' should be '{column}'")
    if len(cells) != len(columns):
        raise row.error(f"{len(cells)} cells where the table has {len(columns)}: {','.join(columns)}")
    for cell in cells:
        if cell != cell.strip():
            raise row.error(f"'{cell}' begins or ends with a space; remove it")


def check_unique(rows: list[Row], column: str) -> None:
    seen: dict[str, int] = {}
    for row in rows:
        if row[column] and row[column] in seen:
            raise row.error(f"{column} '{row[column]}' stands in line {seen[row[column]]} already")
        seen[row[column]] = row.line
