"""Templates of updates: written when it is quiet, used when it is not."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from afterword.accounts.permissions import Actor, require
from afterword.audit.actions import record_act
from afterword.components.models import ComponentStatus, Page
from afterword.components.queries import components_by_public_id
from afterword.incidents.actions.updating import MAX_BODY
from afterword.incidents.models import Status, UpdateTemplate
from afterword.incidents.template_fields import FIELDS, unknown_fields
from afterword.kit.errors import BadInput, Conflict
from afterword.kit.texts import optional_text, required_text

LONGEST_WAIT = 7 * 24 * 60
_LIVE = frozenset({Status.INVESTIGATING, Status.IDENTIFIED, Status.MONITORING, Status.RESOLVED})


def save_template(
    *,
    actor: Actor,
    now: datetime,
    page: Page,
    name: str,
    body: str,
    status: str,
    title: str = "",
    severity: int | None = None,
    parts: Mapping[str, str] | None = None,
    next_word: int | None = None,
    notify: bool = True,
    template: UpdateTemplate | None = None,
) -> UpdateTemplate:
    """Write a new template, or ``template`` anew. ``next_word`` is in minutes, at most a week.

    Raises BadInput for a field in braces that does not exist, an unknown part or status, and
    Conflict when another template of the page has the name.
    """
    require(actor, "run_incident", page=page.pk)
    values: dict[str, Any] = {
        "name": required_text(name, field="name", limit=120),
        "title": optional_text(title, field="title", limit=255),
        "body": required_text(body, field="body", limit=MAX_BODY, single_line=False),
        "status": status,
        "severity": severity,
        "parts": dict(parts or {}),
        "next_word": next_word,
        "notify": notify,
        "saved_at": now,
    }
    if problems := _problems(page, values):
        raise BadInput("This template cannot be used as it stands.", problems)
    saved = template or UpdateTemplate(page=page)
    for key, value in values.items():
        setattr(saved, key, value)
    try:
        with transaction.atomic():
            saved.save()
            _record(actor, "incidents.save_template", saved, now)
    except IntegrityError:
        raise Conflict(
            f"There is a template called “{values['name']}” already. Give this one another name."
        ) from None
    return saved


def retire_template(*, actor: Actor, now: datetime, template: UpdateTemplate) -> None:
    """Offer the template no more. Once is enough; what was said with it stays as it is."""
    require(actor, "run_incident", page=template.page_id)
    with transaction.atomic():
        gone = UpdateTemplate.objects.filter(pk=template.pk, retired_at=None)
        if gone.update(retired_at=now):
            _record(actor, "incidents.retire_template", template, now)


def _problems(page: Page, values: Mapping[str, Any]) -> dict[str, str]:
    problems = {}
    for key in ("title", "body"):
        if unknown := unknown_fields(values[key]):
            problems[key] = f"names {{{unknown[0]}}}, which is none of: {', '.join(FIELDS)}"
    if values["status"] not in _LIVE:
        problems["status"] = "must be investigating, identified, monitoring or resolved"
    if values["severity"] not in (None, 1, 2, 3, 4):
        problems["severity"] = "must be 1 to 4"
    known = components_by_public_id(page, values["parts"])
    for part, state in values["parts"].items():
        if part not in known or known[part].is_group or state not in ComponentStatus.values:
            problems[f"components.{part}"] = "is no part of this page, or no status of one"
    if values["next_word"] is not None and not 0 < values["next_word"] <= LONGEST_WAIT:
        problems["next_word"] = "must lie within a week"
    return problems


def _record(actor: Actor, verb: str, template: UpdateTemplate, now: datetime) -> None:
    record_act(
        actor=actor, verb=verb, subject=f"template:{template.public_id}", now=now,
        detail={"name": template.name},
    )  # fmt: skip
