"""Which texts leave by themselves, and which did not: for the desk alone."""

from collections.abc import Iterable

from afterword.components.models import Page
from afterword.kit.asking import asked_once, is_known, know
from afterword.kit.errors import NotFound
from afterword.publishing.models import Departure, DepartureState


def newest_departures(statement_ids: Iterable[str]) -> dict[str, Departure]:
    """Return, of each text that has one, the departure asked for last, by the text's public id."""
    wanted = list(statement_ids)
    unknown = [each for each in wanted if not is_known(_newest_departure, each)]
    found = {}
    if unknown:
        rows = Departure.objects.filter(statement_id__in=unknown).select_related("asked_by")
        found = {each.statement_id: each for each in rows.order_by("pk")}
        for each in unknown:
            know(_newest_departure, each, answer=found.get(each))
    for each in set(wanted) - set(unknown):
        if (departure := _newest_departure(each)) is not None:
            found[each] = departure
    return found


@asked_once
def _newest_departure(statement_id: str) -> Departure | None:
    found = Departure.objects.filter(statement_id=statement_id).select_related("asked_by")
    return found.order_by("-pk").first()


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
