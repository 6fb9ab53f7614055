from django.db import migrations, models


class Migration(migrations.Migration):
    """With the key at its end the index gives the whole order, and nothing is sorted or skipped."""

    dependencies = [
        ("publishing", "0010_full_text"),
    ]

    operations = [
        migrations.RemoveIndex(model_name="publicincident", name="newest_of_a_kind"),
        migrations.AddIndex(
            model_name="publicincident",
            index=models.Index(
                fields=["page", "kind", "-newest_at", "-id"], name="newest_of_each_kind"
            ),
        ),
    ]
