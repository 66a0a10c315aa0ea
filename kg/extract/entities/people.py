"""People of public life: names anchored by titles, by apposition, by the model; then their short forms."""

from __future__ import annotations

import re

from kg.extract.entities.offices import Office, find_offices, skip_office
from kg.extract.entities.person_names import (
    NO_NAME,
    PARTICLES,
    THING_NOUNS,
    clean_name,
    contains_words,
    continues_name,
    honorific_words,
    known_person,
    name_key,
    name_run,
    skip_honorifics,
)
from kg.extract.reading import Draft, DraftFact, Reading, Span
from kg.extract.wordlists import word_list
from kg.seeds import load_gazetteer


def find_people(reading: Reading) -> tuple[list[Office], list[Office]]:
    """Mentions of people, with offices and what they represent; returns the offices with a name, and those without.

    Full names come first, so that "Minister Diên" at the top finds the "Nguyễn Hồng Diên" of a later sentence.
    """
    offices = find_offices(reading)
    named = [office for office in offices if _name_for(reading, office, full=True)]
    _people_with_honorifics(reading)
    _people_of_the_model(reading)
    named += [office for office in offices if office not in named and _apposition(reading, office)]
    named += [office for office in offices if office not in named and _name_for(reading, office, full=False)]
    _counterparts(reading)
    _sides(reading)
    find_short_forms(reading)
    for span in [s for s in reading.spans if s.draft.type == "Leader"]:
        _country_after(reading, span.draft, span.past)
        _country_before(reading, span.draft, span.first)
    _shared_country(reading, sorted(named, key=lambda office: office.first))
    _drop_general_titles(reading)
    return named, [office for office in offices if office not in named]


# ---------------------------------------------------------------- names


def _person(reading: Reading, first: int, past: int, bare: int, office_first: int | None = None) -> Draft | None:
    """The draft of the person named there: a known one by full or short name, else a new one."""
    parse = reading.parse
    name = clean_name(parse.quote(bare, past))
    if not name or name.lower() in NO_NAME:
        return None
    draft = known_person(reading, name)
    if draft is None:
        if past - bare == 1 and (len(name) < 3 or name.isupper()):
            return None
        draft = reading.draft("Leader", name)
        draft.names[name] += 0
    elif len(name.split()) > len(draft.name.split()) and contains_words(name, draft.name):
        draft.name = name
    for j in range(bare, past):
        held = reading.owner[j]
        if held is not None and held.draft is draft:
            break
    else:
        reading.mention(draft, bare, past, head=_name_head(reading, bare, past))
    for start in {first, office_first if office_first is not None else first} - {bare}:
        draft.names[parse.quote(start, past)] += 1
    return draft


def _name_head(reading: Reading, first: int, past: int) -> int:
    return reading.syntactic_head(first, past)


# ---------------------------------------------------------------- titles and appositions


def _name_for(reading: Reading, office: Office, *, full: bool) -> bool:
    """Attach the office to the name that follows it directly, or to the names that follow a plural.

    With `full`, only names of two words and more, and names known already, are taken.
    """
    parse = reading.parse
    i = office.past
    if office.plural:
        return _name_list(reading, office)
    commas = int(parse.words[i : i + 1] == [","])
    i = _skip_courtesy(reading, i + commas)
    if i >= len(parse):
        return False
    run = name_run(reading, i)
    if run is None:
        return False
    first, past, bare = run
    if full and len(clean_name(parse.quote(bare, past)).split()) < 2:
        return False
    known = known_person(reading, clean_name(parse.quote(bare, past))) is not None
    definite = past - bare > 1 and _is_definite(reading, office)
    if commas and not (first < bare or known or definite or _is_person(reading, bare, past)):
        return False
    if commas and not _closes_apposition(reading, past):
        return False
    if (
        not parse.capital(office.past - 1)
        and not commas
        and past - bare == 1
        and known_person(reading, parse.quote(bare, past)) is None
    ):
        return False
    person = _person(reading, first, past, bare, office.first)
    if person is None:
        return False
    hold_office(reading, person, office, bare)
    _country_after(reading, person, past)
    return True


