"""Publish a reviewed statement: everything is checked again at this moment, then frozen."""

from datetime import datetime
from typing import Any

from django.db import transaction

from afterword.accounts.permissions import Actor, require
from afterword.audit.actions import record_act
from afterword.followups.figures_held import refuse_contradicted_figures
from afterword.followups.queries import recipients_for
from afterword.incidents.models import RecordVersion
from afterword.incidents.queries import current_record
from afterword.publishing.actions.correction import (
    corrected_by,
    facts_of_correction,
    reach_of,
    refuse_enlarging,
    take_new_title,
)
from afterword.publishing.actions.facts import facts_of_statement
from afterword.publishing.actions.press import append, hold_page, show
from afterword.publishing.actions.rendering import html_of
from afterword.publishing.actions.translation import append_translations
from afterword.publishing.actions.wordsafe import refuse_blocked_promises
from afterword.publishing.models import Audience, Publication
from afterword.statements import actions as statement_actions
from afterword.statements import queries as statements
from afterword.statements.models import Statement
from afterword.statements.promises import WITH_PROMISES, promises_leaving
from afterword.statements.queries import amendment_of
from afterword.statements.texts import Text
from afterword.wording.queries import linter_version

__all__ = ["WITH_PROMISES", "publish_statement", "publish_unread"]


def publish_statement(*, actor: Actor, now: datetime, statement: Statement) -> Publication:
    """Publish the newest revision of a statement to the audience its follow-up plan names.

    A correction goes to whoever got what it corrects. Raises NotAllowed, WrongState (published
    already, or the approval does not hold at this moment, with the reason) and TextRejected
    (errors that nobody has overridden, in the text, in a promise that goes out with it, or in the
    figures of a recipient).
    """
    require(actor, "publish", page=statement.incident.page_id)
    return _publish(actor, now, statement, unread=False)


def publish_unread(
    *, actor: Actor, now: datetime, statement: Statement, reason: str
) -> Publication:
    """Publish a text that nobody else has read, because it cannot wait; somebody reads it after.

    Everything but the approval is asked as ever: the wording, the facts, a hold, the plan. Raises
    what ``publish_statement`` does, and NotAllowed for a letter, BadInput for a thin reason.
    """
    require(actor, "publish", page=statement.incident.page_id)
    with transaction.atomic():
        publication = _publish(actor, now, statement, unread=True)
        statement_actions.begin_bypass(actor=actor, now=now, statement=statement, reason=reason)
    return publication


def _publish(actor: Actor, now: datetime, statement: Statement, *, unread: bool) -> Publication:
    with transaction.atomic():
        page = hold_page(statement.incident.page)
        # Holds the text against other writers and refuses unless its approval stands right now.
        revision = statement_actions.mark_published(statement=statement, now=now, unread=unread)
        incident = statement.incident
        record = current_record(incident)
        corrected = corrected_by(statement)
        amendment = amendment_of(statement)
        if amendment is not None:
            told = statements.told_revision(statement, revision)
            refuse_enlarging(incident, amendment.weight, told.whole)
        audience, recipient_list = (
            recipients_for(incident, statement.kind, statement.segment)
            if corrected is None
            else reach_of(statement)
        )
        if corrected is None:
            refuse_contradicted_figures(statement)
        promises = promises_leaving(statement)
        refuse_blocked_promises(
            promises,
            record_data=record.data if record else None,
            incident_ref=incident.public_id,
        )
        facts = _facts(actor, now, statement, record.data if record else None, revision.title)
        publication = append(
            composed(
                statement=statement,
                text=statements.told_revision(statement, revision),
                now=now,
                facts=facts,
                promises=promises,
                reach=(audience, recipient_list),
                corrected=corrected,
                record=record,
                accepted=_accepted(statement),
            )
        )
        append_translations(actor=actor, now=now, statement=statement, original=publication)
        if audience != Audience.LIST:
            show(page=page, incident_id=incident.public_id, now=now)
        record_act(
            actor=actor,
            verb="publishing.publish_statement",
            subject=f"incident:{incident.public_id}",
            now=now,
            detail={
                "statement": statement.public_id,
                "kind": statement.kind,
                "revision": revision.number,
                "record_version": publication.record_version,
                "publication": publication.number,
                "audience": audience,
            },
        )
        return publication


def composed(
    *,
    statement: Statement,
    text: Text,
    now: datetime,
    facts: dict[str, Any],
    promises: list[dict[str, Any]],
    reach: tuple[str, str],
    corrected: Publication | None,
    record: RecordVersion | None,
    accepted: list[dict[str, Any]],
) -> Publication:
    """Return the publication of a text, complete but for its number and its place in the chain.

    ``reach`` is the audience and the public id of its list, if it has one.
    """
    incident = statement.incident
    return Publication(
        page=incident.page,
        kind=statement.kind,
        incident_id=incident.public_id,
        source_id=statement.public_id,
        title=text.title,
        body=text.body,
        html=html_of(text.body, "markdown"),
        language=statement.language,
        facts=facts,
        commitments=promises,
        record_version=record.version if record else None,
        record_hash=record.hash if record else "",
        linter_version=linter_version(),
        accepted=accepted,
        audience=reach[0],
        recipient_list=reach[1],
        corrects=corrected,
        display_at=now,
        published_at=now,
    )


def _facts(
    actor: Actor,
    now: datetime,
    statement: Statement,
    record_data: dict[str, Any] | None,
    title: str,
) -> dict[str, Any]:
    """Return what is frozen beside the text; a correction of the title gives the incident its new
    one first.
    """
    incident, amendment = statement.incident, amendment_of(statement)
    if amendment is None:
        return facts_of_statement(incident, record_data)
    more = take_new_title(actor=actor, now=now, incident=incident, amendment=amendment, title=title)
    facts = facts_of_correction(incident, amendment, record_data)
    return facts | {"correction": facts["correction"] | more}


def _accepted(statement: Statement) -> list[dict[str, Any]]:
    return [
        {
            "rule": each.rule,
            "quote": each.quote,
            "reason": each.reason,
            "by": each.accepted_by.label,
            "second": each.second_person.label if each.second_person else None,
        }
        for each in statements.overrides_in_force(statement)
    ]
