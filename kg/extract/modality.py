"""Whether what a verb says has happened: actual, planned, proposed, postponed, cancelled, denied."""

from __future__ import annotations

from kg.extract.frames import Frame, is_nor
from kg.extract.parse import Parse
from kg.extract.wordlists import word_list

_FUTURE = frozenset(("will", "shall", "'ll"))
_WISH = word_list("modality", "wish")
_PLANNING = word_list("modality", "planning")
_POSTPONED = frozenset("postponed postpone postpones delayed deferred rescheduled".split())
_CANCELLED = frozenset("cancelled canceled cancel cancels cancelling scrapped".split())
_ABSENT = frozenset("skip skips skipped skipping boycott boycotts boycotted snub snubbed shun shunned".split())
_FAILED = frozenset("failed fails fail omitted forgot unable unlikely unwilling reluctant".split())
_AWAY = frozenset(("unable", "absent"))  # "were unable to join", "was absent from the summit"
_DENIED = frozenset("denied denies deny refused refuses declined rejected".split())
_PROPOSING = word_list("modality", "proposing")

# What such a clause tells did not take place, or only in a wish.
UNREAL = ("denied", "cancelled", "postponed", "proposed")


def modality_of(parse: Parse, frame: Frame) -> str:
    """The modality of a frame, from its auxiliaries, its negation and the verbs that govern it."""
    if frame.negated:
        return "denied"
    own = _with_particle(parse, frame.verb)
    if own in _ABSENT:
        return "denied"
    if own in _POSTPONED:
        return "postponed"
    if own in _CANCELLED:
        return "cancelled"
    if not _FUTURE.isdisjoint(frame.auxiliaries):
        return "planned"
    if not _WISH.isdisjoint(frame.auxiliaries):
        return "planned" if "would" in frame.auxiliaries else "proposed"
    return _governed(parse, frame)


def modality_at(parse: Parse, token: int) -> str:
    """The modality of the clause that a token stands in, from the nearest verb above it; "actual" without one."""
    for _ in range(12):
        if parse.tags[token].startswith("V"):
            return modality_of(parse, clause_frame(parse, token))
        if parse.heads[token] == token:
            break
        token = parse.heads[token]
    return "actual"


def clause_frame(parse: Parse, verb: int) -> Frame:
    """Of a verb only what modality asks for: its negation and its auxiliaries."""
    frame = Frame(verb, parse.lower[verb])
    frame.negated = any(
        parse.deps[c] == "neg" or parse.lower[c] in _NEVER or is_nor(parse, c, verb) or _is_away(parse, c)
        for c in parse.children[verb]
    )
    frame.auxiliaries = tuple(parse.lower[c] for c in parse.children[verb] if parse.deps[c] in ("aux", "auxpass"))
    return frame


def _is_away(parse: Parse, token: int) -> bool:
    return parse.deps[token] == "acomp" and parse.lower[token] in _AWAY


_NEVER = frozenset(("never", "hardly", "nobody", "no", "neither"))


def _with_particle(parse: Parse, verb: int) -> str:
    """The verb, or what it means with its particle: "was called off" -> cancelled; "has been put off" -> postponed."""
    word = parse.lower[verb]
    after = parse.lower[verb + 1 : verb + 2]
    return _PARTICLE_VERBS.get((word, after[0]), word) if after else word


def undone(parse: Parse, verb: int) -> str | None:
    """What the verb itself does to its object: "cancelled" or "postponed"."""
    word = _with_particle(parse, verb)
    return "cancelled" if word in _CANCELLED else "postponed" if word in _POSTPONED else None


_PARTICLE_VERBS = {
    **dict.fromkeys((("called", "off"), ("calls", "off"), ("call", "off"), ("calling", "off")), "cancelled"),
    **dict.fromkeys((("put", "off"), ("puts", "off"), ("putting", "off"), ("pushed", "back")), "postponed"),
}


def _is_overdue(parse: Parse, head: int) -> bool:
    """As in "it is high time that X visited Cuba", not "the first time that X visited Cuba"."""
    times = [i for i in (head, *parse.children[head]) if parse.lower[i] == "time"]
    return any(parse.lower[i - 1] in ("high", "about") and parse.lower[i - 2] in ("is", "was", "'s") for i in times)


def _governed(parse: Parse, frame: Frame) -> str:
    """As in "is scheduled to meet" -> planned; "denied that he met" -> denied; "called on X to sign" -> proposed."""
    verb = frame.verb
    infinitive = "to" in frame.auxiliaries
    for _ in range(3):
        dep, head = parse.deps[verb], parse.heads[verb]
        if _is_overdue(parse, head):
            return "proposed"
        if head == verb or dep not in ("xcomp", "ccomp", "acl", "pcomp", "prep", "advcl", "conj"):
            break
        if ";" in parse.words[min(verb, head) : max(verb, head)]:
            break  # "was attended by A and B; C did not come": the parser puts the first clause below the second
        word = _with_particle(parse, head)
        if word in _POSTPONED:
            return "postponed"
        if word in _CANCELLED:
            return "cancelled"
        if word == "close" and dep == "prep":
            return "proposed"  # "are close to signing a pact"
        if word in _FAILED and dep == "xcomp" or infinitive and _not_yet(parse, head, verb):
            return "denied"
        if word in _DENIED or any(parse.deps[c] == "neg" for c in parse.children[head]) and dep in ("xcomp", "ccomp"):
            return "denied"
        if infinitive and word in _PLANNING or infinitive and word in ("is", "are", "was", "were", "be"):
            return "planned"
        if word in _PROPOSING and dep in ("ccomp", "xcomp"):
            return "proposed"
        shared = [parse.lower[c] for c in parse.children[head] if parse.deps[c] == "aux"]
        if dep in ("conj", "xcomp") and not _FUTURE.isdisjoint(shared):
            return "planned"
        verb = head
    return "actual"


def _not_yet(parse: Parse, above: int, verb: int) -> bool:
    """As in "has yet to sign"."""
    return parse.lower[above] in ("has", "have", "had") and "yet" in parse.lower[above + 1 : verb]
