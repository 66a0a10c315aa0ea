"""GLiNER: names of entities by what their types are called, without training. It claims mentions, and no facts.

The rules and the relation model then read facts between the names it found as between their own.
"""

from __future__ import annotations

import importlib.metadata
from collections.abc import Iterator
from typing import Any

from kg.errors import MissingExtra, ModelError
from kg.extract.optional.claims import Claim, ClaimedMention, Extractor
from kg.extract.optional.windows import windows
from kg.model import Document

DEFAULT_GLINER = "urchade/gliner_medium-v2.1"
THRESHOLD = 0.5
# GLiNER cuts off what is longer than 384 of its tokens, punctuation included.
_MAX_WORDS = 200

# What GLiNER is asked for. Countries are the seeds' to know, topics a matter of facts.
LABELS = {
    "politician or official": "Leader",
    "ministry, company or international organization": "Organization",
    "agreement, treaty or plan": "Framework",
    "summit or meeting": "Meeting",
    "project": "Project",
    "city or region": "Place",
}


def load_gliner(model: str = DEFAULT_GLINER, *, threshold: float = THRESHOLD) -> Extractor:
    """GLiNER with a model from a folder or from the local cache of the Hugging Face hub: nothing is downloaded here.

    `threshold` is the score, in 0..1, from which a name is claimed. Raises MissingExtra without the package, and
    ModelError where the model is not on this machine.
    """
    try:
        from gliner import GLiNER
    except ImportError as error:
        raise MissingExtra("the extractor 'gliner' needs its extra: pip install 'entente-kg[gliner]'") from error
    try:
        loaded = GLiNER.from_pretrained(model, local_files_only=True)
    except Exception as error:
        raise ModelError(
            f"the GLiNER model '{model}' is not on this machine ({type(error).__name__}); kg downloads nothing: "
            f"fetch it with `hf download {model}`, or name the folder that holds it"
        ) from error
    version = importlib.metadata.version("gliner")
    name = f"{model}, from {threshold} on, gliner {version}"
    return Extractor("gliner", name, lambda document: find_names(loaded, document, threshold=threshold))


def find_names(model: Any, document: Document, *, threshold: float = THRESHOLD) -> Iterator[Claim]:
    """The names that a loaded GLiNER model finds in a document, with their offsets in it."""
    stretches = windows(document, _MAX_WORDS)
    texts = [document.text[begin:end] for begin, end in stretches]
    answers = model.inference(texts, list(LABELS), threshold=threshold) if texts else []
    for (begin, _), names in zip(stretches, answers, strict=True):
        for name in names:
            yield ClaimedMention(
                name["text"],
                LABELS.get(name["label"], name["label"]),
                begin + name["start"],
                begin + name["end"],
                float(name["score"]),
            )
