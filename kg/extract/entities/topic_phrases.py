"""Lists of topics by their surface: from a token on, the noun phrases that say what was talked about.

Parsers lose track in long lists ("exchanged views on A, B, C and the D of E"), so the tokens are read from left to
right: noun phrase, the phrase behind it, comma or "and", next noun phrase.
"""

from __future__ import annotations

from dataclasses import dataclass

from kg.extract.parse import Parse
from kg.extract.reading import Reading
from kg.extract.wordlists import CALENDAR, word_list

MAX_WORDS = 6  # of a topic: the guidelines of the gold
# Heads that only introduce the matter: "the need to", "cooperation in the field of X" -> X.
LIGHT = word_list("topics", "light")
STOP_HEADS = word_list("topics", "stop")
_RHETORIC = word_list("topics", "rhetoric")
# Adjectives that leave the field what it is: "regional security" is security.
_WEAK = word_list("topics", "weak")
LIGHT_ALONE = _WEAK | _RHETORIC  # before a light noun they do not make a topic of it
# "The energy sector", "security issues": the field is what stands before.
_GENERIC = word_list("topics", "generic")
PEOPLE = word_list("topics", "people")
# "The situation in Niger", "security in eastern Congo": what is told of a country is told with it.
_AFFAIRS = frozenset(
    (
        "situation crisis conflict war developments events tensions violence insecurity unrest fighting coup elections"
    ).split()
)
# "Food and energy security" are two.
_SHARED = word_list("topics", "shared")
_UNITS = frozenset(
    "million billion dollars euros dollar usd eur yuan yen baht rupees pounds tonnes tons percent cent per".split()
)
_TIMES = frozenset(
    "year years month months day days week weeks hour hours minute minutes decade decades century centuries".split()
)
_NOUNS = frozenset(("NN", "NNS", "NNP", "NNPS"))
_INSIDE = _NOUNS | {"JJ", "JJR", "JJS", "VBN", "VBG", "HYPH", "CD", "AFX", "POS", "FW"}
_BEFORE = frozenset(("DT", "PDT", "PRP$", "RB", "RBR", "RBS", "CD"))
_SEPARATORS = frozenset((",", ";", "and", "or", "&"))
_JOINING = frozenset(("as", "along", "together", "with", "well", "also", "including", "finally", "then", "lastly"))
_BEHIND = frozenset("of for in on to from between with against at into across along over".split())
_INNER = frozenset(
    "of for in on to from between with against including like regarding concerning towards toward about".split()
)
_QUOTES = frozenset(("“", '"', "``", "‘", "'"))
_FINITE = frozenset(("VBD", "VBZ", "VBP", "MD"))


@dataclass(frozen=True, slots=True)
class Phrase:
    """A topic at tokens `first..past-1`. `key` is that of a concept; `longer` is past the short phrase behind it.

    `name` is there where the words do not stand together: "food security" in "food and energy security".
    """

    first: int
    past: int
    key: str | None
    longer: int
    name: str | None = None


