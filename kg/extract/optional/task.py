"""The task that spacy-llm runs: one prompt a text, and the answer as it came. Needs the extra `llm`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from spacy.tokens import Doc
from spacy_llm.registry import registry

from kg.extract.optional.llm import make_prompt

NAME = "entente.Claims.v1"


class ClaimsTask:
    """Leaves each answer in `doc._.entente_answer`; reading it needs the document, and no spaCy."""

    def generate_prompts(self, docs: Iterable[Doc]) -> Iterator[str]:
        return (make_prompt(doc.text) for doc in docs)

    def parse_responses(self, docs: Iterable[Doc], responses: Iterable[Iterable[str]]) -> Iterator[Doc]:
        for doc, answers in zip(docs, responses, strict=True):
            doc._.entente_answer = "".join(answers)
            yield doc


@registry.llm_tasks(NAME)
def make_task() -> ClaimsTask:
    return ClaimsTask()


if not Doc.has_extension("entente_answer"):
    Doc.set_extension("entente_answer", default="")
