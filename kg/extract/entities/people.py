"""People of public life: names anchored by titles, by apposition, by the model; then their short forms."""

from __future__ import annotations

from kg.extract.entities.counterparts import (
    find_companions,
    find_counterparts,
    find_names_of_counterparts,
    find_owners_of_offices,
)
from kg.extract.entities.home_country import find_home_countries
from kg.extract.entities.named_people import (
    TITLE_WORDS,
    find_short_forms,
    is_person,
    names_without_heading,
    people_after_countries,
    people_called_he,
    people_listed_with_countries,
    people_of_the_model,
    people_with_honorifics,
    person_ending_at,
    person_named,
    skip_courtesy,
)
from kg.extract.entities.office_bodies import read_seat
from kg.extract.entities.office_words import Office
from kg.extract.entities.offices import find_offices, is_office_only, skip_office
from kg.extract.entities.person_names import (
    NO_NAME,
    clean_name,
    continues_name,
    is_thing_named_after,
    known_person,
    name_run,
    skip_honorifics,
)
from kg.extract.entities.represented import find_represented
from kg.extract.entities.titles import STATE_OFFICES, drop_general_titles, hold_office
from kg.extract.entities.titles import tidy_title as tidy_title  # `facts/actors.py` finds it here
from kg.extract.reading import Draft, Reading, Span


def find_people(reading: Reading) -> tuple[list[Office], list[Office]]:
    """Mentions of people, with offices and what they represent; returns the offices with a name, and those without.

    Full names come first, so that "Minister Diên" at the top finds the "Nguyễn Hồng Diên" of a later sentence.
    """
    offices = find_offices(reading)
    named = [office for office in offices if _name_for(reading, office, full=True)]
    people_with_honorifics(reading)
    find_names_of_counterparts(reading)
    people_after_countries(reading)
    people_called_he(reading)
    people_of_the_model(reading)
    people_listed_with_countries(reading)
    named += [office for office in offices if office not in named and _apposition(reading, office)]
    named += [office for office in offices if office not in named and _name_for(reading, office, full=False)]
    find_short_forms(reading)
    find_counterparts(reading)
    find_represented(reading, named)
    find_owners_of_offices(reading, named)
    find_companions(reading)
    find_home_countries(reading, named)
    drop_general_titles(reading)
    names_without_heading(reading)
    return named, [office for office in offices if office not in named]


# ---------------------------------------------------------------- titles and appositions


_DEFINITE = frozenset("the its his her their our 's ’s".split())


# Plurals that are no titles: "officials of the Policy Partnership".
_VAGUE = frozenset("official representative delegate member expert".split())


def _name_for(reading: Reading, office: Office, *, full: bool) -> bool:
    """Attach the office to the name that follows it directly, or to the names that follow a plural.

    With `full`, only names of two words and more, and names known already, are taken.
    """
    parse = reading.parse
    i = office.past
    if office.plural:
        return _name_list(reading, office)
    if parse.words[i : i + 1] == ["("] and ")" in parse.words[i : i + 9]:
        i = parse.words.index(")", i) + 1  # "Chief of Staff (Army) General X"
    commas = int(parse.words[i : i + 1] == [","])
    i = skip_courtesy(reading, _skip_genitive(reading, i + commas) if commas else i)
    if i >= len(parse):
        return False
    run = name_run(reading, i)
    if run is None:
        return False
    first, past, bare = run
    if full and len(clean_name(parse.quote(bare, past)).split()) < 2:
        return False
    if is_thing_named_after(reading, bare, past):
        return False  # "the King Hussein Canal"
    if first == bare and past - bare == 1 and not commas and _goes_on(reading, office, bare):
        return False
    known = known_person(reading, clean_name(parse.quote(bare, past))) is not None
    definite = past - bare > 1 and _is_definite(reading, office)
    if commas and _follows_person(reading, office):
        return False
    if commas and not (first < bare or known or definite or is_person(reading, bare, past)):
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
    person = person_named(reading, first, past, bare, office.first)
    if person is None:
        return False
    hold_office(reading, person, office, bare)
    return True


