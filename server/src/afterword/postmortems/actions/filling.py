from datetime import datetime

from afterword.accounts.permissions import Actor, require
from afterword.incidents.models import Incident
from afterword.postmortems.actions.saving import put
from afterword.postmortems.content import Content, Merged, content_of
from afterword.postmortems.models import PostmortemRevision
from afterword.postmortems.sources import filled


def fill_timeline(*, actor: Actor, now: datetime, incident: Incident) -> PostmortemRevision:
    """Add what the public updates and the record's times tell to the timeline; begins a review.

    What came from there before is not added twice, whatever was made of it since.
    """
    require(actor, "postmortem", page=incident.page_id)

    def joined(last: PostmortemRevision | None) -> Merged:
        before = content_of(last.body, last.parts) if last else Content()
        return Merged(filled(before, incident))

    return put(actor=actor, now=now, incident=incident, joined=joined)[0]