def _is_definite(reading: Reading, office: Office) -> bool:
    """Whether the office is somebody's: "the minister", "its president", "Brazil's vice-president"."""
    parse = reading.parse
    before = parse.lower[office.first - 1] if office.first > 0 else ""
    return before in _DEFINITE or reading.owner[office.first] is not None or parse.lower[office.first] == "the"


def _skip_courtesy(reading: Reading, i: int) -> int:
    """Past a lesser title before the name: "the Secretary-General of the bloc, Ambassador X"."""
    parse = reading.parse
    while i + 1 < len(parse) and parse.lower[i] in _COURTESY and parse.capital(i) and parse.capital(i + 1):
        i += 1
        while i + 1 < len(parse) and parse.words[i] == ".":
            i += 1
    return i


def _closes_apposition(reading: Reading, past: int) -> bool:
    """After ", Name" must come a sign or a verb: else the comma separates two things of a list."""
    parse = reading.parse
    if past >= len(parse):
        return True
    return (
        parse.words[past] in (",", ".", ";", ")", ":")
        or parse.tags[past].startswith(("V", "MD"))
        or parse.lower[past] in ("and", "on", "in", "at", "to", "who", "with", "over")
    )


def _is_person(reading: Reading, first: int, past: int) -> bool:
    return any(label == "PERSON" and a < past and first < b for a, b, label in reading.parse.names)


def hold_office(reading: Reading, person: Draft, office: Office, token: int) -> None:
    """State the position and whom it represents."""
    title = tidy_title(office.title)
    if title:
        reading.say(person, "position", title, token, rule="office with name", confidence=0.9)
        person.forms.add(title.lower())
    for body in office.bodies:
        reading.say(person, "represents", body, token, rule="office of body", confidence=0.9)


def tidy_title(title: str) -> str:
    """The title on one line, without an article or a possessive left over."""
    title = re.sub(r"\s+", " ", title).strip(" ,-'’")
    return re.sub(r"^(?:'s|’s|the|new|former|then|and|of) ", "", title)


def _country_after(reading: Reading, person: Draft, past: int) -> None:
    """As in "Prime Minister Fumio Kishida of Japan"."""
    parse = reading.parse
    if past + 1 < len(parse) and parse.lower[past] in ("of", "from"):
        i = past + 1 + (parse.lower[past + 1] == "the")
        span = reading.owner[i] if i < len(parse) else None
        if span is not None and span.draft.type in ("Country", "Organization") and span.kind == "name":
            reading.say(person, "represents", span.draft, past, rule="name of country", confidence=0.9)


def _country_before(reading: Reading, person: Draft, first: int) -> None:
    """As in "Greece's Kyriakos Mitsotakis"."""
    owner = reading.owner[first - 2] if first > 1 and reading.parse.words[first - 1] in ("'s", "’s") else None
    if owner is not None and owner.draft.type == "Country" and not reading.objects(person, "represents"):
        reading.say(person, "represents", owner.draft, first, rule="genitive of country", confidence=0.75)


def _name_list(reading: Reading, office: Office) -> bool:
    """As in "Presidents A of X, B of Y and C of Z"; "foreign ministers of X and Y, A and B respectively"."""
    parse = reading.parse
    i = office.past
    if i < len(parse) and parse.words[i] == "," and office.bodies:
        i += 1
    people: list[tuple[Draft, int]] = []
    while i < len(parse):
        run = name_run(reading, i)
        if run is None:
            break
        first, past, bare = run
        if past - bare < 2 and known_person(reading, parse.quote(bare, past)) is None:
            break
        person = _person(reading, first, past, bare)
        if person is None:
            break
        people.append((person, bare))
        _country_after(reading, person, past)
        i = past
        if parse.lower[i : i + 1] == ["of"]:
            i += 1 + (parse.lower[i + 1 : i + 2] == ["the"])
            span = reading.owner[i] if i < len(parse) else None
            i = span.past if span is not None else i
        separators = i
        while i < len(parse) and parse.lower[i] in (",", "and", "&"):
            i += 1
        if i == separators:
            break
    single = Office(office.first, office.past, office.title)
    for place, (person, token) in enumerate(people):
        hold_office(reading, person, single, token)
        if len(office.bodies) == len(people):
            reading.say(person, "represents", office.bodies[place], token, rule="respectively", confidence=0.8)
        elif len(office.bodies) == 1:
            reading.say(person, "represents", office.bodies[0], token, rule="office of body", confidence=0.8)
    return bool(people)


