from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction

from afterword.accounts.permissions import Actor, require
from afterword.audit.actions import record_act
from afterword.components.actions import backfill_span, create_component, create_page, set_status
from afterword.components.models import Component, ComponentStatus, Page
from afterword.components.queries import components_by_public_id
from afterword.importing.edits import as_held, edits_of, is_followed
from afterword.importing.parsed import (
    Note,
    Parsed,
    ParsedAffected,
    ParsedComponent,
    ParsedIncident,
    ParsedPage,
    ParsedUpdate,
)
from afterword.incidents.actions import ImportedUpdate, import_incident, open_case
from afterword.incidents.models import Incident, Kind, Update
from afterword.incidents.queries import (
    case_of,
    incident_by_public_id,
    open_incidents,
    run_here,
    updates_of,
)
from afterword.incidents.states import OVER
from afterword.kit.errors import BadInput, NotFound
from afterword.kit.ids import is_public_id
from afterword.publishing.actions import publish_imported

SOURCE = "statuspage"
Progress = Callable[[int, int], None]


@dataclass
class Tally:
    """How many of one kind were created, updated and left as they were."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0

    def count(self, *, created: bool, changed: bool) -> None:
        if created:
            self.created += 1
        elif changed:
            self.updated += 1
        else:
            self.unchanged += 1


@dataclass
class Report:
    """What an import did. ``skipped``, ``mended`` and ``edited`` say where in the source, and why.

    ``edited``: what differs at the source from what we published of it, and was not taken over.
    """

    components: Tally = field(default_factory=Tally)
    incidents: Tally = field(default_factory=Tally)
    maintenances: Tally = field(default_factory=Tally)
    published: int = 0
    cases_opened: list[str] = field(default_factory=list)
    skipped: list[Note] = field(default_factory=list)
    mended: list[Note] = field(default_factory=list)
    edited: list[Note] = field(default_factory=list)

    @property
    def changed(self) -> bool:
        """Whether anything at all was written."""
        tallies = (self.components, self.incidents, self.maintenances)
        return any(t.created or t.updated for t in tallies) or bool(
            self.published or self.cases_opened
        )


def import_statuspage(
    *,
    actor: Actor,
    now: datetime,
    page: Page,
    parsed: Parsed,
    open_case_for: Collection[str] = (),
    progress: Progress | None = None,
) -> Report:
    """Keep a parsed Statuspage history on the page; return what was done.

    One transaction: such a file holds at most some hundred items, so all or nothing costs
    little, and whoever is interrupted simply runs it again. The same file twice changes nothing.
    Nobody is notified. ``open_case_for`` names resolved incidents of the file to open a case
    for. ``progress`` is told (done, of) as incidents are kept. Raises NotAllowed and BadInput.
    """
    require(actor, "administer", page=page.pk)
    _refuse_unknown_cases(parsed, open_case_for)
    report = Report(skipped=list(parsed.skipped), mended=list(parsed.mended))
    with transaction.atomic():
        _keep_components(actor=actor, now=now, page=page, parsed=parsed, report=report)
        history = sorted(parsed.incidents + parsed.maintenances, key=lambda i: i.started_at)
        for number, each in enumerate(history, start=1):
            _keep_incident(
                actor=actor, now=now, page=page, each=each, report=report,
                case=each.public_id in open_case_for,
            )  # fmt: skip
            if progress is not None:
                progress(number, len(history))
        if report.changed:
            record_act(
                actor=actor, verb="importing.statuspage", subject=f"page:{page.public_id}",
                now=now,
                detail={
                    "incidents": report.incidents.created + report.incidents.updated,
                    "maintenances": report.maintenances.created + report.maintenances.updated,
                    "components": report.components.created + report.components.updated,
                },
            )  # fmt: skip
    return report


def create_imported_page(*, actor: Actor, now: datetime, parsed: ParsedPage | None) -> Page:
    """Create the page a source describes. Raises BadInput when it does not name one."""
    if parsed is None or not parsed.name or not parsed.url:
        raise BadInput(
            "There is no page here yet, and the file does not describe one. Import the page's "
            "/api/v2/summary.json first; it does."
        )
    facts = {"name": parsed.name, "url": parsed.url}
    if is_public_id(parsed.source_id.lower()):
        facts["public_id"] = parsed.source_id.lower()
    if parsed.time_zone:
        try:
            return create_page(actor=actor, now=now, time_zone=parsed.time_zone, **facts)
        except BadInput as refusal:
            if "time_zone" not in refusal.problems:
                raise
    return create_page(actor=actor, now=now, **facts)


def _refuse_unknown_cases(parsed: Parsed, wanted: Collection[str]) -> None:
    over = {i.public_id for i in parsed.incidents if i.status in OVER}
    missing = sorted(set(wanted) - over)
    if missing:
        raise BadInput(
            f"No case can be opened for {', '.join(missing)}: the file has no resolved incident "
            "of that id. Nothing was imported."
        )


def _keep_components(
    *, actor: Actor, now: datetime, page: Page, parsed: Parsed, report: Report
) -> None:
    known = components_by_public_id(page, [c.public_id for c in parsed.components])
    held = _held_by_own_incidents(page)
    for each in parsed.components:  # groups come first
        present = known.get(each.public_id)
        if present is None:
            known[each.public_id] = create_component(
                actor=actor, now=now, page=page, name=each.name, description=each.description,
                group=known.get(each.group), is_group=each.is_group, position=each.position,
                public_id=each.public_id, hidden=each.hidden, source=SOURCE, status=each.status,
                showcase=each.showcase, only_show_if_degraded=each.only_show_if_degraded,
                start_date=each.start_date, created_at=each.created_at, updated_at=each.updated_at,
            )  # fmt: skip
            report.components.count(created=True, changed=True)
        else:
            changed = _follow_status(
                actor=actor, now=now, present=present, each=each, held=held, report=report
            )
            report.components.count(created=False, changed=changed)


def _follow_status(
    *,
    actor: Actor,
    now: datetime,
    present: Component,
    each: ParsedComponent,
    held: set[str],
    report: Report,
) -> bool:
    """Bring an imported component to the source's present status, unless we run it ourselves."""
    followed = present.source == SOURCE and not (present.is_group or each.is_group or each.hidden)
    if not followed or present.status == each.status:
        return False
    if present.public_id in held:
        report.skipped.append(
            Note(f"component {each.public_id}", "its status is held by an open incident here")
        )
        return False
    set_status(
        actor=actor, now=now, component=present, status=each.status, because_of=f"import:{SOURCE}"
    )
    return True


