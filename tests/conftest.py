"""What several rooms' tests share: a small graph made by hand, and a browser that reaches no network."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from typing import Any

import pytest

from kg.model import Document, Entity, Fact, Knowledge, Mention, Merge

SUMMIT_TEXT = (
    "Prime Minister Pham Minh Chinh led the Vietnamese delegation to the 11th CLMV Summit. "
    "The summit was held in Hanoi on 7 November 2024. "
    "Leaders discussed energy trade. "
    "Pham Minh Chinh will visit Laos in 2025."
)
WIRE_TEXT = "Pham Minh Chinh attended the 11th CLMV Summit, the wire said."


def _mention(document: Document, words: str, rule: str = "") -> Mention:
    begin = document.text.index(words)
    return Mention(document.key, begin, begin + len(words), words, rule)


@pytest.fixture(scope="session")
def knowledge() -> Knowledge:
    """One summit in two documents: eight facts, one of them planned and one stated twice."""
    report = Document(
        "clmv-report", SUMMIT_TEXT, "CLMV leaders meet", "2024-11-08", "A Ministry", "https://news.example/clmv"
    )
    wire = Document("clmv-wire", WIRE_TEXT, None, "2024-11-09", None, "wires/clmv-wire.txt")
    led, held, talked, will = (
        _mention(report, s + ".") for s in SUMMIT_TEXT.removesuffix(".").replace(". ", ".\n").split(".\n")
    )
    wired = _mention(wire, WIRE_TEXT)
    chinh = "leader/pham-minh-chinh"
    summit = "meeting/11th-clmv-summit"
    entities = (
        Entity("country/LAO", "Country", "Laos", ("Lao",), {"iso3": "LAO"}, (_mention(report, "Laos"),), "LAO"),
        Entity(
            "country/VNM", "Country", "Vietnam", ("Vietnamese",), {"iso3": "VNM", "wikidata": "Q881"},
            (_mention(report, "Vietnamese"),), "VNM",
        ),
        Entity(
            chinh, "Leader", "Pham Minh Chinh", ("Prime Minister Pham Minh Chinh",), {},
            (_mention(report, "Pham Minh Chinh"), _mention(wire, "Pham Minh Chinh")),
        ),
        Entity(
            summit, "Meeting", "11th CLMV Summit", ("The summit",),
            {"kind": "summit", "ordinal": "11", "earliest": "2024-11-07", "latest": "2024-11-07"},
            (_mention(report, "11th CLMV Summit"), _mention(wire, "11th CLMV Summit")),
        ),
        Entity("place/hanoi", "Place", "Hanoi", (), {"country": "country/VNM"}, (_mention(report, "Hanoi"),)),
        Entity("topic/energy-trade", "Topic", "energy trade", (), {}, (_mention(report, "energy trade"),)),
    )  # fmt: skip
    dated = {"happened": "2024-11-07", "reported": "2024-11-08"}
    facts = (
        Fact(chinh, "ledDelegation", summit, None, (led,), rule="lead", **dated),
        Fact(chinh, "attended", summit, None, (led, wired), rule="attend", **dated),
        Fact(summit, "heldIn", "place/hanoi", None, (held,), rule="held", **dated),
        Fact(summit, "heldOn", None, "2024-11-07", (held,), rule="held", **dated),
        Fact(summit, "discussed", "topic/energy-trade", None, (talked,), rule="discuss", **dated),
        Fact(chinh, "position", None, "Prime Minister", (led,), rule="title", reported="2024-11-08"),
        Fact(chinh, "represents", "country/VNM", None, (led,), rule="title", reported="2024-11-08"),
        Fact(
            chinh, "visited", "country/LAO", None, (will,), modality="planned", happened="2025",
            reported="2024-11-08", rule="visit",
        ),
    )  # fmt: skip
    return Knowledge(
        documents=tuple(sorted((report, wire), key=lambda d: d.key)),
        entities=entities,
        facts=tuple(sorted(facts, key=lambda f: f.key)),
        figures=(),
        merges=(Merge(chinh, "Chinh", wire.key, "surname within the document", 0.9),),
    )


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """Headless Chromium. Without one the tests of the page are skipped, but never in CI."""
    names = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
    path = os.environ.get("KG_CHROMIUM") or next((p for p in map(shutil.which, names) if p), None)
    if path is None:
        reason = "no Chromium here: apt-get install chromium-headless-shell, or set KG_CHROMIUM"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=["--disable-gpu"])
        yield chromium
        chromium.close()
