"""Organizations without a head noun in their name: companies, charities, acronyms, "the foreign ministry"."""

from __future__ import annotations

import re
from itertools import pairwise

from kg.extract.entities.offices import portfolio_end
from kg.extract.entities.phrases import phrase_tail
from kg.extract.parse import Parse
from kg.extract.reading import Draft, Reading
from kg.extract.wordlists import word_list
from kg.spelling import fold

_COMPANIES = word_list("companies", "nouns")
_NOT_BODIES = word_list("companies", "not_bodies")
_OPENING = word_list("companies", "opening")
_PANELS = word_list("companies", "panels")
_PANEL_WORDS = word_list("companies", "panel_words")
_LINKS = frozenset("de des du da do dos la le del della für der di e et y und".split())
_CHIEFS = frozenset("head president director chairman chairwoman chief member members director-general".split())
_WITH_LEADERS = frozenset("agency lender entity foundation federation union service bank".split())
_JOINTS = frozenset(("&", "-", "–", "'s", "’s", "'", "’"))


def find_companies(reading: Reading) -> None:
    """Mentions of bodies by what the text calls them: "the Italian firm X", "X, a shipping company", "NGO X"."""
    parse = reading.parse
    for i, word in enumerate(parse.lower):
        if word in _COMPANIES:
            _named_after(reading, i)
            _named_before(reading, i)
        elif word in _OPENING and parse.capital(i) and reading.owner[i] is None:
            _opened_by_noun(reading, i)
        elif parse.words[i] in ("based", "owned", "run") and i and parse.words[i - 1] in ("-", "–"):
            _owned_or_based(reading, i)


def find_described_bodies(reading: Reading) -> None:
    """Mentions of bodies in small letters: "the foreign ministry", "a joint technical committee"."""
    parse = reading.parse
    for i, word in enumerate(parse.lower):
        if word == "ministry" and _is_free_and_small(reading, i):
            _ministry(reading, i)
        elif word in _PANELS and _is_free_and_small(reading, i):
            _panel(reading, i)


def _is_free_and_small(reading: Reading, i: int) -> bool:
    return reading.owner[i] is None and not reading.parse.capital(i)


def find_unknown_acronyms(reading: Reading) -> None:
    """Capitals that stand for an actor: "ZETCO will build the line", "the president of FEDOMU"."""
    parse = reading.parse
    known: dict[str, Draft] = {}
    bracketed = {word for word, after in pairwise(parse.words[1:]) if after == ")"}
    for i, word in enumerate(parse.words):
        if not _acronym(word) or reading.owner[i] is not None or word.lower() in _NOT_BODIES or word in bracketed:
            continue
        if word in known or (not _in_heading(reading, i) and _is_actor(reading, i)):
            if word not in known:
                known[word] = reading.draft("Organization", word)
                known[word].forms.add(word.lower())
            reading.mention(known[word], i, i + 1)
            if (person := _person_of(reading, i)) is not None:
                reading.say(person, "represents", known[word], i, rule="name of body", confidence=0.8)


def _acronym(word: str) -> bool:
    return word.isupper() and word.isalpha() and 3 <= len(word) <= 10


def opens_dateline(parse: Parse, i: int) -> bool:
    """Whether the word in capitals says where a report was filed: "NOUADHIBOU, Mauritania - The ministers of"."""
    start = i
    while start > 0 and parse.words[start - 1].isupper():
        start -= 1
    if start > 0 and "\n" not in parse.words[start - 1]:
        return False
    past = min(len(parse), i + 12, parse.sentences[parse.sentence_of[i]][1])
    for j in range(i + 1, past):
        if parse.words[j] in ("-", "–", "—", "--") and not parse.glued(j):
            return True
        if parse.words[j].islower():
            return False
    return False


def _in_heading(reading: Reading, i: int) -> bool:
    """Whether the sentence is all in capitals: no word of it can be told from an acronym."""
    parse = reading.parse
    first, past = parse.sentences[parse.sentence_of[i]]
    return sum(parse.words[j].islower() for j in range(first, past)) < 3


def _person_of(reading: Reading, i: int) -> Draft | None:
    """The person of "Commander X of the NLF"."""
    parse = reading.parse
    of = i - 1 - (parse.lower[i - 1] == "the")
    span = reading.owner[of - 1] if of > 0 and parse.lower[of] == "of" else None
    return span.draft if span is not None and span.draft.type == "Leader" and span.past == of else None


