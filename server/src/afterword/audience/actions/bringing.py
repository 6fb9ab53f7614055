"""Bringing in readers who gave their consent elsewhere. They get no confirmation mail."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from django.db import transaction

from afterword.accounts.permissions import Actor, require
from afterword.audience.actions.opting_out import note_left_elsewhere
from afterword.audience.actions.reports import Report
from afterword.audience.actions.rows import address_in, bounded, parts_in
from afterword.audience.actions.taking import (
    BATCH,
    Checked,
    Comparing,
    Then,
    Watch,
    taken,
    untold,
    unwatched,
)
from afterword.audience.models import (
    Digest,
    FollowedIncident,
    IntakeStep,
    Subscriber,
    SubscriberState,
    Suppression,
    Wants,
)
from afterword.audience.queries.subscribers import NO_SUBSCRIBER, YES
from afterword.audience.sheets import Row, Sheet, read_sheet
from afterword.audit.actions import record_act
from afterword.components.models import Component, Page
from afterword.components.queries import ids_by_name
from afterword.kit.errors import BadInput
from afterword.kit.ids import is_public_id, new_token
from afterword.kit.languages import zone_names
from afterword.kit.many_rows import insert_rows
from afterword.postbox.addresses import normalised_address

_LONGEST_FOLLOWS = 4000


def import_subscribers(
    *, actor: Actor, now: datetime, page: Page, emails: Iterable[str], source: str
) -> int:
    """Add confirmed subscribers; return how many are new. Who is known already stays as they are,
    also when they have unsubscribed, and who is suppressed stays out. Raises BadInput for what is
    no address, writing nothing.
    """
    require(actor, "manage_audience", page=page.pk)
    wanted = {normalised_address(email) for email in emails}
    with transaction.atomic():
        list(Page.objects.select_for_update(no_key=True).filter(pk=page.pk).values_list("pk"))
        fresh = sorted(wanted - _known(page, list(wanted)))
        Subscriber.objects.bulk_create(
            (
                Subscriber(
                    page=page, email=email, state=SubscriberState.ACTIVE, created_at=now,
                    confirmed_at=now, source=source[:60],
                )
                for email in fresh
            ),
            batch_size=BATCH,
        )  # fmt: skip
        if fresh:
            record_act(
                actor=actor, verb="audience.import_subscribers",
                subject=f"page:{page.public_id}", now=now, detail={"added": len(fresh)},
            )  # fmt: skip
    return len(fresh)


# States as our own export, Statuspage and others write them.
_STATES: dict[str, SubscriberState | None] = {
    "": SubscriberState.ACTIVE,
    "active": SubscriberState.ACTIVE,
    "confirmed": SubscriberState.ACTIVE,
    "unsubscribed": SubscriberState.UNSUBSCRIBED,
    "quarantined": SubscriberState.QUARANTINED,
    "bounced": SubscriberState.QUARANTINED,
    NO_SUBSCRIBER: None,
}
COLUMNS = ("email",)
OPTIONAL = (
    "state", "language", "zone", "wants", "digest", "components", "confirmed_at",
    "unsubscribed_at", "follows", "only_followed", "suppressed", "suppressed_since",
)  # fmt: skip
_ONLY = {"": False, "no": False, YES: True}


@dataclass(frozen=True)
class Brought:
    """One reader as a file tells it. ``components`` are public ids, empty for the whole page;
    ``follows`` incidents. Without a ``state`` it is no subscriber, only an address that is
    ``suppressed``, for a reason, since a time; both empty for who is not.
    """

    state: SubscriberState | None
    language: str
    zone: str
    wants: str
    digest: str
    components: tuple[str, ...]
    confirmed_at: datetime
    unsubscribed_at: datetime | None
    follows: tuple[str, ...]
    only_followed: bool
    suppressed: str
    suppressed_since: datetime | None


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
    quarantined; none for an address that is suppressed and no subscriber), ``language``, ``zone``
    (IANA), ``wants`` (every, ends, after), ``digest`` (none, daily, weekly), ``components`` (names
    with ; between), ``confirmed_at`` and ``unsubscribed_at`` (ISO 8601), ``follows`` (public ids of
    incidents with ; between), ``only_followed`` (yes, no), ``suppressed`` (asked, bounced,
    complained) and ``suppressed_since`` (ISO 8601).

    Nobody gets a mail. Who left elsewhere is kept as somebody who left, so that no later file
    brings them back; who is known here stays as they are. An incident that is not here (yet) is
    followed all the same: nothing is heard of it, and nothing else instead. One refused row keeps
    the whole file out, unless ``skip_refused``. Raises BadInput when the file as a whole cannot be
    read.
    """
    require(actor, "manage_audience", page=page.pk)
    return take_subscribers(
        actor=actor, now=now, page=page, source=source,
        sheet=read_sheet(csv_text, required=COLUMNS, optional=OPTIONAL), dry_run=dry_run,
        skip_refused=skip_refused,
    )  # fmt: skip


