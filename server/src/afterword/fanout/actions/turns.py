"""Whose turn it is to change runs of letters. Everybody takes the runs before anything else, in the
order of their ids, and the log last: two then never wait for each other.
"""

from collections.abc import Iterable

from afterword.fanout.models import Mailing
from afterword.publishing.models import Publication
from afterword.publishing.queries import told_together


def hold_runs(publications: Iterable[Publication]) -> None:
    """Hold the runs of these publications, and of what is told in one letter with them, until the
    transaction ends. Waits for a step that is writing letters at this instant, so that none slips
    past.
    """
    wanted = {each.pk for said in publications for each in (said, *told_together(said))}
    held = Mailing.objects.filter(publication__in=wanted).order_by("pk")
    list(held.select_for_update(of=("self",)).values_list("pk"))
