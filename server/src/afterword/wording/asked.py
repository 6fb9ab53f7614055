"""Which questions readers bring to a kind of text. Pure; the names are those of the checker."""

from typing import Final

_FOUR = ("what_happened", "who_affected", "duration", "prevention", "data_impact")
ASKED_OF: Final[dict[str, tuple[str, ...]]] = {
    "closure": (
        "resolved", "what_happened", "duration", "data_impact", "stability", "next_step", "thanks",
    ),
    "summary": (*_FOUR, "ownership"),
    "follow_up": (*_FOUR, "ownership", "next_step"),
    "data_notice": ("what_happened", "data_impact", "who_affected", "prevention", "next_step"),
    "note": ("what_happened", "who_affected", "duration", "data_impact"),
}  # fmt: skip


def asked_of(kind: str, *, interim: bool = False) -> tuple[str, ...]:
    """Return the questions a text of the kind must answer; () where none is fixed.

    An interim text need not know yet what prevents it.
    """
    asked = ASKED_OF.get(kind, ())
    return tuple(each for each in asked if not (interim and each == "prevention"))
