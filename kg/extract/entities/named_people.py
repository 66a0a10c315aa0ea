"""Mentions of people: by honorifics, by the model, by a country's genitive; later short forms."""

from __future__ import annotations

from collections import Counter

from kg.extract.entities.offices import is_office_only, skip_office
from kg.extract.entities.person_names import (
    NO_NAME,
    PARTICLES,
    SON_OF,
    THING_NOUNS,
    clean_name,
    contains_words,
    honorific_words,
    is_thing_named_after,
    known_person,
    name_key,
    name_run,
)
from kg.extract.parse import Parse
from kg.extract.reading import Draft, Reading, Span
from kg.extract.wordlists import word_list
from kg.seeds import load_gazetteer

_BODY_WORDS = word_list("bodies", "heads") | word_list("bodies", "ministries")
TITLE_WORDS = word_list("people", "title_words")
_AMBIGUOUS = frozenset("general major chief father sister captain metropolitan don".split())
_DAYS = word_list("phrases", "days")
COURTESY = word_list("people", "courtesy")


def person_named(reading: Reading, first: int, past: int, bare: int, office_first: int | None = None) -> Draft | None:
    """The draft of the person named there: a known one by full or short name, else a new one."""
    parse = reading.parse
    name = clean_name(parse.quote(bare, past))
    if not name or name.lower() in NO_NAME or name.lower() in honorific_words()[0]:
        return None
    draft = known_person(reading, name)
    words = name.split()
    if draft is None and len(words) > 1 and words[0].lower() in honorific_words()[0]:
        draft = known_person(reading, " ".join(words[1:]))  # "Sheikh Tahnoun" after "Tahnoun bin Zayed"
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
        reading.mention(draft, bare, past, head=reading.syntactic_head(bare, past))
    for start in {first, office_first if office_first is not None else first} - {bare}:
        draft.names[parse.quote(start, past)] += 1
    return draft


def is_person(reading: Reading, first: int, past: int) -> bool:
    return any(label == "PERSON" and a < past and first < b for a, b, label in reading.parse.names)


def skip_courtesy(reading: Reading, i: int) -> int:
    """Past a lesser title before the name: "the Secretary-General of the bloc, Ambassador X"."""
    parse = reading.parse
    while i + 1 < len(parse) and parse.lower[i] in COURTESY and parse.capital(i):
        after = i + 1 + (parse.words[i + 1] == ".")
        if after >= len(parse) or not parse.capital(after):
            break
        i = after
    return i


def people_with_honorifics(reading: Reading) -> None:
    """As in "Mr Touch Vuthea", "Rear Admiral Ketut Arimbawa": a title and two words, though the model saw nobody."""
    parse = reading.parse
    i, last = 0, len(parse) - 1
    while i < last:
        after = i + 1 + (parse.words[i + 1] == "." and i + 2 < len(parse))  # "Hon. X", "Eng. Y"
        if parse.lower[i] in TITLE_WORDS and parse.capital(i) and reading.owner[i] is None and parse.capital(after):
            run = name_run(reading, skip_courtesy(reading, i))
            if run is not None and _is_titled_name(reading, run):
                first, i, bare = run
                person_named(reading, first, i, bare)
                continue
        i += 1


def _is_titled_name(reading: Reading, run: tuple[int, int, int]) -> bool:
    """Two words and more, none of which is the noun of a body or a thing ("Sir Seretse Hospital")."""
    _, past, bare = run
    words = reading.parse.lower[bare:past]
    if past - bare < 2 or words[-1] in THING_NOUNS or is_office_only(words):
        return False
    return not any(word in NO_NAME or word in _BODY_WORDS for word in words)


