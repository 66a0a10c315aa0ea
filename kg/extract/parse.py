"""A parsed document as plain lists, one entry a token: what the rules read instead of spaCy objects.

Attribute access on spaCy tokens costs more than the rules themselves; lists are read once per document.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kg.model import Document

if TYPE_CHECKING:
    from spacy.tokens import Doc


@dataclass(slots=True)
class Parse:
    """Tokens `0..n-1` of a document. `heads[i] == i` marks a root; `begins`/`ends` are character offsets into `text`.

    `names` are the model's entity spans `(first token, past-last token, label)`; `nouns` the tokens with a tag of one;
    `places` says where each word stands, in lower case.
    """

    text: str
    words: list[str]
    lower: list[str]
    tags: list[str]
    deps: list[str]
    heads: list[int]
    begins: list[int]
    ends: list[int]
    sentences: list[tuple[int, int]]
    names: list[tuple[int, int, str]]
    children: list[list[int]] = field(default_factory=list)
    sentence_of: list[int] = field(default_factory=list)
    nouns: list[int] = field(default_factory=list)
    places: dict[str, list[int]] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.words)

    def where(self, words: Collection[str]) -> list[int]:
        """The tokens that are one of these words, in whatever case, in order of the text.

        Rules that begin with certain words ask for them here: going through all tokens for every rule costs more.
        """
        places = self.places
        return sorted(i for word in places.keys() & words for i in places[word])

    def quote(self, first: int, past: int) -> str:
        """The text of tokens `first..past-1`, as it stands in the document."""
        return self.text[self.begins[first] : self.ends[past - 1]]

    def glued(self, i: int) -> bool:
        """Whether token i follows its predecessor without a space ("Chan", "-", "o")."""
        return i > 0 and self.begins[i] == self.ends[i - 1]

    def capital(self, i: int) -> bool:
        """Whether token i begins with an upper-case letter."""
        return self.words[i][:1].isupper()

    def first_token_from(self, begin: int) -> int:
        """The first token that starts at or after a character offset."""
        return bisect_left(self.begins, begin)

    def tokens_between(self, begin: int, end: int) -> tuple[int, int]:
        """The token span `first, past` covered by the characters `begin..end-1`."""
        return bisect_right(self.ends, begin), bisect_left(self.begins, end)

    def evidence(self, sentence: int) -> tuple[int, int]:
        """Character offsets of a sentence without the white space around it."""
        first, past = self.sentences[sentence]
        while past > first + 1 and self.words[past - 1].isspace():
            past -= 1
        while first < past - 1 and self.words[first].isspace():
            first += 1
        return self.begins[first], self.ends[past - 1]

    def subtree(self, i: int) -> tuple[int, int]:
        """The leftmost token of i's subtree and the one past its rightmost."""
        first, last, stack = i, i, [i]
        while stack:
            token = stack.pop()
            first, last = min(first, token), max(last, token)
            stack.extend(self.children[token])
        return first, last + 1


_ENDS = frozenset((".", "!", "?", "…", '"', "”", "''", "’", ")", ":", ";", "./."))


def _whole_sentences(words: list[str], sentences: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The parser's sentences, joined again where it cut one in the middle: "the 66th | ECOWAS | Summit had shown"."""
    whole: list[tuple[int, int]] = []
    for first, past in sentences:
        last = words[first - 1] if first else "."
        if whole and last not in _ENDS and not last.endswith(".") and "\n" not in last:
            whole[-1] = (whole[-1][0], past)
        else:
            whole.append((first, past))
    return whole


def blank_out(document: Document) -> str:
    """The text with what is set aside replaced by spaces, so that every offset stays where it was."""
    text = document.text
    for part in document.set_aside:
        hidden = "".join("\n" if c == "\n" else " " for c in text[part.begin : part.end])
        text = text[: part.begin] + hidden + text[part.end :]
    return text


def read_parse(doc: Doc, text: str, read: str) -> Parse:
    """The lists of a parsed `doc`. `text` is the stored text, `read` that of the doc: the same with parts blanked out.

    The doc joins `read` from its tokens at every request, so the caller hands it over.
    """
    import numpy as np
    from spacy.attrs import DEP, HEAD, IDX, LENGTH, SENT_START, TAG

    tags, deps = doc.to_array([TAG, DEP]).T.tolist()
    # Numbers come unsigned, but a head is given by its distance, and most lie to the left.
    numbers = doc.to_array([HEAD, IDX, LENGTH, SENT_START]).T.astype(np.int64)
    numbers[0] += np.arange(len(doc))
    numbers[2] += numbers[1]
    heads, begins, ends, starts = numbers.tolist()
    words = [read[begin:end] for begin, end in zip(begins, ends, strict=True)]
    name = {code: doc.vocab.strings[code] for code in {*tags, *deps}}
    firsts = [i for i, start in enumerate(starts) if start == 1 or i == 0]
    pasts = [*firsts[1:], len(words)] if words else []
    sentences = _whole_sentences(words, list(zip(firsts, pasts, strict=True)))
    parse = Parse(
        text=text,
        words=words,
        lower=[word.lower() for word in words],
        tags=[name[code] for code in tags],
        deps=[name[code] for code in deps],
        heads=heads,
        begins=begins,
        ends=ends,
        sentences=sentences,
        names=[(span.start, span.end, span.label_) for span in doc.ents],
    )
    parse.children = [[] for _ in words]
    for i, head in enumerate(heads):
        if head != i:
            parse.children[head].append(i)
    for i, word in enumerate(parse.lower):
        parse.places.setdefault(word, []).append(i)
    parse.nouns = [i for i, tag in enumerate(parse.tags) if tag[:1] == "N"]
    for number, (first, past) in enumerate(sentences):
        parse.sentence_of += [number] * (past - first)
    return parse
