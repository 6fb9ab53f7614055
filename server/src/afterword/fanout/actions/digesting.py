"""Digests: what is minor is gathered per reader and leaves as one letter."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction

from afterword.accounts.permissions import MACHINE
from afterword.audience.links import unsubscribe_url
from afterword.audience.models import Subscriber
from afterword.audience.queries.subscribers import active_among, digest_readers
from afterword.audience.sealed import address_mark
from afterword.audit.actions import record_act
from afterword.components.models import Page
from afterword.fanout.choosing import letters_of_their_own, occasion_of
from afterword.fanout.composing import digest_words, list_id_of
from afterword.fanout.digests import next_digest
from afterword.fanout.models import DigestEntry, Mailing, MailingState
from afterword.kit.hashing import sha256_of_text
from afterword.postbox.actions import Addressed, post, write_message
from afterword.postbox.models import Stream
from afterword.postbox.words import mark
from afterword.publishing.models import Publication
from afterword.publishing.queries import retraction_of

READERS_AT_A_TIME = 200
_BATCH = 1000
# Two digests of the rarer kind: what is older than that nobody waits for any more.
TOO_OLD = timedelta(days=14)
_HELD = (MailingState.PAUSED, MailingState.AWAITING)


def gather(*, publication: Publication, mailing: Mailing, now: datetime) -> None:
    """Lay the publication into the digests of those who chose one, in the step that finishes its
    mailing. A correction follows what it corrects into the same digests.
    """
    if publication.corrects is not None:
        _follow(publication, publication.corrects, now)
        return
    occasion = occasion_of(publication)
    if not occasion.can_wait:
        return
    own = letters_of_their_own(publication)
    readers = digest_readers(
        page=publication.page,
        up_to_id=mailing.cutoff_id,
        occasion=occasion,
        confirmed_by=publication.published_at,
    )
    found = readers.order_by("pk").iterator(chunk_size=_BATCH)
    _lay([each for each in found if not own or address_mark(each.email) not in own],
         publication, now)  # fmt: skip


def send_digests(*, now: datetime) -> bool:
    """Write the next digests that are due into letters; return whether there were any.

    The letter and the mark of what is in it are one transaction, so that nothing is in two. Of
    what was taken back, is paused or too old nothing is told.
    """
    with transaction.atomic():
        due = DigestEntry.objects.filter(sent_at=None, due_at__lte=now).exclude(
            publication__in=Mailing.objects.filter(state__in=_HELD).values("publication")
        )
        first = due.order_by("due_at", "subscriber").values_list("subscriber", flat=True)
        readers = set(first[: READERS_AT_A_TIME * 5])
        readers = set(sorted(readers)[:READERS_AT_A_TIME])
        held = (
            due.filter(subscriber__in=readers)
            .select_for_update(of=("self",), skip_locked=True)
            .select_related("subscriber__page", "publication__page")
            .order_by("subscriber", "publication")
        )
        entries = list(held)
        if not entries:
            return False
        written = _write(entries, now)
        DigestEntry.objects.filter(pk__in=[each.pk for each in entries]).update(sent_at=now)
        if written:
            record_act(
                actor=MACHINE, verb="fanout.send_digests", subject="digests", now=now,
                detail={"letters": written},
            )  # fmt: skip
    return True


def drop_from_digests(*, publication: Publication) -> None:
    """Take a publication out of the digests that have not left."""
    DigestEntry.objects.filter(publication=publication, sent_at=None).delete()


def _follow(correction: Publication, corrected: Publication, now: datetime) -> None:
    there = DigestEntry.objects.filter(publication=corrected).select_related("subscriber")
    known = [each.subscriber for each in there.order_by("pk").iterator(chunk_size=_BATCH)]
    _lay(known, correction, now)


def _lay(readers: Sequence[Subscriber], publication: Publication, now: datetime) -> None:
    DigestEntry.objects.bulk_create(
        (
            DigestEntry(
                subscriber=each,
                publication=publication,
                due_at=next_digest(now, each.zone, each.digest),
            )
            for each in readers
        ),
        batch_size=_BATCH,
        ignore_conflicts=True,
    )


def _write(entries: Sequence[DigestEntry], now: datetime) -> int:
    """Post one letter to each reader with what is in it; return how many that are."""
    fresh: dict[int, Publication] = {}
    for each in entries:
        said = each.publication
        if now - said.published_at <= TOO_OLD and retraction_of(said) is None:
            fresh[said.pk] = said
    told: dict[int, list[Publication]] = defaultdict(list)
    readers = {each.subscriber_id: each.subscriber for each in entries}
    for each in entries:
        if each.publication_id in fresh:
            told[each.subscriber_id].append(fresh[each.publication_id])
    by_page: dict[int, list[str]] = defaultdict(list)
    for pk in told:
        by_page[readers[pk].page_id].append(readers[pk].email)
    # Who left, or must not be written to, since it was laid into their digest gets none.
    still = {
        (page, email)
        for page, emails in by_page.items()
        for email in active_among(page=_page(readers, page), emails=emails, hold=True)
    }
    letters: dict[tuple[int, str, tuple[int, ...]], list[Addressed]] = defaultdict(list)
    for pk, said_to in told.items():
        reader = readers[pk]
        if (reader.page_id, reader.email) in still:
            which = tuple(each.pk for each in said_to)
            letters[reader.page_id, _voice(reader), which].append(
                Addressed(reader.email, {"token": reader.token})
            )
    for (page, voice, which), to in letters.items():
        _post(_page(readers, page), voice, [fresh[each] for each in which], to, now)
    return sum(map(len, letters.values()))


def _post(
    page: Page, voice: str, said: Sequence[Publication], to: Sequence[Addressed], now: datetime
) -> None:
    """Post the letters of those who get the same. What they are about follows from what is in
    them, so a database that was set back cannot write the same digest twice.
    """
    digits = sha256_of_text(",".join(each.hash for each in said))[:24]
    about = f"digest:{page.pk}:{digits}"
    code, _, zone = voice.partition("@")
    message = write_message(
        now=now,
        key=f"{about}:{voice}:{now:%Y%m%d%H}",
        stream=Stream.STATUS,
        words=digest_words(page, said, code, zone, now),
        list_id=list_id_of(page),
        unsubscribe_url=unsubscribe_url(mark("token")),
    )
    post(now=now, message=message, about=about, letters=to)


def _voice(reader: Subscriber) -> str:
    known = reader.language in reader.page.languages
    language = reader.language if known else reader.page.first_language
    return f"{language}@{reader.zone}" if reader.zone else language


def _page(readers: dict[int, Subscriber], pk: int) -> Page:
    return next(each.page for each in readers.values() if each.page_id == pk)