def _is_actor(reading: Reading, i: int) -> bool:
    """Whether the name does something, has something done by it, or has a head: "by X", "the head of X"."""
    parse = reading.parse
    dep, governor = parse.deps[i], parse.heads[i]
    first = parse.sentences[parse.sentence_of[i]][0]
    before = parse.lower[i - 1] if i > first else ""
    if (
        opens_dateline(parse, i)
        or parse.glued(i)
        or (i + 1 < len(parse) and parse.glued(i + 1) and parse.words[i + 1] in ("-", "–", "/"))
    ):
        return False
    if _person_of(reading, i) is not None:
        return True
    if dep == "nsubj":
        return parse.tags[governor].startswith("V") and parse.lower[governor] not in ("is", "was", "are", "were")
    if before == "of":
        return i - first > 1 and parse.lower[i - 2] in _CHIEFS
    if dep == "pobj":
        return parse.lower[governor] == "by" and before in ("by", "the")
    if dep == "conj":
        return reading.type_at(governor) in ("Organization", "Country") and before in ("and", "the", ",")
    return dep == "poss" and before == "the"


def name_run(reading: Reading, first: int, *, countries: bool = True) -> int:
    """Past the run of capitalised words from `first`, with links between them ("Downer & Sons", "Rede do Norte")."""
    parse = reading.parse
    past = first
    stop = min(len(parse), parse.sentences[parse.sentence_of[first]][1], first + 7)
    while past < stop:
        owner = reading.owner[past]
        if owner is not None and (owner.draft.type != "Country" or owner.kind != "name" or not countries):
            break
        if parse.words[past][0].isupper() and parse.words[past][0].isalpha():
            past += 1
        elif past > first and past + 1 < stop and parse.capital(past + 1):
            of = parse.lower[past] == "of" and reading.owner[past + 1] is None
            if not of and parse.lower[past] not in _LINKS and parse.words[past] not in _JOINTS:
                break
            past += 1
        else:
            break
    return past


def _named_after(reading: Reading, noun: int) -> None:
    """As in "the Italian firm CESI", "the oil companies A and B", "a British charity, Clearfields,"."""
    parse = reading.parse
    first = noun + 1
    comma = parse.words[first : first + 1] == [","]
    first += comma
    if (
        first >= len(parse)
        or (parse.capital(noun) and parse.words[noun] != "NGO")
        or reading.owner[first] is not None
        or not parse.capital(first)
    ):
        return
    past = name_run(reading, first)
    if past == first or (comma and not _closed(reading, past)) or not _may_be_body(reading, first, past):
        return
    if parse.lower[noun] in _WITH_LEADERS and _is_person(reading, first, past):
        return  # "the union Jan Novak"
    _mention(reading, first, past)
    if parse.lower[noun].endswith("s") and parse.lower[past : past + 1] == ["and"] and parse.capital(past + 1):
        end = name_run(reading, past + 1)
        if _may_be_body(reading, past + 1, end):
            _mention(reading, past + 1, end)


def _owned_or_based(reading: Reading, participle: int) -> None:
    """As in "State-owned Huanan Power will build", "the Singapore-based Strait Monitor"."""
    first = participle + 1
    if first >= len(reading.parse) or reading.owner[first] is not None or not reading.parse.capital(first):
        return
    past = name_run(reading, first)
    if past > first and _may_be_body(reading, first, past):
        _mention(reading, first, past)


def _is_person(reading: Reading, first: int, past: int) -> bool:
    return any(label == "PERSON" and a < past and first < b for a, b, label in reading.parse.names)


def _closed(reading: Reading, past: int) -> bool:
    """Whether an apposition ends here: "a charity, Clearfields Trust, will" but not "a firm, Mr Okello said"."""
    parse = reading.parse
    return past < len(parse) and parse.words[past] in (",", ".", ";", ")", ":")


def _named_before(reading: Reading, noun: int) -> None:
    """As in "Downer and Tisdall Marine, a Whangarei engineering firm", "Rede Norte, the state railway company"."""
    parse = reading.parse
    floor = parse.sentences[parse.sentence_of[noun]][0]
    i = noun
    while i > floor and noun - i < 7 and parse.words[i - 1] != ",":
        if parse.tags[i - 1].startswith(("V", "MD", "IN")) and parse.tags[i - 1] not in ("VBN", "VBG"):
            return
        i -= 1
    if parse.capital(noun) or parse.tags[noun + 1 : noun + 2][:1] in (["VBD"], ["VBZ"], ["MD"]):
        return  # "…, the bank said"
    if i - 2 < floor or parse.words[i - 1] != "," or parse.lower[i] not in ("a", "an", "the", "its", "one"):
        return
    if parse.lower[noun + 1 : noun + 2] == [","] or noun + 1 >= len(parse) or not parse.capital(noun + 1):
        past = i - 1
        first = name_start(reading, past, floor)
        if first < past and _may_be_body(reading, first, past):
            _mention(reading, first, past)


