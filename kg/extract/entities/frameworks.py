"""Frameworks outside the seeds: agreements, plans, strategies, declarations, partnerships; by head noun and name."""

from __future__ import annotations

import re

from kg.extract.entities.bodies import abbreviates
from kg.extract.entities.body_names import body_named, folded
from kg.extract.entities.office_words import office_words
from kg.extract.entities.papers import (
    find_funds,
    find_loans,
    is_consent,
    is_no_paper,
    participle_tail,
    signed_here,
    tells_which,
    word_is_paper,
)
from kg.extract.entities.phrases import bracketed, is_acronym, phrase_start, phrase_tail, skip_acronym
from kg.extract.reading import Draft, Reading, Span
from kg.extract.wordlists import word_list

INSTRUMENTS = word_list("frameworks", "instruments")
PLANS = word_list("frameworks", "plans")
MECHANISMS = word_list("frameworks", "mechanisms")
_KIND = {
    **dict.fromkeys(INSTRUMENTS, "instrument"),
    **dict.fromkeys(PLANS, "plan"),
    **dict.fromkeys(MECHANISMS, "mechanism"),
}
_TAIL = {
    "instrument": word_list("frameworks", "tail"),
    "plan": frozenset(("on", "for", "of", "against")),
    "mechanism": frozenset(("for", "on", "between")),
}
_CORES = [[word] for word in sorted(word_list("frameworks", "cores"))]
# "the framework of the talks", "the programme of the visit" are no plans.
_LOOSE_PLANS = frozenset("framework programme program programmes programs agenda vision concept scheme".split())
_UNTIL = (["to"], ["till"], ["until"], ["through"])
_NUMBERED = frozenset("decision resolution directive protocol convention law regulation annex agenda vision".split())
_COUNTS = word_list("frameworks", "counts")
_SEVERAL = word_list("signers", "several")


def find_frameworks(reading: Reading) -> None:
    """Mentions of frameworks by head noun: named ones anywhere, unnamed ones where signed, adopted or described."""
    parse = reading.parse
    for head, word in enumerate(parse.lower):
        kind = _KIND.get(word)
        if kind is None or reading.owner[head] is not None:
            continue
        if head and parse.words[head - 1] == "(" and parse.words[head + 1 : head + 2] == [")"]:
            continue  # the acronym of the name before it
        if not parse.tags[head].startswith("N") or is_no_paper(reading, head):
            continue
        if parse.capital(head):
            _named_framework(reading, head, kind)
        else:
            _described_framework(reading, head, kind)
    find_funds(reading, _mention_framework)
    find_loans(reading, _mention_framework)
    _unite_unnamed(reading)
    _unite_lead(reading)


def _unite_lead(reading: Reading) -> None:
    """As in "ratified a key defence pact with Japan. The Reciprocal Access Agreement was approved by": one paper.

    The lead says what kind of paper was signed, one of the next two sentences names it, and no other is named.
    """
    parse = reading.parse
    spans = sorted((s for s in reading.spans if s.draft.type == "Framework"), key=lambda s: s.first)
    named = [s for s in spans if _is_named_pact(reading, s)]
    if len({id(s.draft) for s in named}) != 1:
        return
    name = named[0]
    number = parse.sentence_of[name.first]
    for span in spans:
        told = span.first > 0 and parse.lower[span.first - 1] in ("a", "an", "new")
        if span.first > name.first or not told or number - parse.sentence_of[span.first] not in (1, 2):
            continue
        words = parse.lower[span.first : span.past]
        cut = next((i for i, word in enumerate(words) if word in _PACTS), len(words))
        plain = cut < len(words) and _LEADS.issuperset(words[:cut]) and words[cut + 1 : cut + 2] in _WITH_PARTIES
        if plain and span.draft is not name.draft and span.draft.seed is None and signed_here(reading, span.first):
            reading.unite(name.draft, span.draft)
            return


def _is_named_pact(reading: Reading, span: Span) -> bool:
    """As in "the Reciprocal Access Agreement (RAA)", said to be signed."""
    parse = reading.parse
    last = next((i for i in range(span.past - 1, span.first, -1) if parse.lower[i] in _PACTS), None)
    definite = span.first > 0 and parse.lower[span.first - 1] == "the"
    capitals = last is not None and parse.capital(last) and parse.capital(span.first)
    return bool(capitals and definite and span.draft.seed is None and last is not None and signed_here(reading, last))