def _held_by_own_incidents(page: Page) -> set[str]:
    own = (i for i in open_incidents(page) if i.source != SOURCE)
    return {c.public_id for i in own for c in i.components.all()}


def _keep_incident(
    *,
    actor: Actor,
    now: datetime,
    page: Page,
    each: ParsedIncident,
    report: Report,
    case: bool,
) -> None:
    known = components_by_public_id(page, each.components)
    held = _held(page, each.public_id)
    if held is not None and (problem := run_here(held, SOURCE)):
        report.skipped.append(Note(f"{each.kind} {each.public_id}", problem))
        return
    updates = updates_of(held) if held else []
    if held is not None:
        report.edited += edits_of(held, updates, each)
    try:
        incident, changed = _brought(
            actor=actor, now=now, page=page, each=each, held=held, updates=updates, known=known
        )
    except BadInput as refusal:
        report.skipped.append(Note(f"{each.kind} {each.public_id}", refusal.message))
        return
    for window in windows_of(each):
        if window.component in known and window.ended <= now:
            backfill_span(
                actor=actor, now=now, component=known[window.component], status=window.status,
                began=window.began, ended=window.ended, because_of=f"incident:{each.public_id}",
            )  # fmt: skip
    published = publish_imported(
        actor=actor, now=now, incident=incident, updates=updates_of(incident)
    )
    report.published += len(published)
    if case and case_of(incident) is None:
        open_case(actor=actor, now=now, incident=incident)
        report.cases_opened.append(incident.public_id)
    tally = report.incidents if each.kind == Kind.INCIDENT else report.maintenances
    tally.count(created=held is None, changed=changed or bool(published))


def _brought(
    *,
    actor: Actor,
    now: datetime,
    page: Page,
    each: ParsedIncident,
    held: Incident | None,
    updates: Sequence[Update],
    known: Mapping[str, Component],
) -> tuple[Incident, bool]:
    """Keep the incident, or what is new of it; see ``edits`` for what is not taken over."""
    if held is not None and not is_followed(updates, each):
        return held, False
    by_id = {u.public_id: u for u in updates}
    return import_incident(
        actor=actor,
        now=now,
        page=page,
        public_id=each.public_id,
        title=each.title,
        status=each.status,
        impact=each.impact,
        started_at=each.started_at,
        updates=[
            as_held(by_id[u.public_id]) if u.public_id in by_id else _update(u)
            for u in each.updates
        ],
        kind=each.kind,
        monitoring_at=each.monitoring_at,
        resolved_at=each.resolved_at,
        scheduled_for=each.scheduled_for,
        scheduled_until=each.scheduled_until,
        created_at=each.created_at,
        updated_at=each.updated_at,
        components=[known[c] for c in each.components if c in known],
        source=SOURCE,
        extra=each.extra,
    )


def _held(page: Page, public_id: str) -> Incident | None:
    try:
        return incident_by_public_id(page, public_id)
    except NotFound:
        return None


def _update(update: ParsedUpdate) -> ImportedUpdate:
    affected = update.affected
    return ImportedUpdate(
        public_id=update.public_id,
        status=update.status,
        body=update.body,
        display_at=update.display_at,
        created_at=update.created_at,
        body_format=update.body_format,
        affected=None if affected is None else [_affected(one) for one in affected],
        extra=update.extra,
    )


def _affected(one: ParsedAffected) -> dict[str, str]:
    return {
        "code": one.component,
        "name": one.name,
        "old_status": one.old_status,
        "new_status": one.new_status,
    }


@dataclass(frozen=True)
class Window:
    """How long an incident kept a component in a status: [began, ended), UTC."""

    component: str
    status: str
    began: datetime
    ended: datetime


def windows_of(incident: ParsedIncident) -> Iterator[Window]:
    """Yield the closed spans that the updates tell of; what still lasts is left out."""
    holding: dict[str, tuple[str, datetime]] = {}
    for number, update in enumerate(incident.updates):
        at = incident.started_at if number == 0 else update.display_at
        for affected in update.affected or ():
            status, since = holding.get(affected.component, (ComponentStatus.OPERATIONAL, at))
            if status == affected.new_status:
                continue
            holding[affected.component] = (affected.new_status, at)
            yield from _window(affected.component, status, since, at)
    for component, (status, since) in holding.items():
        if incident.resolved_at is not None:
            yield from _window(component, status, since, incident.resolved_at)


def _window(component: str, status: str, began: datetime, ended: datetime) -> Iterator[Window]:
    if status != ComponentStatus.OPERATIONAL and ended > began:
        yield Window(component, status, began, ended)