def take_subscribers(
    *,
    actor: Actor,
    now: datetime,
    page: Page,
    source: str,
    sheet: Sheet,
    dry_run: bool = False,
    skip_refused: bool = False,
    watch: Watch = unwatched,
    then: Then = untold,
) -> Report:
    """Add readers from rows that were read, by the rules of ``import_subscriber_file``; ``watch``
    and ``then`` as in ``taking``.
    """
    require(actor, "manage_audience", page=page.pk)
    read = _checked(page, now, sheet, watch)
    wanted, refused = read.wanted, read.refused

    def write(fresh: list[str]) -> None:
        if not fresh:
            return
        for begin in range(0, len(fresh), BATCH):
            people = {email: wanted[email] for email in fresh[begin : begin + BATCH]}
            write_brought(page=page, people=people, source=source, now=now)
        held = sum(bool(wanted[email].suppressed) for email in fresh)
        record_act(
            actor=actor, verb="audience.import_subscribers", subject=f"page:{page.public_id}",
            now=now,
            detail={"added": len(fresh), "refused": len(refused)}
            | ({"suppressed": held} if held else {}),
        )  # fmt: skip

    return taken(
        page=page,
        checked=Checked(len(wanted), refused, read.duplicates, read.ignored_columns),
        comparing=Comparing(
            # Readers subscribe by themselves meanwhile, and nobody holds them up for this.
            newest=lambda: (_newest(page, Subscriber), _newest(page, Suppression)),
            compare=lambda watch: _fresh(page, sorted(wanted), watch),
            write=write,
            counts=lambda fresh: (len(fresh), 0),
        ),
        written=not dry_run and (skip_refused or not refused),
        watch=watch,
        then=then,
    )


def _newest(page: Page, rows: type[Subscriber] | type[Suppression]) -> int:
    found = rows._default_manager.filter(page=page).order_by("-pk")
    return found.values_list("pk", flat=True).first() or 0


def _fresh(page: Page, emails: list[str], watch: Watch) -> list[str]:
    """Return who is no subscriber yet, nor asked not to be written to."""
    fresh: list[str] = []
    for begin in range(0, len(emails), BATCH):
        watch(IntakeStep.COMPARING, begin, len(emails))
        batch = emails[begin : begin + BATCH]
        known = _known(page, batch)
        fresh += [email for email in batch if email not in known]
    return fresh


@dataclass(frozen=True)
class Read:
    """What a file tells: ``wanted`` by address, and (line, why) of rows that cannot be taken."""

    wanted: dict[str, Brought]
    refused: list[tuple[int, str]]
    duplicates: int
    ignored_columns: tuple[str, ...]


def read_subscribers(*, page: Page, now: datetime, csv_text: str | bytes) -> Read:
    """Read a file of subscribers; of two rows for one address, what asks for less. Raises BadInput
    when the file as a whole cannot be read.
    """
    sheet = read_sheet(csv_text, required=COLUMNS, optional=OPTIONAL)
    return _checked(page, now, sheet, unwatched)


