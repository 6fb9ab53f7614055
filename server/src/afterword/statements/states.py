"""Which act takes a statement from which state to which. Pure; nothing here reads or writes.

``approved`` says that somebody approved some revision. Whether that approval still holds depends
on the text and the record as they are now: see ``queries.approval``.
"""

from afterword.kit.errors import WrongState
from afterword.statements.models import StatementState as State

SAVE = "save"
ASK_REVIEW = "ask_review"
APPROVE = "approve"
ASK_CHANGES = "ask_changes"
OVERRIDE = "override"
PUBLISH = "publish"
PUBLISH_UNREAD = "publish_unread"

_ALLOWED: dict[str, dict[State, State]] = {
    SAVE: {
        State.DRAFT: State.DRAFT,
        State.IN_REVIEW: State.DRAFT,
        State.CHANGES_ASKED: State.DRAFT,
        State.APPROVED: State.DRAFT,
    },
    ASK_REVIEW: {
        State.DRAFT: State.IN_REVIEW,
        State.IN_REVIEW: State.IN_REVIEW,
        State.CHANGES_ASKED: State.IN_REVIEW,
        State.APPROVED: State.IN_REVIEW,
    },
    APPROVE: {State.IN_REVIEW: State.APPROVED, State.APPROVED: State.APPROVED},
    ASK_CHANGES: {State.IN_REVIEW: State.CHANGES_ASKED, State.APPROVED: State.CHANGES_ASKED},
    OVERRIDE: {
        State.DRAFT: State.DRAFT,
        State.IN_REVIEW: State.IN_REVIEW,
        State.CHANGES_ASKED: State.CHANGES_ASKED,
        State.APPROVED: State.APPROVED,
    },
    PUBLISH: {State.APPROVED: State.PUBLISHED},
    PUBLISH_UNREAD: {
        State.DRAFT: State.PUBLISHED,
        State.IN_REVIEW: State.PUBLISHED,
        State.CHANGES_ASKED: State.PUBLISHED,
        State.APPROVED: State.PUBLISHED,
    },
}

_INSTEAD: dict[tuple[str, State], str] = {
    (APPROVE, State.DRAFT): "Its writer has not asked for a review. Ask for one first.",
    (APPROVE, State.CHANGES_ASKED): "Changes were asked for. Ask for a review again first.",
    (ASK_CHANGES, State.DRAFT): "It is with its writer already: nobody has asked for a review.",
    (ASK_CHANGES, State.CHANGES_ASKED): "Changes are asked for already; see the last review.",
    (PUBLISH, State.DRAFT): "Ask for a review, and let somebody else approve it.",
    (PUBLISH, State.IN_REVIEW): "Somebody other than its writer must approve it first.",
    (PUBLISH, State.CHANGES_ASKED): "Make the changes asked for, then ask for a review again.",
}
_PUBLISHED = (
    "It is published, and a published text is never changed. Start a new one for what is new."
)


def after(act: str, state: str) -> State:
    """Return the state after the act. Raises WrongState, saying what to do instead."""
    at = State(state)
    found = _ALLOWED[act].get(at)
    if found is None:
        raise WrongState(_PUBLISHED if at is State.PUBLISHED else _INSTEAD[act, at])
    return found


def allows(act: str, state: str) -> bool:
    """Whether the table has a way from the state by the act."""
    return State(state) in _ALLOWED[act]
