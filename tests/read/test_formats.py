"""Markdown with front matter, JSON lines and HTML pages."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kg.model import Document, Skipped
from kg.read import read_documents

ARTICLE = "The two ministers met in the capital on Monday and agreed on a plan for the river that both countries share."


def read(path: Path, data: str | bytes) -> list[Document | Skipped]:
    path.write_bytes(data.encode("utf-8") if isinstance(data, str) else data)
    return list(read_documents([path]))


# Markdown


def test_front_matter_becomes_metadata_and_the_text_follows_it(tmp_path: Path) -> None:
    front = "id: plan-1\ntitle: 'Plan: a river'\ndate: 2024-11-07\npublisher: Exwire\nurl: https://news.example/1"
    text = f"---\n{front}\n---\n\n{ARTICLE}"
    expected = Document("plan-1", ARTICLE, "Plan: a river", "2024-11-07", "Exwire", "https://news.example/1")
    assert read(tmp_path / "a.md", text) == [expected]


@pytest.mark.parametrize("stated", ["2024-11-07T10:00:00Z", "7 November 2024", "'2024-11-07'"])
def test_dates_of_front_matter_are_read_in_their_usual_forms(tmp_path: Path, stated: str) -> None:
    (document,) = read(tmp_path / "a.md", f"---\npublished: {stated}\n---\n{ARTICLE}")
    assert isinstance(document, Document)
    assert document.published == "2024-11-07"


def test_markdown_without_front_matter_is_text(tmp_path: Path) -> None:
    (document,) = read(tmp_path / "a.md", ARTICLE)
    assert isinstance(document, Document)
    assert (document.id, document.text) == ("a", ARTICLE)


@pytest.mark.parametrize(
    ("front", "line", "words"),
    [
        ("title: a\npublisher: [b\n---\n", 4, "malformed front matter"),
        ("title: a: b\n---\n", 2, "malformed front matter"),
        ("- a\n- b\n---\n", 2, "expected lines like"),
        ("title: a\n\n", 1, "not closed"),
        ("date: 2024-13-45\n---\n", 2, "malformed front matter"),
    ],
)
def test_malformed_front_matter_is_skipped_with_its_line(tmp_path: Path, front: str, line: int, words: str) -> None:
    (skipped,) = read(tmp_path / "a.md", f"---\n{front}{ARTICLE}")
    assert isinstance(skipped, Skipped)
    assert skipped.where == f"{tmp_path / 'a.md'}, line {line}"
    assert words in skipped.reason


def test_field_that_is_no_text_is_skipped_by_name(tmp_path: Path) -> None:
    (skipped,) = read(tmp_path / "a.md", f"---\ntitle: [a, b]\n---\n{ARTICLE}")
    assert isinstance(skipped, Skipped)
    assert skipped.reason == "its field `title` is a list, not text"


def test_front_matter_cannot_run_code(tmp_path: Path) -> None:
    (skipped,) = read(tmp_path / "a.md", f"---\ntitle: !!python/object/apply:os.getcwd []\n---\n{ARTICLE}")
    assert isinstance(skipped, Skipped)
    assert "malformed front matter" in skipped.reason


# JSON lines


def test_every_line_is_a_document(tmp_path: Path) -> None:
    known = {"title": "T", "published": "2024-11", "publisher": "P", "source": "https://x.example"}
    lines: list[dict[str, object]] = [
        {"id": "a", "text": ARTICLE, **known},
        {"id": 7, "text": ARTICLE},
        {"text": ARTICLE, "title": None},
    ]
    found = read(tmp_path / "d.jsonl", "\n".join(map(json.dumps, lines)))
    path = (tmp_path / "d.jsonl").as_posix()
    assert found == [
        Document("a", ARTICLE, "T", "2024-11", "P", "https://x.example"),
        Document("7", ARTICLE, source=path),
        Document("d-3", ARTICLE, source=path),
    ]


def test_bad_line_is_skipped_by_number_and_the_rest_is_read(tmp_path: Path) -> None:
    good = json.dumps({"text": ARTICLE}).encode()
    bad = [b'{"text": "x', b"[]", b"{}", b'{"text": 5}', b'{"text": "\xff"}', b"[" * 100_000]
    lines = [good, b"", *bad, good, b'{"text": ""}']
    found = read(tmp_path / "d.jsonl", b"\n".join(lines))
    where = str(tmp_path / "d.jsonl")
    assert [item.where.removeprefix(where) for item in found if isinstance(item, Skipped)] == [
        f", line {n}" for n in (3, 4, 5, 6, 7, 8, 10)
    ]
    reasons = [item.reason for item in found if isinstance(item, Skipped)]
    assert reasons[0].startswith("malformed JSON: Unterminated string")
    assert reasons[2:5] == ["has no `text`", "its field `text` is no text", "not valid UTF-8 at byte 10 of the line"]
    assert [item.id for item in found if isinstance(item, Document)] == ["d-1", "d-9"]


def test_words_of_json_lines_stay_as_they_are(tmp_path: Path) -> None:
    decomposed = f"Vie\u0302\u0323t Nam. {ARTICLE}"
    (document,) = read(tmp_path / "d.jsonl", json.dumps({"text": decomposed}))
    assert isinstance(document, Document)
    assert document.text == decomposed


def test_half_characters_are_replaced(tmp_path: Path) -> None:
    (document,) = read(tmp_path / "d.jsonl", f'{{"id": "\\ud800", "text": "\\ud83d {ARTICLE}"}}')
    assert isinstance(document, Document)
    assert document.text == f"\ufffd {ARTICLE}"
    assert document.id.encode("utf-8")


def test_unreadable_date_is_listed_and_costs_the_date_only(tmp_path: Path) -> None:
    note, document = read(tmp_path / "d.jsonl", json.dumps({"text": ARTICLE, "published": "soon"}))
    assert isinstance(note, Skipped)
    assert "'soon' cannot be read" in note.reason
    assert isinstance(document, Document)
    assert document.published is None


def test_line_of_twenty_megabytes_is_skipped_and_the_next_one_read(tmp_path: Path) -> None:
    good = json.dumps({"text": ARTICLE}).encode()
    long = b'{"text": "' + b"x" * 20_000_000 + b'"}\n'
    skipped, document = read(tmp_path / "d.jsonl", long + good)
    assert isinstance(skipped, Skipped)
    assert skipped.reason == "too long: 20,000,013 bytes, at most 12,065,536 are read"
    assert isinstance(document, Document)


def test_text_above_two_megabytes_is_skipped_with_its_size(tmp_path: Path) -> None:
    (skipped,) = read(tmp_path / "d.jsonl", json.dumps({"text": "word " * 500_000}))
    assert isinstance(skipped, Skipped)
    assert skipped.reason == "too long: 2,500,000 characters, at most 2,000,000 are read"


# HTML

PARAGRAPHS = "".join(
    f"<p>{words} of the two countries met in the capital on Monday and agreed on a plan for the river they share.</p>"
    for words in ("The ministers", "Experts", "The ambassadors", "Engineers", "The governors")
)
PAGE = f"""<!doctype html><html lang="en"><head><title>Plan for the river - Exwire</title>
<meta property="og:site_name" content="Exwire"><meta property="article:published_time" content="2024-11-07T10:00:00Z">
<link rel="canonical" href="https://news.example/river"></head>
<body><nav><a href="/">Home</a> <a href="/world">World</a></nav><article><h1>Plan for the river</h1>
{PARAGRAPHS}</article>
<footer>All rights reserved</footer><script>alert(1)</script></body></html>"""


def test_page_gives_its_article_title_date_publisher_and_address(tmp_path: Path) -> None:
    (document,) = read(tmp_path / "p.html", PAGE)
    assert isinstance(document, Document)
    assert (document.title, document.published, document.publisher) == ("Plan for the river", "2024-11-07", "Exwire")
    assert document.source == "https://news.example/river"
    assert "The governors of the two countries" in document.text
    assert not {"Home", "rights", "alert"} & set(document.text.split())


def test_page_in_its_declared_charset_is_read(tmp_path: Path) -> None:
    page = PAGE.replace("<head>", '<head><meta charset="iso-8859-1">').replace("Engineers", "Ingénieurs")
    (document,) = read(tmp_path / "p.htm", page.encode("latin-1"))
    assert isinstance(document, Document)
    assert "Ingénieurs of the two" in document.text


def test_page_in_no_valid_charset_is_read_as_windows_1252(tmp_path: Path) -> None:
    (document,) = read(tmp_path / "p.html", PAGE.replace("Engineers", "Engineers’").encode("cp1252"))
    assert isinstance(document, Document)
    assert "Engineers’ of the two" in document.text


@pytest.mark.parametrize("page", ["<html><body><nav>Home</nav></body></html>", "<p>", "no markup", "<" * 3_000])
def test_page_without_an_article_is_skipped(tmp_path: Path, page: str) -> None:
    (skipped,) = read(tmp_path / "p.html", page)
    assert isinstance(skipped, Skipped)


def test_page_nested_beyond_reason_ends_in_a_document_or_a_reason(tmp_path: Path) -> None:
    (found,) = read(tmp_path / "p.html", "<div>" * 90_000 + PARAGRAPHS)
    assert isinstance(found, Document) or found.reason


def test_page_of_a_million_tags_is_skipped_with_their_number(tmp_path: Path) -> None:
    (skipped,) = read(tmp_path / "p.html", "<p>a</p>" * 500_000 + PARAGRAPHS)
    assert isinstance(skipped, Skipped)
    assert skipped.reason == "too many tags: 1,000,010, at most 100,000 are read"


def test_page_above_ten_megabytes_is_skipped_with_its_size(tmp_path: Path) -> None:
    (skipped,) = read(tmp_path / "p.html", PARAGRAPHS + "x" * 10_000_000)
    assert isinstance(skipped, Skipped)
    assert skipped.reason.startswith("too long: 10,000,")


def test_same_page_gives_the_same_document(tmp_path: Path) -> None:
    assert read(tmp_path / "p.html", PAGE) == read(tmp_path / "p.html", PAGE)