def _checked(page: Page, now: datetime, sheet: Sheet, watch: Watch) -> Read:
    refused, duplicates = list(sheet.refused), 0
    total = len(refused) + len(sheet.rows)
    wanted: dict[str, Brought] = {}
    names = ids_by_name(page)
    for number, row in enumerate(sheet.rows, start=len(sheet.refused)):
        if number % BATCH == 0:
            watch(IntakeStep.CHECKING, number, total)
        try:
            email, one = address_in(row, "email"), _brought(row, page, names, now)
            duplicates += email in wanted
            wanted[email] = _less(wanted[email], one) if email in wanted else one
        except BadInput as wrong:
            refused.append((row.line, wrong.message))
    watch(IntakeStep.CHECKING, total, total)
    return Read(wanted, refused, duplicates, sheet.ignored_columns)


def _known(page: Page, emails: list[str]) -> set[str]:
    """Return which addresses are subscribers already, or asked not to be written to."""
    known: set[str] = set()
    for begin in range(0, len(emails), BATCH):
        batch = emails[begin : begin + BATCH]
        found = Subscriber.objects.filter(page=page, email__in=batch)
        known |= set(found.values_list("email", flat=True))
        held = Suppression.objects.filter(page=page, email__in=batch)
        known |= set(held.values_list("email", flat=True))
    return known


def _less(known: Brought, one: Brought) -> Brought:
    """Return of two rows for one address what asks for less, suppressed if either is."""
    active = one.state == SubscriberState.ACTIVE
    rows = (known, one) if active else (one, known)
    least = min(rows, key=_asks_for)
    if least.suppressed:
        return least
    other = one if least is known else known
    return replace(least, suppressed=other.suppressed, suppressed_since=other.suppressed_since)


def _asks_for(one: Brought) -> tuple[bool, ...]:
    active = one.state == SubscriberState.ACTIVE
    return active, one.state is None, not one.suppressed, not one.only_followed


def _brought(row: Row, page: Page, names: Mapping[str, str], now: datetime) -> Brought:
    said = row.cells.get("state", "").lower()
    if said not in _STATES:
        raise BadInput(
            f"state {said[:20]!r} is none we take; who never confirmed has to subscribe themselves"
        )
    state = _STATES[said]
    zone, wants = bounded(row, "zone", 60), row.cells.get("wants", "") or Wants.EVERY
    if zone and zone not in zone_names():
        raise BadInput(f"zone {zone!r} is no time zone; write Europe/Berlin")
    if wants not in Wants.values:
        raise BadInput(f"wants {wants[:20]!r} is none of {', '.join(Wants.values)}")
    digest = row.cells.get("digest", "") or Digest.NONE
    if digest not in Digest.values:
        raise BadInput(f"digest {digest[:20]!r} is none of {', '.join(Digest.values)}")
    reason, since = _suppression(row, now)
    if state is None and not reason:
        raise BadInput(f"state {NO_SUBSCRIBER} is for addresses that are suppressed; say why")
    only = row.cells.get("only_followed", "").lower()
    if only not in _ONLY:
        raise BadInput(f"only_followed {only[:20]!r} is neither {YES} nor no")
    language = _language_in(row, page)
    if not language and state == SubscriberState.ACTIVE and not reason:
        raise BadInput(
            f"language {row.cells['language'][:20]!r} is none of the page's "
            f"({', '.join(page.languages)}); leave it empty for {page.first_language}"
        )
    # Who is suppressed and never said when they confirmed has not come back since.
    confirmed = _instant(row, "confirmed_at") or since or now
    left = _instant(row, "unsubscribed_at")
    return Brought(
        state=state,
        # Who gets no mail is kept all the same, whatever they would have read.
        language=language or page.first_language,
        zone=zone,
        wants=wants,
        digest=digest,
        components=tuple(parts_in(row, "components", names)),
        confirmed_at=min(confirmed, now),
        unsubscribed_at=(left or now) if state == SubscriberState.UNSUBSCRIBED else None,
        follows=_incidents_in(row),
        only_followed=_ONLY[only],
        suppressed=reason,
        suppressed_since=since,
    )


