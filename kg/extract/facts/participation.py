"""Who took part in a meeting, led a delegation, chaired or hosted, beyond what a verb with its arguments states."""

from __future__ import annotations

from kg.extract.entities.actors import Actors
from kg.extract.facts.focus import focus_at
from kg.extract.facts.implied import find_implied_presence, reported_gathering
from kg.extract.facts.leading import find_chairs, find_chairs_by_noun, find_delegations, find_heads_of_delegations
from kg.extract.facts.nearness import governing_verb, is_stood_in_for, speaks_for_others
from kg.extract.facts.presence import find_presence
from kg.extract.facts.together import find_chairs_together
from kg.extract.frames import Frame
from kg.extract.modality import modality_at, modality_of
from kg.extract.reading import Draft, DraftFact, Reading
from kg.extract.wordlists import word_list

_SPEECH = word_list("participation", "speech")
_ACTING = word_list("participation", "acting")
_HIGH_OFFICES = word_list("participation", "high_offices")
_SPEAKING = word_list("participation", "speaking")


def find_participation(reading: Reading, frames: list[Frame], actors: Actors) -> None:
    """All rules of this file, in order."""
    find_delegations(reading, actors)
    _attendance_lists(reading, actors)
    _speakers_at_meetings(reading, frames, actors)
    _also_present(reading)
    _were_there(reading, actors)
    _represented(reading, frames, actors)
    _holders(reading, frames, actors)
    _speeches(reading, actors)
    _representatives_sent(reading, frames, actors)
    find_chairs_by_noun(reading, actors)
    find_chairs(reading, frames, actors)
    find_heads_of_delegations(reading, actors)
    _acting_at_the_summit(reading, frames, actors)
    _sides_of_encounters(reading)
    find_presence(reading, frames, actors)
    _implied_attendance(reading)
    find_implied_presence(reading, frames, actors)
    find_chairs_together(reading)


def _sides_of_encounters(reading: Reading) -> None:
    """Whom a verb brings together ("A met B", "A telephoned B") are at the meeting that it reports."""
    for draft in reading.of_type("Meeting"):
        span = next((s for s in reading.spans if s.draft is draft and s.kind == "verb"), None)
        if span is None:
            continue
        modality = modality_at(reading.parse, span.head)
        leaders = [side for side in draft.sides if side.type == "Leader"]
        two = draft.attributes.get("kind") in ("call", "bilateral-talks", "visit")
        for side in leaders if two and leaders else draft.sides:
            if side.type == "Organization":
                continue  # "The Committee will convene in Lodwar": whose meeting it is
            reading.say(side, "attended", draft, span.head, modality=modality, rule="side by verb", confidence=0.8)


def _also_present(reading: Reading) -> None:
    """As in "Thai Prime Minister X, also present, said …", "X was also present"."""
    parse = reading.parse
    for i in parse.where(("present",)):
        if parse.tags[i].startswith("V"):
            continue
        first, _ = parse.sentences[parse.sentence_of[i]]
        meeting = focus_at(reading, i)
        before = reading.spans_in(max(first, i - 5), i, "Leader")
        if meeting is not None and before and i - before[-1].past <= 3:
            reading.say(before[-1].draft, "attended", meeting, i, rule="also present", confidence=0.75)


def _were_there(reading: Reading, actors: Actors) -> None:
    """As in "X and Y were there", "A, B and C were represented by ambassadors"."""
    parse = reading.parse
    for i in parse.where(("there", "represented", "attendance", "hand")):
        word = parse.lower[i]
        if i < 2:
            continue
        back = i - 1 if word in ("there", "represented") else i - 2
        if parse.lower[back] not in ("was", "were", "is", "are", "be", "been"):
            continue
        first, _ = parse.sentences[parse.sentence_of[i]]
        before = reading.spans_in(first, back, "Leader", "Country", "Organization")
        meeting = focus_at(reading, i)
        if meeting is None or not before or back - before[-1].past > 3:
            continue
        for span in actors.groups.get(id(before[-1]), before[-1:]):
            if (span.draft.type == "Leader") != (word == "represented"):  # "President X was represented by Y": absent
                reading.say(span.draft, "attended", meeting, i, rule="were there", confidence=0.75)


