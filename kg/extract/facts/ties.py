"""Lasting ties: memberships that the text spells out, parents of frameworks, funding by noun, stated cooperation."""

from __future__ import annotations

import functools

from kg.extract.entities.actors import Actors
from kg.extract.facts.adoption import find_adoptions
from kg.extract.facts.members import OUT, find_members, is_apposed
from kg.extract.facts.money import find_money, find_money_of_papers
from kg.extract.facts.parents import find_parents
from kg.extract.facts.partakers import find_partakers
from kg.extract.facts.partners import find_partners
from kg.extract.facts.signers import find_signers
from kg.extract.facts.things import Things
from kg.extract.frames import Frame, build_frames, verb_forms
from kg.extract.parse import Parse
from kg.extract.reading import Draft, Reading, Span
from kg.extract.wordlists import word_list

_COOPERATION = word_list("ties", "cooperation")
_LEARNERS = word_list("partakers", "learners")


def find_ties(reading: Reading, frames: list[Frame], actors: Actors) -> None:
    """All rules of this file, in order; `frames` of other rules spare those of the verbs that they share."""
    _parents(reading)
    _beneficiaries(reading)
    _cooperation(reading, actors)
    things = Things(reading, actors)
    frames = build_frames(reading.parse, _verbs(), frames)
    if things.by_type.keys() & {"Project", "Framework"}:
        find_money(things, frames)
        find_partakers(things, frames)
        find_parents(things, frames)
        find_signers(things, frames)
        find_money_of_papers(things)
        find_adoptions(things, frames)
    find_members(things, frames)
    find_partners(things, frames)


@functools.cache
def _verbs() -> dict[str, str]:
    """Every form of every verb that the rules for ties ask for."""
    lists = [word_list("money", name) for name in ("paying", "giving", "share")]
    lists += [word_list("partakers", "doing"), word_list("parents", "done"), word_list("partners", "deepening")]
    words = frozenset().union(*lists, word_list("ties", "verbs"))
    return verb_forms(tuple(sorted(words))) | {"initialled": "initial", "initialling": "initial"}


def find_memberships(reading: Reading) -> None:
    """`memberOf` from names that list the members ("Cambodia-Laos-Myanmar-Vietnam (CLMV)") and from "members of X"."""
    for span in list(reading.spans):
        if span.draft.type not in ("Framework", "Organization") or span.draft.attributes.get("kind") == "instrument":
            continue
        inside = [s for s in reading.all_in(span.first, span.past, "Country") if s is not span]
        if len(inside) >= 3:
            for country in inside:
                reading.say(country.draft, "memberOf", span.draft, span.first, rule="members in name", confidence=0.9)
    _members_listed(reading)


_OF_MEMBERS = frozenset(
    "members member membership belongs belong comprising comprises consisting consists groups grouping gathering"
    " participating states".split()
)


def _members_listed(reading: Reading) -> None:
    """As in "A, B and C, the members of X", "X has four members: A, B, C and D", "X, to which A and B belong"."""
    parse = reading.parse
    for i in parse.where(_OF_MEMBERS):
        word = parse.lower[i]
        first, past = parse.sentences[parse.sentence_of[i]]
        countries = [s for s in reading.spans_in(first, past, "Country") if s.kind == "name"]
        if len(countries) < 3 or (
            word == "states" and parse.lower[i - 1] not in ("member", "partner", "participating")
        ):
            continue
        if word == "members" and parse.words[i + 1 : i + 2] == [","] and not is_apposed(reading, i):
            continue
        if parse.lower[i - 1] in OUT - {"partner"}:
            continue  # "associate members A, B and C"; the partner states of the East African Community are its members
        groupings = [
            s
            for s in reading.spans_in(first, past, "Framework", "Organization")
            if s.kind == "name" and s.draft.attributes.get("kind") not in ("instrument", "plan")
        ]
        grouping = (
            min(groupings, key=lambda s: abs(s.head - i)) if groupings else _grouping_in_meeting(reading, first, past)
        )
        if grouping is None:
            continue
        after = [s for s in countries if s.first > i]
        # "consists of A, B and C, with observers D, E, F and G"
        listed = (
            _longest_list(reading, countries) if word not in _UNITING or len(after) < 3 else _first_list(after, parse)
        )
        if listed and not _OTHERS.isdisjoint(_gap(reading, i, listed)):
            continue
        for country in listed:
            reading.say(country.draft, "memberOf", grouping.draft, i, rule=f"members listed: {word}", confidence=0.75)


# "members of the Union and its four partners, A, B and C", "ten members from the regions of A, B and C"
# "A, B and C began the process of joining the Bank as members"
_OTHERS = frozenset(
    "partner partners observer observers guest guests dialogue candidate candidates from plus joining join".split()
)


_UNITING = frozenset("comprising comprises consisting consists".split())


def _first_list(countries: list[Span], parse: Parse) -> list[Span]:
    run = countries[:1]
    for span in countries[1:]:
        if not set(parse.lower[run[-1].past : span.first]) <= {",", "and", "the", "&"}:
            break
        run.append(span)
    return run if len(run) > 2 else []


def _gap(reading: Reading, cue: int, listed: list[Span]) -> list[str]:
    """The words between a word of membership and the list of countries."""
    if listed[0].first > cue:
        return reading.parse.lower[cue + 1 : listed[0].first]
    return reading.parse.lower[listed[-1].past : cue]


