"""Planned work: ``/api/v2/scheduled-maintenances.json``, ``upcoming`` and ``active``."""

from collections.abc import Iterable
from datetime import datetime

from afterword.publishing.models import PublicIncident
from afterword.site_builder.pages.api.contents import LONGEST, Contents
from afterword.site_builder.pages.api.incidents import listed
from afterword.site_builder.pages.api.values import Answer


def maintenance_lists(contents: Contents) -> dict[str, Answer]:
    """Return the three lists by their name under ``/api/v2/``."""
    return {
        f"scheduled-maintenances{name}": {"scheduled_maintenances": found}
        for name, found in (
            ("", _objects(contents, _all(contents))),
            ("/upcoming", _objects(contents, _upcoming(contents))),
            ("/active", _objects(contents, _active(contents))),
        )
    }


def ahead(contents: Contents) -> list[Answer]:
    """Return what is planned, the next first, then what is going on, the latest first."""
    return _objects(contents, [*_upcoming(contents), *_active(contents)])


def _upcoming(contents: Contents) -> list[PublicIncident]:
    planned = [each for each in _open(contents) if each.status == "scheduled"]
    return sorted(planned, key=_begins)


def _active(contents: Contents) -> list[PublicIncident]:
    going_on = [each for each in _open(contents) if each.status != "scheduled"]
    return sorted(going_on, key=_begins, reverse=True)


def _all(contents: Contents) -> list[PublicIncident]:
    """Return everything that is not over and the newest of the rest, the latest plan first."""
    known = {each.incident_id: each for each in (*_open(contents), *contents.maintenances)}
    kept = list(known.values())[: max(LONGEST, len(_open(contents)))]
    return sorted(kept, key=_begins, reverse=True)


def _open(contents: Contents) -> list[PublicIncident]:
    return [each for each in contents.open_now if each.kind == "maintenance"]


def _begins(maintenance: PublicIncident) -> tuple[datetime, int]:
    return maintenance.scheduled_for or maintenance.started_at, maintenance.pk


def _objects(contents: Contents, maintenances: Iterable[PublicIncident]) -> list[Answer]:
    return [listed(contents, each) for each in maintenances]
