"""Asking for a second pair of eyes, and what it says."""

from datetime import datetime

from django.db import transaction

from afterword.accounts.models import Person
from afterword.accounts.permissions import Actor, may, require
from afterword.audit.actions import record_act
from afterword.kit.errors import BadInput, Conflict, NotAllowed, WrongState
from afterword.statements import queries, states
from afterword.statements.actions.holding import (
    hold,
    move,
    refuse_unready,
    refuse_unseen,
    tidied_comment,
)
from afterword.statements.models import Review, Revision, Statement, StatementState, Verdict
from afterword.statements.promises import promises_hash


def ask_review(*, actor: Actor, now: datetime, statement: Statement) -> None:
    """Hand the newest revision to a second person.

    Raises TextRejected for blocking findings and unfilled blanks, WrongState when there is no
    text, no saved record, or a valid approval already.
    """
    require(actor, "write", page=statement.incident.page_id)
    with transaction.atomic():
        newest = hold(statement)
        after = states.after(states.ASK_REVIEW, statement.state)
        if statement.state == StatementState.APPROVED and queries.approval(statement).valid:
            raise WrongState("It is approved as it stands. Publish it, or change the text first.")
        refuse_unready(statement, newest)
        move(statement, after)
        record_act(
            actor=actor,
            verb="statements.ask_review",
            subject=f"statement:{statement.public_id}",
            now=now,
            detail={"revision": newest.number},
        )


def approve(
    *,
    actor: Actor,
    now: datetime,
    statement: Statement,
    comment: str = "",
    seen_revision: int | None = None,
    seen_record: int | None = None,
    seen_promises: str | None = None,
) -> Review:
    """Approve the newest revision under the record in force, and the promises leaving with it.

    ``seen_revision``, ``seen_record`` and ``seen_promises`` are the numbers and the hash the
    reviewer had before them; Conflict is raised when one has moved on. Raises NotAllowed for
    anyone who wrote this text, an administrator too, WrongState when nobody asked for a review,
    TextRejected for blocking findings.
    """
    reviewer = _approver(actor, statement)
    comment = tidied_comment(comment)
    with transaction.atomic():
        newest = hold(statement)
        if reviewer.pk in queries.authors_of(newest):
            raise NotAllowed(
                f"You wrote revision {newest.number}, and nobody approves their own words. "
                "Ask somebody else with the role Reviewer."
            )
        after = states.after(states.APPROVE, statement.state)
        record_version = queries.record_version_of(statement.incident)
        refuse_unseen(newest, record_version, (seen_revision, seen_record))
        if seen_promises is not None and seen_promises != promises_hash(statement):
            raise Conflict(
                "The promises that leave with this text changed since you opened it. Read them "
                "again, then decide."
            )
        refuse_unready(statement, newest)
        review = _review(newest, reviewer, Verdict.APPROVE, comment, record_version, now)
        move(statement, after)
        record_act(
            actor=actor,
            verb="statements.approve",
            subject=f"statement:{statement.public_id}",
            now=now,
            detail={"revision": newest.number, "record_version": record_version},
        )
    return review


def ask_changes(
    *,
    actor: Actor,
    now: datetime,
    statement: Statement,
    comment: str,
    seen_revision: int | None = None,
) -> Review:
    """Give the newest revision back to its writer, saying what to change.

    Raises BadInput without a comment, WrongState when it is not in review, Conflict when
    ``seen_revision`` is not the newest.
    """
    reviewer = _reviewer(actor, statement)
    comment = tidied_comment(comment)
    if not comment:
        raise BadInput("Say what should change; the writer sees it.", {"comment": "is empty"})
    with transaction.atomic():
        newest = hold(statement)
        after = states.after(states.ASK_CHANGES, statement.state)
        record_version = queries.record_version_of(statement.incident)
        refuse_unseen(newest, record_version, (seen_revision, None))
        review = _review(newest, reviewer, Verdict.CHANGES, comment, record_version, now)
        move(statement, after)
        record_act(
            actor=actor,
            verb="statements.ask_changes",
            subject=f"statement:{statement.public_id}",
            now=now,
            detail={"revision": newest.number},
        )
    return review


def _approver(actor: Actor, statement: Statement) -> Person:
    """Return who approves: a reviewer, or whoever else can stand for what the text needs."""
    if isinstance(actor, Person) and not may(actor, "review", page=statement.incident.page_id):
        reader = queries.reader_of(actor, statement.incident.page_id)
        if any(reader.can(need) for need in queries.needs_of(statement)):
            return actor
    return _reviewer(actor, statement)


def _reviewer(actor: Actor, statement: Statement) -> Person:
    require(actor, "review", page=statement.incident.page_id)
    if not isinstance(actor, Person):
        raise NotAllowed("A review needs a person who is signed in.")
    return actor


def _review(
    newest: Revision,
    reviewer: Person,
    verdict: Verdict,
    comment: str,
    record_version: int,
    now: datetime,
) -> Review:
    return Review.objects.create(
        revision=newest,
        reviewer=reviewer,
        verdict=verdict,
        comment=comment,
        text_hash=newest.text_hash,
        record_version=record_version,
        promises_hash=promises_hash(newest.statement),
        reviewed_at=now,
    )
