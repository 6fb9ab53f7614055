"""Writes several files as one: all are on disk under other names before the first gets its own."""

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path

TEMPORARY = ".tmp-"


class Staging:
    """Files on their way into a folder.

    A full disk is met while staging, where nothing is lost yet: leaving ``staging`` with an
    exception removes what was staged, and every file keeps the bytes it had.
    """

    def __init__(self, root: Path) -> None:
        self._root = root
        self._waiting: list[tuple[Path, Path]] = []
        self._folders: set[Path] = set()

    def write(self, name: str, content: bytes, *, durable: bool = True) -> None:
        """Stage one file. One that is not ``durable`` may be lost by a power cut, not by a crash.

        Raises OSError when it cannot be written.
        """
        target = self._root / name
        target.parent.mkdir(parents=True, exist_ok=True)
        temporary = target.with_name(f"{TEMPORARY}{os.getpid()}-{target.name}")
        self._waiting.append((temporary, target))
        with temporary.open("wb") as out:
            out.write(content)
            if durable:
                out.flush()
                os.fsync(out.fileno())

    def place(self) -> None:
        """Give what is staged its names, in the order of staging."""
        while self._waiting:
            temporary, target = self._waiting[0]
            _tell_apart(temporary, target)
            temporary.replace(target)
            del self._waiting[0]
            self._folders.update((target.parent, target.parent.parent))

    def settle(self) -> None:
        """Make the new names outlive a power cut, once per folder."""
        for folder in sorted(self._folders):
            if folder.is_relative_to(self._root) and folder.is_dir():
                _sync_folder(folder)
        self._folders.clear()

    def drop(self) -> None:
        """Remove what is staged and not placed, and the folders that were made for it."""
        for temporary, target in self._waiting:
            # A disk in trouble may refuse this too; the first error is the one to report, and a
            # sweep removes what is left.
            with contextlib.suppress(OSError):
                temporary.unlink(missing_ok=True)
            drop_empty_folders(target.parent, self._root)
        self._waiting.clear()


@contextlib.contextmanager
def staging(root: Path) -> Iterator[Staging]:
    """Give a Staging for a folder; whatever is staged and not placed at the end is removed."""
    staged = Staging(root)
    try:
        yield staged
        staged.settle()
    finally:
        staged.drop()


def _tell_apart(fresh: Path, old: Path) -> None:
    """Give a file a later second than the one it replaces, if they are of one length.

    nginx and others make an ETag of just these two; a reader would keep the old page for good.
    """
    with contextlib.suppress(FileNotFoundError):
        before, after = old.stat(), fresh.stat()
        second = int(before.st_mtime)
        if before.st_size == after.st_size and int(after.st_mtime) <= second:
            os.utime(fresh, (second + 1, second + 1))


def drop_empty_folders(folder: Path, root: Path) -> None:
    """Remove a folder and those above it, below ``root``, as far as they are empty."""
    while folder != root:
        try:
            folder.rmdir()
        except OSError:
            return
        folder = folder.parent


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
