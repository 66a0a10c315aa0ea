"""When and where a meeting was, and what it was part of: the door to the rules of `when`, `where` and `parts`."""

from __future__ import annotations

from kg.extract.facts.parts import find_parts
from kg.extract.facts.when import date_main_meeting, find_dates_of_meetings
from kg.extract.facts.where import find_places_of_meetings
from kg.extract.reading import Reading

__all__ = [
    "date_main_meeting",
    "find_dates_of_meetings",
    "find_parts",
    "find_places_of_meetings",
    "unite_talks_with_visit",
]


def unite_talks_with_visit(reading: Reading) -> None:
    """Talks on a visit are a meeting of their own only with a date or a venue of their own; else both are one."""
    visits = [d for d in reading.of_type("Meeting") if d.attributes.get("kind") == "visit"]
    if len(visits) != 1:
        return
    for draft in reading.of_type("Meeting"):
        own = reading.objects(draft, "heldOn") or reading.objects(draft, "heldIn")
        if draft.attributes.get("kind") == "bilateral-talks" and not own and "ordinal" not in draft.attributes:
            reading.unite(visits[0], draft)
