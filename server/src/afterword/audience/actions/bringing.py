"""Bringing in readers who gave their consent elsewhere. They get no confirmation mail."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from django.db import transaction

from afterword.accounts.permissions import Actor, require
from afterword.audience.actions.opting_out import note_left_elsewhere
from afterword.audience.actions.reports import Report, report
from afterword.audience.actions.rows import address_in, bounded, parts_in
from afterword.audience.models import Digest, Subscriber, SubscriberState, Suppression, Wants
from afterword.audience.sheets import Row, read_sheet
from afterword.audit.actions import record_act
from afterword.components.models import Component, Page
from afterword.components.queries import ids_by_name
from afterword.kit.errors import BadInput
from afterword.kit.languages import zone_names
from afterword.postbox.addresses import normalised_address

_BATCH = 500


def import_subscribers(
    *, actor: Actor, now: datetime, page: Page, emails: Iterable[str], source: str
) -> int:
    """Add confirmed subscribers; return how many are new. Who is known already stays as they are,
    also when they have unsubscribed. Raises BadInput for what is no address, writing nothing.
    """
    require(actor, "manage_audience", page=page.pk)
    wanted = {normalised_address(email) for email in emails}
    with transaction.atomic():
        list(Page.objects.select_for_update(no_key=True).filter(pk=page.pk).values_list("pk"))
        known = Subscriber.objects.filter(page=page, email__in=wanted)
        fresh = sorted(wanted - set(known.values_list("email", flat=True)))
        Subscriber.objects.bulk_create(
            (
                Subscriber(
                    page=page, email=email, state=SubscriberState.ACTIVE, created_at=now,
                    confirmed_at=now, source=source[:60],
                )
                for email in fresh
            ),
            batch_size=_BATCH,
        )  # fmt: skip
        if fresh:
            record_act(
                actor=actor, verb="audience.import_subscribers",
                subject=f"page:{page.public_id}", now=now, detail={"added": len(fresh)},
            )  # fmt: skip
    return len(fresh)


# States as our own export, Statuspage and others write them.
_STATES: dict[str, SubscriberState] = {
    "": SubscriberState.ACTIVE,
    "active": SubscriberState.ACTIVE,
    "confirmed": SubscriberState.ACTIVE,
    "unsubscribed": SubscriberState.UNSUBSCRIBED,
    "quarantined": SubscriberState.QUARANTINED,
    "bounced": SubscriberState.QUARANTINED,
}
_COLUMNS = (
    "state", "language", "zone", "wants", "digest", "components", "confirmed_at",
    "unsubscribed_at",
)  # fmt: skip


@dataclass(frozen=True)
class _Brought:
    """One reader as a file tells it. ``components`` are public ids, empty for the whole page."""

    state: SubscriberState
    language: str
    zone: str
    wants: str
    digest: str
    components: tuple[str, ...]
    confirmed_at: datetime
    unsubscribed_at: datetime | None


def import_subscriber_file(
    *,
    actor: Actor,
    now: datetime,
    page: Page,
    csv_text: str | bytes,
    source: str,
    dry_run: bool = False,
    skip_refused: bool = False,
) -> Report:
    """Add readers from a CSV with ``email`` and, optionally, ``state`` (active, unsubscribed,
    quarantined), ``language``, ``zone`` (IANA), ``wants`` (every, ends, after),
    ``digest`` (none, daily, weekly), ``components`` (names with ; between), ``confirmed_at`` and
    ``unsubscribed_at`` (ISO 8601).

    Nobody gets a mail. Who left elsewhere is kept as somebody who left, so that no later file
    brings them back; who is known here stays as they are. One refused row keeps the whole file
    out, unless ``skip_refused``. Raises BadInput when the file as a whole cannot be read.
    """
    require(actor, "manage_audience", page=page.pk)
    sheet = read_sheet(csv_text, required=("email",), optional=_COLUMNS)
    refused, duplicates = list(sheet.refused), 0
    wanted: dict[str, _Brought] = {}
    names = ids_by_name(page)
    for row in sheet.rows:
        try:
            email, one = address_in(row, "email"), _brought(row, page, names, now)
            duplicates += email in wanted
            # Of two rows for one address, the one that asks for less is believed.
            if email not in wanted or one.state != SubscriberState.ACTIVE:
                wanted[email] = one
        except BadInput as wrong:
            refused.append((row.line, wrong.message))
    written = not dry_run and (skip_refused or not refused)
    with transaction.atomic():
        list(Page.objects.select_for_update(no_key=True).filter(pk=page.pk).values_list("pk"))
        fresh = sorted(wanted.keys() - _known(page, list(wanted)))
        if written and fresh:
            _write(page, {email: wanted[email] for email in fresh}, source, now)
            record_act(
                actor=actor, verb="audience.import_subscribers",
                subject=f"page:{page.public_id}", now=now,
                detail={"added": len(fresh), "refused": len(refused)},
            )  # fmt: skip
    return report(
        added=len(fresh),
        changed=0,
        total=len(wanted),
        refused=refused,
        duplicates=duplicates,
        ignored_columns=sheet.ignored_columns,
        written=written,
    )


def _known(page: Page, emails: list[str]) -> set[str]:
    """Return which addresses are subscribers already, or asked not to be written to."""
    known: set[str] = set()
    for begin in range(0, len(emails), _BATCH):
        batch = emails[begin : begin + _BATCH]
        found = Subscriber.objects.filter(page=page, email__in=batch)
        known |= set(found.values_list("email", flat=True))
        held = Suppression.objects.filter(page=page, email__in=batch)
        known |= set(held.values_list("email", flat=True))
    return known


def _brought(row: Row, page: Page, names: Mapping[str, str], now: datetime) -> _Brought:
    said = row.cells.get("state", "").lower()
    if said not in _STATES:
        raise BadInput(
            f"state {said[:20]!r} is none we take; who never confirmed has to subscribe themselves"
        )
    state = _STATES[said]
    language = row.cells.get("language", "")
    zone, wants = bounded(row, "zone", 60), row.cells.get("wants", "") or Wants.EVERY
    if zone and zone not in zone_names():
        raise BadInput(f"zone {zone!r} is no time zone; write Europe/Berlin")
    if wants not in Wants.values:
        raise BadInput(f"wants {wants[:20]!r} is none of {', '.join(Wants.values)}")
    digest = row.cells.get("digest", "") or Digest.NONE
    if digest not in Digest.values:
        raise BadInput(f"digest {digest[:20]!r} is none of {', '.join(Digest.values)}")
    confirmed = _instant(row, "confirmed_at") or now
    left = _instant(row, "unsubscribed_at")
    return _Brought(
        state=state,
        language=language if language in page.languages else page.first_language,
        zone=zone,
        wants=wants,
        digest=digest,
        components=tuple(parts_in(row, "components", names)),
        confirmed_at=min(confirmed, now),
        unsubscribed_at=(left or now) if state == SubscriberState.UNSUBSCRIBED else None,
    )


def _instant(row: Row, column: str) -> datetime | None:
    cell = row.cells.get(column, "")
    try:
        read = datetime.fromisoformat(cell) if cell else None
    except ValueError:
        raise BadInput(f"{column} {cell[:40]!r} is no time; write 2026-03-04T08:12:00Z") from None
    return read.replace(tzinfo=read.tzinfo or UTC).astimezone(UTC) if read else None


def _write(page: Page, people: Mapping[str, _Brought], source: str, now: datetime) -> None:
    Subscriber.objects.bulk_create(
        (
            Subscriber(
                page=page, email=email, state=one.state, language=one.language, zone=one.zone,
                wants=one.wants, digest=one.digest, created_at=now, confirmed_at=one.confirmed_at,
                unsubscribed_at=one.unsubscribed_at, source=source[:60],
            )
            for email, one in people.items()
        ),
        batch_size=_BATCH,
    )  # fmt: skip
    gone = [email for email, one in people.items() if one.unsubscribed_at is not None]
    for begin in range(0, len(gone), _BATCH):
        note_left_elsewhere(page=page, emails=gone[begin : begin + _BATCH])
    scoped = {email: one.components for email, one in people.items() if one.components}
    emails = list(scoped)
    parts = dict(Component.objects.filter(page=page).values_list("public_id", "pk"))
    scope = Subscriber.components.through
    for begin in range(0, len(emails), _BATCH):
        found = Subscriber.objects.filter(page=page, email__in=emails[begin : begin + _BATCH])
        scope.objects.bulk_create(
            scope(subscriber_id=pk, component_id=parts[ident])
            for pk, email in found.values_list("pk", "email")
            for ident in scoped[email]
        )
