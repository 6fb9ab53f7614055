from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any, Final, NamedTuple

from django.db.models import (
    Case,
    Count,
    Exists,
    Max,
    Min,
    OuterRef,
    Q,
    QuerySet,
    Value,
    When,
)

from afterword.audience.links import no_such_link, read_confirmation, still_confirms
from afterword.audience.models import (
    Digest,
    FollowedIncident,
    Subscriber,
    SubscriberState,
    Suppression,
    Wants,
)
from afterword.audience.sheets import write_sheet
from afterword.components.models import Page
from afterword.kit.asking import asked_once
from afterword.kit.ids import is_token
from afterword.kit.timespans import iso_utc

_Scope = Subscriber.components.through


class Moment(StrEnum):
    """Where in the course of an incident a message stands."""

    FIRST = "first"
    BETWEEN = "between"
    ENDING = "ending"
    AFTER = "after"


_MOMENTS_OF: Final = {
    Wants.EVERY: frozenset(Moment),
    Wants.ENDS: frozenset({Moment.FIRST, Moment.ENDING, Moment.AFTER}),
    Wants.AFTER: frozenset({Moment.ENDING, Moment.AFTER}),
}


@dataclass(frozen=True)
class Occasion:
    """What a message is about, as far as choices of subscribers go.

    ``told`` are the addresses that got an earlier word about the incident: whoever was told that
    it began is told that it ended, whatever they chose since, and whoever was told nothing yet and
    wants beginnings gets the next word as one. What ``can_wait`` those who chose a
    digest get in it, and not by itself.
    """

    incident_ref: str
    component_ids: frozenset[str]
    moment: Moment
    told: QuerySet[Any] | None = None
    can_wait: bool = False


def subscriber_by_token(token: str) -> Subscriber | None:
    """Return whose link carries the token, with the page; None when it is nobody's."""
    if not is_token(token):
        return None
    return Subscriber.objects.select_related("page").filter(token=token).first()


def subscriber_to_confirm(confirmation: str, now: datetime) -> tuple[Subscriber, bool]:
    """Return whom a confirmation link would make active, and whether anything is left to confirm;
    nothing is changed.

    Raises NotFound for a link that is not ours, was used up, or is older than seven days.
    """
    read = read_confirmation(confirmation)
    found = subscriber_by_token(read.token) if read else None
    if read is None or found is None:
        raise no_such_link()
    if found.state == SubscriberState.ACTIVE and (
        not read.incident or read.incident in follows(found)
    ):
        return found, False
    if not still_confirms(read.made, found.unsubscribed_at, now):
        raise no_such_link()
    return found, True


def chosen_component_ids(subscriber: Subscriber) -> frozenset[str]:
    """Return the public ids of the components chosen; empty means the whole page."""
    return frozenset(subscriber.components.values_list("public_id", flat=True))


@asked_once
def count_active(page: Page) -> int:
    return Subscriber.objects.filter(page=page, state=SubscriberState.ACTIVE).count()


def count_by_state(page: Page) -> list[tuple[SubscriberState, int]]:
    """Return how many subscribers by mail are in each state that somebody is in."""
    found = Subscriber.objects.filter(page=page).values_list("state").annotate(n=Count("pk"))
    counted = dict(found.order_by())
    return [(each, counted[each]) for each in SubscriberState if each in counted]


def newest_subscriber_id(page: Page) -> int:
    """Return the highest id of a subscriber of the page, 0 when there is none."""
    found: int | None = Subscriber.objects.filter(page=page).aggregate(last=Max("pk"))["last"]
    return found or 0


def next_active_id(page: Page, *, after_id: int) -> int:
    """Return the lowest id above ``after_id`` of an active subscriber, 0 when there is none."""
    active = Subscriber.objects.filter(page=page, state=SubscriberState.ACTIVE, pk__gt=after_id)
    found: int | None = active.aggregate(first=Min("pk"))["first"]
    return found or 0


