"""What a project, a paper or a plan belongs to: `underFramework`."""

from __future__ import annotations

from kg.extract.facts.things import Things
from kg.extract.frames import Frame
from kg.extract.reading import Draft, Span
from kg.extract.wordlists import word_list

CHILD = ("Project", "Framework")
PARENT = ("Framework", "Organization")
_BELONGING = {  # verb -> the words that must follow, one of each choice
    "form": (("part", "of"),),
    "belong": (("to",),),
    "fall": (("under",),),
    "come": (("under",),),
    "figure": (("in",),),
    "answer": (("to",),),
    "rest": (("on",),),
    "supplement": ((),),
    "implement": ((),),
}
_UNDER = tuple(
    tuple(phrase.split())
    for phrase in (
        "under the framework of",
        "under the umbrella of",
        "under",
        "within the framework of",
        "in the framework of",
        "as part of",
        "pursuant to",
    )
)
_PARTS = word_list("parents", "parts")
_OFFSPRING = word_list("parents", "offspring")


def find_parents(things: Things, frames: list[Frame]) -> None:
    """All rules of this file, in order."""
    for frame in frames:
        if things.holds(frame) is not None:
            if frame.base in _BELONGING:
                _belongs(things, frame)
            _done_under(things, frame)
    _parts_of(things)
    _named_after(things)
    _papers_to_papers(things)


def _say(things: Things, child: Draft | None, parent: Draft | None, token: int, rule: str) -> None:
    if child is None or parent is None or child is parent or parent.type not in PARENT:
        return
    said = [f for f in things.reading.facts if f.predicate == "underFramework"]
    if not any(f.subject is parent and f.object is child for f in said):
        things.reading.say(child, "underFramework", parent, token, rule=rule, confidence=0.8)


def _parent_after(things: Things, i: int) -> Draft | None:
    """The framework or body that begins right after token i; "the country's Clean Water Plan" too."""
    parse = things.parse
    past = parse.sentences[parse.sentence_of[min(i, len(parse) - 1)]][1]
    spans = things.reading.spans_in(i, min(past, i + 8), *PARENT)
    if not spans:
        return None
    filler = parse.tags[i : spans[0].first]
    if all(t in ("DT", "PRP$", "POS", "JJ", "NN", "NNP", "CD") for t in filler) and len(filler) <= 4:
        return spans[0].draft
    return None


def _belongs(things: Things, frame: Frame) -> None:
    """As in "the course forms part of the Voices Programme", "the scheme falls under the bank's Programme"."""
    parse = things.parse
    fronted = parse.lower[frame.verb + 1 : frame.verb + 2] != ["to"]
    if frame.base == "belong" and fronted and (above := things.relative(frame.verb, *PARENT)) is not None:
        child = next((d for t in frame.subjects if (d := things.at(t, *CHILD)) not in (None, above)), None)
        _say(things, child, above, frame.verb, "belongs: which")  # "the Strategy, to which the scheme belongs"
        return
    for words in _BELONGING[frame.base]:
        past = frame.verb + 1 + len(words)
        if tuple(parse.lower[frame.verb + 1 : past]) != words:
            continue
        child = _subject(things, frame)
        if words:
            parent = _parent_after(things, past) or things.relative(frame.verb, *PARENT)
        elif frame.passive:
            return
        else:
            parent = next((d for t in frame.objects if (d := things.at(t, "Framework"))), None)
            child = child if child is not None and child.type == "Framework" else None
        _say(things, child, parent, frame.verb, f"belongs: {frame.base}")


def _subject(things: Things, frame: Frame) -> Draft | None:
    found = [d for t in frame.subjects if (d := things.at(t, *CHILD)) is not None]
    return found[0] if found else things.relative(frame.verb, *CHILD)


def _done_under(things: Things, frame: Frame) -> None:
    """As in "the project was launched under the Plan", "X, carried out under the Strategy"."""
    if frame.base not in _DONE:
        return
    parse = things.parse
    under = _under_of(things, frame)
    if under is None:
        return
    parent = _parent_after(things, under)
    children = [d for t in (*frame.objects, *frame.subjects) if (d := things.at(t, "Project")) is not None]
    child = children[0] if children else None
    if child is None and parse.deps[frame.verb] == "acl":
        child = things.ending_before(frame.verb, "Project")
    _say(things, child, parent, frame.verb, "done under")


