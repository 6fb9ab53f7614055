"""Letters as they would leave, for somebody to look at: none is sent and nothing is written."""

import io
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from typing import NamedTuple

from django.db import transaction

from afterword.accounts.permissions import Actor, require
from afterword.audience.models import Digest
from afterword.audience.queries.subscribers import active_subscribers, newest_subscriber_id
from afterword.audience.sealed import address_mark
from afterword.fanout.actions.expanding import Spoken, members_after, who_got_after
from afterword.fanout.actions.wording import unkept_message_of, voice_of
from afterword.fanout.choosing import letters_of_their_own, occasion_of
from afterword.kit.errors import WrongState
from afterword.postbox.actions import Addressed
from afterword.postbox.envelope import Envelope, envelope_of, sender_address
from afterword.postbox.models import Letter
from afterword.publishing.models import Audience, Publication

MOST = 100
# Later than any that is stored, so that those are the earlier ones.
_LAST = 2**62
_DISARMED = {"token": "dry-run"}
# No clock in the archive: the same letters give the same bytes.
_THEN = (1980, 1, 1, 0, 0, 0)


class Mail(NamedTuple):
    """One letter: a name for its file, whom it is to, and its bytes (RFC 5322)."""

    name: str
    recipient: str
    raw: bytes


def letters_of(
    *, actor: Actor, now: datetime, publication: Publication, most: int = MOST
) -> Iterator[Mail]:
    """Yield the first letters, at most ``most`` and a hundred, that a publication which is not
    stored would make if it left now.

    They are what is sent but for three things: their Message-ID is of no letter, the links by
    which readers leave or choose do nothing, and what is added at the last moment (return path,
    DKIM) is missing. Digests are left out. Raises WrongState for a text nobody is mailed about.
    """
    require(actor, "manage_audience", page=publication.page_id)
    if publication.audience == Audience.PAGE:
        raise WrongState("Nobody is mailed about this text: it is for the page alone.")
    publication.pk = _LAST
    return _mails(publication, _first(publication, now)[: min(most, MOST)], now)


def as_archive(mails: Iterable[Mail]) -> bytes:
    """Return a ZIP archive of letters, each an .eml file."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for each in mails:
            archive.writestr(zipfile.ZipInfo(each.name, _THEN), each.raw)
    return out.getvalue()


def _mails(publication: Publication, letters: list[Spoken], now: datetime) -> Iterator[Mail]:
    envelopes: dict[str, Envelope] = {}
    for number, (voice, to) in enumerate(letters, start=1):
        if voice not in envelopes:
            message = unkept_message_of(publication=publication, voice=voice, now=now)
            envelopes[voice] = envelope_of(message)
        domain = sender_address(envelopes[voice].sender).rpartition("@")[2]
        letter = Letter(
            recipient=to.recipient, fill={**to.fill, **_DISARMED}, created_at=now,
            rfc_message_id=f"<dry-run.{number}@{domain or 'localhost'}>",
        )  # fmt: skip
        yield Mail(f"{number:04}.eml", to.recipient, envelopes[voice].fill(letter))


def _first(publication: Publication, now: datetime) -> list[Spoken]:
    """Return the first letters, by the rules and in the order in which they are written."""
    if publication.corrects is not None:
        with transaction.atomic():  # rows are held while they are looked at
            return who_got_after(
                corrected=publication.corrects, correction=publication, cursor=0, now=now
            )[1]
    if publication.audience == Audience.LIST:
        return members_after(publication=publication, cursor=0, now=now)[1]
    return _to_subscribers(publication, now)


def _to_subscribers(publication: Publication, now: datetime) -> list[Spoken]:
    occasion, own = occasion_of(publication), letters_of_their_own(publication)
    found: list[Spoken] = []
    cursor, last = 0, newest_subscriber_id(publication.page)
    while len(found) < MOST and (
        people := active_subscribers(
            page=publication.page, after_id=cursor, up_to_id=last, limit=500,
            occasion=replace(occasion, can_wait=False), confirmed_by=now,
        )
    ):  # fmt: skip
        cursor = people[-1].pk
        found += [
            (voice_of(each, publication), Addressed(each.email, {"token": each.token}))
            for each in people
            if not (own and address_mark(each.email) in own)
            and not (occasion.can_wait and each.digest != Digest.NONE)
        ]
    return found