def _grouping_in_meeting(reading: Reading, first: int, past: int) -> Span | None:
    """The series of a meeting that gathers the countries: "the CLMV meeting, gathering Cambodia, …"."""
    nested = list(reading.all_in(first, past, "Framework", "Organization"))
    return nested[0] if nested else None


def _longest_list(reading: Reading, countries: list[Span]) -> list[Span]:
    """The longest run of countries with only commas and "and" between them."""
    parse = reading.parse
    best: list[Span] = []
    run: list[Span] = []
    for span in countries:
        between = parse.lower[run[-1].past : span.first] if run else []
        if run and all(w in (",", "and", "the", "&", "as", "well", "along", "with") for w in between):
            run.append(span)
        else:
            run = [span]
        if len(run) > len(best):
            best = list(run)
    return best if len(best) >= 3 else []


def _parents(reading: Reading) -> None:
    """`underFramework`: the grouping in a plan's or a project's own name, and "within the framework of".

    "under X".
    """
    parse = reading.parse
    for span in list(reading.spans):
        draft = span.draft
        if draft.type not in ("Framework", "Project") or span.kind != "name":
            continue
        for inner in reading.all_in(span.first, span.past, "Framework"):
            if {"on", "with", "between"} & set(parse.lower[span.first : inner.first]) or _hyphened(reading, inner):
                continue  # "a statement on the Eastern Partnership", "the Alliance-Oman Pact"
            if inner.past + 1 == span.past and parse.lower[inner.past] in _GENERIC:
                continue  # "the Erasmus+ programme" is Erasmus+ itself
            if inner.draft is not draft and draft.seed is None and draft.attributes.get("kind") != "mechanism":
                reading.say(draft, "underFramework", inner.draft, span.first, rule="framework in name", confidence=0.75)
        i = span.past
        if parse.lower[i : i + 4] == ["within", "the", "framework", "of"]:
            j = i + 5 if parse.lower[i + 4 : i + 5] == ["the"] else i + 4
            outer = reading.owner[j] if j < len(parse) else None
            if outer is not None and outer.draft.type in ("Framework", "Organization"):
                reading.say(draft, "underFramework", outer.draft, i, rule="within the framework of", confidence=0.85)
        elif parse.lower[i : i + 2] == ["under", "the"] and i + 2 < len(parse):
            outer = reading.owner[i + 2]
            if outer is not None and outer.draft.type == "Framework":
                reading.say(draft, "underFramework", outer.draft, i, rule="under", confidence=0.75)


_GENERIC = frozenset("program programme initiative agreement project framework process".split())


def _hyphened(reading: Reading, span: Span) -> bool:
    parse = reading.parse
    around = (*parse.words[span.past : span.past + 1], parse.words[span.first - 1] if span.first else "")
    return not {"-", "–"}.isdisjoint(around)


def _beneficiaries(reading: Reading) -> None:
    """As in "scholarships for students from Laos and Cambodia"."""
    parse = reading.parse
    for span in list(reading.spans):
        if span.draft.type != "Project":
            continue
        for country in reading.all_in(span.first, span.past, "Country"):
            before = [w for w in parse.lower[span.first : country.first] if w not in ("the", "and", ",")]
            learners = not _LEARNERS.isdisjoint(before)
            if country.kind == "name" and (
                before[-1:] in (["for"], ["to"]) or learners and {"from", "of"} & set(before)
            ):
                reading.say(
                    country.draft,
                    "participatesIn",
                    span.draft,
                    span.first,
                    rule="country in project's name",
                    confidence=0.7,
                )


def _cooperation(reading: Reading, actors: Actors) -> None:
    """As in "cooperation between X and Y", "Vietnam-Laos cooperation", "the partnership of X and Y".

    Relations and ties are no cooperation: "relations between Armenia and Japan were established in 1992".
    """
    parse = reading.parse
    for i in parse.where(_COOPERATION):
        if reading.owner[i] is not None:
            continue
        pair: list[Draft] = []
        if parse.lower[i + 1 : i + 2] in (["between"], ["of"], ["among"]):
            j = i + 2 + (parse.lower[i + 2 : i + 3] == ["the"])
            span = reading.owner[j] if j < len(parse) else None
            group = actors.groups.get(id(span), []) if span is not None else []
            pair = [s.draft for s in group if s.draft.type in ("Country", "Organization")]
        else:
            pair = _hyphen_pair(reading, i)
        pair = list(dict.fromkeys(pair))
        if len(pair) in (2, 3):
            for a, one in enumerate(pair):
                for other in pair[a + 1 :]:
                    reading.say(one, "cooperatesWith", other, i, rule="cooperation between", confidence=0.75)


def _hyphen_pair(reading: Reading, i: int) -> list[Draft]:
    """As in "Thai-Cambodian cooperation", "Vietnam - Laos comprehensive cooperation"."""
    parse = reading.parse
    j = i
    while (
        j > 0
        and i - j < 8
        and (
            parse.tags[j - 1] in ("JJ", "NN", "NNP", "HYPH", "NNS", ",", "CC", "NNPS")
            or parse.words[j - 1] in ("-", "–")
        )
    ):
        j -= 1
    spans = list(reading.spans_in(j, i, "Country"))
    for left, right in zip(spans, spans[1:], strict=False):
        if parse.words[left.past : right.first] in (["-"], ["–"]):
            return [left.draft, right.draft]
    return []
