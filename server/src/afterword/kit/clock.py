"""The only place that asks what time it is; everyone else is told."""

from datetime import UTC, datetime


def now() -> datetime:
    """Return the current instant, zone-aware, in UTC, with microseconds."""
    return datetime.now(UTC)
