"""Keeps the parts that records named so far, 500 versions at a time."""

from django.db import migrations

AT_ONCE = 500


def folded(name):
    return " ".join(name.split()).casefold()


def called(components, page):
    """Return the parts of a page by what they are called: its name, or "Group: Part"."""
    found = {}
    for part in components.objects.filter(page=page, is_group=False).select_related("group"):
        found.setdefault(folded(part.name), set()).add(part.pk)
        if part.group:
            found.setdefault(folded(f"{part.group.name}: {part.name}"), set()).add(part.pk)
    return found


def fill(apps, schema_editor):
    versions = apps.get_model("incidents", "RecordVersion")
    incidents = apps.get_model("incidents", "Incident")
    named = apps.get_model("incidents", "NamedPart")
    components = apps.get_model("components", "Component")
    of_page, after = {}, 0
    told = incidents.components.through.objects
    while True:
        some = list(
            versions.objects.filter(pk__gt=after)
            .order_by("pk")
            .values_list("pk", "incident", "incident__page", "data")[:AT_ONCE]
        )
        if not some:
            return
        after = some[-1][0]
        announced = {}
        keys = {incident for _, incident, _, _ in some}
        for incident, part in told.filter(incident__in=keys).values_list("incident", "component"):
            announced.setdefault(incident, set()).add(part)
        rows = {}
        for _, incident, page, data in some:
            if page not in of_page:
                of_page[page] = called(components, page)
            for each in data.get("components") or []:
                name = folded(str(each.get("name") or ""))
                if not name or each.get("impact") == "none":
                    continue
                meant = of_page[page].get(name, set())
                if len(meant) > 1:
                    meant = meant & announced.get(incident, set())
                part = min(meant) if len(meant) == 1 else None
                rows[incident, name] = named(incident_id=incident, name=name, component_id=part)
        # Another version may have named it before.
        named.objects.bulk_create(rows.values(), batch_size=AT_ONCE, ignore_conflicts=True)


class Migration(migrations.Migration):
    dependencies = [("incidents", "0014_parts_that_records_name")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
