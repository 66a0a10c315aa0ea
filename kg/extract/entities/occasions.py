"""One occasion or two: what a phrase says of when and where its gathering was, against what the text says of another.

"Their working meeting, which took place in Astana in 2018" is not the meeting on the shore of Issyk-Kul.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from kg.extract.entities.meeting_phrases import KINDS, MeetingPhrase
from kg.extract.entities.visit_phrases import EARLIER
from kg.extract.parse import Parse
from kg.extract.reading import Draft, Reading

_LINKS = frozenset(
    ", which that was were is has been had also last recently first previously took takes this - –".split()
)
_HELD = frozenset("held hosted convened place organised organized".split())


@dataclass(slots=True)
class Setting:
    """The places and the years that a clause gives a gathering."""

    places: list[Draft] = field(default_factory=list)
    years: set[str] = field(default_factory=set)


def is_another_occasion(reading: Reading, c: MeetingPhrase, known: Draft) -> bool:
    """Whether the phrase gives its gathering a year or a place that the text does not give to `known`."""
    own = _own_setting(reading, c)
    if not own.places and not own.years:
        return False
    other = _setting_of(reading, known)
    published = (reading.document.published or "")[:4]
    if own.years and published not in own.years and own.years.isdisjoint(other.years):
        return bool(other.years) or published > max(own.years)
    if own.places and not other.places and EARLIER & set(reading.parse.lower[c.first : c.head]):
        return True  # "the recent meeting between A and B in Sochi"
    return _are_apart(own.places, other.places)


def has_own_setting(reading: Reading, c: MeetingPhrase) -> bool:
    """Whether the phrase itself says where or in which year its gathering was."""
    own = _own_setting(reading, c)
    return bool(own.places or own.years)


def _are_apart(some: list[Draft], others: list[Draft]) -> bool:
    """Whether two lists of places cannot be where one gathering was: "Suva" and "Nadi", not "Suva" and "Fiji"."""
    here, there = _told_closest(some), _told_closest(others)
    return bool(here) and bool(there) and not any(_may_be_one(a, b) for a in here for b in there)


def _told_closest(places: list[Draft]) -> list[Draft]:
    """The cities that the seeds know, else the countries; venues say nothing of the city."""
    cities = [p for p in places if p.type == "Place" and "country" in p.attributes]
    return cities or [p for p in places if p.type == "Country"]


def _may_be_one(a: Draft, b: Draft) -> bool:
    if a.type == b.type:
        return a is b
    city, country = (a, b) if a.type == "Place" else (b, a)
    return city.attributes.get("country") == country.attributes.get("iso3")


def _own_setting(reading: Reading, c: MeetingPhrase) -> Setting:
    """Where and in which year: of "held in Lima in 2019", ", which took place on 3 May 2018 in Astana", "in Suva"."""
    parse = reading.parse
    i = max(c.tail, c.head + 1)
    stop = min(parse.sentences[parse.sentence_of[c.head]][1], i + 16)
    while i < stop and parse.lower[i] in _LINKS:
        i += 1
    if i < stop and parse.lower[i] in ("between", "with"):
        # "the recent meeting between A and B in Sochi"
        while i < stop and parse.lower[i] not in ("in", "at") and not parse.tags[i].startswith("V"):
            i += 1
        return _settings_in(reading, i, stop) if i < stop and parse.lower[i] in ("in", "at") else Setting()
    if i < stop and parse.lower[i] in _HELD:
        i += 1
    elif i != c.tail or i >= stop or parse.lower[i] not in ("in", "at"):
        return Setting()
    return _settings_in(reading, i, stop)


def _settings_in(reading: Reading, first: int, stop: int) -> Setting:
    """The places after "in" and "at", and the years, up to the end of the clause."""
    parse = reading.parse
    found = Setting()
    for i in range(first, stop):
        if parse.words[i] in (".", ";") or parse.tags[i] in ("VBD", "VBZ", "VBP", "MD", "WDT") and i > first:
            break
        if parse.lower[i] in KINDS and parse.tags[i].startswith("N"):
            break  # "the third meeting, following the inaugural meeting | in New York City in September 2019"
        if parse.lower[i] in ("in", "at") and i + 1 < stop:
            span = reading.owner[i + 1] or (reading.owner[i + 2] if i + 2 < stop else None)
            if span is not None and span.draft.type in ("Place", "Country") and span.kind != "adjective":
                found.places.append(span.draft)
        if len(parse.words[i]) == 4 and parse.words[i].isdigit() and parse.words[i][:2] in ("19", "20"):
            found.years.add(parse.words[i])
    return found


def _setting_of(reading: Reading, known: Draft) -> Setting:
    """The places and the years of the clauses that name a meeting."""
    parse = reading.parse
    found = Setting()
    for span in reading.spans:
        if span.draft is known:
            first, past = parse.sentences[parse.sentence_of[span.head]]
            after = _settings_in(reading, min(span.past, past), past)
            found.places += after.places or _settings_in(reading, first, span.first).places
            found.places += [s.draft for s in reading.spans_in(first, span.first, "Place") if _is_host(parse, s.head)]
            found.years |= after.years
    return found


def _is_host(parse: Parse, token: int) -> bool:
    """As in "Libreville hosted the meeting"."""
    return parse.deps[token] == "nsubj" and parse.lower[parse.heads[token]] in ("host", "hosted", "hosts", "hosting")


def is_told_by(parse: Parse, first: int) -> bool:
    """Whether something else is told by the gathering that is named at token `first`: "met ahead of | the summit"."""
    i = _before_name(parse, first)
    if parse.lower[i] in _WHEN or parse.lower[i] == "of" and parse.lower[i - 1] in _WHEN_OF | _BESIDE:
        return True
    if parse.lower[i] == "to" and parse.lower[i - 1] in _LEADING:
        return True
    # "gathered to prepare for the summit", "met to prepare the summit"
    return parse.lower[i] in _READYING or parse.lower[i] == "for" and parse.lower[i - 1] in _READYING


def is_at_another_time(parse: Parse, first: int) -> bool:
    """Whether what is told by the gathering was before or after it: "ahead of | the summit", "after | the talks"."""
    i = _before_name(parse, first)
    if parse.lower[i] == "to" and parse.lower[i - 1] in _LEADING:
        return True
    if parse.lower[i] in _READYING or parse.lower[i] == "for" and parse.lower[i - 1] in _READYING:
        return True
    return parse.lower[i] in _WHEN or parse.lower[i] == "of" and parse.lower[i - 1] in _WHEN_OF


def is_beside(parse: Parse, first: int) -> bool:
    """Whether what is told was at the gathering: "on the sidelines of | the summit", "during | the forum"."""
    i = _before_name(parse, first)
    return parse.lower[i] in ("during", "at") or parse.lower[i] == "of" and parse.lower[i - 1] in _BESIDE | _WITHIN


def _before_name(parse: Parse, first: int) -> int:
    i = first - 1
    while i > 0 and first - i < 5 and parse.lower[i] in _BEFORE_NAMES:
        i -= 1
    return max(i, 0)


_BEFORE_NAMES = frozenset("the a an this its their annual upcoming forthcoming planned scheduled fresh new".split())
_WHEN = frozenset("before after following until".split())
_WHEN_OF = frozenset("ahead eve wake".split())
_BESIDE = frozenset("sidelines margins fringes".split())
_LEADING = frozenset("up prior precursor precursors prelude".split())  # "convened on Monday, leading up to the summit"
_WITHIN = frozenset("part framework frameworks occasion format programme".split())
_READYING = frozenset(
    "prepare prepares prepared preparing preparation preparations groundwork ground reschedule plan arrange".split()
)
