"""The names of the model: entity types, predicates, modalities, kinds; `ontology/cooperation.ttl` in Python.

A test holds the two together; the Turtle is for readers and reasoners, this table is for speed.
"""

from __future__ import annotations

from dataclasses import dataclass

COOP = "https://w3id.org/cooperation/ontology#"
ENTITY_BASE = "https://w3id.org/cooperation/id/"

ACTOR_TYPES = ("Country", "Leader", "Organization")
ENTITY_TYPES = (*ACTOR_TYPES, "Meeting", "Framework", "Project", "Place", "Topic")

MODALITIES = ("actual", "planned", "proposed", "postponed", "cancelled", "denied")
STATUSES = ("asserted", "disputed")

MEETING_KINDS = (
    "summit", "ministerial", "officials-meeting", "bilateral-talks", "visit", "call", "signing", "forum", "other",
)  # fmt: skip
FRAMEWORK_KINDS = ("mechanism", "plan", "instrument")


@dataclass(frozen=True, slots=True)
class Predicate:
    """What a fact can say: the types that may stand at both ends; an empty range means that the object is a value."""

    name: str
    domain: tuple[str, ...]
    range: tuple[str, ...]
    symmetric: bool = False
    functional: bool = False
    parent: str | None = None


_ACTOR = ACTOR_TYPES
_STATE = ("Country", "Organization")
_MATTER = ("Topic", "Project", "Framework")

PREDICATES: dict[str, Predicate] = {
    p.name: p
    for p in (
        Predicate("attended", _ACTOR, ("Meeting",)),
        Predicate("ledDelegation", ("Leader",), ("Meeting",), parent="attended"),
        Predicate("chaired", _ACTOR, ("Meeting",), parent="attended"),
        Predicate("hosted", _ACTOR, ("Meeting",)),
        Predicate("heldIn", ("Meeting",), ("Place", "Country")),
        Predicate("heldOn", ("Meeting",), (), functional=True),
        Predicate("partOf", ("Meeting",), ("Meeting", "Framework", "Organization")),
        Predicate("discussed", ("Meeting",), _MATTER),
        Predicate("adopted", ("Meeting",), ("Framework",)),
        Predicate("met", ("Leader",), ("Leader",), symmetric=True),
        Predicate("visited", ("Leader",), ("Country", "Place")),
        Predicate("position", ("Leader",), ()),
        Predicate("represents", ("Leader",), ("Country", "Organization", "Place")),
        Predicate("memberOf", ("Country",), ("Framework", "Organization")),
        Predicate("signed", _ACTOR, ("Framework",)),
        Predicate("fundedBy", ("Project", "Framework"), _STATE),
        Predicate("participatesIn", _STATE, ("Project",)),
        Predicate("underFramework", ("Project", "Framework"), ("Framework", "Organization")),
        Predicate("proposed", _ACTOR, (*_MATTER, "Meeting")),
        Predicate("pledged", _ACTOR, _MATTER),
        Predicate("cooperatesWith", _STATE, _STATE, symmetric=True),
    )
}


def relationship_type(predicate: str) -> str:
    """The property graph's name of a predicate.

    >>> relationship_type("ledDelegation")
    'LED_DELEGATION'
    """
    return "".join(f"_{c}" if c.isupper() else c.upper() for c in predicate)
