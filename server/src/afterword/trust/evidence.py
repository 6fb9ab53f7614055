"""What an auditor asks for: every word held back, every error let through, every clock missed.

Each with its reason and the people who answer for it, for a period of UTC days.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from types import MappingProxyType
from typing import Any, Final

from afterword.audience.models import Segment
from afterword.commitments.models import CommitmentChange, CommitmentState
from afterword.components.models import Page
from afterword.fanout.models import Mailing, MailingState
from afterword.fanout.queries import about_of, is_demanded
from afterword.followups.models import Level, PlanLine
from afterword.incidents.clocks import end_of_day
from afterword.incidents.models import Decision, HeardOutside, Outcome, RecordVersion
from afterword.kit.timespans import iso_utc, long_utc
from afterword.postbox.models import LetterState
from afterword.postbox.queries import counts_about
from afterword.publishing.models import PanelSwitch
from afterword.statements.models import Bypass, Override, StatementState
from afterword.trust.incidents_seen import RANK
from afterword.trust.lookups import within
from afterword.trust.made_smaller import asked_on, made_smaller
from afterword.trust.measure import DAYS, in_words
from afterword.trust.measures.planned import planned_as_told, short_notice
from afterword.trust.measures.promises import MISSED, fates
from afterword.trust.missed_clocks import missed_clocks
from afterword.trust.periods import Period
from afterword.trust.rows import Rows, first_words, gather, incidents_of, versions_of
from afterword.trust.told_otherwise import imports

COLUMNS: Final = ("at", "kind", "incident", "title", "what", "reason", "people")


@dataclass(frozen=True)
class Evidence:
    """One act or omission. ``kind`` is ``decision``, ``follow-up`` (a plan for fewer people than
    was proposed), ``override``, ``unread``, ``hold``, ``letters`` (a run that was cancelled),
    ``promise`` (one put off, dropped, taken up again, or said afterwards to have been done on an
    earlier day), ``record`` (a version that told less than those before), ``planned``, ``heard`` (a
    note that nobody outside spoke first), ``import`` (what another page took back of an incident
    that came from there), ``clock`` or ``panel``, which is about no incident; ``people`` are names,
    in the order they acted in.
    """

    at: datetime
    kind: str
    incident: str
    title: str
    what: str
    reason: str = ""
    people: tuple[str, ...] = ()

    def row(self) -> tuple[str, ...]:
        """Return it under ``COLUMNS``."""
        return (
            iso_utc(self.at), self.kind, self.incident, self.title, self.what, self.reason,
            ", ".join(self.people),
        )  # fmt: skip

    def as_json(self) -> dict[str, Any]:
        """Return it as plain JSON. Times are ISO, UTC."""
        return dict(zip(COLUMNS, self.row(), strict=True)) | {"people": list(self.people)}


def evidence(page: Page, period: Period, *, now: datetime) -> list[Evidence]:
    """Return everything of the period, the oldest first."""
    return evidence_of(page, gather(page, period, now=now))


def evidence_of(page: Page, rows: Rows) -> list[Evidence]:
    """Return everything of the rows' period, where they are known already."""
    found = [
        *_decisions(page, rows.period),
        *_overrides(page, rows.period),
        *_unread(page, rows.period),
        *_switches(page, rows.period),
        *_holds(rows),
        *_plans(page, rows.period),
        *_cancelled(page, rows.period),
        *_promises(page, rows.period),
        *_records(page, rows),
        *_planned(rows),
        *_heard(page, rows.period),
        *_imports(page, rows.period),
        *_clocks(page, rows),
    ]
    return sorted(found, key=lambda each: (each.at, each.kind, each.incident))


def _decisions(page: Page, period: Period) -> Iterator[Evidence]:
    made = Decision.objects.filter(
        incident__page=page, decided_at__gte=period.began, decided_at__lt=period.ended
    ).select_related("incident", "decided_by", "second_person")
    for each in made:
        below = RANK.get(Outcome(each.outcome), 0) < RANK.get(Outcome(each.proposed), 0)
        if not below and each.outcome != Outcome.NONE:
            continue
        second = each.second_person
        waits = second is not None and each.confirmed_at is None
        table = f"row {each.row} of the table proposed {Outcome(each.proposed).label.lower()}"
        yield Evidence(
            at=each.decided_at,
            kind="decision",
            incident=each.incident.public_id,
            title=each.incident.title,
            what=f"{Outcome(each.outcome).label}; {table}"
            + ("; the second person has not agreed" if waits else "")
            + (f"; to be looked at again on {each.review_on}" if each.review_on else ""),
            reason=each.reason,
            people=(each.decided_by.name, *((second.name,) if second else ())),
        )


