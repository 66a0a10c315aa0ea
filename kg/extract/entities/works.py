"""Works and schemes that a text describes: "a rail link from A to B", "the repair of 14 clinics", "a pilot on X"."""

from __future__ import annotations

from kg.extract.entities.phrases import DASHES, phrase_start, phrase_tail
from kg.extract.reading import Reading
from kg.extract.wordlists import CALENDAR, word_list

_STRONG = word_list("projects", "strong_works")
_SOFT = word_list("projects", "soft_works")
_RENEWALS = word_list("projects", "renewals")
_ROUTES = (
    "rail",
    "railway",
    "tram",
    "road",
    "ferry",
    "power",
    "transmission",
    "fibre",
    "optic",
    "fiber",
    "sea",
    "air",
    "bus",
    "shipping",
    "cable",
)
_CENTRES = tuple(
    "conference training security health cultural data research logistics cancer demonstration warning trauma visitor "
    "processing coordination vocational computing skills innovation".split()
)
_KINDS = {
    "post": ("check", "border"),
    "farm": ("wind", "solar"),
    "park": ("solar", "wind", "industrial", "technology", "logistics"),
    "station": (
        "power",
        "pumping",
        "railway",
        "hydropower",
        "desalination",
        "ground",
        "coastguard",
        "warning",
        "weather",
        "bus",
        "fire",
        "tracking",
        "radar",
    ),
    "stations": ("power", "pumping", "warning", "monitoring", "weather", "charging"),
    "store": ("cold",),
    "bank": ("seed", "gene"),
    "crossing": ("border", "river", "second", "third"),
    "plant": (
        "power",
        "desalination",
        "treatment",
        "geothermal",
        "solar",
        "water",
        "cement",
        "hydropower",
        "recycling",
    ),
    "link": _ROUTES,
    "links": _ROUTES,
    "line": (*_ROUTES, "third", "second", "new", "kilovolt", "metro", "-", "gas"),
    "lines": (*_ROUTES, "metro"),
    "zone": ("economic", "industrial", "trade", "processing", "free", "special"),
    "centre": _CENTRES,
    "center": _CENTRES,
}
_LEARNING = frozenset("scholarship scholarships training twinning fellowship exchange internship volunteer".split())
_NEVER_ALONE = frozenset("zone post bank store park".split())  # "Adjacency Zone", "Development Bank"
_ORDINALS = frozenset("first second third fourth fifth sixth pilot final next initial".split())
_BUILDING = word_list("projects", "building")
_PAYING = word_list("projects", "paying")
_WISHED = word_list("projects", "wished")
_STANDING = frozenset(("port", "airport", "school", "museum", "station"))
_MONEY = frozenset(("financing", "finance", "funding", "loan", "aid"))
_FROM = frozenset("from between over across linking connecting".split())
_AT = frozenset("at in near for of on to".split())

Found = tuple[int, int, int]  # the first token of the name, the one past its tail, the one past its head


def described_work(reading: Reading, head: int) -> Found | None:
    """The work whose noun in small letters is at `head`: named by a place, by its ends or by who pays for it."""
    parse = reading.parse
    first = noun_start(reading, head)
    inner = range(first, head)
    if _goes_on(reading, head) or not fits_kind(reading, head):
        return None
    if any(parse.lower[i] in _WISHED for i in range(max(0, first - 1), head)):
        return None
    if parse.lower[head] == "pipeline" and {parse.lower[i] for i in inner} & {"lending", "project", "investment"}:
        return None
    past = head + 1
    tail = place_tail(reading, past)
    if (
        first == head
        and parse.lower[head] in _STANDING
        and parse.lower[past : past + 1] == ["of"]
        and not is_near(reading, head, _BUILDING, before=9, after=8)
    ):
        return None  # "the port of Beira" stands there already
    if parse.deps[head] == "attr" and reading.of_type("Project"):
        return None  # "it is the first bridge over the stretch": what the project is, no second one
    if {"could", "might", "should"} & set(parse.lower[past : tail + 3]):
        return None  # a wish
    if any(parse.capital(i) or reading.type_at(i) == "Place" for i in inner):
        if not _says_enough(reading, first, head):
            return None
        if all(reading.kind_at(i) == "adjective" for i in inner if parse.capital(i)) and not is_built(reading, head):
            return None
        return first, tail, past
    if parse.tags[head] == "NNS" and not _counted(reading, first):
        return None
    if parse.lower[head] in ("corridor", "grid", "zone"):
        return None
    located = tail > past and any(parse.capital(i) for i in range(past, tail))
    ends = located and (
        parse.lower[past] in _FROM or (bool(inner) and parse.lower[first - 1 : first] in (["a"], ["an"]))
    )
    ends = ends or _will_join(reading, past)
    if (tail > past or inner or ends) and _determined(reading, first) and (ends or is_built(reading, head)):
        return first, tail, past
    return None


