"""Who needs more than the page: the proposal for each segment, as a pure function.

Levels and thresholds are our policy defaults, not evidence. A fact that is unknown counts as the
worse value until it is set.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from afterword.audience.models import Segment
from afterword.audience.queries.customers import Counts
from afterword.followups.models import Level
from afterword.followups.people import WITH_A_LIST, Plan
from afterword.incidents.decision import History, Inputs, inputs_of

__all__ = ["ALLOWED", "SEGMENTS", "WITH_A_LIST", "Proposed", "propose", "with_one_message_each"]

# Every incident asks about these; about those hit hardest only where somebody was.
SEGMENTS: Final = (Segment.DATA, Segment.SLA, Segment.EVERYONE)
MOST_OF_THEM: Final = 50.0
_FULLEST: Final = {
    Segment.EVERYONE: Level.SUBSCRIBERS, Segment.SLA: Level.TARGETED, Segment.HIGH: Level.TARGETED,
}  # fmt: skip
_NOBODY_LEFT: Final = (
    "Everybody in this group gets a more specific letter, or none: nobody is left for this one."
)
ALLOWED: Final[dict[str, tuple[Level, ...]]] = {
    Segment.EVERYONE: (Level.NONE, Level.PAGE, Level.SUBSCRIBERS),
    Segment.DATA: (Level.NONE, Level.PAGE, Level.TARGETED, Level.PERSONAL),
    Segment.SLA: (Level.NONE, Level.PAGE, Level.TARGETED, Level.PERSONAL),
    Segment.HIGH: (Level.NONE, Level.PAGE, Level.TARGETED, Level.PERSONAL),
}


@dataclass(frozen=True)
class Proposed:
    """What the policy proposes for a segment. ``count`` is how many people are in it now."""

    segment: Segment
    level: Level
    count: int
    because: str


def propose(record_data: Mapping[str, Any], counts: Counts) -> list[Proposed]:
    """Return one proposal per segment, the most specific first, for a record (schema
    plaintalk-record/1), complete or not. Those hit hardest are asked about where there are any.
    """
    seen = inputs_of(record_data, History())
    severity = _severity(record_data)
    found = [
        Proposed(Segment.DATA, *_data(seen, counts.data_affected)),
        Proposed(Segment.SLA, *_sla(seen, severity, counts)),
    ]
    if counts.hardest:
        found.append(Proposed(Segment.HIGH, *_hardest(seen, severity, counts.hardest)))
    return [*found, Proposed(Segment.EVERYONE, *_everyone(seen, severity, counts.everyone))]


def with_one_message_each(
    proposed: Sequence[Proposed],
    levels: Mapping[Segment, Level],
    under: Callable[[Mapping[Segment, Level]], Plan],
) -> list[Proposed]:
    """Return the proposals with each person counted where their one message is, and no letter for a
    group whose people all get a more specific one, or none.

    ``levels`` are those decided; what is not decided counts as proposed. ``under`` says who gets
    what. People whose data was affected are counted as they are: nothing goes before their notice.
    """
    levels = dict(levels)
    found = []
    for each in proposed:
        full = _FULLEST.get(each.segment)
        one = _left_of(each, under({**levels, each.segment: full})) if full else each
        found.append(one)
        levels.setdefault(one.segment, one.level)
    return found


def _left_of(one: Proposed, plan: Plan) -> Proposed:
    if one.segment == Segment.EVERYONE:
        return replace(one, count=plan.subscribers)
    left = len(plan.letters[one.segment])
    if left or not one.count:
        return replace(one, count=left)
    return Proposed(one.segment, Level.NONE, 0, _NOBODY_LEFT)


def _data(seen: Inputs, count: int) -> tuple[Level, int, str]:
    if seen.data == "none":
        return Level.NONE, count, "The record says that no data was seen, lost or changed."
    if seen.data == "unknown":
        why = "What happened to data is unknown, which counts as affected until it is known."
    else:
        why = f"An effect on people's data is {seen.data}: each of them hears about their own data."
    return Level.TARGETED, count, why if count else f"{why} Nobody is on the list yet."


def _sla(seen: Inputs, severity: int, counts: Counts) -> tuple[Level, int, str]:
    count = counts.sla
    if count == 0 and counts.sla_not_touched:
        why = "No account with an SLA uses what was affected, as far as we know."
        return Level.NONE, 0, why
    if count == 0:
        return Level.NONE, 0, "No customer with an SLA has a contact here."
    if seen.customer_impact == "no":
        return Level.NONE, count, "No customer was affected."
    if severity == 1:
        return Level.PERSONAL, count, "Severity 1: a letter with their own figures, and a call."
    if severity == 2:
        return Level.TARGETED, count, "Severity 2: a letter with their own figures."
    if seen.sla_breached == "yes":
        return Level.TARGETED, count, "A service level was breached: those accounts hear from us."
    if seen.sla_breached == "unknown":
        why = "Whether a service level was breached is unknown, which counts as breached."
        return Level.TARGETED, count, why
    return Level.PAGE, count, f"Severity {severity}, no service level breached: the page will do."


def _hardest(seen: Inputs, severity: int, count: int) -> tuple[Level, int, str]:
    if seen.customer_impact == "no":
        return Level.NONE, count, "No customer was affected."
    if severity <= 2:
        why = f"Severity {severity}: who was hit hardest hears what it did to them."
        return Level.TARGETED, count, why
    return Level.NONE, count, f"Severity {severity}: the page will do."


def _everyone(seen: Inputs, severity: int, count: int) -> tuple[Level, int, str]:
    if seen.customer_impact == "no":
        return (
            Level.PAGE,
            count,
            "No customer was affected: the history keeps it, nobody is mailed.",
        )
    if severity >= 3:
        return Level.PAGE, count, f"Severity {severity}: page and feed will do."
    if seen.percent is None:
        why = "How many were affected is unknown, which counts as most."
        return Level.SUBSCRIBERS, count, why
    if seen.percent >= MOST_OF_THEM:
        return Level.SUBSCRIBERS, count, f"{seen.percent:g}% of customers were affected."
    why = f"{seen.percent:g}% of customers were affected: most were not, page and feed will do."
    return Level.PAGE, count, why


def _severity(record_data: Mapping[str, Any]) -> int:
    incident = record_data.get("incident")
    found = incident.get("severity") if isinstance(incident, Mapping) else None
    if isinstance(found, int) and not isinstance(found, bool) and 1 <= found <= 4:
        return found
    return 1
