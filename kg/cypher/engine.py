"""A graph that answers Cypher: all stages in a row, and the plans of the queries it has seen."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self, cast

from kg.cypher import tree
from kg.cypher.batch import compile_plan
from kg.cypher.bind import WRITES, Bound, bind, check_parameters
from kg.cypher.context import Budget, Run
from kg.cypher.errors import CypherError, CypherSyntaxError, ReadOnly
from kg.cypher.explain import plan_text
from kg.cypher.lower import lower
from kg.cypher.meter import Meter
from kg.cypher.notes import notes_on
from kg.cypher.parameters import cypher_values
from kg.cypher.parse import parse
from kg.cypher.plan import Plan, make_plan
from kg.cypher.plan.estimates import Estimates
from kg.cypher.procedures import BUILT_IN, from_signature
from kg.cypher.result import Result, Sources
from kg.cypher.rewrites import rewrite
from kg.cypher.rows import Compiled
from kg.cypher.temporal import Clock
from kg.graph.protocol import ChangeableGraph, ReadableGraph

if TYPE_CHECKING:
    import networkx

    from kg.graph.schema import SchemaRow

_PLANS = 256


@dataclass(frozen=True, slots=True)
class _Prepared:
    """A query that is ready to run, again and again."""

    bound: Bound
    plan: Plan
    compiled: Compiled
    notes: tuple[str, ...]

    @property
    def columns(self) -> tuple[str, ...]:
        return tuple(name for name, _ in self.bound.query.columns)


class Graph:
    """A property graph that answers Cypher queries.

    >>> import networkx
    >>> friends = networkx.DiGraph()
    >>> friends.add_node("Ana", labels=["Leader"]), friends.add_edge("Ana", "Bo", type="MET")
    (None, None)
    >>> Graph.from_networkx(friends).query("MATCH (:Leader)-[:MET]->(b) RETURN b.id").single()
    'Bo'
    """

    def __init__(
        self,
        graph: ReadableGraph,
        *,
        why_read_only: str = "this graph cannot be changed",
        sources: Sources | None = None,
        optimize: bool = True,
    ) -> None:
        """`sources` gives the rows of `Result.evidence()`; without it there are none.

        `optimize` False: no rewrites and no batches, which is slow and gives the same rows.
        """
        self.graph = graph
        self._sources = sources
        self._optimize = optimize
        self._why_read_only = why_read_only
        self._procedures = dict(BUILT_IN)
        self._prepared: OrderedDict[str, _Prepared] = OrderedDict()

    @classmethod
    def from_networkx(cls, graph: networkx.Graph) -> Self:
        """A graph made of any NetworkX graph; it does not follow later changes of it."""
        from kg.graph.columns import PropertyGraph

        return cls(
            PropertyGraph.from_networkx(graph), why_read_only="it was read from NetworkX; change a sandbox() of it"
        )

    def query(
        self,
        text: str,
        parameters: Mapping[str, Any] | None = None,
        *,
        timeout: float | None = None,
        memory: float | None = 4096,
        clock: Clock | None = None,
        **more: Any,
    ) -> Result:
        """The answer to a query; parameters by name, in a mapping or one by one.

        `timeout` is in seconds, `memory` in MiB that the process may grow by; None lifts either. `clock` is the moment
        that `datetime()` tells; without it, now. Raises CypherError with line, column and what to do.
        """
        given = {**(parameters or {}), **more}
        with _located(text):
            prepared = self._prepare(text)
            mode = prepared.bound.query.mode
            if mode == "EXPLAIN":
                return Result(prepared.columns, [], notes=prepared.notes, plan=self._plan_text(prepared))
            meter = Meter() if mode == "PROFILE" else None
            return self._run(prepared, given, Budget(timeout, memory), clock, meter)

    def explain(self, text: str) -> str:
        """The plan of a query as text, without running it."""
        with _located(text):
            return self._plan_text(self._prepare(text))

    def profile(self, text: str, parameters: Mapping[str, Any] | None = None, **more: Any) -> str:
        """The plan of a query as text, with the rows that each operator gave when it was run."""
        with _located(text):
            given = {**(parameters or {}), **more}
            return self._run(self._prepare(text), given, Budget(mebibytes=4096), None, Meter()).plan or ""

    def register(self, signature: str, call: Callable[..., Iterable[Sequence[Any]]]) -> None:
        """Let CALL reach a function that gets the graph and the arguments, and gives rows.

        The signature is in openCypher's notation: `name(a :: INTEGER?) :: (b :: STRING?)`.
        """
        procedure = from_signature(signature, call)
        self._procedures[procedure.name] = procedure
        self._prepared.clear()

    def sandbox(self) -> Graph:
        """A copy in memory that queries can change."""
        from kg.graph.scratch import ScratchGraph

        return Graph(ScratchGraph.copy_of(self.graph))

    def to_networkx(self) -> networkx.MultiDiGraph:
        """The whole graph for NetworkX."""
        return self.graph.to_networkx()  # type: ignore[attr-defined]

    def export(self, format: str) -> bytes:
        """The whole graph as "graphml" or "gexf"; the same graph gives the same bytes."""
        from kg.graph.write import network_bytes

        return network_bytes(self.to_networkx(), format)

    def schema(self) -> list[SchemaRow]:
        """What the graph has: its labels, relationship types and properties, each with how many there are."""
        from kg.graph.schema import schema

        return schema(self.graph)

    def _run(
        self,
        prepared: _Prepared,
        parameters: Mapping[str, Any],
        budget: Budget,
        clock: Clock | None,
        meter: Meter | None,
    ) -> Result:
        check_parameters(prepared.bound.query, parameters)
        given = cypher_values(parameters)
        run = Run(cast(ChangeableGraph, self.graph), given, self._procedures, budget, _clock_reader(clock))
        compiled = self._compile(prepared.bound, prepared.plan, meter) if meter else prepared.compiled
        slots = [compiled.slots[variable] for _, variable in prepared.plan.columns]
        budget.start()
        with run.graph.transaction() if prepared.bound.writes else nullcontext():
            rows = [tuple(row[slot] for slot in slots) for row in compiled.rows(run)]
        profile = self._plan_text(prepared, meter) if meter else None
        return Result(prepared.columns, rows if slots else [], run.changes, prepared.notes, profile, self._sources)

    def _plan_text(self, prepared: _Prepared, meter: Meter | None = None) -> str:
        return plan_text(prepared.plan, Estimates(self.graph), meter)

    def _prepare(self, text: str) -> _Prepared:
        prepared = self._prepared.get(text)
        if prepared is None:
            bound = bind(parse(text), self._procedures)
            if bound.writes:
                self._check_writable(bound)
            plan = make_plan(lower(bound), self.graph)
            plan = rewrite(plan, bound.types) if self._optimize else plan
            notes = notes_on(bound, self.graph)
            prepared = self._prepared[text] = _Prepared(bound, plan, self._compile(bound, plan), notes)
            if len(self._prepared) > _PLANS:
                self._prepared.popitem(last=False)
        return prepared

    def _compile(self, bound: Bound, plan: Plan, meter: Meter | None = None) -> Compiled:
        return compile_plan(plan, self.graph, bound.types, batches=self._optimize, meter=meter)

    def _check_writable(self, bound: Bound) -> None:
        if not hasattr(self.graph, "add_node"):
            first = next(part for part in tree.walk(bound.query) if isinstance(part, WRITES))
            raise ReadOnly(f"{type(first).__name__.upper()} is not possible: {self._why_read_only}", span=first.span)


@contextmanager
def _located(text: str) -> Iterator[None]:
    """Errors from inside point at their place in the query."""
    try:
        yield
    except CypherError as error:
        raise error.locate(text) from None
    except RecursionError:
        raise CypherSyntaxError("the query is nested too deeply or has too many clauses").locate(text) from None


def _clock_reader(clock: Clock | None) -> Callable[[], Clock]:
    return Clock.now if clock is None else lambda: clock
