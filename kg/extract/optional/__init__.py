"""Extractors that a user may add to the shipped one: GLiNER, a language model, or a function of his own.

In: a `Document`. Out: claims, of which nobody believes a word until the evidence check has found them in the text.
`claims.py` says what an extractor is and what it may claim, `check.py` holds the one check for all of them, `join.py`
adds what passed to the reading of a document. Each extractor has a file; what it needs is imported when it is chosen.
The shipped rules and relation model know nothing of this room, and what they read does not change with it.
"""

from kg.extract.optional.choose import EXTRACTORS, choose_extractor
from kg.extract.optional.claims import Claim, ClaimedFact, ClaimedMention, Claims, Extractor, Unreadable

__all__ = [
    "EXTRACTORS",
    "Claim",
    "ClaimedFact",
    "ClaimedMention",
    "Claims",
    "Extractor",
    "Unreadable",
    "choose_extractor",
]
