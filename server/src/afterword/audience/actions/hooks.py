"""Webhooks and chat rooms: asked for, confirmed by their owner, ended, stopped when they fail."""

import base64
import secrets
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext, override

from afterword.accounts.permissions import MACHINE, Actor, require
from afterword.audience.actions.subscribers import READER, count_request, may_mail, visible_parts
from afterword.audience.links import hook_url, no_such_link
from afterword.audience.models import Channel, FollowedByHook, Hook, SubscriberState, Wants
from afterword.audience.queries.hooks import RECIPIENT
from afterword.audience.sealed import HOOKS, address_mark
from afterword.audit.actions import record_act
from afterword.components.models import Page
from afterword.kit.errors import BadInput
from afterword.kit.hashing import sha256_of_text
from afterword.kit.ids import is_token, new_token
from afterword.kit.outgoing import Place, Refused, checked_url
from afterword.kit.sealing import seal
from afterword.postbox.actions import Addressed, post, withdraw, write_message
from afterword.postbox.addresses import normalised_address
from afterword.postbox.marks import mark
from afterword.postbox.models import Stream
from afterword.postbox.queries import failing_machines
from afterword.postbox.words import render_words, without_marks

FAILURES = 5
FAILING_FOR = timedelta(days=7)
LONGEST_URL = 1500
_HOSTS = {
    Channel.SLACK: ("hooks.slack.com",),
    Channel.TEAMS: (".logic.azure.com", ".webhook.office.com", ".powerplatform.com"),
    Channel.DISCORD: ("discord.com", "discordapp.com"),
}
_MAIL_EVERY = timedelta(minutes=15)


def ask_for_hook(
    *, now: datetime, page: Page, channel: str, url: str, email: str, network: str = "",
    language: str = "", component_ids: Iterable[str] = (), incident: str = "",
) -> None:  # fmt: skip
    """Ask that a web address gets what subscribers get: post its owner a mail whose link confirms.

    The caller answers the same in every case; limits are those of ``subscribe``. An address that
    another owner has confirmed stays theirs, and so does what they chose: ``component_ids`` chooses
    for one that nobody has confirmed yet. ``incident`` is the public id of one to follow, which the
    caller knows to be on the page: the mail's link asks its owner. Raises BadInput for an address
    that is none of the channel's or no e-mail address, and NotAllowed over the network's limit.
    """
    wanted = set(component_ids)
    chosen = visible_parts(page, wanted) if wanted else []
    if wanted and not chosen:
        raise BadInput("None of these components is on the page.", {"component_ids": "not known"})
    owner, kind, address = normalised_address(email), _channel(channel), _checked(channel, url)
    with transaction.atomic():
        count_request(network=network, now=now)
        hook, fresh = Hook.objects.select_for_update().get_or_create(
            page=page, channel=kind, address_mark=address_mark(address),
            defaults={
                "sealed_url": seal(address, purpose=HOOKS),
                "sealed_secret": seal(_new_secret(), purpose=HOOKS),
                "email": owner, "language": language or page.first_language, "created_at": now,
            },
        )  # fmt: skip
        taken = hook.state in {SubscriberState.ACTIVE, SubscriberState.QUARANTINED}
        if hook.email != owner and not taken:
            hook.email, hook.token = owner, new_token()
            hook.sealed_secret = seal(_new_secret(), purpose=HOOKS)
            hook.save(update_fields=["email", "token", "sealed_secret"])
        if hook.state == SubscriberState.UNCONFIRMED and hook.email == owner:
            hook.components.set(chosen)
        if hook.email == owner and may_mail(address=owner, now=now):
            _post(hook, "hook", now, incident)
        if fresh:
            _record(hook, "audience.ask_for_hook", now)


def confirm_hook(*, now: datetime, token: str, incident: str = "") -> Hook:
    """Let messages go to the hook, also again after it was stopped. Repeating it is harmless.

    With ``incident``, the public id of one on the page, it follows that: beside what it gets where
    it gets something, and else that alone. Raises NotFound for an unknown token.
    """
    with transaction.atomic():
        hook = _held(token)
        if incident:
            _, fresh = FollowedByHook.objects.get_or_create(
                hook=hook, incident_ref=incident, defaults={"since": now}
            )
            if fresh:
                _record(hook, "audience.hook_follows", now)
        if hook.state != SubscriberState.ACTIVE:
            # What was stopped because it failed has what its owner had chosen again.
            if hook.state != SubscriberState.QUARANTINED:
                hook.only_followed = bool(incident)
            hook.state, hook.confirmed_at = SubscriberState.ACTIVE, now
            hook.quarantined_because = ""
            hook.save(
                update_fields=["state", "confirmed_at", "quarantined_because", "only_followed"]
            )
            _record(hook, "audience.confirm_hook", now)
    return hook


