"""`python -m kg.train [SEEDS] [MODEL]`: fit the relation model to the annotated reports and write its weights."""

from __future__ import annotations

import sys
from pathlib import Path

from kg.errors import KgError
from kg.extract.relations.model import MODEL_FILE, save_model
from kg.train.corpus import read_corpus
from kg.train.fit import fit_model, label_corpus

HERE = Path(__file__).resolve().parents[2]


def main(arguments: list[str]) -> int:
    """Train; 1 when a report or the environment is not as it must be."""
    folder = Path(arguments[0]) if arguments else HERE / "seeds" / "training"
    target = Path(arguments[1]) if len(arguments) > 1 else MODEL_FILE
    files = sorted(folder.glob("*.yaml"))
    if not files:
        print(f"no reports in {folder}: training needs a checkout, or a folder of its own", file=sys.stderr)
        return 1
    try:
        reports = list(read_corpus(files))
        labelled = label_corpus(reports)
        model = fit_model(labelled)
    except KgError as error:
        print(error, file=sys.stderr)
        return 1
    save_model(model, target)
    print(
        f"{len(reports)} reports, {len(labelled.examples)} places of pairs, {len(model.features)} features -> {target}"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
