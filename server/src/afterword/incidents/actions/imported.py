from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction

from afterword.accounts.permissions import Actor, require
from afterword.audit.actions import record_act
from afterword.components.models import Component, Page
from afterword.incidents.actions.case import begin_case
from afterword.incidents.models import (
    Case,
    Impact,
    Incident,
    Kind,
    RecordVersion,
    Status,
    Update,
)
from afterword.incidents.queries import run_here
from afterword.incidents.states import OVER, statuses_of
from afterword.kit.errors import BadInput
from afterword.kit.ids import is_public_id
from afterword.kit.plain_json import plain_json
from afterword.kit.texts import legible, required_text, text_problem
from afterword.kit.timespans import iso_utc, year_problem

MAX_IMPORTED_BODY = 200_000
_SEVERITY = {Impact.CRITICAL: 1, Impact.MAJOR: 2}
# In ``Incident.extra``: what was kept here of an incident, which no source knows better.
_OURS = ("worst_severity", "backfilled", "reopened", "parts_said")
# What the log keeps of how another page changed its mind: each as it was and as it is.
_LOGGED = (
    "title", "status", "impact", "severity", "started_at", "resolved_at", "scheduled_for",
    "scheduled_until",
)  # fmt: skip


@dataclass(frozen=True)
class ImportedUpdate:
    """One update as another page published it. Times are zone-aware; ``body_format`` html or
    markdown; ``extra`` keeps what we have no column for.
    """

    public_id: str
    status: str
    body: str
    display_at: datetime
    created_at: datetime | None = None
    body_format: str = "html"
    affected: list[dict[str, Any]] | None = None
    extra: Mapping[str, Any] = field(default_factory=dict)


def import_incident(
    *,
    actor: Actor,
    now: datetime,
    page: Page,
    public_id: str,
    title: str,
    status: str,
    impact: str,
    started_at: datetime,
    updates: Sequence[ImportedUpdate],
    kind: str = Kind.INCIDENT,
    severity: int | None = None,
    monitoring_at: datetime | None = None,
    resolved_at: datetime | None = None,
    scheduled_for: datetime | None = None,
    scheduled_until: datetime | None = None,
    created_at: datetime | None = None,
    updated_at: datetime | None = None,
    components: Sequence[Component] = (),
    source: str = "",
    extra: Mapping[str, Any] | None = None,
    open_case: bool = False,
) -> tuple[Incident, bool]:
    """Bring an incident from elsewhere in, or up to date; return (incident, whether it changed).

    Found again by (page, public_id); the same input twice changes nothing. Takes the source's
    word for status and impact ("postmortem" is kept as resolved), never touches the status of
    components, never notifies. What it changes of an incident that was here already stands in the
    log, as it was and as it is. Raises BadInput with the path of what is wrong, writing nothing:
    also for what is run here, of which nobody else tells, and for what would be open again though
    its case is here.
    """
    require(actor, "administer", page=page.pk)
    fields: dict[str, Any] = {
        "kind": kind,
        "title": required_text(title, field="title", limit=255),
        "status": Status.RESOLVED if status == "postmortem" else status,
        "impact": impact,
        "severity": severity
        if severity is not None
        else _SEVERITY.get(Impact(impact), 3)
        if impact in Impact.values
        else 3,
        "started_at": started_at,
        "monitoring_at": monitoring_at,
        "resolved_at": resolved_at,
        "scheduled_for": scheduled_for,
        "scheduled_until": scheduled_until,
        "created_at": created_at or started_at,
        "updated_at": updated_at or created_at or started_at,
        "source": source[:60],
        "extra": dict(extra or {}),
    }
    rows = [_row(update) for update in updates]
    _refuse(public_id, fields, rows)
    with transaction.atomic():
        incident, changed, otherwise = _put(page, public_id, fields)
        fresh, edited = _put_updates(incident, rows)
        changed = _put_components(incident, components) or changed or bool(fresh or edited)
        if changed:
            detail = {"source": fields["source"], "updates": len(rows)}
            if otherwise or edited:
                detail |= {"changed": otherwise, "edited": edited}
            record_act(
                actor=actor, verb="incidents.import", subject=f"incident:{public_id}", now=now,
                detail=detail,
            )  # fmt: skip
        if open_case and incident.is_over and kind == Kind.INCIDENT:
            begin_case(actor=actor, now=now, incident=incident)
    return incident, changed