def active_subscribers(
    *,
    page: Page,
    after_id: int,
    up_to_id: int,
    limit: int,
    occasion: Occasion | None = None,
    confirmed_by: datetime | None = None,
    hold: bool = False,
) -> list[Subscriber]:
    """Return active subscribers with after_id < id <= up_to_id, by id, at most ``limit``.

    Addresses that were suppressed since they were confirmed are left out. With an ``occasion``,
    those alone who hear of it. ``confirmed_by`` leaves out later
    confirmations. ``hold`` locks the rows until the transaction ends, so that nobody unsubscribes
    between being read and getting a letter.
    """
    found = active_between(
        page=page,
        after_id=after_id,
        up_to_id=up_to_id,
        occasion=occasion,
        confirmed_by=confirmed_by,
    )
    if hold:
        found = found.select_for_update()
    return list(found.order_by("pk")[:limit])


def active_between(
    *,
    page: Page,
    after_id: int,
    up_to_id: int,
    occasion: Occasion | None = None,
    confirmed_by: datetime | None = None,
) -> QuerySet[Subscriber]:
    """Return the same without a limit and unread, for statements that read it where it is."""
    found = Subscriber.objects.filter(
        ~_held_back(), page=page, state=SubscriberState.ACTIVE, pk__gt=after_id, pk__lte=up_to_id
    )
    if confirmed_by is not None:
        found = found.filter(confirmed_at__lte=confirmed_by)
    if occasion is not None:
        found = found.filter(hears_of(occasion))
        if occasion.can_wait:
            found = found.filter(digest=Digest.NONE)
    return found


def wants_of(moment: Moment) -> list[Wants]:
    """Return the choices under which a message of this moment is wanted."""
    return [wants for wants, moments in _MOMENTS_OF.items() if moment in moments]


def hold_between(*, page: Page, after_id: int, up_to_id: int) -> None:
    """Let none of the active subscribers with after_id < id <= up_to_id leave or choose otherwise
    until the transaction ends.
    """
    found = Subscriber.objects.filter(
        page=page, state=SubscriberState.ACTIVE, pk__gt=after_id, pk__lte=up_to_id
    )
    list(found.select_for_update().order_by("pk").values_list("pk", flat=True))


def hold_on_every_page(*, pages: Collection[Page], emails: Collection[str]) -> None:
    """Let nobody with these addresses leave or choose otherwise on any of the pages until the
    transaction ends.
    """
    found = Subscriber.objects.filter(page__in=pages, email__in=list(emails))
    list(found.select_for_update().order_by("pk").values_list("pk", flat=True))


def held_readers(ids: Collection[int]) -> list[Subscriber]:
    """Return those of these subscribers whom no other transaction holds, with their pages, and hold
    them until this one ends.
    """
    found = Subscriber.objects.filter(pk__in=ids).select_related("page").order_by("pk")
    return list(found.select_for_update(of=("self",), skip_locked=True, no_key=True))


def digest_readers(
    *, page: Page, after_id: int, up_to_id: int, occasion: Occasion, confirmed_by: datetime
) -> QuerySet[Subscriber]:
    """Return who hears of an occasion that can wait in their digest, unread."""
    found = active_between(
        page=page,
        after_id=after_id,
        up_to_id=up_to_id,
        occasion=replace(occasion, can_wait=False),
        confirmed_by=confirmed_by,
    )
    return found.exclude(digest=Digest.NONE)


def hears_of(occasion: Occasion) -> Q:
    """Return the condition under which an active subscriber hears of an occasion."""
    follows = _follows(occasion)
    in_scope = Q(only_followed=False) & _about(occasion.component_ids)
    about = in_scope | Q(follows)
    chosen = about & Q(wants__in=wants_of(occasion.moment))
    if occasion.told is None:
        return chosen
    if occasion.moment == Moment.ENDING:
        return chosen | Q(email__in=occasion.told)
    if occasion.moment == Moment.BETWEEN:
        # The first word that is about a reader's parts is the beginning for that reader.
        told = occasion.told.filter(recipient=OuterRef("email"))
        return chosen | (about & Q(wants=Wants.ENDS) & Q(~Exists(told)))
    return chosen


