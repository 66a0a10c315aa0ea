"""Who a noun phrase stands for: named actors, delegations, unnamed roles, "the two sides", pronouns.

Lists of them.
"""

from __future__ import annotations

import functools
import re

from kg.extract.entities.offices import Office
from kg.extract.entities.people import tidy_title
from kg.extract.entities.persons_meant import counterpart_after, last_person, speaker_of, subject_before
from kg.extract.entities.phrases import DETERMINERS
from kg.extract.reading import Draft, Reading, Span
from kg.extract.wordlists import word_list
from kg.seeds import Gazetteer

_REPRESENTATIVES = word_list("actors", "representatives")
_JOINERS = word_list("actors", "joiners")
_CONJUNCTIONS = frozenset(("and", "&", "well", "along", "together", ";"))
_HE = frozenset(("he", "she", "him", "her", "himself", "herself"))
_COLLECTIVE = word_list("actors", "collective")
_MEMBERS = frozenset("ministers member members states countries nations".split())
_ONE_PERSON = frozenset("leader statesman premier diplomat".split())
_NUMBERS = "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen".split()
_NUMBER_WORDS = {"both": 2, "pair": 2, "duo": 2, "trio": 3} | {word: n for n, word in enumerate(_NUMBERS, start=2)}
_DEFINITE = frozenset(("the", "all", "these", "those", "its", "their"))


def _number(word: str) -> int | None:
    """The number that a word or figures name, from two on."""
    if word.isdigit() and len(word) < 3:
        return int(word) if int(word) > 1 else None
    return _NUMBER_WORDS.get(word)


