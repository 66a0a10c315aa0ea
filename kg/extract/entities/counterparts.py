"""People whose office or country is told by another's: "his Lao counterpart X", "its president", "her deputy"."""

from __future__ import annotations

from kg.extract.entities.named_people import COURTESY, person_named, skip_courtesy
from kg.extract.entities.office_words import Office
from kg.extract.entities.person_names import NO_NAME, THING_NOUNS, name_run
from kg.extract.reading import Draft, Reading, Span

_SAME_OFFICE = frozenset("counterpart colleague number".split())
_OTHERS = _SAME_OFFICE | frozenset("guest host neighbour neighbor peer visitor".split())
_POSSESSIVES = frozenset("his her their its my".split())


def find_names_of_counterparts(reading: Reading) -> None:
    """As in "his Peruvian counterpart, Rosaura Villanueva Tello": a person, though the model saw nobody."""
    parse = reading.parse
    for i, word in enumerate(parse.lower):
        if word == "counterparts":
            _name_several(reading, i)
        if word not in _OTHERS or _adjective_before(reading, i) is None or i + 1 >= len(parse):
            continue
        start = skip_courtesy(reading, i + 1 + (parse.words[i + 1] == ","))
        run = name_run(reading, start) if start < len(parse) else None
        if run is None:
            continue
        first, past, bare = run
        words = parse.lower[bare:past]
        if past - bare > 1 and NO_NAME.isdisjoint(words) and THING_NOUNS.isdisjoint(words):
            person_named(reading, first, past, bare)


def _name_several(reading: Reading, i: int) -> None:
    """As in "her counterparts from Peru and Brunei, X and Y": two people, though the model saw nobody."""
    parse = reading.parse
    j = i + 1
    while j < len(parse) and j - i < 10 and parse.words[j] != ",":
        j += 1
    runs = []
    while j < len(parse) and parse.lower[j] in (",", "and"):
        j += 1
        run = name_run(reading, skip_courtesy(reading, j)) if j < len(parse) else None
        if run is None or run[1] - run[2] < 2 or not NO_NAME.isdisjoint(parse.lower[run[2] : run[1]]):
            break
        runs.append(run)
        j = run[1]
    if len(runs) > 1:
        for first, past, bare in runs:
            person_named(reading, first, past, bare)


def _adjective_before(reading: Reading, i: int) -> Span | None:
    """The country of "his Lao counterpart", "Tajik opposite number": its span."""
    parse = reading.parse
    if parse.lower[i] == "number":
        if i == 0 or parse.lower[i - 1] != "opposite":
            return None
        i -= 1
    span = reading.owner[i - 1] if i > 0 else None
    if span is None or span.draft.type != "Country":
        return None
    if parse.lower[i] in ("counterpart", "opposite") or span.kind != "adjective":
        return span
    return span if span.first > 0 and parse.lower[span.first - 1] in _POSSESSIVES else None


def find_counterparts(reading: Reading) -> None:
    """The country and the office of "her Indian counterpart Narendra Modi", "his Kazakh opposite number, X"."""
    parse = reading.parse
    for i, word in enumerate(parse.lower):
        if word == "counterparts":
            _several_counterparts(reading, i)
            continue
        if word not in _OTHERS or (word == "number" and (i == 0 or parse.lower[i - 1] != "opposite")):
            continue
        adjective = _adjective_before(reading, i)
        if adjective is None and word not in ("counterpart", "number"):
            continue
        span = next(iter(reading.spans_in(i + 1, min(i + 9, len(parse)), "Leader")), None)
        if span is None or any(parse.words[j] in (".", ";") for j in range(i + 1, span.first)):
            continue
        if adjective is not None:
            reading.say(span.draft, "represents", adjective.draft, i, rule="counterpart", confidence=0.85)
        if word in _SAME_OFFICE:
            _same_office(reading, span.draft, i)


def _several_counterparts(reading: Reading, i: int) -> None:
    """As in "his counterparts from Peru and Brunei, X and Y", "her Lao and Thai counterparts, X and Y"."""
    parse = reading.parse
    stop = parse.sentences[parse.sentence_of[i]][1]
    people = reading.spans_in(i, stop, "Leader")
    if not people:
        return
    after = reading.spans_in(i + 1, people[0].first, "Country")
    before = [s for s in reading.spans_in(max(0, i - 6), i, "Country") if s.kind == "adjective"]
    countries = after or before
    if not countries or len(people) < len(countries) or len(countries) < 2:
        return
    for country, person in zip(countries, people, strict=False):
        reading.say(person.draft, "represents", country.draft, i, rule="counterparts", confidence=0.75)
        _same_office(reading, person.draft, i)


