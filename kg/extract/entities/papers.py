"""Whether a noun such as "agreement" or "statement" means a paper, and what its words say of it."""

from __future__ import annotations

from collections.abc import Callable

from kg.extract.entities.phrases import phrase_start, phrase_tail
from kg.extract.reading import Reading
from kg.extract.wordlists import word_list

# "agreement" in the sense of consent, "statement" of a spokesperson … are no instruments unless signed or named.
_ADJECTIVES = word_list("frameworks", "adjectives")
_OF_INSTRUMENTS = word_list("frameworks", "instrument_adjectives")
_VAGUE = word_list("frameworks", "vague")
_SUBJECTS = frozenset("military nuclear bilateral trilateral maritime cultural technical".split())
_CAPITAL_ONLY = word_list("frameworks", "capital_only")
_OF_WHAT = {"terms": "reference", "code": "conduct"}
_STATED = frozenset("joint final closing presidential chair's concluding common leaders ministerial summit".split())
_LOWER_HEADS = word_list("frameworks", "lower_heads")
_BODY_NOUNS = word_list("bodies", "ministries") | word_list("bodies", "heads")

_PLANS = word_list("frameworks", "plans")
_SIGNING = word_list("frameworks", "signing")
_LENT = frozenset("approved approve approves agreed signed sign agreement exchange notes inked".split())
_CURRENCIES = word_list("frameworks", "currencies")

Mention = Callable[[Reading, int, int, int, int, str], None]


def is_no_paper(reading: Reading, head: int) -> bool:
    """Whether the noun means something else here: a map, a note, the portfolio of a minister, half of a longer name."""
    parse = reading.parse
    word, before = parse.lower[head], parse.lower[head - 1] if head else ""
    after = parse.lower[head + 1 : head + 2]
    capital = parse.capital(head)
    if after and parse.capital(head + 1) == capital and _goes_on(reading, head + 1):
        return True
    if word == "map":
        return before != "road"
    if word in _OF_WHAT:
        return parse.lower[head + 1 : head + 3] != ["of", _OF_WHAT[word]]
    if word in ("note", "notes", "document", "documents") or (word.startswith("letter") and not capital):
        return not (_exchanged(reading, head) or parse.lower[head + 1 : head + 3] == ["of", "intent"])
    if word in ("minutes", "record"):
        if word == "record":
            return parse.lower[head + 1 : head + 3] != ["of", "discussions"]
        return before not in ("the", "agreed") or not signed_here(reading, head)
    if word == "union":
        return capital or before not in ("customs", "monetary")
    if word in ("package", "packages"):  # "signed a financing package", not "a package of measures"
        return before not in ("financing", "finance", "funding", "loan") or not signed_here(reading, head)
    if word in ("contract", "contracts"):
        return before not in ("finance", "loan", "financing", "grant")
    if word == "cooperation" and capital:
        return _is_portfolio(reading, head)
    if word.startswith("arrangement") and not capital:
        return not signed_here(reading, head)
    if word == "statement" and before in ("press", "media"):
        return True
    if word in ("convention", "charter") and not capital:
        return parse.deps[head] == "compound"
    if word in ("deal", "deals"):
        if word == "deals" and "the" in parse.lower[max(0, head - 3) : head]:
            return True  # those of the sentence before
        return before not in _DEALS and not _is_signed(reading, head)
    if word == "act":
        return not capital or head == 0 or not parse.capital(head - 1)
    return word in _CAPITAL_ONLY and not (capital and head > 0 and (parse.capital(head - 1) or after != []))


_DEALS = frozenset("peace trade interim border gas fisheries ceasefire cooperation partnership loan".split())


def _is_signed(reading: Reading, head: int) -> bool:
    """As in "signed a deal", "the deal was signed", "a deal signed between A and B": said of the noun itself."""
    parse = reading.parse
    verbs = [parse.heads[head] if parse.deps[head] in ("dobj", "nsubjpass") else head]
    verbs += [c for c in parse.children[head] if parse.deps[c] == "acl"]
    return any(parse.lower[v] in ("sign", "signed", "signs", "signing", "inked", "ink") for v in verbs)


