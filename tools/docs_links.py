"""Check that every path and heading that the documents link to exists."""

import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
FENCE = re.compile(r"```.*?```", re.DOTALL)


def anchors(document: Path) -> set[str]:
    """Return the anchors that a renderer gives the headings of a document."""
    headings = re.findall(r"(?m)^#+\s+(.*)$", FENCE.sub("", document.read_text(encoding="utf-8")))
    return {
        re.sub(r"\s", "-", re.sub(r"[^\w\s-]", "", heading).strip().lower()) for heading in headings
    }


def faults(document: Path) -> list[str]:
    found = []
    text = FENCE.sub("", document.read_text(encoding="utf-8"))
    for link in LINK.findall(text):
        if re.match(r"[a-z]+:", link):
            continue
        path, _, anchor = link.partition("#")
        target = (document.parent / path).resolve() if path else document
        if not target.exists():
            found.append(f"{document.relative_to(ROOT)}: no such path: {link}")
        elif anchor and target.suffix == ".md" and anchor not in anchors(target):
            found.append(f"{document.relative_to(ROOT)}: no such heading: {link}")
    return found


def main() -> int:
    documents = sorted([*ROOT.glob("*.md"), *ROOT.glob("*/*.md"), *ROOT.glob("docs/**/*.md")])
    found = [fault for document in documents for fault in faults(document)]
    print("\n".join(found))
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