def _same_office(reading: Reading, person: Draft, i: int) -> None:
    """The office of the one who is spoken of before, unless the text gives the counterpart's own."""
    if any(str(title).lower() not in COURTESY for title in reading.objects(person, "position")):
        return
    other = _person_before(reading, i, person)
    titles = reading.objects(other, "position") if other is not None else []
    if titles and isinstance(titles[0], str):
        reading.say(person, "position", titles[0], i, rule="counterpart", confidence=0.75)


def _person_before(reading: Reading, i: int, person: Draft) -> Draft | None:
    """The person named last before token i who is somebody else."""
    before = [s for s in reading.spans if s.draft.type == "Leader" and s.first < i and s.draft is not person]
    return max(before, key=lambda s: s.first).draft if before else None


# ---------------------------------------------------------------- "its president", "her deputy"


def find_companions(reading: Reading) -> None:
    """The state of "Finance Minister Y" in "Prime Minister X, accompanied by Y and Z": that of X."""
    parse = reading.parse
    for i in parse.where(("accompanied",)):
        if parse.lower[i + 1 : i + 2] != ["by"]:
            continue
        first, stop = parse.sentences[parse.sentence_of[i]]
        before = reading.spans_in(first, i, "Leader")
        states = reading.objects(before[-1].draft, "represents") if before else []
        for span in reading.spans_in(i + 2, min(stop, i + 24), "Leader"):
            if reading.objects(span.draft, "represents") or not reading.objects(span.draft, "position"):
                continue
            for state in states:
                if isinstance(state, Draft) and state.type == "Country":
                    reading.say(span.draft, "represents", state, i, rule="accompanied by", confidence=0.7)


def find_owners_of_offices(reading: Reading, named: list[Office]) -> None:
    """Whose office "its foreign minister, X" and "his deputy, Y" are."""
    for office in named:
        pronoun = reading.parse.lower[office.first - 1] if office.first > 0 else ""
        if office.holder is None or office.bodies or reading.objects(office.holder, "represents"):
            continue
        if pronoun == "whose":
            span = (
                reading.owner[office.first - 2 - (reading.parse.words[office.first - 2] == ",")]
                if office.first > 2
                else None
            )
            if span is not None and span.draft.type in ("Country", "Organization"):
                reading.say(office.holder, "represents", span.draft, office.first, rule="its office", confidence=0.8)
        elif pronoun == "its":
            owner = _owner_before(reading, office)
            if owner is not None:
                reading.say(office.holder, "represents", owner, office.first, rule="its office", confidence=0.75)
        elif pronoun in ("his", "her"):
            _office_under(reading, office, office.holder)


_OF_STATES = frozenset("minister president premier ambassador envoy king emir chancellor sultan attorney".split())


def _owner_before(reading: Reading, office: Office) -> Draft | None:
    """The country or body of "its": the last before in the sentence, else the first of the sentence before."""
    parse = reading.parse
    sentence = parse.sentence_of[office.first]
    of_state = not _OF_STATES.isdisjoint(office.title.lower().replace("-", " ").split())
    here = _owners(reading, parse.sentences[sentence][0], office.first, of_state)
    if here:
        return here[-1]
    before = _owners(reading, *parse.sentences[sentence - 1], of_state) if sentence > 0 else []
    return before[0] if before else None


def _owners(reading: Reading, first: int, past: int, of_state: bool) -> list[Draft]:
    """The countries named there, or the countries and bodies; a state's office prefers a country ("its president")."""
    found = [s.draft for s in reading.spans_in(first, past, "Country", "Organization") if s.kind == "name"]
    countries = [draft for draft in found if draft.type == "Country"]
    return countries if of_state and countries else found


def _office_under(reading: Reading, office: Office, holder: Draft) -> None:
    """As in "the Greek minister sent her deputy, X": the same state; "deputy" of that office."""
    other = _person_before(reading, office.first, holder)
    if other is None:
        return
    for body in reading.objects(other, "represents"):
        if isinstance(body, Draft):
            reading.say(holder, "represents", body, office.first, rule="his office", confidence=0.7)
    titles = [title for title in reading.objects(other, "position") if isinstance(title, str)]
    if office.title.lower() == "deputy" and titles:
        for fact in reading.facts:
            if fact.subject is holder and fact.predicate == "position" and str(fact.object).lower() == "deputy":
                fact.object = f"Deputy {titles[0]}"
