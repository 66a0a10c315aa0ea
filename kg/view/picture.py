"""A photograph of the page, for documents: headless Chromium opens the file, without any network."""

from __future__ import annotations

import os
import shutil
import subprocess
import zlib
from pathlib import Path
from tempfile import TemporaryDirectory

from kg.errors import OutputError

BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "chrome")
MARK = b"entente-kg"
_PATIENCE = 120  # seconds

# A dead proxy, loopback included: a request that slipped past the page's policy still goes nowhere.
_FLAGS = (
    "--headless",
    "--disable-gpu",
    "--hide-scrollbars",
    "--no-first-run",
    "--disable-background-networking",
    "--proxy-server=http://127.0.0.1:9",
    "--proxy-bypass-list=<-loopback>",
    "--virtual-time-budget=10000",
)


def find_browser() -> str:
    """The browser that KG_CHROMIUM names, or the first of the usual names. Raises OutputError."""
    named = os.environ.get("KG_CHROMIUM")
    if named:
        if not Path(named).is_file():
            raise OutputError(f"KG_CHROMIUM names '{named}', and there is no such file")
        return named
    found = next((path for path in map(shutil.which, BROWSERS) if path), None)
    if found is None:
        raise OutputError(
            "a picture needs Chromium, and none is installed; on Debian and Ubuntu: apt-get install "
            "chromium-headless-shell; or set KG_CHROMIUM to a browser of that kind"
        )
    return found


def photograph(page: str, *, fragment: str = "", width: int = 1360, height: int = 850) -> bytes:
    """The page as PNG, in light colours; `fragment` is its state, as the address has it after "#".

    Raises OutputError when no browser is there or it fails.
    """
    browser = find_browser()
    with TemporaryDirectory(prefix="kg-picture-", ignore_cleanup_errors=True) as folder:
        source, picture = Path(folder) / "graph.html", Path(folder) / "graph.png"
        source.write_text(page, encoding="utf-8")
        # Chromium refuses its sandbox to root; what it opens is our own page, whose policy runs no other script.
        root = ("--no-sandbox",) if hasattr(os, "geteuid") and os.geteuid() == 0 else ()
        command = (
            browser, *_FLAGS, *root, f"--user-data-dir={folder}/profile", f"--window-size={width},{height}",
            f"--screenshot={picture}", source.as_uri() + (f"#{fragment}" if fragment else ""),
        )  # fmt: skip
        try:
            ran = subprocess.run(command, capture_output=True, timeout=_PATIENCE, check=False)
        except (OSError, subprocess.TimeoutExpired) as error:
            raise OutputError(f"{browser} took no picture: {error}") from error
        if not picture.is_file():
            said = ran.stderr.decode("utf-8", "replace").strip().splitlines()
            raise OutputError(f"{browser} took no picture: {said[-1] if said else f'it ended with {ran.returncode}'}")
        return _marked(picture.read_bytes())


def _marked(png: bytes) -> bytes:
    """The picture with a note of who made it, so that the next one may replace it."""
    head = 8 + 25  # signature and header
    note = b"tEXtSoftware\0" + MARK
    length, check = (len(note) - 4).to_bytes(4, "big"), zlib.crc32(note).to_bytes(4, "big")
    return png[:head] + length + note + check + png[head:]
