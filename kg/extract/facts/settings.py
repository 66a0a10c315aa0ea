"""When and where a meeting was, and what it was part of."""

from __future__ import annotations

from datetime import date, timedelta

from kg.extract.entities.gatherings import main_meeting
from kg.extract.parse import Parse
from kg.extract.reading import Draft, Reading, Span
from kg.extract.wordlists import word_list
from kg.read.dates import DateExpression

_PLACE_PREPOSITIONS = frozenset(("in", "at", "to"))
_HOLDING = word_list("settings", "holding")
# "which brought them to Phnom Penh", "set off for Lima to attend the summit": where one goes, the meeting is.
_TRAVEL = word_list("settings", "travel")
_PART_OF = word_list("settings", "part_of")


def find_dates_of_meetings(reading: Reading, dates: list[DateExpression]) -> None:
    """`heldOn`: each event date goes to the meeting of its own clause."""
    parse = reading.parse
    for expression in dates:
        if expression.kind == "period":
            continue
        first, past = parse.tokens_between(expression.begin, expression.end)
        if first >= len(parse):
            continue
        span = _meeting_near(reading, first, past)
        if span is None:
            continue
        if not _dates_meeting(reading, span, expression, first):
            continue
        _say_date(reading, span, expression.value, first)


def date_main_meeting(reading: Reading, dates: list[DateExpression]) -> None:
    """The lead of a report dates its gathering: "leaders on Friday admitted …" above an undated "the summit"."""
    main = main_meeting(reading)
    published = reading.document.published
    if main is None or reading.objects(main, "heldOn") or not published or len(published) < 10:
        return
    starts = [s.first for s in reading.spans if s.draft is main]
    parse = reading.parse
    for expression in dates:
        first, past = parse.tokens_between(expression.begin, expression.end)
        if first >= len(parse) or parse.sentence_of[first] > 2 or len(expression.value) != 10:
            continue
        near = abs((date.fromisoformat(published[:10]) - date.fromisoformat(expression.value)).days) <= 4
        verb = parse.tags[_governing_verb(reading, first)]
        if near and verb in ("VBD", "VBN") and min(parse.sentence_of[s] for s in starts) <= 3:
            reading.say(main, "heldOn", expression.value, first, rule="date of the lead", confidence=0.55)
            return


def _ahead(reading: Reading, token: int) -> str:
    """The modality of a date or a place: planned where a future auxiliary governs it ("will be held in Paris")."""
    parse = reading.parse
    verb = _governing_verb(reading, token)
    for _ in range(2):
        auxiliaries = {parse.lower[c] for c in parse.children[verb] if parse.deps[c] in ("aux", "auxpass")}
        if auxiliaries & {"will", "shall", "'ll"} or (parse.tags[verb] == "VB" and "to" in auxiliaries):
            return "planned"
        if parse.deps[verb] not in ("xcomp", "conj", "advcl") or parse.heads[verb] == verb:
            break
        verb = parse.heads[verb]
    return "actual"


def _dates_meeting(reading: Reading, span: Span, expression: DateExpression, first: int) -> bool:
    """Whether the date can be the meeting's: not "since 2004".

    And a bare year only right beside the name ("in 2014").
    """
    parse = reading.parse
    before = parse.lower[first - 1] if first else ""
    if before in ("the", "of") and first > 1:
        before = parse.lower[first - 2]
    if before in ("since", "until", "till", "by", "before") and not span.past <= first <= span.past + 2:
        return before in ("until", "till") and bool(reading.objects(span.draft, "heldOn"))
    if len(expression.value) == 4:
        return before in ("in", "of") and (span.past <= first <= span.past + 3 or span.first <= first < span.past)
    return True


def _say_date(reading: Reading, span: Span, value: str, token: int) -> None:
    """The most precise date counts; "opened on 26 February and runs until 1 March" is an interval.

    So is "a two-day visit".
    """
    parse = reading.parse
    known = next((f for f in reading.facts if f.subject is span.draft and f.predicate == "heldOn"), None)
    if known is not None and isinstance(known.object, str):
        between = parse.lower[min(known.token, token) : max(known.token, token)]
        same_sentence = parse.sentence_of[known.token] == parse.sentence_of[token]
        until = same_sentence and not {"until", "till", "through", "ends", "ending", "concludes"}.isdisjoint(between)
        if until and "/" not in known.object and len(known.object) == len(value) == 10 and known.object < value:
            known.object = f"{known.object}/{value}"
            return
        if len(known.object) >= len(value):
            return
        reading.facts.remove(known)
    days = _duration(parse, parse.sentence_of[token])
    if days and len(value) == 10 and span.draft.attributes.get("kind") in ("visit", "forum", "summit"):
        last = date.fromisoformat(value) + timedelta(days=days - 1)
        value = f"{value}/{last.isoformat()}"
    modality = _ahead(reading, token)
    reading.say(span.draft, "heldOn", value, token, modality=modality, rule="date beside meeting", confidence=0.8)


