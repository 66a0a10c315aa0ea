"""Who chaired a meeting and who led a delegation to it."""

from __future__ import annotations

from collections.abc import Iterator

from kg.extract.entities.actors import Actors
from kg.extract.facts.focus import meeting_in
from kg.extract.facts.nearness import governing_verb, only_announced, opening_of
from kg.extract.frames import Frame
from kg.extract.modality import UNREAL, modality_at, modality_of
from kg.extract.parse import Parse
from kg.extract.reading import Draft, Reading, Span
from kg.extract.wordlists import word_list

_CHAIRS = frozenset("chair co-chair chairman chairwoman chairperson co-chairs co-chairman co-chairmen chairs".split())
_PRESIDENCY = frozenset(
    "chairmanship co-chairmanship chairpersonship presidency co-presidency leadership gavel".split()
)
_CHAIRING = frozenset(("chair", "co-chair", "cochair", "preside", "moderate", "lead"))
_DELEGATIONS = word_list("leading", "delegations")
_LED = word_list("people", "leads")


def find_chairs(reading: Reading, frames: list[Frame], actors: Actors) -> None:
    """Every wording of the chair, in order."""
    parse = reading.parse
    for i, word in enumerate(parse.lower):
        if word == "chair" and parse.lower[i - 2 : i] == ["in", "the"]:
            _in_the_chair(reading, i, actors)
        if word == "chair" and parse.lower[i + 1 : i + 3] in (["fell", "to"], ["falls", "to"]):
            _say_chairs(reading, i, _after(reading, i + 2, 8, actors), "chair fell to")
        if word in _PRESIDENCY and parse.lower[i + 1 : i + 2] == ["of"] and "under" in parse.lower[max(0, i - 4) : i]:
            _say_chairs(reading, i, _after(reading, i + 1, 9, actors), "under the chairmanship")
        if word == "chair" and i > 1 and parse.lower[i - 1] == "the" and parse.lower[i - 2] in _SHARING:
            _say_chairs(reading, i, _before(reading, i - 2, 3, actors), "shared the chair")
        if word == "presiding" and not parse.capital(i):
            _say_chairs(reading, i, _before(reading, i, 3, actors), "presiding")
        if word in _CHAIRS and i:
            _as_chair(reading, i, actors)
    for frame in frames:
        _chaired_it(reading, frame, actors)


def _in_the_chair(reading: Reading, i: int, actors: Actors) -> None:
    """As in "with X in the chair", "In the chair was X", "X, in the chair for the last time"."""
    parse = reading.parse
    first, _ = parse.sentences[parse.sentence_of[i]]
    named = _after(reading, i + 1, 12, actors) if i - first <= 3 else _before(reading, i - 2, 6, actors)
    _say_chairs(reading, i, named, "in the chair")


# "X of A, Y of B and Z of C shared the chair"; "took over the chair" is another matter.
_SHARING = frozenset(("shared", "share", "shares"))
_OTHER_CHAIRS = frozenset("vice outgoing incoming former next future - deputy".split())


def _as_chair(reading: Reading, i: int, actors: Actors) -> None:
    """As in "served as chair", "the chair, X", "X, the two co-chairs", "acted as co-chairs"."""
    parse = reading.parse
    words = parse.lower
    if not _OTHER_CHAIRS.isdisjoint(words[max(0, i - 3) : i]):
        return
    back = next((j for j in range(i - 1, max(-1, i - 5), -1) if words[j] == "as"), None)
    if back is not None and not any(reading.owner[j] for j in range(back, i)):
        _say_chairs(reading, i, _before(reading, back, 3, actors), "as chair")
    if words[i + 1 : i + 2] == [","] and words[i - 1] in ("the", "current", "summit", "meeting"):
        _say_chairs(reading, i, _after(reading, i + 1, 6, actors), "the chair, X")
    if words[i + 1 : i + 2] == ["of"] and not reading.spans_in(i + 1, min(i + 5, len(words)), "Meeting"):
        return  # "Zhang Dejiang, the chairman of China's congress"
    if words[i - 1] in ("the", "two") and words[i - 2] == "," or words[i - 2 : i] == ["the", "two"]:
        _say_chairs(reading, i, _before(reading, i - 2, 3, actors), "X, the chair")


