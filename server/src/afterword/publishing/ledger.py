"""Everything that ever left about an incident, letters to lists too: for the desk alone.

Kept out of ``queries``, which outward rooms read, so that no page can show a letter by mistake.
"""

from afterword.components.models import Page
from afterword.kit.asking import asked_once
from afterword.publishing.corrections import withdrawn_by
from afterword.publishing.models import Audience, Publication


@asked_once
def everything_about(page: Page, incident_id: str) -> list[Publication]:
    """Return every publication about the incident, oldest number first."""
    found = Publication.objects.filter(page=page, incident_id=incident_id)
    return list(found.select_related("corrects").order_by("number"))


def first_on_page(page: Page, incident_id: str) -> int | None:
    """Return the number of the first text the page shows of an incident that is not withdrawn."""
    shown = [each for each in everything_about(page, incident_id) if each.audience != Audience.LIST]
    withdrawn = withdrawn_by(shown)
    return next((each.number for each in shown if each.pk not in withdrawn), None)
