"""A first text from the record alone; the writing itself is plaintalk's.

Nothing is invented. Every blank reads ``[blank: …]`` and has to be filled or cut by a person;
the checker refuses a text that still has one.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

import plaintalk
from afterword.kit.errors import BadInput

BLANK: Final = plaintalk.BLANK
MAX_TITLE: Final = 255
# A measure of the record has no reason, so the draft asks for one; a promise brings its own.
_REASON_ASKED: Final = re.compile(
    r"(?m)^(- We (?:will change|have now changed) this.*?\.) \[blank: [^\]\n]*\]\.$"
)

# Letters greet each reader by their own name above the text, which is the same for all.
_GREETING: Final = re.compile(r"\AHello \[blank: [^\]\n]*\],\n+")


def starting_text(
    kind: str,
    record_data: Mapping[str, Any],
    support_contact: str,
    promises: Sequence[Mapping[str, Any]] = (),
) -> tuple[str, str]:
    """Return (title, body in Markdown) for a closure, summary, follow_up or another kind.

    ``promises`` are public views (what, why, effect, state, due); where there are any, they say
    what is changing in place of the record's measures. Raises BadInput for a kind nobody writes
    and for an unusable record.
    """
    if kind not in plaintalk.DRAFTED:
        raise BadInput(f"There is no text of the kind {kind!r}.", {"kind": "not known"})
    try:
        record = plaintalk.load_record(_with_measures(record_data, promises))
    except plaintalk.RecordError as wrong:
        raise BadInput(
            "The text cannot be started: the record has faults. Mend the record first.",
            dict(wrong.problems),
        ) from wrong
    title, body = plaintalk.draft(kind, record, support_contact)
    body = _GREETING.sub("", body)
    if promises:
        body = _REASON_ASKED.sub(r"\1", body)
    return title[:MAX_TITLE], body


def _with_measures(
    record_data: Mapping[str, Any], promises: Sequence[Mapping[str, Any]]
) -> Mapping[str, Any]:
    """Return the record with the promises as its measures, each with its reason and effect."""
    if not promises:
        return record_data
    measures = [
        {
            "text": f"{_bare(each['what'])}. Why it matters: {_bare(each['why'])}. "
            f"What it does: {_bare(each['effect'])}",
            "status": each["state"],
            "due": each["due"],
        }
        for each in promises
    ]
    return {**record_data, "measures": measures}


def _bare(sentence: str) -> str:
    return sentence.strip().rstrip(".")


def blanks(text: str) -> list[str]:
    """Return the blanks still open in a text, in order."""
    found: list[str] = plaintalk.blanks(text)
    return found
