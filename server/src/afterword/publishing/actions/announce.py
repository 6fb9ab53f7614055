"""News while it happens: open an incident or add a word to it, and publish in the same breath."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from afterword.accounts.permissions import Actor, require
from afterword.audit.actions import record_act
from afterword.components.models import Component, Page
from afterword.incidents.actions import add_update, backfill_incident, open_incident
from afterword.incidents.models import Incident, Update
from afterword.incidents.queries import current_record, updates_of
from afterword.kit.texts import required_text
from afterword.publishing.actions.facts import facts_of_update
from afterword.publishing.actions.press import append, hold_page, show
from afterword.publishing.actions.rendering import html_of
from afterword.publishing.actions.wordsafe import refuse_blocked_update
from afterword.publishing.models import Audience, Publication, PublicationKind
from afterword.publishing.reopenings import OVER

TITLE_LENGTH = 255
BODY_LENGTH = 50_000


def announce_incident(
    *,
    actor: Actor,
    now: datetime,
    page: Page,
    title: str,
    body: str,
    status: str = "investigating",
    components: Mapping[Component, str] | None = None,
    severity: int = 3,
    started_at: datetime | None = None,
    notify: bool = True,
    next_update_at: datetime | None = None,
) -> Publication:
    """Open an incident and publish its first update; subscribers are told if ``notify``.

    ``next_update_at`` promises readers the next word by then. Raises NotAllowed, BadInput (with a
    problem per field) and TextRejected (wording errors).
    """
    require(actor, "run_incident", page=page.pk)
    title = required_text(title, field="title", limit=TITLE_LENGTH)
    body = required_text(body, field="body", limit=BODY_LENGTH, single_line=False)
    refuse_blocked_update(title=title, body=body, record_data=None, incident_ref=None)
    with transaction.atomic():
        page = hold_page(page)
        incident = open_incident(
            actor=actor,
            now=now,
            page=page,
            title=title,
            body=body,
            status=status,
            components=components or {},
            severity=severity,
            started_at=started_at,
            next_update_at=next_update_at,
        )
        return publish_update(
            actor=actor, now=now, incident=incident, update=_newest(incident), notify=notify
        )


def announce_update(
    *,
    actor: Actor,
    now: datetime,
    incident: Incident,
    status: str,
    body: str,
    components: Mapping[Component, str] | None = None,
    notify: bool = True,
    next_update_at: datetime | None = None,
) -> Publication:
    """Add an update to an incident and publish it; subscribers are told if ``notify``.

    Whoever was mailed that it goes on is mailed that it is over, even without ``notify``.
    ``next_update_at`` promises readers the next word by then. Raises NotAllowed, BadInput,
    WrongState (a status that cannot follow) and TextRejected.
    """
    require(actor, "run_incident", page=incident.page_id)
    body = required_text(body, field="body", limit=BODY_LENGTH, single_line=False)
    record = current_record(incident)
    refuse_blocked_update(
        title="",
        body=body,
        record_data=record.data if record else None,
        incident_ref=incident.public_id,
    )
    with transaction.atomic():
        hold_page(incident.page)
        update = add_update(
            actor=actor,
            now=now,
            incident=incident,
            status=status,
            body=body,
            components=components or {},
            next_update_at=next_update_at,
        )
        return publish_update(actor=actor, now=now, incident=incident, update=update, notify=notify)


def announce_backfill(
    *,
    actor: Actor,
    now: datetime,
    page: Page,
    title: str,
    body: str,
    started_at: datetime,
    resolved_at: datetime,
    components: Mapping[Component, str] | None = None,
    severity: int = 3,
) -> Publication:
    """Write down an incident that is over and publish it, to the page and to nobody's mail.

    Raises NotAllowed, BadInput (with a problem per field) and TextRejected.
    """
    require(actor, "run_incident", page=page.pk)
    title = required_text(title, field="title", limit=TITLE_LENGTH)
    body = required_text(body, field="body", limit=BODY_LENGTH, single_line=False)
    refuse_blocked_update(title=title, body=body, record_data=None, incident_ref=None)
    with transaction.atomic():
        page = hold_page(page)
        incident = backfill_incident(
            actor=actor,
            now=now,
            page=page,
            title=title,
            body=body,
            started_at=started_at,
            resolved_at=resolved_at,
            components=components,
            severity=severity,
        )
        return publish_update(
            actor=actor, now=now, incident=incident, update=_newest(incident), notify=False
        )


def publish_update(
    *, actor: Actor, now: datetime, incident: Incident, update: Update, notify: bool
) -> Publication:
    """Publish an update that was just added, inside the transaction of the verb that added it.

    An end goes to subscribers without ``notify`` too, where the last word they were mailed says
    that it goes on.
    """
    incident.refresh_from_db()
    mailed = notify or (update.status in OVER and _believe_it_goes_on(incident))
    publication = append(
        Publication(
            page=incident.page,
            kind=PublicationKind.UPDATE,
            incident_id=incident.public_id,
            source_id=update.public_id,
            title=incident.title,
            body=update.body,
            body_format=update.body_format,
            html=html_of(update.body, update.body_format),
            language=incident.page.first_language,
            facts=facts_of_update(incident, update),
            audience=Audience.SUBSCRIBERS if mailed else Audience.PAGE,
            display_at=update.display_at,
            published_at=now,
        )
    )
    show(page=incident.page, incident_id=incident.public_id, now=now)
    record_act(
        actor=actor,
        verb="publishing.announce",
        subject=f"incident:{incident.public_id}",
        now=now,
        detail={"publication": publication.number, "status": update.status, "notify": mailed},
    )
    return publication


def _believe_it_goes_on(incident: Incident) -> bool:
    mailed = Publication.objects.filter(
        page=incident.page,
        incident_id=incident.public_id,
        audience=Audience.SUBSCRIBERS,
        imported=False,
    )
    last = mailed.order_by("-number").first()
    return last is not None and last.facts["incident"]["status"] not in OVER


def _newest(incident: Incident) -> Update:
    return list(updates_of(incident))[-1]
