"""Which statements errors block, and which findings one person alone may not let through."""

from typing import Final

# Kinds whose errors block publishing until mended or let through with a reason.
BLOCKING_KINDS: Final = frozenset(
    {"closure", "summary", "follow_up", "data_notice", "note", "correction", "update"}
)

# A live secret, "resolved" while a part is down, a denied data effect, "never" after a repeat.
NEEDS_TWO: Final = frozenset({"LEK-01", "REC-08", "REC-10", "REC-11"})


def blocks(kind: str) -> bool:
    """Whether errors in a text of this kind block its publishing."""
    return kind in BLOCKING_KINDS


def checked_as(kind: str) -> str:
    """Return the checker's kind for a kind of statement; a correction is read as a note."""
    return "note" if kind == "correction" else kind


# Languages whose wording the checker has rules for. In any other a text is not checked, which is
# said wherever it is shown and never reads as passed.
CHECKED_LANGUAGES = frozenset({"en"})
