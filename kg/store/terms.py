"""IRIs and literals as N-Triples text, and back to the ids of the model.

Literals are written as Oxigraph gives them back (decimals without trailing zeros), so that a partition and the
dataset loaded from it hold the same text.
"""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation, localcontext
from urllib.parse import quote, unquote

from kg.store.dates import precision
from kg.vocabulary import COOP, ENTITY_BASE

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
XSD = "http://www.w3.org/2001/XMLSchema#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
PROV = "http://www.w3.org/ns/prov#"
DCTERMS = "http://purl.org/dc/terms/"

# Known to every query without being declared, and declared in every export.
PREFIXES = {
    "coop": COOP,
    "dcterms": DCTERMS,
    "foaf": "http://xmlns.com/foaf/0.1/",
    "id": ENTITY_BASE,
    "org": "http://www.w3.org/ns/org#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "prov": PROV,
    "rdf": RDF,
    "rdfs": RDFS,
    "schema": "https://schema.org/",
    "sem": "http://semanticweb.cs.vu.nl/2009/11/sem/",
    "skos": SKOS,
    "xsd": XSD,
}

TYPE = f"<{RDF}type>"

_DATE_TYPES = {4: f"^^<{XSD}gYear>", 7: f"^^<{XSD}gYearMonth>", 10: f"^^<{XSD}date>"}
_DECIMAL = f"^^<{XSD}decimal>"
_INTEGER = f"^^<{XSD}integer>"

# Everything that N-Triples must or should escape; a lone surrogate has no UTF-8 and becomes U+FFFD.
_UNSAFE = re.compile(r'[\x00-\x1f"\\\x7f\ud800-\udfff]')
_SHORT = {"\n": "\\n", "\r": "\\r", "\t": "\\t", "\b": "\\b", "\f": "\\f", '"': '\\"', "\\": "\\\\"}
_PLAIN_ID = re.compile(r"[A-Za-z0-9/._~-]*")

# Oxigraph computes with 20 digits before the point and 18 after it; what is longer would be text, not a number.
_WHOLE_DIGITS = 20
_FRACTION_DIGITS = 18


def coop(name: str) -> str:
    """A term of the ontology."""
    return f"<{COOP}{name}>"


def resource(id_: str) -> str:
    """The IRI of an id such as "country/VNM"; signs that an IRI cannot hold are percent-encoded."""
    if not _PLAIN_ID.fullmatch(id_):
        id_ = quote(id_, safe="/._~-", errors="surrogatepass")
    return f"<{ENTITY_BASE}{id_}>"


def id_of(iri: str) -> str:
    """The id behind an IRI without its angle brackets: `resource` undone."""
    tail = iri.removeprefix(ENTITY_BASE)
    return unquote(tail, errors="surrogatepass") if "%" in tail else tail


def storable(text: str) -> str:
    """The text as the graph can hold it: a lone surrogate, which has no UTF-8, becomes U+FFFD.

    >>> storable("caf\\ud800")
    'caf�'
    """
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return re.sub(r"[\ud800-\udfff]", "\ufffd", text)
    return text


def text_literal(text: str) -> str:
    """A plain string, with everything escaped that could end it early."""
    return f'"{_UNSAFE.sub(_escape, text)}"' if _UNSAFE.search(text) else f'"{text}"'


def _escape(match: re.Match[str]) -> str:
    sign = match[0]
    if "\ud800" <= sign <= "\udfff":
        return "\ufffd"
    return _SHORT.get(sign) or f"\\u{ord(sign):04X}"


def date_literal(date: str) -> str:
    """A valid date typed by its precision: xsd:date, xsd:gYearMonth or xsd:gYear; two joined by "/" stay text."""
    return f'"{date}"{_DATE_TYPES[len(date)]}' if precision(date) else text_literal(date)


def day_literal(day: str) -> str:
    """A day that is known to be valid, as xsd:date."""
    return f'"{day}"{_DATE_TYPES[10]}'


def integer_literal(number: int) -> str:
    return f'"{number}"{_INTEGER}'


def decimal_literal(text: str) -> str:
    """The canonical xsd:decimal of a number written in any way. Raises ValueError for what is none.

    >>> decimal_literal("7.690E11")
    '"769000000000"^^<http://www.w3.org/2001/XMLSchema#decimal>'
    """
    try:
        number = Decimal(text)
    except InvalidOperation as error:
        raise ValueError(f"'{text}' is no number") from error
    if not number.is_finite() or number.adjusted() >= _WHOLE_DIGITS:
        raise ValueError(f"'{text}' is too big a number")
    return f'"{_plain(number)}"{_DECIMAL}'


def canonical_decimal(text: str) -> str:
    """The digits of `decimal_literal` alone."""
    return decimal_literal(text)[1 : -len(_DECIMAL) - 1]


def _plain(number: Decimal) -> str:
    with localcontext(prec=_WHOLE_DIGITS + _FRACTION_DIGITS + 2):
        digits = f"{round(number, _FRACTION_DIGITS):f}"
    digits = digits.rstrip("0").rstrip(".")
    return "0" if digits in ("-0", "") else digits


def score_literal(score: float) -> str:
    """A confidence or score as xsd:decimal, to six digits after the point."""
    return decimal_literal(f"{score:.6f}")
