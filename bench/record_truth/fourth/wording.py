"""The figures of the third book."""

from record_truth.third.wording import (
    MONTHS,
    Calendar,
    Clock,
    count,
    in_ten,
    in_words,
    length,
    rough_count,
    rough_length,
    rough_share,
    share,
    span,
)

__all__ = (
    "MONTHS",
    "Calendar",
    "Clock",
    "count",
    "in_ten",
    "in_words",
    "length",
    "rough_count",
    "rough_length",
    "rough_share",
    "share",
    "span",
)
