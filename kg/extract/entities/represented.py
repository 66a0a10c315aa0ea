"""Whom a person represents where the office does not say it: by the country beside the name, by delegation, by side."""

from __future__ import annotations

from collections.abc import Iterator

from kg.extract.entities.named_people import COURTESY
from kg.extract.entities.office_bodies import ENVOYS
from kg.extract.entities.office_words import Office
from kg.extract.entities.offices import is_secretary_general
from kg.extract.entities.person_names import honorific_words
from kg.extract.reading import Draft, Reading, Span
from kg.extract.wordlists import word_list

_GENITIVES = frozenset(("'s", "’s", "'", "’"))
_DELEGATIONS = word_list("people", "delegations")
_LED = word_list("people", "led")
_LEADS = word_list("people", "leads")
_SPOKE_FOR = word_list("people", "spoke_for")
_STATE_BODIES = word_list("people", "state_bodies")
_SENT = frozenset("sent send sends sending dispatched".split())


def find_represented(reading: Reading, named: list[Office]) -> None:
    """All rules of this file; what stands beside the name comes first."""
    for span in people_in_order(reading):
        _country_after(reading, span.draft, span.past)
        _body_after(reading, span.draft, span.past)
        _country_in_brackets(reading, span)
        _country_before(reading, span.draft, span.first)
        _spoke_for(reading, span)
        _who_heads(reading, span)
    _elliptic(reading)
    _shared_country(reading, sorted(named, key=lambda office: office.first))
    _sides(reading)
    _delegations(reading)
    _represented_by(reading)
    _sent_by(reading)
    _on_behalf(reading)


def people_in_order(reading: Reading) -> list[Span]:
    """The mentions of people, in order of the text."""
    return sorted((s for s in reading.spans if s.draft.type == "Leader"), key=lambda s: s.first)


# ---------------------------------------------------------------- beside the name


def _country_after(reading: Reading, person: Draft, past: int) -> None:
    """As in "Prime Minister Fumio Kishida of Japan"."""
    parse = reading.parse
    if past + 1 >= len(parse) or parse.lower[past] not in ("of", "from"):
        return
    span = _actor_at(reading, past + 1)
    if span is None or span.kind != "name":
        return
    if parse.words[span.past : span.past + 1] in (["'s"], ["’s"]):
        after = parse.lower[span.past + 1 : span.past + 4]
        if span.draft.type != "Country" or _STATE_BODIES.isdisjoint(after):
            return
    # "Secretary-General Ban Ki-moon of South Korea": where he comes from; he serves the organization
    if span.draft.type == "Country" and is_secretary_general(_titles(reading, person)):
        return
    reading.say(person, "represents", span.draft, past, rule="name of country", confidence=0.9)


def _body_after(reading: Reading, person: Draft, past: int) -> None:
    """As in "X of Myanmar's Ministry of Commerce", "X, of the Kyrgyz Customs Service": the country and the body."""
    parse = reading.parse
    past += parse.words[past : past + 1] == [","]
    if past + 2 >= len(parse) or parse.lower[past] not in ("of", "from"):
        return
    country = _actor_at(reading, past + 1)
    if country is None or country.draft.type != "Country":
        return
    i = country.past + (parse.words[country.past : country.past + 1] in (["'s"], ["’s"]))
    body = reading.owner[i] if i < len(parse) else None
    genitive = i > country.past or country.kind == "adjective"
    if genitive and body is not None and body.draft.type == "Organization":
        for draft in (country.draft, body.draft):
            reading.say(person, "represents", draft, past, rule="name of body", confidence=0.85)


def _country_in_brackets(reading: Reading, span: Span) -> None:
    """As in "Mr Touch Vuthea (Cambodia)"."""
    parse = reading.parse
    i = span.past
    if parse.words[i : i + 1] != ["("] or i + 2 >= len(parse):
        return
    inside = reading.owner[i + 1]
    if inside is not None and inside.draft.type == "Country" and parse.words[inside.past : inside.past + 1] == [")"]:
        reading.say(span.draft, "represents", inside.draft, i, rule="country in brackets", confidence=0.85)


def _country_before(reading: Reading, person: Draft, first: int) -> None:
    """As in "Greece's Kyriakos Mitsotakis"."""
    parse = reading.parse
    singles, words = honorific_words()
    while (
        first > 1 and parse.capital(first - 1) and parse.lower[first - 1].replace(".", "") in singles | words | COURTESY
    ):
        first -= 1  # "Myanmar's U Lin Thant Zaw"
        first -= first > 1 and parse.words[first - 1] == "."
    owner = reading.owner[first - 2] if first > 1 and parse.words[first - 1] in ("'s", "’s") else None
    if owner is None or reading.objects(person, "represents"):
        return
    if owner.draft.type in ("Country", "Organization"):
        reading.say(person, "represents", owner.draft, first, rule="genitive of country", confidence=0.75)


