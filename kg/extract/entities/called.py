"""Names that an apposition explains: "the Harmony Cable, a project", "Operation Kwata", "a scheme, Puentes,"."""

from __future__ import annotations

from collections.abc import Callable

from kg.extract.entities.companies import name_run, name_start
from kg.extract.reading import Reading, Span

Mention = Callable[[Reading, int, int, int], Span | None]
_KINDS = frozenset("project programme program scheme".split())


def find_called_projects(reading: Reading, mention: Mention) -> None:
    """Projects by the noun beside their name, and operations."""
    parse = reading.parse
    for i, word in enumerate(parse.lower):
        if word in _KINDS and not parse.capital(i):
            _named_before(reading, i, mention)
            _named_after(reading, i, mention)
        elif word == "operation" and parse.capital(i) and reading.owner[i] is None:
            past = name_run(reading, i + 1) if i + 1 < len(parse) else i + 1
            if past > i + 1:
                mention(reading, i, past, past)


def _named_before(reading: Reading, noun: int, mention: Mention) -> None:
    """As in "the Harmony Link Cable, a project that both sides share"."""
    parse = reading.parse
    floor = parse.sentences[parse.sentence_of[noun]][0]
    i = noun
    while i > floor and noun - i < 5 and parse.tags[i - 1] in ("JJ", "NN", "HYPH", "VBN", "NNP"):
        i -= 1
    if i - 3 < floor or parse.lower[i - 1] not in ("a", "an") or parse.words[i - 2] != ",":
        return
    past = i - 2
    first = name_start(reading, past, floor)
    named = past - first > 1 or (past > first and not parse.words[first][1:].islower())
    if named and all(reading.owner[j] is None or parse.words[j] in ("-", "–") for j in range(first, past)):
        mention(reading, first, past, past)


def _named_after(reading: Reading, noun: int, mention: Mention) -> None:
    """As in "a scholarship scheme, Puentes, for students", "the scheme, known as Workbench"."""
    parse = reading.parse
    known = parse.lower[noun + 1 : noun + 4] == [",", "known", "as"]
    first = noun + (4 if known else 2)
    if not known and (parse.words[noun + 1 : noun + 2] != [","] or first >= len(parse) or not parse.capital(first)):
        return
    if first >= len(parse) or reading.owner[first] is not None or parse.tags[first] not in ("NNP", "NNPS", "NN", "FW"):
        return
    past = name_run(reading, first)
    if past == first or (
        not known and (parse.words[past : past + 1] != [","] or parse.lower[past + 1 : past + 2] == ["who"])
    ):
        return
    mention(reading, first, past, past)
