"""Text -> tokens: names, keywords, numbers, strings, parameters and punctuation, each with its place.

Keywords and punctuation are their own kind (`MATCH`, `<=`); the other kinds are in lower case. Punctuation is cut
short (`-->` is three tokens), since only a pattern knows an arrow from a comparison with a negative number.
"""

from __future__ import annotations

import math
import re
from typing import Any, NamedTuple, NoReturn

from kg.cypher.errors import CypherSyntaxError, Span

# Clauses begin with these, or an expression goes on with them: a variable of that name needs backticks.
RESERVED = frozenset(
    "AND AS CASE CREATE DELETE DETACH DISTINCT ELSE FALSE IN IS LIMIT MATCH MERGE NOT NULL OPTIONAL OR REMOVE RETURN "
    "SET SKIP THEN TRUE UNION UNWIND WHEN WHERE WITH XOR".split()
)
KEYWORDS = RESERVED | frozenset(
    "ASC ASCENDING BY CALL CONTAINS DESC DESCENDING END ENDS EXPLAIN FOREACH OFFSET ON ORDER PROFILE STARTS "
    "YIELD".split()
)
NAMES = (KEYWORDS - RESERVED) | {"name"}
WORDS = KEYWORDS | {"name"}

LARGEST_INTEGER = 2**63 - 1
_TOO_LARGE = 2**64


class Token(NamedTuple):
    """One word of the query; `value` is what a name, number, string or parameter stands for."""

    kind: str
    value: Any
    begin: int
    end: int


_TOKEN = re.compile(
    r"""
      (?P<space>    (?: [\s\ufeff]+ | //[^\n\r]* | /\*.*?\*/ )+ )
    # Letters of most scripts need marks that \w leaves out; `_name` looks closer at them.
    | (?P<word>     [^\W\d][\w\u0300-\u036f\u0483-\u1dff]* )
    | (?P<unclosed> /\* )
    | (?P<punctuation> <= | >= | <> | =~ | \+= | \.\. | != | == | && | \|\| | [-+*/%^=<>()\[\]{},:;|&!]
                    | \.(?![0-9]) | \$(?=\() )
    | (?P<float>    [0-9]*\.[0-9]+ (?:[eE][+-]?[0-9]+)? (?!\w)
                    | [0-9]+\. (?:[eE][+-]?[0-9]+)? (?![\w.])
                    | [0-9]+[eE][+-]?[0-9]+ (?!\w) )
    | (?P<malformed> [0-9]*\.[0-9]\w* )
    | (?P<integer>  (?: 0[xX][0-9a-fA-F]+ | 0[oO][0-7]+ | 0 | [1-9][0-9]* ) (?!\w) )
    | (?P<number>   [0-9]\w* )
    | (?P<string>   '[^'\\]*(?:\\.[^'\\]*)*' | "[^"\\]*(?:\\.[^"\\]*)*" )
    | (?P<quoted>   `[^`]*(?:``[^`]*)*` )
    | (?P<parameter> \$ (?: \w+ | `[^`]*(?:``[^`]*)*` ) )
    | (?P<other>    . )
    """,
    re.VERBOSE | re.DOTALL,
)
_KINDS = {spelling: word for word in KEYWORDS for spelling in (word, word.lower(), word.capitalize())}


def read_tokens(text: str) -> list[Token]:
    """The tokens of a query, the last one of kind `end`.

    >>> [token.kind for token in read_tokens("MATCH (n) // all")]
    ['MATCH', '(', 'name', ')', 'end']
    """
    tokens: list[Token] = []
    for match in _TOKEN.finditer(text):
        group = match.lastgroup
        if group == "space":
            continue
        begin, end = match.span()
        spelling = match[0]
        if group == "punctuation":
            tokens.append(Token(spelling, spelling, begin, end))
        elif group == "word":
            kind = _KINDS.get(spelling) or _word_kind(text, spelling, begin)
            tokens.append(Token(kind, spelling, begin, end))
        else:
            tokens.append(_other_token(text, str(group), spelling, begin))
    last = tokens[-1].end if tokens else 0
    tokens.append(Token("end", None, last, last))
    return tokens


def _word_kind(text: str, spelling: str, begin: int) -> str:
    """Of a word that is no keyword in one of its usual spellings."""
    if spelling.isascii():
        upper = spelling.upper()
        return upper if upper in KEYWORDS else "name"
    if not spelling.isidentifier():
        wrong = next(i for i in range(len(spelling)) if not spelling[: i + 1].isidentifier())
        _reject_character(text, begin + wrong)
    return "name"


