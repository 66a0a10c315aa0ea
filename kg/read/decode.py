"""Bytes -> text, or the reason why not. Text files must say what they are; only HTML may be guessed at."""

from __future__ import annotations

import codecs
import contextlib
import re
import unicodedata

_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DECLARED = re.compile(rb"""charset\s{0,5}=\s{0,5}["']?([A-Za-z0-9_.:-]{2,20})""", re.IGNORECASE)
# Python knows "codecs" such as rot13 and unicode_escape, too, which no page has any business naming.
_CHARSETS = re.compile(r"utf|iso|latin|windows|cp\d|koi8|gb|big5|shift|sjis|euc|mac|tis|us-ascii", re.IGNORECASE)
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")


class Undecodable(ValueError):
    """Bytes that are no text; the message says why and where."""


def _marked_encoding(data: bytes) -> str | None:
    return next((encoding for mark, encoding in _BYTE_ORDER_MARKS if data.startswith(mark)), None)


def decode_text(data: bytes) -> str:
    """The text of a file: UTF-8, or what its byte order mark says.

    >>> decode_text(b"Vi\\xe1\\xbb\\x87t Nam")
    'Việt Nam'
    """
    encoding = _marked_encoding(data) or "utf-8"
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        if b"\0" in data:
            raise Undecodable(f"binary, not text (a NUL at byte {data.index(0)})") from None
        raise Undecodable(f"not valid {encoding.upper().removesuffix('-SIG')} at byte {error.start}") from None
    if "\0" in text:
        raise Undecodable(f"binary, not text (a NUL at character {text.index(chr(0))})")
    return text


def decode_page(data: bytes, declared: str | None = None) -> str:
    """The text of a page, by its byte order mark, the charset that its server (`declared`) or itself names, as UTF-8,
    or as Windows-1252, in which every byte means something.
    """
    marked = _marked_encoding(data)
    if marked:
        return data.decode(marked, errors="replace")
    named = _DECLARED.search(data, 0, 4096)
    for charset in (declared, named.group(1).decode("ascii") if named else None, "utf-8"):
        if charset and _CHARSETS.match(charset):
            with contextlib.suppress(LookupError, UnicodeError):
                return data.decode(charset)
    return data.decode("cp1252", errors="replace")


# Composing sorts every run of combining marks, in quadratic time: two million of them would take hours.
_LONGEST_MARKS = 60
_DENSE = re.compile(rf"[^\x00-\u02ff]{{{_LONGEST_MARKS},}}")


def normalize(text: str) -> str:
    """Text as it is stored from a file or a page: line ends "\\n", no byte order mark, composed characters (NFC).

    >>> normalize("Vie\u0302\u0323t\\r\\nNam") == "Việt\\nNam"
    True
    """
    text = normalize_lines(text)
    return text if _is_overloaded(text) else unicodedata.normalize("NFC", text)


def _is_overloaded(text: str) -> bool:
    for run in _DENSE.finditer(text):
        marks = "".join("m" if unicodedata.combining(letter) else " " for letter in run.group())
        if "m" * _LONGEST_MARKS in marks:
            return True
    return False


def normalize_lines(text: str) -> str:
    """Text whose words must stay as they are: line ends "\\n", no byte order mark, no half characters.

    >>> normalize_lines("a\\r\\nb")
    'a\\nb'
    """
    text = text.removeprefix("\ufeff")
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    # JSON can spell half of a character; no file and no graph can hold it.
    return text if text.isascii() else _LONE_SURROGATE.sub("\ufffd", text)