def _goes_on(reading: Reading, i: int) -> bool:
    """As in "Country Partnership Strategy": the next word is the head."""
    parse, lower = reading.parse, reading.parse.lower[i]
    if reading.owner[i] is not None or parse.deps[i - 1] not in ("compound", "nmod", "amod"):
        return lower in _LOWER_HEADS and reading.owner[i] is None and parse.capital(i)
    return lower in _LOWER_HEADS or (parse.capital(i) and (lower in _BODY_NOUNS or lower in ("forum", "circle")))


def _exchanged(reading: Reading, head: int) -> bool:
    """As in "will exchange notes on a loan", "signed a note on cooperation"."""
    parse = reading.parse
    before = parse.lower[max(0, head - 12) : head]
    return parse.lower[head + 1 : head + 2] in (["on"], ["for"]) and any(
        word in ("exchange", "exchanged", "signed", "signing", "sign") for word in before
    )


def _is_portfolio(reading: Reading, head: int) -> bool:
    """As in "Minister of Foreign Affairs and Cooperation"."""
    parse = reading.parse
    first = head
    while first > 0 and (parse.capital(first - 1) or parse.lower[first - 1] in ("and", ",")) and head - first < 8:
        first -= 1
    return (
        first > 1
        and parse.lower[first - 1] in ("of", "for")
        and parse.lower[first - 2] in ("minister", "ministers", "ministry", "secretary", "department", "ministries")
    )


def signed_here(reading: Reading, head: int) -> bool:
    """Whether a verb of signing or adopting stands in the same sentence near the noun."""
    parse = reading.parse
    first, past = parse.sentences[parse.sentence_of[head]]
    return any(parse.lower[i] in _SIGNING for i in range(max(first, head - 25), min(past, head + 20)))


def tells_which(reading: Reading, first: int, head: int) -> tuple[bool, bool]:
    """Whether the words before the noun say which paper it is, and whether one of them is a name."""
    parse = reading.parse
    inner = range(first, head)
    named = any(parse.capital(i) or reading.owner[i] is not None for i in inner)
    singular = parse.tags[head] not in ("NNS", "NNPS")
    adjectives = _ADJECTIVES if parse.lower[head] in _PLANS else _ADJECTIVES | _OF_INSTRUMENTS
    telling = any(
        parse.lower[i] in adjectives
        or (singular and parse.tags[i] in ("NN", "VBN", "VBG") and parse.lower[i] not in _VAGUE)
        for i in inner
    )
    return telling or named, named


def is_consent(reading: Reading, first: int, head: int, past: int, tail: int) -> bool:
    """Whether the noun means that people agree or speak: "reached agreement that", "a written statement"."""
    parse = reading.parse
    word = parse.lower[head]
    modifiers = {parse.lower[i] for i in range(first, head)}
    if word in ("statement", "statements"):
        spoken = {"made", "make", "making", "delivered", "read"} & set(parse.lower[max(0, first - 4) : first])
        on = tail > past and parse.lower[past] == "on" and first == head and not spoken
        return not (modifiers & _STATED or on)
    if word.startswith("program"):
        telling = modifiers & {"action", "work", "cooperation"} or "cooperation" in parse.lower[head:tail]
        return not telling and past == head + 1
    if word in ("instrument", "instruments", "scheme", "concept", "process", "vision", "resolution", "partnership"):
        return not any(parse.capital(i) or reading.owner[i] is not None for i in range(first, head))
    vague = {i for i in range(first, head) if parse.lower[i] in _VAGUE}
    others = (i for i in range(first, head) if i not in vague)
    if vague and not any(parse.tags[i][:2] in ("NN", "CD", "VB") or parse.lower[i] in _SUBJECTS for i in others):
        return word not in _PLANS
    before = parse.lower[first - 1] if first else ""
    if word == "agreement" and first == head:
        if before not in ("a", "an", "the", "this", "that", "its", "their") and parse.tags[first - 1] != "CD":
            return True
        verbs = parse.lower[max(0, first - 4) : first]
        return any(verb in ("reach", "reached", "came", "come", "reaching", "coming") for verb in verbs)
    return False


