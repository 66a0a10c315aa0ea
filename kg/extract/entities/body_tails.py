"""What follows the head of a body: "Ministry | of Industry and Trade", "Council | of Heads of State"."""

from __future__ import annotations

from kg.extract.entities.office_words import office_words
from kg.extract.entities.offices import portfolio_end
from kg.extract.reading import Reading
from kg.extract.wordlists import word_list

_MINISTRIES = word_list("bodies", "ministries")
_CHIEFS = word_list("bodies", "chiefs")
_DAYS = word_list("phrases", "days")
RANKS = word_list("people", "ranks_before_names") - {"senior", "general"}
GATHERINGS = frozenset(("meeting", "summit", "conference", "forum", "session", "dialogue"))
LONGER = frozenset("scheme project programme program process initiative plan strategy framework partnership".split())
_JOINING = frozenset("and - & es de da do del la le e".split())  # "University of Dar es Salaam"
_STUDIES = frozenset("policy studies strategy security law relations research reform rights".split())
_PEOPLE_ENDINGS = ("ers", "ors", "ates", "ents", "sts", "als", "ries", "men", "women")  # "Ministry of Health | Workers"
_BARE_FIELDS = frozenset("social regional local public national foreign international economic independent".split())
_DEEDS = frozenset("development promotion protection prevention coordination regulation management advancement".split())


def of_tail(reading: Reading, past: int) -> int:
    """As in "of Industry and Trade", "for International Cooperation", "of the Philippines".

    "on Environmental Cooperation".
    """
    parse = reading.parse
    if past >= len(parse) or parse.lower[past] not in ("of", "for", "on", "against"):
        return past
    i = past + 1 + (parse.lower[past + 1 : past + 2] == ["the"])
    if i >= len(parse):
        return past
    span = reading.owner[i]
    if span is not None and span.kind == "name" and span.draft.type in ("Country", "Organization"):
        return past if parse.lower[past] == "on" else span.past  # "a statement of the Secretariat | on Fiji"
    if parse.lower[i] == "people" and parse.lower[i + 2 : i + 4] == ["power", "for"]:
        return portfolio_end(reading, i + 4)  # "Ministry of People's Power for Foreign Affairs"
    end = portfolio_end(reading, i) if parse.capital(i) else i
    joined = parse.lower[end : end + 1] == ["and"] and parse.capital(min(end + 1, len(parse) - 1))
    if joined and end > i:
        end = max(end, _capital_run(reading, i))
    if end > i and parse.lower[end : end + 1] != ["ministers"]:
        while end < len(parse) and parse.lower[end] in _STUDIES | _MINISTRIES and parse.capital(end):
            end += 1  # "Institute for European Policy", "Press Office of the Foreign Ministry"
        return _past_second_field(reading, _past_field_noun(reading, end))
    j = _capital_run(reading, i)
    if j > i and parse.lower[j - 1] in _MINISTRIES and parse.lower[j : j + 1] == ["of"]:
        return of_tail(reading, j)  # "Department of the Ministry of Transport"
    return j if j > i else past


def _past_field_noun(reading: Reading, end: int) -> int:
    """Past the noun that ends a field: "Federation of Trade | Unions", "Department for Social | Welfare"."""
    parse = reading.parse
    if end >= len(parse) or not parse.capital(end) or reading.owner[end] is not None or not parse.words[end].isalpha():
        return end
    if parse.lower[end] in GATHERINGS | _DAYS | RANKS | _CHIEFS | office_words()[1] | LONGER:
        return end
    several = parse.tags[end] in ("NNS", "NNPS") and not parse.lower[end].endswith(_PEOPLE_ENDINGS)
    adjective = parse.tags[end - 1] == "JJ" or parse.lower[end - 1] in _BARE_FIELDS
    single = adjective and parse.tags[end] in ("NN", "NNP") and not parse.capital(min(end + 1, len(parse) - 1))
    return end + 1 if (several or single) else end


def _past_second_field(reading: Reading, end: int) -> int:
    """Past what is developed or protected: "Committee for the Development | of Competition", not "of Ghana"."""
    parse = reading.parse
    if parse.lower[end - 1] not in _DEEDS or parse.lower[end : end + 1] != ["of"]:
        return end
    i = end + 1 + (parse.lower[end + 1 : end + 2] == ["the"])
    if i >= len(parse) or not parse.capital(i) or reading.owner[i] is not None:
        return end
    return max(portfolio_end(reading, i), _capital_run(reading, i))


def _capital_run(reading: Reading, i: int) -> int:
    """Past the capitalised words at i: "Ministers of Foreign Affairs", "Heads of State and Government"."""
    parse = reading.parse
    j = i
    people = {first for first, _, label in parse.names if label == "PERSON" and first > i}
    while j < len(parse) and j - i < 9 and parse.lower[j] not in GATHERINGS | _DAYS | RANKS:
        chaired = j > i and parse.lower[j - 1] == "ministers" and parse.tags[j] == "NNP"
        if j in people or (chaired and parse.lower[j] not in _MINISTRIES):
            break  # "the Council of Ministers | Zoran Petrović"
        if j > i and parse.lower[j - 1] == "of" and _is_other_country(reading, j):
            owner = reading.owner[j]
            return j if owner is None else owner.past  # "Council of Ministers of Chad | Idriss Déby"
        named = parse.capital(j) and parse.words[j][0].isalpha()
        joined = j > i and parse.lower[j] in _JOINING
        of_chiefs = j > i and j + 2 < len(parse) and parse.lower[j - 1 : j + 1] in ([head, "of"] for head in _CHIEFS)
        chiefs = of_chiefs and (parse.capital(j + 1) or _heads_the(reading, j))
        if not (named or joined or chiefs) or (j > i and parse.lower[j - 1] == "and" and _is_other_country(reading, j)):
            break
        j += chiefs and parse.lower[j + 1] == "the"
        j += 1
    while j > i and (parse.lower[j - 1] in _JOINING or parse.lower[j - 1] == "of"):
        j -= 1
    return j


def _is_other_country(reading: Reading, i: int) -> bool:
    """As in "the Center for Green Technology and Kyrgyzstan's Aiyl Bank"."""
    span = reading.owner[i]
    return span is not None and span.draft.type == "Country" and span.kind == "name" and span.first == i


def _heads_the(reading: Reading, of: int) -> bool:
    """As in "Council of Heads of the Border Regions", not "Board of Directors of the Andean Bank"."""
    parse = reading.parse
    return parse.lower[of - 1] in ("heads", "chiefs") and parse.lower[of + 1] == "the" and parse.capital(of + 2)
