"""A database that was restored from a backup learns what left after the backup was made."""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from itertools import islice

from afterword.postbox.actions.results import record_results
from afterword.postbox.message_ids import known_as, only_tried_are_known, unsent_with_ids
from afterword.postbox.models import Letter, LetterState
from afterword.postbox.outcomes import Outcome, Result
from afterword.postbox.sent_log import SentLog, begun_at, ids_in, last_id_in

LEFT_BEFORE = "Sent before the database was set back to an earlier state; not sent again."
_AT_ONCE = 500


def catch_up(*, log: SentLog, now: datetime) -> frozenset[str]:
    """Mark as sent what the log knows to have left, and return the Message-IDs of letters that the
    database does not hold (yet): should it write them anew, they must not leave again.

    A backup holds all that happened up to some moment. So a file whose last letter is known as sent
    is known as a whole, and in all other cases than after a restore nothing more is read.
    """
    unknown: dict[str, datetime] = {}
    for path in log.files():
        last = last_id_in(path)
        if not last or known_as([last]).filter(state=LetterState.SENT).exists():
            continue
        begun = begun_at(path) or now
        ids = ids_in(path)
        while chunk := list(islice(ids, _AT_ONCE)):
            unknown.update((each, begun) for each in _marked(chunk, begun))
    if unknown and only_tried_are_known():
        for each in _marked_untried(unknown):
            del unknown[each]
    return frozenset(unknown)


def _marked(message_ids: list[str], at: datetime) -> Iterator[str]:
    """Mark the letters as sent; yield the ids of those that are not there."""
    known = dict(known_as(message_ids).values_list("rfc_message_id", "pk"))
    mark_as_left(list(known.values()), at)
    yield from (each for each in message_ids if each not in known)


def _marked_untried(left: Mapping[str, datetime]) -> list[str]:
    """Mark those of the letters that left which the database holds as not tried at all; return
    their ids. It reads what may yet leave once, however many left.
    """
    found = [(pk, name) for pk, name in unsent_with_ids() if name in left]
    for begun in {left[name] for _, name in found}:
        pks = iter([pk for pk, name in found if left[name] == begun])
        while chunk := list(islice(pks, _AT_ONCE)):
            mark_as_left(chunk, begun)
    return [name for _, name in found]


def mark_as_left(letter_ids: list[int], at: datetime) -> None:
    """Mark letters as sent that left before the database was set back."""
    unsent = Letter.objects.filter(pk__in=letter_ids).exclude(state=LetterState.SENT)
    record_results(
        results=[
            Result(pk, at, Outcome.ACCEPTED, at + timedelta(microseconds=n), None, LEFT_BEFORE)
            for n, pk in enumerate(unsent.values_list("pk", flat=True))
        ]
    )
