"""Finding letters by their Message-IDs, as reports, backups and mails that came back name them.

PostgreSQL writes a letter into each index of its table whenever its state changes, at a random
place of one over Message-IDs: a fifth of what it did for a letter. So there the tries hold a short
key, written once, and a letter is known by its Message-ID from when a sender has it; nobody else
has seen it before. SQLite leaves such an index alone while letters leave: it is on the letters.
"""

from collections.abc import Collection, Iterator
from hashlib import sha256

from django.db import connection
from django.db.models import QuerySet
from django.db.models.functions import Now

from afterword.postbox.models import Attempt, Letter, LetterState
from afterword.postbox.partly import READY

_BYTES = 8


def message_key(message_id: str) -> int | None:
    """Return 64 bits of a hash of a Message-ID, as a signed number; None for no Message-ID."""
    if not message_id:
        return None
    return int.from_bytes(sha256(message_id.encode()).digest()[:_BYTES], "big", signed=True)


# The same of a letter's own column, for PostgreSQL.
KEY_OF_LETTER = (
    "('x' || left(encode(sha256(convert_to(postbox_letter.rfc_message_id, 'UTF8')), 'hex'), 16))"
    "::bit(64)::bigint"
)


def known_as(message_ids: Collection[str]) -> "QuerySet[Letter]":
    """Return the letters with these Message-IDs, on PostgreSQL those that were tried and those in a
    sender's hands, of which it may not have written down yet that they left.
    """
    found = Letter.objects.filter(rfc_message_id__in=list(message_ids))
    if not only_tried_are_known():
        return found
    keys = [message_key(each) for each in message_ids]
    tried = Attempt.objects.filter(message_key__in=keys).order_by()
    in_hand = found.filter(READY, state=LetterState.CLAIMED, next_at__gt=Now()).order_by()
    pks = {*tried.values_list("letter_id", flat=True), *in_hand.values_list("pk", flat=True)}
    return found.filter(pk__in=pks)


def only_tried_are_known() -> bool:
    """Whether ``known_as`` does not find letters that nobody has tried to hand over."""
    return connection.vendor == "postgresql"


def unsent_with_ids() -> Iterator[tuple[int, str]]:
    """Yield the numbers and Message-IDs of all letters that may yet leave."""
    states = (LetterState.WAITING, LetterState.PAUSED, LetterState.CLAIMED)
    unsent = Letter.objects.filter(state__in=states).order_by()
    yield from unsent.values_list("pk", "rfc_message_id").iterator(chunk_size=2_000)
