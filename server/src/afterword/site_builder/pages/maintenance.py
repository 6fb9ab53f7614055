"""Planned work by itself: what is going on, what is to come, what was."""

from afterword.components.models import Page
from afterword.publishing import queries
from afterword.publishing.models import PublicIncident
from afterword.site_builder.pages.index import incident_row
from afterword.site_builder.pages.rendering import rendered

PAST_LISTED = 50


def build(page: Page) -> bytes:
    """Return the bytes of ``/maintenance/``."""
    ahead = sorted(
        (each for each in queries.open_incidents(page) if each.kind == "maintenance"),
        key=lambda each: (each.scheduled_for or each.started_at, each.pk),
    )
    past = queries.newest(page, kind="maintenance", limit=PAST_LISTED, is_open=False)
    words = queries.publications_of_many(page, [each.incident_id for each in ahead])

    def rows(found: list[PublicIncident]) -> list[object]:
        return [incident_row(each, words.get(each.incident_id, ())) for each in found]

    context = {
        "going_on": rows([each for each in ahead if each.status != "scheduled"]),
        "to_come": rows([each for each in ahead if each.status == "scheduled"]),
        "past": rows(past),
        "is_long": len(past) == PAST_LISTED,
    }
    newest = max((each.updated_at for each in (*ahead, *past)), default=None)
    return rendered("maintenance.html", page, "/maintenance/", context, newest)
