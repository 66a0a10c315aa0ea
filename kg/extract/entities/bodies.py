"""Organizations outside the seeds: ministries, agencies, banks, parties, institutes; found by their head nouns."""

from __future__ import annotations

import re

from kg.extract.entities.body_names import bank_before, body_named, folded, full_names, with_owner
from kg.extract.entities.body_tails import GATHERINGS, LONGER, RANKS, of_tail
from kg.extract.entities.companies import find_companies, find_described_bodies
from kg.extract.entities.office_words import office_words
from kg.extract.entities.phrases import bracketed, is_acronym, phrase_tail, skip_acronym
from kg.extract.entities.venues import is_venue
from kg.extract.entities.works import is_built
from kg.extract.reading import Draft, Reading, Span
from kg.extract.wordlists import word_list
from kg.spelling import fold

_MINISTRIES = word_list("bodies", "ministries")
HEADS = _MINISTRIES | word_list("bodies", "heads")
# Head nouns which need more than one capitalised word before them to be a name.
_COMMON = word_list("bodies", "common")
_FRAMEWORK_WORDS = word_list("bodies", "framework_words")


_BUSINESS = word_list("bodies", "business")
_RED = frozenset(("cross", "crescent"))  # only after "Red"
_MIXED = frozenset("joint intergovernmental inter-governmental mixed bilateral binational".split())
# "the State Railway of Thailand" runs trains, "the Laos-China Railway" is works.
_OPERATORS = frozenset(("railway", "railways", "port", "ports", "harbour", "airports"))
_OWNED = frozenset(("state", "national", "federal", "royal"))
_OFFICERS = frozenset("secretary chairman chairperson director spokesperson minister".split())
_LINKED = frozenset(("'s", "’s", "-", "–", "'", "’", "General", "and"))
_OWNERS = frozenset("parliament assembly commission union council government bank ministry secretariat party".split())
_SHORT_HEADS = word_list("bodies", "short_heads")


def find_bodies(reading: Reading) -> None:
    """Mentions of organizations named in full; acronyms that the text gives them are found from then on."""
    parse = reading.parse
    i, n_tokens = 0, len(parse)
    while i < n_tokens:
        if parse.lower[i] in HEADS and parse.capital(i) and reading.owner[i] is None:
            i = _body_at(reading, i)
        elif parse.lower[i] in _OPERATORS and i and parse.capital(i) and parse.lower[i - 1] in _OWNED:
            i = _operator_at(reading, i)
        else:
            i += 1
    _bodies_of_the_model(reading)
    find_companies(reading)
    find_described_bodies(reading)


def _operator_at(reading: Reading, head: int) -> int:
    """As in "the State Railway of Thailand": owned by the state, with its country behind it."""
    tail = of_tail(reading, head + 1)
    if tail > head + 1 and reading.owner[head] is None and reading.type_at(tail - 1) == "Country":
        name = re.sub(r"\s+", " ", reading.parse.quote(head - 1, tail))
        draft = body_named(reading, name) or reading.draft("Organization", name)
        reading.mention(draft, head - 1, tail, head=head)
        draft.forms.add(folded(name))
    return max(tail, head + 1)


