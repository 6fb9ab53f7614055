import re
from datetime import UTC

from django.db import migrations

_ID = re.compile(r"[0-9a-z][0-9a-z-]{0,63}")
_GRAVER = ("maintenance", "none", "minor", "major", "critical")


def _grade(impact):
    return _GRAVER.index(impact) if impact in _GRAVER else 0


def fill(apps, schema_editor):
    """Tell of the incidents that are public already on which day they began and what they hit."""
    incidents = apps.get_model("publishing", "PublicIncident")
    days = apps.get_model("publishing", "PublicDay")
    parts = apps.get_model("publishing", "PublicIncidentPart")
    tally = {}
    rows = []
    for each in incidents.objects.order_by("pk").iterator(500):
        key = (each.page_id, each.started_at.astimezone(UTC).date())
        number, impact = tally.get(key, (0, each.impact))
        tally[key] = (number + 1, max(impact, each.impact, key=_grade))
        named = {str(part.get("id", "")) for part in each.components}
        rows += [
            parts(
                page_id=each.page_id, incident=each, component_id=part, kind=each.kind,
                month=each.month, started_at=each.started_at,
            )
            for part in sorted(named)
            if _ID.fullmatch(part)
        ]  # fmt: skip
        if len(rows) > 1000:
            parts.objects.bulk_create(rows)
            rows = []
    parts.objects.bulk_create(rows)
    days.objects.bulk_create(
        (
            days(page_id=page, day=day, incidents=number, impact=impact)
            for (page, day), (number, impact) in tally.items()
        ),
        batch_size=1000,
    )


class Migration(migrations.Migration):
    dependencies = [("publishing", "0007_days_and_parts")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
