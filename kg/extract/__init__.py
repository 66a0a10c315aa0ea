"""Extraction: one document in, its mentions, entities and raw facts out.

What comes in: a `Document`. What goes out: an `Extraction` whose entity ids are local to the document.
This room knows nothing of other documents (that is `kg.resolve`), of triples or of files.
The sequence of steps is the list `STEPS` in `reader.py`; each extractor has a file of its own.
`optional/` holds what a user may add to them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kg.extract.maker import DEFAULT_MODEL, pipeline_digest

if TYPE_CHECKING:
    from kg.extract.pipeline import extract_documents, load_pipeline

__all__ = ["DEFAULT_MODEL", "extract_documents", "load_pipeline", "pipeline_digest"]


def __getattr__(name: str) -> Any:
    # spaCy takes most of a second to import; `kg --help` must not wait for it.
    if name in ("extract_documents", "load_pipeline"):
        from kg.extract import pipeline

        return getattr(pipeline, name)
    raise AttributeError(name)
