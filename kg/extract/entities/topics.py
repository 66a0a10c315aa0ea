"""Topics: the noun phrases of what was discussed, proposed or pledged.

Mapped onto the topic scheme where they fit.
"""

from __future__ import annotations

import re

from kg.extract.entities.phrases import DETERMINERS
from kg.extract.reading import Draft, Reading
from kg.extract.wordlists import word_list
from kg.seeds import Gazetteer

MAX_WORDS = 6
# Heads that only introduce the matter: "the need to", "cooperation in the field of X" -> X.
_LIGHT = word_list("topics", "light")
_KEEP_ALONE = frozenset("development cooperation relations ties partnership".split())
STOP_HEADS = word_list("topics", "stop")
_ALLOWED = word_list("topics", "allowed")
_RHETORIC = word_list("topics", "rhetoric")
_TIMES = frozenset("year years month months day days week weeks decade decades century".split())


def find_topics(reading: Reading, heads: list[int], gazetteer: Gazetteer) -> list[Draft]:
    """The topics of the noun phrases with these heads, coordination split; new drafts are made as needed."""
    found: list[Draft] = []
    for head in heads:
        hits = hits_under(reading, head)
        for first, past, key in hits:
            owner = reading.owner[first]
            if owner is None or owner.draft.type == "Topic":
                draft = scheme_topic(reading, first, past, key, gazetteer)
                found += [draft] if draft not in found else []
        for first, past in topic_phrases(reading, head, depth=0):
            if any(a < past and first < b for a, b, _ in hits):
                continue
            phrase = topic(reading, first, past, gazetteer)
            if phrase is not None and phrase not in found:
                found.append(phrase)
    return found


# Words that say that what stands beside them is a field of cooperation.
_AGENDA = word_list("topics", "agenda")


def find_agenda(reading: Reading, gazetteer: Gazetteer) -> None:
    """`discussed`: fields of the scheme named in a sentence that speaks of a meeting and of its agenda."""
    parse = reading.parse
    for first, past, key in reading.topic_hits:
        sentence = parse.sentence_of[first]
        meeting = reading.focus.get(sentence)
        if meeting is None or reading.type_at(first) not in (None, "Topic"):
            continue
        begin, end = parse.sentences[sentence]
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


def hits_under(reading: Reading, head: int) -> list[tuple[int, int, str]]:
    """The names of the scheme inside the subtree of a token."""
    first, past = reading.parse.subtree(head)
    return [hit for hit in reading.topic_hits if first <= hit[0] and hit[1] <= past]


def topic_phrases(reading: Reading, head: int, depth: int) -> list[tuple[int, int]]:
    """Token spans of the topics under a head noun: itself with its modifiers, or what its "of"/"in" phrase holds."""
    parse = reading.parse
    if depth > 4 or not (parse.tags[head].startswith("N") or parse.tags[head] == "VBG" or parse.tags[head] == "JJ"):
        return []
    if reading.owner[head] is not None:
        return []
    if parse.lower[head + 1 : head + 3] == ["by", parse.lower[head]] and head:
        return topic_phrases(reading, head - 1, depth + 1)  # "extend the exchange of students step by step"
    inner: list[tuple[int, int]] = []
    for child in parse.children[head]:
        if (
            parse.deps[child] == "prep"
            and parse.lower[child]
            in (
                "of",
                "in",
                "on",
                "for",
                "to",
                "including",
                "such",
                "as",
                "like",
                "between",
                "with",
                "from",
                "regarding",
            )
            and child > head
        ):
            for grandchild in parse.children[child]:
                if parse.deps[grandchild] in ("pobj", "pcomp"):
                    for part in _coordinated(parse.children, parse.deps, grandchild):
                        inner += topic_phrases(reading, part, depth + 1)
    light = parse.lower[head] in _LIGHT
    modifiers = _modifiers(reading, head)
    if parse.tags[head] == "VBG" and not inner:
        for child in parse.children[head]:
            if parse.deps[child] == "dobj":
                for part in _coordinated(parse.children, parse.deps, child):
                    inner += topic_phrases(reading, part, depth + 1)
        return inner
    if light and inner and not modifiers:
        return inner
    own = _own_phrase(reading, head, modifiers)
    if light and inner:
        return inner
    return [own] if own else inner