_DAYS = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7}


def _duration(parse: Parse, sentence: int) -> int:
    """As in "a two-day visit", "a visit of two days", "to last three days": the number of days.

    0 where none is said.
    """
    first, past = parse.sentences[sentence]
    for i in range(first + 1, past):
        if parse.lower[i] in ("day", "days") and parse.lower[i - 1] in ("-", *_DAYS):
            word = parse.lower[i - 2] if parse.words[i - 1] == "-" and i - 2 >= first else parse.lower[i - 1]
            return _DAYS.get(word, 0)
    return 0


def find_places_of_meetings(reading: Reading) -> None:
    """`heldIn`: places after "in"/"at" beside the meeting, hosts by city, and the destination of a visit."""
    parse = reading.parse
    for span in list(reading.spans):
        if span.draft.type not in ("Place", "Country") or span.kind == "adjective" or span.rule:
            continue
        if not _is_location(reading, span):
            continue
        meeting = _meeting_near(reading, span.first, span.past)
        begin, end = parse.sentences[parse.sentence_of[span.first]]
        if not reading.spans_in(begin, end, "Meeting"):
            continue
        if meeting is not None and not meeting.first <= span.first < meeting.past:
            modality = _ahead(reading, span.first)
            reading.say(
                meeting.draft,
                "heldIn",
                span.draft,
                span.first,
                modality=modality,
                rule="place beside meeting",
                confidence=0.75,
            )
            _country_too(reading, meeting.draft, span)
    for draft in reading.of_type("Meeting"):
        destination = draft.attributes.pop("destination", None)
        for place in reading.of_type("Country", "Place"):
            if destination is not None and place.name == destination:
                token = next((s.first for s in reading.spans if s.draft is draft), 0)
                reading.say(draft, "heldIn", place, token, rule="destination of visit", confidence=0.85)


def _is_location(reading: Reading, span: Span) -> bool:
    parse = reading.parse
    i = span.first - 1
    while i >= 0 and parse.lower[i] in (
        "the",
        "capital",
        "city",
        "southern",
        "northern",
        "eastern",
        "western",
        "central",
        "of",
        "town",
        "resort",
        "coastal",
        "kingdom",
        "capital,",
    ):
        i -= 1
    if i >= 0 and parse.lower[i] in _PLACE_PREPOSITIONS and parse.lower[i] != "to":
        return True
    if i >= 0 and parse.lower[i] in ("to", "for") and parse.lower[_governing_verb(reading, i)] in _TRAVEL:
        return True
    if i >= 0 and parse.words[i] in (",", "(") and i > 0:
        before = reading.owner[i - 1]
        if before is None and parse.lower[i - 1] in ("city", "province"):
            before = reading.owner[i - 2]
        if before is not None and before.draft.type == "Place" and before is not span:
            return _is_location(reading, before)
    if span.draft.type == "Place" and parse.deps[span.head] in ("nsubj", "nsubjpass"):
        verb = parse.lower[parse.heads[span.head]]
        return verb in ("hosted", "hosts", "welcomed", "was", "is", "saw")
    return False


def _country_too(reading: Reading, meeting: Draft, span: Span) -> None:
    """As in "in Semarang City, Indonesia": the country beside the city holds the meeting too."""
    parse = reading.parse
    i = span.past
    while i < len(parse) and (parse.words[i] in (",", "(") or parse.lower[i] in ("city", "province", "the")):
        i += 1
    following = reading.owner[i] if i < len(parse) and i > span.past else None
    if following is not None and following.draft.type in ("Country", "Place") and following.kind == "name":
        reading.say(meeting, "heldIn", following.draft, span.first, rule="country of place", confidence=0.75)
        if following.draft.type == "Place":
            _country_too(reading, meeting, following)


