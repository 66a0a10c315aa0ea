"""The data that flows from room to room: documents, mentions, entities, facts. Plain and frozen, without behaviour

but that entities and facts show themselves in a notebook.

    Document --has--> Mention --supports--> Fact --connects--> Entity

`Extraction` is what one document says; `Knowledge` is what all documents say together, after resolution.
Both hold `Entity` and `Fact`; an id is local to its extraction ("e3") before resolution and global
("country/VNM", the tail of its IRI) after it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

EMPTY: Mapping[str, str] = MappingProxyType({})


def digest(text: str, length: int = 64) -> str:
    """The first `length` hexadecimal digits of the SHA-256 of `text` in UTF-8."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:length]


@dataclass(frozen=True, slots=True)
class SetAside:
    """A stretch of a document's text that is not read: boilerplate, or a paragraph in another language."""

    begin: int
    end: int
    reason: str  # "boilerplate" or "language"


@dataclass(frozen=True, slots=True)
class Document:
    """One article. `text` is stored as it was read: every offset in the graph refers to it.

    `published` is an ISO date, as precise as the source states it (YYYY, YYYY-MM or YYYY-MM-DD).
    `source` is the address or the path that the text came from.
    """

    id: str
    text: str
    title: str | None = None
    published: str | None = None
    publisher: str | None = None
    source: str | None = None
    set_aside: tuple[SetAside, ...] = ()

    @property
    def key(self) -> str:
        """What identifies the document in the graph: 16 hexadecimal digits of its text's SHA-256."""
        return digest(self.text, 16)


@dataclass(frozen=True, slots=True)
class Skipped:
    """Something that could not be read, kept so that it can be counted and shown. `where` names file and line."""

    where: str
    reason: str


@dataclass(frozen=True, slots=True, order=True)
class Mention:
    """Words of a document: `quote` is exactly `text[begin:end]`. `rule` says what a name rests on beyond its words

    ("metonymy: capital for government"); it is empty for a plain name and for an evidence sentence.
    """

    document: str  # the document's key
    begin: int
    end: int
    quote: str
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Entity:
    """A thing in the world. `aliases` holds every surface form seen, without `name` itself, sorted.

    `attributes` by type: Country iso3 wikidata; Organization acronym wikidata; Meeting kind ordinal earliest
    latest; Framework kind acronym wikidata; Place country (an entity id). All values are text.
    `seed` is the row of the seeds that the entity was found in ("VNM", "asean"), or None.
    """

    id: str
    type: str
    name: str
    aliases: tuple[str, ...] = ()
    attributes: Mapping[str, str] = field(default_factory=lambda: EMPTY)
    mentions: tuple[Mention, ...] = ()
    seed: str | None = None

    def _repr_html_(self) -> str:
        from kg.frames import entity_html

        return entity_html(self)


@dataclass(frozen=True, slots=True)
class Fact:
    """A claim that mentions support. Exactly one of `object` (an entity id) and `value` is set.

    `happened` is when it was so, as precise as the text and no more: YYYY, YYYY-MM, YYYY-MM-DD, or two of
    them joined by "/"; None where the text does not say. `reported` is the document's date (after resolution the
    earliest one).
    `confidence` is in 0..1; `rule` names the rule that read it. `evidence` holds whole sentences, at least one.
    """

    subject: str
    predicate: str
    object: str | None
    value: str | None
    evidence: tuple[Mention, ...]
    modality: str = "actual"
    happened: str | None = None
    reported: str | None = None
    confidence: float = 1.0
    rule: str = ""
    status: str = "asserted"
    contradicts: tuple[str, ...] = ()  # keys of other facts
    against: tuple[str, ...] = ()  # rows of the seeds that say otherwise, as text

    @property
    def key(self) -> str:
        """Content decides identity: subject, predicate, object or value, modality and date, hashed to 16 digits."""
        parts = (self.subject, self.predicate, self.object or "", self.value or "", self.modality, self.happened or "")
        return digest("\x1f".join(parts), 16)

    def _repr_html_(self) -> str:
        from kg.frames import fact_html

        return fact_html(self)


@dataclass(frozen=True, slots=True)
class Figure:
    """A number that the text states: `amount` as a decimal in text ("769000000000"), `unit` "USD", "%", "km" …"""

    subject: str
    indicator: str
    amount: str
    unit: str
    period: str | None
    evidence: tuple[Mention, ...]
    reported: str | None = None

    @property
    def key(self) -> str:
        """Content decides identity, as with a fact."""
        return digest("\x1f".join((self.subject, self.indicator, self.amount, self.unit, self.period or "")), 16)


@dataclass(frozen=True, slots=True)
class Extraction:
    """What one document says. Entity ids are local ("e1", "e2" … in order of first mention).

    `refused` lists what an optional extractor claimed and the evidence check did not find in the text.
    """

    document: Document
    entities: tuple[Entity, ...]
    facts: tuple[Fact, ...]
    figures: tuple[Figure, ...] = ()
    refused: tuple[Skipped, ...] = ()


@dataclass(frozen=True, slots=True)
class Merge:
    """Why two names became one entity: `absorbed` (a name with its document's key) went into `into` (an entity id).

    `score` is in 0..1. Merges are kept so that they can be shown and undone.
    """

    into: str
    absorbed: str
    document: str
    rule: str
    score: float


@dataclass(frozen=True, slots=True)
class Knowledge:
    """What all documents say together: global ids, one fact a claim with all its mentions; sorted by id or key."""

    documents: tuple[Document, ...]
    entities: tuple[Entity, ...]
    facts: tuple[Fact, ...]
    figures: tuple[Figure, ...]
    merges: tuple[Merge, ...]