def _other_token(text: str, group: str, spelling: str, begin: int) -> Token:
    end = begin + len(spelling)
    if group == "integer":
        return Token("integer", _integer(spelling), begin, end)
    if group == "float":
        return Token("float", _float(text, spelling, begin), begin, end)
    if group == "string":
        return Token("string", _unescape(text, begin + 1, end - 1), begin, end)
    if group == "quoted":
        return Token("name", _unquote(text, spelling, begin), begin, end)
    if group == "parameter":
        name = spelling[1:]
        return Token("parameter", _unquote(text, name, begin) if name[0] == "`" else name, begin, end)
    if group in ("number", "malformed"):
        # No error yet: where no number can stand, the reader must hear of that first.
        return Token("number", spelling, begin, end)
    return _reject_character(text, begin)


def _integer(spelling: str) -> int:
    """The value without a sign; whoever knows the sign checks the range."""
    # Python refuses to read decimals of thousands of digits.
    return int(spelling, 0) if len(spelling) < 25 or spelling[1] in "xXoO" else _TOO_LARGE


def _float(text: str, spelling: str, begin: int) -> float:
    value = float(spelling)
    if math.isinf(value):
        span = Span(begin, begin + len(spelling))
        message = "the number is too large for a float, whose largest value is about 1.8e308"
        raise CypherSyntaxError(message, detail="FloatingPointOverflow", span=span).locate(text)
    return value


def _unquote(text: str, quoted: str, begin: int) -> str:
    name = quoted[1:-1].replace("``", "`")
    if not name:
        raise CypherSyntaxError("a name in backticks cannot be empty", span=Span(begin, begin + 2)).locate(text)
    return name


# Strings

_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|(.))", re.DOTALL)
_ESCAPES = {"\\": "\\", "'": "'", '"': '"', "`": "`", "b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t"}


def _unescape(text: str, begin: int, end: int) -> str:
    """The string between the quotes, with its escapes replaced."""
    raw = text[begin:end]
    if "\\" not in raw:
        return raw
    value = _ESCAPE.sub(lambda match: _escaped(text, match, begin), raw)
    if value.isascii():
        return value
    try:
        # Java's way of writing one character in two halves: '\uD83D\uDE00'
        return value.encode("utf-16", "surrogatepass").decode("utf-16")
    except UnicodeDecodeError:
        _reject_escape(text, Span(begin - 1, end + 1), "half of a character: \\uD800 to \\uDFFF stand in pairs")


def _escaped(text: str, match: re.Match[str], begin: int) -> str:
    span = Span(begin + match.start(), begin + match.end())
    if code := match[1] or match[2]:
        number = int(code, 16)
        if number > 0x10FFFF:
            _reject_escape(text, span, f"'{match[0]}' is beyond the last character, \\U0010FFFF")
        return chr(number)
    if match[3] in ("u", "U"):
        digits = "four hexadecimal digits: \\u00E9" if match[3] == "u" else "eight hexadecimal digits: \\U0001F600"
        _reject_escape(text, span, f"'\\{match[3]}' needs {digits}")
    if (character := _ESCAPES.get(match[3])) is None:
        hint = f"a backslash itself is written \\\\, so '\\\\{match[3]}'"
        raise CypherSyntaxError(f"'{match[0]}' is no escape in a string", span=span, hint=hint).locate(text)
    return character


def _reject_escape(text: str, span: Span, message: str) -> NoReturn:
    raise CypherSyntaxError(message, detail="InvalidUnicodeLiteral", span=span).locate(text)


# Characters that begin nothing

_UNCLOSED = {"'": "the string", '"': "the string", "`": "the name in backticks", "/": "the comment"}
_LOOKALIKES = {
    **dict.fromkeys("‐‑‒–—―−﹣－", "the minus sign and the dash of a pattern are '-'"),
    **dict.fromkeys("‘’‚′", "strings stand between straight quotes, '…'"),
    **dict.fromkeys("“”„«»″", 'strings stand between straight quotes, "…"'),
    **dict.fromkeys("→⟶⇒", "an arrow is written '-->'"),
    **dict.fromkeys("←⟵⇐", "an arrow is written '<--'"),
    "≠": "inequality is written '<>'",
    "≤": "write '<='",
    "≥": "write '>='",
    "×": "multiplication is written '*'",
    "÷": "division is written '/'",
    "…": "a range is written with two dots, '..'",
    "?": "parameters have names: $name",
    "@": "parameters have names: $name",
    "#": "comments begin with //",
    "$": "a parameter has its name after the $: $name",
    "~": "a regular expression is matched with '=~'",
}


def _reject_character(text: str, at: int) -> NoReturn:
    character = text[at]
    span = Span(at, at + 1)
    if thing := _UNCLOSED.get(character):
        raise CypherSyntaxError(f"{thing} that begins here is not closed", span=span).locate(text)
    shown = f"'{character}'" if character.isprintable() else f"U+{ord(character):04X}"
    detail = "UnexpectedSyntax" if character.isascii() else "InvalidUnicodeCharacter"
    message = f"the character {shown} has no meaning here"
    raise CypherSyntaxError(message, detail=detail, span=span, hint=_LOOKALIKES.get(character)).locate(text)
