"""When the site was last known to be as new as the database: beside the pages, never in them.

A clock in a page would make every build differ. The file is none of the manifest's either.
"""

import json
import os
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from afterword.kit.timespans import iso_utc
from afterword.site_builder.staging import TEMPORARY

AGE = "age.json"


def confirmed_at(root: Path) -> datetime | None:
    """Return when the site was last confirmed, or None when it never was or cannot be read."""
    try:
        told = json.loads((root / AGE).read_text(encoding="utf-8"))
        return datetime.fromisoformat(told["confirmed_at"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


def write_age(root: Path, *, confirmed_at: datetime, behind: Mapping[str, datetime]) -> None:
    """Replace the file. ``behind`` says since when which addresses wait for newer bytes.

    Raises OSError when it cannot be written; then the old file stays.
    """
    told = {
        "confirmed_at": iso_utc(confirmed_at),
        "behind": {address: iso_utc(since) for address, since in sorted(behind.items())},
    }
    root.mkdir(parents=True, exist_ok=True)
    text = f"{json.dumps(told)}\n"
    try:
        _replace(root, text)
    except FileNotFoundError:
        # Written without the lock of the folder: a sweep took it for what a dead builder left.
        _replace(root, text)


def _replace(root: Path, text: str) -> None:
    temporary = root / f"{TEMPORARY}{os.getpid()}-{AGE}"
    try:
        temporary.write_text(text, encoding="utf-8")
        temporary.replace(root / AGE)
    finally:
        temporary.unlink(missing_ok=True)
