"""The instants at which an incident was said to be over, or open again: kept as they fall."""

from datetime import datetime

from afterword.incidents.models import Incident, Kind, Recovery


def keep_recovery(*, now: datetime, incident: Incident, came_back: bool = False) -> None:
    """Keep that an incident is over as of ``now``, or open again, inside the caller's transaction.

    Planned work does not recover.
    """
    if incident.kind != Kind.INCIDENT:
        return
    Recovery(
        page_id=incident.page_id,
        incident=incident,
        came_back=came_back,
        severity=incident.severity,
        at=now,
    ).save(force_insert=True)
