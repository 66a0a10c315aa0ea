"""What a dataset is made of and how it came to be: the record that lies beside it as `manifest.json`."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field

from kg.model import Skipped, digest


@dataclass(frozen=True, slots=True)
class BuildRecord:
    """What made a dataset. `rule_set` is the pipeline's digest; the two moments are ISO 8601 with a time zone.

    The moments are kept but never exported: the same sources must give the same bytes.
    """

    version: str
    model: str
    rule_set: str
    started: str = ""
    ended: str = ""

    @property
    def id(self) -> str:
        """The tail of its IRI. Content decides: two builds by the same version, model and rules are one."""
        return "build/" + digest("\x1f".join((self.version, self.model, self.rule_set)), 16)


@dataclass(frozen=True, slots=True)
class ShapesOutcome:
    """What pySHACL said: how many nodes it looked at now, and how many were found good in an earlier dataset."""

    conforms: bool
    n_checked: int
    n_known: int


@dataclass(frozen=True, slots=True)
class Manifest:
    """A dataset in short. `documents` maps the key of each document to the version of it that was read, sorted.

    `content` is a digest of every statement and skipped input: two datasets with the same one are the same graph.
    `skipped` is what could not be read, `refused` what was read and could not be stored.
    """

    dataset: str
    content: str
    documents: Mapping[str, str]
    counts: Mapping[str, int]
    build: BuildRecord
    shapes: ShapesOutcome
    skipped: tuple[Skipped, ...] = ()
    refused: tuple[Skipped, ...] = ()
    n_triples: int = field(default=0)

    def to_json(self) -> str:
        return json.dumps(asdict(self), ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def manifest_from_json(text: str) -> Manifest:
    """The manifest in its JSON form. Raises ValueError, KeyError or TypeError for anything else."""
    data = json.loads(text)
    data["build"] = BuildRecord(**data["build"])
    data["shapes"] = ShapesOutcome(**data["shapes"])
    for name in ("skipped", "refused"):
        data[name] = tuple(Skipped(**entry) for entry in data[name])
    return Manifest(**data)
