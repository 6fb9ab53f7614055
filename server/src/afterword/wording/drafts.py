"""A first text from the record alone; the writing itself is plaintalk's.

Nothing is invented. Every blank reads ``[blank: …]`` and has to be filled or cut by a person;
the checker refuses a text that still has one.
"""

from collections.abc import Mapping
from typing import Any, Final

import plaintalk
from afterword.kit.errors import BadInput

BLANK: Final = plaintalk.BLANK
MAX_TITLE: Final = 255


def starting_text(
    kind: str, record_data: Mapping[str, Any], support_contact: str
) -> tuple[str, str]:
    """Return (title, body in Markdown) for a closure, summary, follow_up or another kind.

    Raises BadInput for a kind nobody writes and for an unusable record.
    """
    if kind not in plaintalk.DRAFTED:
        raise BadInput(f"There is no text of the kind {kind!r}.", {"kind": "not known"})
    try:
        record = plaintalk.load_record(record_data)
    except plaintalk.RecordError as wrong:
        raise BadInput(
            "The text cannot be started: the record has faults. Mend the record first.",
            dict(wrong.problems),
        ) from wrong
    title, body = plaintalk.draft(kind, record, support_contact)
    return title[:MAX_TITLE], body


def blanks(text: str) -> list[str]:
    """Return the blanks still open in a text, in order."""
    found: list[str] = plaintalk.blanks(text)
    return found
