"""Meetings: summits, ministers' and officials' meetings, talks, visits, calls, forums; one draft a gathering."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.extract.entities.phrases import DETERMINERS, bracketed, is_acronym, phrase_start, phrase_tail, skip_acronym
from kg.extract.reading import Draft, Reading, Span
from kg.extract.wordlists import CALENDAR, ORDINALS, word_list, word_table

KINDS = word_table("meetings", "kinds")
# Heads that name a meeting only with a number, a series or a proper name: alone they are too general.
_WEAK = word_list("meetings", "weak")
_NOMINAL = word_list("meetings", "nominal")
_PHONE = frozenset("phone telephone video online virtual".split())
_VISIT_ADJECTIVES = word_list("meetings", "visit_adjectives")
_NUMBERS = {word: number for number, word in enumerate(ORDINALS, start=1)}
_NO_ORDINAL_NAME = frozenset(("first", "second", "third"))
_GROUPING = frozenset(("group", "bloc", "grouping", "organisation", "organization", "association"))
_TALKS_ADJECTIVES = frozenset(
    ("bilateral", "trilateral", "delegation-level", "delegation", "formal", "closed-door", "phone")
)
_TELLING = frozenset("trilateral emergency extraordinary quadrilateral tripartite inaugural consultative".split())
_TALKS_VERBS = word_list("meetings", "talks_verbs")
_OF = frozenset(("of",))
_OF_ON = frozenset(("of", "on"))
# "regular meetings", "high-level meetings": a habit, not a gathering.
_GENERIC = word_list("meetings", "generic")


@dataclass(slots=True)
class _Candidate:
    head: int
    first: int
    past: int  # after the head, or after "(ACR)"
    tail: int
    ordinal: str | None
    series: Draft | None
    word: str


def find_meetings(reading: Reading) -> None:
    """Mentions of meetings in the text's order: named ones, and what "the meeting" and "the visit" stand for."""
    parse = reading.parse
    candidates = []
    for head, word in enumerate(parse.lower):
        if word in KINDS and parse.tags[head].startswith("N") and reading.type_at(head) in (None, "Framework"):
            candidate = _candidate(reading, head)
            if candidate is not None:
                candidates.append(candidate)
    _numbered_series(reading)
    for candidate in candidates:
        if not _named(reading, candidate):
            _described(reading, candidate)
    find_visits_by_verb(reading)


def _numbered_series(reading: Reading) -> None:
    """As in "the 9th Summit of the Americas", "the 19th East Asia Summit": a meeting of a series of the seeds."""
    parse = reading.parse
    for span in list(reading.spans):
        i = span.first - 1
        if span.draft.type != "Framework" or span.draft.seed is None or i < 0 or _ordinal([parse.words[i]]) is None:
            continue
        word = next((w for w in (parse.lower[span.past - 1], parse.lower[span.first]) if w in KINDS), None)
        if word is None:
            continue
        draft = reading.draft("Meeting", _one_line(parse.quote(i, span.past)))
        draft.attributes.update(kind=KINDS[word], ordinal=str(_ordinal([parse.words[i]])))
        draft.series = span.draft
        reading.mention(draft, i, span.past, head=span.head)


def _candidate(reading: Reading, head: int) -> _Candidate | None:
    parse = reading.parse
    owner = reading.owner[head]
    if owner is not None and owner.past > head + 1:
        return None
    if (
        head + 1 < len(parse)
        and parse.lower[head + 1] in KINDS
        and parse.tags[head + 1].startswith("N")
        and parse.lower[head] != "summit"
    ):
        return None
    floor = parse.sentences[parse.sentence_of[head]][0]
    first = phrase_start(reading, head, floor)
    while first < head and parse.tags[first] in ("VBN", "VBG", "RB", "IN") and not parse.capital(first):
        first += 1
    owner_before = _possessor(reading, first, head)
    if owner_before is not None:
        first = owner_before[1]
    past = skip_acronym(reading, head + 1)
    acronym = bracketed(reading, head + 1)
    if acronym is None or not is_acronym(acronym):
        past = head + 1
    prepositions = (
        _OF_ON
        if parse.lower[head]
        in ("conference", "summit", "forum", "seminar", "workshop", "symposium", "dialogue", "meeting")
        else _OF
    )
    tail = _named_tail(reading, past, prepositions)
    ordinal = _ordinal(parse.words[first:head])
    series = _series(reading, first, tail, head) or (owner_before[0] if owner_before else None)
    return _Candidate(head, first, past, tail, ordinal, series, parse.lower[head])


