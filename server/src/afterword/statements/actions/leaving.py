"""The mark that a text has left. Called by the door, which freezes what is returned here."""

from datetime import datetime

from afterword.kit.errors import WrongState
from afterword.statements import queries, states
from afterword.statements.actions.checking import keep_last_check
from afterword.statements.actions.holding import hold, move, refuse_unready
from afterword.statements.models import Revision, Statement, StatementState


def mark_published(*, statement: Statement, now: datetime, unread: bool = False) -> Revision:
    """Mark the statement published and return the very revision that was approved.

    ``unread``: the newest one leaves without an approval; ``begin_bypass`` says who answers for it.

    Must be called inside the door's transaction (which writes the audit entry), before anything
    is frozen: from here on the text is held against other writers. Raises WrongState with the
    reason when no approval by another person holds for this text and this record, TextRejected
    for blocking findings.
    """
    newest = hold(statement)
    standing = queries.approval(statement)
    if not standing.valid and not unread and statement.state != StatementState.PUBLISHED:
        raise WrongState(
            f"It cannot be published: {standing.why}. Ask for a review again, and have it approved."
        )
    after = states.after(states.PUBLISH_UNREAD if unread else states.PUBLISH, statement.state)
    checked = refuse_unready(statement, newest)
    move(statement, after)
    statement.published_at = now
    statement.save(update_fields=["published_at"])
    keep_last_check(now=now, statement=statement, revision=newest, checked=checked)
    return newest
