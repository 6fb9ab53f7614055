"""The promises that leave with a text: what they say, and the hash an approval is bound to."""

from typing import Any, Final

from afterword.commitments.queries import of_incident, public_view
from afterword.kit.hashing import sha256_of_json
from afterword.statements.models import Statement, StatementKind

WITH_PROMISES: Final = frozenset({StatementKind.CLOSURE, StatementKind.SUMMARY})


def promises_leaving(statement: Statement) -> list[dict[str, Any]]:
    """Return the public views of the promises that leave with the text, oldest first."""
    if statement.kind not in WITH_PROMISES:
        return []
    return [public_view(each) for each in of_incident(statement.incident)]


def promises_hash(statement: Statement) -> str:
    """Return the hash of those promises as they stand now; "" when none leaves."""
    views = promises_leaving(statement)
    return sha256_of_json(views) if views else ""
