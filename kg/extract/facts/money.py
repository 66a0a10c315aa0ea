"""Who pays: `fundedBy`, from verbs of paying, from sums with their source, from "Emirati-funded" and gifts."""

from __future__ import annotations

from collections import Counter

from kg.extract.facts.loans import LOANS, find_loan_papers, find_recipients, lends
from kg.extract.facts.partakers import LEARNERS
from kg.extract.facts.payers import listed_projects, not_borrowers, thanked
from kg.extract.facts.things import STATES, Things
from kg.extract.frames import Frame
from kg.extract.reading import Draft, Reading, Span
from kg.extract.wordlists import word_list

PAID = ("Project", "Framework")
_MONEY = word_list("money", "money")
_PAYING = word_list("money", "paying")  # "funds X"
_GIVING = word_list("money", "giving")  # "lends 20 million for X"
_SHARE = word_list("money", "share")  # "covers the rest"
_AIMED = frozenset(("for", "to", "towards", "toward", "into"))
_TOWARDS = _AIMED | {"in", "through", "on"}
_GIFTS = frozenset(("gift", "donation", "present"))


def find_money(things: Things, frames: list[Frame]) -> None:
    """All rules of this file, in order."""
    for frame in frames:
        modality = things.holds(frame)
        if modality is None:
            continue
        if frame.base in _PAYING:
            _paid_by(things, frame, modality)
        if frame.base in _GIVING:
            _given_for(things, frame, modality)
        if frame.base in _SHARE:
            _share_borne(things, frame, modality)
    _sources(things)
    _hyphenated(things)
    _gifts(things)
    _national_money(things)


def find_money_of_papers(things: Things) -> None:
    """As in "signed a loan agreement with the Bank to fund X", once the signers are known."""
    for project, banks, token, modality in find_loan_papers(things):
        _say(things.reading, project, banks, token, "loan paper", modality)


def _say(reading: Reading, paid: Draft, funders: list[Draft], token: int, rule: str, modality: str = "actual") -> None:
    if paid.type == "Framework" and not _may_be_paid(paid):
        return
    for funder in funders:
        if funder.name not in paid.names and funder is not paid:
            reading.say(paid, "fundedBy", funder, token, rule=rule, modality=modality, confidence=0.8)


def _may_be_paid(framework: Draft) -> bool:
    """A fund, a programme, a loan, a plan; a treaty costs nothing."""
    return bool(set(framework.name.lower().replace("-", " ").split()) & _PAYABLE)


_PAYABLE = word_list("money", "payable")


def _paid_by(things: Things, frame: Frame, modality: str) -> None:
    """As in "funded by A and B", "which the Bank finances", "paid for by India", "Denmark pays for the wells"."""
    parse = things.parse
    funders = thanked(things, frame) or not_borrowers(things, frame, things.state_doers(frame))
    if funders is None:
        return
    paid = _paid_for(things, frame) if frame.base == "pay" else things.objects(frame, *PAID)
    if not funders and parse.tags[frame.verb] == "VBN":
        by = next((i for i in range(frame.verb + 1, min(frame.verb + 4, len(parse))) if parse.lower[i] == "by"), None)
        funders = things.listed_after(by) if by is not None else []
    if not paid and any(parse.lower[t] in _OWN_SUMS for t in frame.objects):
        last = things.before(frame.verb, "Project")
        paid = [last] if last is not None else []
    if not paid and parse.tags[frame.verb] == "VBN" and frame.passive:
        paid = _named_before(things, frame.verb)
    for draft in [*paid[:1], *listed_projects(things, paid, frame)] if funders else ():
        _say(things.reading, draft, funders, frame.verb, f"verb: {frame.base}", modality)
        _say(things.reading, draft, _channels(things, frame), frame.verb, "paid through", modality)


def _channels(things: Things, frame: Frame) -> list[Draft]:
    """As in "funded by Norway through the Danube Fund", "for which Germany has paid through KfW"."""
    found = things.actors.all(frame.with_preposition("through", "via"), spread=False)
    return [d for d in found if d.type == "Organization" and lends(d)]


