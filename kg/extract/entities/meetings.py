"""Meetings: summits, ministers' and officials' meetings, talks, visits, calls, forums; one draft a gathering."""

from __future__ import annotations

import re

from kg.extract.entities.actors import Actors
from kg.extract.entities.encounters import Encounter, place_encounter, read_encounter
from kg.extract.entities.gatherings import describe
from kg.extract.entities.meeting_phrases import (
    KINDS,
    MeetingPhrase,
    copular_subject,
    kind_named,
    kind_of,
    one_line,
    ordinal_of,
    read_phrase,
)
from kg.extract.entities.occasions import is_another_occasion
from kg.extract.entities.phrases import bracketed, is_acronym
from kg.extract.frames import Frame
from kg.extract.reading import Draft, Reading
from kg.read.dates import DateExpression


def find_meetings(reading: Reading, frames: list[Frame], actors: Actors, dates: list[DateExpression]) -> None:
    """Mentions of meetings: the named ones, then in the text's order what other nouns and verbs say of them.

    The named ones come first, so that the "summit" of the lead finds the name that a later sentence gives it.
    """
    _numbered_series(reading)
    phrases = [phrase for phrase in _phrases(reading) if not _named(reading, phrase)]
    _conferences_of_parties(reading)
    triggers: list[tuple[int, MeetingPhrase | Encounter]] = [(phrase.head, phrase) for phrase in phrases]
    parse = reading.parse
    dated = frozenset(parse.sentence_of[t] for d in dates if (t := parse.first_token_from(d.begin)) < len(parse))
    for frame in frames:
        encounter = read_encounter(reading, frame, actors, dated)
        if encounter is not None:
            triggers.append((encounter.verb, encounter))
    for _, trigger in sorted(triggers, key=lambda t: t[0]):
        if isinstance(trigger, Encounter):
            place_encounter(reading, trigger)
        else:
            describe(reading, trigger)


def _phrases(reading: Reading) -> list[MeetingPhrase]:
    """The noun phrases whose head can name a meeting, in the text's order."""
    parse = reading.parse
    found = []
    for head, word in enumerate(parse.lower):
        if word in KINDS and parse.tags[head].startswith("N") and reading.type_at(head) in (None, "Framework"):
            phrase = read_phrase(reading, head)
            if phrase is not None:
                found.append(phrase)
    return found


def _numbered_series(reading: Reading) -> None:
    """As in "the 9th Summit of the Americas", "the 19th East Asia Summit": a meeting of a series of the seeds."""
    parse = reading.parse
    for span in list(reading.spans):
        i = span.first - 1
        if span.draft.type != "Framework" or span.draft.seed is None or i < 0 or ordinal_of([parse.words[i]]) is None:
            continue
        word = next((w for w in _heads(parse.lower[span.first : span.past]) if w in KINDS), None)
        if word is None:
            continue
        draft = reading.draft("Meeting", one_line(parse.quote(i, span.past)))
        kind = kind_named(word, parse.lower[span.first : span.past])
        draft.attributes.update(kind=kind, ordinal=str(ordinal_of([parse.words[i]])))
        draft.series = span.draft
        reading.mention(draft, i, span.past, head=span.head)


def _conferences_of_parties(reading: Reading) -> None:
    """As in "for COP30", "COP 29 in Baku": the session of that number; "the 28th … (COP28)" has named it already."""
    parse = reading.parse
    for i in parse.where([word for word in parse.places if word.startswith("cop")]):
        match = re.fullmatch(r"COP-?(\d{1,2})?", parse.words[i])
        past = i + 1 if match is not None and match[1] else i + 2 + (parse.words[i + 1 : i + 2] == ["-"])
        number = match[1] or (parse.words[past - 1] if past <= len(parse) else "") if match is not None else ""
        if not number.isdigit() or len(number) > 2:
            continue
        name = f"COP{number}"
        owner = reading.owner[i]
        if owner is not None and owner.draft.type != "Framework":
            if owner.draft.type == "Meeting":
                owner.draft.names[name] += 0  # "the 30th Conference of the Parties (COP30)"
            continue
        known = next((d for d in reading.of_type("Meeting") if name in d.names), None)
        draft = known or reading.draft("Meeting", name)
        draft.names[name] += 0
        draft.attributes.setdefault("kind", "forum")
        draft.attributes.setdefault("ordinal", number)
        reading.mention(draft, i, past)


