from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from django.db import transaction

from afterword.incidents.actions.named_parts import keep_named_parts
from afterword.incidents.models import Incident, NamedPart, RecordVersion
from afterword.incidents.named_parts import names_of_parts

_AT_A_TIME: Final = 500


def keep_missed_parts(*, since: datetime) -> int:
    """Keep what the versions of records saved since an instant named and nobody kept; return how
    many versions that was.

    Nobody's act: an older Afterword that still runs beside this one while it is upgraded saves
    records, and keeps no names. Found by their time, and written an incident a transaction.
    """
    after, missed = 0, 0
    versions = RecordVersion.objects.filter(saved_at__gte=since).order_by("pk")
    columns = ("pk", "incident_id", "data")
    while some := list(versions.filter(pk__gt=after).values_list(*columns)[:_AT_A_TIME]):
        after = some[-1][0]
        missed += _keep([(incident, data) for _, incident, data in some])
    return missed


def _keep(versions: Sequence[tuple[int, Mapping[str, Any]]]) -> int:
    of_those = NamedPart.objects.filter(incident__in={pk for pk, _ in versions}).order_by()
    kept = set(of_those.values_list("incident_id", "name"))
    missed = 0
    for pk, data in versions:
        if all((pk, name) in kept for name in names_of_parts(data)):
            continue
        with transaction.atomic():
            incident = Incident.objects.select_for_update(no_key=True).get(pk=pk)
            keep_named_parts(incident=incident, record=data)
        missed += 1
    return missed
