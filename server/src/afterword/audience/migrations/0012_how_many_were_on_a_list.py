from django.db import migrations, models


def fill(apps, schema_editor):
    """Keep how many are on the lists there are. How many were on forgotten ones, nobody knows."""
    lists = apps.get_model("audience", "RecipientList").objects
    members = apps.get_model("audience", "RecipientListMember").objects
    incident, met = None, set()
    for each in lists.order_by("page_id", "incident_ref", "frozen_at", "pk").iterator(500):
        if (each.page_id, each.incident_ref) != incident:
            incident, met = (each.page_id, each.incident_ref), set()
        if each.forgotten_at is not None:
            continue
        marks = set(members.filter(recipient_list=each).values_list("address_mark", flat=True))
        lists.filter(pk=each.pk).update(size=len(marks), first_listed=len(marks - met))
        met |= marks


class Migration(migrations.Migration):
    dependencies = [("audience", "0011_new_columns_have_defaults")]

    operations = [
        migrations.AddField("recipientlist", "size", models.PositiveIntegerField(null=True)),
        migrations.AddField(
            "recipientlist", "first_listed", models.PositiveIntegerField(null=True)
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
