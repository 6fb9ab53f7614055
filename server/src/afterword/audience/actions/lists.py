"""Lists frozen for one letter, and how long they and those of affected people are kept."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef

from afterword.accounts.permissions import MACHINE, Actor, require
from afterword.audience.models import (
    AffectedPerson,
    FurtherAccount,
    RecipientList,
    RecipientListMember,
    Segment,
)
from afterword.audit.actions import record_act
from afterword.components.models import Page

_BATCH = 500


@dataclass(frozen=True)
class Listed:
    """Who goes on a list. ``account`` is the customer's, ``zone`` an IANA name, ``what`` which of
    their data is concerned, ``figures`` those of the account; each may be empty. ``further`` are
    the other accounts that the letter is about, by their ids, with the figures of each.

    ``must``: the law or a contract demands the letter.
    """

    email: str
    name: str = ""
    account: str = ""
    zone: str = ""
    must: bool = True
    what: str = ""
    figures: Mapping[str, Any] = field(default_factory=dict)
    further: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)


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
        written = RecipientListMember.objects.bulk_create(
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
        FurtherAccount.objects.bulk_create(
            (
                FurtherAccount(member=member, account=account, figures=dict(figures))
                for member, one in zip(written, people.values(), strict=True)
                for account, figures in one.further.items()
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
