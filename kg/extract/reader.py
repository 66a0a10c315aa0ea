"""From a parsed doc to an `Extraction`: the sequence of all steps, and the assembly of their findings."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from kg.extract.assemble import assemble
from kg.extract.entities.actors import Actors
from kg.extract.entities.bodies import find_acronyms, find_bodies, find_short_bodies
from kg.extract.entities.companies import find_unknown_acronyms
from kg.extract.entities.frameworks import find_frameworks
from kg.extract.entities.located import deny_people
from kg.extract.entities.meetings import find_meetings
from kg.extract.entities.names import NameMatcher, find_names
from kg.extract.entities.people import find_people
from kg.extract.entities.places import find_places
from kg.extract.entities.projects import find_projects
from kg.extract.entities.topics import find_agenda
from kg.extract.entities.venues import find_venues
from kg.extract.facts.figures import find_figures
from kg.extract.facts.focus import find_focus
from kg.extract.facts.matters import find_matters
from kg.extract.facts.participation import find_participation
from kg.extract.facts.settings import (
    date_main_meeting,
    find_dates_of_meetings,
    find_parts,
    find_places_of_meetings,
    unite_talks_with_visit,
    unite_told_twice,
)
from kg.extract.facts.ties import find_memberships, find_ties
from kg.extract.facts.verbs import find_verb_facts, frames_of
from kg.extract.facts.visits import find_visits
from kg.extract.frames import Frame
from kg.extract.optional.claims import NO_CLAIMS, Claims
from kg.extract.optional.join import (
    BEFORE_MEETINGS,
    Claimed,
    add_claimed_facts,
    add_claimed_mentions,
    check_against,
    refusals,
)
from kg.extract.parse import blank_out, read_parse
from kg.extract.reading import Reading
from kg.extract.relations.judge import judge_facts
from kg.extract.relations.model import load_model
from kg.model import Document, Extraction
from kg.read.dates import DateExpression, find_dates

if TYPE_CHECKING:
    from spacy.tokens import Doc


@dataclass(slots=True)
class Found:
    """What the rules found in one document, with what the relation model asks for."""

    reading: Reading
    frames: list[Frame]
    actors: Actors
    dates: list[DateExpression]
    claimed: Claimed = field(default_factory=Claimed)


def read_facts(doc: Doc, document: Document, names: NameMatcher, claims: Claims = NO_CLAIMS) -> Extraction:
    """All that a parsed document says: what the rules find, judged by the relation model, and what an optional
    extractor claims beyond it, as far as it passes the evidence check."""
    found = apply_rules(doc, document, names, claims)
    judge_facts(found.reading, load_model(), found.actors, found.dates, names.gazetteer)
    add_claimed_facts(found.reading, found.claimed, names.gazetteer)
    return replace(assemble(found.reading), refused=refusals(found.reading, found.claimed))


def apply_rules(doc: Doc, document: Document, names: NameMatcher, claims: Claims = NO_CLAIMS) -> Found:
    """The steps of the rules run in this order; each sees what the ones before it found."""
    read = blank_out(document)
    reading = Reading(document, read_parse(doc, document.text, read))
    gazetteer = names.gazetteer
    matches = names.matches(doc)
    # who and what
    find_names(reading, matches, gazetteer)
    find_bodies(reading)
    find_acronyms(reading)
    find_venues(reading)
    deny_people(reading, gazetteer)
    named, unnamed = find_people(reading)
    find_places(reading, matches, gazetteer)
    find_projects(reading)
    find_frameworks(reading)
    find_acronyms(reading)
    find_short_bodies(reading)
    find_unknown_acronyms(reading)
    claimed = check_against(reading, claims, lambda: find_dates(read, document.published))
    add_claimed_mentions(reading, claimed, gazetteer, BEFORE_MEETINGS)
    find_memberships(reading)
    actors = Actors(reading, gazetteer, named, unnamed)
    frames = frames_of(reading)
    dates = find_dates(read, document.published)
    find_meetings(reading, frames, actors, dates)
    add_claimed_mentions(reading, claimed, gazetteer, ("Meeting",))
    # what they did
    reading.topic_hits = names.topics(doc)
    find_focus(reading)
    find_dates_of_meetings(reading, dates)
    date_main_meeting(reading, dates)
    find_places_of_meetings(reading)
    unite_talks_with_visit(reading)
    unite_told_twice(reading)
    find_parts(reading)
    find_verb_facts(reading, frames, actors)
    find_visits(reading, frames, actors)
    find_participation(reading, frames, actors)
    find_matters(reading, frames, actors, gazetteer)
    find_agenda(reading, gazetteer)
    find_ties(reading, frames, actors)
    find_figures(reading, dates)
    return Found(reading, frames, actors, dates, claimed)
