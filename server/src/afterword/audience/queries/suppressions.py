"""Who gets no letters but those that the law or a contract demands."""

from collections.abc import Collection, Sequence
from typing import Final

from django.db.models import Exists, OuterRef, Q, QuerySet, Value

from afterword.audience.models import Subscriber, SubscriberState, Suppression
from afterword.components.models import Page
from afterword.kit.among import among
from afterword.postbox.models import Stream
from afterword.postbox.outcomes import Bound

_UNWANTED_STREAMS: Final = (Stream.STATUS, Stream.COURTESY)
_AT_A_TIME: Final = 1000


def suppressed_addresses(page: Page) -> dict[str, str]:
    """Return the addresses that get no letters but those that must be sent, and why.

    An address that mail came back from works again once its reader has confirmed it since. Whoever
    unsubscribed has asked for no more, until they subscribe again.
    """
    held = _in_force(Suppression.objects.filter(page=page)).values_list("email", "reason")
    left = _left(page).values_list("email", Value(Suppression.Reason.ASKED.value))
    return dict(held.union(left, all=True))


def suppressed_among(page: Page, emails: Collection[str]) -> set[str]:
    """Return which of these addresses that is true of."""
    wanted, found = list(emails), set()
    for begin in range(0, len(wanted), _AT_A_TIME):
        batch = Suppression.objects.filter(page=page, email__in=wanted[begin : begin + _AT_A_TIME])
        left = _left(page).filter(email__in=wanted[begin : begin + _AT_A_TIME])
        held = _in_force(batch).values_list("email", flat=True)
        found |= set(held.union(left.values_list("email", flat=True)))
    return found


def must_not_get(letters: Sequence[Bound]) -> set[int]:
    """Return the numbers of the letters that must not leave for their addresses (any more).

    Status mail goes again to who confirmed an address since it was suppressed; a letter to a list
    only where mail had come back, for who asked for none did not take that back by subscribing. It
    does not go to who unsubscribed either, as long as they are gone.
    """
    told = {each.recipient for each in letters if each.stream in _UNWANTED_STREAMS}
    if not told:
        return set()
    held = Suppression.objects.filter(among("email", told), page__in=Page.objects.values("pk"))
    rows = held.values_list("email", "reason", Exists(_confirmed_since()))
    status = {email for email, _, confirmed in rows if not confirmed}
    works = {
        email
        for email, reason, confirmed in rows
        if confirmed and reason == Suppression.Reason.BOUNCED
    }
    lists = {email for email, _, _ in rows} - works
    invited = {each.recipient for each in letters if each.stream == Stream.COURTESY}
    if invited:
        gone = Subscriber.objects.filter(
            among("email", invited), page__in=Page.objects.values("pk"),
            state=SubscriberState.UNSUBSCRIBED,
        )  # fmt: skip
        lists |= set(gone.values_list("email", flat=True))
    return {
        each.pk
        for each in letters
        if (each.stream == Stream.STATUS and each.recipient in status)
        or (each.stream == Stream.COURTESY and each.recipient in lists)
    }


def _left(page: Page) -> "QuerySet[Subscriber]":
    return Subscriber.objects.filter(page=page, state=SubscriberState.UNSUBSCRIBED).order_by()


def _in_force(found: "QuerySet[Suppression]") -> "QuerySet[Suppression]":
    return found.exclude(Q(reason=Suppression.Reason.BOUNCED) & Exists(_confirmed_since()))


def _confirmed_since() -> "QuerySet[Subscriber]":
    return Subscriber.objects.filter(
        page=OuterRef("page_id"), email=OuterRef("email"), state=SubscriberState.ACTIVE,
        confirmed_at__gt=OuterRef("since"),
    )  # fmt: skip
