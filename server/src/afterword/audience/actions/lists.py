"""Who is on a list: people whose data was affected, and lists frozen for one letter."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef

from afterword.accounts.permissions import MACHINE, Actor, require
from afterword.audience.actions.reports import Report, report
from afterword.audience.actions.rows import address_in, bounded, name_once
from afterword.audience.models import (
    AffectedPerson,
    RecipientList,
    RecipientListMember,
    Segment,
)
from afterword.audience.sealed import address_mark
from afterword.audience.sheets import read_sheet
from afterword.audit.actions import record_act
from afterword.components.models import Page
from afterword.kit.errors import BadInput

_BATCH = 500
_LONGEST_NAME = 200
_LONGEST_WHAT = 150


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
    ``name`` and ``what`` (which of their data, in a few words). Nobody is taken off. One refused
    row keeps the whole file out, unless ``skip_refused``. Raises BadInput when the file as a whole
    cannot be read.
    """
    require(actor, "manage_audience", page=page.pk)
    sheet = read_sheet(csv_text, required=("email",), optional=("name", "what"))
    refused = list(sheet.refused)
    wanted: dict[str, str] = {}
    whats: dict[str, str] = {}
    duplicates = 0
    for row in sheet.rows:
        try:
            name = bounded(row, "name", _LONGEST_NAME)
            email = address_in(row, "email")
            what = bounded(row, "what", _LONGEST_WHAT)
            duplicates += not name_once(wanted, email, name)
            whats[email] = "; ".join(dict.fromkeys(filter(None, (whats.get(email), what))))
        except BadInput as wrong:
            refused.append((row.line, wrong.message))
    written = not dry_run and (skip_refused or not refused)
    with transaction.atomic():
        list(Page.objects.select_for_update(no_key=True).filter(pk=page.pk).values_list("pk"))
        marks = {address_mark(email): email for email in wanted}
        known = {
            marks[person.address_mark]: person
            for person in AffectedPerson.objects.filter(page=page, incident_ref=incident_ref)
            if person.address_mark in marks
        }
        fresh = [
            AffectedPerson(page=page, incident_ref=incident_ref, added_at=now).of(
                email, name, whats[email][:_LONGEST_WHAT]
            )
            for email, name in wanted.items()
            if email not in known
        ]
        renamed = [
            person.of(*told)
            for email, name in wanted.items()
            if (person := known.get(email)) is not None
            and (told := _with(person, name, whats[email])) != person.opened()
        ]
        if written:
            AffectedPerson.objects.bulk_create(fresh, batch_size=_BATCH)
            AffectedPerson.objects.bulk_update(renamed, ["sealed"], batch_size=_BATCH)
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


def _with(person: AffectedPerson, name: str, what: str) -> tuple[str, str, str]:
    """Return the person with what a file says newly of them; an empty cell says nothing."""
    email, known_name, known_what = person.opened()
    return email, name or known_name, what[:_LONGEST_WHAT] or known_what


@dataclass(frozen=True)
class Listed:
    """Who goes on a list. ``account`` is the customer's, ``zone`` an IANA name, ``what`` which of
    their data is concerned, ``figures`` those of the account; each may be empty.

    ``must``: the law or a contract demands the letter.
    """

    email: str
    name: str = ""
    account: str = ""
    zone: str = ""
    must: bool = True
    what: str = ""
    figures: Mapping[str, Any] = field(default_factory=dict)


def freeze_list(
    *,
    actor: Actor,
    now: datetime,
    page: Page,
    incident_ref: str,
    segment: Segment,
    members: Iterable[Listed | tuple[str, str]],
) -> RecipientList:
    """Write down who is on a list at this moment, as ``Listed`` or (address, name), each address
    once, in the place of the segment's earlier list. Later arrivals are not on it, and a list is
    never changed.
    """
    require(actor, "plan_follow_up", page=page.pk)
    people: dict[str, Listed] = {}
    for each in members:
        one = each if isinstance(each, Listed) else Listed(*each)
        known = people.setdefault(one.email, one)
        if not known.name and one.name:
            people[one.email] = replace(known, name=one.name)
    with transaction.atomic():
        replace_lists(now=now, page=page, incident_ref=incident_ref, segment=segment)
        frozen = RecipientList.objects.create(
            page=page, incident_ref=incident_ref, segment=segment, frozen_at=now
        )
        RecipientListMember.objects.bulk_create(
            (
                RecipientListMember(
                    recipient_list=frozen,
                    account=one.account,
                    zone=one.zone,
                    must=one.must,
                    figures=dict(one.figures),
                ).of(one.email, one.name, one.what)
                for one in people.values()
            ),
            batch_size=_BATCH,
        )
        _keep_size(frozen)
        record_act(
            actor=actor,
            verb="audience.freeze_list",
            subject=f"incident:{incident_ref}",
            now=now,
            detail={"list": frozen.public_id, "segment": segment, "members": len(people)},
        )
    return frozen


def _keep_size(frozen: RecipientList) -> None:
    """Write down how many are on a list, and how many of them were on none before it."""
    before = RecipientList.objects.filter(
        page_id=frozen.page_id, incident_ref=frozen.incident_ref, pk__lt=frozen.pk
    )
    keys = list(before.values_list("pk", flat=True))
    known = RecipientListMember.objects.filter(
        recipient_list__in=keys, address_mark=OuterRef("address_mark")
    )
    on_it = RecipientListMember.objects.filter(recipient_list=frozen)
    frozen.size = on_it.count()
    frozen.first_listed = on_it.filter(~Exists(known)).count() if keys else frozen.size
    frozen.save(update_fields=["size", "first_listed"])


def replace_lists(*, now: datetime, page: Page, incident_ref: str, segment: Segment) -> None:
    """Note that what was frozen for a segment is in force no more."""
    RecipientList.objects.filter(
        page=page, incident_ref=incident_ref, segment=segment, replaced_at=None
    ).update(replaced_at=now)


def forget_lists(*, now: datetime, keep: timedelta) -> int:
    """Delete data-affected lists, and who was on frozen ones, older than ``keep``.

    The lists themselves stay, empty, with how many were on them. Returns how many people were
    deleted.
    """
    with transaction.atomic():
        brought, _ = AffectedPerson.objects.filter(added_at__lt=now - keep).delete()
        old = RecipientList.objects.filter(
            segment=Segment.DATA, frozen_at__lt=now - keep, forgotten_at=None
        )
        # An older version of Afterword, while it still runs beside this one, keeps no size.
        for each in old.filter(size=None).order_by("pk"):
            _keep_size(each)
        frozen, _ = RecipientListMember.objects.filter(recipient_list__in=old).delete()
        old.update(forgotten_at=now)
        if brought + frozen:
            record_act(
                actor=MACHINE, verb="audience.forget_lists", subject="audience:lists", now=now,
                detail={"brought": brought, "frozen": frozen},
            )  # fmt: skip
    return brought + frozen
