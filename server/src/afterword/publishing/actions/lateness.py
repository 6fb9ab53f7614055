"""What turns by itself when a day is over: promises become late, and what was done has held."""

from datetime import UTC, datetime, timedelta

from django.db import transaction

from afterword.components.models import Page
from afterword.publishing.actions.holding import see
from afterword.publishing.actions.press import ask, hold_page
from afterword.publishing.actions.tallying import recount
from afterword.publishing.models import PublicPromise
from afterword.publishing.promised import HOLD_DAYS, LATE, OPEN, WATCHING

AT_A_TIME = 200


def turn_promises_late(*, now: datetime) -> int:
    """Mark every open promise whose day (UTC) is over, ask for its pages; return how many.

    Nobody's act: days end by themselves, so it asks for no permission. At most 200 a page and
    call; safe to repeat.
    """
    today = now.astimezone(UTC).date()
    over = PublicPromise.objects.filter(outcome=OPEN, due__lt=today)
    return sum(
        _turn(page, now) for page in Page.objects.filter(pk__in=over.values("page")).order_by("pk")
    )


def turn_measures_held(*, now: datetime) -> int:
    """Say of every kept promise whose days of watching are over that it held; return how many.

    Nobody's act either. At most 200 a page and call; safe to repeat.
    """
    done_before = now.astimezone(UTC).date() - timedelta(days=HOLD_DAYS)
    over = PublicPromise.objects.filter(held=WATCHING, done_on__lt=done_before)
    turned = 0
    for page in Page.objects.filter(pk__in=over.values("page")).order_by("pk"):
        with transaction.atomic():
            hold_page(page)
            rows = list(over.filter(page=page).order_by("done_on", "id")[:AT_A_TIME])
            see(page=page, rows=rows, today=now.astimezone(UTC).date())
            ask(page=page, places={"patterns"} if rows else (), now=now)
            turned += len(rows)
    return turned


def _turn(page: Page, now: datetime) -> int:
    with transaction.atomic():
        page = hold_page(page)
        rows = list(
            PublicPromise.objects.filter(
                page=page, outcome=OPEN, due__lt=now.astimezone(UTC).date()
            ).order_by("due", "id")[:AT_A_TIME]
        )
        for row in rows:
            row.is_late, row.outcome = True, LATE
        PublicPromise.objects.bulk_update(rows, ["is_late", "outcome"])
        recount(
            page=page,
            before=[("promise", OPEN)] * len(rows),
            after=[("promise", LATE)] * len(rows),
        )
        if rows:
            places = {f"incident:{row.incident_id}" for row in rows} | {"promises"}
            ask(page=page, places=places, now=now)
        return len(rows)
