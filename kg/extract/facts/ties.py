"""Lasting ties: memberships that the text spells out, parents of frameworks, funding by noun, stated cooperation."""

from __future__ import annotations

from kg.extract.facts.actors import Actors
from kg.extract.reading import Draft, Reading, Span
from kg.extract.wordlists import word_list

_COOPERATION = word_list("ties", "cooperation")


def find_ties(reading: Reading, actors: Actors) -> None:
    """All rules of this file, in order."""
    _parents(reading)
    _funding(reading, actors)
    _money_for(reading, actors)
    _beneficiaries(reading)
    _cooperation(reading, actors)


def find_memberships(reading: Reading) -> None:
    """`memberOf` from names that list the members ("Cambodia-Laos-Myanmar-Vietnam (CLMV)") and from "members of X"."""
    for span in list(reading.spans):
        if span.draft.type not in ("Framework", "Organization"):
            continue
        inside = [s for s in reading.all_in(span.first, span.past, "Country") if s is not span]
        if len(inside) >= 3:
            for country in inside:
                reading.say(country.draft, "memberOf", span.draft, span.first, rule="members in name", confidence=0.9)
    _members_listed(reading)


def _members_listed(reading: Reading) -> None:
    """As in "A, B and C, the members of X", "X has four members: A, B, C and D", "X.

    To which A belongs along with B, C".
    """
    parse = reading.parse
    for i, word in enumerate(parse.lower):
        if word not in (
            "members",
            "member",
            "membership",
            "belongs",
            "belong",
            "comprising",
            "comprises",
            "consisting",
            "consists",
            "groups",
            "grouping",
            "gathering",
            "namely",
            "participating",
            "states",
        ):
            continue
        first, past = parse.sentences[parse.sentence_of[i]]
        countries = [s for s in reading.spans_in(first, past, "Country") if s.kind == "name"]
        if len(countries) < 3 or (
            word == "states" and parse.lower[i - 1] not in ("member", "partner", "participating")
        ):
            continue
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
        for country in _longest_list(reading, countries):
            reading.say(country.draft, "memberOf", grouping.draft, i, rule=f"members listed: {word}", confidence=0.75)


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


def _funding(reading: Reading, actors: Actors) -> None:
    """As in "funded by Japan", "sponsored by Vietnam", "with a loan from ADB", "granted by"."""
    parse = reading.parse
    for i, word in enumerate(parse.lower):
        if word not in ("funded", "financed", "sponsored", "granted", "supported", "bankrolled") or parse.lower[
            i + 1 : i + 2
        ] != ["by"]:
            continue
        first, past = parse.sentences[parse.sentence_of[i]]
        before = list(reading.spans_in(first, i, "Project")) or list(reading.all_in(first, i, "Project"))
        after = reading.spans_in(i, min(past, i + 12), "Country", "Organization")
        if not before or not after:
            continue
        funders = actors.groups.get(id(after[0]), after[:1])
        for funder in funders:
            reading.say(before[-1].draft, "fundedBy", funder.draft, i, rule=f"{word} by", confidence=0.85)


_MONEY = word_list("ties", "money")
_GIVING = word_list("ties", "giving")


def _money_for(reading: Reading, actors: Actors) -> None:
    """As in "the Bank approved a loan for the project", "funding for the project comes from X", "with money from X"."""
    parse = reading.parse
    for first, past in parse.sentences:
        projects = list(reading.all_in(first, past, "Project"))
        money = [i for i in range(first, past) if parse.lower[i] in _MONEY and parse.tags[i].startswith("N")]
        if not projects or not money:
            continue
        near = min(projects, key=lambda s: abs(s.head - money[0]))
        funders: list[Draft] = []
        for i in range(first, past):
            if parse.lower[i] == "from" and any(0 < i - m < 12 for m in money):
                funders += _actors_after(reading, actors, i, past)
            elif parse.lower[i] in _GIVING and parse.tags[i].startswith("V"):
                subjects = [c for c in parse.children[i] if parse.deps[c] == "nsubj"]
                funders += [d for d in actors.all(subjects) if d.type in ("Country", "Organization")]
        for funder in dict.fromkeys(funders):
            reading.say(near.draft, "fundedBy", funder, money[0], rule="money for", confidence=0.7)


def _actors_after(reading: Reading, actors: Actors, i: int, past: int) -> list[Draft]:
    """The countries and organizations listed right after a preposition."""
    after = reading.spans_in(i + 1, min(past, i + 5), "Country", "Organization")
    return [s.draft for s in actors.groups.get(id(after[0]), after[:1])] if after else []


def _beneficiaries(reading: Reading) -> None:
    """As in "scholarships for students from Laos and Cambodia".

    "assessment of e-commerce in Laos and Vietnam": countries that take part by name.
    """
    parse = reading.parse
    for span in list(reading.spans):
        if span.draft.type != "Project":
            continue
        for country in reading.all_in(span.first, span.past, "Country"):
            before = [parse.lower[i] for i in range(span.first, country.first)]
            if country.kind == "name" and any(word in ("for", "from", "to", "in") for word in before):
                reading.say(
                    country.draft,
                    "participatesIn",
                    span.draft,
                    span.first,
                    rule="country in project's name",
                    confidence=0.7,
                )


def _cooperation(reading: Reading, actors: Actors) -> None:
    """As in "cooperation between X and Y", "Vietnam-Laos relations", "the partnership of X and Y"."""
    parse = reading.parse
    for i, word in enumerate(parse.lower):
        if word not in _COOPERATION or reading.owner[i] is not None:
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
    """As in "Thai-Cambodian relations", "Vietnam - Laos comprehensive cooperation"."""
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