_OWN_SUMS = frozenset(("loan", "credit", "works", "work", "construction", "building"))


def _named_before(things: Things, verb: int) -> list[Draft]:
    """The project named last before the verb in its sentence."""
    parse = things.parse
    first = parse.sentences[parse.sentence_of[verb]][0]
    last = things.before(verb, "Project")
    inside = [s for s in things.reading.all_in(first, verb, "Project") if s.draft is last]
    return [last] if last is not None and inside else []


def _paid_for(things: Things, frame: Frame) -> list[Draft]:
    """The object of "pay for", active or passive; "pay" alone has none."""
    parse = things.parse
    i = frame.verb + 1
    if parse.lower[i : i + 1] != ["for"]:
        return []
    if frame.passive or parse.tags[frame.verb] == "VBN" and parse.lower[i + 1 : i + 2] == ["by"]:
        before = [things.ending_before(frame.verb, *PAID)] if parse.deps[frame.verb] == "acl" else []
        found = [d for d in before if d is not None] or things.objects(frame, *PAID)
        return found or [d for t in frame.objects[:1] if (d := things.before(t, "Project"))]
    relative = things.relative(frame.verb, *PAID)
    found = [d for t in frame.with_preposition("for") if (d := things.at(t, *PAID)) is not None]
    return found or ([relative] if relative is not None else [])


def _given_for(things: Things, frame: Frame, modality: str) -> None:
    """As in "lends 40 million for X", "is putting 4 million towards X"."""
    if frame.base in ("grant", "offer", "provide", "award"):
        _grants_places(things, frame, modality)
    if not any(_is_money(things, t) for t in (*frame.objects, *_numbers_after(things, frame))):
        return
    funders = things.state_doers(frame)
    if not funders:
        return
    paid = _aim(things, frame) or things.relative(frame.verb, *PAID)
    rule = f"gives: {frame.base}"
    if paid is None and frame.base in _ADDING and not _AIMED & frame.obliques.keys():
        paid, rule = _just_before(things, frame.verb), f"gives, project before: {frame.base}"
    if paid is not None:
        _say(things.reading, paid, funders, frame.verb, rule, modality)
        _say(things.reading, paid, _channels(things, frame), frame.verb, "paid through", modality)
        if paid.type == "Project":
            find_recipients(things, frame, paid, modality)


_ADDING = frozenset("put contribute provide add lend allocate earmark release grant commit donate extend".split())


def _grants_places(things: Things, frame: Frame, modality: str) -> None:
    """As in "scholarship programmes granted by Oman", "Oman grants scholarships to students from Fiji"."""
    for project in things.objects(frame, "Project"):
        if _PLACES & set(project.name.lower().split()):
            _say(things.reading, project, things.state_doers(frame), frame.verb, "grants places", modality)


_PLACES = frozenset("scholarship scholarships fellowship fellowships".split())


def _numbers_after(things: Things, frame: Frame) -> range:
    return range(frame.verb + 1, min(frame.verb + 5, len(things.parse)))


def _is_money(things: Things, token: int) -> bool:
    parse = things.parse
    return parse.lower[token] in _MONEY or parse.words[token][:1] in "€$£¥₹" or parse.words[token].endswith("$")


def _aim(things: Things, frame: Frame) -> Draft | None:
    """What the money is for: the first project or fund behind a preposition after the verb."""
    parse = things.parse
    past = parse.sentences[parse.sentence_of[frame.verb]][1]
    for span in things.reading.spans_in(frame.verb, past, *PAID):
        inner = list(things.reading.all_in(span.first, span.past, "Project"))
        target: Span = inner[0] if inner and span.draft.type != "Project" else span
        i = target.first - 1
        while i > frame.verb and (parse.tags[i] in ("DT", "JJ", "PRP$", "CD", "NN", "NNS", "POS", "HYPH") and i > 0):
            i -= 1
        if parse.lower[i] in _TOWARDS or parse.lower[i] == "of" and parse.lower[i - 1] in _PHASES:
            return target.draft
    # "has committed 13 million to the Programme"
    pointed = (things.at(t, "Project") for t in frame.with_preposition("to", "for", "towards", "into"))
    return next((d for d in pointed if d is not None), None)


