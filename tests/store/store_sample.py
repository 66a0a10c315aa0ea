"""Small graphs made by hand, for the tests of the store and of the checks, and for the processes that they start."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import product

from kg.model import Document, Entity, Fact, Figure, Knowledge, Mention, Merge, SetAside, Skipped
from kg.store import BuildRecord
from kg.vocabulary import FRAMEWORK_KINDS, MEETING_KINDS, MODALITIES, PREDICATES

BUILD = BuildRecord("0.1.0", "en_core_web_sm", "0123456789abcdef", "2024-05-01T10:00:00Z", "2024-05-01T10:05:00Z")
SKIPPED = (Skipped("news.jsonl, line 3", "no JSON"),)

WIRE = Document(
    id="wire-1",
    title="CLMV leaders meet in Kunming",
    published="2024-11-08",
    publisher='Wire "One"',
    source="https://news.example/1?a=1&b=2",
    text=(
        "Prime Minister Pham Minh Chinh led the Vietnamese delegation to the 11th CLMV Summit in Kunming on November 7."
        " He met Sonexay Siphandone, who chaired it. Hanoi said trade reached 769 billion dollars in 2024. "
        "Laos will host the next summit in 2026."
    ),
    set_aside=(SetAside(0, 5, "boilerplate"),),
)
NOTE = Document(
    id="note-2",
    published="2024-11",
    text="The 11th CLMV Summit took place on November 6. Pham Minh Chinh attended and talked about trade facilitation.",
)


def quote(document: Document, words: str, rule: str = "") -> Mention:
    """The first place where the words stand in the document."""
    begin = document.text.index(words)
    return Mention(document.key, begin, begin + len(words), words, rule)


def sentence(document: Document, number: int) -> Mention:
    """A whole sentence, counted from 0."""
    words = document.text.replace(". ", ".\n").split("\n")[number]
    return quote(document, words)


def summit() -> Knowledge:
    """Two documents on one summit that disagree about its date: every kind of node and value once."""
    led, met, hanoi, plan = (sentence(WIRE, n) for n in range(4))
    held, attended = (sentence(NOTE, n) for n in range(2))
    early = Fact("meeting/clmv-11", "heldOn", None, "2024-11-06", (held,), happened="2024-11-06", status="disputed")
    late = Fact("meeting/clmv-11", "heldOn", None, "2024-11-07", (led,), happened="2024-11-07", status="disputed")
    early, late = (_against(early, late), _against(late, early))
    day = {"happened": "2024-11-07", "reported": "2024-11-08", "confidence": 0.9, "rule": "lead-delegation"}
    facts = [
        early,
        late,
        Fact("leader/pham-minh-chinh", "ledDelegation", "meeting/clmv-11", None, (led,), **day),
        Fact("leader/pham-minh-chinh", "attended", "meeting/clmv-11", None, (led, attended), reported="2024-11"),
        Fact("leader/pham-minh-chinh", "met", "leader/sonexay-siphandone", None, (met,), confidence=0.123456),
        Fact("leader/sonexay-siphandone", "chaired", "meeting/clmv-11", None, (met,), happened="2024-11-06/2024-11-07"),
        Fact("leader/pham-minh-chinh", "position", None, "Prime Minister", (led,)),
        Fact("leader/pham-minh-chinh", "represents", "country/VNM", None, (led,)),
        Fact("meeting/clmv-11", "heldIn", "place/kunming", None, (led,)),
        Fact("meeting/clmv-11", "discussed", "topic/trade-facilitation", None, (attended,), happened="2024-11"),
        Fact("meeting/clmv-11", "partOf", "framework/clmv", None, (led,)),
        Fact("country/LAO", "hosted", "meeting/clmv-12", None, (plan,), modality="planned", happened="2026"),
    ]
    figures = [Figure("country/VNM", "trade", "769000000000", "USD", "2024", (hanoi,), "2024-11-08")]
    merges = [Merge("leader/pham-minh-chinh", "PM Chinh", NOTE.key, "surname and office", 0.95)]
    return Knowledge((WIRE, NOTE), tuple(_entities()), tuple(facts), tuple(figures), tuple(merges))


def _against(fact: Fact, other: Fact) -> Fact:
    from dataclasses import replace

    return replace(fact, contradicts=(other.key,), against=("seeds/leaders.csv: a row",))


def _entities() -> Iterator[Entity]:
    clmv = {"kind": "summit", "ordinal": "11", "earliest": "2024-11-06", "latest": "2024-11-07", "series": "clmv"}
    name, summit_name = quote(WIRE, "Pham Minh Chinh"), quote(WIRE, "11th CLMV Summit")
    yield Entity("leader/pham-minh-chinh", "Leader", "Pham Minh Chinh", ("PM Chinh", "Phạm Minh Chính"), {}, (name,))
    yield Entity("leader/sonexay-siphandone", "Leader", "Sonexay Siphandone")
    hanoi = quote(WIRE, "Hanoi", "metonymy: capital for government")
    country = {"iso3": "VNM", "wikidata": "Q881"}
    yield Entity("country/VNM", "Country", "Vietnam", ("Viet Nam",), country, (hanoi, quote(WIRE, "Vietnamese")), "VNM")
    yield Entity("country/LAO", "Country", "Laos", (), {"iso3": "LAO"}, (quote(WIRE, "Laos"),), "LAO")
    yield Entity(
        "meeting/clmv-11", "Meeting", "11th CLMV Summit", (), clmv, (summit_name, quote(NOTE, "11th CLMV Summit"))
    )
    yield Entity(
        "meeting/clmv-12", "Meeting", "12th CLMV Summit", (), {"kind": "summit"}, (quote(WIRE, "the next summit"),)
    )
    yield Entity("framework/clmv", "Framework", "CLMV", (), {"kind": "mechanism", "acronym": "CLMV"}, (), "clmv")
    yield Entity(
        "organization/asean", "Organization", "ASEAN", (), {"acronym": "ASEAN", "wikidata": "Q7768"}, (), "asean"
    )
    yield Entity("country/CHN", "Country", "China", (), {"iso3": "CHN"}, (), "CHN")
    yield Entity("place/kunming", "Place", "Kunming", (), {"country": "country/CHN"}, (quote(WIRE, "Kunming"),))
    yield Entity(
        "topic/trade-facilitation", "Topic", "trade facilitation", (), {}, (quote(NOTE, "trade facilitation"),)
    )


def said_by(numbers: Iterable[int]) -> Knowledge:
    """What the documents of these numbers say together: each adds facts of its own and evidence to shared ones."""
    documents = {n: _numbered(n) for n in numbers}
    entities: dict[str, Entity] = {}
    facts: dict[str, Fact] = {}
    merges = []
    for n, document in documents.items():
        leader, meeting = f"leader/person-{n}", f"meeting/m-{n % 3}"
        shared = f"leader/person-{n % 2}-shared"
        for id_, type_ in ((leader, "Leader"), (shared, "Leader"), (meeting, "Meeting")):
            mention = sentence(document, 0)
            old = entities.get(id_, Entity(id_, type_, id_))
            entities[id_] = Entity(id_, type_, id_, (), {}, (*old.mentions, mention))
        for subject in (leader, shared):
            fact = Fact(subject, "attended", meeting, None, (sentence(document, 1),), reported="2024")
            old_fact = facts.get(fact.key)
            evidence = fact.evidence + (old_fact.evidence if old_fact else ())
            facts[fact.key] = Fact(subject, "attended", meeting, None, evidence, reported="2024")
        merges.append(Merge(shared, f"Person {n}", document.key, "same name", 1.0))
    return Knowledge(tuple(documents.values()), tuple(entities.values()), tuple(facts.values()), (), tuple(merges))


def _numbered(n: int) -> Document:
    return Document(
        f"doc-{n}", f"Document {n} names people. They attended meeting {n % 3}, says document {n}.", title=f"No. {n}"
    )


def everything() -> Knowledge:
    """Every predicate with every modality, every kind of meeting and framework: each term of the vocabulary."""
    base = summit()
    kinds = [Entity(f"meeting/{k}", "Meeting", k, (), {"kind": k}) for k in MEETING_KINDS]
    kinds += [Entity(f"framework/{k}", "Framework", k, (), {"kind": k}) for k in FRAMEWORK_KINDS]
    kinds.append(Entity("project/road", "Project", "a road"))
    some: dict[str, str] = {}
    for entity in (*base.entities, *kinds):
        some.setdefault(entity.type, entity.id)
    others = {
        "Leader": "leader/sonexay-siphandone",
        "Country": "country/LAO",
        "Meeting": "meeting/visit",
        "Framework": "framework/plan",
    }
    facts = []
    for predicate, modality in product(PREDICATES.values(), MODALITIES):
        subject = some[predicate.domain[0]]
        object_ = next((i for t in predicate.range for i in (others.get(t), some[t]) if i and i != subject), None)
        value = None if object_ else ("2024-11" if predicate.name == "heldOn" else "Adviser")
        facts.append(Fact(subject, predicate.name, object_, value, (sentence(WIRE, 1),), modality=modality))
    return Knowledge(base.documents, (*base.entities, *kinds), (*base.facts, *facts), base.figures, base.merges)