def _apposition(reading: Reading, office: Office) -> bool:
    """As in "X, the prime minister of Laos,", "X, who is Deputy Minister of Finance".

    "X as foreign minister", "X (minister)".
    """
    parse = reading.parse
    if office.plural:
        return False
    i = office.first - 1
    skipped = 0
    while (
        i >= 0
        and parse.lower[i] in ("the", "a", "an", "also", "then", "currently", "former", "now", "new", "that")
        and skipped < 3
    ):
        i -= 1
        skipped += 1
    link = parse.lower[i] if i >= 0 else ""
    if link in ("is", "was", "as", "being", "became", "serves", "remains"):
        i -= 1
        if link in ("is", "was") and i >= 0 and parse.lower[i] in ("who", "he", "she"):
            i -= 1
        if i >= 0 and parse.lower[i] in ("serves", "acting", "served", "appointed", "elected", "who"):
            i -= 1
        if i >= 0 and parse.words[i] == ",":
            i -= 1
    elif link in (",", "(", "–", "-") or (link == "and" and parse.words[i - 1 : i] == [","]):
        i -= 1 if link != "and" else 2
    else:
        return False
    if i < 0:
        return False
    span = reading.owner[i]
    if span is None and _is_person(reading, i, i + 1):
        span = _person_ending_at(reading, i)
    if span is None and parse.capital(i) and link == ",":
        span = _untitled_name_before(reading, i, office)
    if span is None or span.draft.type != "Leader":
        return False
    hold_office(reading, span.draft, office, span.first)
    return True


def _person_ending_at(reading: Reading, i: int) -> Span | None:
    """The model's person that ends with token i, made a mention."""
    for first, past, label in reading.parse.names:
        if label == "PERSON" and first <= i < past:
            _person_from_model(reading, first, past)
    return reading.owner[i]


def _untitled_name_before(reading: Reading, i: int, office: Office) -> Span | None:
    """A run of two or more capitalised words before ", Minister of …" is a person though the model saw none."""
    parse = reading.parse
    first = i
    while first > 0 and continues_name(reading, first - 1, first - 1) and i - first < 5:
        first -= 1
    while first <= i and (not parse.capital(first) or parse.lower[first] in NO_NAME):
        first += 1
    if i + 1 - first < 2 or not office.title[:1].isupper():
        return None
    bare = skip_honorifics(reading, first)
    if bare > i:
        return None
    _person(reading, first, i + 1, bare)
    return reading.owner[i]


# ---------------------------------------------------------------- the model's people, short forms


def _counterparts(reading: Reading) -> None:
    """As in "her Indian counterpart Narendra Modi", "his Kazakh opposite number, President X": the country.

    And the same office.
    """
    parse = reading.parse
    for i, word in enumerate(parse.lower):
        if not (word == "counterpart" or (word == "number" and parse.lower[i - 1] == "opposite")):
            continue
        first = i - (2 if word == "number" else 1)
        adjective = reading.owner[first] if first >= 0 else None
        j = i + 1
        while j < len(parse) and j - i < 6 and reading.type_at(j) != "Leader":
            j += 1
        span = reading.owner[j] if j < len(parse) else None
        if span is None or span.draft.type != "Leader":
            continue
        if adjective is not None and adjective.draft.type == "Country":
            reading.say(span.draft, "represents", adjective.draft, i, rule="counterpart", confidence=0.85)
        if not reading.objects(span.draft, "position"):
            before = [
                s for s in reading.spans if s.draft.type == "Leader" and s.first < i and s.draft is not span.draft
            ]
            titles = reading.objects(max(before, key=lambda s: s.first).draft, "position") if before else []
            if titles and isinstance(titles[0], str):
                reading.say(span.draft, "position", titles[0], i, rule="counterpart", confidence=0.75)


