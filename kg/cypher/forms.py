"""Values for other programs and for readers: JSON, the exact text of a cell, and short text for a table."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping
from typing import Any

from kg.cypher.notation import write, write_content, write_plain
from kg.cypher.values import Node, Path, Relationship, is_temporal

# What tells a reader most about a node or relationship of this graph; the rest is in the other forms.
_SHOWN_OF_NODES = ("name", "title", "id")
_SHOWN_OF_RELATIONSHIPS = ("modality", "happened")


def json_form(value: Any) -> Any:
    """The value as JSON has it: temporal values, infinity and NaN as text, graph values as maps.

    A node is {"id", "labels", "properties"}, a relationship {"id", "type", "start", "end", "properties"}, a path
    {"nodes", "relationships"}. `key` is there too when the graph's origin has a name for it that is text: the id of an
    entity, the key of a fact. Unlike `id` it stays when the graph is built anew.
    """
    if isinstance(value, Node):
        return {
            "id": value.id,
            **_key(value.graph, "node_key", value.id),
            "labels": list(value.labels),
            "properties": json_form(value.properties),
        }
    if isinstance(value, Relationship):
        return {
            "id": value.id,
            **_key(value.graph, "relationship_key", value.id),
            "type": value.type,
            "start": value.start,
            "end": value.end,
            "properties": json_form(value.properties),
        }
    if isinstance(value, Path):
        return {"nodes": json_form(value.nodes), "relationships": json_form(value.relationships)}
    if isinstance(value, Mapping):
        return {key: json_form(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [json_form(item) for item in value]
    if is_temporal(value) or (isinstance(value, float) and not math.isfinite(value)):
        return write_plain(value)
    return value


def cell_form(value: Any) -> str | None:
    """The exact text of a value for CSV and TSV: plain values as they are, the others as JSON, null as None.

    >>> cell_form(True), cell_form("true"), cell_form(["a", 1]), cell_form(None)
    ('true', 'true', '["a", 1]', None)
    """
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, (bool, int, float)) or is_temporal(value):
        return write_plain(value)
    return json.dumps(json_form(value), ensure_ascii=False)


def short_form(value: Any) -> str | None:
    """The value for a table: of a node its rarest label and its name, of a relationship its type and what happened."""
    if value is None or isinstance(value, str):
        return value
    return _short(value) if _has_graph_values(value) else _without_quotes(value)


def _without_quotes(value: Any) -> str:
    if isinstance(value, (list, tuple)):
        return ", ".join(short_form(item) or "null" for item in value)
    return write(value) if isinstance(value, Mapping) else write_plain(value)


def _short(value: Any) -> str:
    if isinstance(value, Node):
        return f"({write_content(_rarest_label(value), _chosen(value, _SHOWN_OF_NODES, 1))})"
    if isinstance(value, Relationship):
        return f"[{write_content((value.type,), _chosen(value, _SHOWN_OF_RELATIONSHIPS, 2))}]"
    if isinstance(value, Path):
        return "".join(_path_parts(value))
    if isinstance(value, Mapping):
        return f"{{{', '.join(f'{key}: {_short(item)}' for key, item in value.items())}}}"
    if isinstance(value, (list, tuple)):
        return f"[{', '.join(map(_short, value))}]"
    return write(value)


def _path_parts(path: Path) -> Iterable[str]:
    yield _short(path.nodes[0])
    for before, step, after in zip(path.nodes, path.relationships, path.nodes[1:], strict=False):
        forwards = step.start == before.id
        yield f"{'-' if forwards else '<-'}{_short(step)}{'->' if forwards else '-'}{_short(after)}"


def _rarest_label(node: Node) -> tuple[str, ...]:
    """The label that says most: of Actor and Leader, Leader."""
    return tuple(sorted(node.labels, key=lambda label: (node.graph.n_with_label(label), label))[:1])


def _chosen(value: Node | Relationship, keys: Iterable[str], most: int) -> dict[str, Any]:
    found = {key: value.get(key) for key in keys}
    return dict([(key, item) for key, item in found.items() if item is not None][:most])


def _has_graph_values(value: Any) -> bool:
    if isinstance(value, Mapping):
        return any(map(_has_graph_values, value.values()))
    if isinstance(value, (list, tuple)):
        return any(map(_has_graph_values, value))
    return isinstance(value, (Node, Relationship, Path))


def _key(graph: Any, name: str, number: int) -> dict[str, str]:
    find = getattr(graph, name, None)
    key = find(number) if find else None
    return {"key": key} if isinstance(key, str) else {}
