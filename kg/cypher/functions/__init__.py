"""The functions that a query can call, one kind a file; `table` says what an entry holds.

In: values of a query. Out: a value. A function knows its values and nothing of the query around it.
"""

from __future__ import annotations

from collections.abc import Mapping

from kg.cypher.functions.aggregates import AGGREGATE_FUNCTIONS
from kg.cypher.functions.conversion import CONVERSION_FUNCTIONS
from kg.cypher.functions.graph import GRAPH_FUNCTIONS
from kg.cypher.functions.lists import LIST_FUNCTIONS
from kg.cypher.functions.numbers import NUMBER_FUNCTIONS
from kg.cypher.functions.strings import STRING_FUNCTIONS
from kg.cypher.functions.table import Aggregate, Function, table
from kg.cypher.functions.temporal import TEMPORAL_FUNCTIONS

FUNCTIONS: Mapping[str, Function] = table(
    (
        *NUMBER_FUNCTIONS,
        *STRING_FUNCTIONS,
        *LIST_FUNCTIONS,
        *GRAPH_FUNCTIONS,
        *CONVERSION_FUNCTIONS,
        *TEMPORAL_FUNCTIONS,
    )
)
AGGREGATES: Mapping[str, Aggregate] = {entry.name.lower(): entry for entry in AGGREGATE_FUNCTIONS}
