import django.db.models.deletion
from django.db import migrations, models


def fill(apps, schema_editor):
    """Keep what the digests written so far tell, as far as it is known."""
    entries = apps.get_model("fanout", "DigestEntry").objects.exclude(about="").order_by()
    contents = apps.get_model("fanout", "DigestContent")
    rows = entries.values_list("publication", "about").distinct()
    contents.objects.bulk_create(
        (contents(publication_id=publication, about=about) for publication, about in rows),
        batch_size=500,
    )


class Migration(migrations.Migration):
    dependencies = [("fanout", "0008_digests_taken_apart")]

    operations = [
        migrations.CreateModel(
            name="DigestContent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("about", models.CharField(max_length=80)),
                ("publication", models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="publishing.publication")),
            ],
            options={"constraints": [models.UniqueConstraint(fields=("publication", "about"), name="told_once_in_a_digest")]},
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