def _overrides(page: Page, period: Period) -> Iterator[Evidence]:
    made = Override.objects.filter(
        statement__incident__page=page,
        accepted_at__gte=period.began,
        accepted_at__lt=period.ended,
    ).select_related("statement__incident", "accepted_by", "second_person")
    for each in made:
        left = each.statement.state == StatementState.PUBLISHED
        kind = each.statement.get_kind_display().lower()
        yield Evidence(
            at=each.accepted_at,
            kind="override",
            incident=each.statement.incident.public_id,
            title=each.statement.incident.title,
            what=f"{each.rule} on “{each.quote[:200]}” in the {kind}"
            + ("" if each.counts else "; the second person has not agreed")
            + ("" if left else "; the text has not left"),
            reason=each.reason,
            people=(
                each.accepted_by.name,
                *((each.second_person.name,) if each.second_person else ()),
            ),
        )


def _unread(page: Page, period: Period) -> Iterator[Evidence]:
    made = Bypass.objects.filter(
        statement__incident__page=page, used_at__gte=period.began, used_at__lt=period.ended
    ).select_related("statement__incident", "used_by", "read_by")
    for each in made:
        read = "nobody has read it since"
        if each.read_by is not None:
            found = "stands" if each.stands else "does not stand"
            read = f"read afterwards: it {found}"
        yield Evidence(
            at=each.used_at,
            kind="unread",
            incident=each.statement.incident.public_id,
            title=each.statement.incident.title,
            what=f"The {each.statement.get_kind_display().lower()} left without a second reader; "
            + read,
            reason=each.reason,
            people=(each.used_by.name, *((each.read_by.name,) if each.read_by else ())),
        )


def _switches(page: Page, period: Period) -> Iterator[Evidence]:
    made = PanelSwitch.objects.filter(page=page, at__gte=period.began, at__lt=period.ended)
    for each in made.select_related("by"):
        yield Evidence(
            at=each.at,
            kind="panel",
            incident="",
            title="The public trust panel",
            what="Switched on" if each.is_on else "Switched off: readers see no figures of trust",
            reason=each.reason,
            people=(each.by.name,) if each.by else (),
        )


def _holds(rows: Rows) -> Iterator[Evidence]:
    for each in rows.held:
        until = f"until {long_utc(each['released_at'])}" if each["released_at"] else "still held"
        yield Evidence(
            at=each["placed_at"],
            kind="hold",
            incident=each["incident__public_id"],
            title=each["incident__title"],
            what=f"Everything held back, {until}",
            reason=each["reason"],
            people=(each["placed_by__name"],),
        )


def _clocks(page: Page, rows: Rows) -> Iterator[Evidence]:
    for each in missed_clocks(page, rows):
        yield Evidence(
            at=each.at, kind="clock", incident=each.about, title=each.title, what=each.what,
            people=(each.owner,) if each.owner else (),
        )  # fmt: skip
    for fate in fates(rows):
        if fate.group in MISSED:
            yield Evidence(
                at=end_of_day(fate.due),
                kind="clock",
                incident=fate.row["incident_id"],
                title=fate.row["what"],
                what=f"Promise missed: {fate.said}",
            )


def _planned(rows: Rows) -> Iterator[Evidence]:
    """Yield the planned work that readers could not plan for, or that was not what they were told.

    An incident called planned work is in no other list.
    """
    at_short_notice = {each.about: each for each in short_notice(rows).items}
    for item in planned_as_told(rows).items:
        said = [item.said] if item.whole and not item.part else []
        if short := at_short_notice.get(item.about):
            said.insert(0, short.said)
        if said:
            by = next((each.by for each in rows.planned if each.about == item.about), "")
            yield Evidence(
                at=item.at, kind="planned", incident=item.about, title=item.title,
                what=f"Planned work: {'; '.join(said)}", people=(by,) if by else (),
            )  # fmt: skip


def _heard(page: Page, period: Period) -> Iterator[Evidence]:
    """Yield the notes that nobody outside spoke before us: nothing but somebody's word for it."""
    made = HeardOutside.objects.filter(incident__page=page, nobody_before=True)
    for each in within(made, "noted_at", period).select_related("incident", "noted_by"):
        asked = each.repeat_questions
        yield Evidence(
            at=each.noted_at,
            kind="heard",
            incident=each.incident.public_id,
            title=each.incident.title,
            what="Noted that nobody outside spoke of it before our own first word"
            + ("" if asked is None else f"; questions answered already: {asked:,}"),
            people=(each.noted_by.name,) if each.noted_by else (),
        )