def _goes_on(reading: Reading, office: Office, i: int) -> bool:
    """Whether one more word belongs to what the office is of: "Commissioner for Food Safety", "head of Oslo Ports"."""
    parse = reading.parse
    if {"of", "for"}.isdisjoint(parse.lower[office.first : office.past]) or is_person(reading, i, i + 1):
        return False
    return known_person(reading, parse.words[i]) is None


def _skip_genitive(reading: Reading, i: int) -> int:
    """Past a country before the name: "the AU's chairperson, Senegal's X"."""
    owner = reading.owner[i] if i < len(reading.parse) else None
    if (
        owner is None
        or owner.draft.type != "Country"
        or reading.parse.words[owner.past : owner.past + 1] not in _POSSESSIVE
    ):
        return i
    return owner.past + 1


_POSSESSIVE = (["'s"], ["’s"])


def _follows_person(reading: Reading, office: Office) -> bool:
    """Whether the office is told of the name before: "Mr X, Deputy Minister of Energy, Mr Y, Chief of Staff"."""
    parse = reading.parse
    i = office.first - 2
    if i < 0 or parse.words[i + 1] != "," or reading.owner[office.first] is not None:
        return False
    if reading.type_at(i) == "Leader" or is_person(reading, i, i + 1):
        return True
    if (first := _name_before(reading, i)) is not None and parse.lower[first - 1 if first else 0] not in _PREPOSITIONS:
        return True  # "by Egils Levits, President of Latvia, Alar Karis, President of Estonia, …"
    while i > 0 and parse.capital(i) and reading.owner[i] is None and parse.lower[i] not in TITLE_WORDS:
        i -= 1
    return parse.lower[i] in TITLE_WORDS


def _is_definite(reading: Reading, office: Office) -> bool:
    """Whether the office is somebody's: "the minister", "its president", "Brazil's vice-president"."""
    parse = reading.parse
    before = parse.lower[office.first - 1] if office.first > 0 else ""
    return before in _DEFINITE or reading.owner[office.first] is not None or parse.lower[office.first] == "the"


def _closes_apposition(reading: Reading, past: int) -> bool:
    """After ", Name" must come a sign or a verb: else the comma separates two things of a list."""
    parse = reading.parse
    if past >= len(parse):
        return True
    return (
        parse.words[past] in (",", ".", ";", ")", ":")
        or parse.tags[past].startswith(("V", "MD"))
        or parse.lower[past]
        in ("and", "on", "in", "at", "to", "who", "with", "over", "of", "from", "as", "while", "whose")
    )


def _name_list(reading: Reading, office: Office) -> bool:
    """As in "Presidents A of X, B of Y and C of Z"; "foreign ministers of X and Y, A and B respectively"."""
    parse = reading.parse
    i = office.past
    comma = False
    while i < len(parse) and parse.lower[i] in (",", ":", "namely", "-", "–", "—"):
        comma = not office.bodies
        i += 1
    title = office.title.lower().split()[-1]
    if title in _VAGUE and not any(is_person(reading, j, j + 1) for j in range(i, min(i + 2, len(parse)))):
        return False
    people = _listed_people(reading, i)
    if comma and len(people) < 2:
        return False
    office.holders = [person for person, _ in people]
    single = Office(office.first, office.past, "" if title in _VAGUE or title == "leader" else office.title)
    for place, (person, token) in enumerate(people):
        hold_office(reading, person, single, token)
        if len(office.bodies) == len(people):
            reading.say(person, "represents", office.bodies[place], token, rule="respectively", confidence=0.8)
        elif len(office.bodies) == 1:
            reading.say(person, "represents", office.bodies[0], token, rule="office of body", confidence=0.8)
    if not office.bodies and len(people) > 1:
        _zip_countries(reading, office, people)
    return bool(people)


def _zip_countries(reading: Reading, office: Office, people: list[tuple[Draft, int]]) -> None:
    """As in "Spain and Portugal met. Prime Ministers X and Y presided": as many countries as people, in order."""
    first, _ = reading.parse.sentences[reading.parse.sentence_of[office.first]]
    here = list(dict.fromkeys(s.draft for s in reading.spans_in(first, office.first, "Country")))
    countries = here if here else reading.of_type("Country")
    if len(countries) != len(people) or STATE_OFFICES.isdisjoint(office.title.lower().split()):
        return
    for country, (person, token) in zip(countries, people, strict=True):
        if not reading.objects(person, "represents"):
            reading.say(person, "represents", country, token, rule="in the order of the countries", confidence=0.6)