class TopicLists:
    """Reads lists of topics in one document."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.parse: Parse = reading.parse
        self.hits: dict[int, tuple[int, str]] = {}
        for first, past, key in reading.topic_hits:
            if first not in self.hits or past > self.hits[first][0]:
                self.hits[first] = (past, key)

    def read(self, first: int, past: int, *, depth: int = 0) -> list[Phrase]:
        """The topics of the list that begins at a token and ends before `past`."""
        found: list[Phrase] = []
        i = first
        if not (first and self.parse.words[first - 1] == ":"):
            past = next((j for j in range(first, past) if self.parse.words[j] == ";"), past)
        while i < past:
            i = self._skip(i, past)
            phrases, after = self._item(i, past, depth)
            if after <= i or (found and self._opens_clause(after, past)):
                break
            found += phrases
            i = self._next(after, past)
            if i == after:
                break
        return found

    def _opens_clause(self, after: int, past: int) -> bool:
        """As in "discussed trade, and the ministers agreed": what stands before a finite verb is its subject."""
        return after < past and self.parse.tags[after] in _FINITE

    def _skip(self, i: int, past: int) -> int:
        """Past articles, counts and "(a)" before a noun."""
        parse = self.parse
        while i < past:
            if parse.words[i] == "(" and parse.words[i + 2 : i + 3] == [")"]:
                i += 3
            elif (parse.tags[i] in _BEFORE and i not in self.hits) or parse.lower[i] == "both":
                i += 1
            else:
                break
        return i

    def _next(self, i: int, past: int) -> int:
        """Past the comma, the "and" and the repeated preposition between two items; i where the list ends."""
        parse = self.parse
        start = i
        while i < past and (
            parse.words[i] in _SEPARATORS
            or parse.lower[i] in _SEPARATORS
            or parse.lower[i] in _JOINING
            and (i > start or parse.lower[i] in ("as", "along", "together", "including"))
            or parse.words[i] in ('"', "”", "''", "’", ")")
        ):
            i += 1
        if (
            i > start
            and i < past
            and parse.tags[i] == "IN"
            and parse.lower[i] in ("on", "of", "for", "in", "about", "to")
        ):
            i += 1
        return i if i == start or i < past and parse.tags[i] not in ("WDT", "WP", "WRB") else start

    def _item(self, i: int, past: int, depth: int) -> tuple[list[Phrase], int]:
        """The topics of one member of the list, and the token past it."""
        parse = self.parse
        if i >= past or depth > 4 or parse.words[i] in _QUOTES:
            return [], i  # what is quoted is a figure of speech: "a different Australia"
        if parse.tags[i] in ("VBG", "VB") and not self._nominal(i, past):
            return self._of_gerund(i, past, depth)
        if parse.lower[i] == "to" and i + 1 < past and parse.tags[i + 1] == "VB":
            return self._of_gerund(i + 1, past, depth)
        whole = self._concept_at(i, past)
        if whole is not None:
            return [whole], self._past_phrase(whole.past, past)
        head = self._head(i, past)
        if head is None:
            return [], i
        return self._of_noun(i, head, past, depth)

    def _nominal(self, i: int, past: int) -> bool:
        """Whether a gerund is a noun or a modifier: "vocational training", "lion collaring", "training of judges"."""
        parse = self.parse
        if i in self.hits or parse.tags[i] != "VBG":
            return i in self.hits
        after = parse.lower[i + 1] if i + 1 < past else "."
        if after in ("and", ",") and i + 2 < past and parse.tags[i + 2] == "VBG":
            return False  # "discussing and updating the plan"
        return after in ("of", ",", "and", ".") or parse.deps[i] in ("compound", "amod")

    def _of_gerund(self, i: int, past: int, depth: int) -> tuple[list[Phrase], int]:
        """As in "combating terrorism", "to step up the exchange of data": the object, named with its verb besides."""
        parse = self.parse
        j = i + 1
        while j < past and (parse.tags[j] in ("RP", "RB") or parse.deps[j] == "prt" or parse.lower[j] in ("and",)):
            j += 1
        while j < past and parse.tags[j] in ("VB", "VBG") and not self._nominal(j, past) and depth < 4:
            j += 1
        j = self._skip(j, past)
        if j < past and parse.tags[j] == "IN" and parse.lower[j] in ("in", "on", "against", "with", "towards"):
            j = self._skip(j + 1, past)
        phrases, after = self._item(j, past, depth + 1)
        return phrases, after

    def _concept_at(self, i: int, past: int) -> Phrase | None:
        """A name of the scheme from token i on that no content noun follows."""
        hit = self.hits.get(i)
        if hit is None or hit[0] > past or not self._free(i, hit[0]):
            return None
        end = hit[0]
        rest = end
        while rest < past and (self.parse.tags[rest] in _NOUNS or self.parse.tags[rest] in ("HYPH", "VBG")):
            rest += 1
        following = self.parse.lower[end:rest]
        if not following or all(word in _GENERIC for word in following):
            return Phrase(i, end, hit[1], self._longer(i, rest, past))
        return None

    def stands_alone(self, first: int, past: int) -> bool:
        """Whether a name of the scheme is no part of a longer noun: not "health referrals", "social media"."""
        parse = self.parse
        if past < len(parse) and parse.tags[past] in _NOUNS and parse.deps[past - 1] in ("compound", "amod", "nmod"):
            return parse.lower[past] in _GENERIC
        before = first - 1
        if before < 0 or parse.deps[before] not in ("compound", "amod", "nmod") or parse.heads[before] < first:
            return True
        return parse.lower[before] in LIGHT_ALONE or parse.tags[before] != "NN" and parse.lower[before] != "social"

    def _free(self, first: int, past: int) -> bool:
        return all(self.reading.type_at(j) in (None, "Topic", "Country") for j in range(first, past))

    def _head(self, i: int, past: int) -> int | None:
        """The last noun of the noun phrase that begins at token i."""
        parse = self.parse
        j, head = i, None
        while j < past and (parse.tags[j] in _INSIDE or parse.words[j] in ("-", "–", "/", "'s", "’s")):
            if parse.lower[j + 1 : j + 3] == ["by", parse.lower[j]]:
                break  # "open the market step by step"
            if parse.tags[j] == "VBN" and head is not None and head == j - 1 and not self._before_noun(j, past):
                break
            if (
                parse.tags[j] == "VBG"
                and head is not None
                and parse.deps[j] not in ("compound", "amod", "pobj", "dobj", "conj", "nsubj")
            ):
                break
            if parse.tags[j] in _NOUNS or parse.tags[j] == "VBG" and not self._before_noun(j, past):
                head = j
            j += 1
        return head

    def _before_noun(self, j: int, past: int) -> bool:
        return j + 1 < past and self.parse.tags[j + 1] in _NOUNS | {"JJ"}

    def _of_noun(self, i: int, head: int, past: int, depth: int) -> tuple[list[Phrase], int]:
        parse = self.parse
        first = self._first_of_content(i, head)
        after = head + 1
        word = parse.lower[head]
        inner = self._inner(after, past)
        if word in _TIMES:
            return [], after
        if word in _UNITS or parse.lower[i] in _UNITS or "$" in parse.words[i : head + 1]:
            return self._read_inner(self._paid_for(after, past), past, depth)
        light = word in LIGHT
        longer = self._longer(i, after, past)
        if word in _AFFAIRS and longer > after and self._of_country(after, longer):
            return [Phrase(first, longer, None, longer)], self._past_phrase(after, past)
        if light and inner is not None and (first == head or self._all_weak(first, head) or self._into_field(inner)):
            return self._read_inner(inner, past, depth)
        split = self._shared(i, head, past)
        if split is not None:
            return [split], after
        end = self._past_phrase(after, past)
        if first == head and parse.lower[after : after + 1] == ["and"] and parse.lower[after + 2 : after + 3] == ["of"]:
            return [], end  # "the generation and distribution of power": the second is named in full
        if word in STOP_HEADS or word in PEOPLE or word in CALENDAR or light and first == head:
            return [], end
        owner = self.reading.owner[head]
        if owner is not None and owner.draft.type != "Topic":
            return [], max(end, owner.past)
        if self._not_one(i, head):
            return [], end
        return self._named(first, head, past), end

    def _of_country(self, after: int, past: int) -> bool:
        return any(
            self.reading.type_at(j) in ("Country", "Place") or self.parse.tags[j] == "NNP" for j in range(after, past)
        )

    def _not_one(self, i: int, head: int) -> bool:
        """As in "proposed nothing", "opium, not trade", "on Sunday evening", "the road, a link that"."""
        parse = self.parse
        before = parse.lower[i - 2 : i] if i > 1 else []
        if not {"no", "not", "nothing", "neither", "without"}.isdisjoint((*before, parse.lower[i])):
            return True
        if not CALENDAR.isdisjoint(parse.lower[i : head + 1]):
            return True
        return parse.deps[head] == "appos" and before in ([",", "a"], [",", "an"])

    def _into_field(self, inner: int) -> bool:
        """As in "mutually beneficial cooperation in the fields of X"."""
        return not {"field", "fields", "areas", "sectors", "spheres", "area", "sphere", "domains"}.isdisjoint(
            self.parse.lower[inner : inner + 3]
        )

    def _inner(self, after: int, past: int) -> int | None:
        """Where the phrase behind a light noun begins: "ways | to", "cooperation | in", "issues such | as"."""
        parse = self.parse
        if parse.lower[after : after + 2] == ["such", "as"]:
            return after + 2
        if after < past and parse.words[after] == "," and parse.lower[after + 1 : after + 2] == ["including"]:
            return after + 2
        if after < past and parse.lower[after + 1 : after + 3] == ["such", "as"] and parse.words[after] == ",":
            return after + 3
        if after + 1 < past and (parse.lower[after] in _INNER or parse.words[after] == ":"):
            if parse.lower[after] == "to" and parse.tags[after + 1] == "VB":
                return after
            return after + 1
        return None

    def _paid_for(self, after: int, past: int) -> int | None:
        """As in "20 million dollars over three years for the training of nurses"."""
        for j in range(after, min(after + 9, past)):
            if self.parse.words[j] in (",", ".", ";"):
                return None
            if self.parse.lower[j] in ("for", "towards", "toward"):
                return j + 1
        return None

    def _read_inner(self, inner: int | None, past: int, depth: int) -> tuple[list[Phrase], int]:
        """The list behind a light noun: what follows it belongs to that list."""
        if inner is None:
            return [], past
        return self.read(inner, past, depth=depth + 1), past

    def _first_of_content(self, i: int, head: int) -> int:
        """The first modifier that says something about the field."""
        parse = self.parse
        genitive = max(
            (j for j in range(i, head) if parse.tags[j] == "POS" or parse.words[j] in ("'s", "’s")), default=i - 1
        )
        first = genitive + 1
        while first < head and (
            parse.lower[first] in _RHETORIC
            and parse.tags[first] != "NNP"
            or parse.tags[first] in ("CD", "HYPH", "JJR", "JJS")
            or parse.words[first] in ("-", "–", "/")
            or parse.tags[first] == "VBN"
            and parse.words[first + 1] != "-"
            or self.reading.type_at(first) in ("Organization", "Leader", "Framework", "Meeting")
        ):
            first += 1
        return max(first, head - MAX_WORDS + 1)

    def _all_weak(self, first: int, head: int) -> bool:
        return all(word in _WEAK for word in self.parse.lower[first:head])

    def _shared(self, i: int, head: int, past: int) -> Phrase | None:
        """As in "food and energy security": what the first of the two shares with the second."""
        parse = self.parse
        if head != i or parse.lower[head + 1 : head + 2] != ["and"] or parse.tags[head] not in ("NN", "NNP"):
            return None
        other = self._head(head + 2, past)
        if other is None or other == head + 2 or parse.lower[other] not in _SHARED:
            return None
        return Phrase(i, other + 1, None, other + 1, f"{parse.lower[head]} {parse.lower[other]}")

    def _named(self, first: int, head: int, past: int) -> list[Phrase]:
        """The concept that a noun phrase ends with, if its modifiers add nothing; else the words themselves."""
        parse = self.parse
        past_head = head + 1
        for j in range(first, past_head):
            hit = self.hits.get(j)
            if hit is not None and hit[0] > head and hit[0] <= past and self._all_weak(first, j):
                return [Phrase(j, hit[0], hit[1], self._longer(j, hit[0], past))]
            field = hit is not None and hit[0] <= head and self._all_weak(first, j)
            if hit is not None and field and all(word in _GENERIC for word in parse.lower[hit[0] : past_head]):
                return [Phrase(j, hit[0], hit[1], self._longer(j, past_head, past))]
        longer = self._longer(first, past_head, past)
        if first == head and parse.capital(head) and parse.tags[head].startswith("NNP") and head not in self.hits:
            return []
        if first == head and longer == past_head and len(parse.words[head]) < 4:
            return []
        return [Phrase(first, past_head, None, longer)]

    def _past_phrase(self, after: int, past: int) -> int:
        """Past the phrases behind a noun, however long: "security | along their common borders in 2024"."""
        for _ in range(3):
            reached = self._one_behind(after, past)
            if reached is None:
                break
            after = reached
        return after

    def _longer(self, first: int, after: int, past: int) -> int:
        """Past the phrase behind a noun where both together are short enough for a topic."""
        best = after
        for _ in range(2):
            reached = self._one_behind(after, past)
            if reached is None or reached - first > MAX_WORDS or self._circumstance(after, reached):
                break
            best = after = reached
        return best

    def _circumstance(self, after: int, reached: int) -> bool:
        """Whether a phrase tells who, when or where rather than what: "fisheries with the minister", "on Monday"."""
        types = {self.reading.type_at(j) for j in range(after + 1, reached)}
        words = set(self.parse.lower[after + 1 : reached])
        return bool(types & {"Leader", "Meeting"} or words & CALENDAR or words & PEOPLE or words & _TIMES)

    def _one_behind(self, after: int, past: int) -> int | None:
        parse = self.parse
        if after + 1 >= past or parse.lower[after] not in _BEHIND:
            return None
        start = self._skip(after + 1, past)
        if start < past and parse.tags[start] in ("VBG", "VB") and not self._nominal(start, past):
            start = self._skip(start + 1, past)
        head = self._head(start, past) if start < past else None
        if head is not None and parse.lower[after] == "between" and parse.lower[head + 1 : head + 2] == ["and"]:
            head = self._head(self._skip(head + 2, past), past) or head  # "flights between Quito and Lima"
        return None if head is None else head + 1
