"""Projects and programmes: named in quotes or capitals, or works described by what is built."""

from __future__ import annotations

import re

from kg.extract.entities.body_names import folded
from kg.extract.entities.called import find_called_projects
from kg.extract.entities.frameworks import tidy
from kg.extract.entities.papers import signed_here
from kg.extract.entities.phrases import QUOTES, bracketed, is_acronym, phrase_start, phrase_tail, skip_acronym
from kg.extract.entities.undertakings import UNDERTAKINGS, undertaking
from kg.extract.entities.works import (
    Found,
    described_scheme,
    described_work,
    fits_kind,
    is_built,
    is_learning,
    is_near,
    is_paid,
    phase,
    renewal,
)
from kg.extract.reading import Reading, Span
from kg.extract.wordlists import word_list

_HEADS = frozenset("project programme program programmes programs projects scholarship scholarships scheme".split())
_PAID_HEADS = frozenset(("initiative", "pilot", "map", "atlas"))
_WORKS = word_list("projects", "works")
DESCRIBED = word_list("projects", "described_works")
SCHEMES = word_list("projects", "schemes")
RENEWALS = word_list("projects", "renewals")
_CORES = (["of", "cooperation"], ["of", "action"], ["of", "work"])
_WISHED = word_list("projects", "wished")
_STANDING = frozenset(("hospital", "college", "bridge"))
_TRAVELLED = frozenset(("airport", "port", "station"))
_PLANNED = RENEWALS | {"project", "projects", "development", "develop", "corridor", "zone", "planned", "invest"}
_AID = frozenset("aid development assistance cooperation foreign important work legislative space nuclear".split())


def find_projects(reading: Reading) -> None:
    """Mentions of projects. A wish ("more projects") is none: a name.

    Quotes or a place must say which project is meant.
    """
    _quoted(reading)
    parse = reading.parse
    for head in parse.nouns:
        if reading.owner[head] is not None:
            continue
        word = parse.lower[head]
        if word in _HEADS and (word != "scheme" or is_learning(reading, head)):
            _by_head(reading, head)
        elif parse.capital(head) and _names_works(reading, head):
            _works(reading, head)
        elif word in DESCRIBED and not parse.capital(head):
            _found_again(reading, head, described_work(reading, head))
    _schemes(reading)
    _paid_names(reading)
    find_called_projects(reading, _mention_project)


def _names_works(reading: Reading, head: int) -> bool:
    word = reading.parse.lower[head]
    return (word in _WORKS and fits_kind(reading, head)) or (word in _PAID_HEADS and is_paid(reading, head))


def _found(reading: Reading, found: Found | None) -> None:
    if found is not None:
        first, tail, core = found
        _mention_project(reading, first, tail, core)


def _found_again(reading: Reading, head: int, found: Found | None) -> None:
    """As in "a fast railway line", later "the new railway line": a definite noun without a name is the one before."""
    parse = reading.parse
    if found is None:
        return
    first, tail, core = found
    bare = tail == core and not any(parse.capital(i) or reading.owner[i] is not None for i in range(first, core))
    if bare and first > 0 and parse.lower[first - 1] == "the":
        earlier = [d for d in reading.of_type("Project") if parse.lower[head] in folded(d.name).split()]
        if earlier:
            reading.mention(earlier[-1], first, tail)
            return
    _found(reading, found)


def _schemes(reading: Reading) -> None:
    """Pilots, courses, studies and repairs, once the named projects are known."""
    parse = reading.parse
    for head in parse.nouns:
        if reading.owner[head] is not None:
            continue
        word = parse.lower[head]
        if parse.capital(head) and word != "phase":
            continue
        if word in ("phase", "stage"):
            _found(reading, phase(reading, head))
        elif word in SCHEMES:
            _found(reading, described_scheme(reading, head))
        elif word in RENEWALS:
            _found(reading, renewal(reading, head))
        if word in UNDERTAKINGS and reading.owner[head] is None:
            _found(reading, undertaking(reading, head))


def _paid_names(reading: Reading) -> None:
    """As in "the Nile Data Exchange, financed by Norway": what is funded or carried out under a name is a project."""
    parse = reading.parse
    for i in parse.where(("financed", "funded", "implemented", "sponsored")):
        if parse.lower[i + 1 : i + 2] != ["by"]:
            continue
        past = i - (i > 0 and parse.words[i - 1] == ",")
        first = past
        while first > 0 and past - first < 7 and reading.owner[first - 1] is None:
            linked = parse.lower[first - 1] in ("of", "for", "and") and first < past and parse.capital(first - 2)
            if not (parse.capital(first - 1) and parse.words[first - 1][0].isalpha()) and not linked:
                break
            first -= 1
        if past - first > 1 and parse.lower[first] == "the":
            first += 1
        if past - first > 1:
            _mention_project(reading, first, past, past)


