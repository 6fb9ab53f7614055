"""What every text goes through at the door: harmless characters, then the wording check."""

import dataclasses
import unicodedata
from collections.abc import Iterable, Mapping
from typing import Any

from afterword.kit.errors import TextRejected
from afterword.kit.texts import legible
from afterword.statements.texts import blanks
from afterword.wording.queries import FindingView, blocking, check

_KEPT = {"\n", "\t"}
_BETWEEN = "\n\n"
_UNCHECKED = frozenset({"HSE-05"})
_PARTS_OF_A_PROMISE = ("what", "why", "effect", "dropped_because")


def cleaned(text: str) -> str:
    """Return foreign text ``legible``, without control characters and lone surrogates.

    No database, feed or page can carry those characters, and no reader ever saw them.
    """
    return "".join(
        c for c in legible(text) if c in _KEPT or unicodedata.category(c) not in {"Cc", "Cs"}
    )


def refuse_blocked_update(
    *, title: str, body: str, record_data: Mapping[str, Any] | None, incident_ref: str | None
) -> None:
    """Raise TextRejected when the wording check of an update finds errors. Warnings pass.

    Title and body are read together, as readers do; each finding names its field and counts from
    that field's beginning. An empty title is left out. A text that cannot be checked at all, for
    it is in another language, passes: silence during an incident is worse.
    """
    whole = f"{title}{_BETWEEN}{body}" if title else body
    if waiting := blanks(whole):
        raise TextRejected(
            f"A fact is still missing: {waiting[0][1]}. Write it, or take the blank out.",
            [_blank(start, quote) for start, quote in waiting],
        )
    found = check(whole, "update", record_data, incident_ref=incident_ref).findings
    stopped = [
        _in_field(each, title)
        for each in blocking(found, overrides=set())
        if each.rule not in _UNCHECKED
    ]
    if stopped:
        more = f" ({len(stopped) - 1} more)" if len(stopped) > 1 else ""
        raise TextRejected(f"{stopped[0]['rule']}: {stopped[0]['message']}{more}", stopped)


def _blank(start: int, quote: str) -> dict[str, object]:
    return {
        "rule": "BLANK",
        "quote": quote,
        "message": "Nobody has filled this in.",
        "suggestion": "Write the fact, or say that you do not know it yet.",
        "start": start,
        "end": start + len(quote),
        "field": "body",
    }


def refuse_blocked_promises(
    views: Iterable[Mapping[str, Any]],
    *,
    record_data: Mapping[str, Any] | None,
    incident_ref: str,
) -> None:
    """Raise TextRejected when a promise has wording errors: a name, a host, a "never again".

    What a whole text must contain is not asked of a promise.
    """
    for view in views:
        text = "\n\n".join(str(view[part]) for part in _PARTS_OF_A_PROMISE if view.get(part))
        found = check(text, "update", record_data, incident_ref=incident_ref).findings
        stopped = [
            {**dataclasses.asdict(each), "field": "commitments", "commitment": view["id"]}
            for each in blocking(found, overrides=set())
            if each.rule not in _UNCHECKED and each.category != "missing"
        ]
        if stopped:
            raise TextRejected(
                f"The promise “{view['what']}” cannot go out as it stands. "
                f"{stopped[0]['rule']}: {stopped[0]['message']}",
                stopped,
            )


def _in_field(finding: FindingView, title: str) -> dict[str, object]:
    plain = dataclasses.asdict(finding)
    if not title:
        return {**plain, "field": "body"}
    if finding.start < len(title):
        return {**plain, "field": "title"}
    before = len(title) + len(_BETWEEN)
    lines = _BETWEEN.count("\n")
    return {
        **plain,
        "field": "body",
        "start": finding.start - before,
        "end": finding.end - before,
        "line": finding.line - lines,
    }
