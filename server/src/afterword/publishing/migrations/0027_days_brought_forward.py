from django.db import migrations, models

OPEN = ("planned", "in_progress")


def derive_again(apps, schema_editor):
    """Have every incident derived again of which a promise was given an earlier day later on: one
    whose entry has no words is, see ``actions.catching_up``.
    """
    words = apps.get_model("publishing", "PromiseWord")
    entries = apps.get_model("publishing", "CatalogueEntry")
    first = words.objects.filter(
        page=models.OuterRef("page"),
        commitment_id=models.OuterRef("commitment_id"),
        is_first=True,
        due__gt=models.OuterRef("due"),
    )
    earlier = words.objects.filter(
        models.Exists(first),
        page=models.OuterRef("page"),
        incident_id=models.OuterRef("incident_id"),
        state__in=OPEN,
    )
    entries.objects.filter(models.Exists(earlier)).update(words="")


class Migration(migrations.Migration):
    dependencies = [("publishing", "0026_promises_by_what_was_told")]

    operations = [
        migrations.RemoveIndex(model_name="promiseword", name="promises_by_first_day"),
        migrations.AddIndex(
            model_name="promiseword",
            index=models.Index(fields=["page", "due"], name="promises_by_day_given"),
        ),
        migrations.AddIndex(
            model_name="promiseword",
            index=models.Index(fields=["page", "told_at"], name="promises_by_day_told"),
        ),
        migrations.RunPython(derive_again, migrations.RunPython.noop),
    ]
