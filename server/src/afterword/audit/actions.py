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
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("record_act needs the act's transaction")
    _hold_chain()
    # No more of the log is read than this: whoever answers readers may read no more.
    newest = Entry.objects.order_by("-sequence").values_list("sequence", "hash").first()
    last, head = newest or (0, GENESIS)
    entry = Entry(
        sequence=last + 1,
        at=now,
        actor_id=actor.id,
        actor_label=actor.label,
        came_from=getattr(actor, "came_from", None) or None,
        device=getattr(actor, "device", None) or None,
        verb=verb,
        subject=subject,
        detail=detail or {},
        previous_hash=head,
    )
    entry.hash = chained(entry.previous_hash, content_of(entry))
    entry.save(force_insert=True)
    return entry


def _hold_chain() -> None:
    """Let one transaction at a time extend the chain; SQLite's write lock does so already."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_CHAIN_LOCK])
