"""What an optional extractor is, and what it may claim of a document."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from kg.errors import ModelError
from kg.model import Document


@dataclass(frozen=True, slots=True)
class ClaimedMention:
    """Words that are said to name something. Without offsets they are looked for; with them they must stand there.

    `confidence` is in 0..1.
    """

    quote: str
    type: str
    begin: int | None = None
    end: int | None = None
    confidence: float = 0.5


@dataclass(frozen=True, slots=True)
class ClaimedFact:
    """A fact that is said to stand in the words `evidence`: exactly one of `object` and `value` is set.

    The value of `heldOn` is an ISO date, that of `position` the title as the text has it. `confidence` is in 0..1.
    """

    subject: ClaimedMention
    predicate: str
    object: ClaimedMention | None
    evidence: str
    value: str | None = None
    modality: str = "actual"
    confidence: float = 0.5


@dataclass(frozen=True, slots=True)
class Unreadable:
    """An answer, or a part of one, that is no claim at all: refused as it is, with its reason."""

    words: str
    reason: str


Claim = ClaimedMention | ClaimedFact | Unreadable


@dataclass(frozen=True, slots=True)
class Extractor:
    """A function from a document to claims, under a name. Any function will do:

    >>> def read(document: Document) -> list[Claim]:
    ...     return [ClaimedMention("Blue Dhow Circle", "Organization", confidence=0.9)]
    >>> Extractor("desk", "word list of May 2024", read).title
    'desk (word list of May 2024)'

    `name` stands in the rule of all that it claims. `model` says which weights, endpoint or version answers: the build
    records it, and documents are read again when it changes.
    """

    name: str
    model: str
    read: Callable[[Document], Iterable[Claim]]

    @property
    def title(self) -> str:
        """Name and model, as the build's record has them."""
        return f"{self.name} ({self.model})"

    @property
    def rule(self) -> str:
        """What `Fact.rule` and `Mention.rule` say of its claims."""
        return f"{RULE}{self.name}"

    def claims_of(self, document: Document) -> Claims:
        """All that it claims of a document. Raises ModelError, naming the document, when it fails."""
        try:
            return Claims(self.rule, tuple(self.read(document)))
        except Exception as error:
            reason = f"{type(error).__name__}: {error}"
            raise ModelError(f"the extractor '{self.name}' failed on document '{document.id}' ({reason})") from error


RULE = "extractor:"


@dataclass(frozen=True, slots=True)
class Claims:
    """What one extractor claims of one document, with the rule that its facts and mentions will carry."""

    rule: str = ""
    claims: tuple[Claim, ...] = ()


NO_CLAIMS = Claims()
