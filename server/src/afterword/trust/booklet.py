"""The report of a period to hand over: to a customer, or to an auditor. Reads; writes no files."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from django.utils.safestring import SafeString

from afterword.components.models import Page
from afterword.kit.garbage import seldom_collecting
from afterword.kit.postgresql.plans import found_by_index
from afterword.trust import charts
from afterword.trust.evidence import Evidence, evidence_of
from afterword.trust.measure import FEWEST, Item, Measure
from afterword.trust.measures.promises import FATES
from afterword.trust.outward import STAY_INSIDE, is_listed, listed, outward, unlisted
from afterword.trust.periods import Period
from afterword.trust.report import Report, report_of
from afterword.trust.rows import gather

LISTED: Final = 100
EVIDENCE_LISTED: Final = 1_000


class Audience(StrEnum):
    """Whom it is for. A customer gets nothing from inside; an auditor gets people and reasons."""

    CUSTOMER = "customer"
    AUDITOR = "auditor"


HOW_TO_READ: Final = (
    "Days are UTC, and both ends of the period belong to it.",
    "Nobody chose what is in it: the measures are the same each time, good or bad. There is no "
    "score.",
    f"n is how many were counted. Of fewer than {FEWEST} incidents, promises or answers (each "
    "measure says which) no share and no middle is given: one more or less would change it too "
    "much. The list is there all the same, or why it is not.",
    "Spreads are told by values of the list itself: half are at most the middle one, nine tenths "
    "at most the high one. There are no means: durations are skewed.",
    "“At least” is what has not ended: a text that never came counts with the time that has "
    "passed, so nothing gets better by never being done.",
    "“Not counted” is what nobody knows. It is never taken for zero. What is not due yet, or was "
    "never owed, is known and counts neither way.",
    "Severity is the gravest an incident ever had, and “over” the first time it was said to be.",
)


@dataclass(frozen=True)
class Chapter:
    """One measure, ready to be shown. ``unlisted`` says why there is no list behind it;
    ``not_public`` is how many lines are left out because readers do not know of the incident or the
    promise, or because the text of the line went to a few.
    """

    measure: Measure
    said: str
    strip: SafeString | str
    strip_key: str
    trend: SafeString | str
    trend_key: str
    months: list[charts.MonthRow]
    groups: list[tuple[str, str]]
    items: list[Item]
    left_out: int
    not_public: int
    unlisted: str
    read_with: list[tuple[str, str]]

    @property
    def counted(self) -> str:
        """How many were counted, and how many nobody knows, in words."""
        return self.measure.counted

    @property
    def not_listed(self) -> str:
        """How many lines are left out, and why, in words; "" for none."""
        if self.not_public == 1:
            return "One that counts is not listed: it is not public, or its text went to a few."
        many = f"{self.not_public:,} that count are not listed: not public, or their text went to "
        return f"{many}a few." if self.not_public else ""


@dataclass(frozen=True)
class Booklet:
    """The whole report. ``promises`` counts by what became of them; ``evidence`` is empty but for
    an auditor; ``inside`` names the measures left out for everybody outside, with why.
    """

    page: Page
    audience: Audience
    period: Period
    made_at: datetime
    chapters: list[Chapter]
    traces: list[Chapter]
    promises: list[tuple[str, int]]
    evidence: list[Evidence]
    evidence_left_out: int
    inside: list[tuple[str, str]]

    @property
    def is_over(self) -> bool:
        """Whether the period was over when it was made."""
        return self.made_at >= self.period.ended

    @property
    def is_for_an_auditor(self) -> bool:
        return self.audience is Audience.AUDITOR


@seldom_collecting()
@found_by_index()
def booklet(page: Page, period: Period, audience: Audience, *, now: datetime) -> Booklet:
    """Return the report of the period for somebody, as things stand ``now`` (UTC)."""
    rows = gather(page, period, now=now)
    whole = report_of(rows)
    is_inside = audience is Audience.AUDITOR
    made = whole if is_inside else outward(page, whole)
    found = evidence_of(page, rows) if is_inside else []
    names = {each.code: each.name for each in (*whole.measures, *whole.traces)}
    return Booklet(
        page=page,
        audience=audience,
        period=period,
        made_at=now,
        chapters=[_chapter(each, made, is_inside=is_inside) for each in made.measures],
        traces=[_chapter(each, made, is_inside=is_inside) for each in made.traces],
        promises=_promises(made.measure("promises_kept")),
        evidence=found[:EVIDENCE_LISTED],
        evidence_left_out=len(found[EVIDENCE_LISTED:]),
        inside=[] if is_inside else [(names[code], why) for code, why in STAY_INSIDE.items()],
    )


def _chapter(measure: Measure, made: Report, *, is_inside: bool) -> Chapter:
    summary = measure.summary()
    drawn = summary.is_enough and len(made.period.months()) > 1
    has_list = is_inside or is_listed(measure)
    items, not_public = _lines(measure, is_inside=is_inside) if has_list else ([], 0)
    return Chapter(
        measure=measure,
        said=charts.sentence(measure, summary, has_list=bool(items)),
        strip=charts.strip_of(measure) if has_list else "",
        strip_key=charts.strip_key(measure),
        trend=charts.trend_of(measure, made.period) if drawn else "",
        trend_key=charts.trend_key(measure),
        months=charts.month_rows(measure, made.period) if drawn and measure.kind != "list" else [],
        groups=[
            (name, charts.sentence(measure, measure.summary(name)))
            for name in measure.severities
            if measure.kind == "spread" and measure.summary(name).is_enough
        ],
        items=items[:LISTED],
        left_out=len(items[LISTED:]),
        not_public=not_public,
        unlisted="" if has_list else unlisted(measure),
        read_with=[(code, made.measure(code).name) for code in measure.pair],
    )


def _lines(measure: Measure, *, is_inside: bool) -> tuple[list[Item], int]:
    if not is_inside:
        return listed(measure)
    return sorted(measure.items, key=lambda each: each.at, reverse=True), 0


def _promises(kept: Measure) -> list[tuple[str, int]]:
    fates = [item.group for item in kept.items]
    return [(group, fates.count(group)) for group in FATES]
