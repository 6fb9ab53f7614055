"""What has left, in files beside the database that a restored backup does not take back.

A database that was set back holds letters as waiting that left since, or will write them again. The
files say so for as long as a letter may be sent at all. A new one is begun every few minutes, so
that a backup laid over the folder overwrites only what it knew itself.
"""

import contextlib
import os
import secrets
import time
from collections.abc import Collection, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from afterword.postbox.states import NOTICES_STALE_AFTER

_NEW_FILE_SECONDS = 600.0
_STAMP = "%Y%m%dT%H%M%S"
_KEPT = NOTICES_STALE_AFTER + timedelta(days=1)


class SentLog:
    """The files of one folder. Each sender appends to one of its own and reads all of them."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._handle = -1
        self._begun = 0.0

    def note(self, message_ids: Collection[str], now: datetime) -> None:
        """Append what left, in one write."""
        if not message_ids:
            return
        if self._handle < 0 or time.monotonic() - self._begun > _NEW_FILE_SECONDS:
            self._begin(now)
        os.write(self._handle, b"".join(each.encode("ascii") + b"\n" for each in message_ids))

    def files(self) -> list[Path]:
        return sorted(self._folder.glob("*.sent")) if self._folder.is_dir() else []

    def forget(self, now: datetime) -> None:
        """Remove files about letters that are too old to be sent in any case."""
        for path in self.files():
            begun = begun_at(path)
            if begun is not None and now - begun > _KEPT:
                with contextlib.suppress(FileNotFoundError):
                    path.unlink()

    def close(self) -> None:
        if self._handle >= 0:
            os.close(self._handle)
            self._handle = -1

    def _begin(self, now: datetime) -> None:
        self.close()
        self._folder.mkdir(parents=True, exist_ok=True)
        path = self._folder / f"{now.astimezone(UTC):{_STAMP}}-{secrets.token_hex(4)}.sent"
        self._handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        self._begun = time.monotonic()


def begun_at(path: Path) -> datetime | None:
    """Return when a file was begun, from its name; None for one that is none of ours."""
    with contextlib.suppress(ValueError):
        return datetime.strptime(path.name.partition("-")[0], _STAMP).replace(tzinfo=UTC)
    return None


def ids_in(path: Path) -> Iterator[str]:
    """Yield the Message-IDs in a file; a line cut short by a power cut is left out."""
    with (
        contextlib.suppress(FileNotFoundError),
        path.open(encoding="ascii", errors="replace") as lines,
    ):
        for line in lines:
            if line.startswith("<") and line.endswith(">\n"):
                yield line[:-1]


def last_id_in(path: Path) -> str:
    """Return the last whole Message-ID in a file without reading all of it; empty if none."""
    try:
        with path.open("rb") as file:
            file.seek(0, os.SEEK_END)
            file.seek(max(0, file.tell() - 4096))
            found = file.read().decode("ascii", "replace")
    except FileNotFoundError:
        return ""
    whole = [line for line in found.split("\n")[:-1] if line.startswith("<") and line[-1] == ">"]
    return whole[-1] if whole else ""
