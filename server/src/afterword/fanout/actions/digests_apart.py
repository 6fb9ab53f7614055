"""Digest letters that hold what is paused, cancelled or taken back do not leave; what else was in
them comes in a new one.
"""

from collections.abc import Callable
from datetime import datetime

from django.db import transaction
from django.db.models import F

from afterword.fanout.models import DigestEntry, Mailing, MailingState
from afterword.fanout.queries import digests_unsent
from afterword.postbox.actions import stop_about
from afterword.postbox.models import LetterState
from afterword.postbox.queries import states_about
from afterword.publishing.models import Publication
from afterword.publishing.queries import retraction_of

APART = "Not sent: something in this digest was held back. What else was in it comes in another."
_UNSENT = frozenset({LetterState.WAITING, LetterState.PAUSED, LetterState.CLAIMED})
_AT_A_TIME = 1000


def drop_from_digests(*, publication: Publication, now: datetime) -> None:
    """Take a publication out of all digests that have not left, for good."""
    DigestEntry.objects.filter(publication=publication, sent_at=None).delete()
    take_digests_apart(publication=publication, now=now)


def take_digests_apart(*, publication: Publication, now: datetime) -> None:
    """Let no written digest leave that holds the publication. What was in them is laid in again by
    ``lay_again``, each reader's when it is known that theirs did not leave.

    The caller holds the publication's run.
    """
    stopped = digests_unsent([publication.pk])
    for about in stopped:
        stop_about(about=about, now=now, says=APART)
        DigestEntry.objects.filter(about=about).update(apart=True)
    if stopped:
        # Whoever writes the same digest to further readers writes another letter: about this one
        # nothing leaves any more, and its words are those of before.
        still_to_write = DigestEntry.objects.filter(publication=publication, sent_at=None)
        still_to_write.update(round=F("round") + 1)


def lay_again(*, now: datetime, should_stop: Callable[[], bool]) -> None:
    """Lay what was in digests that were taken apart into the readers' next ones, due at once. What
    was cancelled or taken back is left out; what left after all is not told again.
    """
    after = 0
    while last := _lay_some_again(after, now):
        after = last
        if should_stop():
            break


def _lay_some_again(after: int, now: datetime) -> int:
    """See to the next entries by their ids; return the last one's, 0 when there are none."""
    with transaction.atomic():
        some = list(
            DigestEntry.objects.filter(apart=True, pk__gt=after)
            .select_for_update(of=("self",))
            .select_related("subscriber", "publication__page")
            .order_by("pk")[:_AT_A_TIME]
        )
        if not some:
            return 0
        states = states_about(
            {each.about for each in some}, {each.subscriber.email for each in some}
        )
        ended = [each for each in some if _state(each, states) not in _UNSENT]
        again = [each for each in ended if _state(each, states) == LetterState.WITHDRAWN]
        gone = _gone({each.publication_id: each.publication for each in again})
        told = DigestEntry.objects
        told.filter(pk__in=[each.pk for each in ended]).update(apart=False)
        told.filter(pk__in=[each.pk for each in again if each.publication_id in gone]).delete()
        told.filter(pk__in=[each.pk for each in again if each.publication_id not in gone]).update(
            sent_at=None, about="", round=F("round") + 1, due_at=now
        )
    return some[-1].pk


def _state(entry: DigestEntry, states: dict[tuple[str, str], str]) -> str:
    return states.get((entry.about, entry.subscriber.email), LetterState.WITHDRAWN)


def _gone(publications: dict[int, Publication]) -> set[int]:
    cancelled = Mailing.objects.filter(
        publication__in=publications.keys(), state=MailingState.CANCELLED
    )
    taken_back = {pk for pk, each in publications.items() if retraction_of(each) is not None}
    return taken_back | set(cancelled.values_list("publication", flat=True))
