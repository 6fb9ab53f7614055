"""Components: ``/api/v2/components.json``, and the same objects inside every other answer."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from afterword.components.models import Component, Page
from afterword.components.rollup import worst
from afterword.site_builder.moments import instant
from afterword.site_builder.pages.api.values import Answer, stamp


def visible(components: Sequence[Component], objects: Mapping[str, Answer]) -> list[Answer]:
    """Return the components readers see now; some are shown only while they do not work."""
    return [
        objects[each.public_id]
        for each in in_order(components)
        if not (each.only_show_if_degraded and each.status == "operational")
    ]


def objects_of(page: Page, components: Sequence[Component]) -> dict[str, Answer]:
    """Return every given component as Statuspage writes it, by id, in the order of its arrays."""
    members: dict[int, list[Component]] = {}
    for each in components:
        if each.group_id is not None:
            members.setdefault(each.group_id, []).append(each)
    return {
        each.public_id: _object(page, each, members.get(each.pk, ()))
        for each in in_order(components)
    }


def in_order(components: Sequence[Component]) -> list[Component]:
    """Return the components by position, groups and members mixed; the older first in a tie."""
    return sorted(components, key=lambda each: (each.position, each.created_at, each.pk))


def frozen_object(page: Page, part: Mapping[str, Any]) -> Answer | None:
    """Return a component as it was when a word was published, or None for a damaged one."""
    created, updated = instant(part.get("created_at")), instant(part.get("updated_at"))
    if created is None or updated is None:
        return None
    return _written(
        page,
        ident=str(part["id"]),
        name=str(part["name"]),
        status=str(part["status"]),
        times=(created, updated),
        position=int(part.get("position", 1)),
        description=str(part.get("description", "")),
        showcase=part.get("showcase", True) is True,
        start_date=part.get("start_date"),
        group_id=part.get("group_id"),
        is_group=part.get("is_group", False) is True,
        only_show_if_degraded=part.get("only_show_if_degraded", False) is True,
    )


def _object(page: Page, component: Component, members: Sequence[Component]) -> Answer:
    group = component.group
    status = component.status
    if component.is_group and members:
        status = worst(each.status for each in members)
    written = _written(
        page,
        ident=component.public_id,
        name=component.name,
        status=status,
        times=(component.created_at, component.updated_at),
        position=component.position,
        description=component.description,
        showcase=component.showcase,
        start_date=component.start_date.isoformat() if component.start_date else None,
        group_id=group.public_id if group else None,
        is_group=component.is_group,
        only_show_if_degraded=component.only_show_if_degraded,
    )
    if component.is_group:
        written["components"] = [each.public_id for each in in_order(members)]
    return written


def _written(
    page: Page,
    *,
    ident: str,
    name: str,
    status: str,
    times: tuple[datetime, datetime],
    position: int,
    description: str,
    showcase: bool,
    start_date: str | None,
    group_id: str | None,
    is_group: bool,
    only_show_if_degraded: bool,
) -> Answer:
    created, updated = times
    return {
        "id": ident,
        "name": name,
        "status": status,
        "created_at": stamp(created, page),
        "updated_at": stamp(updated, page),
        "position": position,
        "description": description or None,
        "showcase": showcase,
        "start_date": start_date,
        "group_id": group_id,
        "page_id": page.public_id,
        "group": is_group,
        "only_show_if_degraded": only_show_if_degraded,
    }
