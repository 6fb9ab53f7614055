"""Brings what is not in the catalogue, or without its words, into it, after an upgrade."""

from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef

from afterword.publishing.actions.press import hold_page, show
from afterword.publishing.models import CatalogueEntry, PublicIncident

_AT_A_TIME = 200


def catalogue_what_is_missing(*, now: datetime) -> int:
    """Derive again every public incident that is not catalogued; return how many were.

    One without words counts as such: a migration empties them when they are folded otherwise.

    Nobody's act: it publishes nothing. An incident a transaction, so that it may be interrupted
    and run again.
    """
    filed = CatalogueEntry.objects.filter(
        page=OuterRef("page"), incident_id=OuterRef("incident_id")
    ).exclude(words="")
    missing = PublicIncident.objects.filter(~Exists(filed)).order_by("pk")
    after, done = 0, 0
    while chunk := list(missing.filter(pk__gt=after).select_related("page")[:_AT_A_TIME]):
        for each in chunk:
            with transaction.atomic():
                show(page=hold_page(each.page), incident_id=each.incident_id, now=now)
        after, done = chunk[-1].pk, done + len(chunk)
    return done
