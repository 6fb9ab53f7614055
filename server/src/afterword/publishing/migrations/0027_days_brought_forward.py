from django.db import migrations, models

OPEN = ("planned", "in_progress")


AT_ONCE = 500


def derive_again(apps, schema_editor):
    """Have every incident derived again of which a promise was given an earlier day later on: one
    whose entry has no words is, see ``actions.catching_up``.

    Looked for among the words, whose first is found by an index: asked of each entry, SQLite reads
    every word of the page for it.
    """
    words = apps.get_model("publishing", "PromiseWord")
    entries = apps.get_model("publishing", "CatalogueEntry")
    first = words.objects.filter(
        page=models.OuterRef("page"),
        commitment_id=models.OuterRef("commitment_id"),
        is_first=True,
        due__gt=models.OuterRef("due"),
    )
    earlier = words.objects.filter(models.Exists(first), state__in=OPEN).order_by()
    of_page = {}
    for page, incident in earlier.values_list("page", "incident_id").distinct():
        of_page.setdefault(page, []).append(incident)
    for page, incidents in of_page.items():
        for at in range(0, len(incidents), AT_ONCE):
            some = incidents[at : at + AT_ONCE]
            entries.objects.filter(page=page, incident_id__in=some).update(words="")


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