_DONE = word_list("parents", "done")


def _under_of(things: Things, frame: Frame) -> int | None:
    """The token after "under", "within the framework of" among what hangs on the verb."""
    parse = things.parse
    for child in parse.children[frame.verb]:
        if parse.deps[child] != "prep":
            continue
        for words in _UNDER:
            if tuple(parse.lower[child : child + len(words)]) == words:
                return child + len(words)
    return None


def _parts_of(things: Things) -> None:
    """As in "X, part of the Y", "is the first phase of the Y", "as one of the flagship schemes of the Y"."""
    parse = things.parse
    for i in parse.where(_PARTS):
        word = parse.lower[i]
        if not (past := _of(parse.lower, i)):
            continue
        parent = _parent_after(things, past)
        if parent is None or things.reading.owner[i] is not None:
            continue
        if parent.type == "Organization" and word != "part":
            continue
        _say(things, _whole(things, i), parent, i, f"part of: {word}")


def _of(words: list[str], i: int) -> int:
    return i + 2 if words[i + 1 : i + 2] in (["of"], ["in"], ["to"]) else 0


def _whole(things: Things, noun: int) -> Draft | None:
    """What is a part: the subject of "is", what stands in apposition, the subject of a clause opened by it."""
    parse = things.parse
    head = noun
    for _ in range(3):
        if parse.deps[head] in ("pobj", "prep") and parse.lower[parse.heads[head]] in ("one", "of", "among", "as"):
            head = parse.heads[head]
    start = noun
    while start > 0 and parse.tags[start - 1] in ("DT", "JJ", "NN", "CD", "IN", "RBS", "JJS", "NNS"):
        start -= 1
    if parse.words[start - 1] == "," and start > 1:
        return things.ending_before(start - 1, *CHILD)
    if parse.deps[head] in ("attr", "appos"):
        return things.at(head, *CHILD)
    first, past = parse.sentences[parse.sentence_of[noun]]
    if start == first:
        comma = next((i for i in range(noun, past) if parse.words[i] == "," and things.reading.owner[i] is None), None)
        after = things.reading.spans_in(comma, min(past, comma + 6), *CHILD) if comma is not None else []
        return after[0].draft if after else None
    return None


def _named_after(things: Things) -> None:
    """As in "the ECO Trade Agreement", "the SAARC Development Fund": the body at the beginning of a plan's name."""
    for span in things.by_type.get("Framework", ()):
        words = set(span.draft.name.lower().split())
        if span.kind != "name" or not words & _OFFSPRING or span.draft.attributes.get("kind") == "mechanism":
            continue
        for inner in things.reading.all_in(span.first, span.past, "Organization"):
            begins = inner.first == span.first or things.parse.lower[span.first : inner.first] == ["the"]
            next_word = things.parse.words[inner.past : inner.past + 1]
            if begins and inner is not span and next_word not in (["-"], ["–"], ["/"]) and inner.kind == "name":
                _say(things, span.draft, inner.draft, span.first, "body in name")


def _papers_to_papers(things: Things) -> None:
    """As in "the Kigali Protocol to the Lake Kivu Agreement", "an action plan for the Danube Strategy"."""
    parse = things.parse
    for span in things.by_type.get("Framework", ()):
        inner = [s for s in things.reading.all_in(span.first, span.past, "Framework") if s is not span]
        for other in inner:
            before = parse.lower[max(span.first, other.first - 2) : other.first]
            if other.draft is not span.draft and _supplements(before):
                _say(things, span.draft, other.draft, span.first, "paper to paper")
        _next_paper(things, span)


def _supplements(before: list[str]) -> bool:
    return before[-1:] in (["to"], ["under"]) or before[-2:] in (
        ["to", "the"],
        ["under", "the"],
        ["implementing", "the"],
    )


def _next_paper(things: Things, span: Span) -> None:
    """As in "a Plan of Action under their Strategic Partnership"."""
    parse = things.parse
    words = parse.lower[span.past : span.past + 1]
    if words in (["under"], ["pursuant"]):
        parent = _parent_after(things, span.past + 1 + (words == ["pursuant"]))
        if parent is not None and parent.type == "Framework":
            _say(things, span.draft, parent, span.past, "paper under paper")
