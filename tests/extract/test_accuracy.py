"""The accuracy that `docs/extraction.md` publishes, measured again: it must not fall unnoticed."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from kg.extract import extract_documents
from kg.extract.form import to_form
from kg.model import Document

ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT.parent / "shared" / "gold"

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not SHARED.is_dir(), reason="the scorer and the development gold lie outside this repository"),
]


@pytest.fixture(scope="module")
def scorer() -> ModuleType:
    spec = importlib.util.spec_from_file_location("score", SHARED / "score.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def measured(scorer: ModuleType, folder: Path) -> dict[str, Any]:
    gold = [json.loads(path.read_text("utf-8")) for path in sorted(folder.glob("*.json"))]
    documents = [Document(d["id"], d["text"], d["title"], d["published"], d["publisher"]) for d in gold]
    predicted = {x.document.id: to_form(x) for x in extract_documents(documents)}
    report, _, _ = scorer.evaluate(gold, predicted)
    return dict(report)


@pytest.mark.parametrize(
    ("folder", "entities", "facts"), [(SHARED / "dev", 0.87, 0.63), (ROOT / "tests" / "gold", 0.88, 0.61)]
)
def test_accuracy_stays(scorer: ModuleType, folder: Path, entities: float, facts: float) -> None:
    report = measured(scorer, folder)
    assert report["evidence"]["not_in_text"] == 0
    assert report["entity"]["named"]["F1"] >= entities
    assert report["core"]["all"]["F1"] >= facts