def _body_at(reading: Reading, head: int) -> int:
    """Try the organization whose head noun is at `head`; returns where to go on."""
    parse = reading.parse
    floor = parse.sentences[parse.sentence_of[head]][0]
    first = _capital_start(reading, head, floor)
    past = head + 1
    if parse.lower[head] in ("consulate", "secretariat", "directorate") and parse.words[past : past + 1] == ["General"]:
        past += 1
    if past < len(parse) and parse.lower[past] in HEADS and parse.capital(past):
        return head + 1
    if parse.lower[head] in _RED and parse.lower[head - 1] != "red":
        return head + 1
    if parse.lower[head].startswith("hospital") and is_built(reading, head):
        return head + 1  # works, not a body
    if parse.lower[head] in ("centre", "center") and is_venue(reading, first, head):
        return head + 1
    if parse.lower[first] in _OFFICERS and first + 1 < head and parse.words[first + 1] not in _LINKED:
        first += 1  # "Secretary | Economic Affairs Division", not "Secretary General's Office"
    if parse.lower[first] in _OWNERS and first + 2 < head and parse.words[first + 1] in ("'s", "’s"):
        first += 2  # "Parliament's | European Integration Committee"
    first = _listed_fields_start(reading, first, head, floor)
    tail = of_tail(reading, past)
    if tail == past and (first == head or (parse.lower[head] in _COMMON and head - first < 1)):
        return head + 1
    if (
        tail == past
        and all(reading.kind_at(j) == "name" for j in range(first, head))
        and parse.lower[head] in ("party", "group", "congress")
    ):
        return head + 1
    office_of = any(parse.words[j] in ("'s", "’s") for j in range(first, head))  # "the Prime Minister's Office"
    while first < head and (
        parse.lower[first] in (_DETERMINERS if office_of else _DETERMINERS | {"prime", "deputy"})
        or parse.words[first] in ("-", "–", "'s", "’s")
    ):
        first += 1
    longer = LONGER | GATHERINGS if parse.lower[head] == "group" else LONGER
    if tail < len(parse) and parse.capital(tail) and parse.lower[tail] in longer:
        return head + 1  # "Skills Movement Scheme"
    if _meets_only(reading, first, head):
        return _commission(reading, first, head, tail)
    name = parse.quote(first, tail)
    known = bank_before(reading, first) if name == "Bank Group" else body_named(reading, name)
    known = known or with_owner(reading, folded(name), parse.lower[head])
    draft = known or reading.draft("Organization", re.sub(r"\s+", " ", name))
    reading.mention(draft, first, tail, head=head)
    if name != "Bank Group":
        draft.forms.add(folded(name))
    return max(tail, head + 1)


def _meets_only(reading: Reading, first: int, head: int) -> bool:
    """Whether the body is a mechanism without a staff: a joint commission, a working group."""
    before = {reading.parse.lower[j] for j in range(first, head)}
    word = reading.parse.lower[head]
    return (word == "commission" and bool(before & _MIXED)) or (word == "group" and "working" in before)


def _commission(reading: Reading, first: int, head: int, tail: int) -> int:
    """As in "the Joint Commission for Cooperation between A and B": it exists as meetings only, so a framework."""
    parse = reading.parse
    past = phrase_tail(reading, head + 1, frozenset(("on", "for", "between")))
    past = max(past, tail)
    for i in range(head + 2, past - 2):  # "Working Group on Transport | of the Black Sea organization"
        owner = reading.owner[i + 1 + (parse.lower[i + 1] == "the")]
        if parse.lower[i] == "of" and owner is not None and owner.draft.type == "Organization":
            past = i
            break
    name = re.sub(r"\s+", " ", reading.parse.quote(first, past))
    draft = body_named(reading, name)
    if draft is None:
        draft = reading.draft("Framework", name)
        draft.attributes["kind"] = "mechanism"
        draft.forms.add(folded(name))
    reading.mention(draft, first, past, head=head)
    draft.names[re.sub(r"\s+", " ", reading.parse.quote(first, tail))] += 0
    return past


def _capital_start(reading: Reading, head: int, floor: int) -> int:
    """The first token of the capitalised run before a head noun; a genitive ("Singapore's Ministry") ends it."""
    parse = reading.parse
    i = head
    while i > floor:
        word = parse.words[i - 1]
        span = reading.owner[i - 1]
        if span is not None and span.draft.type == "Leader":
            break
        if parse.lower[i - 1] in _BEFORE_BODIES:
            break
        if word == "and" and _person_before(reading, i - 1):
            break  # "met President Marin Popa and | National Assembly Speaker"
        if word in ("'s", "’s") and i - 2 >= floor and reading.owner[i - 2] is not None:
            break
        if (
            word in ("'", "’", "'s", "’s", "-", "–", "&")
            or (word[:1].isupper() and word[0].isalpha())
            or _after_hyphen(reading, i - 1, floor)
            or word == "and"
            and i - 2 >= floor
            and parse.capital(i - 2)
            and parse.capital(i)
            and i < head + 1
            and reading.owner[i - 2] is None
        ):
            i -= 1
        else:
            break
    while i < head and (
        parse.words[i] in ("-", "–", "'", "’", "'s", "’s", "&", "and")
        or (i == floor and parse.tags[i] in ("IN", "RB", "CC", "VBG", "WRB"))
    ):
        i += 1
    return i


