"""The lists that files are brought for: the columns of each, and the verb that takes its rows."""

from datetime import datetime
from typing import Final, NamedTuple, TypedDict

from afterword.accounts.permissions import Actor
from afterword.audience.actions import affected, bringing, customers, impacts
from afterword.audience.actions.reports import Report
from afterword.audience.actions.taking import Then, Watch, untold, unwatched
from afterword.audience.models import Intake
from afterword.audience.sheets import Sheet
from afterword.components.models import Page

What = Intake.What


class Columns(NamedTuple):
    """The columns that a file must have, and those it may have."""

    required: tuple[str, ...]
    optional: tuple[str, ...]


class _Given(TypedDict):
    actor: Actor
    now: datetime
    page: Page
    sheet: Sheet
    dry_run: bool
    watch: Watch
    then: Then


COLUMNS: Final = {
    What.CUSTOMERS: Columns(customers.COLUMNS, customers.OPTIONAL),
    What.ACCOUNTS: Columns(impacts.COLUMNS, impacts.OPTIONAL),
    What.AFFECTED: Columns(affected.COLUMNS, affected.OPTIONAL),
    What.SUBSCRIBERS: Columns(bringing.COLUMNS, bringing.OPTIONAL),
}


def take(
    *,
    what: What,
    actor: Actor,
    now: datetime,
    page: Page,
    incident_ref: str,
    source: str,
    sheet: Sheet,
    dry_run: bool,
    watch: Watch = unwatched,
    then: Then = untold,
) -> Report:
    """Take the rows of a list by its own rules. ``incident_ref`` counts for lists of an incident,
    ``source``, where consent came from, for subscribers.
    """
    given = _Given(
        actor=actor, now=now, page=page, sheet=sheet, dry_run=dry_run, watch=watch, then=then
    )
    match what:
        case What.CUSTOMERS:
            return customers.take_customers(**given)
        case What.ACCOUNTS:
            return impacts.take_impacts(**given, incident_ref=incident_ref)
        case What.AFFECTED:
            return affected.take_affected(**given, incident_ref=incident_ref)
        case What.SUBSCRIBERS:
            return bringing.take_subscribers(**given, source=source)
