"""Whether a clause speaks of what is to come: "leaves on Monday", "will meet on May 5" against "met on Monday"."""

from __future__ import annotations

import re
from collections.abc import Sequence

_AHEAD_WORDS = """
will would shall leaves begins starts opens arrives departs travels heads kicks takes runs convenes upcoming coming
forthcoming next ahead tomorrow
"""
_PAST_WORDS = """
said told met held took began came left went gave made spoke sat led paid saw was were had has have put wrote drew ran
brought arriving following after ago
"""
# Followed by "to" or "for" they announce; some do so alone, too: "a summit scheduled on Monday".
_PLAN_WORDS = """
set bound poised likely agreed invited decided ready plan plans planning hope hopes intend intends vowed due scheduled
expected slated planned
"""
_AHEAD = frozenset(_AHEAD_WORDS.split())
_PAST = frozenset(_PAST_WORDS.split())
_PLANS = frozenset(_PLAN_WORDS.split())
_ANNOUNCED = frozenset({"due", "scheduled", "expected", "slated", "planned"})
_BEFORE_A_DATE = frozenset({"on", "in", "by", "from", "between", "at", "for", "to"})
_TO_BE = frozenset({"is", "are", "was", "were"})
# Words in -ed that are no past forms would turn "need to meet on Monday" into the past.
_NOT_PAST = frozenset({"need", "indeed", "speed", "proceed", "succeed", "exceed", "united", "hundred", "sacred"})

_SENTENCE_END = re.compile(r"[.!?;:\n](?=\s)")
_CLAUSE_END = re.compile(r"[.!?;:\n](?=\s|$)|,\s|\s(?:that|which|who|and|but|after|when)\s")
_OPENING_WORDS = frozenset({"on", "in", "from", "by", "early", "late", "later", "between", "starting", "the"})

_BACK = 160
_FORTH = 100


def looks_ahead(text: str, begin: int, end: int) -> bool:
    """Whether the words around a date (`begin` to `end`) place it in the future.

    The cue nearest before the date in its sentence decides; where there is none, the first one in the clause after it.

    >>> looks_ahead("He leaves for Jakarta on Monday.", 25, 31)
    True
    >>> looks_ahead("He said on Monday that the talks will resume.", 11, 17)
    False
    """
    before = text[max(0, begin - _BACK) : begin]
    sentence = _words(before[max((m.end() for m in _SENTENCE_END.finditer(before)), default=0) :])
    for index in range(len(sentence) - 1, -1, -1):
        cue = _read_cue(sentence, index)
        if cue is not None:
            return cue
    after = text[end : end + _FORTH]
    # "On Monday, the minister will travel": a date that opens the sentence belongs to its main clause.
    skip = 1 if after.startswith(",") and _OPENING_WORDS.issuperset(sentence) else 0
    stop = _CLAUSE_END.search(after, skip)
    clause = _words(after[: stop.start()] if stop else after)
    cues = (_read_cue(clause, index) for index in range(len(clause)))
    return next((cue for cue in cues if cue is not None), False)


def _words(text: str) -> list[str]:
    return [word.strip(".,;:!?()[]\"'“”‘’") for word in text.lower().split()]


def _read_cue(words: Sequence[str], index: int) -> bool | None:
    """True where a word looks ahead, False where it looks back, None where it does neither."""
    word = words[index]
    before = words[index - 1] if index else ""
    after = words[index + 1] if index + 1 < len(words) else ""
    if word in _AHEAD or word.endswith(("'ll", "’ll")):
        return True
    if word == "to":
        return True if before in _TO_BE or before in _PLANS else None
    if word in _PLANS and after in ("to", "for"):
        return True
    if word in _ANNOUNCED and (not after or after in _BEFORE_A_DATE):
        return True
    if word in _PAST or (word.endswith("ed") and len(word) > 3 and word not in _NOT_PAST):
        # "will be held", "to be signed"
        return before == "be"
    return None
