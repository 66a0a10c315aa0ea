"""Resolution: what each document says of its own entities becomes one graph of entities and facts.

What comes in: `Extraction`s with local ids, in any order. What goes out: `Knowledge` with global ids, sorted, with
every merge recorded (`explain`) and reversible (`resolve(…, apart=…)`). The sequence of steps is the list `STEPS` in
`pipeline.py`; each family of entities has a file of its own, the reasons stand in `rules.py`.
This room must not read text, open files or know triples, and it decides nothing by chance, clock or order of input.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kg.resolve.apart import NameAt
    from kg.resolve.pipeline import STEPS, explain, resolve
    from kg.resolve.rules import RULES, Rule

__all__ = ["RULES", "STEPS", "NameAt", "Rule", "explain", "resolve"]

_HOMES = {
    "NameAt": "apart",
    "STEPS": "pipeline",
    "explain": "pipeline",
    "resolve": "pipeline",
    "RULES": "rules",
    "Rule": "rules",
}


def __getattr__(name: str) -> Any:
    # rapidfuzz and the seeds cost more than `kg --help` may take.
    if name in _HOMES:
        from importlib import import_module

        return getattr(import_module(f"kg.resolve.{_HOMES[name]}"), name)
    raise AttributeError(name)