def _chaired_it(reading: Reading, frame: Frame, actors: Actors) -> None:
    """As in "X and Y co-chaired it", "X led the meeting": the meeting of the sentence, where no other is the object."""
    parse = reading.parse
    if frame.base not in _CHAIRING or frame.passive or modality_of(parse, frame) in UNREAL:
        return
    objects = [reading.owner[t] for t in frame.objects]
    meetings = [s.draft for s in objects if s is not None and s.draft.type == "Meeting"]
    if frame.base != "lead" and not meetings and any(parse.lower[t] in _ITSELF for t in frame.objects):
        first, past = parse.sentences[parse.sentence_of[frame.verb]]
        meeting = meeting_in(reading, first, past, frame.verb)
        meetings = [meeting] if meeting is not None else []
    if frame.base == "lead" and any(d.attributes.get("kind") == "visit" for d in meetings):
        return
    modality = modality_of(parse, frame)
    for meeting in meetings[:1]:
        for person in (d for d in actors.all(frame.subjects) if d.type == "Leader"):
            reading.say(person, "chaired", meeting, frame.verb, modality=modality, rule=f"{frame.base} it")


_ITSELF = frozenset(
    "it them talks session meeting discussions discussion gathering deliberations plenary event".split()
)


def _after(reading: Reading, i: int, distance: int, actors: Actors) -> list[Span]:
    """The people or the countries named within so many tokens after i, with those listed beside them."""
    parse = reading.parse
    _, past = parse.sentences[parse.sentence_of[i]]
    found = reading.spans_in(i, min(past, i + distance), "Leader", "Country")
    leaders = [s for s in found if s.draft.type == "Leader"]
    named = leaders or [s for s in found if s.kind == "name" and parse.deps[s.head] not in ("poss", "compound")]
    return actors.groups.get(id(named[0]), named[:1]) if named else []


def _before(reading: Reading, i: int, distance: int, actors: Actors) -> list[Span]:
    """The people or the country named last before i, at most so many tokens away, an apposition left out."""
    parse = reading.parse
    first, _ = parse.sentences[parse.sentence_of[i]]
    found = reading.spans_in(first, i, "Leader", "Country")
    named = found[-1:] if found and i - found[-1].past <= distance else []
    if named and named[0].draft.type == "Country" and found[-2:-1] and found[-2].draft.type == "Leader":
        named = [found[-2]] if named[0].first - found[-2].past <= 5 else named
    return actors.groups.get(id(named[0]), named) if named else []


def _say_chairs(reading: Reading, i: int, spans: list[Span], rule: str) -> None:
    parse = reading.parse
    first, past = parse.sentences[parse.sentence_of[i]]
    meeting = meeting_in(reading, first, past, i)
    modality = modality_at(parse, i)
    if meeting is None or meeting.attributes.get("kind") in ("visit", "call") or modality in UNREAL:
        return
    for span in spans:
        if span.kind != "adjective":
            reading.say(span.draft, "chaired", meeting, i, modality=modality, rule=rule, confidence=0.8)


def find_heads_of_delegations(reading: Reading, actors: Actors) -> None:
    """Every wording of who led a delegation; each is at the meeting too."""
    parse = reading.parse
    for number, (first, past) in enumerate(parse.sentences):
        del number
        nouns = [i for i in range(first, past) if parse.lower[i] in _DELEGATIONS]
        for noun in nouns[:3]:
            for span, rule in _heads(reading, noun, first, past, actors):
                _say_head(reading, span.draft, noun, rule, first, past)
            for person in _each_his_own(reading, noun, actors):
                _say_head(reading, person, noun, "heads of their delegations", first, past)


