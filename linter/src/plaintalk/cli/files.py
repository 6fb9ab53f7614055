"""Files and standard streams: bytes in, UTF-8 out, and plain words about what went wrong."""

import sys
from pathlib import Path
from typing import Any, Final

from plaintalk.cli.misuse import Misuse
from plaintalk.record import Record, RecordError
from plaintalk.record_reader import load_record

STANDARD_INPUT: Final = "-"
MAX_BYTES: Final = 16_000_000
_BOM: Final = b"\xef\xbb\xbf"


def write_out(text: str) -> None:
    """Write UTF-8 whatever the terminal believes, with line feeds as they are."""
    sys.stdout.flush()
    sys.stdout.buffer.write(text.encode("utf-8"))
    sys.stdout.buffer.flush()


def read_bytes(name: str) -> bytes:
    """The content of a file, or of standard input for `-`."""
    try:
        if name == STANDARD_INPUT:
            content = sys.stdin.buffer.read(MAX_BYTES + 1)
        else:
            with Path(name).open("rb") as file:
                content = file.read(MAX_BYTES + 1)
    except (OSError, ValueError) as problem:
        raise Misuse(f"{name}: {getattr(problem, 'strerror', None) or problem}") from None
    if len(content) > MAX_BYTES:
        raise Misuse(f"{name}: larger than {MAX_BYTES:,} bytes")
    return content


def read_text(name: str) -> str:
    """The text of a file in UTF-8, without a byte order mark."""
    content = read_bytes(name).removeprefix(_BOM)
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as problem:
        line = content.count(b"\n", 0, problem.start) + 1
        raise Misuse(f"{name}:{line}: not UTF-8 (byte {problem.start})") from None


def read_record(name: str) -> Record:
    """The record in a JSON file; every fault in it is named by its path."""
    import json  # noqa: PLC0415 - a check without a record needs none of it

    try:
        loaded: Any = json.loads(read_text(name), parse_constant=_no_constant)
    except json.JSONDecodeError as problem:
        place = f"{name}:{problem.lineno}:{problem.colno}"
        raise Misuse(f"{place}: not JSON: {problem.msg}") from None
    except RecursionError:
        raise Misuse(f"{name}: nested too deeply") from None
    except ValueError as problem:
        raise Misuse(f"{name}: not JSON: {problem}") from None
    try:
        return load_record(loaded)
    except RecordError as refused:
        faults = "\n".join(f"  {path or '(top)'} {message}" for path, message in refused.problems)
        raise Misuse(f"{name}: the record cannot be used:\n{faults}") from None


def _no_constant(name: str) -> None:
    raise ValueError(f"{name} is not a number that JSON knows")
