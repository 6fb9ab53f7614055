"""What every text goes through at the door: harmless characters, then the wording check."""

import dataclasses
import unicodedata
from collections.abc import Mapping
from typing import Any

from afterword.kit.errors import TextRejected
from afterword.wording.queries import blocking, check

_KEPT = {"\n", "\t"}


def cleaned(text: str) -> str:
    """Return foreign text without control characters and lone surrogates, lines ended by ``\\n``.

    No database, feed or page can carry those characters, and no reader ever saw them.
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(c for c in lines if c in _KEPT or unicodedata.category(c) not in {"Cc", "Cs"})


def refuse_blocked_update(
    *, title: str, body: str, record_data: Mapping[str, Any] | None, incident_ref: str | None
) -> None:
    """Raise TextRejected when the wording check of an update finds errors. Warnings pass.

    An empty title is not checked; what a whole text must contain is not asked of a title.
    """
    stopped: list[dict[str, object]] = []
    for field, text in (("title", title), ("body", body)):
        if not text:
            continue
        found = check(
            text=text, kind="update", record_data=record_data, incident_ref=incident_ref
        ).findings
        stopped += [
            _plain(each, field)
            for each in blocking(findings=found, overrides=set())
            if field == "body" or each.category != "missing"
        ]
    refuse_if_any(stopped)


def refuse_if_any(stopped: list[dict[str, object]]) -> None:
    """Raise TextRejected naming the first finding, with all of them attached."""
    if not stopped:
        return
    more = f" ({len(stopped) - 1} more)" if len(stopped) > 1 else ""
    raise TextRejected(f"{stopped[0]['rule']}: {stopped[0]['message']}{more}", stopped)


def _plain(finding: Any, field: str) -> dict[str, object]:
    return {**dataclasses.asdict(finding), "field": field}
