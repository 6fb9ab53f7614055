from django.db import migrations, models


def fill(apps, schema_editor):
    """Tell of planned work that is over whether it took place, as ``projection.called_off`` does."""
    incidents = apps.get_model("publishing", "PublicIncident")
    publications = apps.get_model("publishing", "Publication")
    before = incidents.objects.filter(
        kind="maintenance", status="completed", resolved_at__lt=models.F("scheduled_for")
    )
    for each in before.order_by("pk").iterator(500):
        told = publications.objects.filter(page_id=each.page_id, incident_id=each.incident_id)
        told = told.exclude(audience="list").exclude(kind="translation").order_by()
        facts = told.values_list("facts", flat=True)
        said = {each.get("update", {}).get("status") for each in facts}
        if said.isdisjoint({"in_progress", "verifying"}):
            incidents.objects.filter(pk=each.pk).update(called_off=True)


class Migration(migrations.Migration):
    dependencies = [
        ("publishing", "0013_called_off"),
    ]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
