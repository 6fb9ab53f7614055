from afterword.accounts.permissions import Actor, require
from afterword.incidents.models import Incident
from afterword.postmortems.models import Postmortem, PostmortemRevision


def latest(incident: Incident, reader: Actor) -> PostmortemRevision | None:
    """Return the newest state of the review, or None. Raises NotAllowed for who may not read it."""
    require(reader, "postmortem", page=incident.page_id)
    found = PostmortemRevision.objects.filter(postmortem__incident=incident)
    return found.select_related("author").order_by("-number").first()


def exists_for(incident: Incident) -> bool:
    """Whether a review has been begun; anyone may know that."""
    return Postmortem.objects.filter(incident=incident).exists()
