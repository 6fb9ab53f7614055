"""Which state of a promise may follow which. Pure."""

from afterword.commitments.models import CommitmentState as State

ALLOWED: dict[str, frozenset[str]] = {
    State.PLANNED: frozenset({State.IN_PROGRESS, State.DONE, State.DROPPED}),
    State.IN_PROGRESS: frozenset({State.PLANNED, State.DONE, State.DROPPED}),
    # "Done" that proves not to be is work again; a promise once dropped is made anew.
    State.DONE: frozenset({State.IN_PROGRESS}),
    State.DROPPED: frozenset(),
}
OPEN: frozenset[str] = frozenset({State.PLANNED, State.IN_PROGRESS})


def may_follow(before: str, after: str) -> bool:
    """Whether a promise may go from one state to the other; staying is no change."""
    return after in ALLOWED.get(before, frozenset())