def people_after_countries(reading: Reading) -> None:
    """As in "Senegal's Ousseynou Ndiaye, Ama Addo of Ghana and …": a name like others in a list of people."""
    parse = reading.parse
    runs = []
    for i in range(1, len(parse) - 1):
        genitive = parse.words[i] in ("'s", "’s")
        if not genitive and parse.lower[i] not in _LIST_OPENS and parse.tags[i] != "VBD" or not parse.capital(i + 1):
            continue
        run = _run_after_genitive(reading, i) if genitive else _run_of_country(reading, i + 1)
        if run is not None:
            runs.append((parse.sentence_of[i], run, _label(reading, run)))
    for number, (first, past, bare), label in runs:
        start, stop = parse.sentences[number]
        labels = [seen for other, _, seen in runs if other == number]
        several = len(labels) > 1 and not _THINGS.issuperset(labels)
        alone = label == "" and parse.words[first - 1] in ("'s", "’s")  # "in the hearing of Latvia's Andra Rozenberga"
        if reading.spans_in(start, stop, "Leader") or several or alone:
            person_named(reading, first, past, bare)


_THINGS = frozenset(("ORG", "FAC", "GPE", "LOC", "PRODUCT"))


def _label(reading: Reading, run: tuple[int, int, int]) -> str:
    """What the model takes a name for; nothing where it saw none."""
    return next((label for a, b, label in reading.parse.names if a < run[1] and run[2] < b), "")


_LIST_OPENS = frozenset((",", "and", "with", "by", "were", "was", ":", ";"))


def _run_after_genitive(reading: Reading, i: int) -> tuple[int, int, int] | None:
    """The name after "Ghana's", if what follows fits a person: a sign, "and", a verb."""
    parse = reading.parse
    owner = reading.owner[i - 1]
    if owner is None or owner.draft.type not in ("Country", "Organization"):
        return None
    run = _free_run(reading, i + 1)
    if run is None or run[1] >= len(parse):
        return run
    past = run[1]
    fits = parse.words[past] in (",", ";", ".", ")") or parse.lower[past] in ("and", "who", "all", "both")
    return run if fits or parse.tags[past] in ("VBD", "VBZ", "VBP", "MD") else None


def _run_of_country(reading: Reading, i: int) -> tuple[int, int, int] | None:
    """The name before "of Ghana"."""
    parse = reading.parse
    run = _free_run(reading, i) if reading.owner[i] is None else None
    if run is None or parse.lower[run[1] : run[1] + 1] != ["of"] or run[1] + 1 >= len(parse):
        return None
    owner = reading.owner[run[1] + 1 + (parse.lower[run[1] + 1] == "the")] if run[1] + 2 < len(parse) else None
    return run if owner is not None and owner.draft.type == "Country" and owner.kind == "name" else None


def _free_run(reading: Reading, i: int) -> tuple[int, int, int] | None:
    """Two capitalised words and more that nothing claims and that name no known place, thing or office."""
    parse = reading.parse
    if reading.owner[i] is not None or not _opens_no_office(reading, i):
        return None
    run = name_run(reading, i)
    if run is None or not _is_titled_name(reading, run):
        return None
    _, past, bare = run
    if any(label == "FAC" and a < past <= b for a, b, label in parse.names):
        return None
    return None if load_gazetteer().place(parse.quote(bare, past)) is not None else run


def people_of_the_model(reading: Reading) -> None:
    """PERSON spans of the model that no title anchors: kept when they look like a full name."""
    for first, past, label in reading.parse.names:
        if label == "PERSON":
            person_from_model(reading, first, past)


def person_from_model(reading: Reading, first: int, past: int) -> None:
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
    before = parse.lower[first - 1].rstrip(".") if first > 0 and parse.capital(first - 1) else ""
    # "General Santos" is a city: a word of two meanings makes no single word a name
    titled = first < bare or (before in honorific_words()[0] and (before not in _AMBIGUOUS or past - bare > 1))
    if not titled:
        first = bare = _name_start(reading, bare)
    if past - bare < 2 and not titled and known_person(reading, parse.quote(bare, past)) is None:
        return
    if any(load_gazetteer().place(parse.quote(i, past)) is not None for i in {first, bare} if i == first or not titled):
        return  # a province that the model takes for a person
    if not titled and _is_thing(reading, bare, past) or is_thing_named_after(reading, bare, past):
        return
    if any(c.isdigit() for c in parse.quote(bare, past)) or parse.quote(bare, past).isupper():
        return
    person_named(reading, first, past, bare)