_PACTS = frozenset("pact agreement accord treaty deal".split())
_WITH_PARTIES: tuple[list[str], ...] = ([], ["with"], ["between"])
_LEADS = frozenset("key landmark crucial historic new major important defence defense security military mutual".split())


def _unite_unnamed(reading: Reading) -> None:
    """ "A declaration" without further words is the one named declaration of the document."""
    for draft in reading.of_type("Framework"):
        word = draft.name.split(" ")[-1]
        if draft.seed or not draft.name.islower() or word not in ("declaration", "communiqué", "communique", "charter"):
            continue
        if len(draft.name.split()) > 2:
            continue
        named = [d for d in reading.of_type("Framework") if not d.seed and d is not draft and _ends_with(d, word)]
        if len(named) == 1:
            reading.unite(named[0], draft)


def _ends_with(draft: Draft, word: str) -> bool:
    words = [w for w in draft.name.split(" ") if w[:1].isupper()]
    return word.capitalize() in words and len(words) > 1


def _named_framework(reading: Reading, head: int, kind: str) -> None:
    """As in "CLMV Development Framework", "Memorandum of Understanding on X", "Vision 2030", "Agreement on X"."""
    parse = reading.parse
    floor = parse.sentences[parse.sentence_of[head]][0]
    first = _without_count(reading, phrase_start(reading, head, floor), head)
    while first < head and not (
        parse.capital(first) or parse.words[first][0].isdigit() or reading.owner[first] is not None
    ):
        first += 1
    past = _core_past(reading, head)
    tail = _years_after(reading, phrase_tail(reading, past, _TAIL[kind]))
    if tail == past and _only_counts(reading, head):
        return
    first = _without_owner(reading, first, head)
    if _sentence_start_only(reading, first, head, tail, floor):
        return
    if kind == "mechanism" and (first == head or _half_of_name(reading, head)):
        return
    if tail == past and _is_field(reading, first, head):
        return
    if first == head and tail == past and (known := _antecedent(reading, first, head, folded(parse.words[head]))):
        reading.mention(known, first, tail, head=head)
        return
    if (
        tail == past
        and first == head
        and not signed_here(reading, head)
        and parse.lower[head] not in ("mou", "mous", "memorandum")
    ):
        return
    _mention_framework(reading, first, head, past, tail, kind)


def _is_field(reading: Reading, first: int, head: int) -> bool:
    """As in "Minister of Regional Cooperation", "the Foreign Policy adviser": an office's field is no scheme."""
    parse = reading.parse
    if parse.lower[head] not in ("cooperation", "policy"):
        return False
    fields = office_words()[2] - {"neighbourhood", "neighborhood"} | {"and", "&", ",", "-"}
    return all(word in fields for word in parse.lower[first:head])


def _half_of_name(reading: Reading, head: int) -> bool:
    """As in "the Enhanced | Partnership | and Cooperation Agreement"."""
    parse = reading.parse
    goes_on = parse.lower[head + 1 : head + 2] == ["and"] and head + 2 < len(parse) and parse.capital(head + 2)
    return goes_on and not INSTRUMENTS.isdisjoint(parse.lower[head + 3 : head + 5])


def _described_framework(reading: Reading, head: int, kind: str) -> None:
    """As in "a memorandum of understanding on health", "the 2017-2019 cooperation framework", "a readmission pact"."""
    parse = reading.parse
    floor = parse.sentences[parse.sentence_of[head]][0]
    if kind == "mechanism" or parse.lower[floor] in ("if", "whether"):
        return  # "if a defence pact was ever signed"
    first = _without_count(reading, phrase_start(reading, head, floor), head)
    past = _core_past(reading, head)
    tail = _years_after(reading, phrase_tail(reading, past, _TAIL[kind]))
    singular = parse.tags[head] not in ("NNS", "NNPS")
    if tail == past and kind == "instrument" and singular:
        tail = participle_tail(reading, past)
    telling, named = tells_which(reading, first, head)
    signed = signed_here(reading, head)
    described = tail > past or past > head + 1
    if kind == "plan":
        dated = any(parse.words[i][0].isdigit() for i in range(first, tail))
        # "signed a programme of cultural cooperation for 2025"
        cooperating = parse.lower[head] not in _LOOSE_PLANS or signed and "cooperation" in parse.lower[head:tail]
        loose = cooperating and described and (signed or dated)
        wanted = loose or (telling and (signed or named or described or dated))
    else:
        strong = word_is_paper(parse.lower[head]) and tail > past
        alone = telling and singular and (named or tail == past)
        signed = signed and not (first == head and tail == past and parse.lower[head] in _SEVERAL)
        wanted = signed or strong or (described and (past > head + 1 or telling) and singular) or alone
    if (
        wanted
        and not is_consent(reading, first, head, past, tail)
        and not (tail == past and _only_counts(reading, head))
    ):
        _mention_framework(reading, first, head, past, tail, kind)


