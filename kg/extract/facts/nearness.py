"""Which meeting of a sentence a date or a place belongs to, and whether its clause looks ahead."""

from __future__ import annotations

from kg.extract.entities.actors import Actors
from kg.extract.entities.occasions import is_at_another_time, is_beside
from kg.extract.modality import modality_at, undone
from kg.extract.parse import Parse
from kg.extract.reading import Draft, Reading, Span
from kg.extract.wordlists import CALENDAR, word_list

_HOLDING = word_list("settings", "holding")
_STAYS = frozenset("stay visit trip journey tour".split())


def meeting_near(reading: Reading, first: int, past: int) -> Span | None:
    """The meeting mention of the sentence that a date or a place at these tokens belongs to.

    The nearest mention to the left in the same stretch between semicolons; else the nearest to the right; in a sentence
    without a mention the focus, if a verb of holding stands there.
    """
    parse = reading.parse
    sentence = parse.sentence_of[first]
    begin, end = parse.sentences[sentence]
    spans = [s for s in reading.spans if s.draft.type == "Meeting" and begin <= s.first < end]
    if not spans:
        focus = reading.focus.get(sentence)
        held = any(parse.lower[i] in _HOLDING for i in range(max(begin, first - 12), min(end, past + 12)))
        if (
            focus is not None
            and focus.attributes.get("kind") != "visit"
            and not _STAYS.isdisjoint(parse.lower[begin:end])
        ):
            return None  # "The stay runs until May 17": not the talks of the sentence after
        if focus is not None and held:
            return next((s for s in reading.spans if s.draft is focus), None)
        return None
    inside = [s for s in spans if s.first <= first < s.past]
    if inside:
        return inside[-1]
    before, held = _named_just_before(reading, first)
    if before is not None and held:
        return before
    # A name in quotes about the past ("since the 4th Summit in November 2008") is nearer than the main one.
    verb = governing_verb(reading, first)
    ranked = sorted(spans, key=lambda s: (_distance(reading, s, first, past, verb), s.first))
    return ranked[0]


def _distance(reading: Reading, span: Span, first: int, past: int, verb: int) -> int:
    parse = reading.parse
    gap = first - span.past if span.past <= first else span.first - past
    signs = sum(
        parse.words[i] in (",", ";", ":") for i in range(min(span.past, first), max(span.first, past)) if i < len(parse)
    )
    same_clause = 0 if governing_verb(reading, span.head) == verb else 6
    after = 3 if span.first >= past else 0
    return gap + 2 * signs + same_clause + after


def governing_verb(reading: Reading, token: int) -> int:
    parse = reading.parse
    for _ in range(12):
        head = parse.heads[token]
        if head == token:
            return token
        token = head
        if parse.tags[token].startswith("V"):
            return token
    return token


def looks_ahead(reading: Reading, token: int) -> str:
    """The modality of a date or a place: planned where a future auxiliary governs it ("will be held in Paris")."""
    parse = reading.parse
    verb = governing_verb(reading, token)
    for _ in range(2):
        auxiliaries = {parse.lower[c] for c in parse.children[verb] if parse.deps[c] in ("aux", "auxpass")}
        # "was to be held in Dakar", "is due to open in Quito"
        infinitive = "to" in auxiliaries and (parse.tags[verb] == "VB" or "be" in auxiliaries)
        if auxiliaries & {"will", "shall", "'ll"} or infinitive:
            return "planned"
        if parse.tags[verb] == "VBD" and parse.deps[verb] == "advcl":
            break  # "called on Chad to act, as they wrapped up a summit in Lusaka"
        if parse.deps[verb] not in ("xcomp", "conj", "advcl") or parse.heads[verb] == verb:
            break
        verb = parse.heads[verb]
    return "actual"


