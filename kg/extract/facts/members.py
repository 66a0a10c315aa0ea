"""`memberOf`: lists behind a grouping's name, "the members of X are", "X, of which both are members", "joined X"."""

from __future__ import annotations

from kg.extract.facts.things import Things
from kg.extract.frames import Frame
from kg.extract.modality import UNREAL, modality_at
from kg.extract.reading import Draft, Reading, Span
from kg.extract.wordlists import word_list

GROUPING = ("Framework", "Organization")
_ENTERING = frozenset(("join", "accede", "enter", "admit", "belong", "swear", "found", "create", "establish"))
_UNITING = frozenset(("unite", "group", "comprise", "bring", "gather", "count", "consist", "number", "encompass"))
_GROUPS = word_list("members", "groups")
OUT = frozenset(
    (
        "observer",
        "observers",
        "applicant",
        "guest",
        "guests",
        "partner",
        "partners",
        "former",
        "not",
        "neither",
        "no",
        "never",
        "non",
        "associate",
        "candidate",
        "future",
        "potential",
    )
)


def find_members(things: Things, frames: list[Frame]) -> None:
    """All rules of this file that need actors and frames, in order."""
    for frame in frames:
        modality = things.holds(frame)
        if modality is None:
            continue
        if frame.base in _ENTERING:
            _enters(things, frame, modality)
        if frame.base in _UNITING:
            _unites(things, frame, modality)
    _member_nouns(things)
    _bracketed(things)
    _listed_of_group(things)


def _say(
    things: Things, members: list[Draft], group: Draft | None, token: int, rule: str, modality: str = "actual"
) -> None:
    if group is None or group.type not in GROUPING or group.attributes.get("kind") == "instrument" and "list" in rule:
        return
    for member in members:
        if member.type == "Country":
            things.reading.say(member, "memberOf", group, token, rule=rule, modality=modality, confidence=0.8)


def group_at(things: Things, token: int) -> Draft | None:
    """The grouping that a noun names or, as "the bloc", "it", stands for."""
    span = things.reading.owner[token]
    if span is not None:
        if span.draft.type in GROUPING:
            return span.draft if span.first <= token < span.past else None
        return None
    parse = things.parse
    if parse.tags[token] in ("WDT", "WP"):
        return None
    pointing = any(parse.lower[c] in ("the", "this", "that") for c in parse.children[token])
    if parse.lower[token] in _PAPERS and pointing:
        return things.before(token, "Framework")
    if parse.lower[token] in _GROUPS and pointing or parse.lower[token] in ("it",):
        return group_before(things, token) or things.before(token, "Framework")
    return None


_THOUGH = ("though", "although", "while")
_PAPERS = frozenset(("agreement", "treaty", "pact", "convention", "compact", "accord", "charter"))


def group_before(things: Things, token: int) -> Draft | None:
    """The grouping named last in this or the two sentences before; not a paper."""
    parse = things.parse
    found = [
        s
        for t in GROUPING
        for s in things.by_type.get(t, ())
        if s.past <= token and s.kind == "name" and _is_grouping(s.draft)
    ]
    last = max(found, key=lambda s: s.first, default=None)
    if last is None or parse.sentence_of[token] - parse.sentence_of[last.first] > 3:
        return None
    return last.draft


def _is_grouping(draft: Draft) -> bool:
    if draft.type == "Framework":
        return draft.attributes.get("kind") not in ("instrument", "plan")
    return bool(draft.seed) or bool(set(draft.name.lower().split()) & _GROUP_WORDS) or draft.name.isupper()


_GROUP_WORDS = word_list("members", "names")


def _enters(things: Things, frame: Frame, modality: str) -> None:
    """As in "Cambodia, which joined the agreement", "was admitted to the SCO", "was founded by A, B and C"."""
    parse = things.parse
    if frame.base in ("found", "create", "establish"):
        _founded(things, frame, modality)
        return
    if frame.base in ("admit", "swear"):
        if not frame.passive:
            return
        members = things.actors.all(frame.objects)
        tokens = frame.with_preposition("to", "into") or _behind(things, frame.verb, "to")
        if frame.base == "swear":
            tokens = list(_behind(things, frame.verb, "of"))
    elif frame.base in ("belong", "accede"):
        members, tokens = things.actors.all(frame.subjects), frame.with_preposition("to")
    else:
        members, tokens = things.actors.all(frame.subjects), frame.objects
    groups = [g for t in tokens if (g := group_at(things, t)) is not None]
    group = groups[0] if groups else things.relative(frame.verb, *GROUPING) if frame.base == "belong" else None
    if frame.base in ("belong",) and not members:
        members = _clause_subjects(things, frame.verb)
    past = parse.sentences[parse.sentence_of[frame.verb]][1]
    if not set(parse.lower[frame.verb : min(past, frame.verb + 12)]) & OUT:
        _say(things, members, group, frame.verb, f"enters: {frame.base}", modality)


