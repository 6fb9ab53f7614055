"""Who gets no more mail because letters about one thing were refused as gone."""

from typing import NamedTuple

from afterword.audience.models import Subscriber, SubscriberState, Suppression
from afterword.components.models import Page
from afterword.postbox.queries import Gone, gone_about, gone_elsewhere

MOST_LIFTED = 2000
"""Addresses that are looked at, and lifted, at one word."""
_AT_A_TIME = 500


class StoppedBy(NamedTuple):
    """An address, the key of its subscriber in quarantine and of its suppression; 0 for none."""

    email: str
    subscriber: int
    suppression: int


def stopped_by(page: Page, about: str) -> list[StoppedBy]:
    """Return the addresses that were stopped because a letter about a thing was refused as gone,
    and for nothing else, by address; at most a few more than ``MOST_LIFTED``.

    What stopped an address is known by its words and its time: one that was in quarantine before
    has other words, and was suppressed earlier. Whoever complained or asked for no more is not
    among them, nor is one of whom letters about other things said the same with proof.
    """
    found: list[StoppedBy] = []
    gone = gone_about(about)
    for begin in range(0, len(gone), _AT_A_TIME):
        found += _stopped(page, about, gone[begin : begin + _AT_A_TIME])
        if len(found) > MOST_LIFTED:
            break
    return found


def _stopped(page: Page, about: str, gone: list[Gone]) -> list[StoppedBy]:
    by_address: dict[str, list[Gone]] = {}
    for each in gone:
        by_address.setdefault(each.recipient, []).append(each)
    quarantined = {
        email: pk
        for email, pk, because in Subscriber.objects.filter(
            page=page, email__in=by_address, state=SubscriberState.QUARANTINED
        ).values_list("email", "pk", "quarantined_because")
        if because in {each.said[:200] for each in by_address[email]}
    }
    suppressed = {
        email: (pk, reason, since)
        for email, pk, reason, since in Suppression.objects.filter(
            page=page, email__in=by_address
        ).values_list("email", "pk", "reason", "since")
    }
    elsewhere = gone_elsewhere(by_address, about)
    found = []
    for email, said in sorted(by_address.items()):
        pk, reason, since = suppressed.get(email, (0, Suppression.Reason.BOUNCED.value, None))
        asked_for_it = reason != Suppression.Reason.BOUNCED
        of_this = since is not None and since >= min(each.at for each in said)
        if email in elsewhere or asked_for_it or (pk and not of_this):
            continue
        if pk or email in quarantined:
            found.append(StoppedBy(email, quarantined.get(email, 0), pk))
    return found
