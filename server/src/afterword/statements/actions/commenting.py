"""Remarks about a text that decide nothing: said, answered by writing, settled."""

from datetime import datetime

from django.db import transaction

from afterword.accounts.models import Person
from afterword.accounts.permissions import Actor, require
from afterword.audit.actions import record_act
from afterword.kit.errors import BadInput, NotAllowed
from afterword.kit.texts import optional_text
from afterword.statements import queries
from afterword.statements.actions.holding import tidied_comment
from afterword.statements.models import Comment, Statement

LONGEST_QUOTE = 300


def comment(
    *, actor: Actor, now: datetime, statement: Statement, body: str, quote: str = ""
) -> Comment:
    """Say something about the newest revision; ``quote`` names the words it is about.

    Raises BadInput for an empty remark or a quote the text does not have.
    """
    person = _one_of_the_team(actor, statement)
    body = tidied_comment(body)
    quote = optional_text(quote, field="quote", limit=LONGEST_QUOTE, single_line=False)
    if not body:
        raise BadInput("The remark is empty; write something.", {"body": "is empty"})
    with transaction.atomic():
        newest = queries.newest_revision(statement)
        read = queries.told_revision(statement, newest)
        if quote and not any(quote in f"{text.title}\n{text.body}" for text in (newest, read)):
            raise BadInput(
                "These words are not in the text as it stands; copy them from it.",
                {"quote": "is not in the text"},
            )
        said = Comment.objects.create(
            revision=newest, author=person, body=body, quote=quote, said_at=now
        )
        _record(actor, "statements.comment", statement, said, now)
    return said


def settle(*, actor: Actor, now: datetime, statement: Statement, remark: Comment) -> None:
    """Mark a remark as dealt with; once is enough."""
    person = _one_of_the_team(actor, statement)
    with transaction.atomic():
        still_open = Comment.objects.filter(pk=remark.pk, settled_at=None)
        if still_open.update(settled_by=person, settled_at=now):
            _record(actor, "statements.settle_comment", statement, remark, now)


def _one_of_the_team(actor: Actor, statement: Statement) -> Person:
    require(actor, "remark", page=statement.incident.page_id)
    if not isinstance(actor, Person):
        raise NotAllowed("A remark is made by a person, by name.")
    return actor


def _record(actor: Actor, verb: str, statement: Statement, remark: Comment, now: datetime) -> None:
    record_act(
        actor=actor, verb=verb, subject=f"statement:{statement.public_id}", now=now,
        detail={"revision": remark.revision_id, "comment": remark.pk},
    )  # fmt: skip
