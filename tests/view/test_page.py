"""The page in a real browser: each view, the filter they share, and the sentences behind all."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from kg.model import Entity, Fact, Knowledge
from kg.view import html
from tests.view.conftest import point
from tests.view.round_table import BERLIN, GERMANY, LAOS, PACT, SUMMIT, TRADE, VIETNAM, round_table

Open = Callable[..., Any]

CHINH = "leader/pham-minh-chinh"
CLMV = "meeting/11th-clmv-summit"


@pytest.fixture(scope="module")
def table() -> Knowledge:
    return round_table()


# ---------------------------------------------------------------- opening


def test_page_opens_offline_with_all_entities_that_have_facts(open_page: Open, knowledge: Knowledge) -> None:
    page = open_page(knowledge)
    assert page.title() == "Diplomatic cooperation"
    assert page.evaluate("kgView.nodeCount") == 6
    assert page.evaluate("kgView.factCount") == len(knowledge.facts)
    assert page.evaluate("document.documentElement.lang") == "en"
    assert page.locator("h1").count() == 1


def test_no_facts_still_make_a_page(open_page: Open, knowledge: Knowledge) -> None:
    page = open_page(replace(knowledge, facts=()))
    assert page.evaluate("kgView.nodeCount") == 0
    for view in ("timeline", "matrix", "map", "list"):
        page.click(f"#tab-{view}")
        assert page.locator(f"#view-{view}").inner_text().strip()


def test_state_is_restored_from_the_address_and_written_back(open_page: Open, table: Knowledge) -> None:
    fragment = (
        f"view=list&from=2023&topic={TRADE}&country={VIETNAM},{LAOS}&hide=Organization,Framework&q=summit&at={SUMMIT}"
    )
    page = open_page(table, fragment.replace("/", "%2F"))
    state = page.evaluate("kgView.state()")
    assert state["view"] == "list"
    assert (state["from"], state["topics"], state["countries"]) == ("2023", [TRADE], [VIETNAM, LAOS])
    assert page.locator("#filter-from").input_value() == "2023"
    assert page.locator("#filter-country-1").input_value() == LAOS
    assert not page.locator("#types input[value=Framework]").is_checked()
    assert page.locator("#panel h2").inner_text() == "Hanoi summit"
    page.click("#tab-matrix")
    assert "view=matrix" in page.url
    assert "country=country%2FVNM,country%2FLAO" in page.url


def test_nonsense_in_the_address_is_ignored(open_page: Open, table: Knowledge) -> None:
    page = open_page(table, "view=<b>&from=yesterday&topic=topic%2Fnone,%E0%A4%A&at=x&hide=Nothing&by=magic")
    assert page.evaluate("kgView.visibleFactCount()") == len(table.facts)
    assert page.locator("#chips button").count() == 0


# ---------------------------------------------------------------- one filter, all views


def _seen_in_graph(page: Any) -> int:
    page.click("#tab-graph")
    return int(page.evaluate("[...drawnGraph.lines.values()].reduce((n, line) => n + line.n, 0)"))


def _seen_in_list(page: Any) -> list[list[str]]:
    page.click("#tab-list")
    return page.evaluate(
        "[...document.querySelectorAll('.facts tbody tr')].map(r => [...r.cells].map(c => c.innerText))"
    )


def _seen_in_matrix(page: Any) -> dict[str, str]:
    page.click("#tab-matrix")
    return page.locator(".matrix td button").evaluate_all(
        "cells => Object.fromEntries(cells.map(cell => [cell.ariaLabel, cell.innerText]))"
    )


def test_topic_and_date_give_the_same_facts_in_graph_list_and_matrix(open_page: Open, table: Knowledge) -> None:
    page = open_page(table)
    page.select_option("#filter-topic", TRADE)
    page.fill("#filter-from", "2024")
    page.keyboard.press("Tab")
    rows = _seen_in_list(page)
    # The summit of 2024 was about trade and energy: its facts without the one about energy.
    assert {row[1] for row in rows} == {"An Tran", "Kham Lao", "Hanoi summit"}
    assert all(row[0].startswith("2024") for row in rows)
    assert "energy" not in {row[3] for row in rows}
    values = [row for row in rows if row[2] == "was held on"]
    assert _seen_in_graph(page) == len(rows) - len(values)
    assert _seen_in_matrix(page) == {"Laos and Vietnam: 1 contact": "1", "Vietnam and Laos: 1 contact": "1"}
    assert page.locator("#count").inner_text().startswith(f"{len(rows)} facts")


def test_cell_of_the_matrix_filters_every_view_and_opens_the_pair(open_page: Open, table: Knowledge) -> None:
    page = open_page(table, "view=matrix")
    page.get_by_role("button", name="Germany and Vietnam: 1 contact").first.click()
    assert page.evaluate("kgView.state().countries.toSorted()") == [GERMANY, VIETNAM]
    assert "Berlin talks" in page.locator("#panel").inner_text()
    assert "Ms Berg received An Tran in Berlin." in page.locator("#panel").inner_text()
    assert {row[3] for row in _seen_in_list(page)} & {"Hanoi summit"} == set()
    page.click("#tab-matrix")
    assert page.locator(".matrix td button[aria-pressed=true]").count() == 2


def test_what_did_not_happen_is_dashed_and_counted_in_brackets(open_page: Open, table: Knowledge) -> None:
    page = open_page(table)
    dashed = page.evaluate("lines.get().filter(l => l.dashes).flatMap(l => [l.from, l.to]).map(i => ENTITIES[i].name)")
    assert sorted(dashed) == ["Germany", "Kham Lao"]
    assert _seen_in_matrix(page)["Germany and Laos: 0 contacts, 1 that did not (yet) happen"] == "(1)"
    page.uncheck("input[value=planned]")
    assert "Germany and Laos" not in "".join(_seen_in_matrix(page))


def test_kinds_and_relations_can_be_taken_out(open_page: Open, table: Knowledge) -> None:
    page = open_page(table)
    page.uncheck("#types input[value=Topic]")
    assert "discussed" not in {row[2] for row in _seen_in_list(page)}
    page.click("#filters .more summary")
    page.uncheck("#predicates input[value=attended]")
    assert "attended" not in {row[2] for row in _seen_in_list(page)}
    page.click("#chips button:has-text('without topics')")
    assert "discussed" in {row[2] for row in _seen_in_list(page)}


def test_facts_without_a_date_are_left_out_of_a_span_and_counted(open_page: Open, table: Knowledge) -> None:
    page = open_page(table, "from=2000")
    assert "2 without a date left out" in page.locator("#count").inner_text()


# ---------------------------------------------------------------- graph


def test_click_on_the_canvas_opens_the_card(open_page: Open, knowledge: Knowledge) -> None:
    page = open_page(knowledge)
    page.mouse.click(*point(page, CLMV))
    page.wait_for_function("() => document.querySelector('#panel .close')")
    assert page.locator("#panel h2").inner_text() == "11th CLMV Summit"
    assert page.locator("#spoken").inner_text() == "Details: 11th CLMV Summit"
    assert "7 November 2024" in page.locator("#panel").inner_text()


def test_line_shows_all_its_facts_with_marked_words_and_documents(open_page: Open, knowledge: Knowledge) -> None:
    page = open_page(knowledge)
    (ax, ay), (bx, by) = point(page, CHINH), point(page, CLMV)
    page.mouse.click((ax + bx) / 2, (ay + by) / 2)
    page.wait_for_function("() => document.querySelector('#panel .close')")
    panel = page.locator("#panel")
    text = panel.inner_text()
    assert "led a delegation to" in text
    assert "attended" in text
    assert "led the Vietnamese delegation to the 11th CLMV Summit." in text
    assert "CLMV leaders meet, A Ministry, 2024-11-08" in text
    assert "very likely right (100%)" in text
    assert {"Pham Minh Chinh", "11th CLMV Summit"} <= set(panel.locator("mark").all_inner_texts())
    link = panel.locator("cite a").first
    assert link.get_attribute("href") == "https://news.example/clmv"
    assert link.get_attribute("rel") == "noopener noreferrer"


def test_shift_click_on_two_shows_the_path_with_its_meeting(open_page: Open, table: Knowledge) -> None:
    page = open_page(table)
    page.mouse.click(*point(page, "leader/an-tran"))
    page.keyboard.down("Shift")
    page.mouse.click(*point(page, "leader/kham-lao"))
    page.keyboard.up("Shift")
    assert page.locator("#panel h2").inner_text() == "How An Tran and Kham Lao are linked"
    assert page.locator("#panel .path summary").first.inner_text() == "An Tran – Hanoi summit – Kham Lao"
    assert "An Tran and Kham Lao attended the Hanoi summit" in page.locator("#panel").inner_text()
    assert "link=leader%2Fan-tran,leader%2Fkham-lao" in page.url


def test_hover_dims_the_rest(open_page: Open, table: Knowledge) -> None:
    page = open_page(table)
    page.mouse.move(*point(page, BERLIN))
    page.wait_for_function("() => hovered !== null")
    bright = page.evaluate("[...brightPoints().points].map(i => ENTITIES[i].name)")
    assert "Berlin talks" in bright
    assert "Hanoi summit" not in bright


def test_graph_of_countries_opens_into_its_people(open_page: Open, table: Knowledge) -> None:
    page = open_page(table, "by=party")
    assert page.evaluate("[...drawnGraph.points.keys()].map(i => ENTITIES[i].type)").count("Leader") == 0
    n_before = page.evaluate("kgView.visibleNodeCount()")
    page.mouse.click(*point(page, VIETNAM))
    page.wait_for_function("n => kgView.visibleNodeCount() > n", arg=n_before)
    assert "An Tran" in page.evaluate("[...drawnGraph.points.keys()].map(i => ENTITIES[i].name)")
    page.get_by_role("button", name="Fold in the graph").click()
    assert page.evaluate("kgView.visibleNodeCount()") == n_before


def test_card_says_what_the_filter_hides(open_page: Open, table: Knowledge) -> None:
    page = open_page(table, f"to=2019&at={VIETNAM}")
    hidden = page.locator("#panel .hidden-facts")
    assert "left out by the filter" in hidden.inner_text()
    hidden.get_by_role("button").click()
    assert page.locator("#panel .hidden-facts").count() == 0


def test_names_never_cover_each_other(open_page: Open, table: Knowledge) -> None:
    page = open_page(table)
    boxes = page.evaluate(
        """drawnGraph.labels.map(l => {
             const wide = measured.get(l.i).width / network.getScale();
             const high = l.rows.length * LABEL_SIZE / network.getScale();
             return [l.x - wide / 2, l.y - high / 2, l.x + wide / 2, l.y + high / 2];
           })"""
    )
    overlaps = [
        (a, b)
        for i, a in enumerate(boxes)
        for b in boxes[i + 1 :]
        if a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]
    ]
    assert len(boxes) > 5
    assert overlaps == []


def test_zooming_in_makes_room_for_more_names(open_page: Open) -> None:
    from tests.view.crowd import crowd

    page = open_page(crowd(150), "by=entity")
    named = "drawnGraph.labels.map(label => label.i)"
    n_points, before = page.evaluate("kgView.visibleNodeCount()"), page.evaluate(named)
    assert len(before) < n_points / 2
    # The strongest have their names from the start.
    assert set(page.evaluate("drawnGraph.ranked.slice(0, 5).map(point => point.i)")) <= set(before)
    nameless = page.evaluate("before => [...drawnGraph.points.keys()].find(i => !before.includes(i))", before)
    page.evaluate("i => network.moveTo({ position: network.getPositions([i])[i], scale: 3 })", nameless)
    page.wait_for_function("i => drawnGraph.labels.some(label => label.i === i)", arg=nameless)


# ---------------------------------------------------------------- timeline, map, list, search


def test_sliders_and_drag_set_the_dates(open_page: Open, table: Knowledge) -> None:
    page = open_page(table, "view=timeline")
    page.locator("#slide-from").focus()
    page.keyboard.press("ArrowRight")
    assert page.evaluate("kgView.state().from") == "2022-06"
    assert page.locator("#slide-from").get_attribute("aria-valuetext") == "June 2022"
    box = page.locator("#timeline-chart svg").bounding_box()
    page.mouse.move(box["x"] + box["width"] * 0.6, box["y"] + 60)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.98, box["y"] + 60)
    page.mouse.up()
    state = page.evaluate("kgView.state()")
    assert state["from"].startswith("2023")
    assert page.locator("#slide-to").input_value() == page.locator("#slide-to").get_attribute("max")
    assert page.locator(".bar.outside").count() == 1


def test_each_chosen_framework_has_a_lane(open_page: Open, table: Knowledge) -> None:
    page = open_page(table, f"view=timeline&framework={PACT}")
    assert page.locator("#timeline-chart .lane").all_text_contents() == ["Mekong Pact"]
    page.click("#view-timeline details summary")
    assert page.locator("#view-timeline tbody tr").all_inner_texts() == ["May 2024\t1"]


def test_map_has_each_country_and_picks_a_pair(open_page: Open, table: Knowledge) -> None:
    page = open_page(table, "view=map")
    names = page.locator("#map [data-country]").evaluate_all("all => all.map(one => one.getAttribute('aria-label'))")
    assert sorted(names) == ["Germany, 2 contacts", "Laos, 2 contacts", "Vietnam, 2 contacts"]
    page.locator("#map [aria-label^=Vietnam]").press("Enter")
    page.locator("#map [aria-label^=Laos]").press("Enter")
    assert page.evaluate("kgView.state().countries") == [VIETNAM, LAOS]
    assert "Hanoi summit" in page.locator("#panel").inner_text()


def test_list_sorts_by_each_column(open_page: Open, table: Knowledge) -> None:
    page = open_page(table, "view=list")
    dates = [row[0] for row in _seen_in_list(page) if row[0]]
    assert dates == sorted(dates, reverse=True)
    page.get_by_role("button", name="Who or what").click()
    names = [row[1] for row in _seen_in_list(page)]
    assert names == sorted(names)
    assert page.locator("th[aria-sort=ascending]").inner_text().startswith("Who or what")


def test_search_suggests_without_accents_and_filters_by_words(open_page: Open, knowledge: Knowledge) -> None:
    page = open_page(knowledge)
    page.keyboard.press("/")
    page.keyboard.type("phạm minh")
    assert page.locator("#suggestions li").first.inner_text().split("\n")[0] == "Pham Minh Chinh"
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    assert page.locator("#panel h2").inner_text() == "Pham Minh Chinh"
    page.keyboard.press("Escape")
    page.keyboard.type("energy")
    page.keyboard.press("Enter")
    assert page.evaluate("kgView.state().text") == "energy"
    assert [row[3] for row in _seen_in_list(page)] == ["energy trade"]


# ---------------------------------------------------------------- saving


def _saved(page: Any, name: str) -> bytes:
    page.click("#export summary")
    with page.expect_download() as waiting:
        page.get_by_role("button", name=name, exact=True).click()
    return Path(waiting.value.path()).read_bytes()


def test_csv_and_json_hold_the_facts_of_the_list(open_page: Open, table: Knowledge) -> None:
    page = open_page(table, f"topic={TRADE}&view=list")
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Save as CSV").click()
    rows = list(csv.DictReader(io.StringIO(Path(waiting.value.path()).read_text(encoding="utf-8"))))
    assert len(rows) == len(_seen_in_list(page))
    row = next(row for row in rows if row["subject"] == "An Tran")
    assert row["sentence"] == 'An Tran and Kham Lao attended the Hanoi summit, "a good start".'
    assert row["source"] == "https://news.example/summit"
    assert json.loads(_saved(page, "JSON"))[0].keys() == row.keys()


def test_spreadsheet_csv_guards_formulas(open_page: Open, knowledge: Knowledge) -> None:
    topic = Entity("topic/evil", "Topic", "=HYPERLINK(1)")
    said = knowledge.facts[0].evidence
    fact = Fact(CLMV, "discussed", topic.id, None, said)
    page = open_page(replace(knowledge, entities=(*knowledge.entities, topic), facts=(fact,)))
    assert b",=HYPERLINK(1)," in _saved(page, "Table (CSV)")
    assert b",'=HYPERLINK(1)," in _saved(page, "Table for a spreadsheet (CSV)")


def test_pictures_and_graph_files_are_well_formed(open_page: Open, table: Knowledge) -> None:
    import networkx

    page = open_page(table)
    assert _saved(page, "Picture (PNG)").startswith(b"\x89PNG")
    drawing = ElementTree.fromstring(_saved(page, "Drawing (SVG)"))
    titles = [one.text for one in drawing.iter("{http://www.w3.org/2000/svg}title")]
    assert "Hanoi summit" in titles
    graphml = networkx.read_graphml(io.BytesIO(_saved(page, "GraphML")))
    assert graphml.number_of_nodes() == page.evaluate("kgView.nodeCount")
    assert graphml.nodes[SUMMIT]["name"] == "Hanoi summit"
    gexf = ElementTree.fromstring(_saved(page, "GEXF"))
    assert len(list(gexf.iter("{http://gexf.net/1.3}edge"))) == graphml.number_of_edges()


# ---------------------------------------------------------------- for everyone


def test_every_control_is_reached_with_the_tab_key(open_page: Open, table: Knowledge) -> None:
    page = open_page(table)
    for view in ("graph", "timeline", "matrix", "map", "list"):
        page.evaluate("view => { kgView.set({ view }); document.activeElement.blur(); }", view)
        wanted = page.evaluate(_TAB_STOPS)
        reached = set()
        for _ in range(wanted + 30):
            page.keyboard.press("Tab")
            reached.add(page.evaluate(_PLACE_OF_FOCUS))
        missing = page.evaluate("reached => " + _MISSING, sorted(place for place in reached if place >= 0))
        assert missing == [], view


_ALL = """[...document.querySelectorAll('button,input,select,summary,a[href],[tabindex]')]
          .filter(one => one.checkVisibility() && one.tabIndex >= 0 && !one.disabled)"""
_TAB_STOPS = f"{_ALL}.length"
_PLACE_OF_FOCUS = f"{_ALL}.indexOf(document.activeElement)"
_MISSING = f"{_ALL}.filter((_, place) => !reached.includes(place)).map(one => one.outerHTML.slice(0, 90))"


def test_matrix_is_walked_with_the_arrow_keys(open_page: Open, table: Knowledge) -> None:
    page = open_page(table, "view=matrix")
    first = page.locator(".matrix td button").first
    first.focus()
    page.keyboard.press("ArrowRight")
    assert page.evaluate("document.activeElement.closest('td') !== null")
    page.keyboard.press("Enter")
    assert len(page.evaluate("kgView.state().countries")) == 2
    assert page.evaluate("document.activeElement.closest('td') !== null")


def test_tabs_and_graph_answer_to_keys(open_page: Open, table: Knowledge) -> None:
    page = open_page(table)
    page.locator("#tab-graph").focus()
    page.keyboard.press("ArrowRight")
    assert page.evaluate("kgView.state().view") == "timeline"
    page.keyboard.press("ArrowLeft")
    page.locator("#graph .vis-network").focus()
    page.keyboard.press("n")
    assert page.locator("#panel h2").inner_text() == "Hanoi summit"
    page.keyboard.press("Escape")
    assert page.evaluate("kgView.state().at") == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_serious_fault(open_page: Open, table: Knowledge, scheme: str) -> None:
    import axe_playwright_python

    axe = Path(axe_playwright_python.__file__).with_name("axe.min.js").read_text(encoding="utf-8")
    page = open_page(table, f"at={VIETNAM}&topic={TRADE}", color_scheme=scheme)
    page.evaluate(axe)
    for view in ("graph", "timeline", "matrix", "map", "list"):
        page.evaluate("view => kgView.set({ view })", view)
        faults = page.evaluate(
            """async () => (await axe.run()).violations.filter(v => ['serious', 'critical'].includes(v.impact))
                              .map(v => `${v.id}: ${v.nodes.slice(0, 3).map(n => n.html.slice(0, 120)).join(' | ')}`)"""
        )
        assert faults == [], view
    page.evaluate("ids => kgView.set({ at: [], link: ids, view: 'graph' })", ["leader/an-tran", "leader/kham-lao"])
    assert page.evaluate("async () => (await axe.run()).violations.filter(v => v.impact === 'serious').length") == 0


def test_phone_screen_needs_no_sideways_scroll_in_any_view(open_page: Open, table: Knowledge) -> None:
    page = open_page(table, width=380)
    for view in ("graph", "timeline", "matrix", "map", "list"):
        page.click(f"#tab-{view}")
        assert page.evaluate("document.documentElement.scrollWidth") <= 380, view


def test_dark_and_light_follow_the_system_and_the_button(open_page: Open, knowledge: Knowledge) -> None:
    page = open_page(knowledge, color_scheme="dark")
    assert page.evaluate("themeColours.text") == "#e6e9ee"
    page.click("#theme")
    assert page.evaluate("themeColours.text") == "#1b1f24"


def test_print_is_on_white_without_controls(open_page: Open, knowledge: Knowledge) -> None:
    page = open_page(knowledge, "view=list")
    page.emulate_media(media="print")
    assert not page.locator("#filters").is_visible()
    assert page.locator(".facts").is_visible()


# ---------------------------------------------------------------- large graphs


@pytest.mark.slow
@pytest.mark.parametrize(("n_actors", "seconds"), [(2_000, 5), (10_000, 10)])
def test_large_graph_opens_as_countries_in_time(open_page: Open, n_actors: int, seconds: float) -> None:
    from tests.view.crowd import crowd

    knowledge = crowd(n_actors)
    page_bytes = len(html(knowledge).encode("utf-8"))
    assert page_bytes < 1_200_000 + 400 * len(knowledge.facts)
    page = open_page(knowledge)
    assert page.evaluate("performance.now()") < 3000 * seconds
    assert page.evaluate("graphBy()") == "party"
    assert 20 <= page.evaluate("kgView.visibleNodeCount()") <= 150
    assert page.evaluate("kgView.visibleEdgeCount()") < 500
    assert page.evaluate("kgView.nodeCount") > n_actors
    page.evaluate("kgView.set({ from: '2020' })")
    assert page.evaluate("kgView.visibleFactCount()") < len(knowledge.facts)