def _possessor(reading: Reading, first: int, head: int) -> tuple[Draft, int] | None:
    """As in "the League's 33rd summit": the body whose meeting it is, and the token after the genitive."""
    parse = reading.parse
    for i in range(max(first, 1), head):
        span = reading.owner[i - 1]
        if parse.words[i] in ("'s", "’s") and span is not None and span.draft.type in ("Organization", "Framework"):
            return span.draft, i + 1
    span = reading.owner[first - 2] if first > 1 and parse.words[first - 1] in ("'s", "’s") else None
    if span is not None and span.draft.type in ("Organization", "Framework"):
        return span.draft, first
    return None


def _named_tail(reading: Reading, past: int, prepositions: frozenset[str]) -> int:
    """As in "Summit of the Ayeyawady-… Strategy (ACMECS)", "Conference on Trade.

    Investment and Tourism Promotion": proper names only.
    """
    parse = reading.parse
    if past >= len(parse) or parse.lower[past] not in prepositions:
        return past
    i = past + 1
    while i < len(parse) and parse.lower[i] in DETERMINERS:
        i += 1
    if i < len(parse) and parse.lower[past] == "on" and (parse.lower[i] in CALENDAR or parse.words[i][0].isdigit()):
        return past
    if i >= len(parse) or not (parse.capital(i) or reading.owner[i] is not None or parse.lower[past] == "of"):
        return past
    if reading.owner[i] is not None and reading.owner[i].draft.type in ("Country", "Leader", "Place"):  # type: ignore[union-attr]
        return past
    if not parse.capital(i) and parse.lower[i] not in (
        "heads",
        "group",
        "bloc",
        "leaders",
        "ministers",
        "organisation",
        "organization",
        "ruling",
        "foreign",
    ):
        return past
    end = phrase_tail(reading, past, frozenset((parse.lower[past],)), limit=14)
    return skip_acronym(reading, end)


