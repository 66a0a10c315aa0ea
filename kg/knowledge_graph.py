"""Asking: the graph in a store as one object, whose methods are the commands of `kg`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self, Unpack

from kg.errors import OutputError
from kg.model import Document, Entity, Fact, Knowledge
from kg.vocabulary import PREDICATES

if TYPE_CHECKING:
    import networkx

    import kg.cypher
    from kg.check import GraphCard, Report
    from kg.explore import (
        Attendance,
        Changes,
        Communities,
        Comparison,
        Counted,
        Growth,
        Paths,
        Projection,
        Ranking,
    )
    from kg.graph import Explanation
    from kg.graph.columns import PropertyGraph
    from kg.graph.facts import Facts
    from kg.store import Store
    from kg.store.answer import Answer
    from kg.view.found import Found

_READ_ONLY = "facts come from documents; change a sandbox() of it"
# What a node's properties say that is a fact: every predicate without a range.
_VALUED = tuple(name for name, predicate in PREDICATES.items() if not predicate.range)
_MANY = 500
_MARK = b'name="generator" content="entente-kg"'


class KnowledgeGraph:
    """A graph that was built, as it was when it was opened: whatever others build meanwhile, its answers agree."""

    def __init__(self, store: Store) -> None:
        self.store = store

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"KnowledgeGraph({str(self.store.path)!r})"

    def _repr_html_(self) -> str:
        from kg.frames import table_html

        columns = self.property_graph
        rows = [(label, columns.n_with_label(label)) for label in columns.labels() if label != "Actor"]
        rows += [(type_, columns.n_with_type(type_)) for type_ in columns.types()]
        return table_html(("nodes and relationships", "n"), rows, title=f"The graph in {self.store.path}")

    def close(self) -> None:
        """Let go of the files; `with kg.open("graph") as graph:` does it by itself."""
        self.store.close()

    @cached_property
    def entities(self) -> tuple[Entity, ...]:
        """All entities, sorted by id."""
        return tuple(self.store.entities())

    @cached_property
    def documents(self) -> tuple[Document, ...]:
        """All documents, sorted by key."""
        return tuple(self.store.documents())

    @cached_property
    def knowledge(self) -> Knowledge:
        """The whole graph as plain data."""
        return self.store.scan()

    def sparql(self, query: str) -> Answer:
        """The answer to a SPARQL 1.1 query; the prefixes of the ontology need no declaration.

        Raises QueryError with line and column; ForbiddenQuery for what would reach the network or the disk, or change
        the graph.
        """
        return self.store.sparql(query)

    def cypher(
        self,
        query: str,
        parameters: Mapping[str, Any] | None = None,
        *,
        timeout: float | None = None,
        memory: float | None = 4096,
        **more: Any,
    ) -> kg.cypher.Result:
        """The answer to an openCypher query over the property graph; `$name` in it is a parameter of that name.

        `timeout` is in seconds, `memory` in MiB that the process may grow by; None lifts either. The graph is
        read-only: change a `sandbox()`. `evidence()` of the answer gives the sentences behind it. Raises CypherError
        with line and column.

        >>> graph.cypher("MATCH (l:Leader)-[:REPRESENTS]->(:Country {name: $name}) RETURN l.name", name="Laos")
        ... # doctest: +SKIP
        """
        return self.cypher_graph.query(query, parameters, timeout=timeout, memory=memory, **more)

    def evidence(self, found: Any) -> list[dict[str, Any]]:
        """The sentences behind nodes, relationships and paths that `cypher` gave, alone or in rows, lists and maps.

        A row for each sentence under the columns `kg.graph.EVIDENCE_COLUMNS`, with its document and its place there.
        A relationship has all sentences of its fact. A node that is no end of a relationship in `found` has the
        sentences that give its date or office, then in each document the one that names it first.
        """
        from kg.cypher.result import graph_values
        from kg.cypher.values import Relationship
        from kg.graph import Witness

        held = list(graph_values(found))
        links = [one for one in held if isinstance(one, Relationship)]
        shown = {end for one in links for end in (one.start_node, one.end_node)}
        kept = [one for one in held if one not in shown]
        keys = {one: self._name_of(one) for one in kept}
        facts = self.store.facts_with_keys([keys[one] for one in kept if isinstance(one, Relationship)])
        nodes = [keys[one] for one in kept if not isinstance(one, Relationship)]
        for predicate in _VALUED if nodes else ():
            # Of many it is faster to read all.
            facts += self.store.facts(about=nodes if len(nodes) < _MANY else None, predicate=predicate)
        witness = Witness(facts, self.entities, self.documents)
        ask = {True: witness.of_relationship, False: witness.of_node}
        return [row for one in kept for row in ask[isinstance(one, Relationship)](keys[one])]

    def sandbox(self) -> kg.cypher.Graph:
        """A copy of the property graph in memory that Cypher can change: `query` it, then `export` or `to_networkx`.

        The graph in the store stays as it is, and nothing in the copy has evidence.
        """
        return self.cypher_graph.sandbox()

    @cached_property
    def cypher_graph(self) -> kg.cypher.Graph:
        """The property graph with its Cypher engine: for `explain`, `schema`, and procedures of your own."""
        from kg.cypher import Graph

        return Graph(self.property_graph, why_read_only=_READ_ONLY, sources=self.evidence)

    def _name_of(self, value: kg.cypher.Node | kg.cypher.Relationship) -> str:
        """The id of the node's entity or document, the key of the relationship's fact."""
        from kg.cypher import Node
        from kg.errors import GraphError

        if value.graph is not self.property_graph:
            raise GraphError("only what this graph's own `cypher` gave has evidence in it; a sandbox has none")
        columns = self.property_graph
        return str(columns.node_key(value.id) if isinstance(value, Node) else columns.relationship_key(value.id))

    def entity(self, name: str) -> Entity:
        """The entity with that name, alias, acronym or id. Raises UnknownName with the nearest names."""
        from kg.graph import find_entity

        return find_entity(self.entities, name)

    # ---------------------------------------------------------------- exploring

    def projection(self, of: str = "countries", *, by: str | None = None, **counted: Unpack[Counted]) -> Projection:
        """Who is tied to whom by what they share, as `kg.explore.KINDS` lists it: `.ties()`, `.to_networkx()`.

        Every method of this part counts distinct meetings, visits, papers and projects, never reports of them; and of
        the facts those that happened (`modality="actual"`) and that nobody contradicts (`status="asserted"`), between
        `since` and `until` if these are given. None means any.
        """
        from kg.explore import Selection, project

        return project(self.property_graph, of, by=by, selection=Selection(**counted))

    def rank(
        self,
        of: str = "countries",
        *,
        by: str | None = None,
        measure: str = "weighted",
        limit: int | None = None,
        **counted: Unpack[Counted],
    ) -> Ranking:
        """Who is central: "weighted", "degree", "betweenness", "pagerank", or "brokerage" between communities."""
        from kg.explore import rank

        return rank(self.projection(of, by=by, **counted), measure, limit=limit)

    def communities(
        self, of: str = "countries", *, by: str | None = None, seed: int = 0, **counted: Unpack[Counted]
    ) -> Communities:
        """Who keeps company with whom: groups by Louvain, the same for the same seed."""
        from kg.explore import communities

        return communities(self.projection(of, by=by, **counted), seed=seed)

    def compare(self, a: str, b: str, **counted: Unpack[Counted]) -> Comparison:
        """What two actors have in common: meetings, papers, memberships, projects, and what is said of both."""
        from kg.explore import Selection, compare

        return compare(self.property_graph, self._node(a), self._node(b), selection=Selection(**counted))

    def path(self, a: str, b: str, *, n: int = 3, through: str = "meetings", **counted: Unpack[Counted]) -> Paths:
        """The `n` shortest ways from one entity to another, through "meetings" or any "facts", with their evidence."""
        from kg.explore import Selection, paths

        selection = Selection(**counted)
        return paths(self.property_graph, self._node(a), self._node(b), n=n, through=through, selection=selection)

    def changes(
        self, before: str, after: str, *, of: str = "countries", by: str | None = None, **counted: Unpack[Counted]
    ) -> Changes:
        """Ties that differ between two periods: "2019", "2024-05", or two dates joined by "/"."""
        from kg.explore import Selection, changes

        return changes(self.property_graph, before, after, of=of, by=by, selection=Selection(**counted))

    def growth(self, a: str, b: str, *, by: str | None = None, **counted: Unpack[Counted]) -> Growth:
        """How the tie between two countries, or two leaders, grew over the years."""
        from kg.explore import growth

        of = {"Leader": "leaders", "Topic": "topics"}.get(self.entity(a).type, "countries")
        return growth(self.projection(of, by=by, **counted), self._node(a), self._node(b))

    def missing(self, framework: str, **counted: Unpack[Counted]) -> Attendance:
        """Who was at the meetings of a framework, and which of its countries no report names there."""
        from kg.explore import Selection, missing

        return missing(self.property_graph, self._node(framework), selection=Selection(**counted))

    def _node(self, name: str) -> int:
        from kg.explore.facts import node_of

        node = node_of(self.property_graph, self.entity(name).id)
        assert node is not None
        return node

    # ---------------------------------------------------------------- facts

    def facts(
        self,
        *,
        about: str | None = None,
        predicate: str | None = None,
        since: str | None = None,
        until: str | None = None,
        reported_since: str | None = None,
        reported_until: str | None = None,
        modality: str | None = None,
        status: str | None = None,
    ) -> Facts:
        """The facts that fit all that is given, the latest first; each with the sentences it rests on.

        `about` is any name of an entity, as subject or object. `since` and `until` are dates as precise as you like,
        both inclusive: a fact fits when it may have happened between them. One without a date has that of its meeting.
        `reported_since` and `reported_until` ask the other clock: the date of the first document that says it.
        """
        from kg.graph.facts import Facts

        found = self.store.facts(
            about=None if about is None else [self.entity(about).id],
            predicate=predicate,
            since=since,
            until=until,
            modality=modality,
            status=status,
        )
        reported = [fact for fact in found if _reported_between(fact.reported, reported_since, reported_until)]
        return Facts(sorted(reported, key=lambda fact: fact.happened or "", reverse=True), self)

    def disputes(self, facts: Iterable[Fact]) -> Facts:
        """The facts with every fact that contradicts them, whatever else it is about: both sides stand together."""
        from kg.graph import side_by_side
        from kg.graph.facts import Facts

        return Facts(side_by_side(facts, self.store.facts(status="disputed")), self)

    def rows(self, facts: Iterable[Fact]) -> list[dict[str, Any]]:
        """Facts as rows with names, document and evidence, under the columns `kg.graph.FACT_COLUMNS`."""
        from kg.graph import fact_rows

        return list(fact_rows(facts, self.entities, self.documents))

    def tell(self, facts: Iterable[Fact]) -> str:
        """Facts as text: each claim, and below it its sentences with their documents."""
        from kg.graph import Teller

        teller = Teller(self.entities, self.documents)
        return "\n".join(teller.fact(fact) for fact in facts)

    def explain(self, name: str) -> Explanation:
        """Everything known about the entity that `name` means, with sources. Raises UnknownName."""
        from kg.graph import Explanation, in_order

        entity = self.entity(name)
        return Explanation(
            entity=entity,
            facts=in_order(self.store.facts(about=[entity.id]), entity),
            figures=tuple(figure for figure in self.store.figures() if figure.subject == entity.id),
            merges=tuple(merge for merge in self.store.merges() if merge.into == entity.id),
            entities=self.entities,
            documents=self.documents,
        )

    def networkx(self, *, documents: bool = True) -> networkx.MultiDiGraph:
        """The property graph: one node per entity and document, one edge a fact, keyed by the fact's key.

        Facts of every modality are in it. `documents=False` leaves the documents and their edges out.
        """
        from kg.graph import to_networkx

        return to_networkx(self.knowledge, documents=documents)

    @cached_property
    def property_graph(self) -> PropertyGraph:
        """The same graph in columns, as Cypher reads it: with documents, and facts of every modality.

        It is made when the graph is built and kept beside it; what is missing or damaged there is made anew. A node's
        `node_key` is the id of its entity, a relationship's `relationship_key` the key of its fact.
        """
        from kg.graph.kept import kept_columns

        return kept_columns(self.store.columns, self.store.manifest().content, self.store.scan)

    def view(
        self,
        path: str | Path | None = "graph.html",
        *,
        title: str = "Diplomatic cooperation",
        country: str | Iterable[str] = (),
        leader: str | Iterable[str] = (),
        topic: str | Iterable[str] = (),
        framework: str | Iterable[str] = (),
        since: str | None = None,
        until: str | None = None,
        modality: str | Iterable[str] = (),
        query: str | None = None,
        png: str | Path | None = None,
        max_nodes: int = 30_000,
        force: bool = False,
    ) -> Path:
        """Write the graph, or a part of it, as one HTML page that opens offline, and give its path.

        In a notebook the path shows the page.

        `country`, `leader`, `topic` and `framework` are names, one or several, any of which will do; two countries ask
        for what joins them. `since` and `until` are dates as in `facts`. `query` is Cypher that returns nodes,
        relationships or paths, or a SPARQL CONSTRUCT: what it finds is drawn. Above `max_nodes` entities the page holds
        those with the most facts, and says so.

        `png` is a picture of the page as it opens, taken with headless Chromium; with `path=None` it alone is written.
        Replaces earlier results of its own; any other file only with `force`. Raises OutputError, also when there is
        nothing to draw; UnknownName; QueryError.
        """
        from kg.output import Page, write_output
        from kg.view import html
        from kg.view.picture import MARK, find_browser, photograph
        from kg.view.select import Part, select

        if png is not None:
            find_browser()  # before the work, not after it
        part = Part(
            countries=self._ids(country, "Country"),
            leaders=self._ids(leader, "Leader"),
            topics=self._ids(topic, "Topic"),
            frameworks=self._ids(framework, "Framework", "Organization"),
            since=since,
            until=until,
            modalities=_several(modality),
            found=None if query is None else self._found(query),
        )
        knowledge = self.knowledge if part == Part() else select(self.knowledge, part)
        if part != Part() and not knowledge.facts:
            raise OutputError("there is nothing to draw: no fact in the graph fits what was asked for")
        page = html(knowledge, title=title, max_nodes=max_nodes)
        written: list[Path] = []
        if path is not None:
            written.append(Page(write_output(path, page.encode("utf-8"), ours=_MARK, force=force)))
        if png is not None:
            written.append(write_output(png, photograph(page), ours=MARK, force=force))
        if not written:
            raise OutputError("give the path of a page or of a picture")
        return written[0]

    def _ids(self, names: str | Iterable[str], *types: str) -> tuple[str, ...]:
        """The ids of entities of these types; a name of something else is unknown here."""
        from kg.graph import find_entity

        if not names:
            return ()
        held = [entity for entity in self.entities if entity.type in types]
        return tuple(dict.fromkeys(find_entity(held, name).id for name in _several(names)))

    def _found(self, query: str) -> Found:
        from kg.view.found import found_by_cypher, found_by_sparql, is_sparql

        if is_sparql(query):
            return found_by_sparql(self.sparql(query))
        return found_by_cypher(self.cypher(query), self.property_graph, query)

    def stats(self) -> GraphCard:
        """The graph card: counts, share of facts with evidence, shapes, skipped input, suspected duplicates."""
        from kg.check import graph_card

        return graph_card(self.store)

    def validate(self) -> Report:
        """What is wrong with the graph, looked for in the whole of it: shapes, quotes, ends of facts, edges."""
        from kg.check import validate

        return validate(self.store)

    def export(self, format: str) -> bytes:
        """The whole graph in a format of `EXPORT_FORMATS` of `kg.store` or `GRAPH_FORMATS` of `kg.graph`.

        The same documents give the same bytes.
        """
        from kg.graph import GRAPH_FORMATS, graph_bytes

        if format in GRAPH_FORMATS:
            return graph_bytes(self.knowledge, format)
        return b"".join(self.store.export(format))


def open(store: str | Path = "graph") -> KnowledgeGraph:
    """The graph in the folder `store`. Raises StoreError when there is none."""
    from kg.store import Store

    opened = Store.open(store)
    # Whether a graph was ever built shows here, and not at the first question.
    opened.manifest()
    return KnowledgeGraph(opened)


def _reported_between(reported: str | None, since: str | None, until: str | None) -> bool:
    """Whether an ISO date lies between two others, each at its own precision and inclusive."""
    if since is None and until is None:
        return True
    if reported is None:
        return False
    return (since is None or reported >= since[: len(reported)]) and (until is None or reported[: len(until)] <= until)


def _several(values: str | Iterable[str]) -> tuple[str, ...]:
    return (values,) if isinstance(values, str) else tuple(values)
