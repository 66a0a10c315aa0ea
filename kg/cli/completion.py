"""What can be written where the cursor stands: labels, types, properties, parameters, keywords, functions, commands."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from prompt_toolkit.completion import CompleteEvent, Completer
from prompt_toolkit.completion import Completion as Proposal
from prompt_toolkit.document import Document

from kg.cypher.notation import write_name
from kg.cypher.tokens import KEYWORDS
from kg.graph.schema import SchemaRow

# From the most special place to the least; the last group is the word that is being written.
_PLACES = (
    ("command", re.compile(r"^\s*(:\w*)$")),
    ("type", re.compile(r"\[[^\[\](){}]*[:|&!]\s*(`?\w*)$")),
    ("label", re.compile(r"\([^\[\](){}]*[:|&!]\s*(`?\w*)$")),
    ("label or type", re.compile(r"\b(?:WHERE|AND|OR|XOR|NOT|RETURN|WITH)\s+\w+\s*:\s*(`?\w*)$", re.IGNORECASE)),
    ("property", re.compile(r"[\w`)\]]\.(`?\w*)$")),
    ("property", re.compile(r"[(\w]\s*\{(?:[^{}]*,)?\s*(`?\w*)$")),
    ("parameter", re.compile(r"(\$\w*)$")),
    ("word", re.compile(r"(\w+)$")),
)


class Completion(Completer):
    """Proposes names of the graph where names of its kind can stand, else keywords, functions and variables."""

    def __init__(self, schema: Iterable[SchemaRow], commands: Sequence[str], parameters: Mapping[str, Any]) -> None:
        from kg.cypher.functions import AGGREGATES, FUNCTIONS

        rows = list(schema)
        labels = [write_name(row.name) for row in rows if row.kind == "label"]
        types = [write_name(row.name) for row in rows if row.kind == "type"]
        self._parameters = parameters
        self._words: dict[str, Sequence[str]] = {
            "command": commands,
            "label": labels,
            "type": types,
            "label or type": sorted({*labels, *types}),
            "property": sorted({write_name(row.name) for row in rows if row.kind.endswith("property")}),
            "word": (*sorted(KEYWORDS), *sorted({one.name for one in (*FUNCTIONS.values(), *AGGREGATES.values())})),
        }

    def get_completions(self, document: Document, complete_event: CompleteEvent) -> Iterator[Proposal]:
        before = document.text_before_cursor
        for place, pattern in _PLACES:
            found = pattern.search(before)
            if found:
                written = found[1]
                for word in self._fitting(place, document.text):
                    if word.casefold().startswith(written.casefold()) and word != written:
                        yield Proposal(word, start_position=-len(written))
                return

    def _fitting(self, place: str, text: str) -> Iterable[str]:
        if place == "parameter":
            return sorted(f"${name}" for name in self._parameters)
        if place == "word":
            variables = set(re.findall(r"[(\[,]\s*([a-z]\w*)\b", text)) | set(re.findall(r"(?i)\bAS\s+(\w+)", text))
            return (*sorted(variables), *self._words[place])
        return self._words[place]