def _ordinal(words: list[str]) -> str | None:
    """The number of a meeting: "11th", "seventh", "13th"; None without one."""
    for word in words:
        match = re.fullmatch(r"(\d{1,3})(?:st|nd|rd|th)", word)
        if match:
            return match[1]
        if word.lower() in _NUMBERS:
            return str(_NUMBERS[word.lower()])
        tens = re.fullmatch(r"(twenty|thirty|forty|fifty)-?(\w+)", word.lower())
        if tens and tens[2] in _NUMBERS:
            return str({"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50}[tens[1]] + _NUMBERS[tens[2]])
    return None


def _series(reading: Reading, first: int, tail: int, head: int) -> Draft | None:
    """The framework or organization within the name: what the meeting is a meeting of."""
    best = None
    parse = reading.parse
    if any(parse.lower[i] in _GROUPING for i in range(head + 1, tail)):
        before = [s for s in reading.spans if s.draft.type in ("Framework", "Organization") and s.past <= first]
        groupings = [s for s in before if s.draft.seed or s.draft.attributes.get("kind") == "mechanism"]
        if groupings:
            return max(groupings, key=lambda s: s.first).draft
    for span in reading.all_in(first, tail, "Framework", "Organization"):
        if span.first <= head < span.past:
            continue
        if best is None or (span.past <= head and span.past - span.first > best.past - best.first):
            best = span
    return best.draft if best else None


def _named(reading: Reading, c: _Candidate) -> bool:
    """A meeting with a number, a series or a proper name of its own."""
    parse = reading.parse
    if c.word in (
        "visit",
        "trip",
        "tour",
        "stay",
        "journey",
        "call",
        "talks",
        "discussions",
        "negotiations",
        "conversation",
        "celebrations",
        "event",
        "gathering",
        "round",
    ):
        return False
    capitals = sum(parse.capital(i) and parse.words[i][0].isalpha() for i in range(c.first, c.head))
    proper = parse.capital(c.head) and (capitals >= 1 or c.tail > c.past)
    if (
        c.ordinal is not None
        and (c.series or proper or c.tail > c.past or c.head - c.first > 1 or c.word == "summit")
        or c.series is not None
        and (parse.capital(c.head) or c.word in ("summit", "meeting"))
    ):
        pass
    elif proper and c.head - c.first >= 1 and c.word not in ("assembly", "session", "conference") and capitals >= 1:
        if all(reading.owner[i] is not None and reading.owner[i].kind == "adjective" for i in range(c.first, c.head)):  # type: ignore[union-attr]
            return False
    else:
        return False
    if parse.tags[c.head] in ("NNS", "NNPS") and c.word not in ("talks", "consultations"):
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


def _kind(reading: Reading, c: _Candidate) -> str:
    words = " ".join(reading.parse.lower[c.first : c.tail])
    if c.word in ("meeting", "session", "conference", "retreat", "dialogue", "consultation", "videoconference"):
        if re.search(r"\bminister|ministerial", words):
            return "ministerial"
        if re.search(r"\bofficial|\bsom\b|\bseom\b", words):
            return "officials-meeting"
        if re.search(r"heads of (state|government)|leaders", words):
            return "summit"
    if _PHONE & set(words.split()) and c.word in ("call", "conversation", "talks"):
        return "call"
    if c.word == "ceremony" and "sign" not in words:
        return "other"
    return KINDS[c.word]


def _new_meeting(reading: Reading, c: _Candidate) -> Draft:
    parse = reading.parse
    surface = _one_line(parse.quote(c.first, c.head + 1))
    name = surface
    known = {c.series.name, *c.series.names} if c.series is not None else set()
    if c.series is not None and not any(form in surface for form in known):
        short = c.series.attributes.get("acronym", c.series.name)
        if c.tail > c.past:
            name = f"{_ordinal_word(surface)}{short} {_without_ordinal(surface)}"
    if c.series is None and c.tail > c.past:
        name = _one_line(parse.quote(c.first, c.tail))
    name = _with_acronym(re.sub(r"\s*\([^)]*\)", "", name), c.series)
    draft = reading.draft("Meeting", name)
    draft.names[draft.name] += 0
    draft.attributes["kind"] = _kind(reading, c)
    if c.ordinal:
        draft.attributes["ordinal"] = c.ordinal
    draft.series = c.series
    if c.series is not None and c.ordinal:
        short = c.series.attributes.get("acronym") or c.series.name
        words = [w for w in _without_ordinal(surface).split() if w[0].isalpha()]
        if c.word == "summit" or len(words) == 1:
            draft.names[f"{_ordinal_word(surface)}{short} {parse.words[c.head]}"] += 0
    return draft


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
    return f"{first} " if _ordinal([first]) else ""


def _without_ordinal(surface: str) -> str:
    words = surface.split()
    return " ".join(words[1:]) if _ordinal(words[:1]) else surface


def _one_line(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


def _name_it(reading: Reading, draft: Draft, c: _Candidate) -> None:
    """The "summit" of the lead gets the name that a later sentence gives it."""
    named = _new_meeting(reading, c)
    reading.drafts.remove(named)
    draft.name, draft.series = named.name, named.series
    draft.attributes.update(named.attributes)
    draft.names.update(named.names)


def _same_meeting(reading: Reading, c: _Candidate) -> Draft | None:
    """A meeting named before: same number and series, or the same name without number after "the"."""
    parse = reading.parse
    kind = _kind(reading, c)
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
        words = {w.lower().rstrip("s'’") for name in draft.names for w in re.findall(r"\w+", name)}
        if not c.ordinal and same_kind and definite and c.series in (None, draft.series) and surface <= words:
            return draft
    return None


# ---------------------------------------------------------------- visits, talks and what "the meeting" means


def _described(reading: Reading, c: _Candidate) -> None:
    """As in "an official visit to Vietnam", "talks", "the meeting": a known meeting.

    Or a new one where the text reports one.
    """
    parse = reading.parse
    if (
        c.word not in _NOMINAL
        or parse.tags[c.head] in ("NNS", "NNPS")
        and c.word not in ("talks", "discussions", "consultations")
    ):
        return
    modifiers = {parse.lower[i] for i in range(c.first, c.head)}
    if modifiers & _GENERIC - {"bilateral", "annual"} and c.word not in ("talks",):
        return
    before = parse.lower[c.first - 1] if c.first else ""
    definite = before in ("the", "this", "that", "their", "its", "his", "her", "these") or parse.lower[c.first] in (
        "'s",
        "’s",
    )
    genitive = c.first > 0 and (
        parse.words[c.first - 1] in ("'s", "’s", "'", "’")
        or any(w in ("'s", "’s") for w in parse.words[c.first : c.head])
    )
    kind = _kind(reading, c)
    if kind == "visit":
        _visit(reading, c, definite or genitive)
        return
    known = _referent(reading, c, kind) if definite else None
    if known is None and definite and kind == "bilateral-talks":
        # "the talks" of a visit that nothing else has called talks are the visit.
        known = next((d for d in reading.of_type("Meeting") if d.attributes.get("kind") == "visit"), None)
    if known is not None:
        _nominal(reading, c, known)
    elif kind in ("bilateral-talks", "call") and c.word not in _WEAK - {"call", "conversation"}:
        if c.word == "call" and not modifiers & _PHONE:
            return
        if not _talks_reported(reading, c, modifiers):
            return
        draft = _open_talks(reading, c, kind)
        _nominal(reading, c, draft, names=True)
    elif c.word in ("summit", "meeting", "conference", "ceremony", "forum") and (
        _anchored(reading, c, modifiers) or ((definite or _held_here(reading, c)) and not reading.of_type("Meeting"))
    ):
        draft = reading.draft("Meeting", _one_line(parse.quote(c.first, c.tail)))
        draft.attributes["kind"] = kind
        _nominal(reading, c, draft, names=True)


def _talks_reported(reading: Reading, c: _Candidate, modifiers: set[str]) -> bool:
    """Whether talks are reported: held by somebody, with or between somebody; else they are talk in general."""
    parse = reading.parse
    if modifiers & _TALKS_ADJECTIVES or parse.lower[c.head + 1 : c.head + 2] in (["between"], ["with"]):
        return True
    verb = parse.heads[c.head]
    if parse.tags[verb] == "IN":
        verb = parse.heads[verb]
    return parse.lower[verb] in _TALKS_VERBS


def _nominal(reading: Reading, c: _Candidate, draft: Draft, *, names: bool = False) -> None:
    parse = reading.parse
    before = c.first - 1 if c.first and parse.lower[c.first - 1] in DETERMINERS else c.first
    reading.mention(draft, before, c.head + 1, head=c.head, kind="nominal")
    draft.names[parse.quote(c.first, c.head + 1)] += 1


def _anchored(reading: Reading, c: _Candidate, modifiers: set[str]) -> bool:
    """A gathering that its own phrase tells apart: "a ceremony in Rosso", "an emergency summit"."""
    parse = reading.parse
    if modifiers & _TELLING:
        return True
    for i in range(c.head + 1, min(c.head + 6, len(parse))):
        if parse.words[i] in (",", ".", ";") or parse.tags[i].startswith("V"):
            return False
        if parse.lower[i] in ("in", "at") and i + 1 < len(parse):
            return reading.type_at(i + 1) == "Place"
    return False


def _held_here(reading: Reading, c: _Candidate) -> bool:
    parse = reading.parse
    verb = parse.heads[c.head]
    return parse.lower[verb] in (
        "held",
        "hold",
        "holds",
        "convened",
        "took",
        "attended",
        "attend",
        "chaired",
        "hosted",
        "met",
    )


def _referent(reading: Reading, c: _Candidate, kind: str) -> Draft | None:
    """The meeting that a definite description takes up: same noun first, then the main one, then the latest."""
    meetings = reading.of_type("Meeting")
    before = [span for span in reading.spans if span.draft.type == "Meeting" and span.first < c.first]
    if not before:
        return None
    nouns = {d: {w.lower() for name in d.names for w in re.findall(r"\w+", name)} for d in meetings}
    general = c.word in ("meeting", "event", "gathering", "conference", "session", "forum", "summit", "ceremony")

    def fits(draft: Draft) -> bool:
        own = draft.attributes.get("kind")
        if c.word in nouns[draft]:
            return True
        if kind in ("bilateral-talks", "call"):
            return own in ("bilateral-talks", "call")
        if c.word == "summit":
            return own == "summit"
        if c.word == "ceremony":
            return own == "signing"
        return general and (own != "visit" or c.word == "event")

    fitting = [d for d in meetings if any(s.draft is d for s in before) and fits(d)]
    if not fitting:
        return None
    main = main_meeting(reading)
    same_noun = [d for d in fitting if c.word in nouns[d]]
    if main in same_noun:
        return main
    if same_noun and c.word != "meeting":
        return same_noun[0]
    return main if main in fitting else fitting[0]


def main_meeting(reading: Reading) -> Draft | None:
    """The meeting that the document is about: the most mentioned one, the earlier of equals."""
    counts: dict[int, int] = {}
    for span in reading.spans:
        if span.draft.type == "Meeting":
            counts[id(span.draft)] = counts.get(id(span.draft), 0) + 1
    meetings = reading.of_type("Meeting")
    if not meetings:
        return None
    starts = {
        id(s.draft): s.first
        for s in sorted(reading.spans, key=lambda s: s.first, reverse=True)
        if s.draft.type == "Meeting"
    }
    lead = min(meetings, key=lambda d: starts.get(id(d), len(reading.parse)))
    # News names its own meeting first and comes back to it; one mention more of another does not outweigh that.
    return max(meetings, key=lambda d: (counts.get(id(d), 0) + 1.5 * (d is lead), -starts.get(id(d), 0)))


def _open_talks(reading: Reading, c: _Candidate, kind: str) -> Draft:
    """Talks without name: on a visit they are part of it; the second mention of talks is the first talks again."""
    for draft in reversed(reading.of_type("Meeting")):
        if draft.attributes.get("kind") in ("bilateral-talks", "call"):
            return draft
    draft = reading.draft("Meeting", _one_line(reading.parse.quote(c.first, c.head + 1)))
    draft.attributes["kind"] = kind
    return draft


def _visit(reading: Reading, c: _Candidate, definite: bool) -> None:
    """A visit is one meeting for a destination; "the visit", "his trip" take up the one before."""
    parse = reading.parse
    destination, past = visit_destination(reading, c.head)
    if destination is None and not definite:
        destination = _destination_before(reading, c)
    visits = [d for d in reading.of_type("Meeting") if d.attributes.get("kind") == "visit"]
    modifiers = {parse.lower[i] for i in range(c.first, c.head)}
    if destination is None and visits and (definite or c.word != "visit" or modifiers & _VISIT_ADJECTIVES):
        _nominal(reading, c, visits[-1])
        return
    if destination is None and not modifiers & (_VISIT_ADJECTIVES - {"first", "day", "brief"}):
        return
    for draft in visits:
        if destination is not None and draft.attributes.get("destination") in (destination.name, None):
            reading.mention(draft, c.first, past, head=c.head, kind="nominal")
            draft.names[parse.quote(c.first, c.head + 1)] += 1
            draft.attributes.setdefault("destination", destination.name)
            return
    draft = reading.draft("Meeting", _one_line(parse.quote(c.first, past)))
    draft.attributes["kind"] = "visit"
    if destination is not None:
        draft.attributes["destination"] = destination.name
    reading.mention(draft, c.first, past, head=c.head)
    draft.names[parse.quote(c.first, c.head + 1)] += 1


def _destination_before(reading: Reading, c: _Candidate) -> Draft | None:
    """As in "was in Hanoi on a state visit", "leaves for Indonesia on Monday on a working visit".

    "comes to Astana for a visit".
    """
    parse = reading.parse
    floor = max(parse.sentences[parse.sentence_of[c.head]][0], c.first - 14)
    if c.first < 2 or not any(parse.lower[i] in ("on", "for") for i in (c.first - 1, c.first - 2)):
        return None
    for span in reversed(reading.spans_in(floor, c.first, "Place", "Country")):
        i = span.first - 1
        if i >= floor and parse.lower[i] == "the":
            i -= 1
        if span.kind == "name" and i >= floor and parse.lower[i] in ("in", "to", "for"):
            return span.draft
    return None


def visit_destination(reading: Reading, head: int) -> tuple[Draft | None, int]:
    """As in "visit to Vietnam": the country or place, and the token after it."""
    parse = reading.parse
    i = head + 1
    limit = head + (14 if parse.lower[head + 1 : head + 2] in (["of"], ["by"]) else 5)
    while i < min(len(parse), limit):
        if parse.lower[i] == "to" or (parse.lower[i] == "in" and limit == head + 5):
            j = i + 1
            while (
                j < len(parse)
                and parse.lower[j] in DETERMINERS | {"kingdom", "republic", "of", "state"}
                and reading.owner[j] is None
            ):
                j += 1
            span: Span | None = reading.owner[j] if j < len(parse) else None
            if span is None and parse.lower[j : j + 1] in (["country"], ["nation"], ["republic"]):
                named = [s for s in reading.spans if s.draft.type == "Country" and s.first < head]
                return (max(named, key=lambda s: s.first).draft if named else None), j + 1
            if span is not None and span.draft.type in ("Country", "Place"):
                return span.draft, span.past
            return None, head + 1
        if parse.tags[i].startswith("V") or parse.words[i] in (".", ",", ";"):
            break
        i += 1
    return None, head + 1


def find_visits_by_verb(reading: Reading) -> None:
    """Nothing to add yet: a verb ("visited Hanoi") gives the fact `visited`, not a meeting of its own."""
