"""What a user of the whole room relies on: one graph whatever the order, reasons for merges, and their undoing."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import KgError, UnknownName
from kg.model import Document, Entity, Extraction, Fact, Figure, Knowledge, Mention
from kg.resolve import RULES, explain, resolve
from kg.vocabulary import PREDICATES
from tests.resolve.drafts import Draft

PEOPLE = (
    ("Phạm Minh Chính", "VNM", "Prime Minister"), ("Pham Minh Chinh", "VNM", "PM"), ("Chinh", "VNM", "Prime Minister"),
    ("Chinh Pham Minh", "VNM", ""), ("Sonexay Siphandone", "LAO", "Prime Minister"), ("Sonexay Siphandon", "LAO", ""),
    ("John Smith", "GBR", ""), ("John Smith", "AUS", ""), ("John Smith", "", ""), ("J. Smith", "AUS", ""),
)  # fmt: skip
MEETINGS = (
    ("11th CLMV Summit", {"kind": "summit", "ordinal": "11", "series": "clmv"}),
    ("CLMV Summit", {"kind": "summit", "series": "clmv"}),
    ("12th CLMV Summit", {"kind": "summit", "ordinal": "12", "series": "clmv"}),
    ("official visit", {"kind": "visit"}),
    ("the talks", {"kind": "bilateral-talks"}),
    ("the meeting", {}),
)
DATES = ("2024-11-06", "2024-11-07", "2024-11", "2024", "2024-11-06/2024-11-07", "2025-01-10")
BODIES = (
    "Ministry of Trade",
    "ZORGAX",
    "Zorn Gas Axis (ZORGAX)",
    "joint statement",
    "Bagan Declaration",
    "Zorn Gas Axes",
)


def report(
    id: str,
    person: tuple[str, str, str],
    meeting: tuple[str, dict[str, str]],
    date: str,
    body: str,
    published: str | None,
) -> Extraction:
    """A document that says who attended which meeting when, and what it adopted."""
    draft = Draft(id, published)
    leader = draft.person(*person)
    gathering = draft.entity("Meeting", meeting[0], attributes=meeting[1])
    paper = draft.entity("Framework", body)
    draft.fact(leader, "attended", gathering, happened=date)
    draft.fact(gathering, "heldOn", value=date, happened=date)
    draft.fact(gathering, "adopted", paper)
    return draft.extraction()


@st.composite
def corpora(draw: st.DrawFn) -> list[Extraction]:
    n = draw(st.integers(1, 7))
    return [
        report(
            f"d{i}",
            draw(st.sampled_from(PEOPLE)),
            draw(st.sampled_from(MEETINGS)),
            draw(st.sampled_from(DATES)),
            draw(st.sampled_from(BODIES)),
            draw(st.sampled_from([None, "2024-11-07", "2024-11-20", "2025-02-01"])),
        )
        for i in range(n)
    ]


# ---------------------------------------------------------------- order, consistency


@settings(max_examples=150, deadline=None)
@given(corpora(), st.randoms(use_true_random=False))
def test_the_order_of_documents_changes_nothing(corpus: list[Extraction], shuffler: random.Random) -> None:
    shuffled = list(corpus)
    shuffler.shuffle(shuffled)
    assert resolve(shuffled) == resolve(corpus)


@settings(max_examples=150, deadline=None)
@given(corpora())
def test_knowledge_is_consistent(corpus: list[Extraction]) -> None:
    knowledge = resolve(corpus)
    ids = [entity.id for entity in knowledge.entities]
    assert ids == sorted(set(ids))
    keys = [fact.key for fact in knowledge.facts]
    assert keys == sorted(set(keys))
    for fact in knowledge.facts:
        assert fact.subject in ids
        assert fact.object is None or fact.object in ids
        assert (fact.status == "disputed") == bool(fact.contradicts or fact.against)
        for other in fact.contradicts:
            assert fact.key in next(f for f in knowledge.facts if f.key == other).contradicts
    assert {merge.rule for merge in knowledge.merges} <= RULES.keys()
    assert {merge.into for merge in knowledge.merges} <= set(ids)


@settings(max_examples=100, deadline=None)
@given(corpora())
def test_every_mention_and_every_claim_arrives(corpus: list[Extraction]) -> None:
    knowledge = resolve(corpus)
    given_mentions = {m for extraction in corpus for entity in extraction.entities for m in entity.mentions}
    assert {m for entity in knowledge.entities for m in entity.mentions} == given_mentions
    given_names = {e.name for extraction in corpus for e in extraction.entities}
    assert given_names <= {form for e in knowledge.entities for form in (e.name, *e.aliases)}
    given_claims = {(f.evidence, f.predicate) for extraction in corpus for f in extraction.facts}
    assert all(
        any(set(evidence) <= set(f.evidence) and f.predicate == predicate for f in knowledge.facts)
        for evidence, predicate in given_claims
    )


@settings(max_examples=100, deadline=None)
@given(corpora())
def test_two_ordinals_of_a_series_never_meet_and_countries_never_mix(corpus: list[Extraction]) -> None:
    knowledge = resolve(corpus)
    by_mention = {m: e.id for e in knowledge.entities for m in e.mentions}
    homes: dict[str, set[str]] = {}
    ordinals: dict[str, set[str]] = {}
    for extraction in corpus:
        local = {entity.id: entity for entity in extraction.entities}
        for fact in extraction.facts:
            if fact.predicate == "represents" and fact.object:
                seed = local[fact.object].seed or ""
                homes.setdefault(by_mention[local[fact.subject].mentions[0]], set()).add(seed)
        for entity in extraction.entities:
            if number := entity.attributes.get("ordinal"):
                ordinals.setdefault(by_mention[entity.mentions[0]], set()).add(number)
    assert all(len(codes) == 1 for codes in homes.values())
    assert all(len(numbers) == 1 for numbers in ordinals.values())


HASHED = """
import hashlib, sys
from tests.resolve.test_resolve import BODIES, DATES, MEETINGS, PEOPLE, report
from kg.resolve import resolve
corpus = [
    report(f"d{n}", PEOPLE[n % 10], MEETINGS[n % 7 % 6], DATES[n % 6], BODIES[n % 11 % 6], ["2024-11-07", None][n % 2])
    for n in range(60)
]
print(hashlib.sha256(repr(resolve(corpus)).encode()).hexdigest())
"""


def test_another_process_with_other_hashes_gives_the_same_knowledge() -> None:
    root = Path(__file__).parents[2]
    outputs = {
        subprocess.run(
            [sys.executable, "-c", HASHED], cwd=root, env=os.environ | {"PYTHONHASHSEED": seed},
            capture_output=True, text=True, check=True,
        ).stdout
        for seed in ("1", "2", "3")
    }  # fmt: skip
    assert len(outputs) == 1
    assert len(outputs.pop().strip()) == 64


def test_no_documents_give_empty_knowledge() -> None:
    assert resolve([]) == Knowledge((), (), (), (), ())


def test_the_same_text_twice_is_one_document_and_the_dated_one_is_kept() -> None:
    draft = Draft("a", "2024-01-05")
    draft.person("Anwar Ibrahim", "MYS")
    dated = draft.extraction()
    undated = replace(dated, document=replace(dated.document, id="0", published=None))
    for order in ([dated, undated], [undated, dated]):
        knowledge = resolve(order)
        assert [d.id for d in knowledge.documents] == ["a"]
        assert len(next(e for e in knowledge.entities if e.type == "Leader").mentions) == 1


def test_a_withdrawn_document_leaves_no_trace() -> None:
    first = report("a", PEOPLE[0], MEETINGS[0], "2024-11-07", BODIES[0], "2024-11-08")
    second = report("b", PEOPLE[6], MEETINGS[2], "2025-11-07", BODIES[2], "2025-11-08")
    alone = resolve([first])
    both = resolve([first, second])
    assert all(entity in both.entities for entity in alone.entities)
    assert all(fact in both.facts for fact in alone.facts)


def test_a_fact_about_an_unlisted_entity_is_refused_by_name() -> None:
    draft = Draft("a")
    draft.fact(draft.person("Anwar Ibrahim"), "attended", "e99")
    with pytest.raises(KgError, match="document 'a': a fact names 'e99'"):
        resolve([draft.extraction()])


# ---------------------------------------------------------------- entities


def _leader(name: str, country: str = "", office: str = "", id: str = "") -> Extraction:
    draft = Draft(id or name)
    draft.person(name, country, office)
    return draft.extraction()


def _only(knowledge: Knowledge, type: str) -> Entity:
    (found,) = (entity for entity in knowledge.entities if entity.type == type)
    return found


def test_the_name_is_the_fullest_frequent_form_and_all_others_are_aliases() -> None:
    names = ["Pham Minh Chinh", "Pham Minh Chinh", "Phạm Minh Chính", "Chinh Pham Minh"]
    knowledge = resolve(_leader(name, "VNM", id=f"d{n}") for n, name in enumerate(names))
    leader = _only(knowledge, "Leader")
    assert (leader.id, leader.name) == ("leader/pham-minh-chinh", "Pham Minh Chinh")
    assert leader.aliases == ("Chinh Pham Minh", "Phạm Minh Chính")
    assert len(leader.mentions) == 4


def test_a_short_name_does_not_win_by_number() -> None:
    docs = [_leader("Chinh", "VNM", "Prime Minister", id=f"d{n}") for n in range(3)]
    knowledge = resolve([*docs, _leader("Pham Minh Chinh", "VNM", "Prime Minister")])
    assert _only(knowledge, "Leader").name == "Pham Minh Chinh"


def test_namesakes_get_ids_with_their_countries() -> None:
    knowledge = resolve([_leader("John Smith", "GBR", id="a"), _leader("John Smith", "AUS", id="b")])
    assert [e.id for e in knowledge.entities if e.type == "Leader"] == [
        "leader/john-smith-aus",
        "leader/john-smith-gbr",
    ]


def test_seeded_entities_have_the_ids_and_labels_of_the_seeds() -> None:
    draft = Draft("a")
    draft.entity("Country", "Viet Nam", seed="VNM")
    draft.entity("Organization", "Association of Southeast Asian Nations", seed="asean")
    draft.entity("Framework", "Cambodia-Laos-Myanmar-Vietnam", seed="clmv")
    assert [(e.id, e.name) for e in resolve([draft.extraction()]).entities] == [
        ("country/VNM", "Vietnam"), ("framework/clmv", "CLMV"), ("organization/asean", "ASEAN"),
    ]  # fmt: skip


def test_two_rows_of_the_seeds_never_become_one() -> None:
    extractions = []
    for id, type, name, aliases, seed in (
        ("a", "Framework", "ACMECS", ("CLMV", "Sister Mechanism of the Mekong"), "acmecs"),
        ("b", "Framework", "Sister Mechanism of the Mekong", (), None),
        ("c", "Framework", "CLMV", ("Sister Mechanism of the Mekong",), "clmv"),
        ("d", "Topic", "energy", (), "energy"),
        ("e", "Topic", "Energy", (), "electricity"),
    ):
        draft = Draft(id)
        draft.entity(type, name, *aliases, seed=seed)
        extractions.append(draft.extraction())
    ids = {entity.id for entity in resolve(extractions).entities}
    assert {"framework/acmecs", "framework/clmv", "topic/energy", "topic/electricity"} <= ids


def test_a_name_like_a_seed_does_not_take_its_id() -> None:
    draft, other = Draft("a"), Draft("b")
    draft.entity("Framework", "CLMV", seed="clmv")
    other.entity("Framework", "CLMV", "Some Other Mechanism of Four Rivers")
    knowledge = resolve(
        [draft.extraction(), other.extraction()], apart=[("CLMV", "Some Other Mechanism of Four Rivers")]
    )
    seeded = next(e for e in knowledge.entities if e.seed == "clmv")
    assert seeded.id == "framework/clmv"
    assert len({e.id for e in knowledge.entities}) == 2


def test_a_common_paper_is_called_after_its_occasion() -> None:
    knowledge = resolve([report("a", PEOPLE[0], MEETINGS[0], "2024-11-07", "joint statement", None)])
    assert "framework/joint-statement-11th-clmv-summit" in {e.id for e in knowledge.entities}


def test_a_body_of_a_state_carries_the_state_in_its_id() -> None:
    draft = Draft("a")
    draft.entity("Organization", "Ministry of Trade", attributes={"country": draft.country("KEN")})
    made = next(e for e in resolve([draft.extraction()]).entities if e.type == "Organization")
    assert made.id == "organization/ministry-of-trade-ken"
    assert made.attributes["country"] == "country/KEN"


def test_the_id_of_a_nameless_thing_holds_its_document() -> None:
    draft = Draft("a")
    draft.entity("Meeting", "the meeting")
    extraction = draft.extraction()
    assert _only(resolve([extraction]), "Meeting").id == f"meeting/meeting-{extraction.document.key[:6]}"


def test_ids_of_things_without_latin_letters_are_still_ids() -> None:
    draft = Draft("a")
    draft.entity("Place", "北京")
    draft.entity("Place", "東京")
    ids = [e.id for e in resolve([draft.extraction()]).entities]
    assert len(set(ids)) == 2
    assert all(id.isascii() and id.startswith("place/") for id in ids)


def test_a_month_does_not_widen_the_days_of_a_meeting() -> None:
    def summit(id: str, earliest: str, latest: str) -> Extraction:
        draft = Draft(id)
        attributes = {"kind": "summit", "ordinal": "11", "series": "clmv", "earliest": earliest, "latest": latest}
        draft.entity("Meeting", "11th CLMV Summit", attributes=attributes)
        return draft.extraction()

    days = [("2024-11-06", "2024-11-06"), ("2024-11-07", "2024-11-07"), ("2024-11-01", "2024-11-30")]
    meeting = _only(resolve(summit(f"d{n}", *pair) for n, pair in enumerate(days)), "Meeting")
    assert (meeting.attributes["earliest"], meeting.attributes["latest"]) == ("2024-11-06", "2024-11-07")


# ---------------------------------------------------------------- facts


def _fact(draft: Draft, subject: str, predicate: str, object: str | None, **fields: object) -> None:
    draft.fact(subject, predicate, object, **fields)


def test_one_claim_of_two_documents_is_one_fact_with_both_sentences() -> None:
    extractions = []
    for id, published, confidence in (("a", "2024-11-09", 0.7), ("b", "2024-11-08", 0.9)):
        draft = Draft(id, published)
        leader = draft.person("Pham Minh Chinh", "VNM")
        summit = draft.entity("Meeting", "11th CLMV Summit", attributes=MEETINGS[0][1])
        _fact(draft, leader, "attended", summit, confidence=confidence, rule=f"rule {id}")
        extractions.append(draft.extraction())
    (fact,) = (f for f in resolve(extractions).facts if f.predicate == "attended")
    assert (fact.subject, fact.object) == ("leader/pham-minh-chinh", "meeting/11th-clmv-summit")
    assert {m.document for m in fact.evidence} == {e.document.key for e in extractions}
    assert (fact.reported, fact.confidence, fact.rule) == ("2024-11-08", 0.9, "rule b")


def test_a_planned_visit_does_not_become_a_visit() -> None:
    extractions = []
    for id, modality in (("a", "planned"), ("b", "actual")):
        draft = Draft(id, "2024-01-05")
        _fact(draft, draft.person("Anwar Ibrahim", "MYS"), "visited", draft.country("IDN"), modality=modality)
        extractions.append(draft.extraction())
    visited = [f for f in resolve(extractions).facts if f.predicate == "visited"]
    assert sorted(f.modality for f in visited) == ["actual", "planned"]


def test_symmetric_facts_are_one_whichever_side_comes_first() -> None:
    extractions = []
    for id, (a, b) in (("a", ("Narendra Modi", "Sheikh Hasina")), ("b", ("Sheikh Hasina", "Narendra Modi"))):
        draft = Draft(id)
        _fact(draft, draft.person(a), "met", draft.person(b))
        extractions.append(draft.extraction())
    assert PREDICATES["met"].symmetric
    (fact,) = (f for f in resolve(extractions).facts if f.predicate == "met")
    assert (fact.subject, fact.object) == ("leader/narendra-modi", "leader/sheikh-hasina")
    assert len(fact.evidence) == 2


def test_nobody_meets_himself_after_a_merge() -> None:
    draft = Draft("a")
    _fact(draft, draft.person("Phạm Minh Chính", "VNM"), "met", draft.person("Pham Minh Chinh", "VNM"))
    knowledge = resolve([draft.extraction()])
    assert [e.id for e in knowledge.entities if e.type == "Leader"] == ["leader/pham-minh-chinh"]
    assert not [f for f in knowledge.facts if f.predicate == "met"]


def test_leading_a_delegation_keeps_attending() -> None:
    draft = Draft("a")
    leader, summit = draft.person("Pham Minh Chinh", "VNM"), draft.entity("Meeting", "11th CLMV Summit")
    for predicate in ("attended", "ledDelegation"):
        _fact(draft, leader, predicate, summit)
    predicates = {f.predicate for f in resolve([draft.extraction()]).facts}
    assert {"attended", "ledDelegation"} <= predicates


def test_figures_of_two_documents_are_united() -> None:
    extractions = []
    for id, published in (("a", "2024-11-09"), ("b", "2024-11-08")):
        document = Document(id, f"{id}: two-way trade of CLMV", published=published)
        mention = Mention(document.key, 0, 1, id)
        entity = Entity("e1", "Framework", "CLMV", mentions=(mention,), seed="clmv")
        figure = Figure("e1", "two-way trade", "769000000000", "USD", "2024", (mention,), published)
        extractions.append(Extraction(document, (entity,), (), (figure,)))
    (figure,) = resolve(extractions).figures
    assert (figure.subject, figure.reported, len(figure.evidence)) == ("framework/clmv", "2024-11-08", 2)


# ---------------------------------------------------------------- reasons, and undoing


def test_a_merge_says_which_name_of_which_document_and_why() -> None:
    extractions = [_leader("Phạm Minh Chính", "VNM", id="a"), _leader("Chinh Pham Minh", "VNM", id="b")]
    extractions += [_leader("Pham Minh Chinh", "VNM", id=id) for id in "cd"]
    knowledge = resolve(extractions)
    merges = explain(knowledge, "leader/pham-minh-chinh")
    assert [(m.absorbed, m.rule, m.score) for m in merges] == [
        ("Pham Minh Chinh", "same name", 1.0),
        ("Phạm Minh Chính", "same name", 1.0),
        ("Chinh Pham Minh", "same words", 0.97),
    ]
    assert merges[1].document == extractions[0].document.key
    assert merges[2].document == extractions[1].document.key


def test_merges_are_explained_for_every_entity_of_several_documents() -> None:
    extractions = [
        report(f"d{n}", PEOPLE[n % 4], MEETINGS[0], "2024-11-07", "Bagan Declaration", None) for n in range(6)
    ]
    knowledge = resolve(extractions)
    for entity in knowledge.entities:
        if len({m.document for m in entity.mentions}) > 1 and entity.seed is None:
            assert explain(knowledge, entity.id), entity.id


def test_explaining_an_unknown_entity_offers_the_nearest() -> None:
    knowledge = resolve([_leader("Pham Minh Chinh", "VNM")])
    assert explain(knowledge, "leader/pham-minh-chinh") == []
    with pytest.raises(UnknownName, match="did you mean 'leader/pham-minh-chinh'"):
        explain(knowledge, "leader/pham-minh-chin")


def test_a_merge_is_undone_by_naming_both_ends() -> None:
    extractions = [_leader("Sok Chenda", "KHM", id="a"), _leader("Sok Chenda Sophea", "KHM", id="b")]
    together = resolve(extractions)
    (merge,) = explain(together, _only(together, "Leader").id)
    for pair in (("Sok Chenda", "Sok Chenda Sophea"), ((merge.absorbed, merge.document), "sok  chenda sophea")):
        apart = resolve(extractions, apart=[pair])
        assert sorted(e.name for e in apart.entities if e.type == "Leader") == ["Sok Chenda", "Sok Chenda Sophea"]
    assert resolve(extractions, apart=[("Sok Chenda", "Nobody")]) == together


def test_one_document_can_be_kept_apart_from_the_others_of_the_name() -> None:
    extractions = [_leader("Wang Wei", "CHN", id=id) for id in "abc"]
    key = extractions[1].document.key
    knowledge = resolve(extractions, apart=[(("Wang Wei", key), "Wang Wei")])
    groups = sorted(sorted(m.document for m in e.mentions) for e in knowledge.entities if e.type == "Leader")
    assert sorted(map(len, groups)) == [1, 2]
    assert [key] in groups


def test_no_chain_brings_together_what_a_user_keeps_apart() -> None:
    extractions = [_leader(name, "MMR", id=f"d{n}") for n, name in enumerate(["U Kyaw Tin", "Kyaw Tin", "Tin Kyaw"])]
    assert len([e for e in resolve(extractions).entities if e.type == "Leader"]) == 1
    knowledge = resolve(extractions, apart=[("U Kyaw Tin", "Tin Kyaw")])
    for entity in knowledge.entities:
        assert not {"U Kyaw Tin", "Tin Kyaw"} <= {entity.name, *entity.aliases}


def test_names_of_one_row_of_the_seeds_can_be_kept_apart() -> None:
    extractions = []
    for id, name in (("a", "Georgia"), ("b", "State of Georgia"), ("c", "Georgia")):
        draft = Draft(id)
        draft.entity("Country", name, seed="GEO")
        extractions.append(draft.extraction())
    knowledge = resolve(extractions, apart=[("Georgia", "State of Georgia")])
    assert len({e.id for e in knowledge.entities}) == len(knowledge.entities) == 2
    assert next(e for e in knowledge.entities if e.id == "country/GEO").seed == "GEO"


def test_a_name_cannot_be_kept_apart_from_itself() -> None:
    with pytest.raises(KgError, match="cannot be kept apart from itself"):
        resolve([_leader("Wang Wei", "CHN")], apart=[("Wang Wei", "wang wei")])


def test_the_fact_type_of_every_claim_is_kept() -> None:
    draft = Draft("a", "2024-01-05")
    _fact(draft, draft.person("Anwar Ibrahim", "MYS"), "visited", draft.country("IDN"), happened="2024-01")
    (fact,) = (f for f in resolve([draft.extraction()]).facts if f.predicate == "visited")
    assert isinstance(fact, Fact)
    assert (fact.happened, fact.reported, fact.status) == ("2024-01", "2024-01-05", "asserted")
