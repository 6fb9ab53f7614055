"""Who wanted no more of our mail after a letter of ours: unsubscribed, asked us to write no more,
or reported it as spam.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Final

from afterword.audience.models import Subscriber, Suppression
from afterword.components.models import Page
from afterword.postbox.models import CameBack, Letter, LetterState, Stream
from afterword.publishing.models import Publication
from afterword.trust.lookups import AT_ONCE, Row, of_keys, within
from afterword.trust.periods import Period

MAIL: Final = "email"
AFTER: Final = timedelta(days=30)
"""Whoever leaves so long after a letter left because of it, as far as anybody can count."""
_LONGEST_WAY: Final = timedelta(days=31)
"""A letter leaves within a month of being written, or never (``fanout.queries.stale_after``)."""


def leaving(page: Page, period: Period) -> list[Row]:
    """Return who left in the period within ``AFTER`` of a mail about an incident, each once:
    ``at`` and ``how``, which is ``unsubscribed``, ``asked`` or ``complained``. Nobody is named.

    Whoever was put away because they asked left as much as who did it themselves. Complaints count
    only if they proved themselves: anybody can write one.
    """
    gone = {email: (at, "complained") for email, at in _complained(page, period)}
    said = _said_so(page, period)
    mailed = _mailed(sorted({email for email, _, _ in said}), period)
    for email, at, how in said:
        if any(at - AFTER <= sent <= at for sent in mailed.get(email, ())):
            gone.setdefault(email, (at, how))
    return [{"at": at, "how": how} for at, how in sorted(gone.values())]


def _said_so(page: Page, period: Period) -> list[tuple[str, datetime, str]]:
    """Return address, when and how of who left in the period, the first time first."""
    left = within(Subscriber.objects.filter(page=page), "unsubscribed_at", period)
    asking = Suppression.objects.filter(page=page, reason=Suppression.Reason.ASKED)
    asked = within(asking, "since", period)
    found = [
        *(
            (*row, "unsubscribed")
            for row in left.order_by().values_list("email", "unsubscribed_at")
        ),
        *((*row, "asked") for row in asked.order_by().values_list("email", "since")),
    ]
    return sorted(found, key=lambda each: each[1])


def _complained(page: Page, period: Period) -> Iterator[tuple[str, datetime]]:
    """Yield the addresses that complained about a letter of the page, the first time last."""
    rows = CameBack.objects.filter(kind=CameBack.Kind.COMPLAINT, proven=True)
    said = list(
        within(rows, "at", period).order_by("-at").values("recipient", "at", "letter__about")
    )
    of_page = _of_the_page(page, [each["letter__about"] for each in said])
    known = Subscriber.objects.filter(page=page).order_by()
    here = {
        each["email"] for each in of_keys(known, "email", [e["recipient"] for e in said], "email")
    }
    for each in said:
        if each["letter__about"] in of_page or each["recipient"] in here:
            yield each["recipient"], each["at"]


def _of_the_page(page: Page, abouts: Sequence[str]) -> set[str]:
    keys = {
        about: int(parts[1])
        for about in abouts
        if (parts := about.split(":"))[0] == "publication" and parts[1].isdecimal()
    }
    rows = Publication.objects.filter(page=page).order_by()
    ours = {each["pk"] for each in of_keys(rows, "pk", sorted(set(keys.values())), "pk")}
    return {about for about, key in keys.items() if key in ours}


def _mailed(addresses: Sequence[str], period: Period) -> dict[str, list[datetime]]:
    """Return when each address got mail about an incident, as far back as may count."""
    found: dict[str, list[datetime]] = {}
    rows = Letter.objects.filter(
        channel=MAIL,
        state=LetterState.SENT,
        message__stream__in=(Stream.STATUS, Stream.NOTICE, Stream.COURTESY),
        created_at__gte=period.began - AFTER - _LONGEST_WAY,
        created_at__lt=period.ended,
    ).order_by()
    for at in range(0, len(addresses), AT_ONCE):
        some = rows.filter(recipient__in=addresses[at : at + AT_ONCE])
        for address, sent in some.values_list("recipient", "sent_at"):
            if sent is not None:
                found.setdefault(address, []).append(sent)
    return found
