"""Earlier incidents beside one that looks like them, with what was said and promised then."""

from collections.abc import Sequence
from dataclasses import dataclass

from afterword.commitments.models import Commitment
from afterword.commitments.queries import of_incidents
from afterword.components.models import Page
from afterword.incidents.models import Incident
from afterword.incidents.queries import Alike, alike
from afterword.publishing.ledger import newest_summaries


@dataclass(frozen=True)
class Before:
    """An earlier incident beside this one: why it is asked about, and what came of it."""

    found: Alike
    summary: str
    promises: list[Commitment]


def looks_alike(incident: Incident) -> list[Before]:
    """Return what to ask about an incident, each with its newest summary and its promises."""
    found = alike(incident)
    return before_it(incident.page, found)


def before_it(page: Page, found: Sequence[Alike]) -> list[Before]:
    """Return these with summaries and promises, two questions for all of them."""
    if not found:
        return []
    earlier = [each.earlier for each in found]
    summaries = newest_summaries(page, [each.public_id for each in earlier])
    promises = of_incidents(earlier)
    return [
        Before(each, summaries.get(each.earlier.public_id, ""), promises[each.earlier.pk])
        for each in found
    ]
