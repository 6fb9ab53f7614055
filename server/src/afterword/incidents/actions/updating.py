from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from afterword.accounts.permissions import Actor, require
from afterword.audit.actions import record_act
from afterword.components.actions import backfill_span, hold, set_status
from afterword.components.models import Component, ComponentStatus
from afterword.components.queries import in_status_since, known_since
from afterword.components.rollup import worst
from afterword.incidents.actions.case import begin_case
from afterword.incidents.actions.record import follow_incident
from afterword.incidents.actions.recovering import keep_recovery
from afterword.incidents.models import Incident, Kind, Status, Update
from afterword.incidents.queries import open_incidents
from afterword.incidents.states import OVER, graver, impact_of, may_follow
from afterword.kit.errors import BadInput, WrongState
from afterword.kit.texts import required_text
from afterword.kit.timespans import iso_utc

MAX_BODY = 25_000
FARTHEST_PROMISE = timedelta(days=7)
# In ``Incident.extra``: what this incident last said of each part, by public id.
_SAID = "parts_said"


def add_update(
    *,
    actor: Actor,
    now: datetime,
    incident: Incident,
    status: str,
    body: str,
    components: Mapping[Component, str] | None = None,
    in_force_since: datetime | None = None,
    next_update_at: datetime | None = None,
) -> Update:
    """Add one public word and set the statuses of components with it.

    Resolving leaves each of the incident's components as the worst that other open incidents say
    of it, or working, unless given here; and opens the case. Planned work softens no outage that
    another open incident names. ``in_force_since`` (default ``now``) is when the components' new
    statuses took effect; what was worse since then stays. ``next_update_at`` promises readers the
    next word by then, within a week. Raises BadInput, and WrongState when the status cannot follow
    the one before.
    """
    require(actor, "run_incident", page=incident.page_id)
    body = required_text(body, field="body", limit=MAX_BODY, single_line=False)
    if status not in Status.values:
        raise BadInput(f"{status!r} is no status of an incident.", {"status": "not known"})
    promised = _promised(next_update_at, status, now)
    given = checked_components(incident, components or {})
    with transaction.atomic():
        incident.refresh_from_db(from_queryset=_locked())
        if not may_follow(incident.status, status):
            raise WrongState(
                f"This incident is {incident.get_status_display().lower()}; it cannot become "
                f"{Status(status).label.lower()} by an update."
                + (" Reopen it first." if incident.status in OVER else "")
            )
        incident.components.add(*given)
        hold(incident.components.all())
        before = {c.public_id: c.status for c in incident.components.all()}
        # Work that was called off before it began has touched nothing.
        ends = status in OVER and incident.status != Status.SCHEDULED
        elsewhere = _said_elsewhere(incident)
        wanted = _back_to_normal(incident, elsewhere) if ends else {}
        wanted |= {part: _not_softened(state, elsewhere, part) for part, state in given.items()}
        for component, state in wanted.items():
            _set(actor, incident, component, state, in_force_since or now, now)
        update = Update(
            incident=incident, status=status, body=body, display_at=now, created_at=now,
            author_label=actor.label[:200], affected=_affected(incident, before),
            extra=promised,
        )  # fmt: skip
        update.save(force_insert=True)
        _rederive(incident, status, given, now)
        record_act(
            actor=actor, verb="incidents.update", subject=f"incident:{incident.public_id}",
            now=now, detail={"update": update.public_id, "status": status},
        )  # fmt: skip
        if status == Status.RESOLVED:
            keep_recovery(now=now, incident=incident)
            begin_case(actor=actor, now=now, incident=incident)
        follow_incident(actor=actor, now=now, incident=incident)
    return update


def _promised(at: datetime | None, status: str, now: datetime) -> dict[str, str]:
    """Return what the update keeps of the promise of a next word; nothing once it is over."""
    if at is None or status in OVER:
        return {}
    if at.tzinfo is None or not now < at <= now + FARTHEST_PROMISE:
        raise BadInput(
            "Promise the next word for a time within the coming week.",
            {"next_update_at": "must lie within the coming week"},
        )
    return {"next_update_at": iso_utc(at)}


def _locked() -> Any:
    return Incident.objects.select_for_update(of=("self",), no_key=True).select_related("page")


