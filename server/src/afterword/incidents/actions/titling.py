"""Another title for an incident: one that says less, or says it right."""

from datetime import datetime

from django.db import transaction

from afterword.accounts.permissions import Actor, require
from afterword.audit.actions import record_act
from afterword.incidents.actions.record import latest_record, put_record
from afterword.incidents.models import Incident
from afterword.kit.texts import required_text

TITLE_LENGTH = 255


def retitle(*, actor: Actor, now: datetime, incident: Incident, title: str) -> None:
    """Give the incident another title, its record too: approvals of other texts are void.

    What left under the old title is dealt with by ``publishing``, which calls this. Raises
    BadInput for an empty title or a longer one than 255 characters.
    """
    require(actor, "publish", page=incident.page_id)
    title = required_text(title, field="title", limit=TITLE_LENGTH)
    with transaction.atomic():
        held = Incident.objects.select_for_update(of=("self",), no_key=True).get(pk=incident.pk)
        if held.title == title:
            return
        held.title = incident.title = title
        held.updated_at = incident.updated_at = max(now, held.updated_at)
        held.save(update_fields=["title", "updated_at"])
        latest = latest_record(held)
        if latest is not None:
            told = {**latest.data, "incident": {**latest.data["incident"], "title": title}}
            put_record(actor=actor, now=now, incident=held, data=told)
        # Neither title: the log of acts must not be where a name lives on.
        record_act(
            actor=actor, verb="incidents.retitle", subject=f"incident:{held.public_id}", now=now
        )