def _elliptic(reading: Reading) -> None:
    """As in "Uganda's minister of agriculture, X, presided; Botswana's, Y, and Malawi's, Z, acted": the same office."""
    parse = reading.parse
    for span in people_in_order(reading):
        i = span.first - 1
        if i < 2 or parse.words[i] != "," or parse.words[i - 1] not in ("'s", "’s"):
            continue
        owner = reading.owner[i - 2]
        if owner is None or owner.draft.type not in ("Country", "Organization"):
            continue
        if reading.objects(span.draft, "represents") or reading.objects(span.draft, "position"):
            continue
        reading.say(span.draft, "represents", owner.draft, i, rule="genitive of country", confidence=0.75)
        first = parse.sentences[parse.sentence_of[i]][0]
        titles = [t for s in reading.spans_in(first, i, "Leader") for t in _titles(reading, s.draft)]
        if titles:
            reading.say(span.draft, "position", titles[-1], i, rule="same office", confidence=0.7)


def _spoke_for(reading: Reading, span: Span) -> None:
    """As in "Country Director X for ADB.", "Admiral Y led it for Indonesia", "Z for Tajikistan met"."""
    parse = reading.parse
    i = span.past
    if i < len(parse) and parse.lower[i] in _SPOKE_FOR:
        i += 1
        i += i < len(parse) and parse.lower[i] in ("it", "them")
    if i + 1 >= len(parse) or parse.lower[i] != "for":
        return
    actor = _actor_at(reading, i + 1)
    if actor is None or actor.kind != "name" or reading.objects(span.draft, "represents"):
        return
    after = actor.past
    closed = after >= len(parse) or parse.words[after] in (",", ".", ";", ")") or parse.lower[after] in ("and", "while")
    if closed or parse.tags[after] in ("VBD", "VBZ", "VBP"):
        reading.say(span.draft, "represents", actor.draft, i, rule="spoke for", confidence=0.8)


def _who_heads(reading: Reading, span: Span) -> None:
    """As in "X, who heads the Organization of Turkic States", "Y, who leads the operation for the Bank"."""
    parse = reading.parse
    i = span.past
    if parse.lower[i : i + 2] != [",", "who"]:
        return
    i += 2
    while i < len(parse) and parse.lower[i] in ("now", "also", "currently", "has", "since"):
        i += 1
    if i >= len(parse) or parse.lower[i] not in ("heads", "leads", "runs", "chairs", "directs", "represents"):
        return
    for body in reading.spans_in(i + 1, min(i + 7, len(parse)), "Organization", "Country"):
        if body.draft.type == "Country" and (body.kind != "name" or parse.lower[i] != "represents"):
            continue
        if parse.lower[body.first - 1] in ("the", "for") or body.first == i + 1:
            reading.say(span.draft, "represents", body.draft, i, rule="who heads", confidence=0.8)
        return


# ---------------------------------------------------------------- sides and delegations


def _sides(reading: Reading) -> None:
    """As in "for Cambodia, X", "for Zambia it was Minister X", "X, for the Sri Lankan side"."""
    parse = reading.parse
    for i, word in enumerate(parse.lower):
        if word not in ("for", "representing") or i + 2 >= len(parse):
            continue
        country = _actor_at(reading, i + 1)
        if country is None or country.draft.type != "Country":
            continue
        past = country.past + (parse.lower[country.past : country.past + 1] in (["side"], ["part"]))
        side = past > country.past
        before = reading.owner[i - 2] if i > 1 and parse.words[i - 1] == "," else None
        opens = (
            i == 0 or parse.words[i - 1] in (",", ";", ":", ".", "\n") or parse.lower[i - 1] in ("and", "were", "was")
        )
        after = None
        if opens and (parse.words[past : past + 1] in ([","], [":"]) or parse.lower[past : past + 2] == ["it", "was"]):
            after = next(iter(_people_soon(reading, past, 10)), None)
        for span in (before if side else None, after if not side or before is None else None):
            if span is not None and span.draft.type == "Leader" and not reading.objects(span.draft, "represents"):
                reading.say(span.draft, "represents", country.draft, i, rule="for the side", confidence=0.8)


def _delegations(reading: Reading) -> None:
    """As in "the Uzbek delegation was headed by X", "X led the Lao side", "leading Chad's team was X"."""
    parse = reading.parse
    for i, word in enumerate(parse.lower):
        if word not in _DELEGATIONS:
            continue
        found = _country_of_delegation(reading, i)
        if found is None:
            continue
        country, first, past = found
        stop = parse.sentences[parse.sentence_of[i]][1]
        people = [*_led_by(reading, past, stop), *_leader_of(reading, first, past, stop)]
        if word in ("side", "part") and parse.lower[max(0, first - 2) : first] in (["on", "the"], ["for", "the"]):
            people = _people_soon(reading, past, 10)[:1]  # "on the Omani side by X"
        for span in people:
            if not reading.objects(span.draft, "represents"):
                reading.say(span.draft, "represents", country, i, rule="delegation", confidence=0.8)


