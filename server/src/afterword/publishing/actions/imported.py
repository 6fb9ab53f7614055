"""Bring an imported incident onto the page. Never tells anybody, and may be repeated."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from afterword.accounts.permissions import Actor, require
from afterword.audit.actions import record_act
from afterword.incidents.models import Incident, Update
from afterword.publishing.actions.facts import facts_of_update
from afterword.publishing.actions.press import append, hold_page, show
from afterword.publishing.actions.rendering import html_of
from afterword.publishing.actions.wordsafe import cleaned
from afterword.publishing.models import Audience, Publication, PublicationKind


def publish_imported(
    *, actor: Actor, now: datetime, incident: Incident, updates: Iterable[Update]
) -> list[Publication]:
    """Publish the updates that are not published yet, oldest first; return the new publications.

    Texts from elsewhere are history: they are cleaned and frozen, not checked for wording.
    Raises NotAllowed.
    """
    require(actor, "run_incident", page=incident.page_id)
    with transaction.atomic():
        page = hold_page(incident.page)
        known = Publication.objects.filter(
            page=page, incident_id=incident.public_id, kind=PublicationKind.UPDATE
        )
        published = set(known.values_list("source_id", flat=True))
        fresh = [each for each in updates if each.public_id not in published]
        made = [
            append(_imported(incident, update, now))
            for update in sorted(fresh, key=lambda u: (u.display_at, u.pk or 0))
        ]
        if made:
            show(page=page, incident_id=incident.public_id, now=now)
            record_act(
                actor=actor,
                verb="publishing.publish_imported",
                subject=f"incident:{incident.public_id}",
                now=now,
                detail={"publications": [p.number for p in made]},
            )
        return made


def _imported(incident: Incident, update: Update, now: datetime) -> Publication:
    body = cleaned(update.body)
    return Publication(
        page=incident.page,
        kind=PublicationKind.UPDATE,
        incident_id=incident.public_id,
        source_id=update.public_id,
        title=incident.title,
        body=body,
        body_format=update.body_format,
        html=html_of(body, update.body_format),
        language=incident.page.first_language,
        facts=facts_of_update(incident, update),
        audience=Audience.PAGE,
        display_at=update.display_at,
        published_at=now,
        imported=True,
    )
