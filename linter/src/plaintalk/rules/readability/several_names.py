"""REA-07: one component under several names."""

from collections.abc import Iterator

from plaintalk.document import Document
from plaintalk.rule import Hit, Rule, examples


def _survey(document: Document) -> Iterator[Hit]:
    record = document.record
    if record is None:
        return
    scan = document.scan
    for part in record.components:
        if len(part.aliases) < 2:
            continue
        used: list[tuple[int, str]] = []
        for name in (part.name, *part.aliases):
            at = scan.find(name.lower())
            if (
                name
                and at >= 0
                and not any(
                    name.lower() in other.lower() or other.lower() in name.lower()
                    for _, other in used
                )
            ):
                used.append((at, name))
        if len(used) > 2:
            at, name = sorted(used)[1]
            names = ", ".join(f'"{one}"' for _, one in sorted(used))
            yield Hit(at, at + len(name), message=f"{names} are one thing. Pick one name.")
            return


_RECORD = {
    "schema": "plaintalk-record/1",
    "components": [{"name": "Export page", "aliases": ["downloads", "the report tool"]}],
}

RULE = Rule(
    id="REA-07",
    name="several-names",
    category="readability",
    severity="suggestion",
    message="Pick one name.",
    better=None,
    source="PL",
    survey=_survey,
    needs=lambda record: None if record.components else "the record names no components",
    bad=examples(
        "The export page failed. Downloads are back, and the report tool works.", record=_RECORD
    ),
    good=examples("The export page failed. The export page works again.", record=_RECORD),
)
