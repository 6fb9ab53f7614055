"""Who wanted no more of our mail after a letter of ours: unsubscribed, asked us to write no more,
or reported it as spam.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from django.db.models import Q

from afterword.audience.models import OptOut
from afterword.components.models import Page
from afterword.postbox.addresses import forgotten
from afterword.publishing.models import Publication
from afterword.trust.lookups import Row, of_keys, within
from afterword.trust.periods import Period

MAIL: Final = "email"
AFTER: Final = timedelta(days=30)
"""Whoever leaves so long after a letter left because of it, as far as anybody can count."""


def leaving(page: Page, period: Period) -> list[Row]:
    """Return who left in the period within ``AFTER`` of a mail about an incident, each once:
    ``at`` and ``how``, which is ``unsubscribed``, ``asked`` or ``complained``. Nobody is named.

    Read from what was written down as they left, so that nothing that is done later, coming back
    and leaving again included, takes them out. Whoever was put away because they asked left as much
    as who did it themselves. A complaint counts whenever the mail was, and before anything else.
    """
    of_page = Q(page=page) | Q(how=OptOut.How.COMPLAINED)
    rows = list(
        within(OptOut.objects.filter(of_page, letter__isnull=False), "at", period)
        .order_by("at", "pk")
        .values("page_id", "how", "at", "letter__recipient", "letter__sent_at", "letter__about")
    )
    ours = _of_the_page(page, [each["letter__about"] for each in rows])
    gone: dict[str, tuple[datetime, str]] = {}
    for each in rows:
        complained = each["how"] == OptOut.How.COMPLAINED
        if complained:
            counts = each["page_id"] == page.pk or each["letter__about"] in ours
        else:
            counts = _is_soon(each["at"], each["letter__sent_at"])
        # The same for one whose address was deleted from one of two letters since.
        who = forgotten(each["letter__recipient"])
        if counts and (who not in gone or (complained and gone[who][1] != each["how"])):
            gone[who] = (each["at"], each["how"])
    return [{"at": at, "how": how} for at, how in sorted(gone.values())]


def _is_soon(left: datetime, sent: datetime | None) -> bool:
    return sent is not None and timedelta(0) <= left - sent <= AFTER


def _of_the_page(page: Page, abouts: Sequence[str]) -> set[str]:
    """Return which of the letters are the page's: about a publication of it, or its digests."""
    named = {about: about.split(":") for about in abouts}
    told = {
        about: int(parts[1])
        for about, parts in named.items()
        if parts[0] == "publication" and parts[1].isdecimal()
    }
    rows = Publication.objects.filter(page=page).order_by()
    ours = {each["pk"] for each in of_keys(rows, "pk", sorted(set(told.values())), "pk")}
    digests = {about for about, parts in named.items() if parts[:2] == ["digest", str(page.pk)]}
    return digests | {about for about, key in told.items() if key in ours}