def fate_of(reading: Reading, span: Span) -> str | None:
    """Whether the meeting named there fell through: "cancelled", "postponed"; None where its clause does not say so.

    "Chad has cancelled the 5th Sahel Forum in N'Djamena", "cancelled four meetings, among them the 9th Maya Forum".
    """
    parse = reading.parse
    verb = governing_verb(reading, span.head)
    fate = undone(parse, verb)
    if fate is None or modality_at(parse, verb) != fate:
        return None
    done = [c for c in parse.children[verb] if parse.deps[c] in ("dobj", "nsubjpass", "nsubj")]
    named = {t for c in done for t in (c, *conjuncts(parse, c))}
    listed = any(parse.lower[c] in _GATHERINGS for c in done if parse.deps[c] == "dobj")
    return fate if span.head in named or listed else None


_GATHERINGS = frozenset("meeting meetings summit summits forum forums session sessions conference events event".split())


def is_habitual(reading: Reading, token: int) -> bool:
    """As in "every third year the summit is held in Japan", "usually meets in Lima": no one meeting is told of."""
    parse = reading.parse
    first, past = parse.sentences[parse.sentence_of[token]]
    if _HABIT.isdisjoint(parse.lower[first:past]):
        return False
    verb = governing_verb(reading, token)
    told = [verb, *(c for c in parse.children[verb] if parse.deps[c] in ("aux", "auxpass"))]
    if not any(parse.tags[i] in ("VBZ", "VBP") for i in told):
        return False
    near = parse.lower[max(first, verb - 12) : min(past, verb + 12)]
    return any(
        word in _ALWAYS
        or word in ("every", "each")
        and any(other.rstrip("s") in _PERIODS for other in near[i + 1 : i + 4])
        for i, word in enumerate(near)
    )


_PERIODS = frozenset("year month week day spring summer autumn winter decade quarter term january july".split())
_ALWAYS = word_list("settings", "always")
_HABIT = _ALWAYS | {"every", "each"}


def prepares(reading: Reading, meeting: Span, token: int) -> bool:
    """As in "the summit was prepared in Vienna on 20 September": when and where something else was done for it."""
    parse = reading.parse
    verb = governing_verb(reading, token)
    if parse.lower[verb] not in _PREPARING or "for" in parse.lower[max(0, token - 2) : token]:
        return False  # "a summit was agreed for 3 May"
    objects = [c for c in parse.children[verb] if parse.deps[c] in ("dobj", "nsubjpass")]
    return any(t == meeting.head for c in objects for t in (c, *conjuncts(parse, c)))


_PREPARING = word_list("settings", "preparing")


def told_by_distance(reading: Reading, meeting: Span, first: int) -> bool:
    """As in "on 28 November, a day before Zambia hosted the 10th Forum": the date is that of another event."""
    parse = reading.parse
    begin = parse.sentences[parse.sentence_of[meeting.first]][0]
    for i in range(meeting.first - 1, max(begin, meeting.first - 9), -1):
        if parse.words[i] in (";", ":") or i == first:
            return False
        if parse.lower[i] in ("before", "after") and parse.lower[i - 1].rstrip("s") in _PERIODS | {"hour"}:
            return first < i or first >= meeting.past and not _hangs_on(reading, meeting, first)
    return False


def _hangs_on(reading: Reading, meeting: Span, token: int) -> bool:
    """Whether the token stands behind the meeting's name or in a clause about it: "after the forum in Suva on 3 May",
    "before the summit, which Samarkand is to host on 4 May"."""
    parse = reading.parse
    if not {",", ";"} & set(parse.words[meeting.past : token]):
        return True
    for _ in range(12):
        if meeting.first <= token < meeting.past:
            return True
        if parse.heads[token] == token:
            break
        token = parse.heads[token]
    return False


def is_elsewhere(reading: Reading, meeting: Span, token: int) -> bool:
    """Whether the date or the place at the token is that of something else than the meeting."""
    if prepares(reading, meeting, token) or is_habitual(reading, token):
        return True
    if told_by_distance(reading, meeting, token) or _of_another_named(reading, meeting, token):
        return True
    return _is_matter(reading, meeting, token) or _behind_another(reading, meeting, token)