def choose_for_hook(
    *, now: datetime, token: str, component_ids: Iterable[str], whole_page: bool, wants: str,
    only_followed: bool = False,
) -> Hook:  # fmt: skip
    """Set what a hook is about (the whole page, the named components, or only the incidents it
    follows) and which messages of an incident it gets. Raises NotFound for an unknown token,
    BadInput for what is not offered.
    """
    with transaction.atomic():
        hook = _held(token)
        if only_followed and not FollowedByHook.objects.filter(hook=hook).exists():
            raise BadInput(gettext("Choose one of the list."), {"scope": "follows nothing"})
        everywhere = whole_page or only_followed
        chosen = [] if everywhere else visible_parts(hook.page, set(component_ids))
        if not everywhere and not chosen:
            raise BadInput(
                gettext(
                    "Choose at least one component, or everything. To get nothing, unsubscribe."
                ),
                {"components": "nothing chosen"},
            )
        if wants not in Wants.values:
            raise BadInput(gettext("Choose one of the list."), {"wants": "unknown"})
        hook.components.set(chosen)
        if (hook.wants, hook.only_followed) != (wants, only_followed):
            hook.wants, hook.only_followed = wants, only_followed
            hook.save(update_fields=["wants", "only_followed"])
        _record(hook, "audience.choose_for_hook", now)
    return hook


def end_followed(*, page: Page, incident_refs: Iterable[str], now: datetime) -> int:
    """Let no hook of the page follow these incidents any more, and end those that followed nothing
    else; return how many ended. What waits for them still leaves.
    """
    with transaction.atomic():
        gone = FollowedByHook.objects.filter(hook__page=page, incident_ref__in=list(incident_refs))
        ids = set(gone.values_list("hook", flat=True))
        held = list(Hook.objects.select_for_update().filter(pk__in=ids).order_by("pk"))
        gone.delete()
        ended = 0
        for hook in held:
            follows = FollowedByHook.objects.filter(hook=hook).exists()
            if hook.only_followed and hook.state == SubscriberState.ACTIVE and not follows:
                hook.state, hook.only_followed = SubscriberState.UNSUBSCRIBED, False
                hook.save(update_fields=["state", "only_followed"])
                record_act(
                    actor=MACHINE, verb="audience.hook_followed_to_the_end",
                    subject=f"hook:{hook.pk}", now=now,
                )  # fmt: skip
                ended += 1
    return ended


def end_hook(*, actor: Actor, now: datetime, hook: Hook) -> None:
    """End somebody's hook from the desk and take back what waits. Repeating it is harmless.

    Its owner may ask for it again.
    """
    require(actor, "manage_audience", page=hook.page_id)
    with transaction.atomic():
        held = Hook.objects.select_for_update().get(pk=hook.pk)
        withdraw(
            recipient=f"{RECIPIENT}{held.pk}", streams=(Stream.STATUS,),
            reason="It was ended on the desk before it was sent.",
        )  # fmt: skip
        if held.state != SubscriberState.UNSUBSCRIBED:
            held.state = SubscriberState.UNSUBSCRIBED
            held.save(update_fields=["state"])
            FollowedByHook.objects.filter(hook=held).delete()
            record_act(actor=actor, verb="audience.end_hook", subject=f"hook:{held.pk}", now=now)


def remove_hook(*, now: datetime, token: str) -> Hook:
    """End it and take back what waits. Repeating it is harmless. Raises NotFound."""
    with transaction.atomic():
        hook = _held(token)
        withdraw(
            recipient=f"{RECIPIENT}{hook.pk}", streams=(Stream.STATUS,),
            reason="Its owner ended it before it was sent.",
        )  # fmt: skip
        if hook.state != SubscriberState.UNSUBSCRIBED:
            hook.state = SubscriberState.UNSUBSCRIBED
            hook.save(update_fields=["state"])
            FollowedByHook.objects.filter(hook=hook).delete()
            _record(hook, "audience.remove_hook", now)
    return hook


