from django.db import migrations
from django.db.models import OuterRef, Subquery


def fill(apps, schema_editor):
    case = apps.get_model("incidents", "Case")
    version = apps.get_model("incidents", "RecordVersion")
    later = version.objects.filter(
        incident=OuterRef("incident"), saved_at__gt=OuterRef("closed_at")
    ).order_by("-version")
    case.objects.filter(closed_at__isnull=False).update(
        outdated_at=Subquery(later.values("saved_at")[:1])
    )


class Migration(migrations.Migration):
    dependencies = [("incidents", "0005_found_without_the_history")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
