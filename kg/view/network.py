"""The page: pyvis's network with our own template, so that text from articles is only ever text.

Of pyvis we use the node and edge lists and the vis-network library that it carries. Its template is not used: it
fetches from other hosts, and runs what stands in names and titles.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections import Counter
from collections.abc import Mapping
from importlib.resources import files
from typing import Any

from jinja2 import Environment
from markupsafe import Markup
from pyvis.network import Network

from kg.graph import VERBS
from kg.model import Entity
from kg.view.data import ViewData

# Shape and colour both tell the type, so that neither is needed alone.
STYLES: dict[str, tuple[str, str]] = {
    "Country": ("square", "#0072b2"),
    "Leader": ("dot", "#d55e00"),
    "Organization": ("hexagon", "#b0529a"),
    "Meeting": ("diamond", "#008a63"),
    "Framework": ("triangle", "#c98a00"),
    "Project": ("triangleDown", "#3a9bd1"),
    "Place": ("star", "#8f5fc0"),
    "Topic": ("box", "#6b7280"),
}
_LABEL_LENGTH = 36

OPTIONS: dict[str, Any] = {
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False},
    "interaction": {"hover": True, "keyboard": {"enabled": True, "bindToWindow": False}, "tooltipDelay": 150},
    "nodes": {"borderWidth": 1, "font": {"size": 14, "face": "system-ui, sans-serif"}},
    "edges": {"smooth": False, "selectionWidth": 2, "hoverWidth": 1},
}


class EvidenceNetwork(Network):
    """A pyvis network whose page opens offline and whose lines keep all facts of a pair."""

    def __init__(self, data: ViewData, positions: Mapping[str, tuple[int, int]], *, title: str) -> None:
        super().__init__(heading=title)
        self.data = data
        self.options = OPTIONS
        n_lines = Counter(end for pair in data.pairs for end in (pair.a, pair.b))
        for entity in data.nodes:
            self._add_entity(entity, positions[entity.id], n_lines[entity.id])
        for pair in data.pairs:
            self.add_edge(pair.a, pair.b, facts=list(pair.facts))

    def _add_entity(self, entity: Entity, position: tuple[int, int], n_lines: int) -> None:
        shape, colour = STYLES[entity.type]
        x, y = position
        size = round(8 + 3 * n_lines**0.5)
        extra = {"name": entity.name, "type": entity.type, "aliases": sorted(entity.aliases), "lines": n_lines}
        self.add_node(entity.id, _short(entity.name), shape, color=colour, x=x, y=y, size=size, **extra)

    def add_edge(self, source: str, to: str, **options: Any) -> None:
        """Append the line. Stock pyvis searches all lines first, to drop a second one between the same two nodes."""
        self.edges.append({"from": source, "to": to, **options})

    def generate_html(self, name: str = "graph.html", local: bool = True, notebook: bool = False) -> str:
        """The page as text; the arguments are those of pyvis and change nothing."""
        library, page = _vis_network(), _own("page.js")
        template = Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True).from_string(_own("page.html"))
        self.html = template.render(
            title=self.heading,
            types=[(kind, *style) for kind, style in STYLES.items() if any(n["type"] == kind for n in self.nodes)],
            n_left_out=self.data.n_left_out,
            n_nodes=len(self.nodes),
            script_hashes=" ".join(_hash(script) for script in (library, page)),
            style=Markup(_own("page.css")),
            library=Markup(library),
            page=Markup(page),
            data=Markup(_json_for_html(self._json())),
        )
        return self.html

    def _json(self) -> dict[str, Any]:
        return {
            "nodes": self.nodes,
            "edges": self.edges,
            "facts": self.data.facts,
            "documents": self.data.documents,
            "options": self.options,
            "verbs": VERBS,
        }


def _short(name: str) -> str:
    return name if len(name) <= _LABEL_LENGTH else name[: _LABEL_LENGTH - 1].rstrip() + "…"


def _vis_network() -> str:
    """The library's script, without the comment that makes developer tools look for its source map."""
    script = files("pyvis").joinpath("lib", "vis-9.1.2", "vis-network.min.js").read_text(encoding="utf-8")
    # A parser reads CR LF as LF, and the hash is over what it reads.
    script = script.replace("\r\n", "\n").partition("//# sourceMappingURL=")[0]
    return _no_end_tag(script)


def _own(name: str) -> str:
    return _no_end_tag(files("kg.view").joinpath(name).read_text(encoding="utf-8").replace("\r\n", "\n"), name)


def _no_end_tag(script: str, name: str = "vis-network.min.js") -> str:
    if name.endswith(".js") and "</script" in script.lower():
        raise ValueError(f"{name} holds an end tag and would end its own element")
    return script


def _hash(script: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(script.encode('utf-8')).digest()).decode()}'"


def _json_for_html(data: dict[str, Any]) -> str:
    """JSON that no HTML parser can leave: the signs that begin markup are written as escapes."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    for sign in "<>&\u2028\u2029":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return text
