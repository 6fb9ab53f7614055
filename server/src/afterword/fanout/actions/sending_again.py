"""Sending again what a run gave up, and taking back what followed for addresses: by a person, with
a reason. For a mail server that was wrong, or that mended itself.
"""

from datetime import datetime

from django.db import transaction

from afterword.accounts.permissions import Actor, require
from afterword.audience.actions.lifting import MAX_REASON, lift_stops
from afterword.audit.actions import record_act
from afterword.fanout.actions.turns import hold_runs
from afterword.fanout.actions.wording import retitle_letters
from afterword.fanout.again import to_send_again
from afterword.fanout.models import Mailing
from afterword.fanout.queries import about_of
from afterword.kit.errors import WrongState
from afterword.kit.texts import required_text
from afterword.postbox import actions as postbox
from afterword.publishing.queries import under_newest_title


def send_again(
    *, actor: Actor, now: datetime, mailing: Mailing, reason: str, expected: int | None = None
) -> int:
    """Let the letters of a run that were given up be tried once more; return how many.

    Each is the letter it was, with its Message-ID and its tries. Left out is whoever left or is
    suppressed by now, what is too old to be sent, and what a server ever took. ``expected`` is how
    many whoever asks was told. Raises NotAllowed, BadInput without a reason, WrongState when there
    is nothing to send again, or more than was told.
    """
    require(actor, "send_letters", page=mailing.publication.page_id)
    because = required_text(reason, field="reason", limit=MAX_REASON, single_line=False)
    with transaction.atomic():
        hold_runs([mailing.publication])
        held = Mailing.objects.select_related("publication__page").get(pk=mailing.pk)
        publication = held.publication
        again = to_send_again(held, now)
        if again.never or not again.letters:
            raise WrongState(again.never or "Nothing that this run gave up can be sent again.")
        if expected is not None and again.count > expected:
            raise WrongState(
                f"{again.count:,} letters could be sent again by now, and you were told "
                f"{expected:,}. Load the page to see which."
            )
        done = postbox.send_again(letter_ids=again.letters, now=now)
        if under_newest_title(publication)[1]:
            retitle_letters(publication=publication, now=now)
        # Letters may leave again, so what was counted for good is counted anew.
        Mailing.objects.filter(pk=held.pk).update(counted=None)
        record_act(
            actor=actor, verb="fanout.send_again", subject=f"incident:{publication.incident_id}",
            now=now,
            detail={
                "publication": publication.number, "reason": because, "letters": done,
                "unwanted": again.unwanted, "too_old": again.too_old, "taken": again.taken,
            },
        )  # fmt: skip
    return done


def lift_quarantines(*, actor: Actor, now: datetime, mailing: Mailing, reason: str) -> int:
    """Take back what followed for addresses from the refusals of a run; return how many addresses
    get mail again. What the run gave up stays so until it is sent again.

    Raises NotAllowed, BadInput without a reason, WrongState when nobody was stopped for it.
    """
    publication = mailing.publication
    with transaction.atomic():
        lifted = lift_stops(
            actor=actor, now=now, page=publication.page, about=about_of(publication), reason=reason
        )
        if not lifted:
            raise WrongState("Nobody is in quarantine because of this run.")
        record_act(
            actor=actor, verb="fanout.lift_quarantines",
            subject=f"incident:{publication.incident_id}", now=now,
            detail={
                "publication": publication.number, "reason": reason.strip()[:MAX_REASON],
                "addresses": lifted,
            },
        )  # fmt: skip
    return lifted
