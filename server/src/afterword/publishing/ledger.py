"""Everything that ever left about an incident, letters to lists too: for the desk alone.

Kept out of ``queries``, which outward rooms read, so that no page can show a letter by mistake.
"""

from afterword.components.models import Page
from afterword.publishing.models import Publication


def everything_about(page: Page, incident_id: str) -> list[Publication]:
    """Return every publication about the incident, oldest number first."""
    found = Publication.objects.filter(page=page, incident_id=incident_id)
    return list(found.select_related("corrects").order_by("number"))
