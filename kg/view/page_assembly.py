"""The page's text: the template with our styles and scripts from `page/`, vis-network, and the data as escaped JSON."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from importlib.resources import files
from typing import Any

from jinja2 import Environment
from markupsafe import Markup

# In the order in which the script reads: each may use what stands in those before it.
SCRIPTS = (
    "dom", "words", "data", "shapes", "state", "filter", "controls", "network", "graph", "labels", "timeline", "matrix",
    "map", "list", "paths", "panel", "search", "export", "main",
)  # fmt: skip
STYLES = ("base", "controls", "views", "panel", "print")

_SURROGATE = re.compile("[\ud800-\udfff]")


def assemble(title: str, data: dict[str, Any]) -> str:
    """One HTML file that holds all it needs. Its content policy runs the two scripts written here and no other."""
    library, page = _vis_network(), "\n".join(_own(f"{name}.js") for name in SCRIPTS)
    template = Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True).from_string(_own("page.html"))
    return template.render(
        title=_SURROGATE.sub("\ufffd", title),
        script_hashes=" ".join(_hash(script) for script in (library, page)),
        style=Markup("\n".join(_own(f"{name}.css") for name in STYLES)),
        library=Markup(library),
        page=Markup(page),
        data=Markup(json_for_html(data)),
    )


def _vis_network() -> str:
    """The library's script, without the comment that makes developer tools look for its source map."""
    script = files("pyvis").joinpath("lib", "vis-9.1.2", "vis-network.min.js").read_text(encoding="utf-8")
    # A parser reads CR LF as LF, and the hash is over what it reads.
    return _no_end_tag(script.replace("\r\n", "\n").partition("//# sourceMappingURL=")[0], "vis-network.min.js")


def _own(name: str) -> str:
    text = files("kg.view").joinpath("page", name).read_text(encoding="utf-8").replace("\r\n", "\n")
    return _no_end_tag(text, name)


def _no_end_tag(script: str, name: str) -> str:
    if name.endswith(".js") and "</script" in script.lower():
        raise ValueError(f"{name} holds an end tag and would end its own element")
    return script


def _hash(script: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(script.encode('utf-8')).digest()).decode()}'"


def json_for_html(data: dict[str, Any]) -> str:
    """JSON that no HTML parser can leave: the signs that begin markup are written as escapes.

    >>> json_for_html({"name": "</script>"})
    '{"name":"\\\\u003c/script\\\\u003e"}'
    """
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    for sign in "<>&\u2028\u2029":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    # A lone surrogate has no UTF-8, but JSON can name it.
    return _SURROGATE.sub(lambda found: f"\\u{ord(found[0]):04x}", text)
