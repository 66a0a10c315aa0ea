"""Who carries a project out, builds it, runs it, or benefits from it by name: `participatesIn`."""

from __future__ import annotations

from kg.extract.facts.things import Things
from kg.extract.frames import Frame
from kg.extract.reading import Draft
from kg.extract.wordlists import word_list

_DOING = word_list("partakers", "doing")  # "implements X"
_WITH_PARTICLE = {"carry": "out", "put": "effect", "set": "up"}
_JOINING = frozenset(("participate", "partake", "join", "benefit", "take"))
_SERVING = frozenset(("benefit", "serve", "link", "connect", "cover", "train"))
_COMPANIONS = frozenset(("with", "alongside"))
_WORKS = frozenset(("work", "works", "construction"))
_ROLES = word_list("partakers", "roles")
LEARNERS = word_list("partakers", "learners")
_JOINT = frozenset(
    ("undertaking", "venture", "project", "initiative", "effort", "work", "scheme", "programme", "program")
)


def find_partakers(things: Things, frames: list[Frame]) -> None:
    """All rules of this file, in order."""
    for frame in frames:
        modality = things.holds(frame)
        if modality is None:
            continue
        if frame.base in _DOING:
            _carries_out(things, frame, modality)
        if frame.base in _ENTRUSTING:
            _entrusted(things, frame, modality)
        if frame.base in _STAGING:
            _staged_in(things, frame, modality)
        if frame.base in _JOINING:
            _takes_part(things, frame, modality)
        if frame.base in _SERVING:
            _serves(things, frame, modality)
    _role_nouns(things)
    _joint_undertakings(things)
    _learners(things)


def _say(things: Things, actors: list[Draft], project: Draft, token: int, rule: str, modality: str = "actual") -> None:
    for actor in actors:
        things.reading.say(actor, "participatesIn", project, token, rule=rule, modality=modality, confidence=0.8)


def _carries_out(things: Things, frame: Frame, modality: str) -> None:
    """As in "is run by A together with B", "which A carries out", "ZESCO and ESCOM will build it jointly"."""
    parse = things.parse
    particle = _WITH_PARTICLE.get(frame.base)
    if particle is not None and particle not in parse.lower[frame.verb + 1 : frame.verb + 4]:
        return
    if frame.base == "put" and not frame.passive or "to" in frame.auxiliaries and parse.deps[frame.verb] == "advcl":
        return  # "is lending 64 million to rebuild"
    doers = things.state_doers(frame)
    if not doers and parse.tags[frame.verb] == "VBN":
        by = next((i for i in range(frame.verb + 1, min(frame.verb + 5, len(parse))) if parse.lower[i] == "by"), None)
        doers = things.listed_after(by) if by is not None else []
    project = _done(things, frame)
    if project is None:
        return
    _say(things, doers, project, frame.verb, f"verb: {frame.base}", modality)
    partners = [d for d in _companions(things, frame) if d not in doers]
    _say(things, partners, project, frame.verb, "carries out with", modality)
    if len(doers) == 1:
        for partner in partners:
            things.reading.say(
                doers[0], "cooperatesWith", partner, frame.verb, rule="carries out with", modality=modality
            )


_ENTRUSTING = frozenset(("entrust", "award", "contract"))
_STAGING = frozenset(("implement", "carry", "launch", "pilot"))


def _entrusted(things: Things, frame: Frame, modality: str) -> None:
    """As in "the dredging was entrusted to X", "the contract for the bridge was awarded to Y"."""
    words = {things.parse.lower[t] for t in frame.objects}
    project = _done(things, frame) or (things.before(frame.verb, "Project") if "contract" in words else None)
    takers = [d for d in things.actors.all(frame.with_preposition("to")) if d.type == "Organization"]
    if frame.passive and project is not None:
        _say(things, takers, project, frame.verb, "entrusted to", modality)


def _staged_in(things: Things, frame: Frame, modality: str) -> None:
    """As in "the programme will be carried out in Kenya, Uganda and Chad"."""
    project = _done(things, frame) if frame.passive else None
    countries = [d for d in things.states(frame.with_preposition("in")) if d.type == "Country"]
    if project is not None and len(countries) > 1:
        _say(things, countries, project, frame.verb, "carried out in", modality)


def _done(things: Things, frame: Frame) -> Draft | None:
    """The project that is carried out; "the works" are those of the project named last."""
    found = things.objects(frame, "Project")
    if found:
        return found[0]
    if any(things.parse.lower[t] in _WORKS for t in frame.objects):
        return things.before(frame.verb, "Project")
    return None


def _companions(things: Things, frame: Frame) -> list[Draft]:
    """As in "together with B", "alongside B", "with the participation of B", "in partnership with B"."""
    parse = things.parse
    _, past = parse.sentences[parse.sentence_of[frame.verb]]
    for i in range(frame.verb + 1, min(past, frame.verb + 22)):
        if parse.lower[i] in _COMPANIONS and (
            parse.lower[i - 1] in ("together", "jointly", "partnership", "cooperation", "collaboration", "conjunction")
            or parse.lower[i] == "alongside"
            or frame.verb == i - 1
        ):
            return things.listed_after(i)
        if parse.words[i] == ";":
            break
    return []


def _takes_part(things: Things, frame: Frame, modality: str) -> None:
    """As in "A and B take part in it", "A joined the project", "A will benefit from the project"."""
    if frame.base == "take" and "part" not in things.parse.lower[frame.verb + 1 : frame.verb + 4]:
        return
    prepositions = ("from",) if frame.base == "benefit" else ("in",)
    tokens = frame.with_preposition(*prepositions) if frame.base != "join" else frame.objects
    found = [d for t in tokens if (d := things.at(t, "Project")) is not None]
    project = found[0] if found else None
    if project is None and frame.base != "join":
        project = things.relative(frame.verb, "Project")
    if project is not None:
        _say(things, things.state_doers(frame), project, frame.verb, f"verb: {frame.base}", modality)