def still_hear(
    *, page: Page, occasion: Occasion, emails: QuerySet[Any, str] | Collection[str]
) -> QuerySet[Subscriber]:
    """Return those with these addresses who are active, hear of the occasion as they choose now,
    and were not suppressed since.
    """
    found = Subscriber.objects.filter(page=page, state=SubscriberState.ACTIVE, email__in=emails)
    return found.filter(hears_of(occasion)).filter(~_held_back())


def left_out_of(
    *, page: Page, up_to_id: int, occasion: Occasion, confirmed_by: datetime
) -> dict[str, int]:
    """Return how many subscribers hear nothing of an occasion, by why, as they have chosen now.

    ``left``, ``quarantined``, ``later`` (confirmed since), ``elsewhere`` (chose other parts, or
    other incidents), ``moment`` (chose fewer messages). One question, whatever their number.
    """
    about = Q(only_followed=False) & _about(occasion.component_ids) | Q(_follows(occasion))
    active = Q(state=SubscriberState.ACTIVE)
    deaf = active & Q(confirmed_at__lte=confirmed_by) & ~hears_of(occasion)
    found = Subscriber.objects.filter(page=page, pk__lte=up_to_id)
    counted: dict[str, int] = found.aggregate(
        left=Count("pk", filter=Q(state=SubscriberState.UNSUBSCRIBED)),
        quarantined=Count("pk", filter=Q(state=SubscriberState.QUARANTINED)),
        later=Count("pk", filter=active & Q(confirmed_at__gt=confirmed_by)),
        elsewhere=Count("pk", filter=deaf & ~about),
        moment=Count("pk", filter=deaf & about),
    )
    return counted


def follows(subscriber: Subscriber) -> list[str]:
    """Return the incidents the subscriber follows, the newest first."""
    found = FollowedIncident.objects.filter(subscriber=subscriber).order_by("-pk")
    return list(found.values_list("incident_ref", flat=True))


def active_among(
    *, page: Page, emails: Collection[str], hold: bool = False
) -> dict[str, Subscriber]:
    """Return the active subscribers with these addresses, by address.

    ``hold`` is for who is about to be written to: it locks the rows as above and leaves out
    addresses that were suppressed since.
    """
    found = Subscriber.objects.filter(
        page=page, state=SubscriberState.ACTIVE, email__in=list(emails)
    )
    if hold:
        found = found.filter(~_held_back()).select_for_update()
    return {each.email: each for each in found.order_by("pk")}


class Hearing(NamedTuple):
    """How many active subscribers hear of an occasion, and how many more would, were their address
    not suppressed since they confirmed it.
    """

    heard: int
    suppressed: int


@asked_once
def count_hearing(page: Page, occasion: Occasion) -> Hearing:
    """Return how many subscribers hear of an occasion, as they have chosen now."""
    found = Subscriber.objects.filter(page=page, state=SubscriberState.ACTIVE)
    told = found.filter(hears_of(occasion)).aggregate(
        all=Count("pk"), held=Count("pk", filter=Q(_held_back()))
    )
    return Hearing(told["all"] - told["held"], told["held"])


class Reader(NamedTuple):
    """What an active subscriber chose: an IANA zone (empty for the page's), whether they hear of an
    occasion, and whether their address was suppressed since they confirmed it.
    """

    zone: str
    hears: bool
    suppressed: bool


def readers_among(*, page: Page, occasion: Occasion, emails: Collection[str]) -> dict[str, Reader]:
    """Return the active subscribers with these addresses, by address."""
    found = Subscriber.objects.filter(
        page=page, state=SubscriberState.ACTIVE, email__in=list(emails)
    )
    hears = Case(When(hears_of(occasion), then=Value(True)), default=Value(False))
    asked = found.order_by().annotate(hears=hears, held=_held_back())
    return {
        email: Reader(zone, bool(heard), bool(held))
        for email, zone, heard, held in asked.values_list("email", "zone", "hears", "held")
    }


