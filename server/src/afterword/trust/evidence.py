"""What an auditor asks for: every word held back, every error let through, every clock missed.

Each with its reason and the people who answer for it, for a period of UTC days.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from types import MappingProxyType
from typing import Any, Final

from django.db.models import Q

from afterword.audience.models import Segment
from afterword.commitments.models import Commitment, CommitmentChange, CommitmentState
from afterword.components.models import Page
from afterword.fanout.models import Mailing, MailingState
from afterword.fanout.queries import about_of, is_demanded
from afterword.followups.models import Level, PlanLine
from afterword.incidents.clocks import end_of_day
from afterword.incidents.models import (
    Decision,
    HeardOutside,
    Outcome,
    Status,
    Update,
)
from afterword.kit.garbage import seldom_collecting
from afterword.kit.postgresql.plans import found_by_index
from afterword.kit.timespans import iso_utc, long_utc
from afterword.postbox.models import LetterState
from afterword.postbox.queries import counts_about
from afterword.publishing.corrections import RETRACTION
from afterword.publishing.models import PanelSwitch, PublicationKind
from afterword.statements.models import Bypass, Override, StatementState
from afterword.trust.acts_told import name_of, reopening, retracting
from afterword.trust.endings import Ending, endings
from afterword.trust.incidents_seen import RANK
from afterword.trust.lookups import of_keys, within
from afterword.trust.measure import DAYS, SECONDS, in_words
from afterword.trust.measures.hiding import more_known_than_told, records_made_smaller
from afterword.trust.measures.planned import planned_as_told, short_notice
from afterword.trust.measures.promises import fates
from afterword.trust.missed_clocks import missed_clocks, owners_of
from afterword.trust.periods import Period
from afterword.trust.rows import Rows, first_words, gather
from afterword.trust.told_otherwise import imports

LONG_AFTER: Final = timedelta(days=1)
"""What is written down so long after its own start is listed; people may find out that late."""
COLUMNS: Final = ("at", "kind", "incident", "title", "what", "reason", "people")


@dataclass(frozen=True)
class Evidence:
    """One act or omission. ``kind`` is ``decision``, ``follow-up`` (a plan for fewer people than
    was proposed), ``override``, ``unread``, ``hold``, ``letters`` (a run that was cancelled),
    ``promise`` (one put off, dropped, taken up again, or said afterwards to have been done on an
    earlier day), ``record`` (a version that told less than those before), ``untold`` (what a record
    knew and no text on the page told in time), ``planned``, ``heard`` (a note that we were first,
    or that nobody asked again), ``retraction``, ``reopened``,
    ``afterwards`` (written down when it was over, or a day or more after it began), ``import``
    (what another page took back of an incident that came from there), ``over`` (said to be over
    long after it ended), ``clock`` or
    ``panel``, which is about no incident; ``people`` are names, in the order they acted in.
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


@seldom_collecting()
@found_by_index()
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
        *_records(rows),
        *_untold(rows),
        *_planned(rows),
        *_heard(page, rows.period),
        *_imports(page, rows.period),
        *_retractions(rows),
        *_reopenings(rows),
        *_written_afterwards(rows),
        *_dated_back(rows),
        *_over_late(rows),
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
    missed = [fate for fate in fates(rows) if fate.is_missed]
    owners = _promise_owners([fate.row["commitment_id"] for fate in missed])
    for fate in missed:
        owner = owners.get(fate.row["commitment_id"], "")
        yield Evidence(
            at=end_of_day(fate.due),
            kind="clock",
            incident=fate.row["incident_id"],
            title=fate.row["what"],
            what=f"Promise missed: {fate.said}",
            people=(owner,) if owner else (),
        )


def _promise_owners(names: Iterable[str]) -> dict[str, str]:
    """Return whom the team named as the owner of each promise, by its id; none where it did not."""
    rows = Commitment.objects.exclude(owner_name="").order_by()
    found = of_keys(rows, "public_id", sorted(set(names)), "public_id", "owner_name")
    return {each["public_id"]: each["owner_name"] for each in found}


def _over_late(rows: Rows) -> Iterator[Evidence]:
    """Yield what readers were told is over later than a closure would have been due, had its clock
    run from the end that the record names. Whether a fix was watched that long nobody judges here.
    """
    late = [
        each
        for each in endings(rows)
        if (due := each.due_at) is not None and (each.over_at or rows.now) > due
    ]
    keys = sorted({each.pk for each in late})
    owners, said_by = owners_of(keys), _who_said_over(keys)
    for each in late:
        people = (
            said_by.get((each.pk, each.over_at)) if each.over_at else None,
            owners.get(each.pk),
        )
        yield Evidence(
            at=each.at, kind="over", incident=each.about, title=each.title,
            what=_how_late(each, rows.now),
            people=tuple(dict.fromkeys(name for name in people if name)),
        )  # fmt: skip


def _how_late(each: Ending, now: datetime) -> str:
    waited = in_words(each.waited(now), SECONDS)
    said = "Said to be over" if each.over_at else "Not said to be over,"
    ended = long_utc(each.ended_at) if each.ended_at else ""
    return (
        f"{said} {waited} after its impact ended on {ended}, as its record has it "
        f"(severity {each.severity})"
    )


