"""Mails in files: one mail, an mbox, a Maildir. Each is read up to a size and no further."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from afterword.postbox.reports import LARGEST

_LINE = 64 * 1024
_AT_ONCE = 1024 * 1024


def mails_in(stream: BinaryIO) -> Iterator[bytes]:
    """Yield the mail in a stream, or each of an mbox, by its beginning. The stream is read to its
    end: a mail server that pipes a mail takes a reader that leaves early for one that failed.
    """
    first = stream.readline(_LINE)
    if not first.startswith(b"From "):
        found = first + stream.read(LARGEST)
        while stream.read(_AT_ONCE):
            pass
        yield found
        return
    kept: list[bytes] = []
    size, blank = 0, True
    while line := stream.readline(_LINE):
        if blank and line.startswith(b"From "):
            yield b"".join(kept)
            kept, size = [], 0
        elif size < LARGEST:
            kept.append(line)
            size += len(line)
        blank = line in {b"\n", b"\r\n"}
    yield b"".join(kept)


def is_maildir(folder: Path) -> bool:
    return (folder / "new").is_dir() and (folder / "cur").is_dir()


def new_in(folder: Path, *, limit: int) -> Iterator[tuple[Path, bytes]]:
    """Yield mails of a Maildir that nobody has read, oldest name first, at most ``limit``.

    One that another worker has moved away meanwhile is left out.
    """
    for path in sorted((folder / "new").iterdir())[:limit]:
        if path.is_file() and (raw := _beginning_of(path)) is not None:
            yield path, raw


def mark_read(path: Path) -> None:
    """Move a mail of a Maildir to those that were read, where its owner may look at it.

    Another worker may have moved it already. Raises OSError when it cannot be moved.
    """
    try:
        os.replace(path, path.parent.parent / "cur" / f"{path.name}:2,S")  # noqa: PTH105
    except FileNotFoundError:
        if path.exists():
            raise


def _beginning_of(path: Path) -> bytes | None:
    try:
        with path.open("rb") as file:
            return file.read(LARGEST)
    except FileNotFoundError:
        return None
