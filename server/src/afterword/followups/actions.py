"""Deciding, segment by segment, who gets more than the page; freezing who that is."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from afterword.accounts.models import Person
from afterword.accounts.permissions import Actor, require
from afterword.audience.actions.lists import freeze_list
from afterword.audience.models import RecipientList, Segment
from afterword.audience.queries.customers import (
    affected_people,
    count_members,
    counts,
    people_on,
    sla_people,
)
from afterword.audit.actions import record_act
from afterword.followups import queries
from afterword.followups.models import Level, PlanLine
from afterword.followups.plan import ALLOWED, WITH_A_LIST
from afterword.incidents.models import Incident
from afterword.kit.errors import BadInput, NotAllowed, WrongState
from afterword.kit.texts import required_text
from afterword.kit.timespans import long_utc
from afterword.statements.models import StatementKind, StatementState
from afterword.statements.queries import of_incident

MAX_REASON = 2_000


def decide(
    *, actor: Actor, now: datetime, incident: Incident, segment: str, level: str, reason: str
) -> PlanLine:
    """Decide how far the word goes for one segment. The newest decision counts, none is erased.

    A letter or personal contact freezes who is on the list at this moment. Whoever is on the
    data-affected list is left out of the SLA list of the same incident, whichever was decided
    first: one message each, the most specific one. Raises BadInput for an unknown segment or
    level or a missing reason, WrongState when a letter would have no recipient.
    """
    require(actor, "plan_follow_up", page=incident.page_id)
    if not isinstance(actor, Person):
        raise NotAllowed("A follow-up is decided by a person, by name.")
    known, wanted = _segment_and_level(segment, level)
    reason = required_text(reason, field="reason", limit=MAX_REASON, single_line=False)
    with transaction.atomic():
        # Decisions of one incident come one after the other, so that no two lists overlap.
        list(Incident.objects.select_for_update(no_key=True).filter(pk=incident.pk).values("pk"))
        desk = _Desk(actor=actor, now=now, incident=incident)
        before = queries.lines_in_force(incident)
        line = desk.write(known, wanted, reason, desk.freeze_for(known, wanted))
        if known == Segment.DATA:
            desk.settle_overlap(before)
    return line


def _segment_and_level(segment: str, level: str) -> tuple[Segment, Level]:
    if segment not in ALLOWED:
        raise BadInput(
            f"{segment[:40]!r} is no segment. Choose {', '.join(ALLOWED)}.",
            {"segment": "unknown"},
        )
    allowed = ALLOWED[segment]
    if level not in allowed:
        raise BadInput(
            f"{level[:40]!r} cannot be decided for {Segment(segment).label.lower()}. "
            f"Choose {', '.join(allowed)}.",
            {"level": "not for this segment"},
        )
    return Segment(segment), Level(level)


@dataclass(frozen=True)
class _Desk:
    """One decision being made: who decides, when, about which incident."""

    actor: Person
    now: datetime
    incident: Incident

    def write(
        self, segment: Segment, level: Level, reason: str, frozen: RecipientList | None
    ) -> PlanLine:
        people = counts(self.incident.page, self.incident.public_id)
        proposed = {p.segment: p for p in queries.proposals(self.incident, people)}[segment]
        count = count_members(frozen.public_id) if frozen else proposed.count
        line = PlanLine.objects.create(
            incident=self.incident,
            segment=segment,
            level=level,
            proposed=proposed.level,
            reason=reason,
            count=count,
            recipients=frozen,
            decided_by=self.actor,
            decided_at=self.now,
        )
        record_act(
            actor=self.actor,
            verb="followups.decide",
            subject=f"incident:{self.incident.public_id}",
            now=self.now,
            detail={
                "segment": segment,
                "level": level,
                "proposed": proposed.level,
                "count": count,
            },
        )
        return line

    def freeze_for(self, segment: Segment, level: Level) -> RecipientList | None:
        """Freeze the list that the level needs, if any. Raises WrongState for an empty one."""
        if level not in WITH_A_LIST:
            return None
        if segment == Segment.DATA:
            people = dict(affected_people(self.incident.page, self.incident.public_id))
            left_out = 0
        else:
            told = _addresses(queries.lines_in_force(self.incident).get(Segment.DATA))
            known = dict(sla_people(self.incident.page))
            people = {email: name for email, name in known.items() if email not in told}
            left_out = len(known) - len(people)
        if not people:
            raise WrongState(_nobody(segment, left_out))
        return self.freeze(segment, people)

    def freeze(self, segment: Segment, people: Mapping[str, str]) -> RecipientList:
        return freeze_list(
            actor=self.actor,
            now=self.now,
            page=self.incident.page,
            incident_ref=self.incident.public_id,
            segment=segment,
            members=people.items(),
        )

    def settle_overlap(self, before: Mapping[str, PlanLine]) -> None:
        """Write the SLA list anew without those who get the data letter now, and with those who
        no longer do; not once the SLA letter has left.
        """
        sla = before.get(Segment.SLA)
        if sla is None or sla.recipients is None or _has_left(self.incident, Segment.SLA):
            return
        told = _addresses(queries.lines_in_force(self.incident).get(Segment.DATA))
        told_before = _addresses(before.get(Segment.DATA))
        listed = people_on(sla.recipients.public_id)
        returning = {
            email: name for email, name in sla_people(self.incident.page) if email in told_before
        }
        people = {email: name for email, name in (returning | listed).items() if email not in told}
        if people.keys() == listed.keys():
            return
        fewer, more = len(listed.keys() - people.keys()), len(people.keys() - listed.keys())
        reason = (
            f"Follows the data-affected list, one message each: {fewer} left this list, {more} "
            f"came back. The decision of {long_utc(sla.decided_at)} stands otherwise."
        )
        self.write(Segment.SLA, Level(sla.level), reason, self.freeze(Segment.SLA, people))


def _addresses(line: PlanLine | None) -> set[str]:
    return set(people_on(line.recipients.public_id)) if line and line.recipients else set()


def _nobody(segment: Segment, left_out: int) -> str:
    if segment == Segment.DATA:
        return (
            "Nobody is on the data-affected list of this incident, so a letter would reach no "
            "one. Import the list first, or decide for the page."
        )
    if left_out:
        return (
            "Every contact of your SLA customers is on the data-affected list and gets that "
            "letter. Decide for none or the page here."
        )
    return (
        "No customer with an SLA target has a contact, so a letter would reach no one. Import "
        "customers first, or decide for the page."
    )


def _has_left(incident: Incident, segment: Segment) -> bool:
    return any(
        s.kind == StatementKind.FOLLOW_UP
        and s.segment == segment
        and s.state == StatementState.PUBLISHED
        for s in of_incident(incident)
    )
