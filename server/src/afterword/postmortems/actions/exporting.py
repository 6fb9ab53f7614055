from datetime import datetime

from django.db import transaction

from afterword.accounts.permissions import Actor, require
from afterword.audit.actions import record_act
from afterword.incidents.models import Incident
from afterword.kit.errors import NotFound
from afterword.postmortems import queries
from afterword.postmortems.markdown import as_markdown


def export(*, actor: Actor, now: datetime, incident: Incident) -> str:
    """Return the review as Markdown, marked INTERNAL on its first line; the log keeps who took it.

    Raises NotAllowed, and NotFound without a review.
    """
    require(actor, "postmortem", page=incident.page_id)
    review = queries.review_of(incident, actor)
    if review is None:
        raise NotFound("There is no internal review of this incident yet.")
    with transaction.atomic():
        record_act(
            actor=actor, verb="postmortems.export", subject=f"incident:{incident.public_id}",
            now=now, detail={"revision": review.newest.number},
        )  # fmt: skip
    return as_markdown(review, now=now)
