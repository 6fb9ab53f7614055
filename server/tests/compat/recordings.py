"""Recorded answers of real pages, brought in and built again, and where the two differ."""

import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple

from afterword.accounts.permissions import MACHINE
from afterword.components.actions import create_page
from afterword.components.models import Page
from afterword.importing import statuspage
from afterword.importing.actions import create_imported_page, import_statuspage
from afterword.site_builder.actions import build_pending


class Difference(NamedTuple):
    """``where`` is a path such as ``incidents/0/components/2/name``."""

    where: str
    recorded: Any
    ours: Any


class _Absent:
    def __repr__(self) -> str:
        return "(absent)"


ABSENT = _Absent()


def bring_in(recording: dict[str, Any], at: datetime, page: Page | None = None) -> Page:
    """Import a recording and build the site, as ``afterword import statuspage`` does.

    An answer with one incident does not describe its page, so one with the same id is made.
    """
    parsed = statuspage.parse(json.dumps(recording).encode(), now=at)
    if page is None and parsed.page is not None:
        page = create_imported_page(actor=MACHINE, now=at, parsed=parsed.page)
    elif page is None:
        page = create_page(
            actor=MACHINE, now=at, name="Fernway", url="https://status.fernway.example",
            public_id=recording["page_id"],
        )  # fmt: skip
    import_statuspage(actor=MACHINE, now=at, page=page, parsed=parsed)
    build_pending(now=at)
    return page


def recorded_at(recording: dict[str, Any]) -> datetime:
    """Return a moment just after the newest instant in a recording."""
    return max(_instants(recording)) + timedelta(minutes=1)


def answer(site_dir: Path, path: str) -> Any:
    return json.loads((site_dir / path).read_bytes())


def differences(recorded: Any, ours: Any, where: str = "") -> Iterator[Difference]:
    """Yield every leaf that differs, keys that only one has, and keys in another order.

    Lists of things with an id are compared thing by thing; their order is compared on its own.
    """
    if isinstance(recorded, dict) and isinstance(ours, dict):
        common = [key for key in ours if key in recorded]
        if common != [key for key in recorded if key in ours]:
            yield Difference(f"{where}/(order of keys)".lstrip("/"), list(recorded), list(ours))
        for key in dict.fromkeys([*recorded, *ours]):
            yield from differences(
                recorded.get(key, ABSENT), ours.get(key, ABSENT), f"{where}/{key}".lstrip("/")
            )
    elif isinstance(recorded, list) and isinstance(ours, list):
        yield from _of_lists(recorded, ours, where)
    elif recorded != ours or type(recorded) is not type(ours):
        yield Difference(where, recorded, ours)


def _of_lists(recorded: list[Any], ours: list[Any], where: str) -> Iterator[Difference]:
    there, here = [_name(each) for each in recorded], [_name(each) for each in ours]
    if None in there or None in here or sorted(map(str, there)) != sorted(map(str, here)):
        if len(recorded) != len(ours):
            yield Difference(f"{where}/(length)", len(recorded), len(ours))
        for number, (left, right) in enumerate(zip(recorded, ours, strict=False)):
            yield from differences(left, right, f"{where}/{number}")
        return
    if there != here:
        yield Difference(f"{where}/(order)", recorded, ours)
    by_name = dict(zip(here, ours, strict=True))
    for number, (name, each) in enumerate(zip(there, recorded, strict=True)):
        yield from differences(each, by_name[name], f"{where}/{number}")


def _name(value: Any) -> str | None:
    found = value.get("id", value.get("code")) if isinstance(value, dict) else None
    return found.lower() if isinstance(found, str) else None


def _instants(value: Any) -> Iterator[datetime]:
    if isinstance(value, dict):
        for key, inner in value.items():
            if key.endswith("_at") and key != "scheduled_reminded_at" and isinstance(inner, str):
                yield datetime.fromisoformat(inner)
            else:
                yield from _instants(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _instants(inner)
