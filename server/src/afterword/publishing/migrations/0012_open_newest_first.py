from django.db import migrations, models


class Migration(migrations.Migration):
    """What is open is found without walking the history, on SQLite too."""

    dependencies = [
        ("publishing", "0011_newest_of_each_kind"),
    ]

    operations = [
        migrations.RemoveIndex(model_name="publicincident", name="publishing__page_id_44813b_idx"),
        migrations.AddIndex(
            model_name="publicincident",
            index=models.Index(
                condition=models.Q(("is_open", True)),
                fields=["page", "-newest_at", "-id"],
                name="open_newest_first",
            ),
        ),
    ]
