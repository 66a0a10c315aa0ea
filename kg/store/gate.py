"""The gate before every query: what would reach the network or the disk, or change the graph, goes no further.

Oxigraph has no switch against SERVICE, and it reads words without looking where they end: `trueSERVICE <…>`,
`SERVICEex:x` and `ex:a.b.SERVICE <…>` are calls. So the gate cuts the text where Oxigraph does, refuses a piece that
could hold the word SERVICE, and refuses what could be cut in two ways. It may refuse too much, never too little.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from kg.errors import ForbiddenQuery, QueryError

_SERVICE = "SERVICE"
_UPDATES = ("INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "COPY", "MOVE", "ADD", "WITH")

# Oxigraph's parser calls itself for each of these; some thousands of them overrun the stack and kill the process.
_MOST_DEEP = 100
_MOST_STEPS = 500
_OPENING = frozenset(("(", "[", "{", "{|", "<<("))
_CLOSING = frozenset((")", "]", "}", "|}", ")>>"))
_STEPS = frozenset(("{", "{|", "|", "||", "&&", "!", "+", "-", "*", "/"))

# In this order: the first that matches at a place is the token there.
_TOKEN = re.compile(
    r"""
    (?P<space>[ \t\r\n]+)
  | (?P<comment>\#[^\r\n]*)
  | (?P<string>\"\"\"(?:[^\\]|\\.)*?\"\"\" | '''(?:[^\\]|\\.)*?'''
              |"(?!"")(?:[^"\\\r\n]|\\.)*" | '(?!'')(?:[^'\\\r\n]|\\.)*')
  | (?P<iri><[^<>"{}|^`\x00-\x20]*>)
  | (?P<variable>[?$]\w+)
  | (?P<tag>@[A-Za-z]+(?:-[A-Za-z0-9]+)*)
  | (?P<name>(?:_|[^\W\d_](?:[\w.-]*[\w-])?)?:
        (?:(?:[\w:]|%[0-9A-Fa-f]{2}|\\[_~.\-!$&'()*+,;=/?\#@%])
           (?:(?:[\w:.-]|%[0-9A-Fa-f]{2}|\\[_~.\-!$&'()*+,;=/?\#@%])*
              (?:[\w:-]|%[0-9A-Fa-f]{2}|\\[_~.\-!$&'()*+,;=/?\#@%]))?)?)
  | (?P<word>\w+)
  | (?P<sign>\{\||\|\}|<<\(|\)>>|&&|\|\||[^\\"'])
    """,
    re.VERBOSE | re.DOTALL,
)

_ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
# After "<" an expression never goes on with "word://", so this can only be an IRI.
_CLEAR_IRI = re.compile(r"<[A-Za-z][A-Za-z0-9+.-]*://")
_PLAIN_LOCAL = re.compile(r"[A-Za-z0-9_-]*")


class Token(NamedTuple):
    """A piece of a query: its kind (the name of its group in the pattern above), its text, its offset."""

    kind: str
    text: str
    begin: int


def tokens(query: str) -> Iterator[Token]:
    """The pieces of a query, spaces and comments too. Raises QueryError where the text fits no piece."""
    at = 0
    while at < len(query):
        match = _TOKEN.match(query, at)
        if not match:
            raise _unreadable(query, at)
        yield Token(match.lastgroup or "", match[0], at)
        at = match.end()


def check_query(query: str) -> None:
    """Raises ForbiddenQuery, with line and column, for what the gate does not let pass, else gives nothing."""
    _check_all(query)
    decoded = _ESCAPE.sub(_decode, query)
    if decoded != query:
        # The standard decodes \\u escapes before it reads a query, Oxigraph only inside strings and IRIs.
        try:
            _check_all(decoded)
        except QueryError as error:
            message = f"with its \\u escapes decoded the query is not allowed: {error.message}"
            raise _forbidden(message, query, query.index("\\")) from error


def _check_all(query: str) -> None:
    depth = steps = 0
    for token in tokens(query):
        _check(token, query)
        depth += (token.text in _OPENING) - (token.text in _CLOSING)
        steps += token.text in _STEPS or token.text.upper() == "FILTER"
        if depth > _MOST_DEEP or steps > _MOST_STEPS:
            what = f"nested {_MOST_DEEP} deep" if depth > _MOST_DEEP else f"of {_MOST_STEPS} steps"
            message = f"a query {what} is not allowed; ask in parts, or list the choices with VALUES"
            raise _forbidden(message, query, token.begin)


def place(query: str, offset: int) -> tuple[int, int]:
    """Line and column of an offset, both from 1."""
    return query.count("\n", 0, offset) + 1, offset - query.rfind("\n", 0, offset)


def _check(token: Token, query: str) -> None:
    upper = token.text.upper()
    if token.kind == "word":
        if _SERVICE in upper:
            raise _forbidden("SERVICE is not allowed: a query reaches nothing outside this graph", query, token.begin)
        if upper == "FROM":
            raise _forbidden("FROM is not allowed: the store holds one graph, leave it out", query, token.begin)
        if upper in _UPDATES:
            raise _forbidden(f"{upper} is not allowed: the graph is read-only", query, token.begin)
    elif token.kind in ("name", "variable") and _hides_service(token):
        raise _forbidden(f"'{token.text}' could be read as a call of SERVICE; choose another name", query, token.begin)
    elif token.kind == "iri":
        _check_iri(token, query)


def _hides_service(token: Token) -> bool:
    """Whether the name might end earlier for Oxigraph than it does here, right before the word SERVICE.

    `ex:service` and `?serviceName` are plain names; `ex:a.b.service` and `?1service` are not.
    """
    prefix, colon, local = token.text.upper().partition(":")
    if not colon:
        return _SERVICE in token.text[2:].upper()
    return _SERVICE in prefix or (_SERVICE in local and not _PLAIN_LOCAL.fullmatch(local))


def _check_iri(token: Token, query: str) -> None:
    """`?a <?b)SERVICE?x#>` looks like an IRI, and after `?a` it is a comparison, a call and a comment."""
    if _CLEAR_IRI.match(token.text):
        return
    inside = token.text[1:-1]
    if "'" in inside or "#" in inside or "\\" in inside or _SERVICE in inside.upper():
        message = "this could be an IRI or a comparison; write the IRI in full, or a space after '<'"
        raise _forbidden(message, query, token.begin)


def _decode(match: re.Match[str]) -> str:
    code = int(match[1] or match[2], 16)
    return chr(code) if code < 0x110000 else match[0]


def _forbidden(message: str, query: str, at: int) -> ForbiddenQuery:
    line, column = place(query, at)
    return ForbiddenQuery(message, query=query, line=line, column=column)


def _unreadable(query: str, at: int) -> QueryError:
    line, column = place(query, at)
    what = "this quote is never closed" if query[at] in "\"'" else f"'{query[at]}' cannot stand here"
    return QueryError(what, query=query, line=line, column=column)