class Actors:
    """Finds the actors behind tokens of one document. Built after all mentions are known."""

    def __init__(self, reading: Reading, gazetteer: Gazetteer, named: list[Office], unnamed: list[Office]) -> None:
        self.reading = reading
        self.gazetteer = gazetteer
        self.office_tokens = [False] * len(reading.parse)
        self.named_office_tokens = {i for office in named for i in range(office.first, office.past)}
        for office in (*named, *unnamed):
            for i in range(office.first, office.past):
                self.office_tokens[i] = True
        self.office_at: dict[int, Office] = {i: office for office in unnamed for i in range(office.first, office.past)}
        self._found: dict[tuple[int, bool], list[Draft]] = {}
        self.groups = self._list_groups()

    def at(self, token: int, *, spread: bool = True) -> list[Draft]:
        """The actors that the noun phrase with this head stands for; empty where it stands for none."""
        key = (token, spread)
        if key not in self._found:
            self._found[key] = self._at(token, spread)
        return list(self._found[key])

    def _at(self, token: int, spread: bool) -> list[Draft]:
        reading = self.reading
        span = reading.owner[token]
        if span is not None and span.draft.type in ("Leader", "Country", "Organization"):
            found = self._named(span, spread)
            if found is not None:
                return found
        word = reading.parse.lower[token]
        if word in _HE:
            person = self.last_person(token)
            return [person] if person else []
        return self._role(token)

    def all(self, tokens: list[int], *, spread: bool = True) -> list[Draft]:
        """The actors behind several heads, in order, each once."""
        found: list[Draft] = []
        for token in tokens:
            found += [draft for draft in self.at(token, spread=spread) if draft not in found]
        return found

    # ------------------------------------------------------------ names and lists

    def _named(self, span: Span, spread: bool) -> list[Draft] | None:
        if span.draft.type != "Leader" and span.first in self.named_office_tokens:
            return self._named_holders(span.first)
        if span.kind == "adjective" or (span.draft.type == "Organization" and self._modifies_noun(span)):
            return None
        if span.draft.type == "Country" and (
            self._modifies_noun(span) or self._locates(span) or self._ends_dateline(span)
        ):
            return None
        return [s.draft for s in self.groups.get(id(span), [span])] if spread else [span.draft]

    def _locates(self, span: Span) -> bool:
        """As in "Nay Pyi Taw, Myanmar": where the city lies; "Rafael Correa (Ecuador)": whence somebody comes."""
        i = span.first - 2
        if i < 0:
            return False
        beside = {",": ("Place",), "(": ("Leader", "Place"), "[": ("Place",)}.get(self.reading.parse.words[i + 1], ())
        return self.reading.type_at(i) in beside

    def _modifies_noun(self, span: Span) -> bool:
        return self.reading.parse.deps[span.head] in ("compound", "amod", "poss", "nmod")

    def _list_groups(self) -> dict[int, list[Span]]:
        """Span -> all spans listed with it: "A, B and C", titles in between allowed."""
        groups: dict[int, list[Span]] = {}
        parse = self.reading.parse
        for first, past in parse.sentences:
            spans = self.reading.spans_in(first, past, "Leader", "Country", "Organization")
            chain: list[Span] = []
            joined = False
            for span in spans:
                if chain and self._says_of_whom(chain[-1], span):
                    continue
                if chain and chain[-1].draft.type == "Leader" and self._in_title(span):
                    continue
                adjective = span.kind == "adjective" and span.draft.type == "Country"
                if adjective and not (chain and chain[-1].kind == "adjective"):
                    continue
                link = self._link(chain[-1], span) if chain else None
                # "came from A, B and C; D and E stayed away": a list that has had its "and" ends at the semicolon.
                if joined and ";" in parse.words[chain[-1].past : span.first]:
                    link = link if ";" in parse.words[chain[0].past : chain[-1].first] else None
                if link is None:
                    self._close(groups, chain, joined)
                    chain, joined = [span], False
                else:
                    chain.append(span)
                    joined = joined or link
            self._close(groups, chain, joined)
        return groups

    def _says_of_whom(self, person: Span, span: Span) -> bool:
        """As in "Wang Yi | of China | and Maris Sangiampongsa of Thailand": whose country it is stands before."""
        if person.draft.type != "Leader" or span.draft.type == "Leader" or span.kind == "adjective":
            return False
        between = self.reading.parse.lower[person.past : span.first]
        return between in (["of"], ["of", "the"])

    def _in_title(self, span: Span) -> bool:
        """As in "President of Chad X and President of | Togo | Y": in the title of the next one."""
        return span.draft.type != "Leader" and span.first in self.named_office_tokens

    def _close(self, groups: dict[int, list[Span]], chain: list[Span], joined: bool) -> None:
        if joined and len(chain) > 1:
            for span in chain:
                groups[id(span)] = chain

    def _link(self, left: Span, right: Span) -> bool | None:
        """None when the two are no list; else whether an "and" stands between them."""
        if (left.draft.type == "Leader") != (right.draft.type == "Leader"):
            return None
        # "X, minister of Oman, and representatives of Jordan": a named person's country is no member of the list.
        if left.draft.type != "Leader" and left.first in self.named_office_tokens and self.office_at.get(right.first):
            return None
        words = self.reading.parse.lower
        if self._ends_dateline(left):
            return None
        conjunction = False
        separated = False
        i = left.past
        while i < right.first:
            word = words[i]
            if word in _JOINERS:
                conjunction = conjunction or word in _CONJUNCTIONS
                separated = separated or word in (",", ";") or word in _CONJUNCTIONS or word in ("-", "–")
            elif (
                self.office_tokens[i]
                or (left.draft.type == "Leader" and self._state_token(i))
                or (word == "of" and left.draft.type == "Leader")
                or word in ("'s", "’s")
                and left.draft.type == "Leader"
                or word in ("(", ")")
                or (i > left.past and words[i - 1] == "(")
            ):
                pass
            else:
                return None
            i += 1
        if not separated:
            return None
        return conjunction

    def _ends_dateline(self, span: Span) -> bool:
        """As in "BRIDGETOWN, | Barbados | – The Bank and the Fund": where the report was written."""
        parse, i = self.reading.parse, span.past
        opens = span.first - parse.sentences[parse.sentence_of[span.first]][0] < 5
        opens = opens and span.first > 0 and parse.words[span.first - 1] == ","
        return opens and i < len(parse) and parse.words[i] in ("–", "—", "-", "--") and not parse.glued(i)

    def _state_token(self, i: int) -> bool:
        span = self.reading.owner[i]
        return span is not None and span.draft.type in ("Country", "Organization")

    # ------------------------------------------------------------ roles and collectives

    def _role(self, token: int) -> list[Draft]:
        """As in "the Vietnamese delegation", "delegations from Laos and Cambodia", "the Lao Prime Minister".

        "the two sides".
        """
        parse = self.reading.parse
        word = parse.lower[token]
        explained = self.reading.owner[parse.heads[token]] if parse.deps[token] == "appos" else None
        if explained is not None and explained.draft.type == "Leader":
            return [explained.draft]  # "Ambroise Kanté, its vice-president": no other vice-president
        if token in self.named_office_tokens:
            return self._named_holders(token)
        office = self.office_at.get(token)
        if office is not None:
            holder = self.office_holder(office)
            if holder is not None:
                return [holder]
            bodies = [body for body in office.bodies if body.type == "Country"]
            if word in _ONE_PERSON and len(bodies) == 1 and (person := speaker_of(self.reading, bodies[0], token)):
                return person
            if bodies:
                # "Serbian, Albanian and Greek leaders": the office was read with the last of them alone.
                return max(bodies, self.countries_of(token), key=len) if parse.tags[token] == "NNS" else bodies
        if word in ("counterpart", "counterparts", "colleague", "number"):
            after = counterpart_after(self.reading, token)
            if after is not None:
                return [after]
        if word in _REPRESENTATIVES or word in ("they", "both"):
            countries = self.countries_of(token)
            if word in _ONE_PERSON and len(countries) == 1:
                return speaker_of(self.reading, countries[0], token) or countries
            return countries or (self.collective(token) if word in _COLLECTIVE else [])
        return []

    def _named_holders(self, token: int) -> list[Draft]:
        """As in "the presidents of Kenya and Uganda, X and Y": the people whose office the noun is."""
        parse = self.reading.parse
        past = token
        while past < len(parse) and past in self.named_office_tokens:
            past += 1
        end = parse.sentences[parse.sentence_of[token]][1]
        after = self.reading.spans_in(past, min(past + 5, end), "Leader")
        return [s.draft for s in self.groups.get(id(after[0]), after[:1])] if after else []

    def countries_of(self, token: int) -> list[Draft]:
        """The countries and bodies that a common noun belongs to: adjective, genitive, "of", "from" and its list."""
        reading, parse = self.reading, self.reading.parse
        found: list[Draft] = []
        first = token
        floor = parse.sentences[parse.sentence_of[token]][0]
        # "X, minister of Chad, and representatives of Y": what stands before the "and" is another member of the list.
        while first > floor and self._belongs(first - 1) and parse.lower[token - 1] not in ("and", ","):
            first -= 1
        of_members = parse.lower[token] in _MEMBERS
        for span in reading.all_in(first, token, "Country", "Organization", "Framework"):
            found += [d for d in self._expand(span, of_members) if d not in found]
        i = token + 1
        if i < len(parse) and parse.lower[i] in ("of", "from", "representing"):
            i += 1
            while (
                i < len(parse)
                and parse.lower[i] in DETERMINERS | {"both", "member", "countries", "states"}
                and reading.owner[i] is None
            ):
                i += 1
            owner = reading.owner[i] if i < len(parse) else None
            if owner is not None and owner.draft.type in ("Country", "Organization", "Framework"):
                listed = [s for s in self.groups.get(id(owner), [owner]) if s.first >= owner.first]
                of_members = of_members or parse.lower[owner.past : owner.past + 1] in (["member"], ["members"])
                for listed_span in listed:
                    found += [d for d in self._expand(listed_span, of_members) if d not in found]
        return found

    def _belongs(self, i: int) -> bool:
        parse = self.reading.parse
        span = self.reading.owner[i]
        if span is not None:
            return span.draft.type in ("Country", "Organization", "Framework")
        return parse.lower[i] in ("and", ",", "'s", "’s", "high-ranking", "high-level", "-") or parse.tags[i] in (
            "JJ",
            "NN",
            "NNP",
            "HYPH",
            "POS",
            "CD",
        )

    def _expand(self, span: Span, of_members: bool) -> list[Draft]:
        """A grouping named with "countries" or "leaders" stands for its members as far as this text names them.

        "The SADC ministers", "the GCC member states" are not the body itself; "SADC representatives" are.
        """
        if span.draft.type == "Country" or (span.draft.type == "Organization" and not of_members):
            return [span.draft]
        return self.members_named(span.draft)

    def members_named(self, grouping: Draft) -> list[Draft]:
        """The members of a grouping that this document has named, by the seeds or by what it says itself."""
        said = [f.subject for f in self.reading.facts if f.predicate == "memberOf" and f.object is grouping]
        if said:
            return said
        members = self.gazetteer.seeds[grouping.seed].members if grouping.seed in self.gazetteer.seeds else ()
        if len(members) > 8:
            return []
        named = [d for d in self.reading.of_type("Country") if d.attributes.get("iso3") in members]
        return named if len(named) == len(members) else []

    def collective(self, token: int) -> list[Draft]:
        """As in "the two sides", "both countries", "the four leaders", "they": that many actors named last before."""
        parse = self.reading.parse
        wanted = None
        for i in range(max(0, token - 3), token + 1):
            wanted = _number(parse.lower[i]) or wanted
        members = self.members_meant(token, wanted)
        if members:
            return members
        kinds = (
            ("Leader",) if parse.lower[token] in ("leaders", "ministers", "presidents", "premiers") else ("Country",)
        )
        if parse.lower[token] == "they":
            kinds, wanted = ("Leader",), 2
        if parse.lower[token] in ("pair", "duo", "trio") and self._last_named(token, ("Leader",), wanted or 2):
            kinds = ("Leader",)
        if parse.lower[token] == "both" and wanted is None:
            wanted = 2
        if wanted is None:
            return []
        return self._last_named(token, kinds, wanted)

    def members_meant(self, token: int, wanted: int | None) -> list[Draft]:
        """As in "the seven members", "all the member states": those of the one grouping whose members are listed."""
        parse = self.reading.parse
        begin = parse.sentences[parse.sentence_of[token]][0]
        before = set(parse.lower[max(begin, token - 4) : token])
        named_as_members = parse.lower[token] in ("members", "signatories") or "member" in before
        if not (before & _DEFINITE and (named_as_members or (wanted or 0) > 2)):
            return []
        listed: dict[int, list[Draft]] = {}
        for fact in self.reading.facts:
            if fact.predicate == "memberOf" and fact.token < token:
                listed.setdefault(id(fact.object), []).append(fact.subject)
        lists = [members for members in listed.values() if wanted in (None, len(members))]
        return lists[0] if len(lists) == 1 else []

    def _last_named(self, token: int, kinds: tuple[str, ...], wanted: int) -> list[Draft]:
        """Those of the sentence or the one before, if it has just so many; else whom the document speaks of most."""
        number = self.reading.parse.sentence_of[token]
        for begin, past in reversed(self.reading.parse.sentences[max(0, number - 1) : number + 1]):
            here = list(dict.fromkeys(s.draft for s in self.reading.spans_in(begin, min(past, token), *kinds)))
            if len(here) == wanted:
                return here
            if here:
                break
        counts: dict[int, int] = {}
        order: dict[int, Draft] = {}
        for span in self.reading.spans:
            if span.draft.type in kinds and span.first < token:
                counts[id(span.draft)] = counts.get(id(span.draft), 0) + 1
                order.setdefault(id(span.draft), span.draft)
        ranked = sorted(order, key=lambda k: -counts[k])
        if len(ranked) < wanted:
            return []
        if len(ranked) > wanted and counts[ranked[wanted]] == counts[ranked[wanted - 1]]:
            return []
        return [order[k] for k in ranked[:wanted]]

    def office_holder(self, office: Office) -> Draft | None:
        """The person of this document who holds that office: by title and country; None when several could."""
        title = _title_key(office.title)
        fitting = []
        for person in self.reading.of_type("Leader"):
            titles = {_title_key(v) for v in self.reading.objects(person, "position") if isinstance(v, str)}
            bodies = self.reading.objects(person, "represents")
            if office.bodies and bodies and not any(b in bodies for b in office.bodies):
                continue
            if any(
                title == t or title in t.split(" and ") or (title == "minister" and "minister" in t.split())
                for t in titles
            ):
                fitting.append((bool(office.bodies) and any(b in bodies for b in office.bodies), person))
        sure = [p for match, p in fitting if match]
        if len(sure) == 1:
            return sure[0]
        if office.bodies and not sure and len(fitting) != 1:
            return None
        return fitting[0][1] if len(fitting) == 1 else None

    def last_person(self, token: int) -> Draft | None:
        """Whom "he" stands for: a person named before, or one whom the sentence before calls "the Lao leader"."""
        called = subject_before(self.reading, token)
        found = [d for d in self._role(called) if d.type == "Leader"] if called is not None else []
        return found[0] if len(found) == 1 else last_person(self.reading, token)


@functools.lru_cache(maxsize=4096)  # every office without a name is held against all titles of the document
def _title_key(title: str) -> str:
    short = {
        "pm": "prime minister",
        "dpm": "deputy prime minister",
        "fm": "foreign minister",
        "premier": "prime minister",
    }
    key = re.sub(r"[^\w ]+", " ", tidy_title(title).lower()).strip()
    return short.get(key, key)