def _records(page: Page, rows: Rows) -> Iterator[Evidence]:
    """Yield the versions of the period that made a record smaller, whenever it was over."""
    period = rows.period
    saved = within(RecordVersion.objects.filter(incident__page=page), "saved_at", period)
    keys = set(saved.order_by().values_list("incident_id", flat=True))
    # Of what was over in the period the rows have everything already.
    others = sorted(keys - set(rows.incidents))
    incidents = {**rows.incidents, **incidents_of(others)}
    versions = {**rows.versions, **versions_of(others)}
    names = {incidents[pk]["public_id"]: pk for pk in others}
    words = {**rows.first_word, **first_words(page, names)}
    for pk in sorted(keys):
        each, of_it = incidents[pk], versions.get(pk, ())
        asked = asked_on(of_it, words.get(pk)) if of_it[1:] else ()
        for smaller in made_smaller(each, of_it, asked):
            if period.began <= smaller.at < period.ended:
                yield Evidence(
                    at=smaller.at, kind="record", incident=each["public_id"], title=each["title"],
                    what=f"The record made smaller: {smaller.said}", reason=smaller.reason,
                    people=(smaller.by,),
                )  # fmt: skip


def _imports(page: Page, period: Period) -> Iterator[Evidence]:
    for entry, incident, said in imports(page, period):
        yield Evidence(
            at=entry.at, kind="import", incident=incident["public_id"], title=incident["title"],
            what=f"An import from {entry.detail['source']} changed it: {'; '.join(said)}",
            people=(entry.actor_label.partition(" <")[0],),
        )  # fmt: skip


def _plans(page: Page, period: Period) -> Iterator[Evidence]:
    """Yield the lines of follow-up plans that reach fewer people than was proposed."""
    made = within(PlanLine.objects.filter(incident__page=page), "decided_at", period)
    for each in made.select_related("incident", "decided_by"):
        if _HOW_FAR[each.level] >= _HOW_FAR[each.proposed]:
            continue
        to, asked = (Level(level).label.lower() for level in (each.level, each.proposed))
        yield Evidence(
            at=each.decided_at,
            kind="follow-up",
            incident=each.incident.public_id,
            title=each.incident.title,
            what=f"{Segment(each.segment).label}: {to}, where {asked} was proposed",
            reason=each.reason,
            people=(each.decided_by.name,),
        )


_HOW_FAR: Final[Mapping[str, int]] = MappingProxyType(
    {level: place for place, level in enumerate(Level.values)}
)


def _cancelled(page: Page, period: Period) -> Iterator[Evidence]:
    """Yield the runs of letters that somebody cancelled, with how many never left."""
    runs = Mailing.objects.filter(publication__page=page, state=MailingState.CANCELLED)
    for each in within(runs, "steered_at", period).select_related("publication"):
        left_out = counts_about(about_of(each.publication))[LetterState.WITHDRAWN]
        demanded = is_demanded(each.publication)
        owed = ", which the law or a contract demands," if demanded else ""
        yield Evidence(
            at=each.steered_at,
            kind="letters",
            incident=each.publication.incident_id,
            title=each.publication.title,
            what=f"The letters of number {each.publication.number} "
            f"({each.publication.get_kind_display().lower()}){owed} were cancelled; "
            f"{left_out:,} never left",
            reason=each.because,
            people=(each.steered_by,) if each.steered_by else (),
        )


def _promises(page: Page, period: Period) -> Iterator[Evidence]:
    """Yield every act on a promise that could make it look better, told to readers or not."""
    made = CommitmentChange.objects.filter(commitment__incident__page=page)
    acts = within(made, "changed_at", period).select_related("commitment__incident", "changed_by")
    for each in acts.order_by("changed_at", "pk"):
        if said := _done_to_a_promise(each):
            yield Evidence(
                at=each.changed_at,
                kind="promise",
                incident=each.commitment.incident.public_id,
                title=each.commitment.what,
                what="; ".join(said),
                reason=each.after["dropped_because"] or each.note,
                people=(each.changed_by.name,) if each.changed_by else (),
            )


def _done_to_a_promise(change: CommitmentChange) -> list[str]:
    was, now, said = change.before, change.after, []
    if was["due"] and now["due"] and now["due"] > was["due"]:
        days = (date.fromisoformat(now["due"]) - date.fromisoformat(was["due"])).days
        said.append(f"Put off from {was['due']} to {now['due']} ({in_words(days, DAYS)})")
    if now["state"] != was["state"] == CommitmentState.DONE:
        said.append(f"Said to be done on {was['done_on']}, and taken up again")
    if now["state"] != was["state"] and now["state"] == CommitmentState.DROPPED:
        said.append(f"Dropped; it was due on {was['due']}")
    day = change.changed_at.astimezone(UTC).date().isoformat()
    if now["state"] == CommitmentState.DONE != was["state"] and now["done_on"] < day:
        said.append(f"Said to have been done on {now['done_on']}")
    return said
