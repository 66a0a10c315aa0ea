"""What resolution costs and how well it tells invented people and meetings apart: run with `-s` to see the figures.

The corpus is invented, and more regular than news: its shares of right merges say that nothing is broken, not how
well real news is resolved (that is for the gold set and the cases of tests/cases/resolution_*.yaml).
"""

from __future__ import annotations

import random
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from math import comb

import pytest

from kg.model import Document, Entity, Extraction, Fact, Mention
from kg.resolve import resolve
from kg.resolve.names import words
from kg.resolve.person_names import person_name, rotation
from kg.seeds import load_gazetteer
from kg.spelling import fold

FAMILY = (
    "Nguyễn Trần Phạm Vũ Đặng Siphandone Inthavong Chanthavongsa Sovannara Kosal Myint Thant Wongsakul Rattanakul "
    "Santoso Wibowo Villanueva Bautista Watanabe Nakamura Sharma Banerjee Okonkwo Mwangi Diallo Traoré Hernández "
    "Gutiérrez Kovačević Novák"
).split()
MIDDLE = (
    "Minh Quốc Thanh Hữu Somsak Kham Dara Aung Kyaw Anan Bambang Ramon Kenji Anil Chinedu Wanjiru Amadou Lucía "
    "Marko Jiří"
).split()
GIVEN = (
    "Khoa Lâm Hạnh Phúc Bounthong Keomany Visal Rithy Zaw Hla Somchai Siriporn Hendra Ratna Eduardo Teresita "
    "Haruto Naoko Vikram Priya Emeka Njeri Moussa Aïssata Joaquín Valeria Dragan Ludmila Tereza Ondřej"
).split()
OFFICES = (
    "Prime Minister",
    "Foreign Minister",
    "Minister of Trade",
    "Deputy Minister of Health",
    "Ambassador",
    "Envoy",
)
TITLES = ("", "", "", "Mr ", "Dr. ", "H.E. ", "Prime Minister ")
SERIES = ("clmv", "asean", "acmecs", "brics", "african-union", "mercosur")
KINDS = (
    ("summit", "Summit"),
    ("ministerial", "Trade Ministers' Meeting"),
    ("officials-meeting", "Senior Officials' Meeting"),
)
TOPICS = (
    "trade facilitation",
    "hydropower",
    "human resources development",
    "tourism",
    "customs clearance",
    "fisheries",
)
CODES = ("VNM", "LAO", "KHM", "THA", "IDN", "PHL", "JPN", "IND", "NGA", "KEN", "SEN", "MEX", "BRA", "SRB", "CZE", "EGY")
CITIES = ("Aldea", "Brunico", "Calyon", "Dorvale", "Estrada", "Fontane", "Gardel", "Harbin")


@dataclass(frozen=True)
class Human:
    key: int
    name: tuple[str, str, str]
    country: str
    office: str


