"""The words of a query: numbers, strings, names, and where each stands."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.cypher.errors import CypherSyntaxError
from kg.cypher.tokens import KEYWORDS, read_tokens


def _kinds(text: str) -> list[str]:
    return [token.kind for token in read_tokens(text)[:-1]]


def _values(text: str) -> list[object]:
    return [token.value for token in read_tokens(text)[:-1]]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("0 7 42", [0, 7, 42]),
        ("0x1F 0XfF 0o17", [31, 255, 15]),
        (".5 1. 1.25 1e9 1.5E-3 2.e1", [0.5, 1.0, 1.25, 1e9, 0.0015, 20.0]),
        ("1..3", [1, "..", 3]),
        ("..3", ["..", 3]),
        ("1...5", [1, "..", 0.5]),
        ("$name $0 $`two words` $limit", ["name", "0", "two words", "limit"]),
        ("`a name` `a``b` `MATCH`", ["a name", "a`b", "MATCH"]),
        ("größe 日本 नमस्ते _x x1", ["größe", "日本", "नमस्ते", "_x", "x1"]),
        (r"""'it\'s' "a\tb" '\\' '' """, ["it's", "a\tb", "\\", ""]),
        (r"'\u00e9' '\U0001F600' '\uD83D\uDE00'", ["é", "😀", "😀"]),
        ("'//' '/* */'", ["//", "/* */"]),
    ],
)
def test_values(text: str, values: list[object]) -> None:
    assert _values(text) == values


def test_keywords_in_any_case_and_not_in_backticks() -> None:
    assert _kinds("match Match MATCH mAtCh `MATCH` matches") == ["MATCH"] * 4 + ["name"] * 2


def test_dotless_i_makes_no_keyword() -> None:
    assert _kinds("lımıt ſet") == ["name", "name"]


def test_comments_and_spaces_separate_tokens() -> None:
    text = "\ufeffRETURN/* one\n * two */1 // three\n\u00a0+ 2//"
    assert _values(text) == ["RETURN", 1, "+", 2]


def test_comparison_with_negative_number_is_no_arrow() -> None:
    assert _kinds("a<-1") == ["name", "<", "-", "integer"]


def test_tokens_cover_the_text_they_name() -> None:
    text = "MATCH (n:`A b`) WHERE n.x <> 'é' RETURN $p, 0x1F // end"
    assert [text[t.begin : t.end] for t in read_tokens(text)] == (
        "MATCH|(|n|:|`A b`|)|WHERE|n|.|x|<>|'é'|RETURN|$p|,|0x1F|".split("|")
    )


@pytest.mark.parametrize(
    ("text", "detail", "column"),
    [
        ("RETURN 'open", "UnexpectedSyntax", 8),
        ('RETURN "open', "UnexpectedSyntax", 8),
        ("RETURN `open", "UnexpectedSyntax", 8),
        ("RETURN /* open", "UnexpectedSyntax", 8),
        ("RETURN ``", "UnexpectedSyntax", 8),
        ("RETURN #", "UnexpectedSyntax", 8),
        ("RETURN 1 – 2", "InvalidUnicodeCharacter", 10),
        ("RETURN ‘a’", "InvalidUnicodeCharacter", 8),
        ("RETURN x²", "InvalidUnicodeCharacter", 9),
        (r"RETURN '\uH'", "InvalidUnicodeLiteral", 9),
        (r"RETURN 'ab\u12'", "InvalidUnicodeLiteral", 11),
        (r"RETURN '\U00110000'", "InvalidUnicodeLiteral", 9),
        (r"RETURN '\uD800'", "InvalidUnicodeLiteral", 8),
        (r"RETURN '\d'", "UnexpectedSyntax", 9),
        ("RETURN 1e999", "FloatingPointOverflow", 8),
    ],
)
def test_bad_words_are_pointed_at(text: str, detail: str, column: int) -> None:
    with pytest.raises(CypherSyntaxError) as caught:
        read_tokens(text)
    assert (caught.value.detail, caught.value.line, caught.value.column) == (detail, 1, column)


def test_number_of_thousands_of_digits_is_read() -> None:
    assert _kinds("9" * 10_000) == ["integer"]


@given(st.text())
def test_any_name_in_backticks_is_that_name(name: str) -> None:
    if name:
        assert _values("`" + name.replace("`", "``") + "`") == [name]


@given(st.text())
def test_any_text_in_quotes_is_that_text(value: str) -> None:
    assert _values("'" + value.replace("\\", "\\\\").replace("'", "\\'") + "'") == [value]


@given(st.sampled_from(sorted(KEYWORDS)), st.randoms(use_true_random=False))
def test_keywords_are_found_in_every_mix_of_cases(word: str, random: object) -> None:
    mixed = "".join(letter.lower() if random.random() < 0.5 else letter for letter in word)  # type: ignore[attr-defined]
    assert _kinds(mixed) == [word]
