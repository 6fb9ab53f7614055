"""The clocks whose time came in a period and was missed, whenever their incident was over.

A clock belongs to the period it runs out in, so that each is in one report and none in none. What
is decided after its time undoes nothing.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from afterword.audience.models import Segment
from afterword.components.models import Page
from afterword.followups.models import PlanLine
from afterword.followups.people import WITH_A_LIST
from afterword.incidents.clocks import ClockFacts, owed_after
from afterword.incidents.models import Case, Recovery
from afterword.kit.timespans import long_utc
from afterword.publishing.models import Publication
from afterword.statements.models import Statement, StatementKind
from afterword.trust.incidents_seen import (
    Seen,
    closure_between,
    recoveries_ever,
    seen,
    was_declined,
)
from afterword.trust.lookups import Row, by_key, of_keys, within
from afterword.trust.measure import SECONDS, in_words
from afterword.trust.measures.silence import how_late, is_broken
from afterword.trust.periods import Period
from afterword.trust.rows import (
    Rows,
    decisions_of,
    incidents_of,
    interim_texts,
    turns_of,
    versions_of,
)

LONGEST_CLOCK: Final = timedelta(days=21)
"""No clock that starts when an incident is over runs longer: ten business days is the most."""


_ALL_OWED: Final = ClockFacts(follow_up_owed=True, sla_owed=True)


@dataclass(frozen=True)
class Missed:
    """A clock that ran out at ``at`` (UTC); ``owner`` is whose case it is, "" for nobody's."""

    at: datetime
    about: str
    title: str
    what: str
    owner: str = ""


def missed_clocks(page: Page, rows: Rows) -> list[Missed]:
    """Return every clock of the rows' period that was missed, promises of measures left out."""
    over = _lately_over(page, rows.period, rows.now)
    plans, letters = _plans(list(over.incidents)), _letters(list(over.incidents))
    found: dict[int, list[Missed]] = {}
    for each in seen(over):
        owed = _owed(over, each, plans.get(each.pk, ()), letters)
        missed = _once_each([one for one in owed if one.is_missed(rows.now)])
        due_here = [one for one in missed if rows.period.began <= one.due < rows.period.ended]
        if late := [_told(over, each, one) for one in due_here]:
            found[each.pk] = late
    owners = owners_of(list(found))
    return [
        Missed(each.at, each.about, each.title, each.what, owners.get(pk, ""))
        for pk, late in found.items()
        for each in late
    ] + [
        Missed(
            at=word["promised"],
            about=word["about"],
            title=word["title"],
            what=f"Readers were promised the next word by {long_utc(word['promised'])}; it "
            + (f"came {how_late(word, rows)} late" if word["came_at"] else "has not come"),
        )
        for word in rows.words
        if is_broken(word, rows)
    ]


@dataclass(frozen=True)
class _Clock:
    """``back`` is when the incident was open again, which ends the clock of a closure."""

    name: str
    due: datetime
    met: datetime | None
    back: datetime | None = None

    def is_missed(self, now: datetime) -> bool:
        return (self.met or self.back or now) > self.due


def _once_each(missed: Sequence[_Clock]) -> list[_Clock]:
    """Return every closure, and of what one text answers for good the clock that ran out first,
    whichever period that was in.
    """
    first: dict[str, _Clock] = {}
    for one in sorted(missed, key=lambda each: each.due):
        first.setdefault(one.name if one.name != "closure" else f"closure {one.due}", one)
    return [one for one in missed if one in first.values()]


def _lately_over(page: Page, period: Period, now: datetime) -> Rows:
    """Return what the clocks of a period need, of the incidents over in it or shortly before."""
    wider = Period(period.first - LONGEST_CLOCK, period.last)
    ends = within(Recovery.objects.filter(page=page, came_back=False), "at", wider)
    keys = sorted(set(ends.values_list("incident_id", flat=True)))
    incidents = incidents_of(keys)
    by_name = {each["public_id"]: pk for pk, each in incidents.items()}
    texts = Publication.objects.filter(page=page, kind__in=("closure", "summary")).order_by()
    columns = ("pk", "incident_id", "kind", "number", "source_id", "published_at", "audience")
    told = of_keys(texts.exclude(audience="list"), "incident_id", list(by_name), *columns)
    return Rows(
        period=wider,
        now=now,
        incidents=incidents,
        turns=turns_of(keys),
        told=by_key(({**each, "weight": ""} for each in told), "incident_id", by_name),
        interim=interim_texts(keys),
        decisions=decisions_of(keys),
        versions=versions_of(keys),
    )


def _owed(
    rows: Rows,
    each: Seen,
    plan: Sequence[Row],
    letters: Mapping[tuple[int, str], datetime],
) -> Iterator[_Clock]:
    """Yield the clocks of each time it was over: a closure is owed anew when it is over again, and
    a summary once.
    """
    for over_at, back in recoveries_ever(rows, each.pk):
        due = {one.name: one.due_at for one in owed_after(over_at, each.severity, _ALL_OWED)}
        closed = closure_between(rows, each.pk, over_at, back)
        yield _Clock("closure", due["closure"], closed, back)
        if over_at == each.first_over_at:
            yield from _summaries_owed(rows, each, due)
        yield from _letters_clocks(each, due, plan, letters)