def people_called_he(reading: Reading) -> None:
    """As in "He Lifeng, head of China's planning commission": the family name, which no verb follows."""
    parse = reading.parse
    for i in parse.where(("he", "she")):
        if not parse.capital(i) or parse.deps[i] != "compound" or parse.heads[i] <= i:
            continue
        past = i + 1
        while past <= parse.heads[i] and _is_given_name(reading, past):
            past += 1
        if past == parse.heads[i] + 1:
            person_named(reading, i, past, i)


def people_listed_with_countries(reading: Reading) -> None:
    """As in "Lilian Tintori of Argentina and Rashid Meredov of Turkmenistan": in a list of people, each with his
    country, a name that the model did not know is a person's too."""
    parse = reading.parse
    for span in list(reading.spans):
        if span.draft.type != "Country" or span.kind != "name":
            continue
        of = span.first - (2 if span.first > 1 and parse.lower[span.first - 1] == "the" else 1)
        if of < 2 or parse.lower[of] != "of" or reading.owner[of - 1] is not None:
            continue
        floor = parse.sentences[parse.sentence_of[of]][0]
        first = of
        while first > floor and of - first < 4 and _is_given_name(reading, first - 1):
            first -= 1
        # At the beginning of a sentence the tagger takes "Prak" of "Prak Sokhonn" for a common noun.
        if first == floor + 1 and parse.tags[floor] == "NN" and _is_given_name(reading, floor, tag="NN"):
            first = floor
        opens = first == floor or parse.lower[first - 1] in _BEFORE_MEMBERS
        if of - first > 1 and opens and _person_with_country_beside(reading, first, span.past):
            person_named(reading, first, of, first)


_BEFORE_MEMBERS = frozenset((",", "and", ";", "by", "with", "were", "was", "between", "included", "as"))


def _person_with_country_beside(reading: Reading, first: int, past: int) -> bool:
    """Whether the next member of the list, or the one before, is "X of A" with a known person X."""
    parse = reading.parse
    floor, end = parse.sentences[parse.sentence_of[first]]
    i = past
    while i < end and parse.lower[i] in (",", "and", ";"):
        i += 1
    following = reading.spans_in(i, min(end, i + 6), "Leader")[:1] if i > past else []
    i = first - 1
    while i > floor and parse.lower[i] in (",", "and", ";"):
        i -= 1
    of = reading.owner[i].first - 1 if i < first - 1 and (reading.owner[i]) is not None else -1  # type: ignore[union-attr]
    of -= of > floor and parse.lower[of] == "the"
    before = reading.owner[of - 1] if of > floor and parse.lower[of] == "of" else None
    known = [*following, *([before] if before is not None and before.draft.type == "Leader" else [])]
    return any(parse.lower[s.past : s.past + 1] == ["of"] for s in known)


def _name_start(reading: Reading, first: int) -> int:
    """The model may see the end of a name only: "Gnakadé Tchalla" of "that Essohanam Gnakadé Tchalla had"."""
    parse = reading.parse
    i = first
    floor = parse.sentences[parse.sentence_of[first]][0]
    while i - 1 >= floor and first - i < 2 and _is_given_name(reading, i - 1):
        if i - 1 == floor and (parse.deps[floor] != "compound" or parse.lower[floor] in _DAYS | _ROLES):
            break  # "Abiy Ahmed Ali, the prime minister", not "Monday Ahmed Ali"
        i -= 1
    return i


