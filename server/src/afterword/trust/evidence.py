"""What an auditor asks for: every word held back, every error let through, every clock missed.

Each with its reason and the people who answer for it, for a period of UTC days.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from afterword.components.models import Page
from afterword.followups.models import PlanLine
from afterword.followups.plan import WITH_A_LIST
from afterword.incidents.clocks import (
    FOLLOW_UP_BUSINESS_DAYS,
    ClockFacts,
    add_business_days,
    end_of_day,
    owed_after,
)
from afterword.incidents.models import Decision, Outcome
from afterword.kit.timespans import iso_utc, long_utc
from afterword.publishing.models import PanelSwitch
from afterword.statements.models import (
    Bypass,
    Override,
    Statement,
    StatementKind,
    StatementState,
)
from afterword.trust.incidents_seen import RANK, Seen, seen
from afterword.trust.measure import SECONDS, in_words
from afterword.trust.measures.promises import SILENT, WITH_NOTICE, fates
from afterword.trust.periods import Period
from afterword.trust.rows import AT_ONCE, Rows, gather

COLUMNS: Final = ("at", "kind", "incident", "title", "what", "reason", "people")


@dataclass(frozen=True)
class Evidence:
    """One act or omission. ``kind`` is ``decision``, ``override``, ``unread``, ``hold``, ``clock``
    or ``panel``, which is about no incident; ``people`` are names, in the order they acted in.
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
        *_clocks(rows),
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


def _clocks(rows: Rows) -> Iterator[Evidence]:
    letters = _letters(rows)
    for each in seen(rows):
        none = each.decided is not None and each.decided["outcome"] == Outcome.NONE
        yield from _missed(rows, each, "closure", each.due["closure"], each.closure_at)
        if not none or each.summary_at is not None:
            if (due := _interim_due(rows, each)) is not None:
                met = _first_words_of_why(rows, each)
                yield from _missed(rows, each, "interim summary", due, met)
            yield from _missed(rows, each, "summary", each.due["summary"], each.summary_at)
        if each.pk in letters:
            days = FOLLOW_UP_BUSINESS_DAYS.get(each.severity, 2)
            due = add_business_days(each.over_at, days)
            yield from _missed(rows, each, "follow-up", due, letters[each.pk])
    for fate in fates(rows):
        if fate.group in {SILENT, WITH_NOTICE}:
            yield Evidence(
                at=end_of_day(fate.due),
                kind="clock",
                incident=fate.row["incident_id"],
                title=fate.row["what"],
                what=f"Promise missed: {fate.group}",
            )


def _interim_due(rows: Rows, each: Seen) -> datetime | None:
    """Return by when an interim text was owed; None where none is, or the cause was known by then.

    What was confirmed later does not undo it.
    """
    owed = owed_after(each.over_at, each.severity, ClockFacts(cause_confirmed=False))
    due = next((clock.due_at for clock in owed if clock.name == "interim summary"), None)
    if due is None:
        return None
    known = [one for one in rows.versions.get(each.pk, ()) if one["saved_at"] <= due]
    return None if known and known[-1]["confidence"] == "confirmed" else due


def _first_words_of_why(rows: Rows, each: Seen) -> datetime | None:
    """Return when the first summary left after it was over, an interim one or a full one."""
    found = [
        text["published_at"]
        for text in rows.told.get(each.pk, ())
        if text["kind"] == StatementKind.SUMMARY and text["published_at"] >= each.over_at
    ]
    return min(found, default=None)


def _missed(
    rows: Rows, each: Seen, name: str, due: datetime, met: datetime | None
) -> Iterator[Evidence]:
    late = ((met or rows.now) - due).total_seconds()
    if late <= 0:
        return
    done = "came" if met else "has not come; overdue by"
    tail = f"{in_words(late, SECONDS)} late" if met else in_words(late, SECONDS)
    yield Evidence(
        at=due,
        kind="clock",
        incident=each.about,
        title=each.title,
        what=f"The {name} was due on {long_utc(due)} (severity {each.severity}) and {done} {tail}",
    )


def _letters(rows: Rows) -> dict[int, datetime | None]:
    """Return by incident that owes letters when the last left; None while one is missing."""
    keys = list(rows.incidents)
    owed: dict[int, dict[str, str]] = {}
    left: dict[tuple[int, str], datetime] = {}
    for at in range(0, len(keys), AT_ONCE):
        some = keys[at : at + AT_ONCE]
        for line in PlanLine.objects.filter(incident__in=some).order_by("decided_at", "pk"):
            owed.setdefault(line.incident_id, {})[line.segment] = line.level
        letters = Statement.objects.filter(
            incident__in=some, published_at__isnull=False, kind__in=("follow_up", "data_notice")
        )
        for each in letters.order_by("-published_at"):
            if each.published_at is not None:
                left[each.incident_id, each.segment] = each.published_at
    return {
        pk: _last([left.get((pk, segment)) for segment in wanted])
        for pk, levels in owed.items()
        if (wanted := _with_a_list(levels))
    }


def _with_a_list(levels: Mapping[str, str]) -> list[str]:
    return [segment for segment, level in levels.items() if level in WITH_A_LIST]


def _last(times: Sequence[datetime | None]) -> datetime | None:
    done = [each for each in times if each is not None]
    return max(done) if len(done) == len(times) else None