def _summaries_owed(rows: Rows, each: Seen, due: Mapping[str, datetime]) -> Iterator[_Clock]:
    interim = due.get("interim summary")
    if interim is not None and _is_interim_owed(rows, each, interim):
        yield _Clock("interim summary", interim, _first_words_of_why(rows, each))
    if _is_summary_owed(rows, each, due["summary"]):
        yield _Clock("summary", due["summary"], each.summary_at)


def _letters_clocks(
    each: Seen,
    due: Mapping[str, datetime],
    plan: Sequence[Row],
    letters: Mapping[tuple[int, str], datetime],
) -> Iterator[_Clock]:
    """Yield the clocks of letters, which need not be written twice."""
    for name in ("follow-up", "service level result"):
        wanted = _letters_owed(plan, by=due[name])
        if name == "service level result":
            wanted &= {Segment.SLA}
        if wanted:
            left = [letters.get((each.pk, segment)) for segment in wanted]
            yield _Clock(name, due[name], _last(left))


def _is_summary_owed(rows: Rows, each: Seen, due: datetime) -> bool:
    """Whether nobody had declined a summary by then, or one was chosen or came all the same.

    Where the table asked for one and two people declined it in time, the decision is what is
    listed, and not a clock.
    """
    if not was_declined(rows, each.pk, due):
        return True
    return each.summary_at is not None or not was_declined(rows, each.pk, rows.now)


def _is_interim_owed(rows: Rows, each: Seen, due: datetime) -> bool:
    """Whether an interim text was owed and the cause was not known by then.

    What was confirmed later does not undo it.
    """
    known = [one for one in rows.versions.get(each.pk, ()) if one["saved_at"] <= due]
    is_known = bool(known) and known[-1]["confidence"] == "confirmed"
    return not is_known and _is_summary_owed(rows, each, due)


def _first_words_of_why(rows: Rows, each: Seen) -> datetime | None:
    """Return when the first summary left after it was over, an interim one or a full one."""
    found = [
        text["published_at"]
        for text in rows.told.get(each.pk, ())
        if text["kind"] == StatementKind.SUMMARY and text["published_at"] >= each.first_over_at
    ]
    return min(found, default=None)


def _told(rows: Rows, each: Seen, clock: _Clock) -> Missed:
    late = in_words(((clock.met or rows.now) - clock.due).total_seconds(), SECONDS)
    done = f"came {late} late" if clock.met else f"has not come; overdue by {late}"
    if clock.back and not clock.met:
        late = in_words((clock.back - clock.due).total_seconds(), SECONDS)
        done = f"had not come when it was open again, {late} later"
    return Missed(
        at=clock.due,
        about=each.about,
        title=each.title,
        what=f"The {clock.name} was due on {long_utc(clock.due)} (severity {each.severity}) "
        f"and {done}",
    )


def _plans(keys: Sequence[int]) -> dict[int, list[Row]]:
    lines = PlanLine.objects.order_by("decided_at", "pk")
    columns = ("incident_id", "segment", "level", "decided_at")
    return by_key(of_keys(lines, "incident_id", keys, *columns), "incident_id")


def _letters(keys: Sequence[int]) -> dict[tuple[int, str], datetime]:
    """Return when the first letter of each segment left, by incident and segment."""
    written = Statement.objects.filter(
        published_at__isnull=False, kind__in=(StatementKind.FOLLOW_UP, StatementKind.DATA_NOTICE)
    ).order_by("-published_at")
    columns = ("incident_id", "segment", "published_at")
    return {
        (each["incident_id"], each["segment"]): each["published_at"]
        for each in of_keys(written, "incident_id", keys, *columns)
    }


def _letters_owed(plan: Sequence[Row], *, by: datetime) -> set[str]:
    """Return the segments that were owed a letter by an instant, or are owed one now.

    A plan that is made smaller afterwards takes nothing back.
    """
    levels_then = {one["segment"]: one["level"] for one in plan if one["decided_at"] <= by}
    levels_now = {one["segment"]: one["level"] for one in plan}
    return {
        segment
        for levels in (levels_then, levels_now)
        for segment, level in levels.items()
        if level in WITH_A_LIST
    }


def _last(times: Sequence[datetime | None]) -> datetime | None:
    done = [each for each in times if each is not None]
    return max(done) if len(done) == len(times) else None


def owners_of(keys: Sequence[int]) -> dict[int, str]:
    """Return whose case each of these incidents is, by key; nobody's is left out."""
    cases = Case.objects.filter(owner__isnull=False).order_by()
    found = of_keys(cases, "incident_id", keys, "incident_id", "owner__name")
    return {each["incident_id"]: each["owner__name"] for each in found}