def _quoted(reading: Reading) -> None:
    """As in the project “Solar Pumps for Highland Farms”."""
    parse = reading.parse
    for i, word in enumerate(parse.lower):
        if word not in ("project", "programme", "program", "initiative", "scheme", "exercise") or i + 3 >= len(parse):
            continue
        i += parse.lower[i + 1] in ("on", "entitled", "titled", "called", "named", "dubbed")
        if parse.words[i + 1] not in QUOTES:
            continue
        close = next((j for j in range(i + 2, min(i + 30, len(parse))) if parse.words[j] in QUOTES), None)
        stop = next(
            (j for j in range(i + 2, min(i + 30, len(parse))) if parse.lower[j] in ("funded", "financed", "sponsored")),
            None,
        )
        past = min(x for x in (close, stop, i + 30) if x is not None)
        if close is None and stop is None or past - i < 3:
            continue
        span = _mention_project(reading, i + 2, past, past)
        if span is not None:
            _short_name_after(reading, span, past)


def _short_name_after(reading: Reading, span: Span, past: int) -> None:
    """As in "… within the framework of the Initiative (COMPETE)", "(COMPETE project)”".

    Capitals in brackets name the project.
    """
    parse = reading.parse
    for i in range(past, min(past + 14, len(parse) - 2)):
        if parse.words[i] in (".", ";"):
            return
        if parse.words[i] != "(" or not (parse.words[i + 1].isupper() and len(parse.words[i + 1]) > 3):
            continue
        owner = reading.owner[i + 1]
        if owner is not None and owner.draft is not span.draft:
            return
        end = i + 2 + (parse.lower[i + 2] in ("project", "programme", "program"))
        draft = next((d for d in reading.of_type("Project") if folded(parse.words[i + 1]) in d.forms), None)
        if draft is not None and draft is not span.draft:
            reading.unite(draft, span.draft)
            draft_of_span = draft
        else:
            draft_of_span = span.draft
        draft_of_span.forms.add(folded(parse.words[i + 1]))
        reading.mention(draft_of_span, i + 1, end)
        return


def _by_head(reading: Reading, head: int) -> None:
    """As in "Second GMS Highway Modernization Project", "the CLMV scholarship program", "COMPETE project"."""
    parse = reading.parse
    floor = parse.sentences[parse.sentence_of[head]][0]
    first = phrase_start(reading, head, floor)
    first = _past_payer(reading, _whole_name(reading, first, head, floor), head)
    inner = range(first, head)
    named = any((parse.capital(i) and i > floor) or reading.owner[i] is not None for i in inner)
    definite = first > 0 and parse.lower[first - 1] in ("the", "this", "a", "an", "its", "their", "annual")
    following = parse.lower[head + 1 : head + 2]
    if following in (["scheme"], ["programme"], ["program"], ["funding"]) and reading.owner[head + 1] is None:
        return  # the next noun is the head
    if parse.lower[head + 1 : head + 3] in _CORES or {parse.lower[i] for i in inner} & _WISHED:
        return
    idle = all(parse.lower[i] in _AID or reading.owner[i] is not None or not parse.words[i][0].isalnum() for i in inner)
    if idle and parse.words[head].islower() and any(parse.lower[i] in _AID for i in inner):
        return  # "New Zealand's aid programme"
    if parse.lower[head - 1] == "cooperation" and parse.lower[head][:7] == "program" and signed_here(reading, head):
        return  # "signed a military cooperation programme": an instrument
    scholarship = "scholarship" in parse.lower[first : head + 1] or "scholarships" in parse.lower[first : head + 1]
    if parse.lower[first - 1 : first] == ["for"] and first > 1 and parse.capital(first - 2) and parse.capital(first):
        return  # "Programme for Science Scholarships": the head stands before
    if first == head and parse.capital(head) and head > floor:
        tail = phrase_tail(reading, head + 1, frozenset(("for", "on")))
        if tail > head + 1 and any(parse.capital(i) for i in range(head + 2, tail)):
            _mention_project(reading, head, tail, tail)
            return
    dashed = any(parse.words[i] in ("-", "–") for i in inner)
    if parse.tags[head] == "NNS" and not scholarship and not dashed and not (named and parse.capital(head)):
        return
    described = first == head and definite and parse.lower[head + 1 : head + 2] in (["on"], ["for"], ["of"])
    if (
        described
        and (tail := phrase_tail(reading, head + 1, frozenset(("on", "for", "of")))) > head + 2
        and parse.capital(head + 2)
    ):
        span = _mention_project(reading, head + 2, tail, tail)
        if span is not None:
            _short_name_after(reading, span, tail)
        return
    if not (named and first < head) and not (scholarship and (definite or first < head)):
        return
    tail = (
        phrase_tail(reading, head + 1, frozenset(("on", "for")))
        if not scholarship
        else phrase_tail(reading, head + 1, frozenset(("for", "to")))
    )
    _mention_project(reading, first, tail, head + 1)


