from django.db import migrations

from afterword.kit.append_only import protect, release

TABLES = ("incidents_recovery", "incidents_heardoutside", "incidents_recurrence")


def fill(apps, schema_editor):
    """Keep when incidents that were told here ended. What its severity was then, nobody kept."""
    incidents = apps.get_model("incidents", "Incident")
    recoveries = apps.get_model("incidents", "Recovery")
    over = incidents.objects.filter(
        kind="incident", source="", status="resolved", resolved_at__isnull=False
    )
    rows = []
    for each in over.order_by("pk").iterator(500):
        if each.extra.get("backfilled") or each.extra.get("reopened"):
            continue
        rows.append(recoveries(page_id=each.page_id, incident=each, at=each.resolved_at))
    recoveries.objects.bulk_create(rows, batch_size=500)


class Migration(migrations.Migration):
    dependencies = [("incidents", "0007_recoveries_and_what_was_heard")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
    operations += [migrations.RunPython(protect(each), release(each)) for each in TABLES]