def _behind_another(reading: Reading, meeting: Span, token: int) -> bool:
    """As in "The meeting prepared for the 14th Forum | on 25 September": what stands right behind another's name."""
    parse = reading.parse
    other, held = _named_just_before(reading, token)
    if other is None or other.draft is meeting.draft or meeting.first <= other.first < meeting.past:
        return False
    if held:
        return True  # "the 20th Forum, held in Graz | on 3 July, and the Leaders' Meeting held in Bari"
    if is_beside(parse, other.first) or _hangs_on_name(parse, other, meeting):
        return False
    return other.head not in conjuncts(parse, meeting.head) and meeting.head not in conjuncts(parse, other.head)


def _named_just_before(reading: Reading, token: int) -> tuple[Span | None, bool]:
    """The meeting whose name ends where the place or the date at the token begins, and whether "held" stands between.

    "The 20th Forum | in | Graz", "the 20th Forum, which was held in Graz on | 3 July".
    """
    parse = reading.parse
    begin = parse.sentences[parse.sentence_of[token]][0]
    held = False
    i = token - 1
    while i > begin and token - i < 12:
        owner = reading.owner[i]
        if owner is not None and owner.draft.type == "Meeting":
            return (owner, held) if owner.kind != "verb" and i < token - 1 else (None, False)
        if owner is not None and owner.draft.type not in ("Place", "Country"):
            break
        known = parse.lower[i] in _BETWEEN or parse.lower[i] in CALENDAR or parse.words[i].isdigit()
        if owner is None and not known:
            break
        held = held or parse.lower[i] in ("held", "place", "hosted", "convened")
        i = owner.first - 1 if owner is not None else i - 1
    return None, False


_BETWEEN = frozenset("in at on from the , held which that was were took place hosted convened city of".split())


def _hangs_on_name(parse: Parse, other: Span, meeting: Span) -> bool:
    """As in "a seminar of the Habibie Forum | in Jakarta": the other one's name belongs to the meeting's."""
    token = other.head
    for _ in range(4):
        token = parse.heads[token]
        if token == meeting.head:
            return True
        if parse.tags[token].startswith("V"):
            return False
    return False


def is_day_of_telling(reading: Reading, meeting: Span, token: int) -> bool:
    """As in "the next meeting will be in Baku, X told the agency on 19 May": the day on which somebody told of it."""
    told = reading.parse.lower[governing_verb(reading, token)] in _TELLING
    return told and looks_ahead(reading, meeting.head) == "planned"


_TELLING = word_list("settings", "telling")


def _is_matter(reading: Reading, meeting: Span, token: int) -> bool:
    """As in "met in Baghdad on 29 March to reschedule a summit": when and where it was talked of."""
    parse = reading.parse
    verb = parse.heads[meeting.head]
    if parse.deps[meeting.head] != "dobj" or parse.lower[verb] not in _READIED:
        return False
    first, past = parse.subtree(verb)
    return not first <= token < past


_READIED = frozenset("prepare discuss reschedule plan arrange finalise finalize review".split())


def _of_another_named(reading: Reading, meeting: Span, token: int) -> bool:
    """As in "the Committee met in Majuro on 4 May ahead of the 52nd Forum": the place and the date are not its own."""
    if not is_at_another_time(reading.parse, meeting.first):
        return False
    if token >= meeting.past and _hangs_on(reading, meeting, token):
        return False
    first, past = reading.parse.sentences[reading.parse.sentence_of[meeting.first]]
    return any(s.draft is not meeting.draft for s in reading.spans_in(first, past, "Meeting"))


def is_stood_in_for(reading: Reading, token: int) -> bool:
    """As in "Biegun represented Secretary of State Pompeo", "on behalf of President Arévalo": who was not there."""
    parse = reading.parse
    head = parse.heads[token]
    if parse.deps[token] == "nsubjpass":
        return parse.lower[head] in ("represented", "replaced")
    if parse.deps[token] == "dobj":
        return parse.lower[head] in ("represented", "represents", "representing", "replaced", "replacing")
    return parse.deps[token] == "pobj" and parse.lower[head] == "of" and parse.lower[head - 1] in ("behalf", "instead")


