"""Compiled patterns, kept from one run of the command to the next.

Python keeps its modules compiled in `__pycache__`; the command keeps its patterns in the same
folder, under the same conditions: nothing is written where Python itself may write nothing, and
nothing is read that another Python, or other modules, have written.
"""

import marshal
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib import import_module
from pathlib import Path
from typing import Any, Final
from zlib import crc32

from plaintalk import alternatives, compiled, pattern
from plaintalk.compiled import COMPILED, Codes, Compiled

_MOST: Final = 6_000
"""Patterns in a file; there are some 2,600, and those of sources that have changed since."""


@contextmanager
def kept_patterns() -> Iterator[None]:
    """Use what earlier runs have compiled; at the end, keep what this one has."""
    file = place_beside(compiled.__spec__.cached)
    if file is None:
        yield
        return
    COMPILED.start(read_codes(file))
    try:
        yield
    finally:
        save_codes(file, COMPILED)
        COMPILED.stop()


def place_beside(module_file: str | None) -> Path | None:
    """Where patterns are kept, given where Python keeps a module compiled."""
    return Path(module_file).with_suffix(".patterns") if module_file else None


def read_codes(file: Path) -> Codes:
    """What a file holds; nothing if it is damaged or somebody else's."""
    try:
        version, checksum, body = marshal.loads(file.read_bytes())  # noqa: S302 - as compiled modules
        if version != _version() or checksum != crc32(body):
            return {}
        known = marshal.loads(body)  # noqa: S302 - the same
    except (OSError, EOFError, ValueError, TypeError):
        return {}
    return known if isinstance(known, dict) else {}


def save_codes(file: Path, kept: Compiled) -> None:
    """Write down what was compiled, if anything was and there is a place for it."""
    if not kept.new or sys.dont_write_bytecode:
        return
    known = kept.known if len(kept.known) + len(kept.new) <= _MOST else {}
    body = marshal.dumps({**known, **kept.new})
    unfinished = file.with_name(f"{file.name}.{os.getpid()}")
    # As with Python's own files: without one the next run takes a moment longer, no more.
    with suppress(OSError):
        unfinished.write_bytes(marshal.dumps((_version(), crc32(body), body)))
        unfinished.replace(file)
    with suppress(OSError):
        unfinished.unlink(missing_ok=True)


def _version() -> tuple[Any, ...]:
    """What wrote a file: of any other nothing is taken."""
    # These modules make of a source as written what is compiled and kept.
    readers = (alternatives.__file__, compiled.__file__, pattern.__file__)
    return sys.version, sys.byteorder, import_module("_sre").MAGIC, *map(_stamp, readers)


def _stamp(module_file: str) -> tuple[int, int]:
    """When a module was changed and how long it is, as Python tells its own files apart."""
    status = Path(module_file).stat()
    return status.st_mtime_ns, status.st_size
