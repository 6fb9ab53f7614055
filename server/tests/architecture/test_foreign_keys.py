"""A foreign key given as a string needs no import, so the import contracts cannot see it."""

from collections.abc import Iterator
from typing import Any

from django.apps import apps

from architecture.rooms import floors


def links_between_rooms() -> Iterator[tuple[str, str, str, Any]]:
    """Yield (place, own room, other room, field) for each key that leaves its room."""
    for model in apps.get_models():
        package, _, rest = model.__module__.partition(".")
        if package != "afterword":
            continue
        room = rest.partition(".")[0]
        fields = (*model._meta.local_fields, *model._meta.local_many_to_many)
        for field in fields:
            other = field.related_model
            if other is None or not other.__module__.startswith("afterword."):
                continue
            other_room = other.__module__.split(".")[1]
            if other_room != room:
                yield f"{model._meta.label}.{field.name}", room, other_room, field


def test_foreign_keys_go_down_like_imports() -> None:
    upward = [
        f"{place}: {room} may not point at {other}"
        for place, room, other, _ in links_between_rooms()
        if floors()[other] >= floors()[room]
    ]
    assert not upward, "\n".join(upward)


def test_no_room_gains_a_reverse_name_from_another() -> None:
    named = [
        f'{place}: related_name="+"'
        for place, _, _, field in links_between_rooms()
        if not field.remote_field.hidden
    ]
    assert not named, "\n".join(named)
