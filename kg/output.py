"""Results written where the user asked: whole or not at all, and never over a file that is not ours."""

from __future__ import annotations

import os
import secrets
import sys
from pathlib import Path

from kg.errors import OutputError

if sys.platform == "win32":
    from pathlib import WindowsPath as _SystemPath
else:
    from pathlib import PosixPath as _SystemPath

_HEAD = 4096


class Page(_SystemPath):
    """The path of an HTML page, which a notebook shows as the page itself."""

    def _repr_html_(self) -> str:
        from kg.frames import frame_html

        return frame_html(self.read_text(encoding="utf-8"))


def write_output(path: str | Path, data: bytes, *, ours: bytes = b"", force: bool = False) -> Path:
    """Write `data` to `path` in one step: a reader or a crash sees the old file or the new one.

    An existing file is replaced when its first 4 kB hold the mark `ours`, or with `force`. Raises OutputError, and
    creates no folder.
    """
    target = Path(path)
    if "\0" in str(target):
        raise OutputError(f"cannot write {str(target)!r}: a file's name cannot hold NUL")
    _check_target(target, ours, force)
    # A name of its own in the same folder, because only a rename within one file system is a single step.
    beside = target.with_name(f".{target.name[:100]}.{secrets.token_hex(4)}.part")
    try:
        with open(beside, "xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.replace(beside, target)
    except OSError as error:
        beside.unlink(missing_ok=True)
        raise OutputError(f"cannot write {target}: {error.strerror or error}") from error
    return target


def _check_target(target: Path, ours: bytes, force: bool) -> None:
    try:
        if not target.parent.is_dir():
            raise OutputError(f"cannot write {target}: the folder {target.parent} does not exist; create it first")
        if target.is_dir():
            raise OutputError(f"cannot write {target}: it is a folder; name a file in it")
        if target.exists() and not force and not _is_ours(target, ours):
            raise OutputError(f"{target} exists and is no earlier result of this command; give another name or --force")
    except OSError as error:  # a name too long, a folder that may not be read
        raise OutputError(f"cannot write {str(target)[:80]!r}: {error}") from error


def _is_ours(target: Path, mark: bytes) -> bool:
    if not mark or not target.is_file():
        return False
    with open(target, "rb") as file:
        return mark in file.read(_HEAD)