def _will_join(reading: Reading, past: int) -> bool:
    """As in "a fast line that will link Tirana with Durres", "a road to join Moroto and Lodwar": its ends follow."""
    parse = reading.parse
    i = past + (parse.lower[past : past + 1] in (["that"], ["which"]))
    i += parse.lower[i : i + 1] in (["will"], ["is"], ["to"])
    i += parse.lower[i : i + 1] == ["to"]
    named = any(parse.capital(j) for j in range(i + 1, min(i + 5, len(parse))))
    return i > past and named and parse.lower[i : i + 1] in (["link"], ["connect"], ["join"], ["links"], ["connects"])


def is_learning(reading: Reading, head: int) -> bool:
    """Whether a scheme teaches or sends people: a scholarship scheme is a project, a support scheme a framework."""
    first = phrase_start(reading, head, reading.parse.sentences[reading.parse.sentence_of[head]][0])
    return bool(set(reading.parse.lower[first:head]) & _LEARNING)


def fits_kind(reading: Reading, head: int) -> bool:
    """Whether the noun means works here: a check post, a wind farm; not a post, a park or a station of another kind."""
    word, before = reading.parse.lower[head], reading.parse.lower[head - 1] if head else ""
    if word not in _KINDS or before in _KINDS[word]:
        return True
    return head > 0 and reading.parse.capital(head - 1) and word not in _NEVER_ALONE


def _goes_on(reading: Reading, head: int) -> bool:
    """As in "railway section", "bridge builders": the next noun is the head."""
    parse = reading.parse
    following = head + 1
    return following < len(parse) and parse.deps[head] == "compound" and parse.tags[following].startswith("NN")


def _says_enough(reading: Reading, first: int, head: int) -> bool:
    """Whether a name before the noun makes it definite works: more than "the Kariba bridge" unless it is built."""
    parse = reading.parse
    if parse.lower[head] in _SOFT and not _joined(reading, first, head):
        renewed = any(word in _RENEWALS for word in parse.lower[max(0, first - 4) : first])
        return renewed or is_paid(reading, head)
    if is_built(reading, head) or _joined(reading, first, head):
        return True
    return parse.lower[head] in _STRONG or _has_noun(reading, range(first, head))


def described_scheme(reading: Reading, head: int) -> Found | None:
    """As in "a pilot on cargo seals", "a training course on mediation", "a five-year programme on prisons"."""
    parse = reading.parse
    first = noun_start(reading, head)
    word = parse.lower[head]
    before = parse.lower[first - 1] if first else ""
    prepositions = ("on", "for", "in") if word == "pilot" and is_paid(reading, head) else ("on", "for")
    tail = phrase_tail(reading, head + 1, frozenset(prepositions))
    if before not in ("a", "an", "the", "this", "its") or any(parse.lower[i] in _WISHED for i in range(first, head)):
        return None
    modifiers = {parse.lower[i] for i in range(first, head)}
    if word == "pilot" and first < head:
        return None  # a person who flies
    if word == "package" and not modifiers.isdisjoint(_MONEY):
        return None  # "a financing package" is the money, not what it pays for
    if word == "package" and modifiers and is_paid(reading, head):
        return first, head + 1, head + 1
    if word == "course":
        tail = phrase_tail(reading, head + 1, frozenset(("on", "for", "in")))
        if not modifiers & {"training", "language", "refresher", "week", "month", "day"}:
            return None
    if word in ("study", "survey") and not (modifiers & {"feasibility", "joint"} and is_paid(reading, head)):
        return None
    if word in ("programme", "program", "scheme", "package") and not is_paid(reading, head):
        return None
    if word in ("study", "survey") or tail > head + 1:
        return first, tail, head + 1
    return None


def renewal(reading: Reading, head: int) -> Found | None:
    """As in "the repair of 14 clinics", "a two-stage rebuilding of the line": works named by what is done."""
    parse = reading.parse
    first = noun_start(reading, head)
    counted = any(parse.tags[i] == "CD" for i in range(first, head))
    if parse.lower[head + 1 : head + 2] != ["of"] or first == 0 or parse.lower[first - 1] not in ("the", "a", "an"):
        return None
    if parse.lower[first - 1] != "the" and not counted:
        return None
    tail = phrase_tail(reading, head + 1, frozenset(("of",)))
    inner = range(head + 2, tail)
    definite = counted or any(parse.capital(i) or parse.words[i][0].isdigit() for i in inner)
    definite = definite and any(parse.tags[i] in ("NN", "NNS") and not parse.capital(i) for i in inner)
    if tail == head + 1 or not definite or any(reading.type_at(i) == "Project" for i in range(head, tail)):
        return None
    if parse.lower[head] != "demining" and not is_paid(reading, head):
        return None
    return first, tail, tail