def make_corpus(n: int, *, seed: int = 7) -> tuple[list[Extraction], dict[tuple[str, str], object]]:
    """n documents, three to a meeting, with what each local leader and meeting truly is: (document key, id) -> truth.

    The world grows with the corpus: one meeting for three documents, one person for two.
    """
    made, truth = [], {}
    people = _people(n // 2 + 20, random.Random(seed))
    for i in range(n):
        rng = random.Random(f"{seed}/{i}")
        document, drafts, facts = _document(i, rng, people)
        made.append(Extraction(document, tuple(e for e, _ in drafts), tuple(facts)))
        truth.update({(document.key, e.id): what for e, what in drafts if what is not None})
    return made, truth


def _people(n: int, rng: random.Random) -> list[Human]:
    found: dict[tuple[str, str, str, str], Human] = {}
    while len(found) < n:
        name = (rng.choice(FAMILY), rng.choice(MIDDLE), rng.choice(GIVEN))
        country = rng.choice(CODES)
        found.setdefault((*name, country), Human(len(found), name, country, rng.choice(OFFICES)))
    return list(found.values())


def _document(
    i: int, rng: random.Random, people: list[Human]
) -> tuple[Document, list[tuple[Entity, object]], list[Fact]]:
    text = f"Report {i}. " + "Delegates met and spoke of many things. " * 3
    m = i // 3
    world = random.Random(f"meeting {m}")
    published = time.strftime("%Y-%m-%d", time.gmtime(86400 * (14000 + world.randrange(5000) + rng.randrange(3))))
    document = Document(f"d{i}", text, published=published)
    sentence = Mention(document.key, 0, len(text), text)
    drafts: list[tuple[Entity, object]] = []
    facts: list[Fact] = []

    def add(type: str, name: str, what: object = None, seed: str | None = None, **attributes: str) -> str:
        id = f"e{len(drafts) + 1}"
        mention = Mention(document.key, len(drafts), len(drafts) + 1, text[len(drafts)])
        drafts.append((Entity(id, type, name, (), attributes, (mention,), seed), what))
        return id

    def say(subject: str, predicate: str, object: str | None = None, value: str | None = None) -> None:
        facts.append(Fact(subject, predicate, object, value, (sentence,), reported=published, confidence=0.8))

    countries: dict[str, str] = {}
    series, (kind, title) = world.choice(SERIES), world.choice(KINDS)
    number, label = 1 + m // 18, load_gazetteer().seeds[series].label
    attributes = {"kind": kind, "series": series} | ({"ordinal": str(number)} if rng.random() < 0.8 else {})
    # Two drawn with one series, kind and number are one meeting.
    name = f"{number}th {label} {title}" if "ordinal" in attributes else f"the {label} {title}"
    truth = (series, kind, number) if "ordinal" in attributes else None
    meeting = add("Meeting", name, truth, **attributes)
    body = add(load_gazetteer().seeds[series].type, label, seed=series)
    say(meeting, "partOf", body)
    for human in world.sample(people[: m // 2 + 20], 5):
        for_ = countries.get(human.country) or countries.setdefault(
            human.country, add("Country", human.country, seed=human.country, iso3=human.country)
        )
        leader = add("Leader", _form(human, rng), human.key)
        say(leader, "represents", for_)
        say(leader, "position", value=human.office)
        say(leader, "attended", meeting)
    place = add("Place", world.choice(CITIES), country=next(iter(countries)))
    say(meeting, "heldIn", place)
    for topic in world.sample(TOPICS, 3):
        say(meeting, "discussed", add("Topic", topic))
    say(meeting, "adopted", add("Framework", rng.choice(["Joint Statement", f"{label} Action Plan {2000 + m % 40}"])))
    project = add("Project", f"{world.choice(CITIES)}-{world.choice(CITIES)} Expressway Phase {1 + m % 9}")
    say(project, "underFramework", body)
    return document, drafts, facts


def _form(human: Human, rng: random.Random) -> str:
    """The name as one wire writes it: with a title, without accents, in capitals, turned, mistyped, or its end."""
    family, middle, given = human.name
    name = " ".join(human.name)
    draw = rng.random()
    if draw < 0.04:
        return f"Mr {given}"
    if draw < 0.08:
        name = f"{middle} {given} {family}"
    elif draw < 0.11 and len(family) > 6:
        name = name.replace(family, family[:4] + family[5:])
    elif draw < 0.16:
        name = name.upper()
    return rng.choice(TITLES) + (fold(name) if rng.random() < 0.6 else name)


def _pairs(labels: list[tuple[object, object]]) -> tuple[float, float]:
    """Pairwise precision and recall of (found, true) labels."""
    both = sum(comb(n, 2) for n in Counter(labels).values())
    found = sum(comb(n, 2) for n in Counter(a for a, _ in labels).values())
    true = sum(comb(n, 2) for n in Counter(b for _, b in labels).values())
    return both / found, both / true


def _labels(
    corpus: list[Extraction], truth: dict[tuple[str, str], object], type: str
) -> Iterator[tuple[object, object]]:
    knowledge = resolve(corpus)
    by_mention = {(m.document, m.begin): e.id for e in knowledge.entities if e.type == type for m in e.mentions}
    for extraction in corpus:
        for entity in extraction.entities:
            if entity.type == type and (extraction.document.key, entity.id) in truth:
                mention = entity.mentions[0]
                yield by_mention[mention.document, mention.begin], truth[extraction.document.key, entity.id]


def test_invented_people_and_meetings_are_told_apart() -> None:
    corpus, truth = make_corpus(900)
    for type, least_precision, least_recall in (("Leader", 0.98, 0.85), ("Meeting", 0.98, 0.95)):
        precision, recall = _pairs(list(_labels(corpus, truth, type)))
        print(f"\n{type}: pairwise precision {precision:.3f}, recall {recall:.3f} (invented names)")
        assert precision >= least_precision
        assert recall >= least_recall


@pytest.mark.slow
def test_resolution_grows_with_the_corpus_and_no_faster() -> None:
    """A quadratic step would make the ratio 16."""
    costs = []
    for n in (1250, 5000):
        corpus, _ = make_corpus(n)
        start = time.process_time()
        knowledge = resolve(corpus)
        costs.append(time.process_time() - start)
        n_locals = sum(len(e.entities) for e in corpus)
        n_facts = sum(len(e.facts) for e in corpus)
        print(
            f"\n{n} documents, {n_locals} local entities, {n_facts} facts -> {len(knowledge.entities)} entities, "
            f"{len(knowledge.facts)} facts, {len(knowledge.merges)} merges: {costs[-1]:.1f} CPU s"
        )
    print(f"CPU for four times the documents: x{costs[1] / costs[0]:.1f}")
    assert costs[1] / costs[0] < 6


@pytest.mark.slow
def test_keys_of_names_cost_little() -> None:
    """100,000 mentions of 30,000 spellings: the key of each is made once."""
    rng = random.Random(7)
    people = _people(3000, rng)
    mentions = [_form(rng.choice(people), rng) for _ in range(100_000)]
    person_name.cache_clear()
    words.cache_clear()
    start = time.process_time()
    keys = {rotation(person_name(mention).words) for mention in mentions}
    cost = time.process_time() - start
    print(f"\n{len(mentions)} mentions, {len(set(mentions))} spellings -> {len(keys)} keys: {cost:.2f} CPU s")
    assert len(keys) < len(set(mentions))
