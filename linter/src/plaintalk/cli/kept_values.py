"""Plain values, kept from one run of the command to the next.

Python keeps its modules compiled in `__pycache__`; the command keeps what it worked out in the same
folder, under the same conditions: nothing is written where Python itself may write nothing, and
nothing is read that another Python, or other modules, have written.
"""

import marshal
import os
import sys
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from typing import Any
from zlib import crc32


def place_beside(module_file: str | None, ending: str) -> Path | None:
    """Where values are kept, given where Python keeps a module compiled."""
    return Path(module_file).with_suffix(ending) if module_file else None


def read_values(file: Path, *makers: str | None) -> Any:
    """What a file holds; None if it is damaged, somebody else's or of other makers.

    Makers are the files of the modules that the values were worked out from, or with.
    """
    try:
        version, checksum, body = marshal.loads(file.read_bytes())  # noqa: S302 - as compiled modules
        if version != _version(makers) or checksum != crc32(body):
            return None
        return marshal.loads(body)  # noqa: S302 - the same
    except (OSError, EOFError, ValueError, TypeError):
        return None


def save_values(file: Path, values: Any, *makers: str | None) -> None:
    """Write values down, if there is a place for them; makers as in `read_values`."""
    if sys.dont_write_bytecode:
        return
    body = marshal.dumps(values)
    unfinished = file.with_name(f"{file.name}.{os.getpid()}")
    # As with Python's own files: without one the next run takes a moment longer, no more.
    with suppress(OSError):
        unfinished.write_bytes(marshal.dumps((_version(makers), crc32(body), body)))
        unfinished.replace(file)
    with suppress(OSError):
        unfinished.unlink(missing_ok=True)


def _version(makers: tuple[str | None, ...]) -> tuple[Any, ...]:
    """What wrote a file: of any other nothing is taken."""
    magic = import_module("_sre").MAGIC
    return sys.version, sys.byteorder, magic, *map(_stamp, makers)


def _stamp(module_file: str | None) -> tuple[int, int]:
    """When a module was changed and how long it is, as Python tells its own files apart."""
    status = Path(module_file or "").stat()
    return status.st_mtime_ns, status.st_size
