"""Building as a user does it over weeks: more articles, corrected ones, the same ones again, and one to take back."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

import kg
from kg.build import extract, withdraw
from kg.errors import InputError, StoreError, UnknownName

SUMMIT = "Prime Minister Pham Minh Chinh led the Vietnamese delegation to the 11th CLMV Summit in Kunming."
WIRE = "Pham Minh Chinh attended the 11th CLMV Summit. Laos and Vietnam signed the Hanoi Border Trade Agreement."
TALKS = "Lao Prime Minister Sonexay Siphandone met Pham Minh Chinh in Hanoi on 6 January 2024."

Write = Callable[..., Path]


@pytest.fixture
def write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Write:
    """Writes articles (name=text) into the folder `articles` and gives its path, relative as a user types it."""
    monkeypatch.chdir(tmp_path)
    Path("articles").mkdir()

    def write_articles(**articles: str) -> Path:
        for name, text in articles.items():
            Path("articles", f"{name}.txt").write_text(text, encoding="utf-8")
        return Path("articles")

    return write_articles


def _exports(store: str) -> list[bytes]:
    with kg.open(store) as graph:
        return [graph.export(form) for form in ("ntriples", "csv", "graphml")]


def _documents(store: str = "graph") -> list[str]:
    with kg.open(store) as graph:
        return sorted(document.id for document in graph.documents)


def test_second_build_of_the_same_changes_nothing(write: Write) -> None:
    folder = write(summit=SUMMIT)
    assert kg.build([folder]).changed
    pointer = Path("graph/store.json").read_text(encoding="utf-8")
    again = kg.build([folder])
    assert (again.changed, again.n_new, again.n_known) == (False, 0, 1)
    assert Path("graph/store.json").read_text(encoding="utf-8") == pointer


def test_second_build_does_not_wake_the_model(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = write(summit=SUMMIT)
    kg.build([folder])

    def never(*_: object, **__: object) -> None:
        raise AssertionError("a known document was read again")

    monkeypatch.setattr("kg.extract.pipeline.load_pipeline", never)
    kg.build([folder])


def test_more_articles_add_to_the_graph(write: Write) -> None:
    kg.build([write(summit=SUMMIT)])
    Path("more").mkdir()
    Path("more/talks.txt").write_text(TALKS, encoding="utf-8")
    report = kg.build(["more"])
    assert (report.n_new, report.n_documents) == (1, 2)
    assert _documents() == ["summit", "talks"]


def test_corrected_article_replaces_its_older_version(write: Write) -> None:
    kg.build([write(summit=SUMMIT)])
    report = kg.build([write(summit=SUMMIT.replace("11th", "12th"))])
    assert (report.n_replaced, report.n_documents) == (1, 1)
    with kg.open() as graph:
        assert [e.name for e in graph.entities if e.type == "Meeting"] == ["12th CLMV Summit"]


def test_same_text_twice_is_one_document(write: Write) -> None:
    report = kg.build([write(a=SUMMIT, b=SUMMIT)])
    assert (report.n_new, report.n_documents) == (1, 1)


def test_corrected_metadata_of_the_same_text_are_taken(write: Write) -> None:
    row = {"id": "s", "source": "https://news.example/s", "text": SUMMIT}
    write()
    for published in ("2024-11-07", "2024-11-08"):
        Path("press.jsonl").write_text(json.dumps(row | {"published": published}), encoding="utf-8")
        kg.build(["press.jsonl"])
    with kg.open() as graph:
        assert [document.published for document in graph.documents] == ["2024-11-08"]


def test_order_of_the_sources_does_not_matter(write: Write) -> None:
    write(a=SUMMIT, b=WIRE, c=TALKS, d=SUMMIT)
    names = [f"articles/{name}.txt" for name in "abcd"]
    kg.build(names, store="one")
    kg.build(names[::-1], store="other")
    kg.build(names[2:], store="grown")
    kg.build(names[:2], store="grown")
    assert _exports("one") == _exports("other") == _exports("grown")


def test_withdrawn_document_leaves_a_graph_that_never_had_it(write: Write) -> None:
    kg.build([write(summit=SUMMIT, wire=WIRE, talks=TALKS)], store="graph")
    report = withdraw("wire", store="graph")
    Path("articles/wire.txt").unlink()
    kg.build(["articles"], store="never")
    assert report.n_documents == 2
    assert _exports("graph") == _exports("never")


def test_withdrawn_document_stays_out_when_it_is_read_again(write: Write) -> None:
    folder = write(summit=SUMMIT, talks=TALKS)
    kg.build([folder])
    withdraw("talks")
    report = kg.build([folder])
    assert (report.n_withdrawn, report.n_documents) == (1, 1)
    assert "1 left out because withdrawn" in str(report)


def test_withdrawn_document_comes_back_when_it_is_asked_for(write: Write) -> None:
    folder = write(summit=SUMMIT, talks=TALKS)
    before = kg.build([folder])
    withdraw("talks")
    report = kg.build([folder], withdrawn="take in")
    assert (report.n_withdrawn, report.n_facts) == (0, before.n_facts)


def test_last_document_can_be_withdrawn(write: Write) -> None:
    kg.build([write(summit=SUMMIT)])
    assert withdraw("articles/summit.txt").n_facts == 0


def test_id_of_two_documents_needs_a_key(write: Write) -> None:
    write(talks=TALKS)
    Path("other").mkdir()
    Path("other/talks.txt").write_text(WIRE, encoding="utf-8")
    kg.build(["articles", "other"])
    with pytest.raises(UnknownName, match=r"names 2 documents.*articles/talks.txt.*other/talks.txt|names 2 documents"):
        withdraw("talks")
    assert withdraw("other/talks.txt").n_documents == 1


def test_unknown_document_offers_the_nearest(write: Write) -> None:
    kg.build([write(talks=TALKS)])
    with pytest.raises(UnknownName, match="did you mean 'talks'"):
        withdraw("talk")


def test_what_cannot_be_read_is_listed_and_nothing_else_is_lost(write: Write) -> None:
    folder = write(summit=SUMMIT, empty="")
    report = kg.build([folder])
    assert [one.where for one in report.skipped] == ["articles/empty.txt"]
    assert report.n_documents == 1
    assert "skipped articles/empty.txt: empty" in str(report)


def test_skipped_input_is_remembered_until_it_is_mended(write: Write) -> None:
    kg.build([write(summit=SUMMIT, empty="")])
    Path("more").mkdir()
    Path("more/talks.txt").write_text(TALKS, encoding="utf-8")
    kg.build(["more"])
    with kg.open() as graph:
        assert [one.where for one in graph.store.manifest().skipped] == ["articles/empty.txt"]
    kg.build([write(empty=WIRE)])
    with kg.open() as graph:
        assert graph.store.manifest().skipped == ()


def test_build_from_nothing_readable_fails_and_keeps_the_graph(write: Write) -> None:
    kg.build([write(summit=SUMMIT)])
    Path("empty.txt").write_text("", encoding="utf-8")
    with pytest.raises(InputError, match=r"every document was skipped \(empty.txt: empty\)"):
        kg.build(["empty.txt"])
    assert _documents() == ["summit"]


def test_missing_source_fails_before_a_store_is_made(write: Write) -> None:
    write()
    with pytest.raises(InputError, match="'nowhere' does not exist"):
        kg.build(["nowhere"])
    assert not Path("graph").exists()


def test_folder_of_something_else_is_no_store(write: Write) -> None:
    folder = write(summit=SUMMIT)
    with pytest.raises(StoreError, match="no store"):
        kg.build([folder], store="articles")
    assert [path.name for path in folder.iterdir()] == ["summit.txt"]


def test_progress_is_told(write: Write) -> None:
    told: list[tuple[str, int, int | None]] = []
    kg.build([write(summit=SUMMIT)], progress=lambda *step: told.append(step))
    assert ("reading", 1, None) in told
    assert ("extracting", 1, 1) in told


def test_extract_touches_no_store(write: Write) -> None:
    skipped: list[kg.Skipped] = []
    found = list(extract([write(summit=SUMMIT, empty="")], skipped=skipped))
    assert [extraction.document.id for extraction in found] == ["summit"]
    assert [one.where for one in skipped] == ["articles/empty.txt"]
    assert not Path("graph").exists()