def _only_counts(reading: Reading, head: int) -> bool:
    """As in "signed four agreements", "a number of MoUs": how many papers there were names none of them."""
    parse = reading.parse
    if parse.tags[head] not in ("NNS", "NNPS") and not parse.words[head].endswith("Us"):
        return False
    floor = parse.sentences[parse.sentence_of[head]][0]
    words = range(max(floor, head - 6), head)
    counts = [i for i in words if parse.tags[i] == "CD" or parse.lower[i] in _COUNTS - {"a", "an"} | _AMOUNTS]
    start = counts[-1] + 1 if counts else head
    return bool(counts) and all(parse.tags[i][:2] in ("JJ", "NN", "IN", "HY") for i in range(start, head))


_AMOUNTS = frozenset("several many multiple number various dozen raft series numerous".split())


def _without_count(reading: Reading, first: int, head: int) -> int:
    """A number before the noun counts papers, it names none: "two accords"."""
    while first < head and reading.parse.lower[first] in _COUNTS and reading.parse.words[first + 1] not in ("-", "–"):
        first += 1
    return first


def _without_owner(reading: Reading, first: int, head: int) -> int:
    """A name in capitals begins after its owner's genitive: "President Musa's | Plan"."""
    parse = reading.parse
    for i in range(head - 1, first, -1):
        span = reading.owner[i - 1]
        owner = span is not None and span.draft.type in ("Leader", "Organization", "Country")
        if parse.words[i] in ("'s", "’s") and (owner or parse.lower[i - 1] in _NO_NAMES):
            return i + 1
    return first


# "Monday's | Reciprocal Access Agreement"
_NO_NAMES = word_list("phrases", "days") | {"community", "bank", "government", "year", "today", "yesterday"}


def _core_past(reading: Reading, head: int) -> int:
    """Past "memorandum of understanding", "plan of action", "Memorandum of Understanding and Cooperation"."""
    lower = reading.parse.lower
    if lower[head + 1 : head + 2] != ["of"] or lower[head + 2 : head + 3] not in _CORES:
        return head + 1
    return head + 5 if lower[head + 3 : head + 5] == ["and", "cooperation"] else head + 3


def _years_after(reading: Reading, past: int) -> int:
    """As in "Action Plan 2021-2022", "Decision 641", "plan of action to 2025", "work plan up to 2021"."""
    parse = reading.parse
    i = past
    if parse.lower[i : i + 2] == ["up", "to"]:
        i += 2
    elif parse.lower[i : i + 1] in _UNTIL or (parse.lower[i : i + 1] == ["of"] and parse.lower[i - 1] in INSTRUMENTS):
        i += 1
    if i > past and not re.fullmatch(r"(?:19|20)\d\d", "".join(parse.words[i : i + 1])):
        return past
    start = i
    while i < len(parse) and (
        parse.words[i].isdigit()
        and (len(parse.words[i]) == 4 or (i == past and parse.lower[past - 1] in _NUMBERED and parse.capital(past - 1)))
        or parse.words[i] in ("-", "–")
        and i > start
        or re.fullmatch(r"\d{4}[-–]\d{2,4}", parse.words[i])
    ):
        i += 1
    while i > past and parse.words[i - 1] in ("-", "–"):
        i -= 1
    return i


def _sentence_start_only(reading: Reading, first: int, head: int, tail: int, floor: int) -> bool:
    """A single capitalised word at the start of a sentence is no name, nor is "Agreement on a scheme"."""
    if first != head or (head != floor and reading.parse.words[head - 1] != "—"):
        return False
    return not any(reading.parse.capital(i) for i in range(head + 1, tail))