def _represented(reading: Reading, frames: list[Frame], actors: Actors) -> None:
    """As in "Serbia was represented by President X": both are at the meeting, and X speaks for Serbia."""
    for frame in frames:
        if frame.base != "represent" or not frame.passive:
            continue
        meeting = focus_at(reading, frame.verb)
        _gapped_envoys(reading, frame, meeting)
        # "President X is represented by Y": he himself stays away.
        absent = [d for d in actors.all(frame.objects) if d.type != "Leader"]
        for envoy in (d for d in actors.all(frame.subjects, spread=False) if d.type == "Leader"):
            for country in absent[:1]:
                reading.say(envoy, "represents", country, frame.verb, rule="represented by", confidence=0.85)
            if meeting is not None:
                reading.say(envoy, "attended", meeting, frame.verb, rule="represented by", confidence=0.8)
        if meeting is not None:
            for country in absent:
                reading.say(country, "attended", meeting, frame.verb, rule="represented by", confidence=0.75)


def _gapped_envoys(reading: Reading, frame: Frame, meeting: Draft | None) -> None:
    """As in "Estonia was represented by X | and Lithuania by Minister Y": the verb is left out."""
    parse = reading.parse
    past = parse.sentences[parse.sentence_of[frame.verb]][1]
    for state in reading.spans_in(frame.verb, past, "Country", "Organization"):
        if state.kind != "name" or parse.lower[state.past : state.past + 1] != ["by"]:
            continue
        if parse.lower[state.first - 1] not in ("and", ",", ";", "the"):
            continue
        after = reading.spans_in(state.past, min(past, state.past + 8), "Leader")
        for envoy in after[:1]:
            reading.say(envoy.draft, "represents", state.draft, state.past, rule="represented by", confidence=0.85)
            if meeting is not None:
                for one in (envoy.draft, state.draft):
                    reading.say(one, "attended", meeting, state.past, rule="represented by", confidence=0.8)


def _holders(reading: Reading, frames: list[Frame], actors: Actors) -> None:
    """Who holds a meeting is at it: "X, Y and Z held a trilateral meeting", "the Union held its summit"."""
    for frame in frames:
        if frame.base not in ("hold", "have") or frame.passive or frame.negated:
            continue
        meetings = [
            s.draft for s in (reading.owner[t] for t in frame.objects) if s is not None and s.draft.type == "Meeting"
        ]
        modality = modality_of(reading.parse, frame)
        there = actors.all(frame.subjects)
        focus = focus_at(reading, frame.verb)
        plain = [t for t in frame.objects if reading.parse.lower[t] == "meeting" and _is_plain(reading, t)]
        if not meetings and focus is not None and plain:
            meetings = [focus]  # "X and his counterparts held a meeting", after the leaders' meeting has been told
        if [d.type for d in there] == ["Organization"]:
            continue  # "The Commission held its 38th meeting": whose meeting it is
        for meeting in meetings[:1]:
            for one in there:
                reading.say(one, "attended", meeting, frame.verb, modality=modality, rule="holds", confidence=0.75)
            leaders = [d for d in there if d.type == "Leader"]
            if 2 <= len(leaders) <= 3 and meeting.attributes.get("kind") != "summit":
                for a, one in enumerate(leaders):
                    for other in leaders[a + 1 :]:
                        reading.say(
                            one, "met", other, frame.verb, modality=modality, rule="hold a meeting", confidence=0.75
                        )


def _is_plain(reading: Reading, noun: int) -> bool:
    """As in "a meeting", not "a separate meeting", "a face-to-face meeting"."""
    return all(reading.parse.deps[c] in ("det", "prep", "acl", "relcl", "punct") for c in reading.parse.children[noun])


def _speeches(reading: Reading, actors: Actors) -> None:
    """As in "in an address to the 9th forum", "X's speech at the forum", "in remarks to the Conference"."""
    parse = reading.parse
    for i in parse.where(_SPEECH):
        if parse.lower[i + 1 : i + 2] not in (["to"], ["at"], ["before"], ["in"]):
            continue
        first, past = parse.sentences[parse.sentence_of[i]]
        meetings = reading.spans_in(i + 1, min(past, i + 8), "Meeting")
        owner = next((c for c in parse.children[i] if parse.deps[c] == "poss"), None)
        speakers = actors.at(owner, spread=False) if owner is not None else []
        if not speakers:
            here = [s.draft for s in reading.spans_in(first, past, "Leader")]
            speakers = here[:1] if len(set(map(id, here))) == 1 else []
        for speaker in speakers:
            if meetings and speaker.type == "Leader":
                reading.say(speaker, "attended", meetings[0].draft, i, rule="speech at meeting", confidence=0.8)


