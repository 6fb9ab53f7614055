"""The companies of the third book."""

from record_truth.third.inventory import (
    CHANGES,
    PARTS,
    PLACES,
    REASONS,
    ZONES,
)

__all__ = (
    "CHANGES",
    "PARTS",
    "PLACES",
    "REASONS",
    "ZONES",
)
