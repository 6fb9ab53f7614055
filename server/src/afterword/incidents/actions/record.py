from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from afterword.accounts.models import Person
from afterword.accounts.permissions import Actor, require
from afterword.audit.actions import record_act
from afterword.incidents.actions.named_parts import keep_named_parts
from afterword.incidents.models import Case, Incident, RecordVersion
from afterword.incidents.normal import normal_form
from afterword.incidents.record import refreshed, starting_record
from afterword.incidents.smaller import what_is_smaller
from afterword.kit.errors import BadInput, Conflict
from afterword.kit.hashing import sha256_of_json
from afterword.kit.numbers import number
from afterword.kit.texts import optional_text

MOST_REASON = 2_000


def save_record(
    *,
    actor: Actor,
    now: datetime,
    incident: Incident,
    data: Mapping[str, Any],
    expected_version: int | None,
    reason: str = "",
    were_told: bool = False,
) -> RecordVersion:
    """Save the facts as the next version, in normal form; equal facts write nothing.

    ``expected_version`` is the version the writer read: 0 when there was none, None not to ask.
    ``reason`` is why they changed it, and stays inside; it may be left out, but where readers
    ``were_told`` facts of the record and this version makes it smaller (``smaller``).
    Raises BadInput with path -> what is wrong (``reason`` where that is missing), and Conflict when
    somebody saved meanwhile.
    """
    require(actor, "edit_record", page=incident.page_id)
    reason = optional_text(reason, field="reason", limit=MOST_REASON, single_line=False)
    record, problems = normal_form(data, now=now)
    if problems:
        first = next(iter(problems.items()))
        raise BadInput(
            f"The record cannot be saved: {first[0] or 'the record'} {first[1]}."
            + (f" And {len(problems) - 1} more." if len(problems) > 1 else ""),
            problems,
        )
    with transaction.atomic():
        return _append(
            actor=actor, now=now, incident=incident, record=record, expected=expected_version,
            reason=reason, must_say_why=were_told and not reason,
        )  # fmt: skip


def follow_incident(*, actor: Actor, now: datetime, incident: Incident) -> None:
    """Carry what the incident knows better (status, state of its parts) into an existing record."""
    latest = latest_record(incident)
    if latest is not None:
        put_record(actor=actor, now=now, incident=incident, data=refreshed(latest.data, incident))


def begin_record(*, actor: Actor, now: datetime, incident: Incident) -> None:
    """Save what the incident itself tells as version 1, unless there is a record already."""
    if latest_record(incident) is None:
        put_record(actor=actor, now=now, incident=incident, data=starting_record(incident))


def put_record(*, actor: Actor, now: datetime, incident: Incident, data: Mapping[str, Any]) -> None:
    """Save facts that this room derived itself. Raises BadInput if they cannot be true."""
    record, problems = normal_form(data, now=max(now, incident.resolved_at or now))
    if problems:
        raise BadInput("The facts of this incident contradict each other.", problems)
    _append(actor=actor, now=now, incident=incident, record=record, expected=None)


def _append(
    *,
    actor: Actor,
    now: datetime,
    incident: Incident,
    record: dict[str, Any],
    expected: int | None,
    reason: str = "",
    must_say_why: bool = False,
) -> RecordVersion:
    Incident.objects.select_for_update(no_key=True).get(pk=incident.pk)
    latest = latest_record(incident)
    found = latest.version if latest else 0
    if expected is not None and expected != found:
        raise Conflict(
            f"The record is at version {found} now, you started from {expected}. "
            "Nothing was saved: look at what changed, then save again."
        )
    digest = sha256_of_json(record)
    if latest is not None and latest.hash == digest:
        return latest
    if must_say_why:
        _refuse_smaller(incident, record)
    version = RecordVersion(
        incident=incident,
        version=found + 1,
        data=record,
        hash=digest,
        saved_by=actor if isinstance(actor, Person) else None,
        saved_at=now,
        reason=reason,
    )
    version.save(force_insert=True)
    keep_named_parts(incident=incident, record=record)
    Case.objects.filter(incident=incident, closed_at__isnull=False).update(outdated_at=now)
    _follow_severity(incident, record, now)
    record_act(
        actor=actor, verb="incidents.save_record", subject=f"incident:{incident.public_id}",
        now=now, detail={"version": version.version, "changed": _changed(latest, record)},
    )  # fmt: skip
    return version


def _refuse_smaller(incident: Incident, record: Mapping[str, Any]) -> None:
    versions = RecordVersion.objects.filter(incident=incident).order_by("version")
    known = [*versions.values_list("data", flat=True), record]
    worst = number(incident.extra.get("worst_severity")) or incident.severity
    if said := what_is_smaller(known, worst):
        raise BadInput(
            f"Readers were told more than this record says now: {said}. Say why, and save again.",
            {"reason": f"is missing, and this makes the record smaller: {said}"},
        )


def _follow_severity(incident: Incident, record: Mapping[str, Any], now: datetime) -> None:
    """The clocks run by the incident's severity, and the record is where people set it."""
    severity = record["incident"].get("severity")
    if severity is not None and severity != incident.severity:
        # No version of the record says how grave it was before the first was saved.
        worst = incident.extra.get("worst_severity") or incident.severity
        incident.extra["worst_severity"] = min(worst, incident.severity)
        incident.severity = severity
        incident.updated_at = max(now, incident.updated_at)
        incident.save(update_fields=["severity", "extra", "updated_at"])


def latest_record(incident: Incident) -> RecordVersion | None:
    """Return the facts in force, None before any were saved."""
    return RecordVersion.objects.filter(incident=incident).order_by("-version").first()


def _changed(before: RecordVersion | None, record: Mapping[str, Any]) -> list[str]:
    """Return the names of the sections that differ; never their content."""
    old = before.data if before else {}
    known = {"incident", "times", "components", "customers", "regions", "symptoms", "data",
             "security", "cause", "measures", "sla", "previous", "lexicon", "legal_hold",
             "wrong_results"}  # fmt: skip
    return sorted(k for k in known if old.get(k) != record.get(k))
