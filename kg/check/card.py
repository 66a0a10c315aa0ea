"""The graph card: what is in the graph, how well it is supported, what was left out, what looks doubtful."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kg.check.duplicates import Suspect, duplicate_suspects
from kg.model import Document, Skipped
from kg.store import BuildRecord, ShapesOutcome, Store
from kg.vocabulary import ENTITY_TYPES, MODALITIES, PREDICATES, STATUSES


@dataclass(frozen=True, slots=True)
class GraphCard:
    """A graph in figures. Mappings hold every name of the vocabulary, in its order, with 0 where there is none.

    `n_supported` counts facts with a sentence in a document of the graph. `set_aside` maps the reason to the number
    of stretches of text that were not read; `set_aside_share` is their part of all characters, 0..1. `skipped` lists
    what could not be read and what could not be stored.
    """

    n_documents: int
    n_mentions: int
    n_facts: int
    n_supported: int
    n_figures: int
    n_merges: int
    n_triples: int
    n_withdrawn: int
    entities: Mapping[str, int]
    predicates: Mapping[str, int]
    modalities: Mapping[str, int]
    statuses: Mapping[str, int]
    set_aside: Mapping[str, int]
    set_aside_share: float
    suspects: tuple[Suspect, ...]
    skipped: tuple[Skipped, ...]
    shapes: ShapesOutcome
    build: BuildRecord

    @property
    def supported_share(self) -> float:
        """The share of facts with evidence, 0..1; 1 for a graph without facts."""
        return self.n_supported / self.n_facts if self.n_facts else 1.0


def graph_card(store: Store) -> GraphCard:
    """The card of the graph in use."""
    manifest, documents, entities = store.manifest(), store.documents(), store.entities()
    tally = store.fact_tally()
    return GraphCard(
        n_documents=len(documents),
        n_mentions=manifest.counts.get("mentions", 0),
        n_facts=sum(tally.values()),
        n_supported=store.n_supported(),
        n_figures=manifest.counts.get("figures", 0),
        n_merges=manifest.counts.get("merges", 0),
        n_triples=manifest.n_triples,
        n_withdrawn=len(store.withdrawn()),
        entities=_counted((entity.type for entity in entities), ENTITY_TYPES),
        predicates=_summed(tally, 0, tuple(PREDICATES)),
        modalities=_summed(tally, 1, MODALITIES),
        statuses=_summed(tally, 2, STATUSES),
        set_aside=dict(sorted(Counter(part.reason for d in documents for part in d.set_aside).items())),
        set_aside_share=_set_aside_share(documents),
        suspects=tuple(duplicate_suspects(entities)),
        skipped=manifest.skipped + manifest.refused,
        shapes=manifest.shapes,
        build=manifest.build,
    )


def _counted(found: Iterable[str], names: tuple[str, ...]) -> dict[str, int]:
    counts = Counter(found)
    return {name: counts[name] for name in names}


def _summed(tally: Mapping[tuple[str, str, str], int], part: int, names: tuple[str, ...]) -> dict[str, int]:
    return {name: sum(n for key, n in tally.items() if key[part] == name) for name in names}


def _set_aside_share(documents: Iterable[Document]) -> float:
    characters = sum(len(document.text) for document in documents)
    aside = sum(part.end - part.begin for document in documents for part in document.set_aside)
    return aside / characters if characters else 0.0
