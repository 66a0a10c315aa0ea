"""Annotated reports: read into the gold's form, and refused with the place of the fault."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.errors import InputError
from kg.train.corpus import main, read_corpus

REPORT = """
- id: a-1
  published: 2023-08-18
  text: |
    The 43rd Bay Summit opened in Luanda on Thursday.
    President Joao Kiala chaired the meeting.

    It rained.
  entities:
    summit: Meeting | 43rd Bay Summit | the meeting
    kiala: Leader | Joao Kiala | President Joao Kiala
    luanda: Place, Organization | Luanda
  facts:
    - kiala chaired summit @2
    - kiala position "President" @2
    - summit heldOn "2023-08-17" @1
"""


def write(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "reports.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_report_takes_the_form_of_the_gold(tmp_path: Path) -> None:
    (report,) = read_corpus([write(tmp_path, REPORT)])
    assert report["published"] == "2023-08-18"
    assert report["text"].endswith("chaired the meeting.\n\nIt rained.")
    assert report["entities"][2] == {
        "id": "luanda", "type": "Place", "name": "Luanda", "names": ["Luanda"], "alt_types": ["Organization"],
    }  # fmt: skip
    assert report["facts"][0]["evidence"] == "President Joao Kiala chaired the meeting."
    assert [f["value"] for f in report["facts"] if "value" in f] == ["President", "2023-08-17"]


@pytest.mark.parametrize(
    ("wrong", "right", "says"),
    [
        ("chaired summit @2", "chaired summit @9", "no sentence 9"),
        ("chaired summit @2", "chaired luanda @2", "'luanda' is a Place, wanted Meeting"),
        ("chaired summit @2", "leads summit @2", "no predicate 'leads'"),
        ("chaired summit @2", "chaired summit", "subject predicate object @sentence"),
        ('position "President"', "position summit", "position takes a value"),
        ('"2023-08-17"', '"17 August"', "ISO date"),
        ("| Joao Kiala |", "| Joao Kialo |", "'Joao Kialo' does not stand in the text"),
        ("kiala: Leader", "kiala: Person", "wanted 'Type | name"),
        ("    summit: Meeting", "    no: Meeting", "put it in quotes"),
        ('- kiala position "President" @2', "- kiala chaired summit @2", "said twice"),
    ],
)
def test_fault_is_named_with_its_report(tmp_path: Path, wrong: str, right: str, says: str) -> None:
    assert wrong in REPORT
    with pytest.raises(InputError) as caught:
        list(read_corpus([write(tmp_path, REPORT.replace(wrong, right, 1))]))
    assert says in str(caught.value)
    assert "reports.yaml, report a-1" in str(caught.value)


def test_checker_counts_good_files_and_reports_bad_ones(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    good = write(tmp_path, REPORT)
    bad = tmp_path / "bad.yaml"
    bad.write_text("- id: [", encoding="utf-8")
    assert main([str(good)]) == 0
    assert main([str(bad), str(good)]) == 1
    printed = capsys.readouterr()
    assert "reports.yaml: 1 reports" in printed.out
    assert "bad.yaml: not YAML" in printed.err


def test_shipped_reports_are_sound_and_many() -> None:
    folder = Path(__file__).parents[2] / "seeds" / "training"
    reports = list(read_corpus(sorted(folder.glob("*.yaml"))))
    assert sum(report["text"].count(". ") + 1 for report in reports) > 1000
    assert len({report["text"] for report in reports}) == len(reports)
