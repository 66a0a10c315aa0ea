"""The table of language cases: what a careful reader takes from a sentence, and what the extractor takes from it.

Every file of `tests/cases/facts/` is named after a predicate, after a group of entities, or after a question of
language ("modality", "coreference"). A case is a `text` with the `facts` or the `entities` that it states; ` / `
separates names that do equally well. `fails` gives the reason why the extractor does not get it yet: such a case
must fail, so that whoever teaches it to the extractor removes the mark.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml

from kg.extract import extract_documents
from kg.model import Document, Entity, Extraction
from kg.vocabulary import ENTITY_TYPES, MODALITIES, PREDICATES

FOLDER = Path(__file__).parents[1] / "cases" / "facts"
TYPES_OF_FILES = {
    "people": "Leader",
    "meetings": "Meeting",
    "frameworks": "Framework",
    "organizations": "Organization",
    "projects": "Project",
    "places": "Place",
    "topics": "Topic",
}
# In these files a case may speak of any predicate; those that its facts or its `predicates` name are compared.
MIXED_FILES = ("modality", "coreference", "coordination", "agents")
# Here a line may name an entity of any type, by its name alone; "nothing" says that there is none of that type.
BOUNDARIES = "boundaries"
NOTHING = "nothing"
KEYS = {"text", "published", "predicates", "facts", "entities", "fails"}
# A fact of another modality says that something did not happen; only cases that state a modality ask for it.
SAID_TO_HAPPEN = ("actual", "planned")


@dataclass(frozen=True)
class Case:
    """One case of a file; `expected` are lines, their fields split at the bars; `predicates` are compared."""

    id: str
    file: str
    text: str
    published: str | None
    predicates: frozenset[str]
    expected: tuple[tuple[str, ...], ...]
    fails: str | None


def read_cases() -> list[Case]:
    return [
        make_case(path.stem, number, raw)
        for path in sorted(FOLDER.glob("*.yaml"))
        for number, raw in enumerate(yaml.safe_load(path.read_text(encoding="utf-8")), start=1)
    ]


def make_case(file: str, number: int, raw: Mapping[str, Any]) -> Case:
    where = f"{file}:{number}"
    if unknown := set(raw) - KEYS:
        raise ValueError(f"{where} has the unknown key {min(unknown)}")
    lines = raw["entities" if of_entities(file) else "facts"]
    expected = tuple(tuple(field.strip() for field in line.split("|")) for line in lines)
    for fields in expected:
        check_line(where, file, fields)
    published = str(raw["published"]) if "published" in raw else None
    return Case(
        where, file, raw["text"], published, predicates_of(where, file, raw, expected), expected, raw.get("fails")
    )


def of_entities(file: str) -> bool:
    return file in TYPES_OF_FILES or file == BOUNDARIES


def predicates_of(
    where: str, file: str, raw: Mapping[str, Any], expected: tuple[tuple[str, ...], ...]
) -> frozenset[str]:
    """What the case is about: the predicate of its file, or those that it names."""
    if of_entities(file):
        return frozenset()
    named = {*raw.get("predicates", ()), *(fields[1] for fields in expected)}
    named = named if file in MIXED_FILES else {*named, file}
    if not named or not named <= set(PREDICATES):
        raise ValueError(f"{where} compares no predicate of the vocabulary")
    return frozenset(named)


def check_line(where: str, file: str, fields: tuple[str, ...]) -> None:
    """A misspelt predicate would otherwise be a fact that nobody can ever find."""
    if of_entities(file):
        good = len(fields) == 2 and fields[0] in (
            TYPES_OF_FILES.get(file),
            *(ENTITY_TYPES if file == BOUNDARIES else ()),
        )
    else:
        predicate = fields[1] if len(fields) in (3, 4) else ""
        good = predicate in PREDICATES and (file in MIXED_FILES or predicate == file)
        good = good and (len(fields) == 3 or fields[3] in MODALITIES)
    if not good:
        raise ValueError(f"{where} has a line that fits neither the vocabulary nor its file: {' | '.join(fields)}")


CASES = read_cases()


# ---------------------------------------------------------------- comparing


def fold(text: str) -> str:
    """Without case, accents, leading article and punctuation.

    >>> fold("The Fiame Naomi Mataʻafa"), fold("Nuku’alofa"), fold("Phạm Đình-Chính")
    ('fiame naomi mataafa', 'nukualofa', 'pham dinh chinh')
    """
    text = unicodedata.normalize("NFKD", text.replace("đ", "d").replace("Đ", "D"))
    text = "".join(c for c in text if not unicodedata.combining(c)).casefold()
    text = re.sub(r"['’‘ʻʼ`.]", "", text)
    return re.sub(r"^(the|an|a) ", "", " ".join(re.sub(r"[\W_]+", " ", text).split()))


def fits(expected: str, names: set[str]) -> bool:
    return any(fold(one) in names for one in expected.split(" / "))


@dataclass(frozen=True)
class Found:
    """A fact or an entity of the extraction: what is shown, and the folded names that each field goes by."""

    shown: str
    fields: tuple[set[str], ...]
    modality: str = "actual"

    def matches(self, expected: tuple[str, ...]) -> bool:
        if not all(fits(e, f) for e, f in zip(expected, self.fields, strict=False)):
            return False
        return self.modality == expected[3] if len(expected) == 4 else self.modality in SAID_TO_HAPPEN


def names_of(entity: Entity) -> set[str]:
    return {fold(name) for name in (entity.name, *entity.aliases)}


def found_facts(case: Case, extraction: Extraction) -> list[Found]:
    """The extraction's facts that the case speaks of, both ways round where the predicate is symmetric."""
    entities = {entity.id: entity for entity in extraction.entities}
    every_modality = any(len(fields) == 4 for fields in case.expected)
    found = []
    for fact in extraction.facts:
        if fact.predicate not in case.predicates or not (every_modality or fact.modality in SAID_TO_HAPPEN):
            continue
        subject = names_of(entities[fact.subject])
        if fact.object is not None:
            end, shown = names_of(entities[fact.object]), entities[fact.object].name
        else:
            end, shown = {fold(str(fact.value))}, str(fact.value)
        shown = f"{entities[fact.subject].name} | {fact.predicate} | {shown} | {fact.modality}"
        if PREDICATES[fact.predicate].symmetric:
            # The order of a symmetric fact says nothing: both ends answer to both names.
            subject = end = subject | end
        found.append(Found(shown, (subject, {fold(fact.predicate)}, end), fact.modality))
    return found


