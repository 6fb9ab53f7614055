"""What turns by itself when a day is over: promises become late, and what was done has held."""

from datetime import UTC, date, datetime, timedelta

from django.db import transaction
from django.db.models import Q

from afterword.components.models import Page
from afterword.publishing.actions.holding import see
from afterword.publishing.actions.press import ask, hold_page
from afterword.publishing.actions.tallying import recount
from afterword.publishing.models import PublicPromise
from afterword.publishing.promised import HOLD_DAYS, LATE, OPEN, STILL_OPEN, WATCHING, turned

AT_A_TIME = 200


def turn_promises_late(*, now: datetime) -> int:
    """Mark every open promise whose day (UTC) is over, the earliest or the one readers have now,
    ask for its pages; return how many.

    Nobody's act: days end by themselves, so it asks for no permission. At most 200 a page and
    call; safe to repeat.
    """
    today = now.astimezone(UTC).date()
    over = PublicPromise.objects.filter(_over(today))
    return sum(
        _turn(page, now) for page in Page.objects.filter(pk__in=over.values("page")).order_by("pk")
    )


def turn_measures_held(*, now: datetime) -> int:
    """Say of every kept promise whose days of watching are over that it held; return how many.

    Nobody's act either. At most 200 a page and call; safe to repeat.
    """
    told_before = now.astimezone(UTC).date() - timedelta(days=HOLD_DAYS)
    over = PublicPromise.objects.filter(held=WATCHING, settled_on__lt=told_before)
    turned = 0
    for page in Page.objects.filter(pk__in=over.values("page")).order_by("pk"):
        with transaction.atomic():
            hold_page(page)
            rows = list(over.filter(page=page).order_by("settled_on", "id")[:AT_A_TIME])
            see(page=page, rows=rows, today=now.astimezone(UTC).date())
            ask(page=page, places={"patterns"} if rows else (), now=now)
            turned += len(rows)
    return turned


def _over(today: date) -> Q:
    return Q(outcome__in=STILL_OPEN, due__lt=today) | Q(outcome=OPEN, first_due__lt=today)


def _turn(page: Page, now: datetime) -> int:
    today = now.astimezone(UTC).date()
    with transaction.atomic():
        page = hold_page(page)
        rows = list(
            PublicPromise.objects.filter(_over(today), page=page).order_by("due", "id")[:AT_A_TIME]
        )
        before = [("promise", row.outcome) for row in rows]
        for row in rows:
            row.outcome = turned(row.outcome, row.due, row.first_due, today)
            row.is_late = row.outcome == LATE
        PublicPromise.objects.bulk_update(rows, ["is_late", "outcome"])
        recount(page=page, before=before, after=[("promise", row.outcome) for row in rows])
        if rows:
            places = {f"incident:{row.incident_id}" for row in rows} | {"promises", "feeds"}
            ask(page=page, places=places, now=now)
        return len(rows)
