"""One part, or a group of parts: how it is, its days and months, and what touched it."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from afterword.components.models import Component, Page
from afterword.components.queries import in_status_since, shown_components
from afterword.publishing import queries
from afterword.site_builder.bars import bars_of, rules_of
from afterword.site_builder.moments import day as day_words
from afterword.site_builder.pages.index import incident_row, part_row
from afterword.site_builder.pages.rendering import rendered
from afterword.site_builder.places import component_address, file_of, month_address
from afterword.site_builder.uptime import (
    QUIET,
    Month,
    Track,
    figures_in_words,
    months_of,
    percent_of,
    share_of_day,
    tracks_of,
    what_happened,
)
from afterword.site_builder.words import PART, month_name

INCIDENTS = 20
MAINTENANCES = 10
MONTHS = 24
_EVERY_DAY = 1000


def build_by_id(page: Page, component_id: str) -> dict[str, bytes]:
    """Return the file of ``/components/<id>/`` by its path; empty when readers see no such part."""
    shown = shown_components(page)
    component = next((each for each in shown if each.public_id == component_id), None)
    if component is None:
        return {}
    members = [each for each in shown if component.is_group and each.group_id == component.pk]
    address = component_address(component_id)
    return {file_of(address): _build(page, component, members)}


def _build(page: Page, component: Component, members: Sequence[Component]) -> bytes:
    parts = [component, *members]
    ids = [each.public_id for each in members or parts]
    incidents = queries.incidents_of_components(page, ids, kind="incident", limit=INCIDENTS)
    planned = queries.incidents_of_components(page, ids, kind="maintenance", limit=MAINTENANCES)
    named = {
        month: month_address(month) for month in queries.months_of_components(page, ids, MONTHS)
    }
    tracks = tracks_of(page, parts)
    track = tracks.get(component.pk)
    group = component.group
    context = {
        "part": component,
        "words": PART.get(component.status, component.status),
        "since": None if component.is_group else in_status_since(component),
        "group": (group.name, component_address(group.public_id)) if group else None,
        "members": [part_row(each, tracks) for each in members],
        "uptime": _uptime(track, named) if track else None,
        "months": [
            _month(each, named)
            for each in (months_of(page, members or parts, limit=MONTHS) if track else ())
        ],
        "rules": rules_of(page) if track else None,
        "incidents": [incident_row(each) for each in incidents],
        "planned": [incident_row(each) for each in planned],
        "named": [(month_name(month), address) for month, address in named.items()],
    }
    changes = [each.updated_at for each in parts] + [
        each.updated_at for each in incidents + planned
    ]
    address = component_address(component.public_id)
    return rendered("component.html", page, address, context, max(changes))


def _uptime(track: Track, named: dict[str, str]) -> dict[str, Any]:
    return {
        "bars": bars_of(track, most_told=_EVERY_DAY),
        "percent": percent_of(track.share),
        "known": track.known_days,
        "length": len(track.days),
        "first": day_words(track.days[0].day),
        "last": day_words(track.days[-1].day),
        "days": [
            {
                "id": each.day.isoformat(),
                "name": day_words(each.day),
                "address": named.get(f"{each.day:%Y-%m}"),
                "state": each.state,
                "percent": percent_of(share_of_day(each, track.weights)),
                "said": what_happened(each),
            }
            for each in reversed(track.days)
            if each.state not in QUIET
        ],
    }


def _month(month: Month, named: dict[str, str]) -> dict[str, Any]:
    return {
        "name": month_name(month.month),
        "address": named.get(month.month),
        "percent": percent_of(month.share) or _("not enough data"),
        "said": figures_in_words(month.total),
    }
