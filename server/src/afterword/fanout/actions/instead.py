"""The text for everybody, for those it passed over because of a letter of their own that was then
stopped.
"""

from collections.abc import Callable, Sequence
from datetime import datetime

from django.db import transaction

from afterword.accounts.permissions import MACHINE, Actor, require
from afterword.audience.models import Digest, Subscriber
from afterword.audience.queries.customers import members
from afterword.audience.queries.subscribers import Moment
from afterword.audience.sealed import address_mark
from afterword.audit.actions import record_act
from afterword.fanout.actions.digesting import Waiting, lay
from afterword.fanout.actions.turns import hold_runs
from afterword.fanout.actions.wording import message_of, voice_of
from afterword.fanout.amended import Voice, amendments_of
from afterword.fanout.choosing import (
    letters_of_their_own,
    occasion_of,
    texts_in_place_of,
    who_hears_instead,
)
from afterword.fanout.models import Mailing, MailingState
from afterword.fanout.queries import about_of
from afterword.fanout.quiet_hours import after_the_night
from afterword.kit.errors import WrongState
from afterword.postbox.actions import Addressed, post
from afterword.postbox.queries import any_unsent, count_about
from afterword.publishing.models import Publication

_BATCH = 500


def ask_instead(*, mailing: Mailing, now: datetime) -> bool:
    """Note that whoever does not get the letter of a run that was stopped gets the texts for
    everybody that passed them over for it; return whether there are any. The caller holds the run.
    """
    if mailing.instead_at is not None or not texts_in_place_of(mailing.publication, now):
        return False
    mailing.instead_at = now
    mailing.save(update_fields=["instead_at"])
    return True


def tell_instead(*, actor: Actor, now: datetime, mailing: Mailing) -> None:
    """Send the texts for everybody to those whom they passed over for the letter of a cancelled
    run. Raises NotAllowed, and WrongState when it was not cancelled, or there is nothing to send.
    """
    require(actor, "send_letters", page=mailing.publication.page_id)
    with transaction.atomic():
        hold_runs([mailing.publication])
        held = Mailing.objects.select_related("publication__page").get(pk=mailing.pk)
        if held.state != MailingState.CANCELLED:
            raise WrongState("This run was not cancelled: whoever is on its list gets its letter.")
        if not ask_instead(mailing=held, now=now):
            raise WrongState("Nothing was left out for this letter that could be sent now.")
        record_act(
            actor=actor, verb="fanout.tell_instead",
            subject=f"incident:{held.publication.incident_id}", now=now,
            detail={"publication": held.publication.number},
        )  # fmt: skip


def tell_all_instead(*, now: datetime, should_stop: Callable[[], bool]) -> None:
    """Write what was asked for by ``ask_instead``, some people at a time.

    A run waits until it is known of each of its letters whether it left, and until the texts for
    everybody are written to the others.
    """
    asked = Mailing.objects.filter(instead_at__isnull=False, instead_ended_at=None)
    for mailing in list(asked.select_related("publication__page").order_by("pk")):
        if any_unsent(about_of(mailing.publication)):
            continue
        while not should_stop() and _tell_some(mailing.pk, now):
            pass


def _tell_some(mailing_id: int, now: datetime) -> bool:
    """Write to the next people on the list and move the cursor; return whether there are more."""
    with transaction.atomic():
        mailing = (
            Mailing.objects.select_for_update(of=("self",))
            .select_related("publication__page")
            .get(pk=mailing_id)
        )
        texts = texts_in_place_of(mailing.publication, now)
        if mailing.instead_ended_at is not None or any(not is_written(each) for each in texts):
            return False
        found = members(
            list_public_id=mailing.publication.recipient_list,
            after_id=mailing.instead_cursor,
            limit=_BATCH,
        )
        if not found or not texts:
            mailing.instead_ended_at = now
            mailing.save(update_fields=["instead_ended_at"])
            count_anew(texts)
            record_act(
                actor=MACHINE, verb="fanout.told_instead",
                subject=f"incident:{mailing.publication.incident_id}", now=now,
                detail={"publication": mailing.publication.number, "texts": len(texts)},
            )  # fmt: skip
            return False
        emails = [each.opened()[0] for each in found]
        for text in texts:
            write_instead(text=text, emails=emails, now=now)
        mailing.instead_cursor = found[-1].pk
        mailing.save(update_fields=["instead_cursor"])
        return True


def is_written(text: Publication) -> bool:
    """Whether the text has been written to everybody it did not pass over."""
    return Mailing.objects.filter(publication=text, expanded_at__isnull=False).exists()


def count_anew(texts: Sequence[Publication]) -> None:
    """Count the letters of texts again: some may leave again, whatever was counted for good."""
    for each in texts:
        count = count_about(about_of(each))
        Mailing.objects.filter(publication=each).update(counted=None, letters=count)


def write_instead(*, text: Publication, emails: Sequence[str], now: datetime) -> None:
    """Write the text to those of the addresses who hear of it as they choose now, and have neither
    had a letter of their own nor wait for another. Whoever has the text, in a letter or a digest,
    gets no second one.
    """
    occasion, mailing = occasion_of(text), Mailing.objects.get(publication=text)
    own = letters_of_their_own(text)
    found = [
        each
        for each in who_hears_instead(text, emails).select_for_update(of=("self",)).order_by("pk")
        if address_mark(each.email) not in own
    ]
    laid = [each for each in found if occasion.can_wait and each.digest != Digest.NONE]
    lay(
        publication=text,
        readers=(Waiting(each.pk, each.zone, each.digest) for each in laid),
        now=now,
    )
    digest = {each.pk for each in laid}
    numbers = [each.number for each in amendments_of(text)]
    waits = occasion.moment == Moment.AFTER
    of: dict[str, list[Addressed]] = {}
    for each in found:
        if each.pk in digest:
            continue
        voice = str(Voice.of(voice_of(each, text)).with_these(numbers))
        of.setdefault(voice, []).append(_addressed(each, text, now, waits=waits))
    for voice, letters in sorted(of.items()):
        post(
            now=now, message=message_of(publication=text, voice=voice, now=now),
            about=about_of(text), letters=letters, not_before=mailing.opens_at,
        )  # fmt: skip


def _addressed(reader: Subscriber, text: Publication, now: datetime, *, waits: bool) -> Addressed:
    morning = after_the_night(now, reader.zone or text.page.time_zone) if waits else None
    return Addressed(reader.email, {"token": reader.token}, morning)
