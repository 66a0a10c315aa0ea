"""The gold documents: well formed, true to their texts, and within the types and predicates of the guidelines."""

from __future__ import annotations

import json
import re
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest

GOLD = Path(__file__).parent / "gold"
PATHS = sorted(GOLD.glob("*.json"))
KEYS = ["id", "url", "title", "published", "publisher", "text", "entities", "facts", "figures"]
ACTOR = {"Leader", "Country", "Organization"}
BODY = {"Country", "Organization"}
ENDS: dict[str, tuple[set[str], set[str]]] = {
    "attended": (ACTOR, {"Meeting"}),
    "ledDelegation": ({"Leader"}, {"Meeting"}),
    "chaired": (ACTOR, {"Meeting"}),
    "hosted": (ACTOR, {"Meeting"}),
    "heldIn": ({"Meeting"}, {"Place", "Country"}),
    "partOf": ({"Meeting"}, {"Meeting", "Framework"}),
    "discussed": ({"Meeting"}, {"Topic", "Project", "Framework"}),
    "adopted": ({"Meeting"}, {"Framework"}),
    "met": ({"Leader"}, {"Leader"}),
    "visited": ({"Leader"}, {"Country", "Place"}),
    "represents": ({"Leader"}, BODY),
    "memberOf": ({"Country"}, {"Framework", "Organization"}),
    "signed": (ACTOR, {"Framework"}),
    "fundedBy": ({"Project", "Framework"}, BODY),
    "participatesIn": (BODY, {"Project"}),
    "underFramework": ({"Project", "Framework"}, {"Framework"}),
    "proposed": (ACTOR, {"Topic", "Project", "Framework", "Meeting"}),
    "pledged": (ACTOR, {"Topic", "Project", "Framework"}),
    "cooperatesWith": (BODY, BODY),
}
LITERALS = {"heldOn": "Meeting", "position": "Leader"}
SYMMETRIC = {"met", "cooperatesWith"}
TYPES = {"Country", "Leader", "Organization", "Meeting", "Framework", "Project", "Place", "Topic"}
# A canonical name may be composed: of an adjective, of an acronym, of a description.
COMPOSED = {"Country", "Organization", "Meeting", "Framework", "Project", "Topic"}


def load(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return found


@pytest.fixture(params=PATHS, ids=lambda p: p.stem)
def document(request: pytest.FixtureRequest) -> dict[str, Any]:
    return load(request.param)


def occurs(name: str, text: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text, re.IGNORECASE) is not None


def kinds(document: dict[str, Any]) -> dict[str, set[str]]:
    return {e["id"]: {e["type"], *e["alt_types"]} for e in document["entities"]}


def test_there_are_fourteen() -> None:
    assert len(PATHS) == 14


def test_form(document: dict[str, Any], request: pytest.FixtureRequest) -> None:
    assert list(document) == KEYS
    assert f"[{document['id']}]" in request.node.name
    assert document["published"] is None or date.fromisoformat(document["published"])
    assert 170 <= len(document["text"].split()) <= 320


def test_entities_are_named_as_the_text_names_them(document: dict[str, Any]) -> None:
    assert len({e["id"] for e in document["entities"]}) == len(document["entities"])
    for entity in document["entities"]:
        assert {entity["type"], *entity["alt_types"]} <= TYPES
        assert entity["type"] not in entity["alt_types"]
        assert entity["name"] == entity["names"][0]
        assert len(set(entity["names"])) == len(entity["names"]), entity["names"]
        absent = [name for name in entity["names"] if not occurs(name, document["text"])]
        composed = entity["type"] == "Meeting" or (entity["type"] in COMPOSED and len(entity["names"]) > 1)
        allowed = [entity["name"]] if composed else []
        assert set(absent) <= set(allowed), f"not in the text: {absent}"


def test_topics_are_few_and_short(document: dict[str, Any]) -> None:
    topics = [e["name"] for e in document["entities"] if e["type"] == "Topic"]
    assert len(topics) <= 12
    assert all(len(name.split()) <= 6 for name in topics), topics


def test_every_statement_rests_on_the_text(document: dict[str, Any]) -> None:
    for statement in document["facts"] + document["figures"]:
        assert statement["evidence"] in document["text"], statement
        assert "\n" not in statement["evidence"], statement


def test_facts_have_both_ends(document: dict[str, Any]) -> None:
    kind = kinds(document)
    seen = set()
    for fact in document["facts"]:
        if fact["p"] in LITERALS:
            assert set(fact) == {"s", "p", "value", "evidence"}
            assert fact["value"].strip() == fact["value"] != ""
            assert LITERALS[fact["p"]] in kind[fact["s"]], fact
        else:
            assert set(fact) == {"s", "p", "o", "evidence"}
            assert fact["s"] != fact["o"]
            subject, target = ENDS[fact["p"]]
            assert subject & kind[fact["s"]], fact
            assert target & kind[fact["o"]], fact
        ends = [fact["s"], fact.get("o", fact.get("value"))]
        key = (fact["p"], *(sorted(ends) if fact["p"] in SYMMETRIC else ends))
        assert key not in seen, f"twice: {fact}"
        seen.add(key)


def test_dates_are_iso(document: dict[str, Any]) -> None:
    for fact in document["facts"]:
        if fact["p"] == "heldOn":
            days = fact["value"].split("/")
            for day in days:
                assert re.fullmatch(r"\d{4}(-\d\d(-\d\d)?)?", day), fact
                date.fromisoformat((day + "-01-01")[:10])
            assert days == sorted(days)
            assert len(days) <= 2


def test_figures_are_numbers_of_an_entity(document: dict[str, Any]) -> None:
    known = kinds(document)
    for figure in document["figures"]:
        assert set(figure) == {"s", "indicator", "value", "unit", "period", "evidence"}
        assert figure["s"] in known
        assert isinstance(figure["value"], int | float)


def test_who_chairs_or_leads_a_delegation_also_attends(document: dict[str, Any]) -> None:
    facts = {(f["s"], f["p"], f.get("o")) for f in document["facts"]}
    roles = [f for f in facts if f[1] in {"chaired", "ledDelegation"}]
    assert not [role for role in roles if (role[0], "attended", role[2]) not in facts]


def test_who_holds_an_office_represents_somebody(document: dict[str, Any]) -> None:
    holders = {f["s"] for f in document["facts"] if f["p"] == "position"}
    speakers = {f["s"] for f in document["facts"] if f["p"] == "represents"}
    assert holders <= speakers


def test_the_readme_counts_what_is_there() -> None:
    documents = [load(path) for path in PATHS]
    readme = (GOLD / "README.md").read_text(encoding="utf-8")
    stated = {name: int(count) for name, count in re.findall(r"^\| (\w+) \| (\d+) \|$", readme, re.MULTILINE)}
    counted = Counter(e["type"] for d in documents for e in d["entities"])
    counted.update(f["p"] for d in documents for f in d["facts"])
    assert stated == dict(counted)
