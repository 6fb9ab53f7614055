"""What other sites show of this page: a framed note, a widget, two scripts and the badges."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from afterword.components.models import Component, Page
from afterword.components.queries import open_components, rollup
from afterword.publishing import queries
from afterword.publishing.models import PublicIncident
from afterword.site_builder import badge
from afterword.site_builder.pages.rendering import rendered
from afterword.site_builder.places import incident_address
from afterword.site_builder.words import STATUS, State, state_of_page

_LISTED = 5
_PLANNED = 3
_ESCAPES = {ord(each): f"\\u{ord(each):04x}" for each in "<>&'\u2028\u2029"}


@dataclass(frozen=True)
class Row:
    """One line of the note; ``until`` is the planned end of work that is going on."""

    address: str
    title: str
    status: str
    since: datetime
    until: datetime | None


@dataclass(frozen=True)
class Present:
    """How the page is now. ``going_on``: open incidents and planned work that has begun."""

    state: State
    indicator: str
    going_on: list[PublicIncident]
    planned: list[PublicIncident]
    as_of: datetime


def build(page: Page) -> dict[str, bytes]:
    """Return every file that other sites may show, by its path."""
    now = present(page)
    words = badge.words_of(now.state, now.indicator)
    scripts = {f"embed/{name}": _script(name, page) for name in ("script.js", "se-v2.js")}
    return {
        **badge.files(page.name, now.state.sign, words),
        "embed/frame/index.html": _note(page, now, closes=True),
        "embed/widget/index.html": _note(page, now, closes=False),
        **scripts,
    }


def present(page: Page) -> Present:
    """Read how the page is, from components and publications."""
    components = open_components(page)
    open_now = queries.open_incidents(page)
    troubles = [each for each in open_now if each.kind != "maintenance"]
    work = sorted(
        (each for each in open_now if each.kind == "maintenance"),
        key=lambda each: each.scheduled_for or each.started_at,
    )
    begun = [each for each in work if each.status != "scheduled"]
    indicator = rollup(components).indicator
    state = state_of_page(
        indicator,
        [each.status for each in components if not each.is_group],
        [each.status for each in troubles],
        work_is_going_on=bool(begun),
    )
    return Present(
        state,
        indicator,
        [*troubles, *begun],
        [each for each in work if each.status == "scheduled"],
        _newest_change(page, open_now, components),
    )


def _note(page: Page, now: Present, *, closes: bool) -> bytes:
    """Return the framed page: ``closes`` for the note that comes and goes by itself.

    ``about`` names what is going on, so that closing the note holds until something else is.
    """
    shown = now.going_on[:_LISTED]
    context = {
        "state": now.state,
        "now": [_row(each) for each in shown],
        "planned": [] if closes else [_row(each) for each in now.planned[:_PLANNED]],
        "left_out": len(now.going_on) - len(shown),
        "about": _about(now),
        "closes": closes,
    }
    return rendered("embed.html", page, "/embed/", context, now.as_of)


def _about(now: Present) -> str:
    named = [f"{each.incident_id}:{each.status}" for each in now.going_on]
    if not named and now.state.sign != "operational":
        named = [now.state.sign]
    return " ".join(named)


def _row(incident: PublicIncident) -> Row:
    begun = incident.kind == "maintenance" and incident.status != "scheduled"
    planned = incident.kind == "maintenance" and incident.scheduled_for
    return Row(
        incident_address(incident.incident_id),
        incident.title,
        STATUS.get(incident.status, incident.status),
        planned or incident.started_at,
        incident.scheduled_until if begun else None,
    )


def _script(name: str, page: Page) -> bytes:
    context = {
        "home": _in_script(page.url.rstrip("/")),
        "others": json.dumps([code for code in page.languages if code != page.first_language]),
        "title": _in_script(_("%(page)s status") % {"page": page.name}),
    }
    return render_to_string(f"site/{name}", context).encode()


def _in_script(text: str) -> str:
    """Return the text as a script's string that cannot end the script or the line."""
    return json.dumps(text).translate(_ESCAPES)


def _newest_change(
    page: Page, incidents: Sequence[PublicIncident], components: Sequence[Component]
) -> datetime:
    changes = [each.updated_at for each in incidents] + [each.updated_at for each in components]
    return max(changes, default=page.created_at)
