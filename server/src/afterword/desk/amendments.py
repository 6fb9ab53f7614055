"""What the pages of a correction show of what it corrects."""

from typing import Any

from afterword.desk.differences import differences
from afterword.statements import queries as statements
from afterword.statements.models import Revision, Statement, Weight
from afterword.statements.texts import Text


def facts_leave(statement: Statement) -> bool:
    """Whether the record's facts leave beside the text."""
    amendment = statements.amendment_of(statement)
    return amendment is None or amendment.restates_facts


def about_correction(statement: Statement, newest: Revision) -> dict[str, Any]:
    """Return ``amendment`` and, for a mended spelling, the changes; empty for other texts."""
    amendment = statements.amendment_of(statement)
    if amendment is None:
        return {}
    changes = []
    if amendment.weight == Weight.TYPO:
        before, after = Text(amendment.title, amendment.body), Text(newest.title, newest.body)
        changes = differences(before.whole, after.whole)
    return {"amendment": amendment, "mended": changes}
