"""One case as all rooms know it: gathered here, because only an entry room may see them all."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from afterword.audience.models import Segment
from afterword.commitments import queries as commitments
from afterword.commitments.models import Commitment
from afterword.commitments.states import OPEN
from afterword.components.models import Page
from afterword.desk.drift import Drift, drift_of
from afterword.desk.promises_told import Told, told_of
from afterword.followups import queries as followups
from afterword.followups.plan import WITH_A_LIST
from afterword.followups.queries import SegmentPlan
from afterword.incidents import queries as incidents
from afterword.incidents.clocks import Clock, ClockFacts, Promise, clocks
from afterword.incidents.models import Case, Decision, Incident, RecordVersion, Update
from afterword.incidents.record import gaps, starting_record
from afterword.incidents.steps import (
    POSTMORTEM_FROM_SEVERITY,
    CaseFacts,
    Step,
    derive_steps,
    open_steps,
)
from afterword.postmortems import queries as postmortems
from afterword.postmortems.queries import Standing as ReviewStanding
from afterword.publishing.corrections import withdrawn_by
from afterword.publishing.departures import newest_departures
from afterword.publishing.ledger import everything_about
from afterword.publishing.models import Departure, DepartureState, Publication
from afterword.statements import queries as statements
from afterword.statements.models import Bypass, Revision, Statement, StatementKind, StatementState
from afterword.statements.queries import Approval

LETTER_KINDS = {
    Segment.DATA: (StatementKind.DATA_NOTICE, StatementKind.FOLLOW_UP),
    Segment.SLA: (StatementKind.FOLLOW_UP,),
    Segment.HIGH: (StatementKind.FOLLOW_UP,),
}
CLOCK_OF_STEP = {
    1: ("closure",),
    # The summary waits for the decision, so its clock runs for both.
    2: ("interim summary", "summary"),
    4: ("interim summary", "summary"),
    6: ("internal review",),
    7: ("follow-up", "service level result"),
}


@dataclass(frozen=True)
class Written:
    """A statement with what its page and the lists say of it."""

    statement: Statement
    newest: Revision
    approval: Approval
    departure: Departure | None = None

    @property
    def state(self) -> str:
        return self.statement.state

    @property
    def name(self) -> str:
        """The kind of text in words: ``Summary``, ``Interim summary``."""
        kind = str(self.statement.get_kind_display())
        if self.statement.corrects:
            return f"{kind} of number {self.statement.corrects}"
        return f"Interim {kind.lower()}" if self.statement.interim else kind

    @property
    def leaves_at(self) -> datetime | None:
        """When it leaves by itself, None when it does not."""
        waits = self.departure is not None and self.departure.state == DepartureState.WAITING
        return self.departure.leave_at if waits and self.departure else None

    @property
    def did_not_leave(self) -> str:
        """Why it did not leave when its time came; empty for what was never to or has left."""
        if self.departure is None or self.departure.state != DepartureState.REFUSED:
            return ""
        return "" if self.state == StatementState.PUBLISHED else self.departure.why

    @property
    def is_for(self) -> str:
        """Who a letter is for, in words; empty for texts that are for everybody."""
        return Segment(self.statement.segment).label if self.statement.segment else ""


@dataclass(frozen=True)
class CaseView:
    incident: Incident
    case: Case | None
    record: RecordVersion | None
    data: Mapping[str, Any]
    updates: list[Update]
    written: list[Written]
    decision: Decision | None
    plan: list[SegmentPlan]
    promises: list[Commitment]
    publications: list[Publication]
    review: ReviewStanding | None
    drift: Drift
    told: Told
    steps: tuple[Step, ...]
    clocks: list[Clock]
    came_back: datetime | None = None
    unread: bool = False

    @property
    def marked_promises(self) -> list[tuple[Commitment, str]]:
        """The promises, each with what readers do not know of it yet; "" when they know it."""
        return [(each, self.told.mark(each)) for each in self.promises]

    @property
    def owed(self) -> tuple[str, ...]:
        """The names of the steps that keep the case open."""
        unread = ("Reading what left unread",) if self.unread else ()
        return (*open_steps(self.steps), *unread)

    def correction_of(self, number: int) -> Written | None:
        """Return the correction of a publication that is being worked on."""
        under_way = (
            w
            for w in self.written
            if w.statement.corrects == number and w.state != StatementState.PUBLISHED
        )
        return next(under_way, None)

    def text(self, kind: str, segment: str = "") -> Written | None:
        """Return the text of this kind that is being worked on, or the newest published one.

        A published interim text counts as none: the full one is still to be written.
        """
        found = [
            w
            for w in self.written
            if w.statement.kind == kind and (not segment or w.statement.segment == segment)
        ]
        if kind == StatementKind.CLOSURE:
            found = _closures_that_count(found, self.came_back)
        unpublished = [w for w in found if w.state != StatementState.PUBLISHED]
        line = next((p.line for p in self.plan if segment and p.segment == segment), None)
        if line is not None:
            found = [w for w in found if followups.is_for_list(line, w.statement.published_at)]
        full = [w for w in found if not w.statement.interim]
        return next(reversed(unpublished or full), None)

    def clock_of(self, step: Step) -> Clock | None:
        """Return the clock that runs for a step and is not met; the one that runs out first."""
        names = CLOCK_OF_STEP.get(step.number, ())
        return next((c for c in self.clocks if c.name in names and c.met_at is None), None)


def gather(
    page: Page, incident: Incident, now: datetime, unread: Sequence[Bypass] | None = None
) -> CaseView:
    """Return everything the desk shows of a case. Reads only.

    ``unread`` is what left the page without a second person, for whom asks about several cases.
    """
    unread = statements.unread(page.pk) if unread is None else unread
    case = incidents.case_of(incident)
    record = incidents.current_record(incident)
    data = record.data if record else starting_record(incident)
    publications = everything_about(page, incident.public_id)
    withdrawn = _withdrawn_sources(publications)
    came_back = incidents.reopened_at(incident)
    texts = [s for s in statements.of_incident(incident) if s.public_id not in withdrawn]
    departures = newest_departures(s.public_id for s in texts) if texts else {}
    written = [
        Written(
            s, statements.newest_revision(s), statements.approval(s), departures.get(s.public_id)
        )
        for s in texts
    ]
    decision = incidents.latest_decision(incident)
    pending = incidents.pending_decision(incident)
    promises = commitments.of_incident(incident)
    plan = followups.plan_of(incident)
    updates = incidents.updates_of(incident)
    review = postmortems.standing_of(incident)
    drift = drift_of(publications, data)
    told = told_of(promises, publications)
    counting = _closures_that_count(written, came_back)
    facts = CaseFacts(
        severity=_severity(incident, data),
        record_gaps=gaps(data),
        goes_on=not incident.is_over and case is not None,
        closure_published=_published_at(counting, StatementKind.CLOSURE) is not None,
        summary_published=_published_at(written, StatementKind.SUMMARY) is not None,
        outcome=decision.outcome if decision else None,
        decision_waits_for=pending.second_person.name if pending and pending.second_person else "",
        commitments=len(promises),
        commitments_open=sum(p.state in OPEN for p in promises),
        commitments_overdue=sum(commitments.is_overdue(p, now.date()) for p in promises),
        commitments_changed=len(told.changed),
        commitments_untold=len(told.fresh),
        postmortem=review.state if review else "",
        segments=tuple(p.segment for p in plan),
        undecided_segments=tuple(p.segment for p in plan if p.line is None),
        unsent=tuple(p.segment for p in plan if _is_unsent(p, written)),
        forgotten=followups.count_forgotten(incident),
        in_review=tuple(
            w.statement.kind
            for w in written
            if w.state in {StatementState.IN_REVIEW, StatementState.APPROVED}
        ),
        record_changed_since=(drift.kind,) if drift.is_there else (),
    )
    return CaseView(
        incident=incident,
        case=case,
        record=record,
        data=data,
        updates=updates,
        written=written,
        decision=decision,
        plan=plan,
        promises=promises,
        publications=publications,
        review=review,
        drift=drift,
        told=told,
        came_back=came_back,
        unread=any(b.statement.incident_id == incident.pk for b in unread),
        steps=derive_steps(facts),
        clocks=clocks(
            incident,
            case,
            facts.severity,
            replace(
                _clock_facts(counting, plan, promises, updates, data, decision),
                review_owed=facts.severity <= POSTMORTEM_FROM_SEVERITY,
                review_at=review.final_at if review else None,
            ),
        ),
    )


def _closures_that_count(written: Sequence[Written], came_back: datetime | None) -> list[Written]:
    """Return the texts without the closures of a time before the incident came back."""
    return [
        w
        for w in written
        if came_back is None
        or w.statement.kind != StatementKind.CLOSURE
        or w.statement.published_at is None
        or w.statement.published_at > came_back
    ]


def _withdrawn_sources(publications: Sequence[Publication]) -> frozenset[str]:
    """Return the texts that were taken back: they answer nothing any more."""
    withdrawn = withdrawn_by(publications)
    return frozenset(p.source_id for p in publications if p.pk in withdrawn)


def _clock_facts(
    written: Sequence[Written],
    plan: Sequence[SegmentPlan],
    promises: Sequence[Commitment],
    updates: Sequence[Update],
    data: Mapping[str, Any],
    decision: Decision | None,
) -> ClockFacts:
    lines = {p.segment: p.line for p in plan if p.line and p.line.level in WITH_A_LIST}
    return ClockFacts(
        closure_at=_published_at(written, StatementKind.CLOSURE),
        interim_at=_published_at(written, StatementKind.SUMMARY, interim=True),
        summary_at=_published_at(written, StatementKind.SUMMARY),
        follow_up_at=_letters_at(lines, written),
        sla_result_at=_letters_at({k: v for k, v in lines.items() if k == Segment.SLA}, written),
        last_update_at=updates[-1].display_at if updates else None,
        cause_confirmed=(data.get("cause") or {}).get("confidence") == "confirmed",
        outcome=decision.outcome if decision else None,
        follow_up_owed=bool(lines),
        sla_owed=Segment.SLA in lines,
        promises=[Promise(p.what, p.due, _kept_at(p)) for p in promises if p.due],
    )


def _published_at(
    written: Sequence[Written], kind: str, *, interim: bool = False
) -> datetime | None:
    found = [
        w.statement.published_at
        for w in written
        if w.statement.kind == kind
        and w.statement.interim == interim
        and w.statement.published_at is not None
    ]
    return min(found) if found else None


def _letters_at(lines: Mapping[Any, Any], written: Sequence[Written]) -> datetime | None:
    """Return when the last of the letters owed went out; None while one is missing."""
    sent = [_letter_at(segment, written) for segment in lines]
    done = [at for at in sent if at is not None]
    return max(done) if done and len(done) == len(sent) else None


def _letter_at(segment: Any, written: Sequence[Written]) -> datetime | None:
    found = [
        w.statement.published_at
        for w in written
        if w.statement.segment == segment
        and w.statement.kind in LETTER_KINDS.get(segment, ())
        and w.statement.published_at is not None
    ]
    return min(found) if found else None


def _is_unsent(planned: SegmentPlan, written: Sequence[Written]) -> bool:
    line = planned.line
    if line is None or line.level not in WITH_A_LIST:
        return False
    theirs = [w for w in written if followups.is_for_list(line, w.statement.published_at)]
    return _letter_at(planned.segment, theirs) is None


def _kept_at(promise: Commitment) -> datetime | None:
    """A promise dropped openly stops its clock as one that was kept does."""
    if promise.state in OPEN:
        return None
    changed = commitments.changes_of(promise)
    return changed[-1].changed_at if changed else promise.created_at


def _severity(incident: Incident, data: Mapping[str, Any]) -> int:
    said = (data.get("incident") or {}).get("severity")
    return said if isinstance(said, int) and 1 <= said <= 4 else incident.severity
