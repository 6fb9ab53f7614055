"""The words readers see for what is stored as codes."""

from typing import NamedTuple

STATUS = {
    "investigating": "Investigating",
    "identified": "Identified",
    "monitoring": "Monitoring",
    "resolved": "Resolved",
    "scheduled": "Scheduled",
    "in_progress": "In progress",
    "verifying": "Verifying",
    "completed": "Completed",
}
PART = {
    "operational": "Working",
    "under_maintenance": "Under maintenance",
    "degraded_performance": "Degraded",
    "partial_outage": "Partly down",
    "major_outage": "Down",
    "none": "Not affected",
}
# How a part was hit, in the past tense of the facts box.
PART_THEN = PART | {
    "operational": "Not affected",
    "under_maintenance": "Under maintenance",
    "degraded_performance": "Degraded",
    "partial_outage": "Partly down",
    "major_outage": "Down",
    "degraded": "Degraded",
    "partial": "Partly down",
    "major": "Down",
    "unknown": "Affected, extent not known yet",
}
KIND = {
    "update": "Update",
    "closure": "Closure",
    "summary": "Summary",
    "note": "Note",
    "correction": "Correction",
    "commitment_update": "Promise update",
}
IMPACT = {
    "none": "No impact",
    "maintenance": "Maintenance",
    "minor": "Minor impact",
    "major": "Major impact",
    "critical": "Critical impact",
}
PROMISE = {
    "planned": "Planned",
    "in_progress": "In progress",
    "done": "Done",
    "dropped": "Dropped",
}
MECHANISM = {
    "prevent": "Prevents it",
    "detect": "Notices it sooner",
    "limit": "Limits the harm",
    "recover": "Recovers faster",
}
CONFIDENCE = {
    "confirmed": "confirmed",
    "suspected": "suspected, not confirmed",
    "unknown": "not known yet",
}
MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


class State(NamedTuple):
    """How the page as a whole is: ``sign`` names shape and colour, ``words`` say it."""

    sign: str
    words: str


def state_of_page(indicator: str, statuses: list[str], open_status: list[str]) -> State:
    """Return the headline of the page.

    ``indicator`` is the roll-up of the components, ``statuses`` theirs, ``open_status`` those of
    the open incidents (planned work left out). Components alone would say that all is well while
    an incident is open, which readers take for a lie; so an open incident always shows.
    """
    worst = {
        "critical": State("major_outage", "Everything is down."),
        "major": State("major_outage", "Some parts are down."),
        "maintenance": State("under_maintenance", "Planned work is going on."),
    }
    if indicator == "major" and "major_outage" not in statuses:
        return State("partial_outage", "Every part is failing for some people.")
    if indicator == "minor":
        if "partial_outage" in statuses:
            return State("partial_outage", "Some parts are failing for some people.")
        return State("degraded_performance", "Some parts are not working as well as they should.")
    if not open_status or indicator in {"critical", "major"}:
        return worst.get(indicator, State("operational", "Everything is working."))
    if all(status == "monitoring" for status in open_status):
        return State("watching", "Everything is working again. We are still watching.")
    if len(open_status) == 1:
        return State("degraded_performance", "One incident is open.")
    return State("degraded_performance", f"{len(open_status)} incidents are open.")


def month_name(month: str) -> str:
    """Return ``March 2026`` for ``2026-03``."""
    return f"{MONTHS[int(month[5:]) - 1]} {month[:4]}"


def joined(parts: list[str]) -> str:
    """Return ``a``, ``a and b`` or ``a, b and c``."""
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} and {parts[-1]}"
