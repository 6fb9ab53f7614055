"""A worker's place on this machine: a lock that ends with the process, and a journal.

The operating system gives the lock back however a process dies. So whoever gets the lock of a
place knows that the claims made under its name belong to nobody, and need not wait for leases.
"""

import fcntl
import os
import socket
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from afterword.kit.hashing import sha256_of_text

MOST_WORKERS = 64


@dataclass
class Slot:
    """A held place. ``name`` stands in the claims of this worker."""

    name: str
    journal: Path
    handle: int

    def beside(self, what: str) -> "Slot":
        """Return the name and the journal of a second sender of the same worker."""
        return Slot(f"{self.name}:{what}", self.journal.with_suffix(f".{what}"), self.handle)

    def release(self) -> None:
        os.close(self.handle)


def take_slot(data_dir: Path) -> Slot:
    """Take the first free place of the data folder. Raises RuntimeError when all 64 are taken."""
    for number in range(MOST_WORKERS):
        slot = _try(data_dir, number)
        if slot is not None:
            return slot
    raise RuntimeError(
        f"{MOST_WORKERS} workers run from {data_dir} already. Stop one, or give this one "
        "its own AFTERWORD_DATA_DIR."
    )


def abandoned_slots(data_dir: Path) -> Iterator[Slot]:
    """Yield the places whose worker is gone, each held while the caller looks at it."""
    for path in sorted((data_dir / "worker").glob("*.lock")):
        slot = _try(data_dir, int(path.stem)) if path.stem.isdecimal() else None
        if slot is not None:
            try:
                yield slot
            finally:
                slot.release()


def _try(data_dir: Path, number: int) -> Slot | None:
    folder = data_dir / "worker"
    folder.mkdir(parents=True, exist_ok=True)
    handle = os.open(folder / f"{number}.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(handle)
        return None
    # Two installations on one machine may share a database.
    place = sha256_of_text(str(data_dir))[:8]
    name = f"{socket.gethostname()[:80]}:{place}:{number}"
    return Slot(name=name, journal=folder / f"{number}.journal", handle=handle)
