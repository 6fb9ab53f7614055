from collections.abc import Collection
from datetime import datetime

from django.db.models import Exists, Max, OuterRef, Q

from afterword.audience.links import no_such_link, read_confirmation, still_confirms
from afterword.audience.models import Subscriber, SubscriberState
from afterword.components.models import Page
from afterword.kit.ids import is_token

_Scope = Subscriber.components.through


def subscriber_by_token(token: str) -> Subscriber | None:
    """Return whose link carries the token, with the page; None when it is nobody's."""
    if not is_token(token):
        return None
    return Subscriber.objects.select_related("page").filter(token=token).first()


def subscriber_to_confirm(confirmation: str, now: datetime) -> Subscriber:
    """Return whom a confirmation link would make active, changing nothing.

    Raises NotFound for a link that is not ours, was used up, or is older than seven days.
    """
    read = read_confirmation(confirmation)
    found = subscriber_by_token(read[0]) if read else None
    if read is None or found is None:
        raise no_such_link()
    if found.state == SubscriberState.ACTIVE or still_confirms(read[1], found.unsubscribed_at, now):
        return found
    raise no_such_link()


def chosen_component_ids(subscriber: Subscriber) -> frozenset[str]:
    """Return the public ids of the components chosen; empty means the whole page."""
    return frozenset(subscriber.components.values_list("public_id", flat=True))


def count_active(page: Page) -> int:
    return Subscriber.objects.filter(page=page, state=SubscriberState.ACTIVE).count()


def newest_subscriber_id(page: Page) -> int:
    """Return the highest id of a subscriber of the page, 0 when there is none."""
    found: int | None = Subscriber.objects.filter(page=page).aggregate(last=Max("pk"))["last"]
    return found or 0


def active_subscribers(
    *,
    page: Page,
    after_id: int,
    up_to_id: int,
    limit: int,
    component_ids: Collection[str] | None = None,
    confirmed_by: datetime | None = None,
    hold: bool = False,
) -> list[Subscriber]:
    """Return active subscribers with after_id < id <= up_to_id, by id, at most ``limit``.

    With ``component_ids``, those who chose components are left out unless one of theirs is among
    them. ``confirmed_by`` leaves out later confirmations. ``hold`` locks the rows until the
    transaction ends, so that nobody unsubscribes between being read and getting a letter.
    """
    found = Subscriber.objects.filter(
        page=page, state=SubscriberState.ACTIVE, pk__gt=after_id, pk__lte=up_to_id
    )
    if confirmed_by is not None:
        found = found.filter(confirmed_at__lte=confirmed_by)
    if component_ids is not None:
        found = found.filter(_about(component_ids))
    if hold:
        found = found.select_for_update()
    return list(found.order_by("pk")[:limit])


def active_among(
    *, page: Page, emails: Collection[str], hold: bool = False
) -> dict[str, Subscriber]:
    """Return the active subscribers with these addresses, by address; ``hold`` as above."""
    found = Subscriber.objects.filter(
        page=page, state=SubscriberState.ACTIVE, email__in=list(emails)
    )
    if hold:
        found = found.select_for_update()
    return {each.email: each for each in found.order_by("pk")}


def _about(component_ids: Collection[str]) -> Q:
    chosen = _Scope.objects.filter(subscriber_id=OuterRef("pk"))
    touched = chosen.filter(component__public_id__in=list(component_ids))
    return Q(~Exists(chosen)) | Q(Exists(touched))
