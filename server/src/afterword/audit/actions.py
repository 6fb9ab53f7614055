from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from django.db import connection, transaction

from afterword.audit.chain import GENESIS, content_of
from afterword.audit.models import Entry
from afterword.kit.hashing import chained

_CHAIN_LOCK = 4_117_001


class Actor(Protocol):
    """Whoever acts: a person, or the machine itself (``id`` None).

    Who signed in also has ``came_from``, the network address of the request, and ``device``, a
    short name of the browser and system it came from.
    """

    @property
    def id(self) -> int | None: ...

    @property
    def label(self) -> str: ...


def record_act(
    *, actor: Actor, verb: str, subject: str, now: datetime, detail: dict[str, Any] | None = None
) -> Entry:
    """Append one entry. Must be called inside the transaction of the act it records.

    Holds the chain until that transaction ends, so lock every row of other tables that the act
    will change (``select_for_update``) before its first entry: two acts that wait for rows while
    holding the chain would wait for each other.

    Raises TransactionManagementError outside a transaction, so that an act without its entry
    (or the reverse) cannot be committed.
    """
    _needs_transaction()
    _hold_chain()
    entry = _after(*_newest(), actor=actor, now=now, act=Act(verb, subject, detail or {}))
    entry.save(force_insert=True)
    return entry


@dataclass(frozen=True)
class Act:
    """What somebody did, to what."""

    verb: str
    subject: str
    detail: Mapping[str, Any]


def record_acts(*, actor: Actor, acts: Sequence[Act], now: datetime) -> None:
    """Append an entry for each of these, in their order, as ``record_act`` appends one."""
    _needs_transaction()
    if not acts:
        return
    _hold_chain()
    last, head = _newest()
    entries: list[Entry] = []
    for act in acts:
        entries.append(_after(last, head, actor=actor, now=now, act=act))
        last, head = entries[-1].sequence, entries[-1].hash
    Entry.objects.bulk_create(entries, batch_size=500)


def _needs_transaction() -> None:
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("record_act needs the act's transaction")


def _newest() -> tuple[int, str]:
    # No more of the log is read than this: whoever answers readers may read no more.
    newest = Entry.objects.order_by("-sequence").values_list("sequence", "hash").first()
    return newest or (0, GENESIS)


def _after(last: int, head: str, *, actor: Actor, now: datetime, act: Act) -> Entry:
    entry = Entry(
        sequence=last + 1,
        at=now,
        actor_id=actor.id,
        actor_label=actor.label,
        came_from=getattr(actor, "came_from", None) or None,
        device=getattr(actor, "device", None) or None,
        verb=act.verb,
        subject=act.subject,
        detail=dict(act.detail),
        previous_hash=head,
    )
    entry.hash = chained(entry.previous_hash, content_of(entry))
    return entry


def _hold_chain() -> None:
    """Let one transaction at a time extend the chain; SQLite's write lock does so already."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_CHAIN_LOCK])