def _sides(reading: Reading) -> None:
    """As in "for Cambodia, X" and "X, for the Sri Lankan side"."""
    parse = reading.parse
    for i, word in enumerate(parse.lower):
        if word not in ("for", "representing") or i + 2 >= len(parse):
            continue
        j = i + 1 + (parse.lower[i + 1] == "the")
        country = reading.owner[j] if j < len(parse) else None
        if country is None or country.draft.type != "Country":
            continue
        past = country.past + (parse.lower[country.past : country.past + 1] == ["side"])
        side = past > country.past
        before = reading.owner[i - 2] if i > 1 and parse.words[i - 1] == "," else None
        after = None
        if parse.words[past : past + 1] == [","]:
            after = next(iter(reading.spans_in(past, min(past + 6, len(parse)), "Leader")), None)
        for span in (before if side else None, after if not side or before is None else None):
            if span is not None and span.draft.type == "Leader":
                reading.say(span.draft, "represents", country.draft, i, rule="for the side", confidence=0.8)


def _shared_country(reading: Reading, offices: list[Office]) -> None:
    """As in "India's President X and Vice President Y": the second holds office in the same country."""
    parse = reading.parse
    for left, right in zip(offices, offices[1:], strict=False):
        if right.bodies or not left.bodies or parse.sentence_of[left.first] != parse.sentence_of[right.first]:
            continue
        holders = reading.spans_in(left.past, right.first, "Leader")
        followers = reading.spans_in(right.past, min(len(parse), right.past + 8), "Leader")
        if len(holders) != 1 or not followers or followers[0].first - right.past > 4:
            continue
        between = parse.lower[holders[0].past : right.first]
        if between in (["and"], ["and", "on"], [",", "and"], ["and", "with"], ["and", "the"]) and not reading.objects(
            followers[0].draft, "represents"
        ):
            for body in left.bodies:
                reading.say(
                    followers[0].draft, "represents", body, right.first, rule="country shared in list", confidence=0.7
                )


_RANKS = word_list("people", "ranks")
_DEFINITE = frozenset("the its his her their our 's ’s".split())
_TITLE_WORDS = word_list("people", "title_words")
_COURTESY = word_list("people", "courtesy")


def _drop_general_titles(reading: Reading) -> None:
    """As in "Minister" says nothing beside "Minister of Industry and Trade", "Ambassador" beside "Secretary-General".

    "Foreign Minister" is "Minister of Foreign Affairs".
    """
    titles: dict[int, list[tuple[set[str], DraftFact]]] = {}
    for fact in reading.facts:
        if fact.predicate == "position":
            titles.setdefault(id(fact.subject), []).append((_title_words(str(fact.object)), fact))
    dropped: set[int] = set()
    for held in titles.values():
        for number, (words, fact) in enumerate(held):
            others = [(n, w) for n, (w, other) in enumerate(held) if n != number and id(other) not in dropped]
            if any(_says_more(w, words, later=number > n) for n, w in others):
                dropped.add(id(fact))
    reading.facts = [fact for fact in reading.facts if id(fact) not in dropped]


def _says_more(words: set[str], others: set[str], *, later: bool) -> bool:
    """Whether the title `words` makes the title `others`, which may come `later`, needless."""
    if others <= _COURTESY and not words <= _COURTESY:
        return True
    return words & _RANKS == others & _RANKS and (others < words or (words == others and later))


def _title_words(title: str) -> set[str]:
    return set(re.findall(r"[a-z]+", title.lower())) - {"of", "the", "and", "for", "affairs"}


def _people_with_honorifics(reading: Reading) -> None:
    """As in "Mr Touch Vuthea", "Rear Admiral Ketut Arimbawa": a title and two words, though the model saw nobody."""
    parse = reading.parse
    i = 0
    while i < len(parse) - 1:
        if parse.lower[i] in _TITLE_WORDS and parse.capital(i) and reading.owner[i] is None and parse.capital(i + 1):
            run = name_run(reading, _skip_courtesy(reading, i))
            if run is not None and _is_titled_name(reading, run):
                first, i, bare = run
                _person(reading, first, i, bare)
                continue
        i += 1


def _is_titled_name(reading: Reading, run: tuple[int, int, int]) -> bool:
    """Two words and more, none of which is the noun of a body or a thing ("Sir Seretse Hospital")."""
    _, past, bare = run
    words = reading.parse.lower[bare:past]
    return past - bare > 1 and not any(word in THING_NOUNS or word in NO_NAME for word in words)


