"""No text of an article runs in the page, nothing is fetched, and the same facts give the same bytes."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from kg.model import Document, Entity, Fact, Knowledge, Mention
from kg.view import html
from tests.view.conftest import point

Open = Callable[..., Any]

ATTACKS = (
    "<img src=x onerror=window.__kg_xss=1>",
    "</script><script>window.__kg_xss=1</script>",
    "see <a href='javascript:window.__kg_xss=1'>href</a>",
    "\u2028window.__kg_xss=1//",
    "\"'><svg/onload=window.__kg_xss=1>",
    "{{constructor.constructor('window.__kg_xss=1')()}}",
    "lone \ud800 half",
)


@pytest.mark.parametrize("attack", ATTACKS)
def test_script_in_any_text_is_shown_and_never_run(open_page: Open, knowledge: Knowledge, attack: str) -> None:
    document = Document(attack, "one", attack, attack, attack, f"javascript:window.__kg_xss=1//{attack}")
    said = Mention(document.key, 0, len(attack), attack)
    a = Entity(f"leader/{attack}", "Leader", attack, (attack + "2",), {"kind": attack, "acronym": attack}, (said,))
    b = Entity(f"topic/{attack}", "Topic", attack + "!", (), {}, (said,))
    m = Entity(f"meeting/{attack}", "Meeting", attack + "?", (), {}, (said,))
    c = Entity(f"country/{attack}", "Country", attack + "~", (), {"iso3": "VNM"}, (said,))
    d = Entity(f"country/{attack}2", "Country", attack + "%", (), {"iso3": attack}, (said,))
    facts = (
        Fact(c.id, "attended", m.id, None, (said,)),
        Fact(d.id, "attended", m.id, None, (said,)),
        Fact(a.id, "attended", m.id, None, (said,), rule=attack),
        Fact(m.id, "discussed", b.id, None, (said,)),
        Fact(a.id, "position", None, attack, (said,)),
    )
    page = open_page(Knowledge((document,), (a, b, c, d, m), facts, (), ()))
    page.evaluate("id => kgView.select(id)", a.id)
    for id_ in (a.id, b.id, m.id):
        page.mouse.move(*point(page, id_))
        page.wait_for_timeout(250)
        page.mouse.click(*point(page, id_))
    shown = page.locator("#panel").inner_text()
    for part in attack.replace("\ud800", "\u2028").split("\u2028"):
        assert part.strip() in shown
    assert page.locator("#panel a").count() == 0
    for view in ("timeline", "map", "matrix", "list"):
        page.click(f"#tab-{view}")
    page.click("#tab-matrix")
    page.locator(".matrix td button").first.click()
    page.click("#tab-graph")
    page.fill("#search", attack.replace("\ud800", ""))
    page.keyboard.press("Enter")
    for drawn in page.evaluate("[graphml(), gexf(), graphSvg()]"):
        ElementTree.fromstring(drawn)
    page.reload()
    assert not page.evaluate("!!window.__kg_xss")


@pytest.mark.parametrize("attack", ATTACKS)
def test_script_in_the_title_is_text(knowledge: Knowledge, attack: str) -> None:
    page = html(knowledge, title=attack)
    page.encode("utf-8")
    assert page.count("<script") == html(knowledge, title="plain").count("<script")
    assert "<img src=x" not in page.partition("<style>")[0]


def test_same_facts_give_the_same_page(knowledge: Knowledge) -> None:
    assert html(knowledge) == html(knowledge)


def test_content_policy_has_the_hashes_of_both_scripts_and_nothing_is_fetched(knowledge: Knowledge) -> None:
    page = html(knowledge)
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', page)
    assert policy is not None
    assert policy[1].count("sha256-") == 2
    assert "default-src 'none'" in policy[1]
    assert re.findall(r"<(?:script|link|img)[^>]+(?:src|href)=", page) == []


def test_our_scripts_build_no_markup_from_text() -> None:
    folder = Path(__file__).parents[2] / "kg" / "view" / "page"
    unsafe = re.compile(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function")
    for script in folder.glob("*.js"):
        assert unsafe.findall(script.read_text(encoding="utf-8")) == [], script.name
