"""The only writers of the runs of letters."""

from afterword.fanout.actions.counting import keep_counts
from afterword.fanout.actions.ending_follows import end_following
from afterword.fanout.actions.expanding import TAKEN_BACK, Expanded, expand_due, forget_affected
from afterword.fanout.actions.instead import tell_instead
from afterword.fanout.actions.opening import open_in_time
from afterword.fanout.actions.removing import remove_customer, what_goes
from afterword.fanout.actions.sending_again import lift_quarantines, send_again
from afterword.fanout.actions.steering import agree, cancel, pause, resume, try_again_now
from afterword.fanout.actions.testing import send_test
from afterword.fanout.actions.trying import letters_of

__all__ = (
    "TAKEN_BACK",
    "Expanded",
    "agree",
    "cancel",
    "end_following",
    "expand_due",
    "forget_affected",
    "keep_counts",
    "letters_of",
    "lift_quarantines",
    "open_in_time",
    "pause",
    "remove_customer",
    "resume",
    "send_again",
    "send_test",
    "tell_instead",
    "try_again_now",
    "what_goes",
)