def _heads(words: list[str]) -> tuple[str, ...]:
    """The words of a name that can be its noun: the last, the first, and the one before "of"."""
    return (words[-1], words[0], *(words[words.index("of") - 1 :][:1] if "of" in words[1:] else ()))


def _named(reading: Reading, c: MeetingPhrase) -> bool:
    """Makes a mention of a meeting with a number, a series or a proper name of its own; whether the phrase is one."""
    parse = reading.parse
    if not _is_named(reading, c) or _says_which(reading, c):
        return False
    draft = _same_meeting(reading, c)
    if draft is None:
        draft = _new_meeting(reading, c)
    elif c.ordinal and "ordinal" not in draft.attributes:
        draft.attributes["ordinal"] = c.ordinal
    reading.mention(draft, c.first, c.tail, head=c.head)
    draft.names[parse.quote(c.first, c.head + 1)] += 1
    acronym = bracketed(reading, c.head + 1)
    if acronym and is_acronym(acronym):
        draft.names[acronym] += 1
        draft.names[parse.quote(c.first, c.past)] += 1
    return True


_NEVER_NAMED = frozenset(
    (
        "visit trip tour stay journey call talks discussions negotiations conversation celebrations event gathering"
    ).split()
)


def _is_named(reading: Reading, c: MeetingPhrase) -> bool:
    """As in "the 9th Forum", "the ASEAN summit", "the Consultative Meeting"; not "the Malian Forum"."""
    parse = reading.parse
    if c.word in _NEVER_NAMED or (c.word == "round" and c.ordinal is None):
        return False
    if parse.tags[c.head] in ("NNS", "NNPS") and c.word not in ("talks", "consultations"):
        return False
    capitals = sum(parse.capital(i) and parse.words[i][0].isalpha() for i in range(c.first, c.head))
    proper = parse.capital(c.head) and (capitals >= 1 or c.tail > c.past)
    long = c.tail > c.past or c.head - c.first > 1
    if c.ordinal is not None and (c.series or proper or long or c.word in ("summit", "session", "round")):
        return True
    if c.series is not None and (parse.capital(c.head) or c.word in ("summit", "meeting")):
        return True
    if not proper or capitals < 1 or c.word in ("assembly", "session", "conference"):
        return False
    return any(reading.kind_at(i) != "adjective" for i in range(c.first, c.head))


def _says_which(reading: Reading, c: MeetingPhrase) -> bool:
    """As in "This event is the third summit of the kind": the number of a meeting that has its name already."""
    parse = reading.parse
    subject = copular_subject(parse, c.head)
    if subject is None or parse.capital(c.head) or parse.lower[subject] not in {"this", "it", "that", *KINDS}:
        return False
    return c.series is None or any(d.series is c.series for d in reading.of_type("Meeting"))


def _new_meeting(reading: Reading, c: MeetingPhrase) -> Draft:
    parse = reading.parse
    first = c.first + (parse.lower[c.first] in _TIMELY and c.first < c.head)
    surface = one_line(parse.quote(first, c.head + 1))
    name = surface
    known = {c.series.name, *c.series.names} if c.series is not None else set()
    if c.series is not None and not any(form in surface for form in known):
        short = c.series.attributes.get("acronym", c.series.name)
        if c.tail > c.past:
            name = f"{_ordinal_word(surface)}{short} {_withoutordinal_of(surface)}"
    if c.series is None and c.tail > c.past:
        name = one_line(parse.quote(first, c.tail))
    name = _with_acronym(re.sub(r"\s*\([^)]*\)", "", name), c.series)
    draft = reading.draft("Meeting", name)
    draft.names[draft.name] += 0
    draft.attributes["kind"] = kind_of(reading, c)
    if c.ordinal:
        draft.attributes["ordinal"] = c.ordinal
    draft.series = c.series
    if c.series is not None and c.ordinal:
        short = c.series.attributes.get("acronym") or c.series.name
        words = [w for w in _withoutordinal_of(surface).split() if w[0].isalpha()]
        if c.word == "summit" or len(words) == 1:
            draft.names[f"{_ordinal_word(surface)}{short} {parse.words[c.head]}"] += 0
    return draft


# "the upcoming 4th Caspian Forum" will not be called so for long.
_TIMELY = frozenset(("upcoming", "forthcoming"))