def is_paid(reading: Reading, head: int) -> bool:
    """Whether money, a giver or a builder is named beside the noun: "funded by", "a loan for", "a gift of"."""
    return is_near(reading, head, _PAYING)


def is_built(reading: Reading, head: int) -> bool:
    """Whether the sentence builds, opens or pays for the thing beside the noun."""
    return is_near(reading, head, _BUILDING, before=9, after=8) or is_paid(reading, head)


def is_near(reading: Reading, head: int, words: frozenset[str], *, before: int = 12, after: int = 16) -> bool:
    """Whether one of the words stands beside the noun, in its sentence."""
    parse = reading.parse
    first, past = parse.sentences[parse.sentence_of[head]]
    return any(parse.lower[i] in words for i in range(max(first, head - before), min(past, head + after)) if i != head)


def noun_start(reading: Reading, head: int) -> int:
    """The first token of the noun phrase of `head` that is no participle or genitive left over from before."""
    parse = reading.parse
    first = phrase_start(reading, head, parse.sentences[parse.sentence_of[head]][0])
    while first < head and parse.tags[first] in ("VBG", "VBN", "CC", "POS") and parse.deps[first] != "amod":
        first += 1
    return first


def place_tail(reading: Reading, past: int) -> int:
    """Past "from Kuwait to Muscat", "over the Sittaung", "at Laudat": where the work lies."""
    parse = reading.parse
    if past >= len(parse):
        return past
    word = parse.lower[past]
    if word in _FROM:
        tail = phrase_tail(reading, past, frozenset((word,)))
        if word == "from" and parse.lower[tail : tail + 1] == ["to"]:
            return phrase_tail(reading, tail, frozenset(("to",)))
        return tail
    if word not in _AT or past + 1 >= len(parse):
        return past
    i = past + 1 + (parse.lower[past + 1] == "the")
    if word in ("for", "of") and not (i < len(parse) and (parse.capital(i) or i > past + 1)):
        return past
    if word not in ("for", "of") and not (i < len(parse) and parse.capital(i) and parse.lower[i] not in CALENDAR):
        return past
    if word in ("at", "in", "near", "on") and reading.type_at(i) in ("Place", "Country"):
        span = reading.owner[i]
        return span.past if span is not None else past
    return phrase_tail(reading, past, frozenset((word,)), limit=8)


def _joined(reading: Reading, first: int, head: int) -> bool:
    """As in "Baku–Tbilisi–Kars line": the ends are joined by a dash."""
    parse = reading.parse
    return any(
        parse.words[i] in DASHES
        and parse.capital(i - 1)
        and parse.capital(i + 1)
        and (reading.owner[i] is None or reading.owner[i - 1] is not reading.owner[i + 1])
        for i in range(first + 1, head)
    ) or any(
        ("-" in parse.words[i] or "–" in parse.words[i]) and parse.capital(i) and reading.owner[i] is None
        for i in range(first, head)
    )


def _has_noun(reading: Reading, inner: range) -> bool:
    """As in "Thilawa water supply scheme": a common noun says what is built."""
    parse = reading.parse
    return any(parse.tags[i] in ("NN", "JJ") and not parse.capital(i) and reading.owner[i] is None for i in inner)


def _counted(reading: Reading, first: int) -> bool:
    parse = reading.parse
    return parse.tags[first] == "CD" or (first > 0 and parse.tags[first - 1] == "CD")


def _determined(reading: Reading, first: int) -> bool:
    parse = reading.parse
    return parse.tags[first] == "CD" or (first > 0 and parse.lower[first - 1] in ("a", "an", "the", "this", "its"))


def phase(reading: Reading, head: int) -> Found | None:
    """As in "the second phase of the Ger District programme", "Phase one": a part of a project with its own money."""
    parse = reading.parse
    before = parse.lower[head - 1] if head else ""
    if parse.capital(head) and parse.lower[head + 1 : head + 2] in (
        ["one"],
        ["two"],
        ["three"],
        ["i"],
        ["ii"],
        ["iii"],
    ):
        return head, head + 2, head + 2
    if before not in _ORDINALS:
        return None
    if parse.lower[head + 1 : head + 2] != ["of"]:
        known = bool(reading.of_type("Project"))
        return (head - 1, head + 1, head + 1) if known else None
    i = head + 2 + (parse.lower[head + 2 : head + 3] == ["the"])
    span = reading.owner[i] if i < len(parse) else None
    if span is None or span.draft.type not in ("Project", "Framework"):
        return None
    return head - 1, span.past, head + 1
