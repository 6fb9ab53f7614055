"""On which line of a TOML file a value stands; the standard reader does not say."""

import re
from typing import Final, TypeAlias

Path: TypeAlias = tuple[str | int, ...]

_NAME: Final = r"""(?:"(?:\\.|[^"\\])*"|'[^']*'|[\w-]+)"""
_HEADER: Final = re.compile(r"\s*(\[\[?)([^\]]+)\]\]?\s*(?:#.*)?\Z")
_KEY: Final = re.compile(rf"\s*({_NAME}(?:\s*\.\s*{_NAME})*)\s*=")
_PART: Final = re.compile(r"""\s*(?:"((?:\\.|[^"\\])*)"|'([^']*)'|([\w-]+))\s*(?:\.|\Z)""")


def line_of(text: str, path: Path, value: str | None = None) -> int:
    """The line, from 1, of the longest part of a path that the file spells out.

    With `value`, the first line from there on that holds it. Numbers in a path count the tables of
    an array. A file that hides keys inside multi-line texts may get a nearby line.
    """
    lines = text.split("\n")
    best, depth = 0, 0
    for number, here in _places(lines):
        shared = _shared(here, path)
        if shared > depth and shared == len(here):
            best, depth = number, shared
    if value is not None:
        for number in range(best, len(lines)):
            if value in lines[number]:
                return number + 1
    return best + 1


def _shared(here: Path, path: Path) -> int:
    count = 0
    for one, other in zip(here, path, strict=False):
        if one != other:
            break
        count += 1
    return count


def _places(lines: list[str]) -> list[tuple[int, Path]]:
    """Every header and key with its full path."""
    places: list[tuple[int, Path]] = []
    table: Path = ()
    counts: dict[Path, int] = {}
    for number, line in enumerate(lines):
        if header := _HEADER.match(line):
            named = _parts(header[2])
            if header[1] == "[[":
                counts[named] = counts.get(named, -1) + 1
                table = (*named, counts[named])
            else:
                table = _inside(named, counts)
            places.append((number, table))
        elif key := _KEY.match(line):
            places.append((number, (*table, *_parts(key[1]))))
    return places


def _inside(named: Path, counts: dict[Path, int]) -> Path:
    """`[profile.off]` after the second `[[profile]]` belongs to that one."""
    for length in range(len(named), 0, -1):
        if named[:length] in counts:
            return (*named[:length], counts[named[:length]], *named[length:])
    return named


def _parts(dotted: str) -> Path:
    found = _PART.finditer(dotted)
    return tuple(next(part for part in one.groups() if part is not None) for one in found)