def _listed_fields_start(reading: Reading, first: int, head: int, floor: int) -> int:
    """The first of the fields listed before a body: "the Foreign Affairs, | Defence and Trade Committee"."""
    parse, portfolios = reading.parse, office_words()[2]
    if not {"and", "&"} & set(parse.lower[first:head]) or parse.lower[first] not in portfolios:
        return first
    start = first
    while start - 2 >= floor and parse.words[start - 1] == "," and parse.lower[start - 2] in portfolios:
        i = start - 2
        while i >= floor and parse.capital(i) and parse.lower[i] in portfolios and reading.owner[i] is None:
            i -= 1
        if i + 1 == start - 1:
            break
        start = i + 1
    return first if parse.lower[start - 1] in ("of", "for") and start > floor else start


def _person_before(reading: Reading, i: int) -> bool:
    return any(label == "PERSON" and past == i for _, past, label in reading.parse.names)


def _after_hyphen(reading: Reading, i: int, floor: int) -> bool:
    """Whether the word is the small half of "Inter-governmental"."""
    parse = reading.parse
    if i - 2 < floor or parse.words[i - 1] not in ("-", "–") or not parse.words[i].isalpha():
        return False
    return parse.glued(i) and parse.glued(i - 1) and parse.capital(i - 2)


# "Its Secretariat", "A High-Level Committee"
_DETERMINERS = frozenset("the a an its their our his her this these each every other new".split())
# "Enquiries: A. Moyo Spokesperson Department of Trade"
_BEFORE_BODIES = frozenset("the mr mr. spokesperson spokesman spokeswoman".split())


def _bodies_of_the_model(reading: Reading) -> None:
    """ORG spans of the model with two or more capitalised words that nothing else has claimed."""
    parse = reading.parse
    for first, past, label in parse.names:
        if label != "ORG" or any(reading.owner[i] is not None for i in range(first, past)):
            continue
        while first < past and (parse.lower[first] == "the" or not parse.capital(first)):
            first += 1
        past = next((j for j in range(first + 1, past) if parse.words[j] == "(" or parse.lower[j] in RANKS), past)
        while past > first and parse.words[past - 1] in ("'s", "’s", ","):
            past -= 1
        words = [w for w in parse.words[first:past] if w[0].isalpha()]
        if len(words) < 2 or not all(w[0].isupper() or w in ("of", "and", "for", "on", "the") for w in words):
            continue
        lowered = {w.lower() for w in words}
        if (office_words()[1] | office_words()[2]).issuperset(lowered - {"and", "of", "the", "for"}):
            continue  # "Minister of Foreign Affairs, International Trade and Energy"
        if lowered & _FRAMEWORK_WORDS or any(any(c.isdigit() for c in w) for w in parse.words[first:past]):
            continue
        if lowered & LONGER or (words[-1].lower().startswith("hospital") and is_built(reading, past - 1)):
            continue
        if not (lowered & (HEADS - _RED) or words[-1].lower() in _BUSINESS) or is_venue(reading, first, past - 1):
            continue
        name = parse.quote(first, past)
        draft = body_named(reading, name) or reading.draft("Organization", re.sub(r"\s+", " ", name))
        reading.mention(draft, first, past)


def find_acronyms(reading: Reading) -> None:
    """As in "X (ABC)" gives X the acronym ABC; from then on ABC alone is a mention of X."""
    parse = reading.parse
    for span in list(reading.spans):
        if span.draft.type not in ("Organization", "Framework", "Project", "Meeting") or span.past >= len(parse):
            continue
        _known_as(reading, span)
        text = bracketed(reading, span.past)
        if text is None or not is_acronym(text) or not abbreviates(text, parse.quote(span.first, span.past)):
            continue
        past = skip_acronym(reading, span.past)
        if _abbreviates_part(text, parse.quote(span.first, span.past)):
            continue
        span.draft.names[parse.quote(span.first, past)] += 1
        span.draft.names[text] += 1
        _means_here(reading, span.draft, text)
        span.draft.forms.add(folded(text))
        if span.draft.type != "Meeting" and " " not in text:
            span.draft.attributes.setdefault("acronym", text)
        if parse.words[past : past + 1] == ["Group"] and parse.lower[span.past - 1] == "bank":
            past += 1  # "the African Development Bank (AfDB) | Group"
        for i in range(span.past, past):
            if reading.owner[i] is None:
                reading.owner[i] = span
    _later_acronyms(reading)