_ENVOYS = frozenset(
    "representatives representative envoy presidents leaders delegation delegations delegates officials ministers"
    " minister".split()
)


def _representatives_sent(reading: Reading, frames: list[Frame], actors: Actors) -> None:
    """As in "to which the Bank had sent two envoys", "X sent a delegation to the summit"."""
    parse = reading.parse
    for frame in frames:
        if frame.base != "send" or frame.negated:
            continue
        _envoys_sent(reading, frame, actors)
        if _ENVOYS.isdisjoint(parse.lower[t] for t in frame.objects):
            continue
        meeting = focus_at(reading, frame.verb)
        if meeting is not None:
            for sender in actors.all(frame.subjects):
                reading.say(sender, "attended", meeting, frame.verb, rule="sent representatives", confidence=0.75)


def _acting_at_the_summit(reading: Reading, frames: list[Frame], actors: Actors) -> None:
    """Office holders who speak in a report on one gathering speak there: "X told the leaders", "Y asked for"."""
    main = reported_gathering(reading)
    if main is None:
        return
    parse = reading.parse
    for frame in frames:
        if parse.tags[frame.verb] not in ("VBD", "VBG", "VBN"):
            continue  # "she says before the first question": an interview
        if frame.base not in _ACTING or frame.negated or reading.focus.get(parse.sentence_of[frame.verb]) is not main:
            continue
        first, past = parse.sentences[parse.sentence_of[frame.verb]]
        # "X said that the summit had shown unity" does not put X there; "at the summit" has a rule of its own.
        if reading.spans_in(first, past, "Meeting"):
            continue
        for speaker in actors.all(frame.subjects, spread=False):
            if speaker.type == "Leader" and _holds_high_office(reading, speaker):
                reading.say(speaker, "attended", main, frame.verb, rule="speaks in the report", confidence=0.6)


def _holds_high_office(reading: Reading, person: Draft) -> bool:
    titles = [str(title).lower() for title in reading.objects(person, "position")]
    return any(word in title for title in titles for word in _HIGH_OFFICES) and not speaks_for_others(reading, person)


def _envoys_sent(reading: Reading, frame: Frame, actors: Actors) -> None:
    """As in "Bahrain sent Foreign Minister X": X speaks for the sender, and is at the meeting in question."""
    meeting = focus_at(reading, frame.verb)
    senders = [d for d in actors.all(frame.subjects) if d.type in ("Country", "Organization")]
    for envoy in (d for d in actors.all(frame.objects) if d.type == "Leader"):
        if len(senders) == 1:
            reading.say(envoy, "represents", senders[0], frame.verb, rule="sent by", confidence=0.8)
        if meeting is not None:
            reading.say(envoy, "attended", meeting, frame.verb, rule="sent to meeting", confidence=0.7)


def _attendance_lists(reading: Reading, actors: Actors) -> None:
    """As in "Attending were A, B and C.", "Also present was X", "among those present were …".

    "The participants included …".
    """
    parse = reading.parse
    for number, (first, past) in enumerate(parse.sentences):
        meeting = reading.focus.get(number)
        if meeting is None:
            continue
        cue = _attendance_cue(parse.lower, first, past)
        if cue is None:
            continue
        past = _end_of_list(parse.lower, cue, past)
        for span in reading.spans_in(cue, past, "Leader", "Country", "Organization"):
            if span.first in actors.named_office_tokens or is_stood_in_for(reading, span.head):
                continue
            if (office := actors.office_at.get(span.first)) is not None and (
                holder := actors.office_holder(office)
            ) is not None:
                reading.say(holder, "attended", meeting, cue, rule="attendance list", confidence=0.75)
                continue
            if span.first in actors.office_at and span.draft.type == "Organization":
                continue
            if span.draft.type == "Leader" or _is_delegation(reading, span.head, actors):
                reading.say(span.draft, "attended", meeting, cue, rule="attendance list", confidence=0.8)
            elif (
                span.draft.type == "Organization"
                and span.kind == "name"
                and parse.deps[span.head] in ("conj", "nsubj", "pobj", "attr")
            ):
                reading.say(span.draft, "attended", meeting, cue, rule="attendance list", confidence=0.6)