def _who_said_over(keys: list[int]) -> dict[tuple[int, datetime], str]:
    """Return who told readers that it is over, by incident and instant."""
    words = Update.objects.filter(status=Status.RESOLVED).order_by()
    found = of_keys(words, "incident_id", keys, "incident_id", "created_at", "author_label")
    return {
        (each["incident_id"], each["created_at"]): name_of(each["author_label"]) for each in found
    }


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
    """Yield the notes that make us look good: nothing but somebody's word for it.

    That nobody outside spoke before us, that the first who did came after our own first word, or
    that nobody asked again.
    """
    made = HeardOutside.objects.filter(incident__page=page).filter(
        Q(nobody_before=True) | Q(first_at__isnull=False) | Q(repeat_questions=0)
    )
    notes = list(within(made, "noted_at", period).select_related("incident", "noted_by"))
    words = first_words(page, {each.incident.public_id: each.incident_id for each in notes})
    for each in notes:
        said = _looks_good(each, words.get(each.incident_id))
        if not said:
            continue
        yield Evidence(
            at=each.noted_at,
            kind="heard",
            incident=each.incident.public_id,
            title=each.incident.title,
            what=f"Noted that {said}",
            people=(each.noted_by.name,) if each.noted_by else (),
        )


def _records(rows: Rows) -> Iterator[Evidence]:
    """Yield the versions of the period that made a record smaller, whenever it was over."""
    for incident, smaller in records_made_smaller(rows):
        if rows.period.began <= smaller.at < rows.period.ended:
            yield Evidence(
                at=smaller.at, kind="record", incident=incident["public_id"],
                title=incident["title"], what=f"The record made smaller: {smaller.said}",
                reason=smaller.reason, people=(smaller.by,),
            )  # fmt: skip


def _untold(rows: Rows) -> Iterator[Evidence]:
    """Yield what became known in the period and was not told in time, whenever it was over."""
    for incident, each in more_known_than_told(rows):
        if rows.period.began <= each.since < rows.period.ended:
            yield Evidence(
                at=each.since, kind="untold", incident=incident["public_id"],
                title=incident["title"], what=f"Known, and not told: {each.in_full(rows.now)}",
                reason=each.reason, people=(each.by,),
            )  # fmt: skip


def _looks_good(note: HeardOutside, first_word: datetime | None) -> str:
    """Return what a note says in our favour, in words; "" for nothing."""
    said, asked = [], note.repeat_questions
    if note.nobody_before:
        said.append("nobody outside spoke of it before our own first word")
    if note.first_at is not None and first_word is not None and first_word <= note.first_at:
        after = in_words((note.first_at - first_word).total_seconds(), SECONDS)
        said.append(
            f"the first outside who spoke of it did on {long_utc(note.first_at)}, {after} after "
            "our own first word"
        )
    if asked == 0:
        said.append("nobody asked again what the summary answers")
    elif said and asked is not None:
        said.append(f"questions answered already: {asked:,}")
    return "; ".join(said)


def _retractions(rows: Rows) -> Iterator[Evidence]:
    made = [each for each in rows.corrections if each["weight"] == RETRACTION]
    acts = retracting(made)
    for each in made:
        kind = PublicationKind(each["corrects__kind"]).label.lower()
        yield Evidence(
            at=each["published_at"], kind="retraction", incident=each["incident_id"],
            title=each["title"], what=f"Number {each['corrects__number']} ({kind}) was taken back",
            reason=acts[each["pk"]].reason, people=acts[each["pk"]].people,
        )  # fmt: skip


def _reopenings(rows: Rows) -> Iterator[Evidence]:
    for each in rows.came_back:
        act = reopening(each)
        yield Evidence(
            at=each["at"], kind="reopened", incident=each["incident__public_id"],
            title=each["incident__title"], what="Open again after it was said to be over",
            reason=act.reason, people=act.people,
        )  # fmt: skip


def _written_afterwards(rows: Rows) -> Iterator[Evidence]:
    """Yield what was written down within the period when it was over, whenever it began."""
    for each in rows.written:
        began, ended = each["incident__started_at"], each["incident__resolved_at"]
        until = f" until {long_utc(ended)}" if ended else ""
        author = name_of(each["author_label"])
        yield Evidence(
            at=each["created_at"], kind="afterwards", incident=each["incident__public_id"],
            title=each["incident__title"],
            what=f"Written down only when it was over: from {long_utc(began)}{until}, "
            f"severity {each['incident__severity']}",
            people=(author,) if author else (),
        )  # fmt: skip


def _dated_back(rows: Rows) -> Iterator[Evidence]:
    """Yield what was written down within the period a day or more after it began: whoever writes it
    down chooses its start, and with that in which period it began and what was before it.
    """
    for each in rows.dated_back:
        began = each["incident__started_at"]
        after = each["created_at"] - began
        if after >= LONG_AFTER:
            author = name_of(each["author_label"])
            yield Evidence(
                at=each["created_at"], kind="afterwards", incident=each["incident__public_id"],
                title=each["incident__title"],
                what=f"Written down {in_words(after.total_seconds(), SECONDS)} after it began on "
                f"{long_utc(began)}, severity {each['incident__severity']}",
                people=(author,) if author else (),
            )  # fmt: skip


def _imports(page: Page, period: Period) -> Iterator[Evidence]:
    for entry, incident, said in imports(page, period):
        yield Evidence(
            at=entry.at, kind="import", incident=incident["public_id"], title=incident["title"],
            what=f"An import from {entry.detail['source']} changed it: {'; '.join(said)}",
            people=(name_of(entry.actor_label),),
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
