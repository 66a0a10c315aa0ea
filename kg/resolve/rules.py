"""Why two names became one: every rule with its score and its reason. A merge names one of them."""

from __future__ import annotations

from typing import NamedTuple


class Rule(NamedTuple):
    """`score`, in 0..1, orders the rules by how rarely they err; it is a judgement, not a measured probability."""

    score: float
    because: str


RULES: dict[str, Rule] = {
    # any family
    "seed": Rule(1.0, "both are names of the same row of the seeds"),
    "same name": Rule(1.0, "the names are equal but for case, accents and punctuation"),
    "same words": Rule(0.97, "the names have the same words: titles, articles, word order or number differ"),
    "also named": Rule(0.92, "the name of one is another name of the other in its own document"),
    "spelling": Rule(0.93, "two spellings of one name; the score is their similarity"),
    # people
    "joined words": Rule(0.95, "the names differ in how syllables are joined or hyphenated"),
    "particles": Rule(0.95, "the names differ in particles such as al, el, bin, binti"),
    "transliteration": Rule(0.91, "two spellings of one name in Latin letters, and the same country"),
    "common words": Rule(
        0.86, "two words in common and nothing that differs, the same country, and the same office at the time"
    ),
    "word order": Rule(0.9, "the same words in another order, the same country and office"),
    "initial": Rule(0.9, "one name has an initial where the other has the word, or a middle initial more"),
    "shorter name": Rule(0.88, "one name has all words of the other, the same country, and no one else there fits"),
    "one-word name": Rule(0.8, "a name of one word, the same country and office, and no one else there fits"),
    # organizations, frameworks, projects, places
    "acronym": Rule(0.9, "one is the acronym of the other, and it stands for nothing else here"),
    "acronym and spelling": Rule(0.9, "the same acronym and nearly the same full name"),
    "weak words": Rule(
        0.85, "the names differ in a word such as joint, new, (economic) cooperation, and nothing else fits"
    ),
    "administrative word": Rule(0.85, "the names differ in a word such as province, and no document tells them apart"),
    "same stems": Rule(0.88, "three or more words agree, some in another form (simplifying, simplification)"),
    "adopted at": Rule(0.9, "documents of one kind that the same meeting adopted"),
    "signed by": Rule(0.85, "documents of one kind that the same parties signed at the same time"),
    # meetings
    "series and number": Rule(0.99, "the same series or name, kind and ordinal, and dates less than a year apart"),
    "series and date": Rule(0.92, "the same series and kind, and dates that overlap"),
    "series and report": Rule(0.75, "the same series and kind, reported in the same days, and no other one fits"),
    "name and date": Rule(0.9, "the same name, and dates that overlap or reports of the same days"),
    "kind, place and date": Rule(0.85, "the same kind, place and day, and a participant in common"),
    "participants and date": Rule(0.9, "the same kind and participants, and dates that overlap or adjoin"),
    "participants and report": Rule(0.75, "the same kind and participants, reported within the same month"),
}