def found_entities(case: Case, extraction: Extraction) -> list[Found]:
    """The extraction's entities of the file's type. Of a person only the name itself counts: aliases carry titles."""
    exact = case.file in ("people", BOUNDARIES)
    wanted = {fields[0] for fields in case.expected} if case.file == BOUNDARIES else {TYPES_OF_FILES[case.file]}
    return [
        Found(
            f"{entity.type} | {entity.name}",
            ({fold(entity.type)}, {fold(entity.name)} if exact else names_of(entity)),
        )
        for entity in extraction.entities
        if entity.type in wanted
    ]


def compare(case: Case, extraction: Extraction) -> tuple[list[str], list[str]]:
    """What is missing and what is extra. Each finding answers one line only, so a thing found twice is extra."""
    left = found_entities(case, extraction) if of_entities(case.file) else found_facts(case, extraction)
    missing = []
    for fields in case.expected:
        if fields[-1] == NOTHING:
            continue
        match = next((one for one in left if one.matches(fields)), None)
        if match is None:
            missing.append(" | ".join(fields))
        else:
            left.remove(match)
    return missing, [one.shown for one in left]


# ---------------------------------------------------------------- the tests


@pytest.fixture(scope="session")
def reading() -> tuple[dict[str, Extraction], Exception | None]:
    """All cases read in one batch (loading the model takes longer than reading them), and what stopped the batch."""
    documents = [Document(case.id, case.text, published=case.published) for case in CASES]
    try:
        return {extraction.document.id: extraction for extraction in extract_documents(documents)}, None
    except Exception as error:
        return {}, error


@pytest.fixture
def extractions(reading: tuple[dict[str, Extraction], Exception | None]) -> dict[str, Extraction]:
    extractions, error = reading
    if error is not None:
        # One line a case: `test_the_pipeline_gets_through_all_cases` shows where it broke.
        pytest.fail(f"nothing was read: {error!r}", pytrace=False)
    return extractions


def as_parameter(case: Case) -> Any:
    marks = [pytest.mark.xfail(reason=case.fails, strict=True)] if case.fails else []
    return pytest.param(case, id=case.id, marks=marks)


def test_the_pipeline_gets_through_all_cases(reading: tuple[dict[str, Extraction], Exception | None]) -> None:
    extractions, error = reading
    if error is not None:
        raise error
    assert set(extractions) == {case.id for case in CASES}


@pytest.mark.parametrize("case", [as_parameter(case) for case in CASES])
def test_the_extractor_reads_what_a_careful_reader_reads(case: Case, extractions: dict[str, Extraction]) -> None:
    missing, extra = compare(case, extractions[case.id])
    if missing or extra:
        lines = [f"{case.id}: {case.text}", *(f"  missing  {m}" for m in missing), *(f"  extra    {e}" for e in extra)]
        pytest.fail("\n".join(lines), pytrace=False)


@pytest.mark.parametrize("predicate", sorted(PREDICATES))
def test_every_predicate_has_cases_and_near_misses(predicate: str) -> None:
    cases = [case for case in CASES if case.file == predicate]
    near_misses = [case for case in cases if not case.expected]
    assert len(cases) >= 10
    assert len(near_misses) >= 3


def test_every_file_is_named_after_a_predicate_or_a_known_group() -> None:
    known = {*PREDICATES, *TYPES_OF_FILES, *MIXED_FILES, BOUNDARIES}
    assert {case.file for case in CASES} <= known
    assert set(TYPES_OF_FILES.values()) < set(ENTITY_TYPES)


def test_a_missing_fact_an_extra_fact_and_a_doubled_entity_are_told_apart() -> None:
    """The comparison itself must be able to fail."""
    document = Document("d", "Ann met Bob.")
    people = [Entity("e1", "Leader", "Ann"), Entity("e2", "Leader", "Bob"), Entity("e3", "Leader", "Bob")]
    extraction = Extraction(document, tuple(people), ())
    entities = (("Leader", "Ann"), ("Leader", "Bob"))
    twice = Case("people:0", "people", document.text, None, frozenset(), entities, None)
    assert compare(twice, extraction) == ([], ["Leader | Bob"])
    other = Case("met:0", "met", document.text, None, frozenset(["met"]), (("Ann", "met", "Bob"),), None)
    assert compare(other, extraction) == (["Ann | met | Bob"], [])