def _listed_people(reading: Reading, i: int) -> list[tuple[Draft, int]]:
    """The people of a list at token i, with where each is named; a title or "of X" may stand beside a name."""
    parse = reading.parse
    people: list[tuple[Draft, int]] = []
    while i < len(parse):
        run = name_run(reading, skip_office(reading, i, min(i + 6, len(parse))))
        if run is None:
            break
        first, past, bare = run
        if past - bare < 2 and known_person(reading, parse.quote(bare, past)) is None:
            break
        person = person_named(reading, first, past, bare)
        if person is None:
            break
        people.append((person, bare))
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
    return people


def _apposition(reading: Reading, office: Office) -> bool:
    """As in "X, the prime minister of Laos,", "X, who is Deputy Minister of Finance".

    "X as foreign minister", "X (minister)".
    """
    parse = reading.parse
    if office.plural:
        return False
    run = name_run(reading, office.past) if office.past < len(parse) else None
    own = known_person(reading, clean_name(parse.quote(run[2], run[1]))) if run is not None else None
    i = office.first - 1
    skipped = 0
    while i >= 0 and parse.lower[i] in _BEFORE_TITLES and skipped < 3:
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
    elif link in (",", "(", "–", "-") or (link == "and" and not skipped and parse.words[i - 1 : i] == [","]):
        i -= 1 if link != "and" else 2
        # "Hon. X, MP, Zambia's minister"
        while i > 1 and parse.words[i].isupper() and 1 < len(parse.words[i]) < 5 and parse.words[i - 1] == ",":
            i -= 2
    else:
        return False
    if i < 0:
        return False
    span = reading.owner[i]
    if span is None and is_person(reading, i, i + 1):
        span = person_ending_at(reading, i)
    if span is None and parse.capital(i) and link == ",":
        span = _untitled_name_before(reading, i, office)
    if span is None or span.draft.type != "Leader" or (own is not None and own is not span.draft):
        return False  # "accompanied by X, Minister Y flew"
    office.bodies = office.bodies or read_seat(reading, office)
    hold_office(reading, span.draft, office, span.first)
    return True


def _name_before(reading: Reading, i: int) -> int | None:
    """Where a run of two capitalised words and more that ends with token i begins, if it names no office."""
    parse = reading.parse
    floor = parse.sentences[parse.sentence_of[i]][0]
    first = i
    while first > floor and i - first < 7 and (parse.glued(first) or _in_name(reading, first - 1)):
        first -= 1
    while first <= i and (not parse.capital(first) or parse.lower[first] in NO_NAME):
        first += 1
    n_words = sum(parse.capital(j) for j in range(first, i + 1))
    if n_words < 2 or reading.owner[i] is not None or is_office_only(parse.lower[first : i + 1]):
        return None
    return first


_PREPOSITIONS = frozenset("in at to from near of on for".split())


def _in_name(reading: Reading, i: int) -> bool:
    """Whether token i may stand inside a name that ends behind it: a word of a name, a hyphen that joins two."""
    joined = reading.parse.words[i] in ("-", "–") and reading.parse.glued(i)
    return continues_name(reading, i, i) or (joined and reading.owner[i] is None)


_BEFORE_TITLES = frozenset("the a an also then currently current now new that incoming outgoing longtime".split())


def _untitled_name_before(reading: Reading, i: int, office: Office) -> Span | None:
    """A run of two or more capitalised words before ", Minister of …" is a person though the model saw none.

    A title in small letters needs its country: "Lê Vân, Vietnam's minister of trade", not "in Buenos Aires, the mayor".
    """
    parse = reading.parse
    first = _name_before(reading, i)
    if first is None:
        return None
    before = parse.lower[first - 1] if first > parse.sentences[parse.sentence_of[i]][0] else ""
    if not office.title[:1].isupper() and (not office.bodies or before in _PREPOSITIONS):
        return None
    bare = skip_honorifics(reading, first)
    if bare > i or parse.lower[i] in NO_NAME:
        return None  # "left for the 4th Oran Mining Forum, Mali's prime minister …"
    person_named(reading, first, i + 1, bare)
    return reading.owner[i]