def _country_of_delegation(reading: Reading, i: int) -> tuple[Draft, int, int] | None:
    """The country of the delegation at token i, with the tokens that the phrase covers."""
    parse = reading.parse
    before = i - 1 - (i > 0 and parse.words[i - 1] in _GENITIVES)
    owner = reading.owner[before] if before >= 0 else None
    if owner is not None and owner.draft.type == "Country":
        return owner.draft, owner.first, i + 1
    if parse.lower[i + 1 : i + 2] in (["of"], ["from"]):
        after = _actor_at(reading, i + 2)
        if after is not None and after.draft.type == "Country":
            return after.draft, i, after.past
    return None


def _led_by(reading: Reading, past: int, stop: int) -> list[Span]:
    """Who comes after "(was) led by" soon behind the phrase, or after "was composed of" and "included"."""
    parse = reading.parse
    for j in range(past, min(past + 12, stop - 1)):
        if parse.words[j] == ";" or parse.lower[j] in _DELEGATIONS or reading.type_at(j) == "Leader":
            break
        if j < past + 2 and parse.lower[j] == "under":  # "the European side, under X"
            return [s for s in _people_soon(reading, j + 1, 4) if s.first - j < 4][:1]
        if parse.lower[j] in _LED and parse.lower[j + 1] == "by":
            return _people_soon(reading, j + 2, 12)[:1]
        if (parse.lower[j], parse.lower[j + 1]) in (("composed", "of"), ("consisted", "of")):
            return reading.spans_in(j + 2, stop, "Leader")
    return []


def _leader_of(reading: Reading, first: int, past: int, stop: int) -> list[Span]:
    """Who leads the delegation at those tokens, in the active voice."""
    parse = reading.parse
    i = first - 1
    while i >= 0 and parse.lower[i] in ("the", "a", "of", "'s", "head", "its"):
        i -= 1
    if i < 0 or parse.lower[i] not in _LEADS:
        return []
    if parse.lower[past : past + 1] in (["was"], ["were"], ["is"], ["will"]) and parse.tags[i] == "VBG":
        return _people_soon(reading, past + 1, 10)[:1]
    if i > 0 and parse.words[i - 1] == "," and parse.tags[i] == "VBG":
        i -= 1
    before = reading.spans_in(max(parse.sentences[parse.sentence_of[i]][0], i - 9), i, "Leader")
    return before[-1:] if before and not _verbs_between(reading, before[-1].past, i) else []


def _verbs_between(reading: Reading, first: int, past: int) -> bool:
    """Whether another verb than auxiliaries and "expected to" stands between a subject and its verb."""
    parse = reading.parse
    return any(
        parse.tags[j] in ("VBD", "VBZ", "VBP") and parse.lower[j] not in ("had", "has", "is", "was", "will", "are")
        for j in range(first, past)
    )


def _represented_by(reading: Reading) -> None:
    """As in "Nigeria will be represented by Vice-President X and Rwanda by its minister Y", "that of Mali by Z"."""
    parse = reading.parse
    open_until = -1
    for i in range(1, len(parse) - 1):
        if parse.lower[i] != "by":
            continue
        first, stop = parse.sentences[parse.sentence_of[i]]
        verb = parse.lower[i - 1] if parse.lower[i - 1] != "only" else parse.lower[i - 2]
        actor: Draft | None = None
        if verb in ("represented", "filled", "taken", "headed", "led"):
            open_until = stop
            if verb in ("represented", "filled", "taken"):
                actor = _passive_subject(reading, i, first)
        elif i < open_until:
            before = i - 1 - (parse.words[i - 1] in _GENITIVES or parse.lower[i - 1] in _DELEGATIONS)
            owner = reading.owner[before]
            actor = owner.draft if owner is not None and owner.draft.type in ("Country", "Organization") else None
        people = _people_soon(reading, i + 1, 10)[:1] if actor is not None else []
        for span in people:
            assert actor is not None
            if not reading.objects(span.draft, "represents"):
                reading.say(span.draft, "represents", actor, i, rule="represented by", confidence=0.8)


