"""What was decided for each segment, what is proposed, and where a statement goes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from afterword.audience.models import Segment
from afterword.audience.queries.customers import (
    Counts,
    count_affected_not_on,
    figures_on,
    know_hit,
)
from afterword.components.models import Page
from afterword.followups.figures import changed_since
from afterword.followups.models import Level, PlanLine
from afterword.followups.people import MOST_SPECIFIC_FIRST, WITH_A_LIST, Plan
from afterword.followups.plan import Proposed, propose, with_one_message_each
from afterword.followups.reckoning import Reckoning, counts, lists_that_left, reckon, record_of
from afterword.incidents.models import Incident
from afterword.kit.asking import asked_once, grouped, know
from afterword.kit.errors import BadInput, WrongState
from afterword.statements.models import StatementKind

SUBSCRIBERS = "subscribers"
PAGE = "page"
LIST = "list"
_FOR_A_LIST = frozenset({StatementKind.FOLLOW_UP, StatementKind.DATA_NOTICE})


@dataclass(frozen=True)
class SegmentPlan:
    """One segment: what the policy proposes now, and the decision in force (None: not decided)."""

    segment: Segment
    proposed: Proposed
    line: PlanLine | None

    @property
    def below_proposal(self) -> bool:
        """Whether less was decided than the policy proposes now; levels are ordered."""
        levels = list(Level)
        return self.line is not None and levels.index(Level(self.line.level)) < levels.index(
            self.proposed.level
        )


def plan_of(incident: Incident, now: datetime | None = None) -> list[SegmentPlan]:
    """Return the plan, the most specific segment first: data-affected, SLA, hit hardest (where
    there are any), everyone.

    With ``now`` each person is counted once, where their message is at that moment. Without, who
    is in several groups counts in each, and subscribers count whatever they chose: enough to say
    what is decided, and cheap for many incidents.
    """
    lines = lines_in_force(incident)
    if now is None:
        found = proposals(incident, counts(incident))
    else:
        levels = {Segment(each): Level(line.level) for each, line in lines.items()}
        found = proposals_now(incident, reckon(incident, now), levels)
    return [SegmentPlan(one.segment, one, lines.get(one.segment)) for one in found]


def left_off_the_list(list_public_id: str) -> dict[str, int]:
    """Return how many were left out of all letters when the list was frozen, by reason."""
    line = PlanLine.objects.filter(recipients__public_id=list_public_id).last()
    return dict(line.tally) if line is not None else {}


def outlook(incident: Incident, plan: Sequence[SegmentPlan], now: datetime) -> Plan:
    """Return who gets what if all is as decided, and as proposed where nothing is decided."""
    return reckon(incident, now).under(
        {one.segment: Level(one.line.level) if one.line else one.proposed.level for one in plan}
    )


def proposals(incident: Incident, people: Counts) -> list[Proposed]:
    """Return what the policy proposes under the record in force."""
    return propose(record_of(incident), people)


def proposals_now(
    incident: Incident, reckoned: Reckoning, levels: Mapping[Segment, Level]
) -> list[Proposed]:
    """Return what the policy proposes with each person counted where their one message is, under
    the ``levels`` that are decided.
    """
    found = proposals(incident, counts(incident, exactly=True))
    return with_one_message_each(found, levels, reckoned.under)


def know_about(page: Page, incidents: Sequence[Incident]) -> None:
    """Ask at once what was decided for each incident, and whom it is known to have hit."""
    found = PlanLine.objects.filter(incident__in=[each.pk for each in incidents])
    lines = grouped(
        found.select_related("recipients", "decided_by").order_by("id"),
        lambda each: each.incident_id,
    )
    for one in incidents:
        know(lines_in_force, one, answer={line.segment: line for line in lines[one.pk]})
    know_hit(page, [each.public_id for each in incidents])


@asked_once
def lines_in_force(incident: Incident) -> dict[str, PlanLine]:
    """Return the newest decision of each segment that has one."""
    return {line.segment: line for line in history_of(incident)}


@asked_once
def history_of(incident: Incident) -> list[PlanLine]:
    """Return every decision ever made for the incident, oldest first."""
    found = PlanLine.objects.filter(incident=incident).select_related("recipients", "decided_by")
    return list(found.order_by("id"))


def is_decided(incident: Incident) -> bool:
    """Whether every segment has a decision with its reason."""
    return all(one.line for one in plan_of(incident))


def is_for_list(line: PlanLine, published_at: datetime | None) -> bool:
    """Whether a letter to the group goes, or went, to the list of a decision in force.

    One that left before the decision went to an older list; whoever had it is not on this one.
    """
    return published_at is None or published_at >= line.decided_at


def count_forgotten(incident: Incident) -> int:
    """Return how many people's data was affected who are on no list of a notice: neither of one
    that left nor of the one that is to leave. 0 where they get no letter, as was decided.
    """
    line = lines_in_force(incident).get(Segment.DATA)
    if line is None or line.level not in WITH_A_LIST or line.recipients is None:
        return 0
    told = [line.recipients.public_id, *lists_that_left(incident).get(Segment.DATA, ())]
    return count_affected_not_on(incident.page, incident.public_id, told)


def recipients_for(incident: Incident, statement_kind: str, segment: str) -> tuple[str, str]:
    """Return where a statement goes: ("page" | "subscribers" | "list", public id of the list).

    Texts for everybody follow the decision for everyone subscribed: what left for the page alone
    can never be sent. A follow-up or data notice goes to the frozen list of its segment and to
    nobody else. Raises WrongState, saying what to do, when nobody decided or the decision was no
    letter.
    """
    lines = lines_in_force(incident)
    if statement_kind not in _FOR_A_LIST:
        everyone = lines.get(Segment.EVERYONE)
        if everyone is None:
            raise WrongState(
                "Nobody has decided yet whether subscribers get this text or the page alone shows "
                "it. Decide it in the follow-up plan of the case; the proposal there will do."
            )
        return (SUBSCRIBERS if everyone.level == Level.SUBSCRIBERS else PAGE), ""
    if segment not in MOST_SPECIFIC_FIRST:
        raise BadInput(
            "This letter names no group. Start it again for data_affected, sla or high_impact.",
            {"segment": "unknown"},
        )
    label = Segment(segment).label.lower()
    line = lines.get(segment)
    if line is None:
        raise WrongState(
            f"Nobody has decided yet whether {label} get a letter. Decide it in the follow-up "
            "plan of the case, with a reason."
        )
    if line.level not in WITH_A_LIST or line.recipients is None:
        raise WrongState(
            f"The follow-up plan says “{Level(line.level).label.lower()}” for {label} "
            f"({line.reason}). Change the plan first if they should get this letter."
        )
    if line.count == 0:
        raise WrongState(
            f"Everybody on the list for {label} gets a more specific letter instead, so this one "
            "would reach no one. Leave it unpublished."
        )
    _refuse_forgotten(incident, segment)
    _refuse_old_figures(incident, segment, line.recipients.public_id)
    return LIST, line.recipients.public_id


def _refuse_forgotten(incident: Incident, segment: str) -> None:
    """Raise WrongState when somebody whose data was affected would not get the notice."""
    if segment == Segment.DATA and (late := count_forgotten(incident)):
        people = "1 person was" if late == 1 else f"{late} people were"
        raise WrongState(
            f"{people} put on the data-affected list after this list was frozen, and would hear "
            "nothing. Decide again for people whose data was affected in the follow-up plan."
        )


def _refuse_old_figures(incident: Incident, segment: str, listed: str) -> None:
    """Raise WrongState when letters would carry figures that are not the accounts' any more."""
    if segment == Segment.DATA:
        return
    changed = changed_since(incident, figures_on(listed))
    if changed:
        names = ", ".join(changed[:3]) + (" and others" if len(changed) > 3 else "")
        raise WrongState(
            f"The figures of {names} changed since the list was frozen. Decide again for "
            f"{Segment(segment).label.lower()} in the follow-up plan, which takes the new ones."
        )