_ROLES = frozenset("host guest visitor chair colleague fellow ally rival critic activist billionaire".split())


def _is_given_name(reading: Reading, i: int, tag: str = "NNP") -> bool:
    parse = reading.parse
    return (
        parse.tags[i] == tag
        and reading.owner[i] is None
        and parse.words[i].istitle()
        and parse.words[i].isalpha()
        and parse.lower[i] not in NO_NAME | THING_NOUNS
        and parse.lower[i] not in honorific_words()[1]
        and _opens_no_office(reading, i)
    )


def _opens_no_office(reading: Reading, i: int) -> bool:
    """Whether the word opens no office ("Minister Gnakadé")."""
    return skip_office(reading, i, i + 2) == i


def _is_thing(reading: Reading, first: int, past: int) -> bool:
    """As in "at Guet Ndar", "the utility Rețele Nord", "Tad Thong village", "Hekurudha, the railway company"."""
    parse = reading.parse
    words = parse.lower[first:past]
    if words[0] in _OPENING_THINGS or words[-1] in THING_NOUNS or "–" in words or "/" in words or is_office_only(words):
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


# "Cyclone Gita", "Operation Barkhane"
_OPENING_THINGS = frozenset("cyclone hurricane typhoon storm operation exercise mount lake hotel radio".split())


def person_ending_at(reading: Reading, i: int) -> Span | None:
    """The model's person that ends with token i, made a mention."""
    for first, past, label in reading.parse.names:
        if label == "PERSON" and first <= i < past:
            person_from_model(reading, first, past)
    return reading.owner[i]


def names_without_heading(reading: Reading) -> None:
    """In capitals throughout, "Wang Yi Sets Out Priorities" runs on past the name: the body says where it ends."""
    parse = reading.parse
    headings = {n for n, (first, past) in enumerate(parse.sentences) if _is_heading(parse, first, past)}
    if not headings:
        return
    for draft in reading.of_type("Leader"):
        below = Counter(
            clean_name(parse.quote(s.first, s.past))
            for s in reading.spans
            if s.draft is draft and s.kind == "name" and parse.sentence_of[s.first] not in headings
        )
        full = [name for name in below if len(name.split()) > 1]
        if full and draft.name not in below:
            draft.name = max(full, key=lambda name: (below[name], len(name), name))


def _is_heading(parse: Parse, first: int, past: int) -> bool:
    """A line without a full stop whose words begin with capitals, but for the small ones."""
    ends = next((w for w in reversed(parse.words[first:past]) if not w.isspace()), ".")
    if ends in (".", "!", "?", "”", '"', ":"):
        return False
    words = [w for w in parse.words[first:past] if w.isalpha() and len(w) > 3]
    return len(words) > 2 and all(w[0].isupper() for w in words)


def find_short_forms(reading: Reading) -> None:
    """Later short names of the people of this document: "Chinh", "Mr. Wang", "Siphandone"."""
    parse = reading.parse
    parts: dict[str, set[int]] = {}
    people = reading.of_type("Leader")
    for number, draft in enumerate(people):
        before = ""
        for word in name_key(draft.name).split():
            if len(word) > 1 and word not in PARTICLES and before not in SON_OF:
                parts.setdefault(word, set()).add(number)
            before = word
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
        if not _short_form_fits(reading, past):
            continue
        reading.mention(person, i, past, head=reading.syntactic_head(i, past))
        start = i
        while start > 0 and parse.lower[start - 1].rstrip(".") in honorific_words()[0] and parse.capital(start - 1):
            start -= 1
        if start < i:
            person.names[parse.quote(start, past)] += 1


def _short_form_fits(reading: Reading, past: int) -> bool:
    """Not inside a longer capitalised name: "Trong Khanh Company"."""
    parse = reading.parse
    after = past < len(parse) and parse.capital(past) and parse.words[past].isalpha() and reading.owner[past] is None
    return not after
