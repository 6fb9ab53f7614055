"""Keeps in step which public incidents readers are told to be earlier ones again."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from afterword.components.models import Page
from afterword.kit.ids import is_public_id
from afterword.publishing.corrections import withdrawn_by
from afterword.publishing.models import Publication, PublicRepeat
from afterword.publishing.projection import facts_shown, readable_from


def keep_repeats(
    *, page: Page, incident_id: str, shown: Sequence[Publication], title_changed: bool
) -> set[str]:
    """Store what the facts shown say of earlier incidents; return the places that changed.

    ``shown``: its publications on the page, by number. Needs the held page.
    """
    now = _told(incident_id, shown)
    rows = PublicRepeat.objects.filter(page=page, incident_id=incident_id)
    before = dict(rows.values_list("earlier_id", "told_at"))
    changed = {each for each in now.keys() | before.keys() if now.get(each) != before.get(each)}
    rows.filter(earlier_id__in=changed).delete()
    PublicRepeat.objects.bulk_create(
        PublicRepeat(page=page, incident_id=incident_id, earlier_id=each, told_at=now[each])
        for each in sorted(changed & now.keys())
    )
    return {f"incident:{each}" for each in (now.keys() if title_changed else set()) | changed}


def _told(incident_id: str, shown: Sequence[Publication]) -> dict[str, datetime]:
    """Return the earlier incidents that the facts shown name, with when each was first told."""
    gone = withdrawn_by(shown)
    named = _named(facts_shown(shown)[1]) - {incident_id}
    first: dict[str, datetime] = {}
    for each in shown:
        if each.pk not in gone:
            for earlier in named & _named(each.facts.get("record") or {}):
                first.setdefault(earlier, readable_from(each))
    return first


def _named(record: Mapping[str, object]) -> set[str]:
    listed = record.get("previous")
    named = (
        [each.get("id") for each in listed if isinstance(each, Mapping)]
        if isinstance(listed, list)
        else []
    )
    return {str(each) for each in named if each and is_public_id(str(each))}
