"""What a public incident touches beside its own page: the day it began, components, their pages."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta

from afterword.components.models import Component, Page
from afterword.components.queries import components_by_public_id
from afterword.publishing.models import PublicDay, PublicIncident, PublicIncidentPart
from afterword.publishing.projection import gravest


def keep_days(page: Page, days: Iterable[date]) -> None:
    """Count the incidents that began on the days; a day on which nothing began has no row."""
    for day in days:
        begin = datetime.combine(day, time(), tzinfo=UTC)
        began = PublicIncident.objects.filter(
            page=page, month=f"{day:%Y-%m}",
            started_at__gte=begin, started_at__lt=begin + timedelta(days=1),
        )  # fmt: skip
        impacts = list(began.values_list("impact", flat=True))
        if not impacts:
            PublicDay.objects.filter(page=page, day=day).delete()
            continue
        told = {"incidents": len(impacts), "impact": gravest(impacts)}
        PublicDay.objects.update_or_create(page=page, day=day, defaults=told)


def keep_parts(shown: PublicIncident, touched: set[str]) -> None:
    """Keep which components the incident touched, with what they are listed by."""
    told = {"kind": shown.kind, "month": shown.month, "started_at": shown.started_at}
    known = PublicIncidentPart.objects.filter(incident=shown)
    known.exclude(component_id__in=touched).delete()
    known.update(**told)
    there = set(known.values_list("component_id", flat=True))
    PublicIncidentPart.objects.bulk_create(
        PublicIncidentPart(page_id=shown.page_id, incident=shown, component_id=each, **told)
        for each in sorted(touched - there)
    )


def component_places(page: Page, touched: set[str]) -> set[str]:
    """Return the pages of the components and of the groups they lie in."""
    known = components_by_public_id(page, touched)
    groups = Component.objects.filter(pk__in=[each.group_id for each in known.values()])
    return {f"component:{each}" for each in (*known, *groups.values_list("public_id", flat=True))}
