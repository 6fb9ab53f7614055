from datetime import date

from django.db import migrations

from afterword.kit.append_only import protect, release

TABLE = "publishing_promiseword"
OPEN = {"planned", "in_progress"}


def fill(apps, schema_editor):
    """Keep every word that was given of a promise, as ``keep_promise_words`` does from now on."""
    publications = apps.get_model("publishing", "Publication")
    words = apps.get_model("publishing", "PromiseWord")
    newest, first, rows = {}, set(), []
    told = publications.objects.exclude(audience="list").exclude(commitments=[]).order_by("pk")
    for each in told.iterator(500):
        for view in {v["id"]: v for v in each.commitments if v.get("id")}.values():
            key = (each.page_id, view["id"])
            said = (str(view.get("state"))[:16], _day(view.get("due")), _day(view.get("done_on")))
            if newest.get(key) == said:
                continue
            newest[key] = said
            state, due, done_on = said
            is_first = key not in first and state in OPEN and due is not None
            if is_first:
                first.add(key)
            rows.append(
                words(
                    page_id=each.page_id, publication=each, incident_id=each.incident_id,
                    commitment_id=view["id"], what=str(view.get("what") or "")[:500], state=state,
                    due=due, done_on=done_on, is_first=is_first, told_at=_readable_from(each),
                )
            )
    words.objects.bulk_create(rows, batch_size=500)


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
    dependencies = [("publishing", "0019_words_of_promises")]

    operations = [
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.RunPython(protect(TABLE), release(TABLE)),
    ]
