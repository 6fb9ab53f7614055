"""Statuspage's public v2 answers as files: the shapes its clients were measured to rely on.

One module per family of addresses. Everything here is made from publications and components; the
components in the lists carry today's status, so all of ``/api/v2`` is built together.
"""

from afterword.components.models import Page
from afterword.site_builder.pages.api.components import visible
from afterword.site_builder.pages.api.contents import read_contents
from afterword.site_builder.pages.api.incidents import incident_lists
from afterword.site_builder.pages.api.maintenances import maintenance_lists
from afterword.site_builder.pages.api.status import status_of, summary
from afterword.site_builder.pages.api.values import document, page_object


def build(page: Page) -> dict[str, bytes]:
    """Return every file under ``/api/v2/`` by its path."""
    contents = read_contents(page)
    head = {"page": page_object(page, contents.newest_change)}
    answers = {
        "summary": summary(contents),
        "status": {"status": status_of(contents)},
        "components": {"components": visible(contents.components, contents.objects)},
        **incident_lists(contents),
        **maintenance_lists(contents),
    }
    return {f"api/v2/{name}.json": document(head | body) for name, body in answers.items()}