def name_start(reading: Reading, past: int, floor: int) -> int:
    """The first word of the capitalised run that ends before `past`."""
    parse = reading.parse
    first = past
    while first > floor and past - first < 6:
        owner = reading.owner[first - 1]
        if owner is not None and owner.draft.type != "Country":
            break
        word, lower = parse.words[first - 1], parse.lower[first - 1]
        link = first - 2 >= floor and parse.capital(first - 2) and first < past
        named = word[0].isupper() and parse.tags[first - 1].startswith(("NN", "JJ", "FW"))
        if named or (link and (lower in _LINKS or word in _JOINTS or lower == "and")):
            first -= 1
        else:
            break
    return first


def _may_be_body(reading: Reading, first: int, past: int) -> bool:
    """No person's title, no day, nothing that another entity owns whole."""
    parse = reading.parse
    if all(reading.owner[i] is not None for i in range(first, past)):
        return False
    return not any(parse.lower[i] in _NOT_BODIES for i in range(first, past))


def _opened_by_noun(reading: Reading, head: int) -> None:
    """As in "Fundação Alvorada", "École supérieure de journalisme", "Instituto Nacional de Pesquisas"."""
    parse = reading.parse
    past = name_run(reading, head)
    stop = parse.sentences[parse.sentence_of[head]][1]
    while past < min(stop, head + 8):
        lower = parse.lower[past]
        if lower in _LINKS and past + 1 < stop and parse.words[past + 1][0].isalpha():
            past = max(past + 2, name_run(reading, past + 1))
        elif past == head + 1 and not lower.isascii() and lower.isalpha():
            past += 1  # "École supérieure"
        else:
            break
    if past > head + 1:
        _mention(reading, head, past)


def _ministry(reading: Reading, head: int) -> None:
    """As in "the foreign ministry", "the Algerian agriculture ministry", "Chile's energy and mines ministry"."""
    parse = reading.parse
    first = head
    floor = parse.sentences[parse.sentence_of[head]][0]
    while first > floor and head - first < 5 and not parse.capital(first - 1):
        lower = parse.lower[first - 1]
        between = lower in ("and", "&", "-") and first < head
        if not between and portfolio_end(reading, first - 1) != first and portfolio_end(reading, first - 1) != head:
            break
        first -= 1
    while first < head and parse.lower[first] in ("and", "&", "-"):
        first += 1
    past = head + 1
    if parse.lower[past : past + 1] == ["of"] and past + 1 < len(parse) and not parse.capital(past + 1):
        past = max(past, portfolio_end(reading, past + 1) if portfolio_end(reading, past + 1) > past + 1 else past)
    if first == head and past == head + 1:
        return
    whole = first
    if first > floor and reading.kind_at(first - 1) == "adjective" and reading.type_at(first - 1) == "Country":
        country = reading.owner[first - 1]
        whole = first - 1 if country is None else country.first  # "the South Korean foreign ministry"
    draft = _described(reading, whole, past, parse.quote(first, past))
    reading.mention(draft, first, past, head=head)
    draft.names[parse.quote(whole, past)] += 0


def _panel(reading: Reading, head: int) -> None:
    """As in "a joint technical committee", "the steering committee of the project"."""
    parse = reading.parse
    first = head
    floor = parse.sentences[parse.sentence_of[head]][0]
    while first > floor and parse.tags[first - 1] in ("JJ", "NN", "VBG", "HYPH") and not parse.capital(first - 1):
        first -= 1
    while first < head and parse.words[first][0].isdigit():
        first += 1  # "the 12th | steering committee meeting"
    if not {parse.lower[i] for i in range(first, head)} & _PANEL_WORDS:
        return
    if parse.lower[head] == "force" and parse.lower[head - 1] not in ("task", "joint"):
        return
    kind = "Framework" if parse.lower[head] in ("commission", "group", "force") else "Organization"
    tail = phrase_tail(reading, head + 1, frozenset(("on",)))
    if tail == head + 1 and parse.lower[head - 1] in ("working", "task"):
        return
    name = parse.quote(first, tail)
    draft = next((d for d in reading.of_type(kind) if name.lower() in d.forms), None)
    if draft is None:
        draft = reading.draft(kind, name)
        draft.forms.add(name.lower())
    reading.mention(draft, first, tail, head=head)
    draft.names[parse.quote(first, head + 1)] += 0


def _described(reading: Reading, first: int, past: int, short: str) -> Draft:
    """The ministry of that name and country; without a country the last one that bears the name."""
    name = reading.parse.quote(first, past)
    for draft in reversed(reading.of_type("Organization")):
        if name.lower() in draft.forms:
            return draft
    draft = reading.draft("Organization", name)
    draft.forms |= {name.lower(), short.lower()}
    return draft


def _mention(reading: Reading, first: int, past: int) -> None:
    name = re.sub(r"\s+", " ", reading.parse.quote(first, past))
    key = re.sub(r"[^\w]+", " ", fold(name).lower()).strip()
    draft = next((d for d in reading.of_type("Organization") if key in d.forms), None)
    if draft is None:
        draft = reading.draft("Organization", name)
        draft.forms.add(key)
    reading.mention(draft, first, past)