def _mention_framework(reading: Reading, first: int, head: int, past: int, tail: int, kind: str) -> None:
    parse = reading.parse
    name = tidy(parse.quote(first, tail))
    short = tidy(parse.quote(first, past))
    key = folded(name)
    draft = _explained(reading, first) or body_named(reading, name)
    if draft is None and tail == past:
        draft = _antecedent(reading, first, head, key)
    if draft is None:
        draft = reading.draft("Framework", name)
        draft.attributes["kind"] = kind
    _count_before(reading, draft, first)
    draft.forms.add(key)
    reading.mention(draft, first, tail, head=head)
    if first < head - 1 and parse.tags[head - 1].startswith("NN") and not parse.glued(head - 1):
        shorter = parse.quote(head - 1, past)  # "150-million-euro | loan agreement"
        if not parse.capital(head) or f"the {shorter}" in parse.text:
            draft.names[shorter] += 0
    for alias in {short, name, *_without_parties(reading, first, past, tail)} - {draft.name}:
        draft.names[alias] += 0
    acronym = bracketed(reading, past)
    # "the project within the Initiative Framework (COMPETE)": capitals that abbreviate something else are not its.
    if acronym and is_acronym(acronym) and abbreviates(acronym, short):
        draft.names[parse.quote(first, skip_acronym(reading, past))] += 1
        draft.names[acronym] += 1


def _explained(reading: Reading, first: int) -> Draft | None:
    """The framework that an apposition explains: "the Djibouti Code, a maritime accord", "a $5 million pact"."""
    parse = reading.parse
    first -= first > 0 and parse.words[first - 1] in ("$", "€", "£", "¥")
    if first < 3 or parse.lower[first - 1] not in ("a", "an") or parse.words[first - 2] != ",":
        return None
    span = reading.owner[first - 3]
    if span is None or span.draft.type != "Framework" or not parse.capital(span.first):
        return None  # "an accord on fish, a memorandum on ports and …" is a list
    return span.draft if parse.lower[span.first - 1] not in ("a", "an") else None


def _without_parties(reading: Reading, first: int, past: int, tail: int) -> set[str]:
    """The name before its parties, occasion or place: "Memorandum on Green Growth | between Oman and Chile"."""
    parse = reading.parse
    cuts = [i for i in range(past + 1, tail) if parse.lower[i] in ("between", "with", "for", "on", "in", "at", "to")]
    cuts = [i for i in cuts if not parse.words[i + 1][0].isdigit()]
    return {tidy(parse.quote(first, i)) for i in cuts}


def _count_before(reading: Reading, draft: Draft, first: int) -> None:
    """As in "four memorandums of understanding" is named with its number."""
    parse = reading.parse
    if first > 0 and parse.lower[first - 1] in _COUNTS and parse.lower[first - 1] not in ("a", "an"):
        draft.names[parse.quote(first - 1, first) + " " + draft.name] += 1


def tidy(name: str) -> str:
    """The name on one line, without brackets' acronyms, quotes or an article."""
    name = re.sub(r"\s*\([^()]{2,20}\)", "", name)
    name = re.sub(r"\s+", " ", name).strip(" ,.;:“”\"‘’'")
    return re.sub(r"^(?:the|a|an) ", "", name, flags=re.IGNORECASE)


def _antecedent(reading: Reading, first: int, head: int, key: str) -> Draft | None:
    """A definite short form ("the Agreement", "the Action Plan") of a framework named before."""
    parse = reading.parse
    definite = first > 0 and parse.lower[first - 1] in ("the", "this", "that")
    if not definite:
        return None
    words = set(key.split())
    if len(words) == 1 and parse.lower[head] in ("pact", "agreement", "accord", "treaty", "deal", "document"):
        begin = parse.sentences[max(0, parse.sentence_of[head] - 2)][0]
        named = [
            s for s in reading.spans if s.draft.type == "Framework" and begin <= s.first < first and s.kind == "name"
        ]
        papers = [s for s in named if s.draft.attributes.get("kind") not in ("plan", "mechanism")]
        return max(papers, key=lambda s: s.first).draft if papers else None
    for draft in reversed(reading.of_type("Framework")):
        if (
            draft.seed is None
            and words <= set(folded(draft.name).split())
            and parse.lower[head] in folded(draft.name).split()
        ):
            return draft
    return None
