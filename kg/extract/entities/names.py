"""Names that the seeds know: countries with their adjectives, organizations, frameworks."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from typing import TYPE_CHECKING

from kg.extract.entities.matchers import make_finder, token_key
from kg.extract.reading import Draft, Reading
from kg.seeds import Gazetteer, Name, load_gazetteer

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

AREA_ROLES = ("area", "sea", "place")


class NameMatcher:
    """Finds the gazetteer's names among the tokens of a doc. Built once for each pipeline."""

    def __init__(self, nlp: Language) -> None:
        self.gazetteer: Gazetteer = load_gazetteer()
        readings: dict[str, Name] = {}
        for form, name in self.gazetteer.names.items():
            for variant in spellings(form):
                readings.setdefault(variant, name)
        # "Korean Peninsula" and "South China Sea" name neither country: longest first, they keep its words.
        for form, kind in self.gazetteer.areas.items():
            for variant in spellings(form):
                readings[variant] = Name(form, kind)
        self.find_names = make_finder(nlp, readings)
        self.find_topics = make_finder(nlp, self.gazetteer.topics, attribute="LOWER")
        self.nlp = nlp
        self.forms = readings

    def matches(self, doc: Doc) -> list[tuple[int, int, Name]]:
        """Token spans with what they name, in order of the text; they do not overlap."""
        found = []
        for start, end in self.find_names(doc):
            words = doc[start:end]
            found.append((start, end, self.forms.get(words.text) or self._readings_by_tokens[token_key(words)]))
        return found

    def topics(self, doc: Doc) -> list[tuple[int, int, str]]:
        """Token spans with the topic of the scheme that they name, in any case."""
        found, topics = [], self.gazetteer.topics
        for start, end in self.find_topics(doc):
            words = doc[start:end]
            found.append(
                (start, end, topics.get(words.text.lower()) or self._topics_by_tokens[token_key(words).lower()])
            )
        return found

    @functools.cached_property
    def _readings_by_tokens(self) -> dict[str, Name]:
        """For a name with odd spaces ("Guinea- Bissau"): rare, and tokenising every form again takes a second."""
        return {token_key(self.nlp.make_doc(form)): name for form, name in self.forms.items()}

    @functools.cached_property
    def _topics_by_tokens(self) -> dict[str, str]:
        return {token_key(self.nlp.make_doc(form)).lower(): key for form, key in self.gazetteer.topics.items()}


def spellings(form: str) -> Iterator[str]:
    """The ways in which papers print one name: dashes, apostrophes.

    >>> list(spellings("Mekong-Lancang"))
    ['Mekong-Lancang', 'Mekong–Lancang', 'Mekong - Lancang', 'Mekong – Lancang']
    """
    yield form
    if "-" in form:
        for dash in ("–", " - ", " – "):
            yield form.replace("-", dash)
    if "'" in form:
        yield form.replace("'", "’")
    if " d'" in form:
        yield form.replace(" d'", " D'")
        yield form.replace(" d'", " D’")


def find_names(reading: Reading, matches: list[tuple[int, int, Name]], gazetteer: Gazetteer) -> None:
    """Mentions of seeded entities. A name inside a person's name is left to the people ("Michael Jordan")."""
    people = {
        i
        for first, past, label in reading.parse.names
        if label == "PERSON" and past - first > 1
        for i in range(first, past)
    }
    drafts: dict[str, Draft] = {d.seed: d for d in reading.drafts if d.seed}
    for first, past, name in matches:
        if name.role in AREA_ROLES or name.role == "capital":
            continue
        if reading.parse.lower[first:past] == ["commonwealth"] and reading.parse.lower[past : past + 1] == ["of"]:
            continue  # "the Commonwealth of Dominica"
        seed = gazetteer.seeds[name.seed]
        inside_person = first in people and past - first == 1 and name.role != "adjective"
        if inside_person and seed.type == "Country" and not _looks_like_country(reading, first):
            continue
        draft = drafts.get(seed.key)
        if draft is None:
            draft = drafts[seed.key] = seeded_draft(reading, gazetteer, seed.key)
        reading.mention(draft, first, past, kind="adjective" if name.role in ("adjective", "demonym") else "name")
        if seed.type == "Organization" and (parent := _parent_in_name(reading, first, past, gazetteer)) is not None:
            reading.mention(seeded_draft(reading, gazetteer, parent), first, first + 1)
        if seed.type != "Country" and past - first >= 5:
            for token, key in _members_in_name(reading, first, past, gazetteer):
                reading.mention(seeded_draft(reading, gazetteer, key), token, token + 1)


def _members_in_name(reading: Reading, first: int, past: int, gazetteer: Gazetteer) -> list[tuple[int, str]]:
    """The countries that a grouping's own name lists ("Cambodia-Laos-Myanmar-Vietnam"), three at least."""
    found = []
    for i in range(first, past):
        name = gazetteer.names.get(reading.parse.words[i])
        if name is not None and name.role == "name" and gazetteer.seeds[name.seed].type == "Country":
            found.append((i, name.seed))
    return found if len(found) >= 3 else []


def _parent_in_name(reading: Reading, first: int, past: int, gazetteer: Gazetteer) -> str | None:
    """The body whose secretariat or commission this is: "OSCE Secretariat" names the OSCE too."""
    parse = reading.parse
    name = gazetteer.names.get(parse.words[first])
    if name is None or past - first != 2 or parse.lower[first + 1] not in _ORGANS or name.role != "acronym":
        return None
    return name.seed if gazetteer.seeds[name.seed].type == "Organization" else None


_ORGANS = frozenset("secretariat commission parliament".split())


def seeded_draft(reading: Reading, gazetteer: Gazetteer, key: str) -> Draft:
    """The draft of a row of the seeds, new or already there."""
    for draft in reading.drafts:
        if draft.seed == key:
            return draft
    seed = gazetteer.seeds[key]
    draft = reading.draft(seed.type, seed.label, seed=key)
    if seed.type == "Country":
        draft.attributes["iso3"] = seed.key
    if seed.acronym:
        draft.attributes["acronym"] = seed.acronym
    if seed.kind:
        draft.attributes["kind"] = seed.kind
    if seed.wikidata:
        draft.attributes["wikidata"] = seed.wikidata
    return draft


def _looks_like_country(reading: Reading, token: int) -> bool:
    """As in "of Georgia", "in Jordan".

    The model's PERSON is wrong when a preposition of place stands before the name.
    """
    return token > 0 and reading.parse.lower[token - 1] in ("of", "in", "to", "from", "with", "and", ",")


@functools.cache
def capitals() -> dict[str, str]:
    """Capital -> ISO 3166 code, for the metonymy "Hanoi said"."""
    return {city: seed.key for seed in load_gazetteer().seeds.values() for city in seed.capitals}
