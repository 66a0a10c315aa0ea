"""A model behind an address that speaks OpenAI's chat protocol: ollama, llama.cpp's server, vLLM.

Needs the extra `llm`. spacy-llm has such a model too, but it asks api.openai.com for leave before it speaks to any
other address. This one reaches the address in the user's config, and no other.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from typing import Any

import requests
from spacy_llm.registry import registry

from kg.errors import ModelError

NAME = "entente.Endpoint.v1"

Model = Callable[[Iterable[Iterable[str]]], Iterable[Iterable[str]]]


@registry.llm_models(NAME)
def make_endpoint(url: str, name: str, key_variable: str = "", timeout: float = 300.0) -> Model:
    """A model for spacy-llm. `key_variable` names the environment variable with a key; `timeout` is in seconds."""

    def ask(prompts: Iterable[Iterable[str]]) -> Iterable[Iterable[str]]:
        return [[_answer(url, name, key_variable, timeout, prompt) for prompt in of_doc] for of_doc in prompts]

    return ask


def _answer(url: str, name: str, key_variable: str, timeout: float, prompt: str) -> str:
    body: Any = {"model": name, "temperature": 0, "seed": 0, "messages": [{"role": "user", "content": prompt}]}
    headers = {"Authorization": f"Bearer {os.environ.get(key_variable, '')}"} if key_variable else {}
    try:
        # No redirect is followed: the user named this address and no other.
        response = requests.post(url, json=body, headers=headers, timeout=timeout, allow_redirects=False)
    except requests.RequestException as error:
        raise ModelError(f"{url} cannot be reached ({type(error).__name__})") from error
    if response.status_code != 200:
        raise ModelError(f"{url} answered with status {response.status_code}: {response.text[:200]}")
    return _content(url, response)


def _content(url: str, response: Any) -> str:
    try:
        return str(response.json()["choices"][0]["message"]["content"] or "")
    except (ValueError, KeyError, IndexError, TypeError) as error:
        raise ModelError(f"{url} gave no answer of OpenAI's chat protocol") from error
