"""Opening a page as a reader would: from a file, in a browser, with everything that goes wrong noted."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from kg.model import Knowledge
from kg.view import html


@pytest.fixture
def open_page(browser: Any, tmp_path: Path) -> Iterator[Callable[..., Any]]:
    """Opens the page of a `Knowledge`; fails the test on any request, console error or uncaught exception."""
    faults: list[str] = []
    contexts = []

    def open_it(knowledge: Knowledge, fragment: str = "", width: int = 1280, height: int = 800, **context: Any) -> Any:
        path = tmp_path / "graph.html"
        path.write_text(html(knowledge), encoding="utf-8")
        made = browser.new_context(viewport={"width": width, "height": height}, **context)
        contexts.append(made)
        page = made.new_page()
        own = path.as_uri()
        page.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("request", lambda asked: None if _is_own(asked.url, own) else faults.append(asked.url))
        page.goto(f"{own}#{fragment}" if fragment else own)
        page.wait_for_function("() => window.kgView && kgView.ready", timeout=60_000)
        return page

    yield open_it
    for context in contexts:
        context.close()
    assert faults == []


def _is_own(url: str, own: str) -> bool:
    return url.partition("#")[0] == own or url.startswith("blob:")


def point(page: Any, id_: str) -> tuple[float, float]:
    """Where on the screen the entity is drawn."""
    at = page.evaluate(
        """id => { const at = network.canvasToDOM(network.getPositions([entityOf.get(id).i])[entityOf.get(id).i]);
                   const box = document.querySelector('canvas').getBoundingClientRect();
                   return [box.x + at.x, box.y + at.y]; }""",
        id_,
    )
    return at[0], at[1]
