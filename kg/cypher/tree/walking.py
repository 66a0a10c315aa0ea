"""What every node of a tree is, and how to go through it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

from kg.cypher.errors import NOWHERE, Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Tree:
    """Anything that a query is made of."""

    span: Span = field(default=NOWHERE, compare=False, repr=False)


def children(node: Tree) -> Iterator[Tree]:
    """The nodes directly below `node`, in the order in which they are written."""
    for name in _parts(node):
        yield from _trees(getattr(node, name))


def walk(node: Tree) -> Iterator[Tree]:
    """`node` and all nodes below it, each before its children."""
    waiting = [node]
    while waiting:
        one = waiting.pop()
        yield one
        waiting += reversed(list(children(one)))


def transform(node: Any, change: Callable[[Any], Any]) -> Any:
    """The tree with each node replaced by `change(node)`, children first; unchanged parts are shared."""
    # A partial is no frame of its own: three a level let a tree be as deep as the parser allows.
    return change(map_children(node, partial(transform, change=change)))


def map_children(node: Any, change: Callable[[Any], Any]) -> Any:
    """The node with `change` done to each direct child; the same object when nothing changed."""
    changed = {}
    for name in _parts(node):
        old = getattr(node, name)
        new = _map(old, change)
        if new is not old:
            changed[name] = new
    return replace(node, **changed) if changed else node


def _parts(node: Any) -> tuple[str, ...]:
    """The names of its fields except `span`, which alone is keyword-only."""
    names: tuple[str, ...] = node.__match_args__
    return names


def _trees(value: Any) -> Iterator[Tree]:
    if isinstance(value, Tree):
        yield value
    elif isinstance(value, tuple):
        for one in value:
            yield from _trees(one)


def _map(value: Any, change: Callable[[Any], Any]) -> Any:
    if isinstance(value, Tree):
        return change(value)
    if isinstance(value, tuple):
        new = []
        for one in value:
            new.append(change(one) if isinstance(one, Tree) else _map(one, change))
        return value if all(a is b for a, b in zip(value, new, strict=True)) else tuple(new)
    return value