_PHASES = frozenset(
    "phase stage part section half construction upgrading rehabilitation cost costs first second".split()
)


def _share_borne(things: Things, frame: Frame, modality: str) -> None:
    """As in "the EU pays the rest", "Denmark bears the cost", "Japan covers two thirds of the bill"."""
    parse = things.parse
    words = {parse.lower[t] for t in frame.objects}
    if not words & _SHARES:
        return
    funders = things.state_doers(frame)
    if not funders and frame.passive:
        funders = _behind_by(things, frame)
    paid = things.relative(frame.verb, "Project") or things.before(frame.verb, "Project")
    if funders and paid is not None:
        _say(things.reading, paid, funders, frame.verb, f"share: {frame.base}", modality)


_SHARES = word_list("money", "shares")


def _behind_by(things: Things, frame: Frame) -> list[Draft]:
    parse = things.parse
    by = next((i for i in range(frame.verb + 1, min(frame.verb + 4, len(parse))) if parse.lower[i] == "by"), None)
    return things.listed_after(by) if by is not None else []


def _sources(things: Things) -> None:
    """As in "a loan of 60 million from the Bank", "with money from Norway and the EU", "co-financing comes from A"."""
    parse = things.parse
    for i in parse.where(("from",)):
        first, _ = parse.sentences[parse.sentence_of[i]]
        money = [j for j in range(max(first, i - 9), i) if parse.lower[j] in _MONEY and _undivided(things, j, i)]
        if not money or parse.lower[i - 1] in LEARNERS:
            continue  # "funds scholarships for students from Samoa": they get it
        funders = things.listed_after(i)
        sure = any(parse.lower[j] in _NATIONAL | LOANS for j in money)
        paid = _near(things, i, sure) if funders else None
        rule = "money from" if paid is not None and _inside(things, i, paid) else "money from, project before"
        if paid is not None and not _without(parse.lower[max(first, money[0] - 4) : money[0]]):
            _say(things.reading, paid, funders, i, rule)


def _inside(things: Things, i: int, paid: Draft) -> bool:
    """Whether the sentence names the project."""
    first, past = things.parse.sentences[things.parse.sentence_of[i]]
    return any(s.draft is paid for s in things.reading.all_in(first, past, "Project"))


def _without(words: list[str]) -> bool:
    """As in "without money from Norway"."""
    return bool({"without", "no", "neither", "nor"} & set(words))


def _undivided(things: Things, money: int, i: int) -> bool:
    """No other name and no clause between the sum and its source, but for verbs of coming."""
    parse = things.parse
    between = range(money + 1, i)
    return all(
        things.reading.type_at(j) in (None, "Topic", "Project")
        and parse.words[j] not in (";", ":")
        and (not parse.tags[j].startswith("V") or parse.lower[j] in _COMING)
        for j in between
    )


_COMING = frozenset(
    "come comes coming came is are was were be been being have has had provided received raised".split()
)


def _near(things: Things, i: int, sure: bool) -> Draft | None:
    """The project that a sum is for: one that follows in the sentence, else the last one named before."""
    parse = things.parse
    first, past = parse.sentences[parse.sentence_of[i]]
    inside = things.reading.spans_in(first, past, "Project") or list(things.reading.all_in(first, past, "Project"))
    for span in inside:
        if span.first > i and parse.lower[span.first - 1] in ("for", "towards", "the", "into"):
            return span.draft
    before = [s for s in inside if s.past <= i]
    if inside:
        return before[-1].draft if before else inside[0].draft
    if not sure or things.reading.spans_in(first, i, "Meeting"):
        return None  # "organised the forum with money from"
    return _just_before(things, i)


def _just_before(things: Things, i: int) -> Draft | None:
    """The project named last, if this sentence or the one before names it."""
    parse = things.parse
    number = parse.sentence_of[i]
    if not _PARTS.isdisjoint(parse.lower[slice(*parse.sentences[number])]):
        return _main_project(things, i)
    last = things.before(i, "Project")
    previous = parse.sentences[max(0, number - 1)][0]
    return last if any(s.draft is last for s in things.reading.all_in(previous, i, "Project")) else None


