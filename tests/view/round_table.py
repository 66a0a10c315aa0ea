"""A small graph with what the views need: three countries, two meetings, a plan, a framework, two topics."""

from __future__ import annotations

from kg.model import Document, Entity, Fact, Knowledge, Mention

VIETNAM, LAOS, GERMANY = "country/VNM", "country/LAO", "country/DEU"
SUMMIT, BERLIN = "meeting/hanoi-summit", "meeting/berlin-talks"
TRADE, ENERGY = "topic/trade", "topic/energy"
PACT = "framework/mekong-pact"

_SENTENCES = (
    'An Tran and Kham Lao attended the Hanoi summit, "a good start".',
    "The summit in May 2024, part of the Mekong Pact, was about trade and energy.",
    "Ms Berg received An Tran in Berlin.",
    "The Berlin talks of May 2022 were about trade.",
    "Kham Lao will visit Germany in 2025.",
    "An Tran speaks for Vietnam, Kham Lao for Laos, Ms Berg for Germany.",
)
_TEXT = " ".join(_SENTENCES)


def round_table() -> Knowledge:
    document = Document("summit", _TEXT, "Neighbours meet", "2024-05-21", "A Wire", "https://news.example/summit")

    def said(words: str) -> Mention:
        begin = _TEXT.index(words)
        return Mention(document.key, begin, begin + len(words), words)

    def entity(id_: str, type_: str, name: str, **attributes: str) -> Entity:
        return Entity(id_, type_, name, (), attributes, (said(name),) if name in _TEXT else ())

    tran, kham, berg = "leader/an-tran", "leader/kham-lao", "leader/berg"
    summit, about, received, talks, will, who = map(said, _SENTENCES)
    may24, may22 = "2024-05-20", "2022-05-11"
    facts = (
        Fact(tran, "attended", SUMMIT, None, (summit,), happened=may24, confidence=0.93),
        Fact(kham, "attended", SUMMIT, None, (summit,), happened=may24, confidence=0.8),
        Fact(SUMMIT, "discussed", TRADE, None, (about,), happened=may24, confidence=0.6),
        Fact(SUMMIT, "discussed", ENERGY, None, (about,), happened=may24, confidence=0.4),
        Fact(SUMMIT, "partOf", PACT, None, (about,), happened=may24),
        Fact(SUMMIT, "heldOn", None, may24, (about,), happened=may24),
        Fact(berg, "hosted", BERLIN, None, (received,), happened=may22),
        Fact(tran, "attended", BERLIN, None, (received,), happened=may22),
        Fact(BERLIN, "discussed", TRADE, None, (talks,), happened=may22),
        Fact(BERLIN, "heldOn", None, may22, (talks,), happened=may22),
        Fact(kham, "visited", GERMANY, None, (will,), modality="planned", happened="2025"),
        Fact(tran, "represents", VIETNAM, None, (who,), happened="2020/2024"),
        Fact(kham, "represents", LAOS, None, (who,)),
        Fact(berg, "represents", GERMANY, None, (who,)),
    )
    entities = (
        entity(GERMANY, "Country", "Germany", iso3="DEU"),
        entity(LAOS, "Country", "Laos", iso3="LAO"),
        entity(VIETNAM, "Country", "Vietnam", iso3="VNM"),
        entity(PACT, "Framework", "Mekong Pact"),
        entity(tran, "Leader", "An Tran"),
        entity(berg, "Leader", "Ms Berg"),
        entity(kham, "Leader", "Kham Lao"),
        entity(BERLIN, "Meeting", "Berlin talks", earliest=may22, latest=may22),
        entity(SUMMIT, "Meeting", "Hanoi summit", earliest=may24, latest=may24),
        entity(ENERGY, "Topic", "energy"),
        entity(TRADE, "Topic", "trade"),
    )
    return Knowledge((document,), entities, tuple(sorted(facts, key=lambda f: f.key)), (), ())
