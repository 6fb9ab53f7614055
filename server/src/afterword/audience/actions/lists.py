"""Who is on a list: people whose data was affected, and lists frozen for one letter."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from afterword.accounts.permissions import Actor, require
from afterword.audience.actions.reports import Report, report
from afterword.audience.actions.rows import address_in, bounded, name_once
from afterword.audience.models import (
    AffectedPerson,
    RecipientList,
    RecipientListMember,
    Segment,
)
from afterword.audience.sheets import read_sheet
from afterword.audit.actions import record_act
from afterword.components.models import Page
from afterword.kit.errors import BadInput

_BATCH = 500
_LONGEST_NAME = 200


def add_affected(
    *,
    actor: Actor,
    now: datetime,
    page: Page,
    incident_ref: str,
    csv_text: str | bytes,
    dry_run: bool = False,
    skip_refused: bool = False,
) -> Report:
    """Add people to the incident's data-affected list from a CSV with ``email`` and, optionally,
    ``name``. Nobody is taken off. One refused row keeps the whole file out, unless
    ``skip_refused``. Raises BadInput when the file as a whole cannot be read.
    """
    require(actor, "manage_audience", page=page.pk)
    sheet = read_sheet(csv_text, required=("email",), optional=("name",))
    refused = list(sheet.refused)
    wanted: dict[str, str] = {}
    duplicates = 0
    for row in sheet.rows:
        try:
            name = bounded(row, "name", _LONGEST_NAME)
            duplicates += not name_once(wanted, address_in(row, "email"), name)
        except BadInput as wrong:
            refused.append((row.line, wrong.message))
    written = not dry_run and (skip_refused or not refused)
    with transaction.atomic():
        list(Page.objects.select_for_update(no_key=True).filter(pk=page.pk).values_list("pk"))
        known = {
            person.email: person
            for person in AffectedPerson.objects.filter(page=page, incident_ref=incident_ref)
        }
        fresh = [
            AffectedPerson(
                page=page, incident_ref=incident_ref, email=email, name=name, added_at=now
            )
            for email, name in wanted.items()
            if email not in known
        ]
        renamed = []
        for email, name in wanted.items():
            person = known.get(email)
            if person is not None and name and person.name != name:
                person.name = name
                renamed.append(person)
        if written:
            AffectedPerson.objects.bulk_create(fresh, batch_size=_BATCH)
            AffectedPerson.objects.bulk_update(renamed, ["name"], batch_size=_BATCH)
            record_act(
                actor=actor,
                verb="audience.add_affected",
                subject=f"incident:{incident_ref}",
                now=now,
                detail={"added": len(fresh), "changed": len(renamed), "refused": len(refused)},
            )
    return report(
        added=len(fresh),
        changed=len(renamed),
        total=len(wanted),
        refused=refused,
        duplicates=duplicates,
        ignored_columns=sheet.ignored_columns,
        written=written,
    )


def freeze_list(
    *,
    actor: Actor,
    now: datetime,
    page: Page,
    incident_ref: str,
    segment: Segment,
    members: Iterable[tuple[str, str]],
) -> RecipientList:
    """Write down who is on a list at this moment: (address, name), each address once.

    Later arrivals are not on it; a list is never changed.
    """
    require(actor, "plan_follow_up", page=page.pk)
    people: dict[str, str] = {}
    for email, name in members:
        people[email] = people.get(email) or name
    with transaction.atomic():
        frozen = RecipientList.objects.create(
            page=page, incident_ref=incident_ref, segment=segment, frozen_at=now
        )
        RecipientListMember.objects.bulk_create(
            (
                RecipientListMember(recipient_list=frozen, email=email, name=name)
                for email, name in people.items()
            ),
            batch_size=_BATCH,
        )
        record_act(
            actor=actor,
            verb="audience.freeze_list",
            subject=f"incident:{incident_ref}",
            now=now,
            detail={"list": frozen.public_id, "segment": segment, "members": len(people)},
        )
    return frozen
