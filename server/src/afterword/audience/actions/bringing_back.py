"""Who left, or was stopped, after a backup was made that stands now: they are gone again."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db import transaction

from afterword.accounts.permissions import Actor, require
from afterword.audience.actions.bringing import Brought, read_subscribers, write_brought
from afterword.audience.actions.opting_out import note_left_elsewhere
from afterword.audience.actions.reports import Report, report
from afterword.audience.models import Subscriber, SubscriberState, Suppression
from afterword.audit.actions import record_act
from afterword.components.models import Page
from afterword.postbox.actions import withdraw
from afterword.postbox.models import Stream

_BATCH = 500
_TAKEN_BACK = "Left, or was stopped, before the database was set back to an earlier state."
_GONE = (SubscriberState.UNSUBSCRIBED, SubscriberState.QUARANTINED)


def bring_who_left(
    *,
    actor: Actor,
    now: datetime,
    page: Page,
    csv_text: str | bytes,
    source: str,
    dry_run: bool = False,
    skip_refused: bool = False,
) -> Report:
    """Let whoever a CSV (as ``import_subscriber_file`` reads it) says to have left, to be in
    quarantine or to be suppressed be so here too, and take back what waits for them.

    Nobody gets more by it: rows of active readers change nothing, and whoever has confirmed here
    after they left or were stopped stays as they are. Who is not known is kept as gone. Repeating
    it is harmless. One refused row keeps the whole file out, unless ``skip_refused``. Raises
    BadInput when the file as a whole cannot be read.
    """
    require(actor, "manage_audience", page=page.pk)
    read = read_subscribers(page=page, now=now, csv_text=csv_text)
    written = not dry_run and (skip_refused or not read.refused)
    told = {to: one for to, one in read.wanted.items() if one.state in _GONE or one.suppressed}
    with transaction.atomic():
        list(Page.objects.select_for_update(no_key=True).filter(pk=page.pk).values_list("pk"))
        changed: set[str] = set()
        known: set[str] = set()
        for batch in _batches(sorted(told)):
            here, held = _here(page, batch), _held(page, batch)
            known |= here.keys() | held.keys()
            changed |= _stopped(page, {to: told[to] for to in batch}, here, held, written)
        fresh = {to: told[to] for to in told if to not in known}
        if written and fresh:
            write_brought(page=page, people=fresh, source=source, now=now)
        if written and (changed or fresh):
            record_act(
                actor=actor, verb="audience.bring_who_left", subject=f"page:{page.public_id}",
                now=now, detail={"changed": len(changed), "added": len(fresh)},
            )  # fmt: skip
    return report(
        added=len(fresh), changed=len(changed), total=len(read.wanted), refused=read.refused,
        duplicates=read.duplicates, ignored_columns=read.ignored_columns, written=written,
    )  # fmt: skip


def _stopped(
    page: Page,
    told: Mapping[str, Brought],
    here: Mapping[str, Subscriber],
    held: Mapping[str, Suppression],
    written: bool,
) -> set[str]:
    """Stop whom the file tells of and who still gets mail here; return their addresses."""
    found: set[str] = set()
    left: list[str] = []
    for email, one in told.items():
        reader = here.get(email)
        if reader is None and email not in held:
            continue
        leaves = reader is not None and _leaves(reader, one)
        holds = _holds(reader, held.get(email), one)
        if not leaves and not holds:
            continue
        found.add(email)
        if not written:
            continue
        if reader is not None and leaves:
            reader.state = SubscriberState(one.state or reader.state)
            reader.unsubscribed_at = one.unsubscribed_at or reader.unsubscribed_at
            reader.save(update_fields=["state", "unsubscribed_at"])
            left += [email] if one.unsubscribed_at else []
        if holds and one.suppressed_since is not None:
            Suppression.objects.update_or_create(
                page=page, email=email,
                defaults={"reason": one.suppressed, "since": one.suppressed_since},
            )  # fmt: skip
        streams = (Stream.STATUS, Stream.COURTESY)
        withdraw(recipient=email, streams=streams, reason=_TAKEN_BACK)
    if left:
        note_left_elsewhere(page=page, emails=left)
    return found


def _leaves(reader: Subscriber, one: Brought) -> bool:
    """Whether the reader is gone by what is told, and did not come back after that."""
    if one.state not in _GONE or reader.state in {one.state, SubscriberState.UNSUBSCRIBED}:
        return False
    since = one.unsubscribed_at or one.suppressed_since or one.confirmed_at
    return not _confirmed_after(reader, since)


def _holds(reader: Subscriber | None, held: Suppression | None, one: Brought) -> bool:
    """Whether the address is to be suppressed as told: it is not, or was for less a reason."""
    if not one.suppressed or one.suppressed_since is None:
        return False
    if held is not None:
        weaker = held.reason == Suppression.Reason.BOUNCED != one.suppressed
        return weaker or held.since < one.suppressed_since
    return reader is None or not _confirmed_after(reader, one.suppressed_since)


def _confirmed_after(reader: Subscriber, since: datetime) -> bool:
    """Whether the reader came back after that. Files tell whole seconds."""
    at = reader.confirmed_at
    return at is not None and at.replace(microsecond=0) > since


def _here(page: Page, emails: Iterable[str]) -> dict[str, Subscriber]:
    found = Subscriber.objects.select_for_update(of=("self",)).filter(
        page=page, email__in=list(emails)
    )
    return {each.email: each for each in found.order_by("pk")}


def _held(page: Page, emails: Iterable[str]) -> dict[str, Suppression]:
    found = Suppression.objects.filter(page=page, email__in=list(emails))
    return {each.email: each for each in found}


def _batches(emails: list[str]) -> Iterable[list[str]]:
    return (emails[n : n + _BATCH] for n in range(0, len(emails), _BATCH))
