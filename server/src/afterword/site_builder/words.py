"""The words readers see for what is stored as codes."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from django.utils.translation import gettext, gettext_noop, ngettext

from afterword.kit.languages import listed, month_in_words
from afterword.publishing.models import PublicIncident


class Words(Mapping[str, str]):
    """Words by code, in the language that is active when they are asked for."""

    def __init__(self, english: Mapping[str, str]) -> None:
        self._english = dict(english)

    def __getitem__(self, code: str) -> str:
        return gettext(self._english[code])

    def __iter__(self) -> Iterator[str]:
        return iter(self._english)

    def __len__(self) -> int:
        return len(self._english)

    def with_these(self, english: Mapping[str, str]) -> "Words":
        return Words(self._english | dict(english))


STATUS = Words(
    {
        "investigating": gettext_noop("Investigating"),
        "identified": gettext_noop("Identified"),
        "monitoring": gettext_noop("Monitoring"),
        "resolved": gettext_noop("Resolved"),
        "scheduled": gettext_noop("Scheduled"),
        "in_progress": gettext_noop("In progress"),
        "verifying": gettext_noop("Verifying"),
        "completed": gettext_noop("Completed"),
        "called_off": gettext_noop("Called off"),
    }
)
PART = Words(
    {
        "operational": gettext_noop("Working"),
        "under_maintenance": gettext_noop("Under maintenance"),
        "degraded_performance": gettext_noop("Degraded"),
        "partial_outage": gettext_noop("Partly down"),
        "major_outage": gettext_noop("Down"),
        "none": gettext_noop("Not affected"),
    }
)
# How a part was hit, in the past tense of the facts box.
PART_THEN = PART.with_these(
    {
        "operational": gettext_noop("Not affected"),
        "degraded": gettext_noop("Degraded"),
        "partial": gettext_noop("Partly down"),
        "major": gettext_noop("Down"),
        "unknown": gettext_noop("Affected, extent not known yet"),
    }
)
KIND = Words(
    {
        "update": gettext_noop("Update"),
        "closure": gettext_noop("Closure"),
        "summary": gettext_noop("Summary"),
        "note": gettext_noop("Note"),
        "correction": gettext_noop("Correction"),
        "commitment_update": gettext_noop("Promise update"),
    }
)
IMPACT = Words(
    {
        "none": gettext_noop("No impact"),
        "maintenance": gettext_noop("Maintenance"),
        "minor": gettext_noop("Minor impact"),
        "major": gettext_noop("Major impact"),
        "critical": gettext_noop("Critical impact"),
    }
)
PROMISE = Words(
    {
        "planned": gettext_noop("Planned"),
        "in_progress": gettext_noop("In progress"),
        "done": gettext_noop("Done"),
        "dropped": gettext_noop("Dropped"),
    }
)
MECHANISM = Words(
    {
        "prevent": gettext_noop("Prevents it"),
        "detect": gettext_noop("Notices it sooner"),
        "limit": gettext_noop("Limits the harm"),
        "recover": gettext_noop("Recovers faster"),
    }
)
# A correction by its weight; a typo is mended in place and is no word of its own.
CORRECTION = Words(
    {
        "fact": gettext_noop("Correction"),
        "clarification": gettext_noop("Clarification"),
        "retraction": gettext_noop("Retraction"),
        "title": gettext_noop("Title changed"),
    }
)
# What a reader may still be asking; the codes are those of ``audience.models.Question``.
QUESTION = Words(
    {
        "over": gettext_noop("Is it over?"),
        "affected": gettext_noop("Was I affected?"),
        "data": gettext_noop("Is my data safe?"),
        "happened": gettext_noop("What happened?"),
        "again": gettext_noop("Could it happen again?"),
        "other": gettext_noop("Something else"),
    }
)
CONFIDENCE = Words(
    {
        "confirmed": gettext_noop("confirmed"),
        "suspected": gettext_noop("suspected, not confirmed"),
        "unknown": gettext_noop("not known yet"),
    }
)
CAUSE = Words(
    {
        "change": gettext_noop("A change of ours"),
        "capacity": gettext_noop("Not enough room or power"),
        "supplier": gettext_noop("Somebody we rely on"),
        "hardware": gettext_noop("A machine failed"),
        "security": gettext_noop("An attack or a leak"),
        "software_defect": gettext_noop("A defect in our software"),
        "operator_action": gettext_noop("Something done by hand"),
        "unknown": gettext_noop("Not known, or not said"),
    }
)
DATA_EFFECT = Words(
    {
        "affected": gettext_noop("Data was affected"),
        "possible": gettext_noop("Data may have been affected"),
        "none": gettext_noop("No data was affected"),
        "unknown": gettext_noop("Effect on data not known"),
    }
)
LASTED = Words(
    {
        "0": gettext_noop("Under 15 minutes"),
        "1": gettext_noop("15 minutes to 1 hour"),
        "2": gettext_noop("1 to 4 hours"),
        "3": gettext_noop("4 to 24 hours"),
        "4": gettext_noop("A day or longer"),
        "lasting": gettext_noop("Not over yet"),
    }
)
# For programs, which read English whatever language a page is in.
MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


class State(NamedTuple):
    """How the page as a whole is: ``sign`` names shape and colour, ``words`` say it."""

    sign: str
    words: str


def told_status(incident: PublicIncident) -> str:
    """Return the status as readers are told it; programs know no ``called_off``."""
    return "called_off" if incident.called_off else incident.status


def state_of_page(
    indicator: str,
    statuses: list[str],
    open_status: list[str],
    *,
    work_is_going_on: bool = False,
) -> State:
    """Return the headline of the page, for the page itself and for what others show of it.

    ``indicator`` is the roll-up of the components, ``statuses`` theirs, ``open_status`` those of
    the open incidents (planned work left out). Components alone would say that all is well while
    an incident is open, which readers take for a lie; so an open incident always shows, and so does
    planned work that has begun while nothing worse is to be said.
    """
    worst = {
        "critical": State("major_outage", gettext("Everything is down.")),
        "major": State("major_outage", gettext("Some parts are down.")),
        "maintenance": State("under_maintenance", gettext("Planned work is going on.")),
    }
    if indicator == "major" and "major_outage" not in statuses:
        return State("partial_outage", gettext("Every part is failing for some people."))
    if indicator == "minor":
        if "partial_outage" in statuses:
            return State("partial_outage", gettext("Some parts are failing for some people."))
        return State(
            "degraded_performance", gettext("Some parts are not working as well as they should.")
        )
    if not open_status and indicator == "none" and work_is_going_on:
        return worst["maintenance"]
    if not open_status or indicator in {"critical", "major"}:
        return worst.get(indicator, State("operational", gettext("Everything is working.")))
    if all(status == "monitoring" for status in open_status):
        return State("watching", gettext("Everything is working again. We are still watching."))
    if len(open_status) == 1:
        return State("degraded_performance", gettext("One incident is open."))
    many = ngettext(
        "%(count)s incident is open.", "%(count)s incidents are open.", len(open_status)
    )
    return State("degraded_performance", many % {"count": len(open_status)})


def month_name(month: str) -> str:
    """Return ``March 2026`` for ``2026-03``."""
    return month_in_words(date(int(month[:4]), int(month[5:]), 1))


def shortened(names: Sequence[str], longest: int) -> list[str]:
    """Return at most ``longest`` names and, where there are more, how many."""
    more = len(names) - longest
    if more <= 0:
        return list(names)
    said = ngettext("%(count)s more", "%(count)s more", more) % {"count": more}
    return [*names[:longest], said]


def joined(parts: list[str]) -> str:
    """Return ``a``, ``a and b`` or ``a, b and c``."""
    return listed(parts)