def _row(update: ImportedUpdate) -> dict[str, Any]:
    return {
        "public_id": update.public_id,
        "status": Status.RESOLVED if update.status == "postmortem" else update.status,
        "body": legible(update.body),
        "body_format": update.body_format,
        "display_at": update.display_at,
        "created_at": update.created_at or update.display_at,
        "affected": update.affected,
        "extra": dict(update.extra)
        | ({"status": "postmortem"} if update.status == "postmortem" else {}),
    }


def _refuse(public_id: str, fields: Mapping[str, Any], rows: Sequence[Mapping[str, Any]]) -> None:
    problems = _field_problems(public_id, fields)
    if not problems:
        problems = _order_problems(fields)
    seen: set[str] = set()
    for number, row in enumerate(rows):
        path = f"updates[{number}]"
        problems |= _update_problems(row, path)
        if row["public_id"] in seen:
            problems[f"{path}.public_id"] = "is there twice"
        seen.add(row["public_id"])
    if problems:
        path, why = next(iter(problems.items()))
        raise BadInput(f"This incident cannot be brought in: {path} {why}.", problems)


def _field_problems(public_id: str, fields: Mapping[str, Any]) -> dict[str, str]:
    problems: dict[str, str] = {}
    if not is_public_id(public_id):
        problems["public_id"] = "must be 1 to 64 characters of a-z, 0-9 and -"
    if fields["kind"] not in Kind.values:
        problems["kind"] = "must be incident or maintenance"
    elif fields["status"] not in statuses_of(fields["kind"]):
        problems["status"] = f"{fields['status']!r} is not known"
    if fields["impact"] not in Impact.values:
        problems["impact"] = f"{fields['impact']!r} is not known"
    if not fields["source"].strip():
        problems["source"] = "must say where it comes from"
    if fields["severity"] not in (1, 2, 3, 4):
        problems["severity"] = "must be 1 to 4"
    _, wrong = plain_json(fields["extra"])
    if wrong:
        problems["extra"] = next(iter(wrong.values()))
    for key in ("started_at", "monitoring_at", "resolved_at", "scheduled_for", "scheduled_until",
                "created_at", "updated_at"):  # fmt: skip
        if fields[key] is not None and (problem := _moment_problem(fields[key])):
            problems[key] = problem
    return problems


def _order_problems(fields: Mapping[str, Any]) -> dict[str, str]:
    problems: dict[str, str] = {}
    if fields["resolved_at"] and fields["resolved_at"] < fields["started_at"]:
        problems["resolved_at"] = "is before started_at"
    first, last = fields["scheduled_for"], fields["scheduled_until"]
    if first and last and last < first:
        problems["scheduled_until"] = "is before scheduled_for"
    if fields["resolved_at"] and fields["status"] not in OVER:
        problems["resolved_at"] = f"is given, but the status is {fields['status']}"
    return problems


def _update_problems(row: Mapping[str, Any], path: str) -> dict[str, str]:
    problems: dict[str, str] = {}
    if not row["public_id"] or len(row["public_id"]) > 64:
        problems[f"{path}.public_id"] = "must be 1 to 64 characters"
    if row["status"] not in Status.values:
        problems[f"{path}.status"] = f"{row['status']!r} is not known"
    if problem := text_problem(row["body"], limit=MAX_IMPORTED_BODY):
        problems[f"{path}.body"] = problem
    if row["body_format"] not in {"html", "markdown"}:
        problems[f"{path}.body_format"] = "must be html or markdown"
    for name in ("affected", "extra"):
        _, wrong = plain_json(row[name])
        problems |= {f"{path}.{name}": why for why in wrong.values()}
    for key in ("display_at", "created_at"):
        if problem := _moment_problem(row[key]):
            problems[f"{path}.{key}"] = problem
    return problems


