"""Which state of a review, and of an action item, may follow which. Pure."""

from afterword.postmortems.models import ItemState, ReviewState

ALLOWED: dict[str, frozenset[str]] = {
    ReviewState.DRAFT: frozenset({ReviewState.IN_REVIEW}),
    ReviewState.IN_REVIEW: frozenset({ReviewState.DRAFT, ReviewState.FINAL}),
    # New words make a draft of it again.
    ReviewState.FINAL: frozenset({ReviewState.DRAFT}),
}
ITEM_ALLOWED: dict[str, frozenset[str]] = {
    ItemState.OPEN: frozenset({ItemState.IN_PROGRESS, ItemState.DONE, ItemState.DROPPED}),
    ItemState.IN_PROGRESS: frozenset({ItemState.OPEN, ItemState.DONE, ItemState.DROPPED}),
    # "Done" that proves not to be is work again, and so is what was dropped too early.
    ItemState.DONE: frozenset({ItemState.IN_PROGRESS}),
    ItemState.DROPPED: frozenset({ItemState.OPEN}),
}
OPEN_ITEMS: frozenset[str] = frozenset({ItemState.OPEN, ItemState.IN_PROGRESS})


def may_follow(before: str, after: str) -> bool:
    """Whether a review may go from one state to the other."""
    return after in ALLOWED.get(before, frozenset())


def item_may_follow(before: str, after: str) -> bool:
    """Whether an action item may go from one state to the other; staying is no change."""
    return after in ITEM_ALLOWED.get(before, frozenset())