def _behind(things: Things, verb: int, preposition: str) -> list[int]:
    parse = things.parse
    past = parse.sentences[parse.sentence_of[verb]][1]
    i = next((j for j in range(verb, min(past, verb + 12)) if parse.lower[j] == preposition), None)
    after = things.reading.spans_in(i, min(past, i + 4), *GROUPING) if i is not None else []
    return [after[0].head] if after else []


def _founded(things: Things, frame: Frame, modality: str) -> None:
    """As in "was founded in Bangkok by Indonesia, Malaysia and Thailand"."""
    parse = things.parse
    if parse.tags[frame.verb] != "VBN":
        return
    past = parse.sentences[parse.sentence_of[frame.verb]][1]
    by = next((i for i in range(frame.verb + 1, min(past, frame.verb + 9)) if parse.lower[i] == "by"), None)
    founders = [d for d in things.listed_after(by) if d.type == "Country"] if by is not None else []
    groups = [g for t in frame.objects if (g := group_at(things, t)) is not None and _is_grouping(g)]
    if len(founders) > 1 and groups:
        _say(things, founders, groups[0], frame.verb, "founded by", modality)


def _clause_subjects(things: Things, verb: int) -> list[Draft]:
    parse = things.parse
    return things.actors.all([c for c in parse.children[verb] if parse.deps[c] == "nsubj"])


def _unites(things: Things, frame: Frame, modality: str) -> None:
    """As in "the growth area brings together A, B and C", "the SCO counts A and B among its members"."""
    parse = things.parse
    after = parse.lower[frame.verb + 1 : frame.verb + 3]
    if frame.base == "bring" and "together" not in after or frame.base == "make" and "up" not in after:
        return
    if frame.base in ("bring", "gather") and parse.tags[frame.verb] == "VBD":
        return  # "the Forum brought together ministers of A and B on Friday": who came
    members = [d for d in things.actors.all(frame.objects) if d.type == "Country"]
    if len(members) < 2 or frame.passive:
        return
    past = parse.sentences[parse.sentence_of[frame.verb]][1]
    if frame.base in ("count", "number") and "members" not in parse.lower[frame.verb : past]:
        return
    groups = [g for t in frame.subjects if (g := group_at(things, t)) is not None]
    if groups and _is_grouping(groups[0]):
        _say(things, members, groups[0], frame.verb, f"unites: {frame.base}", modality)


def _member_nouns(things: Things) -> None:
    """As in "X is a founding member of Y", "Y, of which both are members", "as a member state of Y, X"."""
    parse = things.parse
    for i in parse.where(("member", "members", "signatory", "signatories", "party", "parties", "participant")):
        word = parse.lower[i]
        if word not in ("member", "members") and parse.lower[i + 1 : i + 2] not in (["to"], ["of"]):
            continue
        first, _ = parse.sentences[parse.sentence_of[i]]
        if set(parse.lower[max(first, i - 4) : i + 1]) & OUT - {"non"} or parse.lower[max(0, i - 1)] in _GROUPLESS:
            continue
        noun = i
        if parse.lower[i + 1 : i + 2] in (["state"], ["states"], ["country"], ["countries"]):
            noun = i + 1
        members = _who(things, noun)
        if members and modality_at(parse, i) not in UNREAL:
            _say(things, members, _group_of(things, noun), i, f"is member: {word}")


_GROUPLESS = frozenset(
    ("family", "board", "committee", "parliament", "cabinet", "crew", "council", "party", "faculty", "staff")
)


def _who(things: Things, noun: int) -> list[Draft]:
    """The countries that a predicate noun or an apposition is said of."""
    parse = things.parse
    dep, head = parse.deps[noun], parse.heads[noun]
    heads: list[int] = []
    if dep == "attr":
        heads = [c for c in parse.children[head] if parse.deps[c] in ("nsubj", "nsubjpass")]
        heads += [t for c in heads for t in parse.children[c] if parse.deps[c] == "conj"]
    elif dep == "appos":
        heads = [head]
    elif noun > 3 and (opening := [i for i in range(noun - 4, noun) if parse.lower[i] in _THOUGH]):
        return [s.draft for s in things.ending.get(opening[0] - 1, ()) if s.draft.type == "Country"]
    elif dep == "pobj" and parse.lower[head] == "as":
        verb = parse.heads[head]
        heads = [c for c in parse.children[verb] if parse.deps[c] == "nsubj"]
    return [d for d in things.actors.all(heads) if d.type == "Country"]


def _group_of(things: Things, noun: int) -> Draft | None:
    """The grouping behind "of", before "of which", or the one named last."""
    parse = things.parse
    for child in parse.children[noun]:
        if parse.lower[child] in ("of", "in", "to") and parse.deps[child] == "prep":
            for target in parse.children[child]:
                if parse.tags[target] in ("WDT", "WP"):
                    return things.ending_before(child, *GROUPING)
                span = things.reading.owner[target]
                if span is not None and span.draft.type in GROUPING:
                    return span.draft
                found = group_at(things, target)
                if found is not None:
                    return found
            return None
    first, _ = parse.sentences[parse.sentence_of[noun]]
    for i in range(max(first, noun - 8), noun):
        if parse.lower[i] == "which" and parse.lower[i - 1] == "of":
            return things.ending_before(i - 1, *GROUPING)
    modifiers = list(things.reading.spans_in(max(first, noun - 3), noun, *GROUPING))
    if modifiers:
        return modifiers[-1].draft
    group = group_before(things, noun)
    return group if group is not None or parse.tags[noun] != "NN" else things.before(noun, "Framework")