def _end_of_list(lower: list[str], cue: int, past: int) -> int:
    """As in "was attended by A and B; C and D did not take part": the list ends at the semicolon."""
    for i in range(cue, past):
        if lower[i] == ";" and not _ABSENCE.isdisjoint(lower[i + 1 : past]):
            return i
    return past


_ABSENCE = frozenset("not n't absent no nobody nor neither stayed skipped missing".split())
_ATTENDANCE = frozenset(
    "attending present participants attendees among attended participation accompanied joined flanked".split()
)


def _attendance_cue(lower: list[str], first: int, past: int) -> int | None:
    for i in range(first, past):
        word = lower[i]
        if word not in _ATTENDANCE:
            continue
        following = lower[i + 1 : i + 4]
        if word == "attending" and following[:1] and following[0] in ("were", "was", "the", "are"):
            return i
        if word == "present" and (
            "were" in following or "was" in following or (i > first and lower[i - 1] in ("those", "also"))
        ):
            return i
        if (
            word in ("participants", "attendees")
            and following[:1]
            and following[0] in ("included", "include", "were", "of")
        ):
            return i
        if word == "among" and following[:1] == ["those"]:
            return i
        if word == "attended" and following[:1] == ["by"]:
            return i
        if word == "participation" and following[:1] == ["of"]:
            return i
        if word in ("accompanied", "joined", "flanked") and following[:1] == ["by"]:
            return i
    return None


_TAKING_PART = frozenset(
    "delegation delegations heads leaders ministers representatives officials delegates minister governments".split()
)


def _is_delegation(reading: Reading, head: int, actors: Actors) -> bool:
    """Whether a country is named as taking part: itself in the list, or its delegation, leaders, ministers."""
    parse = reading.parse
    token = head
    for _ in range(5):
        if parse.lower[token] in _TAKING_PART:
            return True
        if parse.heads[token] == token:
            break
        token = parse.heads[token]
    span = reading.owner[head]
    return (
        span is not None
        and id(span) in actors.groups
        and span.kind == "name"
        and parse.deps[head] in ("conj", "pobj", "nsubj", "attr", "dobj")
        and parse.lower[span.first - 1] not in ("in",)
    )


def _speakers_at_meetings(reading: Reading, frames: list[Frame], actors: Actors) -> None:
    """As in "Speaking at the summit, X said …", "At the meeting, X proposed …"."""
    parse = reading.parse
    for frame in frames:
        if frame.base not in _SPEAKING or frame.negated:
            continue
        first, past = parse.sentences[parse.sentence_of[frame.verb]]
        for span in reading.spans_in(first, past, "Meeting"):
            before = parse.lower[span.first - 1] if span.first else ""
            if before == "the" and span.first > 1:
                before = parse.lower[span.first - 2]
            # "told reporters that during the meeting the sides would …" puts nobody there.
            told = span.first < frame.verb or governing_verb(reading, span.head) == frame.verb
            ahead = before in ("following", "after") and modality_of(parse, frame) == "planned"
            there = before in ("at", "during", "following", "after") and not ahead
            if there and told and span.first < frame.verb + 6:
                for speaker in actors.all(frame.subjects, spread=False):
                    if speaker.type == "Leader":
                        reading.say(
                            speaker, "attended", span.draft, frame.verb, rule="speaker at meeting", confidence=0.75
                        )
                break


def _implied_attendance(reading: Reading) -> None:
    """Who chairs, leads a delegation or speaks for a side is there."""
    for fact in list(reading.facts):
        if fact.predicate in ("chaired", "ledDelegation") and isinstance(fact.object, Draft):
            reading.say(
                fact.subject,
                "attended",
                fact.object,
                fact.token,
                modality=fact.modality,
                rule="implied by " + fact.predicate,
                confidence=fact.confidence,
            )
            if fact.predicate == "ledDelegation":
                _delegation_of(reading, fact, fact.object)


def _delegation_of(reading: Reading, fact: DraftFact, meeting: Draft) -> None:
    """As in "led by Minister X of Kenya": where a country has a delegation, it is there."""
    for country in reading.objects(fact.subject, "represents"):
        if isinstance(country, Draft) and country.type == "Country":
            reading.say(
                country,
                "attended",
                meeting,
                fact.token,
                modality=fact.modality,
                rule="country of the delegation",
                confidence=0.8,
            )