def _language_in(row: Row, page: Page) -> str:
    """Return which of the page's languages a row asks for, also as ``de-DE`` or ``de_AT``; the
    first one where it asks for none, "" where the page has no such language.
    """
    asked = row.cells.get("language", "").lower().replace("_", "-")
    if not asked:
        return page.first_language
    languages: tuple[str, ...] = (*page.languages, page.first_language)
    spoken = {each.lower(): each for each in languages}
    return spoken.get(asked) or spoken.get(asked.partition("-")[0], "")


def _suppression(row: Row, now: datetime) -> tuple[str, datetime | None]:
    """Return why and since when the address is suppressed; an unknown time is the present."""
    reason, since = row.cells.get("suppressed", "").lower(), _instant(row, "suppressed_since")
    if reason and reason not in Suppression.Reason.values:
        raise BadInput(
            f"suppressed {reason[:20]!r} is none of {', '.join(Suppression.Reason.values)}"
        )
    if since and not reason:
        raise BadInput("suppressed_since tells a time and suppressed no reason")
    return reason, min(since or now, now) if reason else None


def _incidents_in(row: Row) -> tuple[str, ...]:
    """Return the incidents a row follows, each once and in order."""
    cell = bounded(row, "follows", _LONGEST_FOLLOWS)
    named = dict.fromkeys(name.strip() for name in cell.split(";") if name.strip())
    for name in named:
        if not is_public_id(name):
            raise BadInput(f"follows {name[:80]!r} is no id of an incident")
    return tuple(named)


def _instant(row: Row, column: str) -> datetime | None:
    cell = row.cells.get(column, "")
    try:
        read = datetime.fromisoformat(cell) if cell else None
    except ValueError:
        raise BadInput(f"{column} {cell[:40]!r} is no time; write 2026-03-04T08:12:00Z") from None
    return read.replace(tzinfo=read.tzinfo or UTC).astimezone(UTC) if read else None


def write_brought(*, page: Page, people: Mapping[str, Brought], source: str, now: datetime) -> None:
    insert_rows(
        Subscriber,
        (
            "page", "email", "state", "token", "language", "zone", "wants", "digest",
            "created_at", "confirmed_at", "unsubscribed_at", "only_followed", "source",
            "quarantined_because",
        ),
        (
            (
                page.pk, email, one.state, new_token(), one.language, one.zone, one.wants,
                one.digest, now, one.confirmed_at, one.unsubscribed_at, one.only_followed,
                source[:60], "",
            )
            for email, one in people.items()
            if one.state is not None
        ),
    )  # fmt: skip
    Suppression.objects.bulk_create(
        (
            Suppression(page=page, email=email, reason=one.suppressed, since=one.suppressed_since)
            for email, one in people.items()
            if one.suppressed_since is not None
        ),
        batch_size=BATCH,
    )
    gone = [email for email, one in people.items() if one.unsubscribed_at is not None]
    for begin in range(0, len(gone), BATCH):
        note_left_elsewhere(page=page, emails=gone[begin : begin + BATCH])
    _write_choices(page, people, now)


def _write_choices(page: Page, people: Mapping[str, Brought], now: datetime) -> None:
    """Write which parts and incidents those who were just brought in chose."""
    emails = [email for email, one in people.items() if one.components or one.follows]
    parts = dict(Component.objects.filter(page=page).values_list("public_id", "pk"))
    scope = Subscriber.components.through
    for begin in range(0, len(emails), BATCH):
        found = Subscriber.objects.filter(page=page, email__in=emails[begin : begin + BATCH])
        known = [(pk, people[email]) for pk, email in found.values_list("pk", "email")]
        scope.objects.bulk_create(
            scope(subscriber_id=pk, component_id=parts[ident])
            for pk, one in known
            for ident in one.components
        )
        FollowedIncident.objects.bulk_create(
            FollowedIncident(subscriber_id=pk, incident_ref=ref, since=now)
            for pk, one in known
            for ref in one.follows
        )