def _abbreviates_part(acronym: str, name: str) -> bool:
    """Whether the acronym is that of the body behind "of" alone.

    >>> [_abbreviates_part(*p) for p in (("EAC", "Council of the East African Community"), ("BoG", "Bank of Ghana"))]
    [True, False]
    """
    parts = re.split(r" of (?:the )?", name)[1:]
    return any("".join(w[0] for w in re.findall(r"[A-Z][a-z]+", part)) == acronym for part in parts)


def _means_here(reading: Reading, draft: Draft, acronym: str) -> None:
    """After "African Development Bank (ADB)", the ADB of this text is no other bank that the seeds know by it."""
    parse = reading.parse
    others = {id(s.draft) for s in reading.spans if parse.quote(s.first, s.past) == acronym and s.draft is not draft}
    for other in [d for d in reading.of_type("Organization", "Framework") if id(d) in others]:
        spans = [s for s in reading.spans if s.draft is other]
        if other.type == draft.type and all(parse.quote(s.first, s.past) == acronym for s in spans):
            for span in spans:
                span.draft = draft
            reading.drafts.remove(other)


def _known_as(reading: Reading, span: Span) -> None:
    """As in "the Rural Roads Programme, known by its Spanish initials as PROVIR"."""
    parse = reading.parse
    window = parse.lower[span.past : span.past + 8]
    if "known" not in window[:2] or "as" not in window:
        return
    i = span.past + window.index("as") + 1
    if i < len(parse) and reading.owner[i] is None and is_acronym(parse.words[i]):
        reading.mention(span.draft, i, i + 1)
        span.draft.attributes.setdefault("acronym", parse.words[i])
        span.draft.forms.add(folded(parse.words[i]))


def find_short_bodies(reading: Reading) -> None:
    """As in "the Community", "the Council's 41st summit": the last body named whose name holds that word."""
    parse = reading.parse
    for i, word in enumerate(parse.words):
        lower = parse.lower[i]
        if lower not in _SHORT_HEADS or not word[0].isupper() or reading.owner[i] is not None:
            continue
        if (
            i == 0
            or parse.lower[i - 1] != "the"
            or (i + 1 < len(parse) and parse.capital(i + 1) and parse.tags[i + 1].startswith("NN"))
        ):
            continue
        if parse.lower[i + 1 : i + 2] == ["of"]:
            continue
        before = [s for s in reading.spans if s.draft.type in ("Organization", "Framework") and s.past <= i]
        fitting = [s for s in before if any(lower in folded(n).split() for n in full_names(s.draft))]
        if fitting:
            reading.mention(max(fitting, key=lambda s: s.first).draft, i, i + 1)


def abbreviates(acronym: str, name: str) -> bool:
    """Most letters of the acronym begin words of the name, in order; a meeting's number is no letter."""
    initials = "".join(word[0] for word in re.findall(r"[A-Za-z]+", fold(name))).lower()
    letters = [c for c in acronym.lower() if c.isalpha()]
    if letters and letters[-1] == "s" and acronym.endswith("s"):
        letters.pop()
    place, hits = 0, 0
    for letter in letters:
        found = initials.find(letter, place)
        if found >= 0:
            hits, place = hits + 1, found + 1
    return bool(letters) and hits >= max(2, 0.6 * len(letters))


def _later_acronyms(reading: Reading) -> None:
    parse = reading.parse
    known: dict[str, Draft] = {}
    for draft in reading.drafts:
        acronym = draft.attributes.get("acronym")
        if acronym and draft.type in ("Organization", "Framework", "Project"):
            known.setdefault(acronym, draft)
            if acronym.endswith("s") and acronym[:-1].isupper():
                known.setdefault(acronym[:-1], draft)
    for i, word in enumerate(parse.words):
        if reading.owner[i] is None and word in known:
            reading.mention(known[word], i, i + 1)