def _moment_problem(moment: datetime) -> str | None:
    return "has no time zone" if moment.tzinfo is None else year_problem(moment)


_Otherwise = dict[str, list[Any]]


def _put(
    page: Page, public_id: str, fields: Mapping[str, Any]
) -> tuple[Incident, bool, _Otherwise]:
    """Return the incident, whether it changed, and what of ``_LOGGED`` it said before and says."""
    incident = (
        Incident.objects.select_for_update(of=("self",), no_key=True)
        .select_related("page")
        .filter(page=page, public_id=public_id)
        .first()
    )
    if incident is None:
        incident = Incident(page=page, public_id=public_id, **fields)
        incident.save(force_insert=True)
        return incident, True, {}
    if incident.kind != fields["kind"]:
        raise BadInput(
            f"This is {Kind(incident.kind).label.lower()} here and comes as "
            f"{Kind(fields['kind']).label.lower()}: what readers were told it is stays. Import it "
            "under another id.",
            {"kind": "cannot change"},
        )
    if problem := run_here(incident, fields["source"]):
        raise BadInput(problem, {"public_id": "is taken here"})
    _refuse_reopening(incident, fields["status"])
    wanted = {**fields, **_kept(incident, fields)}
    differing = [name for name, value in wanted.items() if getattr(incident, name) != value]
    otherwise = {
        name: [_plain(getattr(incident, name)), _plain(wanted[name])]
        for name in _LOGGED
        if name in differing
    }
    for name in differing:
        setattr(incident, name, wanted[name])
    if differing:
        incident.save(update_fields=differing)
    return incident, bool(differing), otherwise


def _refuse_reopening(incident: Incident, status: str) -> None:
    """What was said here on the strength of its being over is not taken back in silence."""
    if incident.is_over and status not in OVER and Case.objects.filter(incident=incident).exists():
        raise BadInput(
            "It has a case here, comes as open again, and stays as it was. Reopen it here, with a "
            "reason: whoever was told that it is over is told then, too.",
            {"status": "would be open again"},
        )


def _plain(value: Any) -> Any:
    return iso_utc(value) if isinstance(value, datetime) else value


def _kept(incident: Incident, fields: Mapping[str, Any]) -> dict[str, Any]:
    """Return what an import leaves as it is here: what we wrote down, and the severity of the
    record once there is one.
    """
    ours = {name: incident.extra[name] for name in _OURS if incident.extra.get(name)}
    kept: dict[str, Any] = {"extra": {**incident.extra, **fields["extra"], **ours}}
    if RecordVersion.objects.filter(incident=incident).exists():
        kept["severity"] = incident.severity
    return kept


def _put_updates(incident: Incident, rows: Sequence[Mapping[str, Any]]) -> tuple[int, int]:
    """Add the updates not seen before and follow edits of the source; what it dropped stays.
    Return how many are new, and how many were edited.
    """
    present = {u.public_id: u for u in Update.objects.filter(incident=incident)}
    fresh = [Update(incident=incident, **row) for row in rows if row["public_id"] not in present]
    Update.objects.bulk_create(fresh)
    edited = 0
    for row in rows:
        old = present.get(row["public_id"])
        differing = [n for n, v in row.items() if old is not None and getattr(old, n) != v]
        if old is not None and differing:
            for name in differing:
                setattr(old, name, row[name])
            old.save(update_fields=differing)
            edited += 1
    return len(fresh), edited


def _put_components(incident: Incident, components: Sequence[Component]) -> bool:
    wanted = {c.pk for c in components}
    present = set(incident.components.values_list("pk", flat=True))
    if wanted <= present:
        return False
    incident.components.add(*(wanted - present))
    return True
