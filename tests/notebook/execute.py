"""Executes the notebooks and keeps their answers, without times and versions: `make notebooks`."""

from __future__ import annotations

from pathlib import Path

import nbformat
from nbclient import NotebookClient

FOLDER = Path(__file__).parents[2] / "notebooks"


def execute(path: Path) -> None:
    """The notebook as it runs now, in place of what was there."""
    notebook = nbformat.read(path, as_version=4)
    kept = notebook.metadata.copy()
    NotebookClient(notebook, record_timing=False, resources={"metadata": {"path": str(FOLDER)}}).execute()
    notebook.metadata = kept
    nbformat.write(notebook, path)


if __name__ == "__main__":
    for one in sorted(FOLDER.glob("*.ipynb")):
        execute(one)
        print(one.name)
