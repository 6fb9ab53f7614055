"""What every case of a list is asked, asked for all of them at once."""

from collections.abc import Sequence

from afterword.commitments import queries as commitments
from afterword.components.models import Page
from afterword.followups import queries as followups
from afterword.incidents import queries as incidents
from afterword.incidents.models import Incident
from afterword.postmortems import queries as postmortems
from afterword.publishing import ledger
from afterword.publishing.departures import newest_departures
from afterword.statements import queries as statements


def know_cases(page: Page, listed: Sequence[Incident]) -> None:
    """Let ``case_view.gather`` of each incident ask nothing of its own. Within ``asking_once``."""
    if not listed:
        return
    incidents.know_about(listed)
    commitments.know_about(listed)
    followups.know_about(page, listed)
    postmortems.know_about(listed)
    ledger.know_about(page, [each.public_id for each in listed])
    newest_departures(text.public_id for text in statements.know_about(listed))