def _passive_subject(reading: Reading, i: int, first: int) -> Draft | None:
    """The country or body that stands before "(was) represented by": "Cambodia was …", "Myanmar's seat was …"."""
    parse = reading.parse
    verb = i - 1 - (parse.lower[i - 1] == "only")
    subject = next((c for c in parse.children[verb] if parse.deps[c] == "nsubjpass"), None)
    if subject is None and parse.words[verb - 1] == "," and reading.owner[verb - 2] is not None:
        subject = verb - 2  # "along with French Polynesia, represented by its minister"
    if subject is not None and first <= subject and reading.type_at(subject) in ("Country", "Organization"):
        span = reading.owner[subject]
        return span.draft if span is not None and span.kind == "name" else None
    j = i - 1
    while j > first and (parse.lower[j] in _BEFORE_PASSIVE or parse.tags[j] in ("VBN", "MD", "RB")):
        j -= 1
    if parse.words[j] == ",":  # "the Bank, an observer, was represented by"
        j -= 1
        while j > first and parse.words[j] != ",":
            j -= 1
        j -= parse.words[j] == ","
    if parse.lower[j] in ("seat", "chair") and j > first and parse.words[j - 1] in _GENITIVES:
        j -= 2
    owner = reading.owner[j]
    if owner is None or owner.draft.type not in ("Country", "Organization") or owner.kind == "adjective":
        return None
    return owner.draft


_BEFORE_PASSIVE = frozenset("was were is are be been being will only also represented filled taken".split())


def _sent_by(reading: Reading) -> None:
    """As in "Türkiye is sending Interior Minister X", "Chad sent its ambassador, Y"."""
    parse = reading.parse
    for i, word in enumerate(parse.lower):
        if word not in _SENT:
            continue
        subject = next((c for c in parse.children[i] if parse.deps[c] == "nsubj"), None)
        owner = reading.owner[subject] if subject is not None else None
        if owner is None or owner.draft.type != "Country":
            continue
        for span in _people_soon(reading, i + 1, 9)[:1]:
            if not reading.objects(span.draft, "represents"):
                reading.say(span.draft, "represents", owner.draft, i, rule="sent by", confidence=0.75)


def _on_behalf(reading: Reading) -> None:
    """As in "Speaking on behalf of Vanuatu, lawyer X asked"; "X, on behalf of Vanuatu, asked"."""
    parse = reading.parse
    for i, word in enumerate(parse.lower):
        if word != "behalf" or parse.lower[i + 1 : i + 2] != ["of"]:
            continue
        actor = _actor_at(reading, i + 2)
        if actor is None or actor.draft.type not in ("Country", "Organization"):
            continue
        first, stop = parse.sentences[parse.sentence_of[i]]
        before = reading.spans_in(first, i, "Leader")
        after = _people_soon(reading, actor.past, 6) if parse.words[actor.past : actor.past + 1] == [","] else []
        for span in before[:1] if len(before) == 1 else after[:1] if not before else []:
            if not reading.objects(span.draft, "represents") and actor.past < stop:
                reading.say(span.draft, "represents", actor.draft, i, rule="on behalf of", confidence=0.75)


def _shared_country(reading: Reading, offices: list[Office]) -> None:
    """As in "India's President X and Vice President Y": the second holds office in the same country."""
    parse = reading.parse
    for left, right in zip(offices, offices[1:], strict=False):
        if (
            right.bodies
            or not left.bodies
            or not ENVOYS.isdisjoint(left.title.lower().split())
            or parse.sentence_of[left.first] != parse.sentence_of[right.first]
        ):
            continue
        holders = reading.spans_in(left.past, right.first, "Leader")
        followers = reading.spans_in(right.past, min(len(parse), right.past + 8), "Leader")
        if len(holders) != 1 or not followers or followers[0].first - right.past > 4:
            continue
        between = parse.lower[holders[0].past : right.first]
        if between in (["and"], ["and", "on"], [",", "and"], ["and", "with"], ["and", "the"]) and not reading.objects(
            followers[0].draft, "represents"
        ):
            for body in left.bodies:
                reading.say(
                    followers[0].draft, "represents", body, right.first, rule="country shared in list", confidence=0.7
                )


# ---------------------------------------------------------------- small questions


def _actor_at(reading: Reading, i: int) -> Span | None:
    """The country or body at token i or after its article."""
    parse = reading.parse
    if i < len(parse) and parse.lower[i] == "the":
        i += 1
    span = reading.owner[i] if i < len(parse) else None
    return span if span is not None and span.draft.type in ("Country", "Organization") else None


def _people_soon(reading: Reading, first: int, reach: int) -> list[Span]:
    """The people whose names begin within so many tokens of the sentence, no country's name in between."""
    parse = reading.parse
    if first >= len(parse):
        return []
    stop = min(parse.sentences[parse.sentence_of[first]][1], first + reach)
    found = []
    for span in reading.spans_in(first, stop):
        if span.draft.type == "Leader":
            found.append(span)
        elif span.draft.type == "Country" and span.kind == "name" and not found:
            break
    return found


def _titles(reading: Reading, person: Draft) -> Iterator[str]:
    return (title for title in reading.objects(person, "position") if isinstance(title, str))
