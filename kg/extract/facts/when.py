"""When a meeting was held: each date goes to the meeting of its own clause."""

from __future__ import annotations

from datetime import date, timedelta

from kg.extract.entities.known_meetings import main_meeting
from kg.extract.facts.nearness import fate_of, governing_verb, looks_ahead, meeting_near, prepares, told_by_distance
from kg.extract.parse import Parse
from kg.extract.reading import Reading, Span
from kg.extract.wordlists import word_list
from kg.read.dates import DateExpression

_CLOSENESS = ("date after meeting", "date of the same verb", "date with verb of holding", "date beside meeting")
_TELLING = word_list("settings", "telling")
_HOLDING = word_list("settings", "holding")


def find_dates_of_meetings(reading: Reading, dates: list[DateExpression]) -> None:
    """`heldOn`: each event date goes to the meeting of its own clause; of several dates the closest counts."""
    parse = reading.parse
    found: list[tuple[str, Span, DateExpression, int]] = []
    for expression in dates:
        first, past = parse.tokens_between(expression.begin, expression.end)
        if expression.kind == "period" or first >= len(parse) or _of_dateline(parse, first, past):
            continue
        span = meeting_near(reading, first, past)
        if span is None or not _dates_meeting(reading, span, expression, first):
            continue
        rule = _closeness(reading, span, first)
        if rule is not None and not told_by_distance(reading, span, first):
            found.append((rule, span, expression, first))
    ends = {first for _, _, _, first in found if first and parse.lower[first - 1] in ("until", "till")}
    for rule, span, expression, first in sorted(found, key=lambda f: (f[3] in ends, _CLOSENESS.index(f[0]))):
        if first in ends and not reading.objects(span.draft, "heldOn"):
            continue  # "until 1 March" alone says nothing of the first day
        _say_date(reading, span, expression.value, first, rule)


def _of_dateline(parse: Parse, first: int, past: int) -> bool:
    """As in "HANOI, 14 March — Senior officials met": when a report was filed."""
    start = first
    while start > 0 and "\n" not in parse.words[start - 1] and first - start < 9:
        start -= 1
    begins = start == 0 or "\n" in parse.words[start - 1]
    after = parse.words[past : past + 1]
    ends = after and (after[0] in ("—", "–", ":", "--", "(", "/", "-") or parse.lower[past : past + 4][-1:] == ["--"])
    return begins and bool(ends) and not any(parse.tags[i].startswith("V") for i in range(start, first))


def _closeness(reading: Reading, meeting: Span, first: int) -> str | None:
    """How the date hangs on the meeting; None for the date on which somebody told of it."""
    parse = reading.parse
    if meeting.past <= first <= meeting.past + 1 or meeting.first <= first < meeting.past:
        return "date after meeting"
    token = first
    for _ in range(8):
        if meeting.first <= token < meeting.past:
            return "date after meeting"
        if parse.heads[token] == token or parse.tags[token].startswith("V"):
            break
        token = parse.heads[token]
    verb = governing_verb(reading, first)
    if parse.lower[verb] in _TELLING or prepares(reading, meeting, first):
        return None
    told_of = parse.heads[verb] if parse.deps[verb] == "relcl" else verb
    if verb in (governing_verb(reading, meeting.head), meeting.head) or meeting.first <= told_of < meeting.past:
        return "date of the same verb"
    return "date with verb of holding" if parse.lower[verb] in _HOLDING else "date beside meeting"


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
        telling = parse.lower[governing_verb(reading, first)]
        if telling in _ANNOUNCING or telling in _TELLING and looks_ahead(reading, min(starts)) == "planned":
            continue  # "announced on Friday that the summit will be held in Quito"
        here = reading.spans_in(*parse.sentences[parse.sentence_of[first]], "Meeting")
        if here and all(s.draft is not main for s in here):
            continue  # "Yesterday, X met Y", in a report on a conference
        near = abs((date.fromisoformat(published[:10]) - date.fromisoformat(expression.value)).days) <= 4
        verb = parse.tags[governing_verb(reading, first)]
        told = next(
            (s for s in reading.spans if s.draft is main and parse.sentence_of[s.first] == parse.sentence_of[first]),
            None,
        )
        if told is not None and told_by_distance(reading, told, first):
            continue  # "on 28 November, a day before Laos hosted the summit"
        if near and verb in ("VBD", "VBN") and min(parse.sentence_of[s] for s in starts) <= 3:
            reading.say(main, "heldOn", expression.value, first, rule="date of the lead", confidence=0.55)
            return


_ANNOUNCING = frozenset("announced announce announces confirmed confirm confirms".split())


def _dates_meeting(reading: Reading, span: Span, expression: DateExpression, first: int) -> bool:
    """Whether the date can be the meeting's: not "since 2004".

    And a bare year only right beside the name ("in 2014").
    """
    parse = reading.parse
    before = parse.lower[first - 1] if first else ""
    if before in ("the", "of") and first > 1:
        before = parse.lower[first - 2]
    if before in ("since", "until", "till", "by", "before") and not span.past <= first <= span.past + 2:
        return before in ("until", "till")
    if len(expression.value) == 4 and before in ("in", "of"):
        beside = span.past <= first <= span.past + 3 or span.first <= first < span.past
        verb = governing_verb(reading, first)
        # "The second meeting had taken place in Colombo in 2007."
        held = parse.lower[verb] in _HOLDING and verb == governing_verb(reading, span.head)
        return beside or held or _closeness(reading, span, first) == "date after meeting"
    if len(expression.value) == 4:
        return span.first <= first < span.past
    return True


def _say_date(reading: Reading, span: Span, value: str, token: int, rule: str) -> None:
    """The closest date counts, a more precise one instead of it; two ends make an interval.

    "Opened on 26 February and runs until 1 March", "a two-day visit that ended on Friday".
    """
    parse = reading.parse
    known = next((f for f in reading.facts if f.subject is span.draft and f.predicate == "heldOn"), None)
    if known is not None and isinstance(known.object, str):
        between = parse.lower[min(known.token, token) : max(known.token, token)]
        same_sentence = parse.sentence_of[known.token] == parse.sentence_of[token]
        until = same_sentence and not {"until", "till", "through", "ends", "ending", "concludes"}.isdisjoint(between)
        if until and "/" not in known.object and len(known.object) == len(value) == 10:
            days = [known.object, value] if known.token < token else [value, known.object]
            known.object = "/".join(days) if days[0] < days[1] else known.object
            return
        if not value.startswith(known.object) or len(known.object) >= len(value):
            return
        reading.forget([known])
    value = _whole(reading, span, value, token)
    modality = fate_of(reading, span) or looks_ahead(reading, token)
    reading.say(span.draft, "heldOn", value, token, modality=modality, rule=rule, confidence=0.8)


_ENDING = word_list("settings", "ending")


def _whole(reading: Reading, span: Span, value: str, token: int) -> str:
    """The interval that a day is the first or the last of: "ended three days of talks on Friday"."""
    parse = reading.parse
    days = _duration(parse, parse.sentence_of[token])
    if not days or len(value) != 10 or span.draft.attributes.get("kind") == "call":
        return value
    day = date.fromisoformat(value)
    first, past = parse.sentences[parse.sentence_of[token]]
    verbs = {parse.lower[governing_verb(reading, token)], parse.lower[governing_verb(reading, span.head)]}
    if not _ENDING.isdisjoint(verbs) or "end" in parse.lower[first : span.first]:
        return f"{(day - timedelta(days=days - 1)).isoformat()}/{value}"
    return f"{value}/{(day + timedelta(days=days - 1)).isoformat()}"


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