def word_is_paper(word: str) -> bool:
    """Whether the noun always means a paper: an agreement may be a mere consent, a protocol with a subject is not."""
    return word.rstrip("s") in (
        "protocol",
        "memorandum",
        "memoranda",
        "mou",
        "moa",
        "treaty",
        "treatie",
        "accord",
        "convention",
        "pact",
        "guideline",
        "letter",
        "communiqué",
        "communique",
        "roadmap",
        "map",
        "note",
    )


def participle_tail(reading: Reading, past: int) -> int:
    """Past the object in "an agreement waiving visas", "a protocol extending the treaty"."""
    parse = reading.parse
    if parse.tags[past : past + 1] != ["VBG"] or parse.lower[past] in ("including", "following", "according", "during"):
        return past
    tail = phrase_tail(reading, past, frozenset((parse.lower[past],)))
    return tail if tail > past else past


def find_funds(reading: Reading, mention: Mention) -> None:
    """As in "a women's development fund", "an SCO fund for young inventors": a fund still without a name."""
    parse = reading.parse
    for head, word in enumerate(parse.words):
        if word != "fund" or not parse.tags[head].startswith("NN") or reading.owner[head] is not None:
            continue
        first = phrase_start(reading, head, parse.sentences[parse.sentence_of[head]][0])
        tail = phrase_tail(reading, head + 1, frozenset(("for",)))
        wished = {"appealed", "asked", "look", "agenda", "table"} & set(parse.lower[max(0, first - 7) : first])
        if wished or parse.lower[head + 1 : head + 2] == ["manager"]:
            continue
        if parse.lower[first - 1 : first] in (["a"], ["an"]) and (first < head or tail > head + 1):
            mention(reading, first, head, head + 1, tail, "mechanism")


def find_loans(reading: Reading, mention: Mention) -> None:
    """As in "a loan of 54 million dollars", "a line of credit of 150 million", "a grant of up to 960 million yen"."""
    parse = reading.parse
    for head, word in enumerate(parse.words):
        if word not in ("loan", "grant", "credit", "donation") or reading.owner[head] is not None:
            continue
        past = _amount_past(reading, head + 1)
        if past == head + 1:
            continue
        line = parse.lower[max(0, head - 2) : head] == ["line", "of"]
        if not line and not _LENT & set(parse.lower[max(0, head - 8) : head]):
            continue  # a figure of some other thing: "with a grant of 30 million"
        first = head
        if parse.lower[max(0, head - 2) : head] == ["line", "of"]:
            first = head - 2
        elif head and (parse.tags[head - 1] in ("JJ", "NN") or reading.kind_at(head - 1) == "adjective"):
            first = head - 1
        mention(reading, first, head, head + 1, past, "instrument")


def _amount_past(reading: Reading, i: int) -> int:
    """Past "of up to 960 million yen", "of US$8 million"; `i` where no amount follows."""
    parse = reading.parse
    if parse.lower[i : i + 1] != ["of"]:
        return i
    j = i + 1
    while parse.lower[j : j + 1] and parse.lower[j] in ("up", "to", "about", "some", "nearly", "around"):
        j += 1
    start, number = j, False
    while j < len(parse) and j - start < 6:
        if parse.tags[j] == "CD" or parse.lower[j] in ("million", "billion", "thousand"):
            number = True
        elif not (parse.tags[j] == "$" or parse.lower[j] in _CURRENCIES or "$" in parse.words[j]):
            break
        j += 1
    return j if number else i
