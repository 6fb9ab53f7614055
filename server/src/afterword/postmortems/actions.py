from datetime import datetime

from django.db import transaction

from afterword.accounts.models import Person
from afterword.accounts.permissions import Actor, require
from afterword.audit.actions import record_act
from afterword.incidents.models import Incident
from afterword.kit.errors import Conflict
from afterword.kit.texts import required_text
from afterword.postmortems.models import Postmortem, PostmortemRevision
from afterword.wording.actions import remember_internal_text

MAX_BODY = 200_000


def save(
    *,
    actor: Actor,
    now: datetime,
    incident: Incident,
    body: str,
    based_on: int | None = None,
) -> PostmortemRevision:
    """Save the internal review as its next revision; the same text again writes nothing.

    ``based_on`` is the revision the writer started from (0 for none, None not to ask); when it is
    not the newest, the text is kept as a revision all the same and Conflict is raised after.
    Only salted hashes of its word runs leave this room. Raises BadInput and NotAllowed.
    """
    require(actor, "postmortem", page=incident.page_id)
    body = required_text(body, field="body", limit=MAX_BODY, single_line=False)
    with transaction.atomic():
        Incident.objects.select_for_update(no_key=True).get(pk=incident.pk)
        postmortem = Postmortem.objects.filter(incident=incident).first()
        if postmortem is None:
            postmortem = Postmortem(incident=incident, created_at=now)
            postmortem.save(force_insert=True)
        last = PostmortemRevision.objects.filter(postmortem=postmortem).order_by("number").last()
        if last is not None and last.body == body:
            return last
        number = last.number if last else 0
        revision = PostmortemRevision(
            postmortem=postmortem,
            number=number + 1,
            body=body,
            author=actor if isinstance(actor, Person) else None,
            saved_at=now,
        )
        revision.save(force_insert=True)
        remember_internal_text(incident_ref=incident.public_id, text=body, now=now)
        record_act(
            actor=actor, verb="postmortems.save", subject=f"incident:{incident.public_id}",
            now=now, detail={"revision": revision.number},
        )  # fmt: skip
    if based_on is not None and based_on != number:
        raise Conflict(
            f"Somebody saved revision {number} while you wrote. Your text is kept as revision "
            f"{revision.number}; compare the two."
        )
    return revision
