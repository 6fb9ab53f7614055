"""It came back: what was over is open again, said to everybody who was told that it was over."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from afterword.accounts.permissions import Actor, require
from afterword.audit.actions import record_act
from afterword.components.models import Component
from afterword.incidents.actions import add_update, reopen
from afterword.incidents.models import Incident, Status, Update
from afterword.incidents.queries import current_record
from afterword.kit.errors import BadInput, Refusal
from afterword.kit.texts import required_text
from afterword.publishing.actions.announce import BODY_LENGTH, publish_update
from afterword.publishing.actions.facts import facts_of_update
from afterword.publishing.actions.press import append, hold_page
from afterword.publishing.actions.wordsafe import refuse_blocked_update
from afterword.publishing.models import Audience, Publication, PublicationKind
from afterword.publishing.reopenings import OVER

OPEN_AGAIN = (Status.INVESTIGATING, Status.IDENTIFIED, Status.MONITORING)


def reopen_incident(
    *,
    actor: Actor,
    now: datetime,
    incident: Incident,
    reason: str,
    body: str,
    status: str = Status.INVESTIGATING,
    components: Mapping[Component, str] | None = None,
    notify: bool = True,
    next_update_at: datetime | None = None,
) -> Publication:
    """Open an incident again that was resolved, and publish the word about it in one breath.

    ``reason`` stays inside; ``body`` is what readers get. Its end is unknown again, its case is
    open, approvals are void and the closure is history. Whoever was mailed that it is over is
    mailed this too, even without ``notify``: subscribers, and the people of a list who got a letter
    while it was over. Raises NotAllowed, BadInput, WrongState (it is still open) and TextRejected
    (wording errors).
    """
    require(actor, "run_incident", page=incident.page_id)
    body = required_text(body, field="body", limit=BODY_LENGTH, single_line=False)
    if status not in OPEN_AGAIN:
        raise BadInput(
            f"An incident cannot open again as {status[:40]!r}.",
            {"status": "must be investigating, identified or monitoring"},
        )
    try:
        with transaction.atomic():
            return _reopen(
                actor=actor, now=now, incident=incident, reason=reason, body=body, status=status,
                components=components or {}, notify=notify, next_update_at=next_update_at,
            )  # fmt: skip
    except Refusal:
        # It was opened in the caller's hands too, and is not.
        incident.refresh_from_db()
        raise


def _reopen(
    *,
    actor: Actor,
    now: datetime,
    incident: Incident,
    reason: str,
    body: str,
    status: str,
    components: Mapping[Component, str],
    notify: bool,
    next_update_at: datetime | None,
) -> Publication:
    hold_page(incident.page)
    reopen(actor=actor, now=now, incident=incident, reason=reason)
    # Against the facts as they are from now on: that it ended is one of them no more.
    record = current_record(incident)
    refuse_blocked_update(
        title="",
        body=body,
        record_data=record.data if record else None,
        incident_ref=incident.public_id,
    )
    update = add_update(
        actor=actor, now=now, incident=incident, status=status, body=body,
        components=components or {}, next_update_at=next_update_at,
    )  # fmt: skip
    publication = publish_update(
        actor=actor,
        now=now,
        incident=incident,
        update=update,
        notify=notify or _were_told_it_is_over(incident),
    )
    letters = [
        _letter(incident, update, publication, last, place)
        for place, last in enumerate(_last_letters(incident), start=1)
    ]
    record_act(
        actor=actor,
        verb="publishing.reopen",
        subject=f"incident:{incident.public_id}",
        now=now,
        detail={"publication": publication.number, "letters": [each.number for each in letters]},
    )
    return publication


def _last_letters(incident: Incident) -> list[Publication]:
    """Return the last letter to each list, of those that left while the incident was over.

    Whoever was told since that it is open again is on a list whose last letter says so.
    """
    sent = Publication.objects.filter(
        page=incident.page, incident_id=incident.public_id, audience=Audience.LIST, imported=False
    )
    last = {each.recipient_list: each for each in sent.order_by("number")}
    return [each for each in last.values() if each.facts["incident"]["status"] in OVER]


def _letter(
    incident: Incident, update: Update, said: Publication, last: Publication, place: int
) -> Publication:
    """Tell those who got a letter what the page says now; the letter is for nobody else."""
    return append(
        Publication(
            page=incident.page,
            kind=PublicationKind.UPDATE,
            incident_id=incident.public_id,
            source_id=f"{update.public_id}.{place}",
            title=said.title,
            body=said.body,
            body_format=said.body_format,
            html=said.html,
            language=said.language,
            facts=facts_of_update(incident, update),
            audience=Audience.LIST,
            recipient_list=last.recipient_list,
            corrects=last,
            display_at=said.display_at,
            published_at=said.published_at,
        )
    )


def _were_told_it_is_over(incident: Incident) -> bool:
    """Whether subscribers were mailed the closure, or the word that it is resolved."""
    mailed = Publication.objects.filter(
        page=incident.page, incident_id=incident.public_id, audience=Audience.SUBSCRIBERS
    )
    return any(
        each.kind == PublicationKind.CLOSURE or each.facts.get("update", {}).get("status") in OVER
        for each in mailed
    )