def speaks_for_others(reading: Reading, person: Draft) -> bool:
    """Whether the person tells the press what others do: a spokesperson's words put nobody in the room."""
    return any("spokes" in str(title).lower() for title in reading.objects(person, "position"))


def is_remembered(reading: Reading, person: Span) -> bool:
    """As in "since the death of President X", "the late Prime Minister Y", "the passing of their first president"."""
    words = reading.parse.lower
    first = reading.parse.sentences[reading.parse.sentence_of[person.first]][0]
    return not _GONE.isdisjoint(words[max(first, person.first - 8) : person.first])


_GONE = frozenset("death passing demise late assassination funeral mausoleum tomb".split())


def is_background(reading: Reading, meeting: Span) -> bool:
    """As in "discussed preparations for the 7th session", "ahead of the summit", "the outcome of the last forum": a
    meeting that others hold or held. Who speaks of it need not go to it."""
    parse = reading.parse
    told = parse.lower[max(0, meeting.first - 1) : meeting.head]
    if not _NOT_YET.isdisjoint(told) and modality_at(parse, meeting.head) == "actual":
        return True
    if parse.deps[meeting.head] != "pobj":
        return False
    preposition = parse.heads[meeting.head]
    word, above = parse.lower[preposition], parse.lower[parse.heads[preposition]]
    if word == "of" and above in ("ahead", "eve"):
        return True
    if word in ("before", "since") or (word == "after" and "successful" in told):
        return True
    if word in ("after", "following") and modality_at(parse, parse.heads[preposition]) == "planned":
        return True  # "Following the ceremony, X and Y will hold talks"
    if parse.deps[preposition] == "agent" and parse.deps[parse.heads[preposition]] == "acl":
        return True  # "the decisions issued by the 43rd summit"
    if is_wished(reading, meeting):
        return True
    return above in _ABOUT_MEETINGS and word in ("of", "for", "to", "from", "on", "at", "by", "during")


def is_wished(reading: Reading, meeting: Span) -> bool:
    """As in "expressed hope for talks between A and B", "her call for a summit of the five"."""
    parse = reading.parse
    preposition = parse.heads[meeting.head]
    return parse.deps[meeting.head] == "pobj" and parse.lower[parse.heads[preposition]] in _WISHES


_WISHES = word_list("settings", "wishes_for_meetings")


def only_announced(reading: Reading, meeting: Draft) -> bool:
    """Whether the text speaks of the meeting as "upcoming" or "next" wherever it names it: nobody is there yet."""
    parse = reading.parse
    spans = [s for s in reading.spans if s.draft is meeting]
    return all(not _NOT_YET.isdisjoint(parse.lower[max(0, s.first - 1) : s.head]) for s in spans)


_NOT_YET = frozenset("upcoming forthcoming next".split())
_ABOUT_MEETINGS = word_list("settings", "about_meetings")


def conjuncts(parse: Parse, token: int) -> list[int]:
    """The tokens coordinated with it, from left to right."""
    found: list[int] = []
    stack = [token]
    while stack:
        for child in parse.children[stack.pop()]:
            if parse.deps[child] == "conj":
                found.append(child)
                stack.append(child)
    return sorted(found)


def opening_of(reading: Reading, span: Span, actors: Actors) -> int:
    """The first token of a person with the titles and countries before the name."""
    i = span.first
    floor = reading.parse.sentences[reading.parse.sentence_of[i]][0]
    while i > floor and (
        actors.office_tokens[i - 1]
        or reading.type_at(i - 1) == "Country"
        or reading.parse.lower[i - 1]
        in ("'s", "’s", "its", "the", "mr", "ms", "dr", "mr.", "ms.", "dr.", "mrs", "mrs.")
    ):
        i -= 1
    return i
