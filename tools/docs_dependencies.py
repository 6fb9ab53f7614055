"""Check that docs/dependencies.md and requirements.in name the same packages."""

import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def main() -> int:
    page = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8")
    wanted = (ROOT / "requirements.in").read_text(encoding="utf-8")
    server = (ROOT / "server" / "pyproject.toml").read_text(encoding="utf-8")
    names = re.findall(r"(?m)^([a-z0-9][a-z0-9-]*)", wanted)
    found = [
        f"docs/dependencies.md: no word on {name}"
        for name in names
        if not re.search(rf"\b{re.escape(name)}\b", page)
    ]
    ranges = re.findall(r'(?m)^    "([a-z0-9\[\],-]+[<>=][^"]*)",$', server)
    found += [
        f"requirements.in: {each} of server/pyproject.toml is missing"
        for each in ranges
        if each not in wanted
    ]
    print("\n".join(found))
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
