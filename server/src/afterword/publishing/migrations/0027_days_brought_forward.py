from django.db import migrations, models

OPEN = ("planned", "in_progress")


AT_ONCE = 500


def derive_again(apps, schema_editor):
    """Have every incident derived again of which a promise was given an earlier day later on: one
    whose entry has no words is, see ``actions.catching_up``.

    Every word is read once. Held against each other in the database it took SQLite four times as
    long for twice the history.
    """
    words = apps.get_model("publishing", "PromiseWord")
    entries = apps.get_model("publishing", "CatalogueEntry")
    first, earliest = {}, {}
    given = words.objects.filter(due__isnull=False).order_by()
    columns = ("page", "incident_id", "commitment_id", "state", "due", "is_first")
    for page, incident, promise, state, due, is_first in given.values_list(*columns).iterator():
        if is_first:
            first[page, promise] = due
        if state in OPEN:
            key = page, incident, promise
            earliest[key] = min(due, earliest.get(key, due))
    of_page = {}
    for (page, incident, promise), due in earliest.items():
        if due < first.get((page, promise), due):
            of_page.setdefault(page, set()).add(incident)
    for page, found in of_page.items():
        incidents = sorted(found)
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