def _main_project(things: Things, i: int) -> Draft | None:
    """The project that the sentences before speak of most: whose cost is shared out."""
    spans = [s for s in things.by_type.get("Project", ()) if s.past <= i]
    counts = Counter(id(s.draft) for s in spans)
    return max((s.draft for s in spans), key=lambda d: counts[id(d)], default=None)


_PARTS = frozenset(("cost", "costs", "total"))  # "Of the total cost of 88 million, 41 million is provided by the Bank"


def _hyphenated(things: Things) -> None:
    """As in "the Emirati-funded field hospital", "the EU-financed programme"."""
    parse, reading = things.parse, things.reading
    for i in parse.where(("funded", "financed", "sponsored", "backed")):
        if i < 2 or parse.words[i - 1] not in ("-", "–"):
            continue
        funders = [s.draft for s in things.ending.get(i - 1, ()) if s.draft.type in STATES]
        past = parse.sentences[parse.sentence_of[i]][1]
        after = list(reading.all_in(i - 2, min(past, i + 12), "Project"))
        if funders and after:
            _say(reading, min(after, key=lambda s: s.past).draft, funders[-1:], i, "hyphen-funded")


def _gifts(things: Things) -> None:
    """As in "the Terry Fox ward, a gift of the Canadian agency", "a grant aid project of Japan"."""
    parse = things.parse
    for i, word in enumerate(parse.lower):
        if word not in _GIFTS and not (word == "project" and parse.lower[max(0, i - 1)] in ("aid", "grant")):
            continue
        if parse.lower[i + 1 : i + 2] not in (["of"], ["from"]):
            continue
        paid = things.at(i, "Project") or things.ending_before(_phrase_start(things, i), "Project")
        if paid is not None:
            _say(things.reading, paid, _givers(things, i + 1), i, "gift of")


def _givers(things: Things, i: int) -> list[Draft]:
    """As in "of the Indian government" as well as "of the Canadian agency"."""
    return things.listed_after(i)


def _phrase_start(things: Things, noun: int) -> int:
    parse = things.parse
    while noun > 0 and parse.tags[noun - 1] in ("DT", "JJ", "NN", "HYPH"):
        noun -= 1
    return noun


_NATIONAL = word_list("money", "national")


def _national_money(things: Things) -> None:
    """As in "built with Japanese grant aid", "a Japanese grant for the Project"."""
    parse = things.parse
    for i in parse.where(_NATIONAL):
        if not parse.tags[i].startswith("N"):
            continue
        funders = _adjective_before(things, i)
        if not funders and parse.lower[i + 1 : i + 2] == ["of"]:
            funders = [d for d in things.listed_after(i + 1) if parse.lower[i + 2 : i + 4] == ["the", "government"]]
        first = parse.sentences[parse.sentence_of[i]][0]
        paid = _with_money(things, i, first) if funders else None
        if paid is not None:
            _say(things.reading, paid, funders, i, "national money")


def _adjective_before(things: Things, noun: int) -> list[Draft]:
    """The country of "Japanese grant aid"."""
    i = noun - 1
    while i > 0 and things.reading.owner[i] is None and things.parse.tags[i] in ("JJ", "NN") and noun - i < 3:
        i -= 1
    span = things.reading.owner[i] if i >= 0 else None
    return [span.draft] if span is not None and span.kind == "adjective" and span.draft.type == "Country" else []


def _with_money(things: Things, noun: int, first: int) -> Draft | None:
    """The project of "X, built with a grant", "a grant for X"."""
    parse = things.parse
    past = parse.sentences[parse.sentence_of[noun]][1]
    for span in things.reading.spans_in(noun, min(past, noun + 14), "Project"):
        if {"for", "towards"} & set(parse.lower[noun : span.first]):
            return span.draft
    if {"with", "through", "under"} & set(parse.lower[max(first, noun - 4) : noun]):
        inside = list(things.reading.all_in(first, noun, "Project"))
        return inside[-1].draft if inside else None
    return None
