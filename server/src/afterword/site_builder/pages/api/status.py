"""``/api/v2/status.json`` and ``/api/v2/summary.json``: one word for it all, and all of it."""

from afterword.components.queries import rollup
from afterword.site_builder.pages.api.components import visible
from afterword.site_builder.pages.api.contents import Contents
from afterword.site_builder.pages.api.incidents import unresolved
from afterword.site_builder.pages.api.maintenances import ahead
from afterword.site_builder.pages.api.values import Answer


def status_of(contents: Contents) -> Answer:
    """Return the roll-up of the components; open incidents do not count in it."""
    found = rollup(contents.components)
    return {"indicator": found.indicator, "description": found.description}


def summary(contents: Contents) -> Answer:
    return {
        "components": visible(contents.components, contents.objects),
        "incidents": unresolved(contents),
        "scheduled_maintenances": ahead(contents),
        "status": status_of(contents),
    }
