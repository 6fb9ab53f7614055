"""Deciding, segment by segment, who gets more than the page; freezing who that is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.db import transaction

from afterword.accounts.models import Person
from afterword.accounts.permissions import Actor, require
from afterword.audience.actions.lists import Listed, freeze_list, replace_lists
from afterword.audience.models import RecipientList, Segment
from afterword.audience.queries.customers import (
    Counts,
    accounts_on,
    count_members,
    people_on,
)
from afterword.audit.actions import record_act
from afterword.followups import queries
from afterword.followups.figures import Own, own_figures
from afterword.followups.models import Level, PlanLine
from afterword.followups.people import MOST_SPECIFIC_FIRST, WHY_LEFT_OUT, WITH_A_LIST, Plan
from afterword.followups.plan import ALLOWED, Proposed
from afterword.followups.reckoning import Reckoning, counts, reckon
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

    A letter or personal contact freezes who is on the list at this moment: one message each, the
    most specific one, whichever segment was decided first. Raises BadInput for an unknown segment
    or level or a missing reason, WrongState when a letter would have no recipient.
    """
    require(actor, "plan_follow_up", page=incident.page_id)
    if not isinstance(actor, Person):
        raise NotAllowed("A follow-up is decided by a person, by name.")
    known, wanted = _segment_and_level(segment, level)
    reason = required_text(reason, field="reason", limit=MAX_REASON, single_line=False)
    with transaction.atomic():
        # Decisions of one incident come one after the other, so that no two lists overlap.
        list(Incident.objects.select_for_update(no_key=True).filter(pk=incident.pk).values("pk"))
        before = queries.lines_in_force(incident)
        levels = {Segment(s): Level(line.level) for s, line in before.items()} | {known: wanted}
        reckoned = reckon(incident, now)
        desk = _Desk(
            actor,
            now,
            incident,
            counts(incident, exactly=True),
            reckoned,
            levels,
            reckoned.under(levels),
        )
        line = desk.write(known, wanted, reason, desk.freeze_for(known, wanted))
        desk.settle_overlap(known, before)
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
    counts: Counts
    reckoned: Reckoning
    levels: Mapping[Segment, Level]
    plan: Plan

    def write(
        self, segment: Segment, level: Level, reason: str, frozen: RecipientList | None
    ) -> PlanLine:
        found = queries.proposals_now(self.incident, self.reckoned, self.levels)
        proposed = {p.segment: p for p in found}.get(segment) or Proposed(
            segment, Level.NONE, 0, "Nobody is in this group."
        )
        count = count_members(frozen.public_id) if frozen else proposed.count
        told = segment != Segment.DATA
        line = PlanLine.objects.create(
            incident=self.incident,
            segment=segment,
            level=level,
            proposed=proposed.level,
            reason=reason,
            count=count,
            accounts=len(accounts_on(frozen.public_id)) if frozen and told else None,
            tally=dict(self.plan.left_out),
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
                "left_out": dict(self.plan.left_out),
            },
        )
        return line

    def freeze_for(self, segment: Segment, level: Level) -> RecipientList | None:
        """Freeze the list that the level needs, if any. Raises WrongState for an empty one."""
        if level not in WITH_A_LIST:
            page, ref = self.incident.page, self.incident.public_id
            replace_lists(now=self.now, page=page, incident_ref=ref, segment=segment)
            return None
        people = self.reckoned.on_list(self.plan.letters[segment])
        if not people and self.plan.letters[segment]:
            raise WrongState(
                "Everybody in this group had their letter about this incident, and nobody gets a "
                "second one. What is decided now changes nothing about it."
            )
        if not people:
            raise WrongState(_nobody(segment, self.counts, self.plan))
        return self.freeze(segment, people)

    def freeze(self, segment: Segment, people: Sequence[Listed]) -> RecipientList:
        """Freeze a list, with the figures of each account's own. Raises WrongState when those
        disagree with the record.
        """
        if segment != Segment.DATA:
            accounts = {ref for one in people for ref in (one.account, *one.further)}
            own = own_figures(self.incident, accounts)
            if wrong := [each for one in own.values() for each in one.conflicts]:
                raise WrongState(
                    f"{' '.join(wrong[:3])} Mend the record, or what was measured of the account, "
                    "then decide again."
                )
            nothing = Own({})
            people = [
                replace(
                    one, what="", figures=own.get(one.account, nothing).plain,
                    further={ref: own.get(ref, nothing).plain for ref in one.further},
                )
                for one in people
            ]  # fmt: skip
        else:
            people = [replace(one, further={}) for one in people]
        return freeze_list(
            actor=self.actor,
            now=self.now,
            page=self.incident.page,
            incident_ref=self.incident.public_id,
            segment=segment,
            members=people,
        )

    def settle_overlap(self, decided: Segment, before: Mapping[str, PlanLine]) -> None:
        """Write less specific lists anew without those who get the more specific letter now, and
        with those who no longer do; not once their letter has left.
        """
        moved = _addresses(before.get(decided))
        for segment in MOST_SPECIFIC_FIRST[_rank(decided) + 1 :]:
            line = before.get(segment)
            if line is None or line.recipients is None or _has_left(self.incident, segment):
                continue
            listed = set(people_on(line.recipients.public_id))
            fitting = self.plan.letters[segment]
            people = {who: one for who, one in fitting.items() if who in listed or who in moved}
            if people.keys() == listed:
                continue
            fewer, more = len(listed - people.keys()), len(people.keys() - listed)
            reason = (
                f"Follows the list of {decided.label.lower()}, one message each: {fewer} left this "
                f"list, {more} came back. The decision of {long_utc(line.decided_at)} stands "
                "otherwise."
            )
            frozen = self.freeze(segment, self.reckoned.on_list(people))
            self.write(segment, Level(line.level), reason, frozen)
            moved = moved | (listed - people.keys())


def _rank(segment: Segment) -> int:
    known = segment in MOST_SPECIFIC_FIRST
    return MOST_SPECIFIC_FIRST.index(segment) if known else len(MOST_SPECIFIC_FIRST)


def _addresses(line: PlanLine | None) -> set[str]:
    return set(people_on(line.recipients.public_id)) if line and line.recipients else set()


def _nobody(segment: Segment, counts: Counts, plan: Plan) -> str:
    if segment == Segment.DATA:
        return (
            "Nobody is on the data-affected list of this incident, so a letter would reach no "
            "one. Import the list first, or decide for the page."
        )
    if segment == Segment.HIGH and not counts.hardest:
        return (
            "No account is marked as hit hardest, so a letter would reach no one. Bring what was "
            "measured of each account first, or decide for the page."
        )
    if counts.sla or counts.hardest:
        held = ", ".join(f"{n} {WHY_LEFT_OUT[why]}" for why, n in plan.left_out.items() if n)
        return (
            f"Everybody in this group gets a more specific letter, or none ({held or 'nobody'}). "
            "Whoever is on the data-affected list gets that letter. Decide for none or the page "
            "here."
        )
    if counts.sla_not_touched:
        return (
            "No account with an SLA uses what was affected, so a letter would reach no one. Decide "
            "for none or the page here."
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
