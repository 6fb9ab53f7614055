"""Every promise ever made here: what is late, what is to come, what was kept and what dropped."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from afterword.components.models import Page
from afterword.publishing import queries
from afterword.publishing.promised import DROPPED, KEPT, KEPT_LATE, KEPT_MOVED, LATE, OPEN
from afterword.site_builder.listed import promises_address
from afterword.site_builder.pages.rendering import rendered
from afterword.site_builder.promise_rows import newest_change, promise_rows
from afterword.site_builder.small_numbers import ENOUGH, percent
from afterword.site_builder.words import month_name

# Enough for any reader; each further one stands on the page of its incident.
LISTED = 100
SETTLED_LISTED = 20


@dataclass(frozen=True)
class Count:
    """One line of the tally."""

    sign: str
    words: str
    number: int


def build(page: Page) -> bytes:
    """Return the bytes of ``/commitments/``."""
    tally = queries.tally(page, "promise")
    late = queries.promises_with(page, LATE, LISTED)
    to_come = queries.promises_with(page, OPEN, LISTED)
    settled = queries.settled_promises(page, SETTLED_LISTED)
    kept, kept_late, dropped = (tally.get(each, 0) for each in (KEPT, KEPT_LATE, DROPPED))
    kept_moved = tally.get(KEPT_MOVED, 0)
    over = kept + kept_moved + kept_late + dropped
    context = {
        "counts": [
            Count("late", _("Late now"), tally.get(LATE, 0)),
            Count("planned", _("To come"), tally.get(OPEN, 0)),
            Count("done", _("Kept by the day first given"), kept),
            Count("done", _("Kept later, as told in time"), kept_moved),
            Count("done", _("Kept, but later"), kept_late),
            Count("dropped", _("Dropped"), dropped),
        ],
        "made": sum(tally.values()),
        "settled_in_all": over,
        "share": percent(kept, over),
        "enough": ENOUGH,
        "late": promise_rows(page, late),
        "more_late": tally.get(LATE, 0) - len(late),
        "to_come": promise_rows(page, to_come),
        "more_to_come": tally.get(OPEN, 0) - len(to_come),
        "settled": promise_rows(page, settled),
        "panel": queries.has_panel(page),
        "months": [
            (month_name(month), promises_address(month), number)
            for month, number in sorted(queries.tally(page, "settled").items(), reverse=True)
        ],
    }
    as_of = newest_change([*late, *to_come, *settled])
    return rendered("promises.html", page, "/commitments/", context, as_of)


def build_month(page: Page, month: str) -> bytes | None:
    """Return the bytes of ``/commitments/2026/03/``: what was settled then; None for nothing."""
    settled = queries.promises_settled_in(page, month)
    if not settled:
        return None
    context = {"name": month_name(month), "rows": promise_rows(page, settled)}
    return rendered(
        "promises_month.html", page, promises_address(month), context, newest_change(settled)
    )