def checked_components(
    incident: Incident, components: Mapping[Component, str]
) -> dict[Component, str]:
    """Return the components and statuses. Raises BadInput for one that the page does not have."""
    for component, status in components.items():
        if component.page_id != incident.page_id or component.is_group:
            raise BadInput(
                f"{component.name} is not a component of this page that can be set.",
                {f"components.{component.public_id}": "not a component of this page"},
            )
        if status not in ComponentStatus.values:
            raise BadInput(
                f"{status!r} is no status of a component.",
                {f"components.{component.public_id}": "not known"},
            )
    return dict(components)


def _set(
    actor: Actor, incident: Incident, part: Component, state: str, since: datetime, now: datetime
) -> None:
    """Give a part its status from ``since`` on, also where another one has begun meanwhile.

    What was worse in between was so, and is not softened afterwards.
    """
    because_of = f"incident:{incident.public_id}"
    present, known = in_status_since(part), known_since(part)
    earlier = max(since, known) if known and since < now else present
    if earlier < present and state != ComponentStatus.OPERATIONAL:
        backfill_span(
            actor=actor, component=part, status=state, began=earlier, ended=present,
            because_of=because_of, now=now,
        )  # fmt: skip
    is_now = Component.objects.values_list("status", flat=True).get(pk=part.pk)
    softer = worst((state, is_now)) != state
    set_status(
        actor=actor, now=max(now if softer else since, present), component=part, status=state,
        because_of=because_of, recorded_at=now,
    )  # fmt: skip


def _back_to_normal(
    incident: Incident, elsewhere: Mapping[int, Iterable[str]]
) -> dict[Component, str]:
    """Return how the parts are once this is over: the worst that is still said of each."""
    return {part: worst(elsewhere.get(part.pk, ())) for part in incident.components.all()}


def _not_softened(state: str, elsewhere: Mapping[int, Iterable[str]], part: Component) -> str:
    """Return the status to set: planned work on a part that is down leaves it down."""
    if state != ComponentStatus.UNDER_MAINTENANCE:
        return state
    return worst((state, *elsewhere.get(part.pk, ())))


def _said_elsewhere(incident: Incident) -> dict[int, list[str]]:
    """Return what other open incidents say of this one's parts, by the part's key.

    What never said anything itself (it came from another page) is taken to mean what the part is.
    """
    found: dict[int, list[str]] = {}
    for other in open_incidents(incident.page):
        if other.pk == incident.pk:
            continue
        said = _said(other)
        for part in other.components.all():
            silent = ComponentStatus.OPERATIONAL if other.kind == Kind.MAINTENANCE else part.status
            found.setdefault(part.pk, []).append(str(said.get(part.public_id, silent)))
    return found


def _said(incident: Incident) -> dict[str, str]:
    """Return the status this incident last gave each part, by public id."""
    said = incident.extra.get(_SAID)
    return {str(k): str(v) for k, v in said.items()} if isinstance(said, Mapping) else {}


def _affected(incident: Incident, before: Mapping[str, str]) -> list[dict[str, str]]:
    """Return Statuspage's list of what was touched: names as they are called now."""
    return [
        {
            "code": c.public_id,
            "name": c.name,
            "old_status": before.get(c.public_id, c.status),
            "new_status": c.status,
        }
        for c in incident.components.order_by("position", "pk")
    ]


def _rederive(
    incident: Incident, status: str, given: Mapping[Component, str], now: datetime
) -> None:
    """Bring what follows from the updates up to date.

    The impact is that of the incident's own words: what else is wrong with its parts is told by
    others.
    """
    said = _said(incident) | {part.public_id: state for part, state in given.items()}
    own = list(said.values())
    if not own and incident.kind == Kind.INCIDENT:
        own = list(incident.components.values_list("status", flat=True))
    incident.impact = graver(incident.impact, impact_of(own))
    incident.extra = {**incident.extra, _SAID: {} if status in OVER else said}
    incident.status = status
    incident.updated_at = now
    if status == Status.MONITORING and incident.monitoring_at is None:
        incident.monitoring_at = now
    if status in OVER and incident.resolved_at is None:
        incident.resolved_at = now
    incident.save(
        update_fields=[
            "status", "updated_at", "monitoring_at", "resolved_at", "impact", "extra",
        ]
    )  # fmt: skip