def _bracketed(things: Things) -> None:
    """As in "Cambodia, Laos, Myanmar and Vietnam (CLMV)", "the NB8 — Denmark, Estonia and Sweden — met"."""
    parse = things.parse
    for type in GROUPING:
        for span in things.by_type.get(type, ()):
            if span.kind != "name" or not _is_grouping(span.draft):
                continue
            past = span.past + (parse.words[span.past : span.past + 1] == [")"])
            if parse.words[past : past + 1] in (["("], ["—"], ["–"]):
                _say(things, _run_after(things, past + 1), span.draft, span.first, "list in brackets")
            if span.first and parse.words[span.first - 1] == "(" and parse.quote(span.first, span.past).isupper():
                _say(things, _run_before(things, span.first - 1), span.draft, span.first, "list before acronym")


def _run_after(things: Things, i: int) -> list[Draft]:
    """Three or more countries listed from token i on, nothing else between them."""
    parse = things.parse
    past = parse.sentences[parse.sentence_of[min(i, len(parse) - 1)]][1]
    run: list[Span] = []
    for span in things.reading.spans_in(i, past, "Country"):
        start = run[-1].past if run else i
        if not set(parse.lower[start : span.first]) <= {",", "and", "the", ";", "kingdom", "of", "republic"}:
            break
        run.append(span)
    return [s.draft for s in run] if len(run) > 2 else []


def _run_before(things: Things, i: int) -> list[Draft]:
    parse = things.parse
    first = parse.sentences[parse.sentence_of[i]][0]
    run: list[Span] = []
    for span in reversed(things.reading.spans_in(first, i, "Country")):
        end = run[-1].first if run else i
        if not set(parse.lower[span.past : end]) <= {",", "and", "the", "&"}:
            break
        run.append(span)
    return [s.draft for s in run] if len(run) > 2 else []


def is_apposed(reading: Reading, noun: int) -> bool:
    """Whether the list behind "members," says who they are: "the CEMAC members, Cameroon, Chad and Gabon,".

    Not so in "other MERCOSUR members, Chile and Japan", "ECOWAS members, Morocco and Norway": there the list goes on.
    """
    parse = reading.parse
    if noun + 2 >= len(parse) or reading.type_at(noun + 2) != "Country":
        return True
    first = noun
    while first > 0 and (parse.tags[first - 1] in _BEFORE_NOUN or reading.owner[first - 1] is not None):
        first -= 1
    if "other" in parse.lower[first:noun]:
        return False
    definite = first > 0 and parse.lower[first - 1] in ("the", "its", "their", "all", "both")
    return definite or any(parse.tags[i] == "CD" for i in range(first, noun))


_BEFORE_NOUN = frozenset("JJ NN NNP NNS CD HYPH POS VBG".split())


def _listed_of_group(things: Things) -> None:
    """As in "All eight members — A, B … — sent officials", "A, B and C are the members of the group"."""
    parse = things.parse
    for i, word in enumerate(parse.lower):
        if word in ("countries", "states", "nations"):
            _listed_countries(things, i)
        if word not in ("members", "make"):
            continue
        first, past = parse.sentences[parse.sentence_of[i]]
        if set(parse.lower[max(first, i - 4) : min(past, i + 2)]) & OUT:
            continue
        if (
            word == "members"
            and parse.words[i + 1 : i + 2] in (["—"], ["–"], [":"], [","])
            and is_apposed(things.reading, i)
        ):
            _say(things, _run_after(things, i + 2), _group_of(things, i), i, "members, listed")
        elif word == "make" and parse.lower[i + 1 : i + 2] == ["up"]:
            subjects = [c for c in parse.children[i] if parse.deps[c] == "nsubj"]
            members = [d for d in things.actors.all(subjects) if d.type == "Country"]
            objects = [c for c in parse.children[i] if parse.deps[c] == "dobj"]
            groups = [g for t in objects if (g := group_at(things, t)) is not None]
            if groups and len(members) > 2:
                _say(things, members, groups[0], i, "make up")


def _listed_countries(things: Things, noun: int) -> None:
    """As in "the five MSC countries, Brunei, Indonesia and Malaysia"."""
    parse = things.parse
    before = [s for t in GROUPING for s in things.by_type.get(t, ()) if s.past == noun and s.kind == "name"]
    if before and _is_grouping(before[-1].draft) and parse.words[noun + 1 : noun + 2] in ([","], [":"], ["—"], ["–"]):
        _say(things, _run_after(things, noun + 2), before[-1].draft, noun, "countries, listed")