def stop_failing_hooks(*, now: datetime) -> int:
    """Stop hooks that took nothing of their last messages, and tell their owners; return how many.

    One is failing when five messages were given up in seven days and none got through since it
    was confirmed in that time.
    """
    failing = failing_machines(RECIPIENT, since=now - FAILING_FOR, at_least=FAILURES)
    stopped = 0
    for name, last_answer in failing.items():
        with transaction.atomic():
            hook = (
                Hook.objects.select_for_update(of=("self",))
                .select_related("page")
                .filter(pk=name.removeprefix(RECIPIENT), state=SubscriberState.ACTIVE)
                .first()
            )
            if hook is None or (hook.confirmed_at and now - hook.confirmed_at < timedelta(days=1)):
                continue
            withdraw(
                recipient=name,
                streams=(Stream.STATUS,),
                reason="It failed too often and is stopped.",
            )
            hook.state = SubscriberState.QUARANTINED
            hook.quarantined_because = last_answer[:200]
            hook.save(update_fields=["state", "quarantined_because"])
            _post(hook, "hook_failing", now)
            record_act(
                actor=MACHINE, verb="audience.stop_hook", subject=f"hook:{hook.pk}", now=now,
                detail={"because": last_answer[:200]},
            )  # fmt: skip
            stopped += 1
    return stopped


def _channel(channel: str) -> Channel:
    if channel not in Channel.values:
        raise BadInput(gettext("Choose one of the list."), {"channel": "unknown"})
    return Channel(channel)


def _checked(channel: str, url: str) -> str:
    """Return an address fit for the channel. What a name stands for is looked at when it is called;
    a number that is never called is refused here, where its owner can mend it.
    """
    address = url.strip()
    if any(each.holds(address) for each in _named_among(address)):
        return address
    try:
        parts = urlsplit(address)
        host = (parts.hostname or "").lower()
        sound = parts.scheme == "https" and bool(host) and parts.port in {None, 443, 8443}
    except ValueError:
        host, sound = "", False
    plain = address.isascii() and address.isprintable() and " " not in address
    if not sound or not plain or len(address) > LONGEST_URL or "@" in address.split("/")[2]:
        raise BadInput(
            gettext("Write the address as https://hooks.company.example/…"), {"url": "not usable"}
        )
    wanted = _HOSTS.get(_channel(channel))
    if wanted and not any(
        host == each.lstrip(".") or (each.startswith(".") and host.endswith(each))
        for each in wanted
    ):
        raise BadInput(
            gettext("This is not an address of %(channel)s.")
            % {"channel": _channel(channel).label},
            {"url": "another host"},
        )
    if not settings.HOOKS_MAY_REACH:
        # Where networks of the house may be called, strangers must not learn here which.
        _refuse_inside(address)
    return address


def _refuse_inside(address: str) -> None:
    try:
        checked_url(address)
    except Refused as wrong:
        raise BadInput(
            gettext("Give an address on the public internet; nothing can be sent to this one."),
            {"url": "never called"},
        ) from wrong


def _named_among(address: str) -> tuple[Place, ...]:
    """Return the machines of the house that the operator named, for an address that may be one: it
    may be of any channel, for there are servers that speak like Slack.
    """
    plain = address.isascii() and address.isprintable() and " " not in address
    try:
        parts = urlsplit(address)
        sound = plain and parts.username is None and parts.password is None and parts.port != 0
    except ValueError:
        return ()
    return settings.HOOKS_MAY_CALL if sound and len(address) <= LONGEST_URL else ()


def _new_secret() -> str:
    return "whsec_" + base64.b64encode(secrets.token_bytes(32)).decode()


def _held(token: str) -> Hook:
    found = (
        Hook.objects.select_for_update(of=("self",))
        .select_related("page")
        .filter(token=token)
        .first()
        if is_token(token)
        else None
    )
    if found is None:
        raise no_such_link()
    return found


def _post(hook: Hook, folder: str, now: datetime, incident: str = "") -> None:
    context = {
        "page_name": without_marks(hook.page.name),
        "language": hook.language,
        "channel": hook.get_channel_display(),
        "because": without_marks(hook.quarantined_because),
        "hook_url": hook_url(mark("token")) + (f"?incident={incident}" if incident else ""),
        "incident": incident,
    }
    with override(hook.language):
        words = render_words(f"audience/{folder}", context)
    print_of_words = sha256_of_text(f"{words.subject}\n{words.text}\n{words.html}")[:16]
    message = write_message(
        now=now,
        key=f"audience:{folder}:{hook.page_id}:{print_of_words}",
        stream=Stream.ACCOUNT,
        words=words,
    )
    quarter = int(now.astimezone(UTC).timestamp() // _MAIL_EVERY.total_seconds())
    post(
        now=now,
        message=message,
        about=f"{folder}:{hook.pk}:{quarter}",
        letters=[Addressed(recipient=hook.email, fill={"token": hook.token})],
    )


def _record(hook: Hook, verb: str, now: datetime) -> None:
    record_act(actor=READER, verb=verb, subject=f"hook:{hook.pk}", now=now)
