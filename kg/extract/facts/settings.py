"""When and where a meeting was, and what it was part of: the door to the rules of `when`, `where` and `parts`."""

from __future__ import annotations

from kg.extract.entities.talk_partners import sides_of, states_of
from kg.extract.facts.parts import find_parts
from kg.extract.facts.when import date_main_meeting, find_dates_of_meetings
from kg.extract.facts.where import find_places_of_meetings
from kg.extract.reading import Draft, Reading

__all__ = [
    "date_main_meeting",
    "find_dates_of_meetings",
    "find_parts",
    "find_places_of_meetings",
    "unite_talks_with_visit",
    "unite_told_twice",
]


def unite_talks_with_visit(reading: Reading) -> None:
    """Talks on a visit are a meeting of their own only with a date or a venue of their own; else both are one."""
    visits = [d for d in reading.of_type("Meeting") if d.attributes.get("kind") == "visit"]
    for draft in reading.of_type("Meeting"):
        own = reading.objects(draft, "heldOn") or reading.objects(draft, "heldIn")
        if draft.attributes.get("kind") == "bilateral-talks" and not own and "ordinal" not in draft.attributes:
            visit = visits[0] if len(visits) == 1 else _visit_beside(reading, draft)
            if visit is not None and not _without_hosts(reading, draft, visit):
                reading.unite(visit, draft)


def _without_hosts(reading: Reading, talks: Draft, visit: Draft) -> bool:
    """As in "X, who is on a visit to the US, met his Russian counterpart": nobody of the country visited was there."""
    there = [d for d in reading.objects(visit, "heldIn") if isinstance(d, Draft)]
    codes = (p.attributes.get("iso3") or p.attributes.get("country") for p in there)
    hosts = {code for code in codes if code is not None}
    sides = sides_of(reading, talks)
    visitors = _named_with(reading, visit)
    # Somebody whose state is not told may be of the country visited: all must be known, or all but the visitor.
    return bool(hosts) and any(
        _are_strangers(reading, some, hosts)
        for some in (sides if len(sides) > 1 else [], [p for p in sides if id(p) not in visitors])
    )


def _are_strangers(reading: Reading, people: list[Draft], hosts: set[str]) -> bool:
    """Whether the state of each is told, and is none of the hosts; False of nobody."""
    states = [{s.attributes.get("iso3") for s in states_of(reading, [p])} for p in people]
    return bool(states) and all(states) and not any(own & hosts for own in states)


def _named_with(reading: Reading, visit: Draft) -> set[int]:
    """The persons (by `id`) in the sentences that name a visit."""
    numbers = {reading.parse.sentence_of[s.head] for s in reading.spans if s.draft is visit}
    return {
        id(s.draft) for s in reading.spans if s.draft.type == "Leader" and reading.parse.sentence_of[s.head] in numbers
    }


def _visit_beside(reading: Reading, talks: Draft) -> Draft | None:
    """The visit of "during his visit, the President will hold talks with X", where a text tells of several."""
    parse = reading.parse
    for span in reading.spans:
        if span.draft is talks:
            beside = reading.spans_in(*parse.sentences[parse.sentence_of[span.head]], "Meeting")
            visits = {id(s.draft): s.draft for s in beside if s.draft.attributes.get("kind") == "visit"}
            if len(visits) == 1:
                return next(iter(visits.values()))
    return None


def unite_told_twice(reading: Reading) -> None:
    """Two gatherings of one kind on one day in one city are one: "the leaders' summit held in Amman on 25 August".

    Unless they have numbers or bodies of their own.
    """
    first: dict[tuple[str, str, int], Draft] = {}
    for draft in reading.of_type("Meeting"):
        days = [d for d in reading.objects(draft, "heldOn") if isinstance(d, str) and len(d) >= 10]
        cities = [p for p in reading.objects(draft, "heldIn") if isinstance(p, Draft) and p.type == "Place"]
        kind = draft.attributes.get("kind", "")
        if kind not in ("summit", "ministerial", "forum") or not days or not cities:
            continue
        known = first.setdefault((kind, days[0], id(cities[0])), draft)
        numbers = {known.attributes.get("ordinal"), draft.attributes.get("ordinal")} - {None}
        if (
            known is not draft
            and len(numbers) < 2
            and (None in (known.series, draft.series) or known.series is draft.series)
        ):
            reading.unite(known, draft)
