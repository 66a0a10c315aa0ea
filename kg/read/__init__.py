"""Reading: files, folders, web archives and standard input in; documents, with offsets that never change, out.

    sources -> plain, jsonl, html, warc -> fields -> finish: metadata, boilerplate, language -> Document | Skipped

`dates` finds and resolves the dates of a text, for this room and for extraction. Reading never uses the network, judges
no content, and drops nothing silently: what is not read is a `Skipped`, or `SetAside` inside its document.
"""

from __future__ import annotations

from kg.read.sources import ENDINGS, read_documents

__all__ = ["ENDINGS", "read_documents"]