def _heads(reading: Reading, noun: int, first: int, past: int, actors: Actors) -> Iterator[tuple[Span, str]]:
    """As in "and Y that of B", "that of B by Y", "a delegation under Z", "the head of the delegation, W"."""
    words = reading.parse.lower
    leaders = reading.spans_in(first, past, "Leader")
    led = any(w in _LED for w in words[first:past])
    for span in leaders:
        opening = opening_of(reading, span, actors)
        before = words[opening - 1] if opening > first else ""
        if led and before == "by" and (noun < opening or words[first:opening].count("by") > 1):
            elliptic = any(w in ("that", "those", "one", "its") for w in words[max(first, opening - 8) : opening])
            if elliptic or words[opening - 2] in _LED or words[opening - 2] in _DELEGATIONS:
                yield span, "delegation led by"
        if led and words[span.past : span.past + 2] in (["that", "of"], ["those", "of"]):
            yield span, "that of"
        if before == "under" and 0 < opening - 1 - noun <= 3:
            yield span, "delegation under"
        headed = ["head", "of"] in (words[noun - 3 : noun - 1], words[noun - 4 : noun - 2])
        if headed and (0 <= noun - span.past <= 7 or 0 <= span.first - noun <= 3):
            yield span, "head of delegation"


def _each_his_own(reading: Reading, noun: int, actors: Actors) -> list[Draft]:
    """As in "X and Y will attend as the heads of their respective delegations"."""
    words = reading.parse.lower
    near = set(words[max(0, noun - 6) : noun])
    if words[noun] != "delegations" or not ({"their", "respective"} & near and {"heads", "leaders"} & near):
        return []
    if "as" not in near:
        return []
    verb = governing_verb(reading, noun)
    subjects = [c for c in reading.parse.children[verb] if reading.parse.deps[c] == "nsubj"]
    return [d for d in actors.all(subjects) if d.type == "Leader"]


def _say_head(reading: Reading, person: Draft, noun: int, rule: str, first: int, past: int) -> None:
    meeting = meeting_in(reading, first, past, noun)
    modality = modality_at(reading.parse, noun)
    if meeting is None or modality in UNREAL:
        return
    reading.say(person, "ledDelegation", meeting, noun, modality=modality, rule=rule, confidence=0.8)


def find_delegations(reading: Reading, actors: Actors) -> None:
    """As in "X led the Vietnamese delegation to the summit", "the delegation was led by X".

    "At the head of the … delegation was X".
    """
    parse = reading.parse
    for i in parse.where(("delegation", "delegations", "sides", "delegates", "team")):
        word = parse.lower[i]
        first, past = parse.sentences[parse.sentence_of[i]]
        leaders = _delegation_leaders(reading, i, first, past, actors)
        countries = [d for d in actors.countries_of(i) if d.type in ("Country", "Organization")]
        meeting = meeting_in(reading, first, past, i)
        modality = _planned_head(reading, i, first, past)
        if meeting is not None and modality == "actual" and only_announced(reading, meeting):
            meeting = None  # "a delegation led by X met Y and discussed the agenda of the upcoming summit"
        for leader in leaders:
            for country in countries:
                if country.type == "Country":
                    reading.say(leader, "represents", country, i, rule="leads delegation of", confidence=0.9)
            if meeting is not None:
                for predicate in ("ledDelegation", "attended"):
                    reading.say(
                        leader, predicate, meeting, i, modality=modality, rule="leads delegation", confidence=0.85
                    )
        if meeting is not None and word != "sides" and modality in ("actual", "planned"):
            for country in countries:
                reading.say(
                    country, "attended", meeting, i, modality=modality, rule="delegation at meeting", confidence=0.75
                )


