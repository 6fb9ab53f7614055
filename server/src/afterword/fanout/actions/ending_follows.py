from datetime import datetime

from afterword.audience.actions.hooks import end_followed
from afterword.audience.queries.hooks import FOLLOWED_FOR, followed_by_hooks
from afterword.components.models import Page
from afterword.publishing.models import PublicIncident


def end_following(*, now: datetime) -> int:
    """Let no webhook or room follow an incident any more that is over and of which nothing was said
    for thirty days; return how many ended with it.
    """
    ended = 0
    for page in Page.objects.order_by("pk"):
        if followed := followed_by_hooks(page):
            over = PublicIncident.objects.filter(
                page=page, incident_id__in=followed, is_open=False,
                updated_at__lt=now - FOLLOWED_FOR,
            )  # fmt: skip
            refs = list(over.values_list("incident_id", flat=True))
            ended += end_followed(page=page, incident_refs=refs, now=now) if refs else 0
    return ended
