"""The optional extractors by name, as `kg extract` and `kg build` offer them."""

from __future__ import annotations

from pathlib import Path

from kg.errors import InputError
from kg.extract.optional.claims import Extractor

EXTRACTORS = ("gliner", "llm")


def choose_extractor(
    name: str | None, *, gliner_model: str | None = None, llm_config: str | Path | None = None
) -> Extractor | None:
    """The extractor of that name; None for None. Raises MissingExtra where its package is not installed."""
    if name == "gliner":
        from kg.extract.optional.gliner import DEFAULT_GLINER, load_gliner

        return load_gliner(gliner_model or DEFAULT_GLINER)
    if name == "llm":
        if llm_config is None:
            raise InputError("the extractor 'llm' needs a file that names the model: --llm-config FILE")
        from kg.extract.optional.llm import load_llm

        return load_llm(llm_config)
    if name is not None:
        raise InputError(f"'{name}' is no extractor; choose from {', '.join(EXTRACTORS)}")
    return None