def _coordinated(children: list[list[int]], deps: list[str], token: int) -> list[int]:
    found, stack = [], [token]
    while stack:
        current = stack.pop()
        found.append(current)
        stack.extend(c for c in children[current] if deps[c] in ("conj", "appos") and c > current)
    return sorted(found)


def _modifiers(reading: Reading, head: int) -> list[int]:
    """Modifier tokens directly before the head that say something about the field."""
    parse = reading.parse
    i = head
    while i > 0 and (
        parse.tags[i - 1] in _ALLOWED
        or parse.words[i - 1] in ("-", "–")
        or (parse.lower[i - 1] == "and" and parse.tags[i - 2] in ("NN", "JJ", "NNS") and parse.heads[i - 2] >= i)
    ):
        i -= 1
        if parse.lower[i] in DETERMINERS:
            i += 1
            break
    while i < head and (
        parse.lower[i] in _RHETORIC
        or parse.lower[i] in ("and", "-", "'s", "’s")
        or parse.tags[i] in ("CD", "VBN", "POS")
        or _named(reading, i)
    ):
        i += 1
    return list(range(i, head))


def _named(reading: Reading, i: int) -> bool:
    span = reading.owner[i]
    return span is not None and span.draft.type in ("Country", "Framework", "Organization", "Leader", "Meeting")


def _own_phrase(reading: Reading, head: int, modifiers: list[int]) -> tuple[int, int] | None:
    parse = reading.parse
    first = modifiers[0] if modifiers else head
    if not modifiers and (
        parse.lower[head] in STOP_HEADS or parse.lower[head] in _LIGHT and parse.lower[head] not in _KEEP_ALONE
    ):
        return None
    if parse.lower[head] in STOP_HEADS and len(modifiers) < 1 or parse.lower[head] in _TIMES:
        return None  # "a partnership for the next decade"
    past = head + 1
    # "narrowing of the development gap", "removal of trade barriers": keep one short "of" phrase.
    if past + 1 < len(parse) and parse.lower[past] == "of" and not modifiers:
        j = past + 1
        while (
            j < len(parse)
            and (parse.lower[j] in ("the", "their") or parse.tags[j] in _ALLOWED)
            and j - head < MAX_WORDS
        ):
            j += 1
        if j > past + 1 and parse.tags[j - 1].startswith("N") and not any(_named(reading, k) for k in range(past, j)):
            past = j
    if past - first > MAX_WORDS + 1:
        first = head - min(len(modifiers), 2)
    return first, past


def topic(reading: Reading, first: int, past: int, gazetteer: Gazetteer) -> Draft | None:
    """The topic of these tokens; None for a single word outside the scheme ("motto"), which rarely is one."""
    return phrase_topic(reading, first, past, gazetteer) if past - first > 1 else None


def phrase_topic(reading: Reading, first: int, past: int, gazetteer: Gazetteer) -> Draft | None:
    """The topic of these tokens: a concept of the scheme, else the phrase as it stands."""
    parse = reading.parse
    surface = re.sub(r"\s+", " ", parse.quote(first, past)).strip(" -–,.;:'’\"“”")
    if len(surface) < 3 or not any(c.isalpha() for c in surface) or any(c.isdigit() for c in surface):
        return None
    key = surface.lower()
    concept = gazetteer.topics.get(key) or gazetteer.topics.get(re.sub(r"s$", "", key))
    name = surface if (past - first == 1 and parse.tags[first] in ("NNP", "NNPS") and surface.isupper()) else key
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
