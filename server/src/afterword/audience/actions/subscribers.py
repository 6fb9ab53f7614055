"""Subscribing, confirming, leaving. Readers act here, so nothing they ask reveals who is known."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext, override

from afterword.accounts.permissions import MACHINE
from afterword.audience.actions.answering import forget_turns
from afterword.audience.actions.answers import forget_remarks
from afterword.audience.actions.lists import forget_lists
from afterword.audience.actions.opting_out import note_opt_out
from afterword.audience.links import (
    CONFIRM_WITHIN,
    confirm_url,
    confirmation_of,
    manage_url,
    no_such_link,
    read_confirmation,
    still_confirms,
    subscribe_url,
    unsubscribe_url,
)
from afterword.audience.models import (
    Digest,
    FollowedIncident,
    OptOut,
    SignUpRequest,
    Subscriber,
    SubscriberState,
    Suppression,
    Wants,
)
from afterword.audit.actions import Act, record_act
from afterword.components.models import Component, Page
from afterword.kit.errors import BadInput, NotAllowed
from afterword.kit.hashing import sha256_of_text
from afterword.kit.ids import is_public_id, is_token
from afterword.kit.languages import zone_names
from afterword.postbox.actions import Addressed, post, withdraw, write_message
from afterword.postbox.addresses import normalised_address
from afterword.postbox.marks import mark
from afterword.postbox.models import Stream
from afterword.postbox.queries import count_to
from afterword.postbox.words import render_words, without_marks

REQUESTS_PER_NETWORK_AND_HOUR = 20
MAILS_PER_ADDRESS_AND_DAY = 6
_MAIL_EVERY = timedelta(minutes=15)
_REQUESTS_KEPT = timedelta(days=1)


@dataclass(frozen=True)
class Reader:
    """Whoever holds the link of a subscription. The audit log names no address."""

    id: None = None
    label: str = "A subscriber"


READER = Reader()


def subscribe(
    *,
    now: datetime,
    page: Page,
    email: str,
    network: str = "",
    component_ids: Iterable[str] = (),
    language: str = "",
    zone: str = "",
    incident: str = "",
) -> Subscriber:
    """Ask for status mail: post a mail whose link confirms, or one that says "you have it already".

    The caller answers the same in every case. At most one mail in 15 minutes and six a day go to
    an address, and 20 requests an hour come from a network; ``network`` is the text of its
    address. ``component_ids`` chooses for a subscription that nobody has confirmed yet: whoever
    types an address cannot change what its reader chose. So it is with ``language``, that of the
    mails, and ``zone`` (IANA), by default the page's. ``incident`` is the public id of the one to
    follow, and nothing else; the caller knows that it is on the page. Raises BadInput for what is
    no address, names no component or no zone, and NotAllowed over the network's limit.
    """
    address = normalised_address(email)
    language = language or page.first_language
    _refuse_unknown_zone(zone)
    wanted = set(component_ids)
    chosen = visible_parts(page, wanted) if wanted else []
    if wanted and not chosen:
        raise BadInput("None of these components is on the page.", {"component_ids": "not known"})
    with transaction.atomic():
        count_request(network=network, now=now)
        subscriber, fresh = Subscriber.objects.get_or_create(
            page=page,
            email=address,
            defaults={"created_at": now, "source": "page", "language": language, "zone": zone},
        )
        if subscriber.state != SubscriberState.ACTIVE:
            asked = (language, zone or subscriber.zone)
            if (subscriber.language, subscriber.zone) != asked:
                subscriber.language, subscriber.zone = asked
                subscriber.save(update_fields=["language", "zone"])
        if may_mail(address=address, now=now):
            _post_link(page, subscriber, now, incident)
        if subscriber.state == SubscriberState.UNCONFIRMED and (wanted or not fresh):
            subscriber.components.set(chosen)
        if fresh:
            _record(subscriber, "audience.subscribe", now)
    return subscriber


def confirm(*, now: datetime, token: str) -> Subscriber:
    """Make the subscription active. ``token`` is what the confirmation link carries.

    Repeating it is harmless. A link made before the reader unsubscribed does not bring them back.
    Whoever confirms that they follow one incident gets nothing else; a reader whose mail came back
    has what they had chosen again, for the link proves that the address works.
    Raises NotFound for a link that is not ours, was used up, or is older than seven days.
    """
    read = read_confirmation(token)
    if read is None:
        raise no_such_link()
    with transaction.atomic():
        subscriber = _held(read.token)
        was_active = subscriber.state == SubscriberState.ACTIVE
        if was_active and not read.incident:
            return subscriber
        if not still_confirms(read.made, subscriber.unsubscribed_at, now):
            raise no_such_link()
        if read.incident:
            _follow(subscriber, read.incident, now)
        if not was_active:
            if not _had_chosen(subscriber):
                subscriber.only_followed = bool(read.incident)
            subscriber.state = SubscriberState.ACTIVE
            subscriber.confirmed_at = now
            subscriber.quarantined_because = ""
            subscriber.save(
                update_fields=["state", "confirmed_at", "only_followed", "quarantined_because"]
            )
            _record(subscriber, "audience.confirm", now)
    return subscriber


def _had_chosen(subscriber: Subscriber) -> bool:
    """Whether what the reader chose before holds again: mail to them came back and nothing else.
    Whoever left, or reported our mail as spam, gets what they ask for now and no more.
    """
    if subscriber.state != SubscriberState.QUARANTINED:
        return False
    complained = Suppression.objects.filter(
        page=subscriber.page_id, email=subscriber.email, reason=Suppression.Reason.COMPLAINED
    )
    return not complained.exists()


def stop_following(*, now: datetime, token: str, incident: str) -> Subscriber:
    """Send a reader no more for following the incident; repeating it is harmless. What began for
    them is still told to its end, and so is what their other choices cover.

    Raises NotFound for an unknown token, and BadInput when it is all that they get.
    """
    with transaction.atomic():
        subscriber = _held(token)
        followed = FollowedIncident.objects.filter(subscriber=subscriber)
        this = followed.filter(incident_ref=incident[:64])
        if not this.exists():
            return subscriber
        if subscriber.only_followed and followed.count() == 1:
            raise BadInput(
                gettext(
                    "This incident is all you get mail about. To get nothing, unsubscribe; to get "
                    "something else, choose that first."
                ),
                {"unfollow": "the last one"},
            )
        this.delete()
        _record(subscriber, "audience.unfollow", now)
    return subscriber


def _follow(subscriber: Subscriber, incident: str, now: datetime) -> None:
    _, fresh = FollowedIncident.objects.get_or_create(
        subscriber=subscriber, incident_ref=incident, defaults={"since": now}
    )
    if fresh:
        _record(subscriber, "audience.follow", now)


def unsubscribe(*, now: datetime, token: str) -> Subscriber:
    """End the subscription and take back its waiting letters. Repeating it is harmless.

    Raises NotFound for an unknown token.
    """
    with transaction.atomic():
        subscriber = _held(token)
        withdraw(
            recipient=subscriber.email,
            # Whoever leaves the page asks for no letters either that nothing demands.
            streams=(Stream.STATUS, Stream.COURTESY),
            reason="The reader unsubscribed before it was sent.",
        )
        if subscriber.state != SubscriberState.UNSUBSCRIBED:
            subscriber.state = SubscriberState.UNSUBSCRIBED
            subscriber.unsubscribed_at = now
            subscriber.save(update_fields=["state", "unsubscribed_at"])
            note_opt_out(
                page=subscriber.page, email=subscriber.email, how=OptOut.How.UNSUBSCRIBED, now=now
            )
            _record(subscriber, "audience.unsubscribe", now)
    return subscriber


def quarantine(*, now: datetime, page: Page, email: str, because: str) -> Subscriber | None:
    """Stop status mail to an address that came back or was reported as spam, and take back what
    waits; return its subscriber, None when the address has none that is active.

    The reader comes back by subscribing again: the link proves that the address works.
    """
    with transaction.atomic():
        found = Subscriber.objects.select_for_update(of=("self",)).filter(
            page=page, email=email, state=SubscriberState.ACTIVE
        )
        subscriber = found.first()
        if subscriber is None:
            return None
        withdraw(recipient=email, streams=(Stream.STATUS,), reason=because)
        subscriber.state = SubscriberState.QUARANTINED
        subscriber.quarantined_because = because[:200]
        subscriber.save(update_fields=["state", "quarantined_because"])
        record_act(
            actor=MACHINE, verb="audience.quarantine", subject=f"subscriber:{subscriber.pk}",
            now=now, detail={"because": because[:200]},
        )  # fmt: skip
    return subscriber


def quarantine_all(*, page: Page, because: Mapping[str, str]) -> list[Act]:
    """Stop status mail to several addresses of the page, each for a reason, and return what is to
    be written in the log. The caller holds the readers, and has taken back what waited.
    """
    active = Subscriber.objects.filter(
        page=page, email__in=list(because), state=SubscriberState.ACTIVE
    ).order_by("pk")
    found = list(active.only("pk", "email"))
    for each in found:
        each.state = SubscriberState.QUARANTINED
        each.quarantined_because = because[each.email][:200]
    Subscriber.objects.bulk_update(found, ["state", "quarantined_because"], batch_size=200)
    return [
        Act(
            "audience.quarantine", f"subscriber:{each.pk}",
            {"because": each.quarantined_because},
        )
        for each in found
    ]  # fmt: skip


def choose_moments(*, now: datetime, token: str, wants: str, zone: str) -> Subscriber:
    """Set which messages about an incident a subscriber gets, and the zone of their times (IANA,
    empty for the page's). Raises NotFound for an unknown token, BadInput for what is not offered.
    """
    with transaction.atomic():
        subscriber = _held(token)
        if wants not in Wants.values:
            raise BadInput(gettext("Choose one of the list."), {"wants": "unknown"})
        _refuse_unknown_zone(zone)
        if (subscriber.wants, subscriber.zone) != (wants, zone):
            subscriber.wants, subscriber.zone = wants, zone
            subscriber.save(update_fields=["wants", "zone"])
            _record(subscriber, "audience.choose_moments", now)
    return subscriber


def choose_components(
    *, now: datetime, token: str, component_ids: Iterable[str], whole_page: bool
) -> Subscriber:
    """Set what an active subscription is about: the whole page, or the named components. It is
    then no longer about followed incidents alone.

    Raises NotFound for an unknown token and BadInput when neither is chosen.
    """
    wanted = set(component_ids)
    with transaction.atomic():
        subscriber = _held(token)
        chosen = [] if whole_page else visible_parts(subscriber.page, wanted)
        if not whole_page and not chosen:
            raise BadInput(
                gettext(
                    "Choose at least one component, or everything. To get nothing, unsubscribe."
                ),
                {"components": "nothing chosen"},
            )
        subscriber.components.set(chosen)
        if subscriber.only_followed:
            subscriber.only_followed = False
            subscriber.save(update_fields=["only_followed"])
        _record(subscriber, "audience.choose_components", now)
    return subscriber


def choose_digest(*, now: datetime, token: str, digest: str) -> Subscriber:
    """Set when a subscriber gets what is minor. What lies in their digest already comes when it
    was due. Raises NotFound for an unknown token, BadInput for what is not offered.
    """
    with transaction.atomic():
        subscriber = _held(token)
        if digest not in Digest.values:
            raise BadInput(gettext("Choose one of the list."), {"digest": "unknown"})
        if subscriber.digest != digest:
            subscriber.digest = digest
            subscriber.save(update_fields=["digest"])
            _record(subscriber, "audience.choose_digest", now)
    return subscriber


def choose_language(*, now: datetime, token: str, language: str) -> Subscriber:
    """Set the language of a subscriber's mails. Raises NotFound for an unknown token, BadInput for
    a language the page has not.
    """
    with transaction.atomic():
        subscriber = _held(token)
        if language not in subscriber.page.languages:
            raise BadInput(
                gettext("There are no mails in this language. Choose one of the list."),
                {"language": "unknown"},
            )
        if subscriber.language != language:
            subscriber.language = language
            subscriber.save(update_fields=["language"])
            _record(subscriber, "audience.choose_language", now)
    return subscriber


def forget(*, now: datetime) -> int:
    """Delete addresses that were never confirmed in seven days, old request counts, and what was
    kept long enough: lists of people whose data was affected, remarks of readers.

    Returns how many unconfirmed addresses were forgotten.
    """
    forget_lists(now=now, keep=timedelta(days=settings.KEEP_AFFECTED_DAYS))
    forget_remarks(now=now)
    forget_turns(now=now)
    with transaction.atomic():
        SignUpRequest.objects.filter(at__lt=now - _REQUESTS_KEPT).delete()
        never = Subscriber.objects.filter(
            state=SubscriberState.UNCONFIRMED,
            confirmed_at__isnull=True,
            created_at__lt=now - CONFIRM_WITHIN,
        )
        forgotten, _ = never.delete()
    return forgotten


def _refuse_unknown_zone(zone: str) -> None:
    if zone and zone not in zone_names():
        raise BadInput(
            gettext("We know no such time zone. Write it as Europe/Berlin, or leave it empty."),
            {"zone": "unknown"},
        )


def _held(token: str) -> Subscriber:
    if not is_token(token):
        raise no_such_link()
    found = (
        Subscriber.objects.select_for_update(of=("self",))
        .select_related("page")
        .filter(token=token)
        .first()
    )
    if found is None:
        raise no_such_link()
    return found


def visible_parts(page: Page, public_ids: set[str]) -> list[Component]:
    """Return which of these components a reader of the page may choose."""
    known = {each for each in public_ids if is_public_id(each)}
    found = Component.objects.filter(page=page, public_id__in=known, hidden=False)
    return list(found.filter(is_group=False))


def may_mail(*, address: str, now: datetime) -> bool:
    """Whether one more mail about a subscription may go to the address today."""
    sent = count_to(address, Stream.ACCOUNT, since=now - timedelta(days=1))
    return sent < MAILS_PER_ADDRESS_AND_DAY


def count_request(*, network: str, now: datetime) -> None:
    """Count one request against its network. The count stays when the request is refused.

    Raises NotAllowed over the limit.
    """
    if not network:
        return
    hashed = salted_hmac("afterword.audience.network", network, algorithm="sha256").hexdigest()
    recent = SignUpRequest.objects.filter(network=hashed, at__gt=now - timedelta(hours=1))
    if recent.count() >= REQUESTS_PER_NETWORK_AND_HOUR:
        raise NotAllowed(
            gettext(
                "Too many sign-ups came from your network. Try again in an hour, or use a feed: "
                "it needs no address."
            )
        )
    SignUpRequest.objects.create(network=hashed, at=now)


def _post_link(page: Page, subscriber: Subscriber, now: datetime, incident: str) -> None:
    active = subscriber.state == SubscriberState.ACTIVE
    folder = "follow" if active and incident else "already" if active else "confirm"
    context = {
        "page_name": without_marks(page.name),
        "language": subscriber.language,
        "confirm_url": confirm_url(mark("confirmation")),
        "manage_url": manage_url(mark("token")),
        "unsubscribe_url": unsubscribe_url(mark("token")),
        "subscribe_url": subscribe_url(),
    }
    with override(subscriber.language):
        words = render_words(f"audience/{folder}", context)
    print_of_words = sha256_of_text(f"{words.subject}\n{words.text}\n{words.html}")[:16]
    message = write_message(
        now=now,
        key=f"audience:{folder}:{page.pk}:{print_of_words}",
        stream=Stream.ACCOUNT,
        words=words,
    )
    # The quarter of an hour is part of the name, so the database itself refuses a second mail.
    quarter = int(now.astimezone(UTC).timestamp() // _MAIL_EVERY.total_seconds())
    fill = {
        "token": subscriber.token,
        "confirmation": confirmation_of(subscriber.token, now, incident),
    }
    post(
        now=now,
        message=message,
        about=f"subscriber:{subscriber.pk}:{quarter}",
        letters=[Addressed(recipient=subscriber.email, fill=fill)],
    )


def _record(subscriber: Subscriber, verb: str, now: datetime) -> None:
    record_act(actor=READER, verb=verb, subject=f"subscriber:{subscriber.pk}", now=now)
