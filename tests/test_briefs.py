"""The news briefs of the demo: told in our own words, and complete enough to be read as documents."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

BRIEFS = sorted((Path(__file__).resolve().parents[1] / "seeds" / "briefs").glob("*.md"))
REPORTS = Path(__file__).resolve().parents[2] / "shared" / "seeds"
LONGEST_SHARED_RUN = 8  # words; a name with its title alone can reach it


def _parts(brief: Path) -> tuple[dict[str, Any], str]:
    """The front matter and the text below it."""
    empty, front_matter, body = brief.read_text(encoding="utf-8").split("---\n", 2)
    assert empty == ""
    return yaml.safe_load(front_matter), body.strip()


def _words(text: str) -> list[str]:
    # Hyphens part words, so that "ASEAN-Japan Integration Fund" counts as four: the stricter way to look for copies.
    return re.findall(r"\w+", text.lower())


def _shared_runs(text: str, report: str, length: int) -> list[str]:
    """The runs of `length` consecutive words that `text` has in common with `report`, in order."""
    words, other = _words(text), _words(report)
    known = {tuple(other[i : i + length]) for i in range(len(other) - length + 1)}
    runs = (tuple(words[i : i + length]) for i in range(len(words) - length + 1))
    return [" ".join(run) for run in runs if run in known]


def test_the_demo_has_some_forty_briefs() -> None:
    assert 40 <= len(BRIEFS) <= 50


def test_the_briefs_span_two_decades() -> None:
    years = {_parts(brief)[0]["date"].year for brief in BRIEFS}
    assert min(years) == 2003
    assert max(years) == 2025
    assert len(years) >= 15


@pytest.mark.parametrize("brief", BRIEFS, ids=lambda brief: brief.stem)
def test_brief_says_what_it_is_when_and_by_whom(brief: Path) -> None:
    front_matter, _ = _parts(brief)
    assert front_matter["id"] == brief.stem
    assert front_matter["title"].strip()
    assert type(front_matter["date"]) is date
    assert front_matter["publisher"].strip()


@pytest.mark.parametrize("brief", BRIEFS, ids=lambda brief: brief.stem)
def test_brief_names_the_report_it_follows_and_what_was_checked_where(brief: Path) -> None:
    front_matter, _ = _parts(brief)
    sources = front_matter["sources"]
    assert front_matter["url"] in sources
    assert type(front_matter["looked_up"]) is date
    assert all(address.startswith(("http://", "https://")) for address in sources)
    assert all(supports.strip() for supports in sources.values())


@pytest.mark.parametrize("brief", BRIEFS, ids=lambda brief: brief.stem)
def test_brief_is_brief(brief: Path) -> None:
    assert 120 <= len(_parts(brief)[1].split()) <= 260


def test_no_two_briefs_have_one_title() -> None:
    titles = [_parts(brief)[0]["title"] for brief in BRIEFS]
    assert len(set(titles)) == len(titles)


def test_copied_words_are_found_whatever_their_punctuation() -> None:
    report = "The summit, held in Lisbon, adopted a Lisbon-Porto rail plan."
    assert _shared_runs("It said the summit held in Lisbon adopted nothing.", report, 6) == [
        "the summit held in lisbon adopted"
    ]
    assert _shared_runs("In Porto the summit adopted a plan for rail.", report, 4) == []


@pytest.mark.skipif(not REPORTS.is_dir(), reason="the reports behind the briefs are not on this machine")
@pytest.mark.parametrize("brief", BRIEFS, ids=lambda brief: brief.stem)
def test_brief_is_told_in_our_own_words(brief: Path) -> None:
    front_matter, body = _parts(brief)
    for report in sorted(REPORTS.glob("*.txt")):
        text = f"{front_matter['title']}.\n{body}"
        assert _shared_runs(text, report.read_text(encoding="utf-8"), LONGEST_SHARED_RUN + 1) == []
