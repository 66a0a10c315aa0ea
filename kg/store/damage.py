"""Failures of disk and database as sentences: what was wrong, where, and what to do next."""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kg.errors import StoreError, StoreInUse


@contextmanager
def damage_named(path: Path) -> Iterator[None]:
    """Reading `path`: what fails inside becomes a StoreError that says that the graph there is damaged."""
    try:
        yield
    except (OSError, RuntimeError, sqlite3.DatabaseError) as error:
        if "database is locked" in str(error):
            raise StoreInUse(f"'{path}' is being written and was not free for half a minute; try again") from error
        raise damaged(path, str(error)) from error


def damaged(path: Path, why: str) -> StoreError:
    """The error for a file that is there but cannot be read."""
    return StoreError(
        f"the graph in '{path}' is damaged ({why}); restore the folder from a copy, or remove it and build it again"
    )


@contextmanager
def failure_named(path: Path) -> Iterator[None]:
    """Writing below `path`: what fails inside becomes a StoreError that says why, and that nothing was lost."""
    try:
        yield
    except (OSError, sqlite3.OperationalError) as error:
        why = _reason(error)
        raise StoreError(f"'{path}' cannot be written ({why}); what was built before is unchanged") from error
    except sqlite3.DatabaseError as error:
        raise damaged(path, str(error)) from error


def _reason(error: Exception) -> str:
    code = getattr(error, "errno", None)
    if code in (errno.EACCES, errno.EPERM, errno.EROFS):
        return "no permission: choose another folder with --store"
    if code == errno.ENOSPC or "No space left" in str(error) or "disk is full" in str(error):
        return "no space left on the device"
    return getattr(error, "strerror", None) or str(error)
