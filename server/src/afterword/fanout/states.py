"""What may be done to a run of letters, as one pure table. Cancelled is final."""

from enum import StrEnum

from afterword.fanout.models import MailingState

RUNNING, AWAITING = MailingState.RUNNING, MailingState.AWAITING
PAUSED, CANCELLED = MailingState.PAUSED, MailingState.CANCELLED


class Act(StrEnum):
    PAUSE = "pause"
    RESUME = "resume"
    AGREE = "agree"
    CANCEL = "cancel"


TRANSITIONS: dict[tuple[MailingState, Act], MailingState] = {
    (RUNNING, Act.PAUSE): PAUSED,
    (PAUSED, Act.RESUME): RUNNING,
    (AWAITING, Act.AGREE): RUNNING,
    (RUNNING, Act.CANCEL): CANCELLED,
    (PAUSED, Act.CANCEL): CANCELLED,
    (AWAITING, Act.CANCEL): CANCELLED,
}


def after(state: str, act: Act) -> MailingState | None:
    """Return the state that the act leads to; None where it is not possible."""
    return TRANSITIONS.get((MailingState(state), act))
