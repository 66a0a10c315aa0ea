"""The relation model: what it learns from, that it learns, and that it comes out the same."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from kg.extract.pipeline import EntenteComponent, load_pipeline, make_doc
from kg.extract.reader import Found, apply_rules
from kg.extract.relations.model import save_model
from kg.model import Document
from kg.train.__main__ import main
from kg.train.corpus import read_corpus
from kg.train.fit import cross_validate, fit_model, label_corpus
from kg.train.label import label_report, match_entities, same_date, same_title, same_topic

FOLDER = Path(__file__).parents[2] / "seeds" / "training"
TEXT = "Kenyan President Amina Wairimu met Chadian President Idris Mahamat in Nairobi on 3 May 2022. It rained in Lomé."


def found_in(text: str) -> Found:
    nlp = load_pipeline()
    reader = nlp.get_pipe("entente")
    assert isinstance(reader, EntenteComponent)
    document = Document("d", text)
    with nlp.select_pipes(disable=["entente"]):
        return apply_rules(nlp(make_doc(nlp, document)), document, reader.names)


def report(*facts: dict[str, Any]) -> dict[str, Any]:
    names = {"wairimu": ("Leader", "Amina Wairimu"), "mahamat": ("Leader", "Idris Mahamat"), "lome": ("Place", "Lomé")}
    entities = [
        {"id": key, "type": type, "name": name, "names": [name], "alt_types": []} for key, (type, name) in names.items()
    ]
    return {"id": "r", "text": TEXT, "entities": entities, "facts": list(facts)}


def test_symmetric_fact_is_found_whichever_way_it_is_annotated() -> None:
    gold = report({"s": "mahamat", "p": "met", "o": "wairimu", "evidence": TEXT.split(". ")[0] + "."})
    examples, _ = label_report(gold, found_in(TEXT))
    met = [e for e in examples if e.truth.get("met") == 1]
    assert met
    assert all("met" in e.shown for e in met)


def test_what_is_not_annotated_is_no_fact() -> None:
    examples, outcomes = label_report(report(), found_in(TEXT))
    assert not any(e.truth.get("met") for e in examples)
    assert {o.right for o in outcomes if o.predicate == "position"} == {False}


def test_entities_are_matched_one_to_one() -> None:
    matched = match_entities(report(), found_in(TEXT))
    assert sorted(matched.values()) == ["lome", "mahamat", "wairimu"]


def test_words_dates_and_titles_are_compared_as_the_guidelines_say() -> None:
    assert same_date("2024-05", "2024-05-03")
    assert not same_date("2024-05-03", "2024-05")
    assert not same_date("2024-05-03/2024-05-05", "2024-05-03")
    assert same_title("Minister of Trade", "minister of trade")
    assert not same_title("Minister of Trade", "Deputy Minister of Trade")
    assert same_topic("facilitation of trade", "trade facilitation")


@pytest.mark.slow
def test_training_learns_and_comes_out_the_same(tmp_path: Path) -> None:
    pytest.importorskip("sklearn")
    reports = list(read_corpus([FOLDER / "bilateral.yaml", FOLDER / "summits.yaml"]))
    labelled = label_corpus(reports)
    sums = cross_validate(labelled.examples)
    truth = {(e.report, e.pair, p): y for e in labelled.examples for p, y in e.truth.items()}
    attended = sorted(((v, truth[k]) for k, v in sums.items() if k[2] == "attended"), reverse=True)
    top = attended[: sum(y for _, y in attended)]
    # Held-out pairs ranked by the model: among as many as there are facts, many more facts than by chance.
    assert np.mean([y for _, y in top]) > 1.5 * np.mean([y for _, y in attended])
    for name in ("one.npz", "two.npz"):
        save_model(fit_model(labelled), tmp_path / name)
    assert (tmp_path / "one.npz").read_bytes() == (tmp_path / "two.npz").read_bytes()


def test_training_without_reports_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(tmp_path)]) == 1
    assert f"no reports in {tmp_path}" in capsys.readouterr().err
