"""Answers as text, HTML and frames: nothing of an article is markup, and the same values give the same frame."""

from __future__ import annotations

import builtins
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import MissingExtra
from kg.frames import Table, entity_html, fact_html, frame_html, table_html, table_text, text_html
from kg.model import Entity, Fact, Mention
from kg.output import Page

EVIL = "</td></table><script>alert(1)</script>"
CELLS = st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.lists(st.text(), max_size=3)


class _Tags(HTMLParser):
    """All tags of a page, and the text between them."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.text = ""
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)

    def handle_data(self, data: str) -> None:
        self.text += data


OURS = {"div", "table", "caption", "thead", "tbody", "tr", "th", "td", "p", "small", "b", "blockquote", "pre"}


@given(st.lists(st.tuples(CELLS, CELLS), max_size=25), st.text(), st.text())
def test_any_text_is_escaped(rows: list[tuple[Any, ...]], column: str, title: str) -> None:
    page = table_html((column, "other"), rows, title=title, note=title)
    assert _Tags(page).tags <= OURS
    page.encode("utf-8")
    table_text((column, "other"), rows, title=title)


def test_entities_and_facts_show_themselves_escaped() -> None:
    entity = Entity(f"leader/{EVIL}", "Leader", EVIL, (EVIL,), {"wikidata": EVIL})
    fact = Fact(EVIL, "met", EVIL, None, (Mention("d", 0, 1, EVIL),))
    for page in (entity_html(entity), fact_html(fact), entity._repr_html_(), fact._repr_html_(), text_html(EVIL)):
        assert _Tags(page).tags <= OURS
        assert EVIL in _Tags(page).text


def test_page_stays_in_its_frame(tmp_path: Path) -> None:
    path = Page(tmp_path / "graph.html")
    path.write_text('<p title="x">"quoted" & more</p>', encoding="utf-8")
    shown = path._repr_html_()
    assert _Tags(shown).tags == {"iframe"}
    assert 'sandbox="allow-scripts"' in shown
    assert shown == frame_html(path.read_text(encoding="utf-8"))
    assert path == tmp_path / "graph.html"


TABLE = Table(
    columns=("name", "n", "score", "maybe", "who", "mixed"),
    rows=(("a", 1, 0.5, None, ["x", "y"], 1), ("b", 2, 1.0, 3, [], "one")),
    title="A title",
)


def test_frames_keep_what_values_are() -> None:
    frame = TABLE.to_pandas()
    assert [str(frame[name].dtype) for name in ("name", "n", "score", "maybe")] == ["str", "int64", "float64", "Int64"]
    assert frame["who"].tolist() == [["x", "y"], []]
    other = TABLE.to_polars()
    assert other.columns == list(TABLE.columns)
    assert other["n"].to_list() == [1, 2]
    assert other["mixed"].to_list() == ["1", "one"]
    assert TABLE.to_dicts()[0]["name"] == "a"


def test_empty_answer_and_two_columns_of_one_name_are_frames() -> None:
    empty = Table(columns=("n", "n"), rows=())
    assert empty.to_pandas().shape == (0, 2)
    assert Table(columns=("n", "n"), rows=((1, 2),)).to_polars().columns == ["n", "n_2"]
    assert Table(columns=("n",), rows=((2**70,),)).to_pandas()["n"].tolist() == [2**70]


@given(st.lists(st.tuples(CELLS, CELLS), max_size=5))
def test_any_rows_make_both_frames(rows: list[tuple[Any, ...]]) -> None:
    table = Table(columns=("a", "b"), rows=tuple(rows))
    assert table.to_pandas().shape == (len(rows), 2)
    assert table.to_polars().shape[0] == len(rows)


@pytest.mark.parametrize("package", ["pandas", "polars"])
def test_missing_package_names_its_extra(package: str, monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def without(name: str, *arguments: Any) -> Any:
        if name == package:
            raise ModuleNotFoundError(name)
        return real(name, *arguments)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(MissingExtra, match=rf"entente-kg\[{package}\]"):
        getattr(TABLE, f"to_{package}")()


def test_long_answers_say_how_long() -> None:
    table = Table(columns=("n",), rows=tuple((n,) for n in range(25)))
    assert "20 of 25 rows" in str(table)
    assert "20 of 25 rows" in table._repr_html_()
    assert "no rows" in str(Table(columns=("n",), rows=()))