def _planned_head(reading: Reading, noun: int, first: int, past: int) -> str:
    """The modality of leading a delegation: "was to be headed by X" -> planned."""
    near = range(max(first, noun - 12), min(past, noun + 16))
    verb = min(
        (j for j in near if reading.parse.lower[j] in _LED and reading.parse.tags[j].startswith("V")),
        key=lambda j: abs(j - noun),
        default=None,
    )
    return modality_at(reading.parse, verb) if verb is not None else "actual"


def _is_over(parse: Parse, token: int, below: int) -> bool:
    first, past = parse.subtree(token)
    return first <= below < past


def _delegation_leaders(reading: Reading, i: int, first: int, past: int, actors: Actors) -> list[Draft]:
    parse = reading.parse
    window = [*range(max(first, i - 12), min(past, i + 6))]
    window += [j for j in range(i + 6, min(past, i + 16)) if parse.lower[j + 1 : j + 2] == ["by"]]
    verbs = [j for j in window if parse.lower[j] in _LED]
    # "X, who leads the customs service, was not in the delegation": the verb must be about the delegation.
    verbs = [
        j
        for j in verbs
        if _is_over(parse, j, i)
        or _is_over(parse, i, j)
        or parse.lower[j + 1 : j + 2] == ["by"]
        or parse.tags[j] == "NN"
    ]
    if not verbs:
        return []
    verb = min(verbs, key=lambda j: abs(j - i))
    if verb > i or (parse.lower[verb] == "head" and parse.tags[verb].startswith("N")):
        after = reading.spans_in(verb, min(past, verb + 25), "Leader")
        return [after[0].draft] if after else []
    before = reading.spans_in(first, verb, "Leader")
    subjects = [c for c in parse.children[verb] if parse.deps[c] == "nsubj"]
    if not before and parse.lower[verb + 1 : verb + 2] != ["by"]:
        return [d for d in actors.all(subjects, spread=False) if d.type == "Leader"]  # "The minister leads the team"
    if parse.lower[verb + 1 : verb + 2] == ["by"] or not before:
        after = reading.spans_in(i, past, "Leader")
        return [after[0].draft] if after and parse.lower[verb + 1 : verb + 2] == ["by"] else []
    return [before[-1].draft]


def find_chairs_by_noun(reading: Reading, actors: Actors) -> None:
    """As in "under the chairmanship of X", "co-chaired by X and Y", "Sharing the chair were X; Y; and Z"."""
    parse = reading.parse
    for i, word in enumerate(parse.lower):
        if word not in (
            "chairmanship",
            "co-chairmanship",
            "chair",
            "presidency",
            "co-chaired",
            "chaired",
            "chairs",
            "presided",
            "presiding",
        ):
            continue
        first, past = parse.sentences[parse.sentence_of[i]]
        meeting = meeting_in(reading, first, past, i)
        if meeting is None:
            continue
        following = parse.lower[i + 1 : i + 6]
        if word in ("chairmanship", "co-chairmanship") and following[:1] == ["of"]:
            found = reading.spans_in(i, min(past, i + 20), "Leader", "Country")
            named = [s for s in found if s.first not in actors.named_office_tokens][:1]
        elif (
            (word == "chair" and "were" in following)
            or (word == "presiding" and parse.capital(i))
            or following[:1] == ["by"]
            or following[:2] == ["together", "by"]
        ):
            named = reading.spans_in(i, past, "Leader")
        else:
            continue
        listed = actors.groups.get(id(named[0]), named[:1]) if named else []
        if word in ("chair", "presiding"):
            listed = [s for s in named if s.first < _clause_end(parse.words, i, past)]
        for span in listed:
            reading.say(span.draft, "chaired", meeting, i, rule="chair by noun", confidence=0.8)


def _clause_end(words: list[str], i: int, past: int) -> int:
    """The token where the list after a chair ends: a semicolon that no "and" follows, or the sentence's end."""
    for j in range(i, past):
        if words[j] == ";" and j + 1 < past and words[j + 1] in ("the", "also", "others"):
            return j
    return past