def _with_acronym(name: str, series: Draft | None) -> str:
    """The usual short name: "11th Cambodia-Laos-Myanmar-Vietnam Summit" is the "11th CLMV Summit"."""
    acronym = series.attributes.get("acronym") if series is not None else None
    if series is None or not acronym or acronym in name:
        return name
    for form in sorted(series.names, key=lambda form: (-len(form), form)):
        if len(form) > 2 * len(acronym) and form in name and "(" not in form:
            return name.replace(form, acronym, 1)
    return name


def _ordinal_word(surface: str) -> str:
    first = surface.split()[0]
    return f"{first} " if ordinal_of([first]) else ""


def _withoutordinal_of(surface: str) -> str:
    words = surface.split()
    return " ".join(words[1:]) if ordinal_of(words[:1]) else surface


def _name_it(reading: Reading, draft: Draft, c: MeetingPhrase) -> None:
    """The "summit" of the lead gets the name that a later sentence gives it."""
    named = _new_meeting(reading, c)
    reading.drafts.remove(named)
    draft.name, draft.series = named.name, named.series
    draft.attributes.update(named.attributes)
    draft.names.update(named.names)


def _called_by_place(reading: Reading, c: MeetingPhrase, draft: Draft) -> bool:
    """As in "the Luxembourg Meeting" after "the 19th … Meeting, held in Luxembourg"."""
    owner = reading.owner[c.head - 1]
    if owner is None or owner.draft.type != "Place" or owner.past != c.head or owner.first != c.first:
        return False
    parse = reading.parse
    sentences = {parse.sentence_of[s.head] for s in reading.spans if s.draft is draft}
    places = (s.draft for number in sentences for s in reading.spans_in(*parse.sentences[number], "Place"))
    return owner.draft in places


def _gets_number(reading: Reading, c: MeetingPhrase, draft: Draft, surface: set[str]) -> bool:
    """As in "the BIMSTEC Meeting … the 18th BIMSTEC Meeting": the lead leaves the number out."""
    if c.series is None or draft.series is not c.series or is_another_occasion(reading, c, draft):
        return False
    words = {w.lower().rstrip("s'’") for w in re.findall(r"\w+", draft.name)}
    series = {w.lower().rstrip("s'’") for name in (c.series.name, *c.series.names) for w in re.findall(r"\w+", name)}
    first = min((s for s in reading.spans if s.draft is draft), key=lambda s: s.first)
    told = set(reading.parse.lower[max(0, first.first - 2) : first.head])
    return words - series <= surface and not told & {"a", "an", "last", "next", "previous", "upcoming", "every", "each"}


def _same_meeting(reading: Reading, c: MeetingPhrase) -> Draft | None:
    """A meeting named before: same number and series, or the same name without number after "the"."""
    parse = reading.parse
    kind = kind_of(reading, c)
    definite = c.first > 0 and parse.lower[c.first - 1] in ("the", "this", "their", "its")
    surface = {w.lower().rstrip("s'’") for w in re.findall(r"\w+", parse.quote(c.first, c.head + 1))} - {"the", "s"}
    for draft in reversed(reading.of_type("Meeting")):
        ordinal = draft.attributes.get("ordinal")
        if c.ordinal and ordinal and c.ordinal != ordinal:
            continue
        same_kind = draft.attributes.get("kind") == kind
        if (
            c.ordinal
            and ordinal == c.ordinal
            and same_kind
            and (c.series is draft.series or c.series is None or draft.series is None)
        ):
            return draft
        if same_kind and ordinal is None and draft.series is None and draft.name.lower() == parse.lower[c.head]:
            _name_it(reading, draft, c)
            return draft
        if c.ordinal and ordinal is None and same_kind and _gets_number(reading, c, draft, surface):
            _name_it(reading, draft, c)
            return draft
        words = {w.lower().rstrip("s'’") for name in draft.names for w in re.findall(r"\w+", name)}
        # "The Special Retreat" is the "Special Leaders Retreat".
        one_noun = definite and c.series is None and parse.lower[c.head] == draft.name.split()[-1].lower()
        if not c.ordinal and same_kind and definite and _called_by_place(reading, c, draft):
            return draft
        fits = definite and (same_kind or one_noun) and c.series in (None, draft.series) and surface <= words
        if not c.ordinal and fits and not is_another_occasion(reading, c, draft):
            return draft
    return None
