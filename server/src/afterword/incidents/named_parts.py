"""Which parts of a page a record names. Pure; texts come as people typed them."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from afterword.components.models import Component


def folded(name: str) -> str:
    """Return a name as names are compared: neither case nor spaces around it tell two apart."""
    return " ".join(name.split()).casefold()


def names_of_parts(data: Mapping[str, Any]) -> set[str]:
    """Return the folded names of the parts that a record says were hit, however badly.

    What it lists as not affected is there because readers may wonder about it, and was not hit.
    """
    listed = data.get("components") or []
    names = {str(each.get("name") or "") for each in listed if each.get("impact") != "none"}
    return {folded(name) for name in names} - {""}


def part_of_name(
    names: Iterable[str], parts: Collection[Component], announced: Collection[int]
) -> dict[str, int | None]:
    """Return for each folded name the key of the page's part that is called so, None for no part
    or for several. A part of a group also goes by "Group: Part"; of several that share a name, one
    that was announced alone (``announced`` has the keys) is meant.
    """
    called: dict[str, set[int]] = {}
    for part in parts:
        for name in _goes_by(part):
            called.setdefault(folded(name), set()).add(part.pk)
    found = {}
    for name in names:
        meant = called.get(name, set())
        if len(meant) > 1:
            meant = meant.intersection(announced)
        found[name] = min(meant) if len(meant) == 1 else None
    return found


def _goes_by(part: Component) -> list[str]:
    return [part.name, f"{part.group.name}: {part.name}"] if part.group else [part.name]
