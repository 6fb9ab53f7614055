"""Every promise ever made here: what is late, what is to come, what was kept and what dropped."""

from collections.abc import Mapping

from django.utils.translation import ngettext

from afterword.components.models import Page
from afterword.publishing import queries
from afterword.publishing.promised import DECIDED, KEPT, LATE, STILL_OPEN
from afterword.site_builder.listed import promises_address
from afterword.site_builder.pages.rendering import rendered
from afterword.site_builder.promise_counts import counts
from afterword.site_builder.promise_rows import newest_change, promise_rows
from afterword.site_builder.small_numbers import ENOUGH, percent
from afterword.site_builder.words import month_name

# Enough for any reader; each further one stands on the page of its incident.
LISTED = 100
SETTLED_LISTED = 20


def build(page: Page) -> bytes:
    """Return the bytes of ``/commitments/``."""
    tally = queries.tally(page, "promise")
    late = queries.promises_with(page, {LATE}, LISTED)
    to_come = queries.promises_with(page, STILL_OPEN, LISTED)
    settled = queries.settled_promises(page, SETTLED_LISTED)
    decided = sum(tally.get(each, 0) for each in DECIDED)
    open_now = sum(tally.get(each, 0) for each in STILL_OPEN)
    context = {
        "counts": counts(tally),
        "made": sum(tally.values()),
        "decided": decided,
        "share": percent(tally.get(KEPT, 0), decided),
        "enough": ENOUGH,
        "put_off": _put_off(queries.tally(page, "put_off")),
        "late": promise_rows(page, late),
        "more_late": tally.get(LATE, 0) - len(late),
        "to_come": promise_rows(page, to_come),
        "more_to_come": open_now - len(to_come),
        "settled": promise_rows(page, settled),
        "panel": queries.has_panel(page),
        "months": [
            (month_name(month), promises_address(month), number)
            for month, number in sorted(queries.tally(page, "settled").items(), reverse=True)
        ],
    }
    as_of = newest_change([*late, *to_come, *settled])
    return rendered("promises.html", page, "/commitments/", context, as_of)


def _put_off(tally: Mapping[str, int]) -> str:
    times, days = tally.get("times", 0), tally.get("days", 0)
    said = ngettext(
        "A day was put off %(n)s time, by %(days)s in all.",
        "Days were put off %(n)s times, by %(days)s in all.",
        times,
    )
    in_days = ngettext("%(n)s day", "%(n)s days", days) % {"n": days}
    return said % {"n": times, "days": in_days} if times else ""


def build_month(page: Page, month: str) -> bytes | None:
    """Return the bytes of ``/commitments/2026/03/``: what was settled then; None for nothing."""
    settled = queries.promises_settled_in(page, month)
    if not settled:
        return None
    context = {"name": month_name(month), "rows": promise_rows(page, settled)}
    return rendered(
        "promises_month.html", page, promises_address(month), context, newest_change(settled)
    )
