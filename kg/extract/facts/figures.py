"""Figures: sums of money, shares and quantities with what they measure, whose they are, and for which period."""

from __future__ import annotations

import re
from decimal import Decimal

from kg.extract.parse import Parse
from kg.extract.reading import Draft, Reading
from kg.extract.wordlists import word_list, word_table
from kg.read.dates import DateExpression

_CURRENCIES = word_table("figures", "currencies")  # sign or word -> ISO 4217
_SHORT = {"kilometres": "km", "kilometers": "km", "megawatts": "mw"}
_SCALES = {"thousand": 3, "million": 6, "mn": 6, "m": 6, "billion": 9, "bn": 9, "b": 9, "trillion": 12, "tn": 12}
_SYMBOL = r"US\$|A\$|NZ\$|S\$|USD|EUR|JPY|RM|VND|\$|€|£|¥"
_FIGURE = re.compile(
    r"(?=[\d$€£¥UANSEJRV])"  # where a figure can begin: most characters are passed over at once
    rf"(?P<before>{_SYMBOL})?\s?(?P<number>\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?|\d+(?:\.\d+)?)"
    r"(?:\s?(?P<scale>thousand|million|mn|billion|bn|trillion|m|b)\b)?"
    r"(?:\s?(?P<unit>%|per\s?cent\b|percent\b|USD|US\s?dollars|dollars|euros?|yen|baht|yuan|ringgit|won|dong|rupees|rand|km\b|kilometres|"
    r"kilometers|MW\b|megawatts|tonnes|tons|hectares|projects|visitors|students|scholarships|people))?"
)
_OWNERS = ("Country", "Organization", "Framework", "Project")
_INDICATORS = word_list("figures", "indicators")


def find_figures(reading: Reading, dates: list[DateExpression]) -> None:
    """Every number with a unit in a sentence that says what it measures; a bare number is no figure."""
    text, parse = reading.parse.text, reading.parse
    for match in _FIGURE.finditer(text):
        unit = _unit(match)
        if unit is None:
            continue
        token = parse.first_token_from(match.start("number"))
        if token >= len(parse) or reading.type_at(token) is not None:
            continue
        measured = _indicator(reading, token)
        subject = _subject(reading, token, measured) if measured is not None else None
        if measured is not None and subject is not None:
            indicator = " ".join(reading.parse.lower[measured[0] : measured[1]]).replace(" - ", "-")
            reading.figure(subject, indicator, _amount(match), unit, _period(reading, token, dates), token)


def _unit(match: re.Match[str]) -> str | None:
    """ISO 4217 code, "%", or the thing counted; None for a number without a unit."""
    symbol = match["before"] or match["unit"]
    if symbol is None:
        return None
    word = re.sub(r"\s+", " ", symbol.lower())
    if word in ("%", "percent", "per cent"):
        return "%"
    return _CURRENCIES.get(word.removeprefix("us "), _SHORT.get(word, word))


def _amount(match: re.Match[str]) -> str:
    """The number as a plain decimal: "769 billion" is "769000000000"."""
    value = Decimal(match["number"].replace(",", "")) * 10 ** _SCALES.get((match["scale"] or "").lower(), 0)
    return format(value.normalize(), "f")


def _subject(reading: Reading, token: int, measured: tuple[int, int]) -> Draft | None:
    """Whose figure it is: what the noun belongs to ("Kenya's exports"), else a project, a framework, an actor."""
    parse = reading.parse
    first, past = parse.sentences[parse.sentence_of[token]]
    begin, end = measured
    owner = reading.owner[begin - 2] if begin - 2 >= first and parse.words[begin - 1] in ("'s", "’s") else None
    if owner is None and parse.lower[end : end + 1] == ["of"]:
        owner = next(iter(reading.spans_in(end, min(past, end + 4), *_OWNERS)), None)
    if owner is not None and owner.draft.type in _OWNERS:
        return owner.draft
    for types in (("Project",), ("Framework",), ("Country", "Organization")):
        spans = [s for s in reading.all_in(first, past, *types) if s.kind != "nominal"]
        if spans:
            return min(spans, key=lambda s: s.first).draft
    return None


def _indicator(reading: Reading, token: int) -> tuple[int, int] | None:
    """The tokens of the noun phrase that the number measures: the nearest one whose head is a measurable thing."""
    parse = reading.parse
    first, past = parse.sentences[parse.sentence_of[token]]
    heads = [i for i in range(first, past) if parse.lower[i] in _INDICATORS and parse.tags[i].startswith("N")]
    if not heads:
        return None
    head = min(heads, key=lambda i: (abs(i - token), i))
    start = head
    while start > first and reading.type_at(start - 1) in (None, "Topic") and _modifier(parse, start - 1):
        start -= 1
    return start, head + 1


def _modifier(parse: Parse, i: int) -> bool:
    """A noun or an adjective, also the number in "two-way"."""
    return parse.tags[i] in ("NN", "NNS", "JJ", "HYPH") or (parse.tags[i] == "CD" and parse.words[i + 1] == "-")


def _period(reading: Reading, token: int, dates: list[DateExpression]) -> str | None:
    """The year or period of the same sentence that stands nearest."""
    begin, end = reading.parse.evidence(reading.parse.sentence_of[token])
    inside = [d for d in dates if begin <= d.begin < end and (d.kind == "period" or len(d.value) == 4)]
    if not inside:
        return None
    return min(inside, key=lambda d: (abs(d.begin - reading.parse.begins[token]), d.begin)).value
