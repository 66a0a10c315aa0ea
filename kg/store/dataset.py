"""One dataset on disk: partitions of N-Triples written, loaded into Oxigraph, counted; later opened for reading."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from kg.errors import StoreError
from kg.store.damage import damage_named
from kg.store.serialize import ENDED, STARTED, Block
from kg.store.statements import Statements

if TYPE_CHECKING:
    import pyoxigraph

# Oxigraph sorts a partition in memory and writes files for each: few big ones load fastest.
PARTITION_TRIPLES = 2_000_000


@dataclass
class Written:
    """What went into the partitions. `marks` holds a digest of each node's statements: what changed has a new one."""

    partitions: list[Path] = field(default_factory=list)
    statements: Statements = field(default_factory=Statements)
    n_triples: int = 0
    counts: dict[str, int] = field(default_factory=dict)
    marks: dict[str, str] = field(default_factory=dict)
    content: str = ""


def write_partitions(blocks: Iterable[Block], folder: Path) -> Written:
    """Writes the blocks as `part-1.nt`, `part-2.nt` … into `folder`."""
    written = Written()
    content = hashlib.sha256()
    file: BinaryIO | None = None
    in_file = offset = 0
    try:
        for block in blocks:
            n_triples = block.lines.count("\n")
            if file is None or in_file + n_triples > PARTITION_TRIPLES:
                if file is not None:
                    file.close()
                path = folder / f"part-{len(written.partitions) + 1}.nt"
                written.partitions.append(path)
                written.statements.add_file(path)
                file, in_file, offset = open(path, "wb", buffering=1 << 20), 0, 0  # noqa: SIM115
            data = block.lines.encode("utf-8")
            written.statements.note(block.id, offset, len(data))
            offset += file.write(data)
            mark = hashlib.blake2b(_timeless(block, data), digest_size=8)
            content.update(mark.digest())
            written.marks[block.id] = mark.hexdigest()
            written.counts[block.kind] = written.counts.get(block.kind, 0) + 1
            written.n_triples += n_triples
            in_file += n_triples
    finally:
        if file is not None:
            file.close()
    written.content = content.hexdigest()
    return written


def _timeless(block: Block, data: bytes) -> bytes:
    """The statements without the clock: a build of the same sources is the same graph."""
    if block.kind != "builds":
        return data
    lines = block.lines.splitlines()
    return "\n".join(line for line in lines if STARTED not in line and ENDED not in line).encode("utf-8")


def load(partitions: Iterable[Path], folder: Path) -> pyoxigraph.Store:
    """Loads the partitions into a new Oxigraph store in `folder`, which is open for writing."""
    from pyoxigraph import RdfFormat, Store

    store = Store(os.fspath(folder))
    paths = list(partitions)
    for path in paths:
        store.bulk_load(path=path, format=RdfFormat.N_TRIPLES)
    store.flush()
    if len(paths) > 1:
        store.optimize()
    return store


def verify(store: pyoxigraph.Store, written: Written) -> None:
    """Raises StoreError unless the store holds exactly as many triples as were written."""
    if len(store) != written.n_triples:
        raise StoreError(
            f"the new graph holds {len(store)} triples of {written.n_triples}: it was not taken into use; "
            "run `kg build` again, and report this if it comes back"
        )


def open_dataset(folder: Path) -> pyoxigraph.Store:
    """The dataset in `folder`, for reading. Any number of processes may read it; nobody writes it any more."""
    from pyoxigraph import Store

    with damage_named(folder):
        if not (folder / "rdf").is_dir():
            raise OSError(f"'{folder / 'rdf'}' is missing")
        return Store.read_only(os.fspath(folder / "rdf"))