def _serves(things: Things, frame: Frame, modality: str) -> None:
    """As in "the project will benefit Mali and Niger", "the programme has trained officials from A and B"."""
    subjects = [d for t in frame.subjects if (d := things.at(t, "Project")) is not None]
    relative = things.relative(frame.verb, "Project")
    project = subjects[0] if subjects else relative
    served = [d for d in things.states(frame.objects) if d.type == "Country"] or _nationals(things, frame)
    if project is not None and served and not frame.passive:
        _say(things, served, project, frame.verb, f"serves: {frame.base}", modality)


def _nationals(things: Things, frame: Frame) -> list[Draft]:
    """As in "has trained Armenians, Georgians and Iranians"."""
    spans = [things.reading.owner[t] for t in frame.objects if things.parse.tags[t] in ("NNPS", "NNS")]
    return [s.draft for s in spans if s is not None and s.draft.type == "Country"]


def _role_nouns(things: Things) -> None:
    """As in "A is the implementing agency of X", "A and B are its beneficiaries", "the contractor, A"."""
    parse = things.parse
    for i in parse.where(_ROLES):
        word = parse.lower[i]
        if word in _VAGUE and parse.lower[i - 1] not in _QUALIFIED:
            continue
        project = _of_project(things, i)
        if project is None:
            continue
        actors = _role_holders(things, i)
        _say(things, actors, project, i, f"role: {word}")


_VAGUE = frozenset(("agency", "agencies", "partner", "partners", "participant", "participants", "body"))
_QUALIFIED = frozenset(("implementing", "executing", "lead", "managing", "supervising"))


def _of_project(things: Things, noun: int) -> Draft | None:
    """The project behind "of" or before "its"; for "the contractor" alone, the one named last."""
    parse = things.parse
    for child in parse.children[noun]:
        if parse.lower[child] in ("of", "for", "in") and child > noun:
            for target in parse.children[child]:
                found = things.at(target, "Project")
                if found is not None:
                    return found
            return None
        if parse.lower[child] in ("its", "the") and child < noun:
            last = things.before(noun, "Project")
            if last is not None and parse.sentence_of[noun] > 0:
                return last
    return None


def _role_holders(things: Things, noun: int) -> list[Draft]:
    """The subject of "is the agency", or what stands in apposition to it."""
    parse = things.parse
    heads = [c for c in parse.children[noun] if parse.deps[c] == "appos"]
    if parse.deps[noun] == "attr":
        heads += [c for c in parse.children[parse.heads[noun]] if parse.deps[c] == "nsubj"]
    elif parse.deps[noun] == "appos":
        heads.append(parse.heads[noun])
    elif parse.deps[noun] == "nsubj" and parse.lower[parse.heads[noun]] in ("is", "are", "was", "were", "be"):
        heads += [c for c in parse.children[parse.heads[noun]] if parse.deps[c] == "attr"]
    return [d for h in heads for d in things.states([h])]


def _joint_undertakings(things: Things) -> None:
    """As in "X, a joint undertaking of A and B": both take part and work together."""
    parse = things.parse
    for i in parse.where(_JOINT):
        if parse.lower[i + 1 : i + 2] not in (["of"], ["by"], ["between"]) or i < 2:
            continue
        start = i
        while start > 0 and parse.tags[start - 1] in ("DT", "JJ", "NN", "HYPH"):
            start -= 1
        if parse.lower[start] not in ("a", "an") or parse.words[start - 1] not in (",", "—", "–"):
            continue
        project = things.at(i, "Project") or things.ending_before(start, "Project")
        partners = things.listed_after(i + 1)
        if project is None or len(partners) < 2:
            continue
        _say(things, partners, project, i, "joint undertaking")
        for number, one in enumerate(partners):
            for other in partners[number + 1 :]:
                things.reading.say(one, "cooperatesWith", other, i, rule="joint undertaking")


def _learners(things: Things) -> None:
    """As in "a course for nurses from Lesotho and Malawi", "open to students from A", "trained officials from A"."""
    parse = things.parse
    for i in parse.where(LEARNERS):
        first, past = parse.sentences[parse.sentence_of[i]]
        countries = _origins(things, i)
        if not countries:
            continue
        near = things.reading.spans_in(first, past, "Project") or list(things.reading.all_in(first, past, "Project"))
        project = near[0].draft if near else _pointed(things, first, past)
        if project is not None and _TEACHING & set(project.name.lower().replace("-", " ").split()):
            _say(things, countries, project, i, "learners from")


_TEACHING = word_list("partakers", "teaching")


def _origins(things: Things, noun: int) -> list[Draft]:
    """The countries behind "from", or the adjective before the noun ("Fijian civil servants")."""
    parse = things.parse
    if parse.lower[noun + 1 : noun + 2] == ["from"]:
        return [d for d in things.listed_after(noun + 1) if d.type == "Country"]
    before = things.reading.owner[noun - 1] if noun else None
    i = noun - 1
    while before is None and i > 0 and noun - i < 4 and parse.tags[i] in ("JJ", "NN", "HYPH", "CD"):
        i -= 1
        before = things.reading.owner[i]
    return (
        [before.draft] if before is not None and before.kind == "adjective" and before.draft.type == "Country" else []
    )


def _pointed(things: Things, first: int, past: int) -> Draft | None:
    """The project that "it" or "the programme" in the sentence stands for."""
    for i in range(first, past):
        if things.parse.deps[i] in ("nsubj", "nsubjpass", "pobj"):
            found = things.at(i, "Project")
            if found is not None:
                return found
    return None
