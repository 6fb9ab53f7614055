"""Which texts leave by themselves, and which did not: for the desk alone."""

from collections.abc import Iterable

from afterword.components.models import Page
from afterword.kit.errors import NotFound
from afterword.publishing.models import Departure, DepartureState


def newest_departures(statement_ids: Iterable[str]) -> dict[str, Departure]:
    """Return, of each text that has one, the departure asked for last, by the text's public id."""
    found = Departure.objects.filter(statement_id__in=list(statement_ids))
    return {each.statement_id: each for each in found.select_related("asked_by").order_by("pk")}


def waiting_departure(statement_id: str) -> Departure | None:
    """Return the departure a text waits for, None when it waits for none."""
    found = Departure.objects.filter(statement_id=statement_id, state=DepartureState.WAITING)
    return found.select_related("asked_by").first()


def departure_of(page: Page, statement_id: str, key: int) -> Departure:
    """Return one departure of a text of the page. Raises NotFound."""
    found = Departure.objects.filter(page=page, statement_id=statement_id, pk=key).first()
    if found is None:
        raise NotFound("This text was never to leave at that time.")
    return found