def _people_of_the_model(reading: Reading) -> None:
    """PERSON spans of the model that no title anchors: kept when they look like a full name."""
    for first, past, label in reading.parse.names:
        if label == "PERSON":
            _person_from_model(reading, first, past)


def _person_from_model(reading: Reading, first: int, past: int) -> None:
    parse = reading.parse
    while past > first and (parse.words[past - 1] in ("'s", "’s", ",", ".") or parse.lower[past - 1] in NO_NAME):
        past -= 1
    while first < past and (parse.lower[first] in NO_NAME or not parse.capital(first)):
        first += 1
    first = skip_office(reading, first, past)
    if any(reading.owner[i] is not None for i in range(first, past)):
        return
    run = name_run(reading, first) if first < past else None
    if run is None:
        return
    first, past, bare = run
    titled = first < bare or (
        first > 0 and (parse.lower[first - 1].rstrip(".") in honorific_words()[0] and parse.capital(first - 1))
    )
    if past - bare < 2 and not titled and known_person(reading, parse.quote(bare, past)) is None:
        return
    if not titled and load_gazetteer().place(parse.quote(bare, past)) is not None:
        return  # a province that the model takes for a person
    if not titled and _is_thing(reading, bare, past):
        return
    if any(c.isdigit() for c in parse.quote(bare, past)) or parse.quote(bare, past).isupper():
        return
    _person(reading, first, past, bare)


def _is_thing(reading: Reading, first: int, past: int) -> bool:
    """As in "at Guet Ndar", "the utility Rețele Nord", "Tad Thong village", "Hekurudha, the railway company"."""
    parse = reading.parse
    words = parse.lower[first:past]
    if not THING_NOUNS.isdisjoint(words) or "–" in words or "/" in words:
        return True
    before = parse.lower[first - 1] if first else ""
    if before in ("at", "near", "in", "via") or before in THING_NOUNS:
        return True
    after = parse.lower[past : past + 7]
    if after and after[0] in THING_NOUNS:
        return True
    if after[:1] == [","] and after[1:2] in (["a"], ["an"], ["the"]):
        phrase = after[2 : after.index(",", 2)] if "," in after[2:] else []
        return bool(phrase) and phrase[-1] in THING_NOUNS
    return False


def find_short_forms(reading: Reading) -> None:
    """Later short names of the people of this document: "Chinh", "Mr. Wang", "Siphandone"."""
    parse = reading.parse
    parts: dict[str, set[int]] = {}
    people = reading.of_type("Leader")
    for number, draft in enumerate(people):
        for word in name_key(draft.name).split():
            if len(word) > 1 and word not in PARTICLES:
                parts.setdefault(word, set()).add(number)
    for i, word in enumerate(parse.words):
        if reading.owner[i] is not None or not word[:1].isupper():
            continue
        holders = parts.get(name_key(word))
        if holders is None or parse.lower[i] in NO_NAME:
            continue
        past = i + 1
        while (
            past < len(parse)
            and reading.owner[past] is None
            and parse.capital(past)
            and name_key(parse.words[past]) in parts
            and not parse.glued(past)
        ):
            past += 1
        sole = people[next(iter(holders))] if len(holders) == 1 else None
        person = known_person(reading, parse.quote(i, past)) if past > i + 1 else sole
        if person is None or len(name_key(person.name).split()) == 1:
            continue
        if not _short_form_fits(reading, i, past):
            continue
        reading.mention(person, i, past, head=reading.syntactic_head(i, past))
        start = i
        while start > 0 and parse.lower[start - 1].rstrip(".") in honorific_words()[0] and parse.capital(start - 1):
            start -= 1
        if start < i:
            person.names[parse.quote(start, past)] += 1


def _short_form_fits(reading: Reading, first: int, past: int) -> bool:
    """Not inside a longer capitalised name ("Trong Khanh Company"), unless a title stands before."""
    parse = reading.parse
    after = past < len(parse) and parse.capital(past) and parse.words[past].isalpha() and reading.owner[past] is None
    return not after
