"""The only writers of the outbox."""

from afterword.postbox.actions.claiming import (
    TOO_OLD,
    Unwanted,
    at_once,
    claim,
    release,
    release_claims_of,
    sweep,
)
from afterword.postbox.actions.clock_put_back import CLOCKS_DIFFER, date_back
from afterword.postbox.actions.coming_back import (
    mark_handled,
    note_all_came_back,
    note_came_back,
    settle_came_back,
)
from afterword.postbox.actions.forgetting import forget_recipients
from afterword.postbox.actions.keying_tries import key_tries
from afterword.postbox.actions.ordering import (
    carry_out,
    go_on_about,
    pause_about,
    stop_about,
)
from afterword.postbox.actions.overtaking import OVERTAKEN, overtaken_among
from afterword.postbox.actions.posting import (
    Addressed,
    Voiced,
    can_post_found,
    post,
    post_found,
    reword,
    reword_for,
    write_message,
)
from afterword.postbox.actions.resting import end_rest, rest, work_again
from afterword.postbox.actions.results import record_results
from afterword.postbox.actions.sending_again import send_again
from afterword.postbox.actions.set_back import catch_up, mark_as_left
from afterword.postbox.actions.turns import begin_posting
from afterword.postbox.actions.withdrawing import withdraw, withdraw_all
from afterword.postbox.outcomes import Claimed, Result

__all__ = (
    "CLOCKS_DIFFER",
    "OVERTAKEN",
    "TOO_OLD",
    "Addressed",
    "Claimed",
    "Result",
    "Unwanted",
    "Voiced",
    "at_once",
    "begin_posting",
    "can_post_found",
    "carry_out",
    "catch_up",
    "claim",
    "date_back",
    "end_rest",
    "forget_recipients",
    "go_on_about",
    "key_tries",
    "mark_as_left",
    "mark_handled",
    "note_all_came_back",
    "note_came_back",
    "overtaken_among",
    "pause_about",
    "post",
    "post_found",
    "record_results",
    "release",
    "release_claims_of",
    "rest",
    "reword",
    "reword_for",
    "send_again",
    "settle_came_back",
    "stop_about",
    "sweep",
    "withdraw",
    "withdraw_all",
    "work_again",
    "write_message",
)
