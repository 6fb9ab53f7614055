"""All that the answers under ``/api/v2`` show, read once; its size does not grow with history."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from afterword.components.models import Component, Page
from afterword.components.queries import open_components
from afterword.publishing import queries
from afterword.publishing.models import Publication, PublicIncident
from afterword.site_builder.pages.api import frozen
from afterword.site_builder.pages.api.components import objects_of
from afterword.site_builder.pages.api.values import Answer

LONGEST = 50


@dataclass(frozen=True)
class Contents:
    """``incidents``, ``resolved`` and ``maintenances`` have the newest word first."""

    page: Page
    components: list[Component]
    objects: dict[str, Answer]
    open_now: list[PublicIncident]
    incidents: list[PublicIncident]
    resolved: list[PublicIncident]
    maintenances: list[PublicIncident]
    words: dict[str, list[Publication]]

    @cached_property
    def newest_change(self) -> datetime:
        """The newest change of anything shown, UTC."""
        changes = [each.updated_at for each in self.components]
        shown = [*self.open_now, *self.incidents, *self.maintenances]
        changes += [self.updated_at(each) for each in shown]
        return max(changes, default=self.page.created_at)

    def updated_at(self, incident: PublicIncident) -> datetime:
        return frozen.incident_updated_at(incident, self.words[incident.incident_id])


def read_contents(page: Page) -> Contents:
    components = open_components(page)
    open_now = queries.open_incidents(page)
    incidents = queries.newest(page, kind="incident", limit=LONGEST)
    resolved = queries.newest(page, kind="incident", limit=LONGEST, is_open=False)
    maintenances = queries.newest(page, kind="maintenance", limit=LONGEST)
    shown = {each.incident_id: each for each in (*open_now, *incidents, *resolved, *maintenances)}
    return Contents(
        page=page,
        components=components,
        objects=objects_of(page, components),
        open_now=open_now,
        incidents=incidents,
        resolved=resolved,
        maintenances=maintenances,
        words=queries.publications_of_many(page, list(shown)),
    )
