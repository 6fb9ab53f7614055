"""Write docs/settings.md from the declared table; with --check, fail when it has drifted."""

from __future__ import annotations

import sys
from pathlib import Path

from afterword.config.declared import DECLARED

TARGET = Path(__file__).resolve().parent.parent / "docs" / "settings.md"
HEAD = """# Settings

All settings come from the environment. `NAME_FILE` may name a file that holds the value instead.
This page is generated from `afterword/config/declared.py` by `tools/docs_settings.py`.

| name | default | what it does |
|---|---|---|
"""


def page() -> str:
    rows = (
        f"| `{s.name}` | {f'`{s.default}`' if s.default else ''} | {s.help} |" for s in DECLARED
    )
    return HEAD + "\n".join(rows) + "\n"


def main(arguments: list[str]) -> int:
    if "--check" in arguments:
        if TARGET.read_text(encoding="utf-8") == page():
            return 0
        print("docs/settings.md has drifted; run: python tools/docs_settings.py")
        return 1
    TARGET.write_text(page(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
