"""Datelines: where, when and by which agency a report was filed, before its first words: "HANOI, March 3 (VNA) -"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from kg.read.lines import Line


class Dateline(NamedTuple):
    """Its words from `begin` to `end`, and the agency that they name."""

    begin: int
    end: int
    words: str
    agency: str | None


_PLACE = r"[A-Z][\w'’.-]*(?:\s[A-Z][\w'’.-]*){0,3}"
_CAPITALS = r"[A-ZÀ-Ý][A-ZÀ-Ý'’.-]{2,}(?:\s[A-ZÀ-Ý][A-ZÀ-Ý'’.-]+){0,3}"
_WORDS_IN_CAPITALS = r"[A-ZÀ-Ý]{3,}(?:\s[A-ZÀ-Ý]+){0,3}"
_MONTH = r"(?i:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[A-Za-z]{0,6}\.?"
_WHEN = (
    r"(?:(?i:mon|tues|wednes|thurs|fri|satur|sun)(?i:day),?\s)?"
    rf"(?:(?:{_MONTH}\s[0-9]{{1,2}}|[0-9]{{1,2}}\s{_MONTH})(?:,?\s[12][0-9]{{3}})?"
    r"|[0-9]{1,2}[./-][0-9]{1,2}[./-][12][0-9]{3})"
)
_NAME = r"[A-Z][\w.&/’' -]{1,30}"
_LONG_DASH = r"(?:\s?(?:—|–|--)\s?|\s-\s)"
_DASH = rf"(?:{_LONG_DASH}|\s?:\s)"
_FORMS = tuple(
    re.compile(form)
    for form in (
        # Hanoi (VNA) -
        rf"(?P<place>{_PLACE}(?:,\s{_PLACE}){{0,2}})(?:,?\s{_WHEN})?,?\s?\((?P<agency>{_NAME})\){_DASH}",
        # HANOI (VNA)
        rf"{_CAPITALS}\s\((?P<agency>{_NAME})\)\s",
        # (Reuters) -
        rf"\((?P<agency>{_NAME})\)\s?{_DASH}",
        # TASHKENT. KAZINFORM –
        rf"{_WORDS_IN_CAPITALS}\.\s?(?P<agency>{_WORDS_IN_CAPITALS}){_LONG_DASH}",
        # VIENTIANE, Laos —
        rf"(?P<capitals>{_CAPITALS})(?:,\s{_PLACE}){{0,2}}(?:(?:,\s|{_LONG_DASH}){_WHEN})?{_DASH}",
        # Rome, 3 March 2024 -
        rf"{_PLACE}(?:,\s{_PLACE}){{0,2}},\s{_WHEN}(?:,\s(?P<agency>[A-Z][\w/]{{1,15}}))?{_DASH}",
        # VTV.vn -
        r"(?P<agency>[\w-]{2,20}\.(?:vn|com|org|net))\s-\s",
        # Nov 15 —, but with a colon it would be a line of a chronology, whose date matters: "March 5: Ministers met".
        rf"{_WHEN}(?:\s?\((?P<agency>{_NAME})\))?{_LONG_DASH}",
    )
)
# What begins a dateline, so that most paragraphs cost one look.
_BEGINNING = re.compile(r"[^\n]{0,70}?(?:—|–|--|\s-\s|:\s|\([A-Z])")
# Acronyms that open sentences with a dash or a colon after them, too.
_NO_PLACE = re.compile(
    r"ASEAN|BRICS|NATO|UNESCO|UNICEF|OPEC|APEC|SAARC|CLMV|ACMECS|BIMSTEC|MERCOSUR|CARICOM|ECOWAS|SADC|RCEP|GMS|WTO|IMF"
    r"|COVID|COMESA|IGAD|OSCE|CELAC|UNASUR|ECLAC|ESCAP|QUAD|AUKUS"
)
_TOP = 10
_LONGEST = 140
_FEWEST_WORDS = 5


def find_dateline(lines: Sequence[Line]) -> Dateline | None:
    """The dateline of a text: before the first words of one of its first lines."""
    for line in lines[:_TOP]:
        if not _BEGINNING.match(line.text):
            continue
        for form in _FORMS:
            match = form.match(line.text[:_LONGEST])
            if match and _is_dateline(match) and len(line.text[match.end() :].split()) >= _FEWEST_WORDS:
                agency = match.groupdict().get("agency")
                return Dateline(line.begin, line.begin + match.end(), match.group(), agency)
    return None


def _is_dateline(match: re.Match[str]) -> bool:
    groups = match.groupdict()
    if groups.get("capitals"):
        return not _NO_PLACE.fullmatch(groups["capitals"])
    if groups.get("place"):
        # "European Union (EU) - the bloc": an acronym of the words before it is no agency.
        initials = "".join(word[0] for word in re.findall(r"\w+", groups["place"]))
        return initials.upper() != groups["agency"].upper()
    return True