def _held_back() -> Exists:
    """Return whether the address was suppressed after its reader confirmed it."""
    return Exists(
        Suppression.objects.filter(
            page_id=OuterRef("page_id"),
            email=OuterRef("email"),
            since__gte=OuterRef("confirmed_at"),
        )
    )


def _follows(occasion: Occasion) -> Exists:
    return Exists(
        FollowedIncident.objects.filter(
            subscriber_id=OuterRef("pk"), incident_ref=occasion.incident_ref
        )
    )


def _about(component_ids: Collection[str]) -> Q:
    chosen = _Scope.objects.filter(subscriber_id=OuterRef("pk"))
    touched = chosen.filter(component__public_id__in=list(component_ids))
    return Q(~Exists(chosen)) | Q(Exists(touched))


NO_SUBSCRIBER: Final = "none"
"""The state in a file of an address that is suppressed and no subscriber."""
YES: Final = "yes"


_COLUMNS = (
    "email", "state", "language", "zone", "wants", "digest", "components", "confirmed_at",
    "unsubscribed_at", "follows", "only_followed", "suppressed", "suppressed_since",
)  # fmt: skip


def subscribers_as_csv(page: Page) -> str:
    """Return every subscriber who confirmed, or left, and every further address that is suppressed,
    as CSV that ``import_subscriber_file`` reads back. Safe to open in a spreadsheet: a cell that
    begins like a formula is written as text.
    """
    found = Subscriber.objects.filter(page=page).exclude(state=SubscriberState.UNCONFIRMED)
    held = {each.email: each for each in Suppression.objects.filter(page=page).order_by("pk")}
    return write_sheet(_COLUMNS, _rows(found, held))


def left_as_csv(page: Page, since: datetime | None = None) -> str:
    """Return everybody who unsubscribed or was suppressed since then (ever, without it), and who is
    in quarantine, as CSV that ``bring_who_left`` reads into a database that was set back.
    """
    suppressed = Suppression.objects.filter(page=page)
    gone = Q(state=SubscriberState.UNSUBSCRIBED)
    if since is not None:
        suppressed = suppressed.filter(since__gte=since)
        gone &= Q(unsubscribed_at__gte=since)
    held = {each.email: each for each in suppressed.order_by("pk")}
    stopped = Exists(suppressed.filter(email=OuterRef("email")))
    # Since when somebody is in quarantine is not written down.
    found = Subscriber.objects.filter(
        gone | Q(state=SubscriberState.QUARANTINED) | stopped, page=page
    ).exclude(state=SubscriberState.UNCONFIRMED)
    return write_sheet(_COLUMNS, _rows(found, held))


def _rows(found: "QuerySet[Subscriber]", held: dict[str, Suppression]) -> Iterator[Sequence[str]]:
    """Yield the cells of these subscribers, then of those in ``held`` who are none; takes from
    ``held`` whoever was written.
    """
    read = found.order_by("pk").prefetch_related("components", "followed")
    for each in read.iterator(chunk_size=500):
        yield (
            each.email, each.state, each.language, each.zone, each.wants, each.digest,
            "; ".join(sorted(part.public_id for part in each.components.all())),
            iso_utc(each.confirmed_at) if each.confirmed_at else "",
            iso_utc(each.unsubscribed_at) if each.unsubscribed_at else "",
            "; ".join(one.incident_ref for one in sorted(each.followed.all(), key=_oldest_first)),
            YES if each.only_followed else "",
            *_suppressed(held.pop(each.email, None)),
        )  # fmt: skip
    for email, one in held.items():
        yield (email, NO_SUBSCRIBER, *[""] * 9, *_suppressed(one))


def _oldest_first(followed: FollowedIncident) -> int:
    return followed.pk


def _suppressed(held: Suppression | None) -> tuple[str, str]:
    return (held.reason, iso_utc(held.since)) if held else ("", "")
