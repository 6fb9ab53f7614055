from datetime import UTC

from django.db import migrations
from django.db.models import F


def fill(apps, schema_editor):
    """Count apart what was kept later and told in time, as ``promised`` does from now on."""
    promises = apps.get_model("publishing", "PublicPromise")
    words = apps.get_model("publishing", "PromiseWord")
    tallies = apps.get_model("publishing", "PublicTally")
    rebuilds = apps.get_model("publishing", "Rebuild")
    for each in promises.objects.filter(outcome="kept_late").order_by("pk").iterator(500):
        had = words.objects.filter(page_id=each.page_id, commitment_id=each.commitment_id)
        due, in_time = None, True
        for word in had.order_by("pk"):
            if word.due is None:
                continue
            told_on = word.told_at.astimezone(UTC).date()
            if due is not None and word.due > due and told_on > due:
                in_time = False
            due = word.due
        if not in_time or due is None or each.settled_on is None or each.settled_on > due:
            continue
        promises.objects.filter(pk=each.pk).update(outcome="kept_moved")
        of_page = tallies.objects.filter(page_id=each.page_id, about="promise")
        of_page.filter(value="kept_late").update(number=F("number") - 1)
        tallies.objects.get_or_create(page_id=each.page_id, about="promise", value="kept_moved")
        of_page.filter(value="kept_moved").update(number=F("number") + 1)
        # The builder sees for itself that the code changed; the places are asked for all the same.
        rebuilds.objects.bulk_create(
            rebuilds(page_id=each.page_id, place=place, asked_at=each.told_at)
            for place in ("promises", f"incident:{each.incident_id}")
        )


class Migration(migrations.Migration):
    dependencies = [("publishing", "0021_repeats")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
