from datetime import date

from django.db import migrations, models

AT_A_TIME = 500


def fill(apps, schema_editor):
    """Keep the words that only repeated the one before, too, as ``keep_promise_words`` does now."""
    publications = apps.get_model("publishing", "Publication")
    words = apps.get_model("publishing", "PromiseWord")
    told = publications.objects.exclude(audience="list").exclude(commitments=[]).order_by("pk")
    after = 0
    while chunk := list(told.filter(pk__gt=after)[:AT_A_TIME]):
        after = chunk[-1].pk
        known = set(
            words.objects.filter(publication__in=[each.pk for each in chunk]).values_list(
                "publication_id", "commitment_id"
            )
        )
        rows = [
            words(
                page_id=each.page_id, publication=each, incident_id=each.incident_id,
                commitment_id=view["id"], what=str(view.get("what") or "")[:500],
                state=str(view.get("state"))[:16], due=_day(view.get("due")),
                done_on=_day(view.get("done_on")), is_first=False, told_at=_readable_from(each),
            )
            for each in chunk
            for view in {v["id"]: v for v in each.commitments if v.get("id")}.values()
            if (each.pk, view["id"]) not in known
        ]  # fmt: skip
        words.objects.bulk_create(rows, batch_size=AT_A_TIME)


def derive_again(apps, schema_editor):
    """Have every incident that promised something derived again once the migrations are through:
    one whose entry has no words is, see ``actions.catching_up``.
    """
    words = apps.get_model("publishing", "PromiseWord")
    entries = apps.get_model("publishing", "CatalogueEntry")
    promised = words.objects.filter(
        page=models.OuterRef("page"), incident_id=models.OuterRef("incident_id")
    )
    entries.objects.filter(models.Exists(promised)).update(words="")


def _readable_from(publication):
    if publication.imported:
        return publication.display_at
    return max(publication.display_at, publication.published_at)


def _day(text):
    try:
        return date.fromisoformat(text[:10]) if isinstance(text, str) else None
    except ValueError:
        return None


class Migration(migrations.Migration):
    dependencies = [("publishing", "0025_new_columns_have_defaults")]

    operations = [
        migrations.AddField(
            model_name="publicpromise",
            name="moves",
            field=models.PositiveIntegerField(db_default=0, default=0),
        ),
        migrations.AddField(
            model_name="publicpromise",
            name="days_moved",
            field=models.PositiveIntegerField(db_default=0, default=0),
        ),
        migrations.AddField(
            model_name="publicpromise",
            name="moved_in_time",
            field=models.BooleanField(db_default=True, default=True),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.RunPython(derive_again, migrations.RunPython.noop),
    ]
