"""Digests that are due become letters, one a reader."""

import logging
from collections import defaultdict
from collections.abc import Callable, Collection, Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q, QuerySet

from afterword.accounts.permissions import MACHINE
from afterword.audience.links import unsubscribe_url
from afterword.audience.models import Subscriber
from afterword.audience.queries.subscribers import active_among, held_readers
from afterword.audit.actions import record_act
from afterword.components.models import Page
from afterword.fanout.composing import digest_words, list_id_of
from afterword.fanout.models import DigestContent, DigestEntry, Mailing, MailingState
from afterword.kit.hashing import sha256_of_text
from afterword.postbox.actions import Addressed, post, write_message
from afterword.postbox.models import Stream
from afterword.postbox.words import mark
from afterword.publishing.models import Publication
from afterword.publishing.queries import retraction_of, under_newest_title

log = logging.getLogger(__name__)

READERS_AT_A_TIME = 200
_ENTRIES_LOOKED_AT = 5 * READERS_AT_A_TIME
# Two digests of the rarer kind: what is older than that nobody waits for any more.
TOO_OLD = timedelta(days=14)
# When a digest that could not be written is tried again, so that it holds up nobody's meanwhile.
TRY_AGAIN = timedelta(minutes=15)
_HELD = (MailingState.PAUSED, MailingState.AWAITING)

# What one letter tells: publications, and how often each was laid in.
Told = tuple[tuple[int, int], ...]


def write_digests(*, now: datetime, should_stop: Callable[[], bool]) -> list[Exception]:
    """Write the digests that are due into letters, some readers at a time.

    One that cannot be written is put off for a quarter of an hour and holds up no other. Returns
    what went wrong.
    """
    faults: list[Exception] = []
    while readers := _next_readers(now):
        try:
            taken = _write_for(readers, now)
        except Exception:  # whosever it is, the others are not to wait for it
            log.exception("some digests cannot be written; each is tried by itself")
            taken = sum(_write_alone(each, now, faults) for each in readers)
        # When nobody was taken, another worker has them in hand.
        if not taken or should_stop():
            break
    return faults


def _write_alone(reader: int, now: datetime, faults: list[Exception]) -> int:
    try:
        return _write_for([reader], now)
    except Exception as fault:  # as above
        log.exception("the digest of subscriber %s cannot be written", reader)
        faults.append(fault)
        _due(now).filter(subscriber=reader).update(due_at=now + TRY_AGAIN)
        return 1


def _next_readers(now: datetime) -> list[int]:
    first = _due(now).order_by("due_at", "subscriber").values_list("subscriber", flat=True)
    return sorted(set(first[:_ENTRIES_LOOKED_AT]))[:READERS_AT_A_TIME]


def _write_for(readers: Collection[int], now: datetime) -> int:
    """Write the letters of those of the readers whom nobody else has in hand, and mark what is in
    them, in one transaction; return how many readers that were.

    The runs are held first, as whoever pauses or takes back does: either they find the letter, or
    this finds what they did. Then the readers, so that two workers never tell one of them half.
    """
    with transaction.atomic():
        wanted = _due(now).filter(subscriber__in=readers)
        publications = set(wanted.values_list("publication", flat=True))
        runs = Mailing.objects.filter(publication__in=publications).order_by("pk")
        list(runs.select_for_update(of=("self",), no_key=True).values_list("pk", flat=True))
        held = {each.pk: each for each in held_readers(readers)}
        entries = list(
            _due(now)
            .filter(subscriber__in=held.keys(), publication__in=publications)
            .select_for_update(of=("self",))
            .select_related("publication__page")
            .order_by("subscriber", "publication")
        )
        if not entries:
            return 0
        DigestEntry.objects.filter(pk__in=[each.pk for each in entries]).update(sent_at=now)
        if written := _write(entries, held, now):
            record_act(
                actor=MACHINE, verb="fanout.send_digests", subject="digests", now=now,
                detail={"letters": written},
            )  # fmt: skip
    return len({each.subscriber_id for each in entries})


def _due(now: datetime) -> "QuerySet[DigestEntry]":
    """Return what leaves now. A run that is held, or can still be cancelled, holds it here too."""
    waits = Mailing.objects.filter(Q(state__in=_HELD) | Q(opens_at__gt=now))
    due = DigestEntry.objects.filter(sent_at=None, due_at__lte=now)
    return due.exclude(publication__in=waits.values("publication"))


def _write(entries: Sequence[DigestEntry], readers: dict[int, Subscriber], now: datetime) -> int:
    """Post one letter to each reader with what is in it; return how many that are. Of what was
    taken back or is too old nothing is told.
    """
    fresh: dict[int, Publication] = {}
    for said in {each.publication_id: each.publication for each in entries}.values():
        if now - said.published_at <= TOO_OLD and retraction_of(said) is None:
            fresh[said.pk] = under_newest_title(said)[0]
    mine: dict[int, list[DigestEntry]] = defaultdict(list)
    for each in entries:
        if each.publication_id in fresh:
            mine[each.subscriber_id].append(each)
    pages = {readers[pk].page_id: readers[pk].page for pk in mine}
    # Who left, or must not be written to, since it was laid into their digest gets none.
    still = {
        (pk, email)
        for pk, page in pages.items()
        for email in active_among(
            page=page, emails=[readers[each].email for each in mine], hold=True
        )
    }
    letters: dict[tuple[int, str, Told], list[int]] = defaultdict(list)
    for pk, laid in mine.items():
        if (readers[pk].page_id, readers[pk].email) in still:
            told = tuple((each.publication_id, each.round) for each in laid)
            letters[readers[pk].page_id, _voice(readers[pk]), told].append(pk)
    for (page, voice, told), whose in letters.items():
        to = [Addressed(readers[pk].email, {"token": readers[pk].token}) for pk in whose]
        about = _post(pages[page], voice, told, fresh, to, now)
        marked = [each.pk for pk in whose for each in mine[pk]]
        DigestEntry.objects.filter(pk__in=marked).update(about=about)
    return sum(map(len, letters.values()))


def _post(
    page: Page,
    voice: str,
    told: Told,
    fresh: dict[int, Publication],
    to: Sequence[Addressed],
    now: datetime,
) -> str:
    """Post the letters of those who get the same; return what they are about. That follows from
    what is in them, so a database that was set back cannot write the same digest twice.
    """
    said = [fresh[pk] for pk, _ in told]
    names = [f"{fresh[pk].hash}.{again}" if again else fresh[pk].hash for pk, again in told]
    about = f"digest:{page.pk}:{sha256_of_text(','.join(names))[:24]}"
    code, _, zone = voice.partition("@")
    message = write_message(
        now=now,
        key=f"{about}:{voice}:{now:%Y%m%d%H}",
        stream=Stream.STATUS,
        words=digest_words(page, said, code, zone, now),
        list_id=list_id_of(page),
        unsubscribe_url=unsubscribe_url(mark("token")),
    )
    DigestContent.objects.bulk_create(
        (DigestContent(about=about, publication=each) for each in said), ignore_conflicts=True
    )
    post(now=now, message=message, about=about, letters=to)
    return about


def _voice(reader: Subscriber) -> str:
    known = reader.language in reader.page.languages
    language = reader.language if known else reader.page.first_language
    return f"{language}@{reader.zone}" if reader.zone else language
