"""Graphs of any size made by chance, the same for the same numbers: countries, leaders, organizations who meet."""

from __future__ import annotations

import csv
import random

from kg.model import Document, Entity, Fact, Knowledge, Mention
from kg.seeds import seeds_folder

_TOPICS = "trade climate energy health water security education migration fisheries space finance roads".split()
_FIRST = "Ana Bo Chen Dara Eva Femi Goran Hana Ivo Jun Kofi Lena Mara Nia Omar Pia Quang Rosa Sven Tala Uma".split()
_LAST = "Abara Berg Costa Duarte Ekman Farah Garcia Haddad Ito Jansen Kaya Lopez Mensah Novak Okoye Rossi".split()


def crowd(n_actors: int, *, seed: int = 7) -> Knowledge:
    """Nine tenths leaders, the rest countries (at most 190) and organizations; three meetings for four actors."""
    chance = random.Random(seed)
    countries = _countries(min(190, max(20, n_actors // 12)))
    organizations = [
        Entity(f"organization/body-{i}", "Organization", f"Commission {i}")
        for i in range(max(3, n_actors // 10 - len(countries)))
    ]
    names = [
        f"{chance.choice(_FIRST)} {chance.choice(_LAST)} {i}"
        for i in range(n_actors - len(countries) - len(organizations))
    ]
    leaders = [Entity(f"leader/{name.replace(' ', '-').lower()}", "Leader", name) for name in names]
    topics = [Entity(f"topic/{name}", "Topic", name) for name in _TOPICS]
    frameworks = [Entity(f"framework/pact-{i}", "Framework", f"Pact {i}") for i in range(30)]
    meetings = [Entity(f"meeting/m{i}", "Meeting", f"Round {i} of talks") for i in range(n_actors * 3 // 4)]
    writer = _Writer()
    by_id = {leader.id: leader for leader in leaders}
    # A few countries have most of the leaders, and a few leaders go to most meetings.
    home = {leader.id: countries[int(len(countries) * chance.random() ** 2.2)] for leader in leaders}
    for leader in leaders:
        writer.say(leader, "represents", home[leader.id], None, chance)
    for meeting in meetings:
        day = f"{chance.randint(2015, 2024)}-{chance.randint(1, 12):02d}-{chance.randint(1, 28):02d}"
        who = {leaders[int(len(leaders) * chance.random() ** 1.5)].id for _ in range(chance.randint(2, 4))}
        for id_ in sorted(who):
            writer.say(by_id[id_], "attended", meeting, day, chance)
        if chance.random() < 0.3:
            writer.say(chance.choice(organizations), "attended", meeting, day, chance)
        writer.say(meeting, "discussed", chance.choice(topics), day, chance)
        if chance.random() < 0.3:
            writer.say(meeting, "partOf", chance.choice(frameworks), day, chance)
    entities = (*countries, *organizations, *leaders, *topics, *frameworks, *meetings)
    return Knowledge(
        documents=tuple(sorted(writer.documents, key=lambda d: d.key)),
        entities=tuple(sorted(entities, key=lambda e: e.id)),
        facts=tuple(sorted(writer.facts, key=lambda f: f.key)),
        figures=(),
        merges=(),
    )


def _countries(n: int) -> list[Entity]:
    import pycountry

    with open(seeds_folder() / "countries.csv", encoding="utf-8") as table:
        codes = [row["iso3"] for row in csv.DictReader(table)]
    known = [found for code in codes if (found := pycountry.countries.get(alpha_3=code))]
    step = len(known) / n
    picked = [known[int(i * step)] for i in range(n)]
    return [Entity(f"country/{one.alpha_3}", "Country", one.name, (), {"iso3": one.alpha_3}) for one in picked]


class _Writer:
    """Ten sentences a document, each with one fact."""

    def __init__(self) -> None:
        self.documents: list[Document] = []
        self.facts: list[Fact] = []
        self._n = 0

    def say(self, subject: Entity, predicate: str, target: Entity, day: str | None, chance: random.Random) -> None:
        text = f"{subject.name} is said to have {predicate} {target.name}, report {self._n} of the news service adds."
        if self._n % 10 == 0:
            title = f"Report {self._n // 10}"
            self.documents.append(
                Document(f"d{self._n}", text, title, "2024-12-01", "A wire", f"https://n.example/{self._n}")
            )
        self._n += 1
        said = Mention(self.documents[-1].key, self._n * 200, self._n * 200 + len(text), text)
        modality = "planned" if chance.random() < 0.03 else "actual"
        confidence = round(0.5 + chance.random() / 2, 2)
        self.facts.append(
            Fact(subject.id, predicate, target.id, None, (said,), modality, day, "2024-12-01", confidence, "chance")
        )
