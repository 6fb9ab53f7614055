"""Everything that ever left about an incident, letters to lists too: for the desk alone.

Kept out of ``queries``, which outward rooms read, so that no page can show a letter by mistake.
"""

from collections.abc import Sequence

from afterword.components.models import Page
from afterword.kit.asking import asked_once, grouped, know
from afterword.publishing.corrections import withdrawn_by
from afterword.publishing.models import Audience, Publication, PublicationKind


@asked_once
def everything_about(page: Page, incident_id: str) -> list[Publication]:
    """Return every publication about the incident, oldest number first."""
    found = Publication.objects.filter(page=page, incident_id=incident_id)
    return list(found.select_related("corrects").order_by("number"))


def know_about(page: Page, incident_ids: Sequence[str]) -> None:
    """Ask at once for what left about each of the incidents."""
    found = Publication.objects.filter(page=page, incident_id__in=incident_ids).order_by()
    # Sorted here: asked to, SQLite walks through all publications by number instead of picking.
    sorted_found = sorted(found.select_related("corrects"), key=lambda each: each.number)
    of = grouped(sorted_found, lambda each: each.incident_id)
    for incident_id in incident_ids:
        know(everything_about, page, incident_id, answer=of[incident_id])


def newest_summaries(page: Page, incident_ids: Sequence[str]) -> dict[str, str]:
    """Return by incident the title of its newest summary, where it has one."""
    told = Publication.objects.filter(
        page=page, incident_id__in=incident_ids, kind=PublicationKind.SUMMARY
    )
    rows = told.order_by().values_list("number", "incident_id", "title")
    return {incident_id: title for _, incident_id, title in sorted(rows)}


def first_on_page(page: Page, incident_id: str) -> int | None:
    """Return the number of the first text the page shows of an incident that is not withdrawn."""
    shown = [each for each in everything_about(page, incident_id) if each.audience != Audience.LIST]
    withdrawn = withdrawn_by(shown)
    return next((each.number for each in shown if each.pk not in withdrawn), None)
