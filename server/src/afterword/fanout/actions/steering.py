"""Pausing, resuming, cancelling and agreeing to a run of letters: by a person, with a reason."""

from datetime import datetime

from django.db import transaction

from afterword.accounts.models import Person
from afterword.accounts.permissions import Actor, require
from afterword.audit.actions import record_act
from afterword.fanout.actions.digests_apart import drop_from_digests, take_digests_apart
from afterword.fanout.actions.instead import ask_instead
from afterword.fanout.actions.turns import hold_runs
from afterword.fanout.actions.wording import put_on_all, take_apart
from afterword.fanout.amended import amends, what_is_amended
from afterword.fanout.models import Mailing, MailingState
from afterword.fanout.queries import about_of, is_demanded, publishers_of, waiting_in_digests
from afterword.fanout.states import Act, after
from afterword.kit.errors import NotAllowed, WrongState
from afterword.kit.texts import required_text
from afterword.postbox import actions as postbox
from afterword.postbox.queries import Counted, any_unsent, progress_about

MAX_REASON = 500
CANCELLED = "Cancelled on the desk before it was sent."


def pause(
    *,
    actor: Actor,
    now: datetime,
    mailing: Mailing,
    reason: str,
    counted: Counted | None = None,
) -> Mailing:
    """Let no further letter of the run leave until it is resumed, whatever is restarted meanwhile.

    What a sender has in its hands may still leave; it looks once a second. ``counted`` is how far
    the run was when whoever asks looked at it, for the log: a million letters are not to be counted
    while everybody waits. Without it they are counted first. Raises NotAllowed,
    BadInput without a reason, WrongState when it cannot be paused or all has left.
    """
    require(actor, "stop_letters", page=mailing.publication.page_id)
    return _steer(actor, now, mailing, Act.PAUSE, _reason(reason), counted)


def resume(
    *,
    actor: Actor,
    now: datetime,
    mailing: Mailing,
    reason: str,
    counted: Counted | None = None,
) -> Mailing:
    """Let a paused run go on. Raises NotAllowed, BadInput, WrongState if not paused."""
    require(actor, "send_letters", page=mailing.publication.page_id)
    return _steer(actor, now, mailing, Act.RESUME, _reason(reason), counted)


def cancel(
    *,
    actor: Actor,
    now: datetime,
    mailing: Mailing,
    reason: str,
    counted: Counted | None = None,
    instead: bool = True,
) -> Mailing:
    """Withdraw every letter of the run that has not left, for good.

    A correction stays true whoever is mailed: letters about what it corrects that have not left
    leave with it on top, also those whose readers were still to get one of its own.

    Whoever is on its list, does not get its letter and subscribed gets the summary that passed them
    over for it, unless ``instead`` is False; ``tell_instead`` can be asked for that later, too.

    Raises NotAllowed, BadInput without a reason, WrongState when nothing is left to cancel.
    """
    require(actor, "send_letters", page=mailing.publication.page_id)
    return _steer(actor, now, mailing, Act.CANCEL, _reason(reason), counted, instead=instead)


def agree(
    *,
    actor: Actor,
    now: datetime,
    mailing: Mailing,
    reason: str,
    counted: Counted | None = None,
) -> Mailing:
    """Agree to a run that is larger than the ceiling. Raises NotAllowed also for whoever published
    what it tells, WrongState for one that waits for nobody.
    """
    require(actor, "send_letters", page=mailing.publication.page_id)
    if not isinstance(actor, Person):
        raise NotAllowed("A person agrees to so many letters, by name.")
    if actor.id in publishers_of(mailing.publication):
        raise NotAllowed(
            "You published this yourself. Somebody else with the role Publisher has to agree to "
            "so many letters."
        )
    return _steer(actor, now, mailing, Act.AGREE, _reason(reason), counted)


def try_again_now(*, actor: Actor, now: datetime, channel: str) -> bool:
    """End the rest that sending takes after trouble; return whether there was one."""
    require(actor, "send_letters", page=None)
    with transaction.atomic():
        why = postbox.end_rest(channel=channel, now=now)
        if why is not None:
            record_act(
                actor=actor, verb="fanout.try_again_now", subject=f"channel:{channel}", now=now,
                detail={"rested_because": why},
            )  # fmt: skip
    return why is not None


def _steer(
    actor: Actor, now: datetime, mailing: Mailing, act: Act, reason: str,
    counted: Counted | None, *, instead: bool = False,
) -> Mailing:  # fmt: skip
    seen = counted or progress_about(about_of(mailing.publication))
    with transaction.atomic():
        corrects = amends(mailing.publication) and act is Act.CANCEL
        amended = what_is_amended(mailing.publication) if corrects else []
        hold_runs([mailing.publication, *amended])
        held = Mailing.objects.select_related("publication__page").get(pk=mailing.pk)
        publication = held.publication
        about = about_of(publication)
        to = after(held.state, act)
        if to is None:
            raise WrongState(_why_not(held, act))
        in_digests = waiting_in_digests([publication.pk])[publication.pk]
        if held.expanded_at is not None and not in_digests and not any_unsent(about):
            raise WrongState("No letter of this run is left to leave, so there is nothing to hold.")
        held.state, held.because = to, reason
        held.steered_by, held.steered_at = _name_of(actor), now
        if act is Act.CANCEL and held.expanded_at is None:
            held.expanded_at, held.skipped = now, CANCELLED
            held.letters = seen.total
        held.save()
        if act is Act.CANCEL:
            postbox.stop_about(about=about, now=now, says=CANCELLED)
            take_apart(publication=publication, now=now)
            drop_from_digests(publication=publication, now=now)
            if corrects:
                put_on_all(correction=publication, now=now)
            if instead:
                ask_instead(mailing=held, now=now)
        elif act is Act.PAUSE:
            postbox.pause_about(about=about, now=now)
            take_digests_apart(publication=publication, now=now)
        else:
            postbox.go_on_about(about=about, now=now)
        record_act(
            actor=actor, verb=f"fanout.{act}", subject=f"incident:{publication.incident_id}",
            now=now,
            detail={
                "publication": publication.number, "reason": reason, "sent": seen.states["sent"],
                "unsent": seen.unsent, "in_digests": in_digests,
                "demanded": is_demanded(publication), "instead": held.instead_at is not None,
            },
        )  # fmt: skip
    return held


def _name_of(actor: Actor) -> str:
    return (actor.name if isinstance(actor, Person) else actor.label)[:200]


def _reason(text: str) -> str:
    return required_text(text, field="reason", limit=MAX_REASON, single_line=False)


def _why_not(mailing: Mailing, act: Act) -> str:
    by = f" by {mailing.steered_by}" if mailing.steered_by else ""
    said = {
        MailingState.PAUSED: f"This run is paused already{by}.",
        MailingState.CANCELLED: f"This run was cancelled{by}; no more of it leaves.",
        MailingState.AWAITING: "This run waits for a second person; nothing of it leaves.",
        MailingState.RUNNING: "This run is under way, neither paused nor waiting for anybody.",
    }
    return f"{said[MailingState(mailing.state)]} Load the page to see how it stands."
