"""The page in a real browser: drawn without the network, a sentence behind each line, no text of an article run."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from kg.model import Document, Entity, Fact, Knowledge, Mention
from kg.view import html
from kg.vocabulary import ENTITY_TYPES, PREDICATES

ATTACKS = (
    "<img src=x onerror=window.__kg_xss=1>",
    "</script><script>window.__kg_xss=1</script>",
    "see <a href='javascript:window.__kg_xss=1'>href</a>",
    "\u2028window.__kg_xss=1//",
)
CHINH = "leader/pham-minh-chinh"
SUMMIT = "meeting/11th-clmv-summit"


@pytest.fixture
def open_page(browser: Any, tmp_path: Path) -> Iterator[Callable[..., Any]]:
    """Opens the page of a `Knowledge`; fails the test on any request, console error or uncaught exception."""
    faults: list[str] = []
    contexts = []

    def open_it(knowledge: Knowledge, width: int = 1280, **context: Any) -> Any:
        path = tmp_path / "graph.html"
        path.write_text(html(knowledge), encoding="utf-8")
        made = browser.new_context(viewport={"width": width, "height": 800}, **context)
        contexts.append(made)
        page = made.new_page()
        page.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("request", lambda asked: faults.append(asked.url) if asked.url != path.as_uri() else None)
        page.goto(path.as_uri())
        page.wait_for_function("window.kgView && kgView.ready", timeout=60_000)
        return page

    yield open_it
    for context in contexts:
        context.close()
    assert faults == []


def test_page_opens_offline_with_all_entities_that_have_facts(
    open_page: Callable[..., Any], knowledge: Knowledge
) -> None:
    page = open_page(knowledge)
    assert page.title() == "Diplomatic cooperation"
    assert page.evaluate("kgView.nodeCount") == 6
    assert page.evaluate("kgView.factCount") == len(knowledge.facts)
    assert page.evaluate("document.documentElement.lang") == "en"
    assert page.locator("h1").count() == 1


def test_line_shows_all_its_facts_with_their_sentences_and_documents(
    open_page: Callable[..., Any], knowledge: Knowledge
) -> None:
    page = open_page(knowledge)
    number = page.evaluate(
        "ends => DATA.edges.findIndex(e => ends.includes(e.from) && ends.includes(e.to))", [CHINH, SUMMIT]
    )
    page.evaluate("n => kgView.selectPair(n)", number)
    panel = page.locator("#panel")
    assert panel.locator("li.fact").count() == 2
    assert "led the Vietnamese delegation to the 11th CLMV Summit." in panel.inner_text()
    assert "CLMV leaders meet, A Ministry, 2024-11-08" in panel.inner_text()
    assert panel.locator("cite a").first.get_attribute("href") == "https://news.example/clmv"


def test_click_on_the_canvas_opens_the_node(open_page: Callable[..., Any], knowledge: Knowledge) -> None:
    page = open_page(knowledge)
    where = page.evaluate(
        """id => { const at = network.canvasToDOM(network.getPositions([id])[id]);
                   const box = document.querySelector('canvas').getBoundingClientRect();
                   return [box.x + at.x, box.y + at.y]; }""",
        SUMMIT,
    )
    page.mouse.click(*where)
    page.wait_for_function("document.querySelector('#panel h2')")
    assert page.locator("#panel h2").inner_text() == "11th CLMV Summit"
    assert "2024-11-07" in page.locator("#panel").inner_text()


def test_planned_visit_is_shown_only_when_asked_for_and_then_dashed(
    open_page: Callable[..., Any], knowledge: Knowledge
) -> None:
    page = open_page(knowledge)
    assert page.evaluate("kgView.visibleNodeCount()") == 5
    page.evaluate("id => kgView.select(id)", CHINH)
    assert "planned" not in page.locator("#panel .tag").all_inner_texts()
    page.check("#unsettled")
    assert page.evaluate("kgView.visibleNodeCount()") == 6
    assert page.locator("#panel .tag").all_inner_texts() == ["planned"]
    dashed = page.evaluate("edges.get().filter(e => e.dashes).map(e => [e.from, e.to].sort())")
    assert dashed == [["country/LAO", CHINH]]


def test_search_ignores_accents_and_escape_clears_it(open_page: Callable[..., Any], knowledge: Knowledge) -> None:
    page = open_page(knowledge)
    page.keyboard.press("/")
    page.keyboard.type("phạm minh")
    assert page.locator("#panel button").all_inner_texts() == ["Pham Minh Chinh"]
    page.keyboard.press("Enter")
    assert page.locator("#panel h2").inner_text() == "Pham Minh Chinh"
    page.keyboard.press("Escape")
    assert page.locator("#panel li").count() == 6


def test_type_filter_takes_the_nodes_away(open_page: Callable[..., Any], knowledge: Knowledge) -> None:
    page = open_page(knowledge)
    page.uncheck("#types input[value=Topic]")
    assert page.evaluate("kgView.visibleNodeCount()") == 4
    assert page.locator("#types svg").count() == 6


def test_phone_screen_needs_no_sideways_scroll(open_page: Callable[..., Any], knowledge: Knowledge) -> None:
    page = open_page(knowledge, width=390)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_dark_mode_labels_are_light(open_page: Callable[..., Any], knowledge: Knowledge) -> None:
    page = open_page(knowledge, color_scheme="dark")
    assert page.evaluate("nodes.get(arguments => true).find(n => n.shape !== 'box').font.color") == "#e6e9ee"


@pytest.mark.parametrize("attack", ATTACKS)
def test_script_in_any_text_is_shown_and_never_run(
    open_page: Callable[..., Any], knowledge: Knowledge, attack: str
) -> None:
    document = Document("x", attack, attack, attack, attack, f"javascript:window.__kg_xss=1//{attack}")
    said = Mention(document.key, 0, len(attack), attack)
    a = Entity(f"leader/{attack}", "Leader", attack, (attack,), {}, (said,))
    b = Entity("topic/b", "Topic", attack + "!", (), {}, (said,))
    facts = (Fact(a.id, "proposed", b.id, None, (said,)), Fact(a.id, "position", None, attack, (said,)))
    page = open_page(Knowledge((document,), (a, b), facts, (), ()))
    page.evaluate("id => kgView.select(id)", a.id)
    page.mouse.move(400, 400)
    shown = page.locator("#panel").inner_text()
    assert attack.strip("\u2028") in shown
    assert page.locator("#panel a").count() == 0
    assert not page.evaluate("!!window.__kg_xss")


def test_same_facts_give_the_same_page(knowledge: Knowledge) -> None:
    assert html(knowledge) == html(knowledge)


def test_library_has_a_hash_in_the_content_policy_and_no_address_to_fetch_from(knowledge: Knowledge) -> None:
    page = html(knowledge)
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', page)
    assert policy is not None
    assert policy[1].count("sha256-") == 2
    assert "default-src 'none'" in policy[1]
    assert re.findall(r"<(?:script|link|img)[^>]+(?:src|href)=", page) == []


def test_too_many_entities_keep_the_best_connected_and_the_page_says_so(knowledge: Knowledge) -> None:
    page = html(knowledge, max_nodes=3)
    assert "3 of 6 entities are drawn" in page
    data = re.search(r'id="data">(.*?)</script>', page)
    assert data is not None
    assert {node["id"] for node in json.loads(data[1])["nodes"]} >= {CHINH, SUMMIT}


def test_every_type_has_a_style_and_every_predicate_a_verb() -> None:
    from kg.graph import VERBS
    from kg.view.network import STYLES

    assert set(STYLES) == set(ENTITY_TYPES)
    assert len({shape for shape, _ in STYLES.values()}) == len(STYLES)
    assert set(VERBS) == set(PREDICATES)


def test_no_facts_still_make_a_page(open_page: Callable[..., Any], knowledge: Knowledge) -> None:
    page = open_page(replace(knowledge, facts=()))
    assert page.evaluate("kgView.nodeCount") == 0
