"""Write nginx's headers and types from the front's own; with --check, fail when they have drifted.

The front declares which headers a built file is answered with; see public_site/header_sets.py.
"""

from __future__ import annotations

import sys
from pathlib import Path

from afterword.public_site import front
from afterword.public_site.header_sets import HEADER_SETS
from afterword.site_builder.media_types import TYPES

FOLDER = Path(__file__).resolve().parent.parent / "deploy" / "nginx" / "afterword"
HEAD = "# Written by tools/docs_nginx.py from what the front answers with. Do not edit.\n"


def files() -> dict[str, str]:
    """Return the generated files by name."""
    return {
        "values.conf": values(),
        "headers.conf": headers(),
        "unavailable.conf": unavailable(),
        "types.conf": types(),
    }


def values() -> str:
    """Return a map for each header that differs; the first set that fits the address counts."""
    return HEAD + "".join(f"\n{_map(name)}" for name in _names() if len(_told(name)) > 1)


def headers() -> str:
    """Return the headers of a built file; nginx leaves out one whose value is empty."""
    lines = [f"add_header {name} {_value(name)} always;\n" for name in _names()]
    return f'{HEAD}add_header Last-Modified "";\n{"".join(lines)}'


def unavailable() -> str:
    """Return the headers of the answer for when the app is away."""
    told = front.headers_when_away()
    return HEAD + "".join(f'add_header {name} "{value}" always;\n' for name, value in told)


def types() -> str:
    """Return the media types by ending."""
    lines = [f'    "{kind}" {ending[1:]};\n' for ending, kind in sorted(TYPES.items())]
    return f"{HEAD}types {{\n{''.join(lines)}}}\n"


def _map(name: str) -> str:
    lines = [
        f'    "~{each.pattern}" "{dict(each.headers).get(name, "")}";\n' for each in HEADER_SETS
    ]
    return f"map $uri {_variable(name)} {{\n{''.join(lines)}}}\n"


def _value(name: str) -> str:
    told = _told(name)
    return f'"{told.pop()}"' if len(told) == 1 else _variable(name)


def _told(name: str) -> set[str]:
    """Return what the sets say for a header; nothing counts as a value of its own."""
    return {dict(each.headers).get(name, "") for each in HEADER_SETS}


def _names() -> list[str]:
    """Return every header of any set, in the order in which they first appear."""
    return list(dict.fromkeys(name for each in HEADER_SETS for name, _ in each.headers))


def _variable(name: str) -> str:
    return f"$afterword_{name.lower().replace('-', '_')}"


def main(arguments: list[str]) -> int:
    drifted = [
        name
        for name, text in files().items()
        if not (FOLDER / name).exists() or (FOLDER / name).read_text(encoding="utf-8") != text
    ]
    if "--check" in arguments:
        for name in drifted:
            print(f"deploy/nginx/afterword/{name} has drifted; run: python tools/docs_nginx.py")
        return 1 if drifted else 0
    for name in drifted:
        (FOLDER / name).write_text(files()[name], encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
