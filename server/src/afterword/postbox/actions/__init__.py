"""The only writers of the outbox."""

from afterword.postbox.actions.claiming import (
    TOO_OLD,
    Claimed,
    claim,
    release,
    release_claims_of,
    sweep,
)
from afterword.postbox.actions.posting import Addressed, post, reword, write_message
from afterword.postbox.actions.results import Result, record_results
from afterword.postbox.actions.set_back import catch_up, mark_as_left
from afterword.postbox.actions.withdrawing import withdraw, withdraw_about

__all__ = (
    "TOO_OLD",
    "Addressed",
    "Claimed",
    "Result",
    "catch_up",
    "claim",
    "mark_as_left",
    "post",
    "record_results",
    "release",
    "release_claims_of",
    "reword",
    "sweep",
    "withdraw",
    "withdraw_about",
    "write_message",
)
