"""Letters of the past: written by the real fan-out, and delivered nowhere but in the story."""

from datetime import datetime, timedelta

from afterword.fanout.actions import expand_due
from afterword.postbox.actions import Result, claim, record_results
from afterword.postbox.outcomes import Outcome

_ENOUGH = 10_000
_TOOK = timedelta(seconds=40)
_ANSWER = "Taken by the demo's make-believe mail server; nothing left this machine."


def deliver(at: datetime) -> None:
    """Write the letters that are due and note them as taken, shortly after ``at`` (UTC)."""
    expand_due(now=at)
    letters = claim(now=at, limit=_ENOUGH, lease_seconds=600, worker="demo")
    record_results(
        results=[
            Result(
                letter_id=letter.pk,
                lease_until=at + timedelta(seconds=600),
                outcome=Outcome.ACCEPTED,
                at=at + _TOOK,
                code=250,
                answer=_ANSWER,
            )
            for letter in letters
        ]
    )
