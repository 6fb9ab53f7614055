"""What of it is written down: who opened a report or took one along, and the quarters of the
public panel.
"""

from datetime import datetime, timedelta
from typing import Final

from django.db import transaction

from afterword.accounts.permissions import MACHINE, Actor, require
from afterword.audit.actions import record_act
from afterword.audit.queries import details_since
from afterword.components.models import Page
from afterword.publishing.actions import keep_panel_quarter
from afterword.publishing.queries import has_panel, panel_quarters
from afterword.trust.booklet import Audience
from afterword.trust.outward import outward
from afterword.trust.panel import figures_of
from afterword.trust.periods import Period, quarter_before, quarter_of
from afterword.trust.report import report

QUARTERS: Final = 8
TEAM: Final = "team"
"""In the log: for whoever took the report along themselves, from the desk."""
ONE_LOOK: Final = timedelta(hours=1)
"""Whoever reloads a page, or comes back to it so soon, is still looking at it."""
# What was owed on a quarter's last day has had its time by then: a summary takes two weeks at most.
SETTLED_AFTER: Final = timedelta(days=14)


def take_along(
    *, actor: Actor, now: datetime, page: Page, period: Period, audience: str, form: str
) -> None:
    """Write into the log that somebody takes a report of the page along, and in which form.

    Raises NotAllowed for an auditor's report and an actor who may not read it.
    """
    _may_read(actor, page, audience)
    with transaction.atomic():
        record_act(
            actor=actor, verb="trust.take_report", subject=f"page:{page.public_id}", now=now,
            detail=_said(period, audience, form),
        )  # fmt: skip


def look_at(
    *, actor: Actor, now: datetime, page: Page, period: Period, audience: str, form: str
) -> None:
    """Write into the log that somebody opens a report of the page (``form`` is ``page``) or the
    auditor's list (``list``). Looking at the same again within ``ONE_LOOK`` is the same act.

    Raises NotAllowed for what is an auditor's and an actor who may not read it.
    """
    _may_read(actor, page, audience)
    detail, subject = _said(period, audience, form), f"page:{page.public_id}"
    lately = details_since(
        now - ONE_LOOK, actor_id=actor.id, verb="trust.open_report", subject=subject
    )
    if detail in lately:
        return
    with transaction.atomic():
        record_act(actor=actor, verb="trust.open_report", subject=subject, now=now, detail=detail)


def _may_read(actor: Actor, page: Page, audience: str) -> None:
    if audience == Audience.AUDITOR:
        require(actor, "read_evidence", page=page.pk)


def _said(period: Period, audience: str, form: str) -> dict[str, str]:
    return {"period": period.name, "for": str(audience), "form": form}


def keep_quarters(*, now: datetime) -> int:
    """Keep the figures of quarters that are over, where a page shows its panel; return how many.

    Nobody's act: quarters end by themselves. Two weeks later they are kept as they stand, eight
    back at most, and never again. Safe to repeat.
    """
    return sum(_keep(page, now) for page in Page.objects.order_by("pk") if has_panel(page))


def _keep(page: Page, now: datetime) -> int:
    known, kept = {each.quarter for each in panel_quarters(page, QUARTERS)}, 0
    for each in _settled(page, now):
        if each.name not in known:
            figures = figures_of(outward(page, report(page, each, now=now)))
            row = keep_panel_quarter(
                actor=MACHINE, now=now, page=page, quarter=each.name, first=each.first,
                last=each.last, figures=figures,
            )  # fmt: skip
            kept += row is not None
    return kept


def _settled(page: Page, now: datetime) -> list[Period]:
    """Return the quarters to show, the oldest first: none from before the page was there."""
    found: list[Period] = []
    each = quarter_before(quarter_of((now - SETTLED_AFTER).date()))
    while len(found) < QUARTERS and each.ended > page.created_at:
        found.append(each)
        each = quarter_before(each)
    return found[::-1]
