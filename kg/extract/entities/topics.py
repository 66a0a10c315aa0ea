"""Topics: the noun phrases of what was discussed, proposed or pledged.

Mapped onto the topic scheme where they fit.
"""

from __future__ import annotations

import re

from kg.extract.entities.topic_phrases import Phrase, TopicLists
from kg.extract.parse import Parse
from kg.extract.reading import Draft, Reading
from kg.extract.wordlists import word_list
from kg.seeds import Gazetteer


def topics_of(reading: Reading, phrases: list[Phrase], gazetteer: Gazetteer) -> list[Draft]:
    """The topics of these phrases, each once; new drafts are made as needed."""
    found: list[Draft] = []
    for phrase in phrases:
        draft = _topic_of(reading, phrase, gazetteer)
        if draft is not None and draft not in found:
            found.append(draft)
    return found


def _topic_of(reading: Reading, phrase: Phrase, gazetteer: Gazetteer) -> Draft | None:
    parse = reading.parse
    if phrase.name is not None:
        draft = named_topic(reading, phrase.name, gazetteer)
        reading.mention(draft, phrase.first, phrase.past)
        return draft
    if phrase.key is not None:
        draft = scheme_topic(reading, phrase.first, phrase.past, phrase.key, gazetteer)
    else:
        # "Nurses", "admission": a word alone says little, the phrase behind it belongs to it.
        past = phrase.longer if phrase.past - phrase.first == 1 else phrase.past
        made = phrase_topic(reading, phrase.first, past, gazetteer)
        if made is None:
            return None
        draft = made
    longer = " ".join(parse.quote(phrase.first, phrase.longer).split())
    draft.names[_in_lower_case(parse, phrase.first, phrase.longer, longer)] += 0
    return draft


def named_topic(reading: Reading, name: str, gazetteer: Gazetteer) -> Draft:
    """The topic of that name, new or known: "food security" of "food and energy security"."""
    concept = gazetteer.topics.get(name)
    for draft in reading.of_type("Topic"):
        if draft.name.lower() == name or concept is not None and draft.seed == concept:
            return draft
    return reading.draft("Topic", gazetteer.topic_labels[concept] if concept else name, seed=concept)


# Words that say that what stands beside them is a field of cooperation.
_AGENDA = word_list("topics", "agenda")


def find_agenda(reading: Reading, gazetteer: Gazetteer) -> None:
    """`discussed`: fields of the scheme named in a sentence that speaks of a meeting and of its agenda."""
    parse = reading.parse
    lists = TopicLists(reading)
    for first, past, key in reading.topic_hits:
        sentence = parse.sentence_of[first]
        meeting = reading.focus.get(sentence)
        if meeting is None or reading.type_at(first) not in (None, "Topic"):
            continue
        begin, end = parse.sentences[sentence]
        if not lists.stands_alone(first, past) or _in_an_office(parse, first):
            continue
        if _AGENDA.isdisjoint(parse.lower[begin:end]) or _denied(parse.lower, begin, end):
            continue
        reading.say(
            meeting,
            "discussed",
            scheme_topic(reading, first, past, key, gazetteer),
            first,
            rule="agenda",
            confidence=0.6,
        )
    _papers_on_the_agenda(reading)


def _denied(lower: list[str], begin: int, end: int) -> bool:
    """As in "was not discussed"."""
    return any(
        lower[i] in ("not", "never", "n't") and not _AGENDA.isdisjoint(lower[i + 1 : i + 3]) for i in range(begin, end)
    )


_OFFICES = frozenset(
    "minister ministers ministry ministries secretary department commissioner commission committee".split()
)


def _in_an_office(parse: Parse, first: int) -> bool:
    """As in "Deputy Minister of Trade and Foreign Affairs": capitals, and the office before them."""
    return parse.capital(first) and not _OFFICES.isdisjoint(parse.lower[max(0, first - 7) : first])


_REVIEWED = word_list("topics", "reviewed")


def _papers_on_the_agenda(reading: Reading) -> None:
    """`discussed`: plans and projects whose implementation a meeting reviewed."""
    parse = reading.parse
    for span in list(reading.spans):
        if (
            span.draft.type not in ("Framework", "Project")
            or span.draft.attributes.get("kind") == "mechanism"
            or span.kind != "name"
        ):
            continue
        owner = reading.owner[span.first]
        if owner is not None and owner.draft is not span.draft:
            continue
        sentence = parse.sentence_of[span.first]
        meeting = reading.focus.get(sentence)
        begin, _ = parse.sentences[sentence]
        if meeting is not None and not _REVIEWED.isdisjoint(parse.lower[max(begin, span.first - 12) : span.first]):
            reading.say(meeting, "discussed", span.draft, span.first, rule="agenda", confidence=0.6)


def scheme_topic(reading: Reading, first: int, past: int, key: str, gazetteer: Gazetteer) -> Draft:
    """The draft of a concept of the scheme, named as in the text."""
    parse = reading.parse
    for draft in reading.of_type("Topic"):
        if draft.seed == key:
            break
    else:
        draft = reading.draft("Topic", gazetteer.topic_labels[key], seed=key)
    owner = reading.owner[first]
    if owner is None or owner.first != first:
        reading.mention(draft, first, past)
    draft.names[parse.quote(first, past).lower()] += 0
    return draft


def _in_lower_case(parse: Parse, first: int, past: int, surface: str) -> str:
    """A topic's name, proper names in it as they are: "situation in Libya"; a word alone only where all is capitals."""
    for i in range(first, past):
        proper = parse.words[i].isupper() if past - first == 1 else parse.tags[i] in ("NNP", "NNPS")
        if not proper:
            surface = surface.replace(parse.words[i], parse.lower[i], 1)
    return surface


def phrase_topic(reading: Reading, first: int, past: int, gazetteer: Gazetteer) -> Draft | None:
    """The topic of these tokens: a concept of the scheme, else the phrase as it stands."""
    parse = reading.parse
    surface = re.sub(r"\s+", " ", parse.quote(first, past)).strip(" -–,.;:'’\"“”")
    if len(surface) < 3 or not any(c.isalpha() for c in surface) or any(c.isdigit() for c in surface):
        return None
    key = surface.lower()
    concept = gazetteer.topics.get(key) or gazetteer.topics.get(re.sub(r"s$", "", key))
    name = _in_lower_case(parse, first, past, surface)
    for draft in reading.of_type("Topic"):
        if (
            (concept is not None and draft.seed == concept)
            or draft.name.lower() == key
            or draft.name.lower() == key.rstrip("s")
        ):
            reading.mention(draft, first, past)
            return draft
    draft = reading.draft("Topic", name, seed=concept)
    draft.names[name] += 0
    if concept is not None:
        draft.names[gazetteer.topic_labels[concept]] += 0
    reading.mention(draft, first, past)
    return draft