def _whole_name(reading: Reading, first: int, head: int, floor: int) -> int:
    """Where a name in capitals begins that small words part: "Seeds for Dry Lands programme", "Scale Up Project"."""
    parse = reading.parse
    if (
        not parse.capital(first)
        or first == head
        and (first == floor or parse.tags[first - 1] not in ("RP", "IN", "RB"))
    ):
        return first
    while first > floor and reading.owner[first - 1] is None:
        linked = parse.lower[first - 1] in ("for", "in", "against") and first - 1 > floor and parse.capital(first - 2)
        past = first - 2 if linked else first - 1
        if not parse.capital(past) or not parse.words[past].isalpha() or reading.owner[past] is not None:
            break
        if parse.tags[past][:1] not in "NVJRI" or parse.lower[past] in _OFFICES or past == floor:
            break
        first = past
    return first


_OFFICES = frozenset("minister ministry ministers secretary director commissioner president department office".split())


def _past_payer(reading: Reading, first: int, head: int) -> int:
    """The name behind "ADB-financed", "China-aided": who pays is no part of it."""
    parse = reading.parse
    for i in range(first + 1, min(first + 6, head - 1)):
        if parse.lower[i] in _PAID and parse.words[i - 1] in ("-", "–") and parse.capital(i + 1):
            return i + 1
    return first


_PAID = frozenset("financed funded aided assisted backed sponsored led supported".split())


def _works(reading: Reading, head: int) -> None:
    """As in "Vientiane-Hanoi expressway", "Dawei Special Economic Zone", "National Road No 11"."""
    parse = reading.parse
    floor = parse.sentences[parse.sentence_of[head]][0]
    first = phrase_start(reading, head, floor)
    while first < head and not (parse.capital(first) or reading.owner[first] is not None):
        first += 1
    proper = [i for i in range(first, head) if parse.capital(i) and i > floor]
    past = head + 1
    if parse.lower[past : past + 1] == ["no"] or parse.lower[past : past + 1] == ["no."]:
        past += 2
    elif past < len(parse) and parse.words[past].isdigit() and parse.capital(head):
        past += 1
    if past < len(parse) and parse.capital(past) and parse.capital(head) and parse.tags[past].startswith("NN"):
        return  # "Bandama Road Upgrading Project": the name goes on
    if first and parse.lower[first - 1 - (parse.lower[first - 1] == "the")] in ("along", "off"):
        return
    if parse.lower[head] in _STANDING and not is_built(reading, head):
        return
    if parse.lower[head] in _TRAVELLED and not (is_built(reading, head) or is_near(reading, head, _PLANNED)):
        return  # "was welcomed at Kotoka International Airport"
    if not proper or all(reading.kind_at(i) == "adjective" for i in range(first, head)):
        return
    if parse.lower[head] in ("port", "airport", "plant", "line", "zone", "road") and not parse.capital(head):
        return
    if parse.lower[past : past + 1] in (["project"], ["projects"]):
        past += 1
    _mention_project(reading, first, past, past)


def _mention_project(reading: Reading, first: int, tail: int, core: int) -> Span | None:
    parse = reading.parse
    name = tidy(parse.quote(first, tail))
    if not name:
        return None
    key = re.sub(r" (project|projects|programme|program|programs|programmes)$", "", folded(name))
    for draft in reading.of_type("Project"):
        if key in draft.forms:
            break
    else:
        draft = reading.draft("Project", name)
    draft.forms.add(key)
    span = reading.mention(draft, first, tail)
    short = tidy(parse.quote(first, core))
    draft.names[short] += 0
    if inner := re.search(r"\(([A-Z][\w-]{1,9})\) (\w+)$", parse.quote(first, tail)):
        draft.forms.add(folded(inner[1]))  # "the Rural Seed Renewal (RSR) Programme", later "the RSR Programme"
        draft.names[f"{inner[1]} {inner[2]}"] += 0
    acronym = bracketed(reading, tail) or bracketed(reading, tail + 1)
    after = skip_acronym(reading, tail)
    if acronym and is_acronym(acronym) and after > tail:
        draft.names[acronym] += 1
        draft.forms.add(folded(acronym))
        for i in range(tail, after):
            reading.owner[i] = reading.owner[i] or span
    return span