def _meeting_near(reading: Reading, first: int, past: int) -> Span | None:
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
        if focus is not None and held:
            return next((s for s in reading.spans if s.draft is focus), None)
        return None
    inside = [s for s in spans if s.first <= first < s.past]
    if inside:
        return inside[-1]
    # A name in quotes about the past ("since the 4th Summit in November 2008") is nearer than the main one.
    verb = _governing_verb(reading, first)
    ranked = sorted(spans, key=lambda s: (_distance(reading, s, first, past, verb), s.first))
    return ranked[0]


def _distance(reading: Reading, span: Span, first: int, past: int, verb: int) -> int:
    parse = reading.parse
    gap = first - span.past if span.past <= first else span.first - past
    signs = sum(
        parse.words[i] in (",", ";", ":") for i in range(min(span.past, first), max(span.first, past)) if i < len(parse)
    )
    same_clause = 0 if _governing_verb(reading, span.head) == verb else 6
    after = 3 if span.first >= past else 0
    return gap + 2 * signs + same_clause + after


def _governing_verb(reading: Reading, token: int) -> int:
    parse = reading.parse
    for _ in range(12):
        head = parse.heads[token]
        if head == token:
            return token
        token = head
        if parse.tags[token].startswith("V"):
            return token
    return token


def unite_talks_with_visit(reading: Reading) -> None:
    """Talks on a visit are a meeting of their own only with a date or a venue of their own; else both are one."""
    visits = [d for d in reading.of_type("Meeting") if d.attributes.get("kind") == "visit"]
    if len(visits) != 1:
        return
    for draft in reading.of_type("Meeting"):
        own = reading.objects(draft, "heldOn") or reading.objects(draft, "heldIn")
        if draft.attributes.get("kind") == "bilateral-talks" and not own and "ordinal" not in draft.attributes:
            reading.unite(visits[0], draft)


def _talks_on_a_visit(reading: Reading) -> None:
    """Talks reported beside one visit are part of it."""
    visits = [d for d in reading.of_type("Meeting") if d.attributes.get("kind") == "visit"]
    if len(visits) != 1:
        return
    for draft in reading.of_type("Meeting"):
        if draft.attributes.get("kind") == "bilateral-talks" and not reading.objects(draft, "partOf"):
            token = next(s.first for s in reading.spans if s.draft is draft)
            reading.say(draft, "partOf", visits[0], token, rule="talks on a visit", confidence=0.6)


def _on_the_sidelines(reading: Reading) -> None:
    """As in "On the sidelines, X and Y held a trilateral meeting": part of the main meeting."""
    main = main_meeting(reading)
    parse = reading.parse
    for i, word in enumerate(parse.lower):
        if word not in ("sidelines", "margins") or parse.lower[i + 1 : i + 2] == ["of"] or main is None:
            continue
        first, past = parse.sentences[parse.sentence_of[i]]
        for span in reading.spans_in(first, past, "Meeting"):
            if span.draft is not main:
                reading.say(span.draft, "partOf", main, i, rule="on the sidelines", confidence=0.75)


def find_parts(reading: Reading) -> None:
    """`partOf`: the series in a meeting's name; "on the sidelines of", "within the framework of", "part of"."""
    parse = reading.parse
    for draft in reading.of_type("Meeting"):
        if draft.series is not None:
            token = next(s.first for s in reading.spans if s.draft is draft)
            reading.say(draft, "partOf", draft.series, token, rule="series in name", confidence=0.9)
    for i, word in enumerate(parse.lower):
        if word not in _PART_OF or i + 1 >= len(parse) or parse.lower[i + 1] not in ("of", "for"):
            continue
        j = i + 2
        while j < len(parse) and parse.lower[j] in (
            "the",
            "this",
            "that",
            "programme",
            "of",
            "its",
            "wider",
            "broader",
        ):
            j += 1
        whole = reading.owner[j] if j < len(parse) else None
        if whole is None or whole.draft.type != "Meeting":
            continue
        begin = parse.sentences[parse.sentence_of[i]][0]
        before = [s for s in reading.spans_in(begin, i, "Meeting") if s.draft is not whole.draft]
        part = before[-1].draft if before else reading.focus.get(parse.sentence_of[i])
        if before and len(before) > 1:
            part = before[0].draft
        if part is not None and part is not whole.draft:
            reading.say(part, "partOf", whole.draft, i, rule=f"{word} of", confidence=0.8)
    _on_the_sidelines(reading)
    _talks_on_a_visit(reading)
