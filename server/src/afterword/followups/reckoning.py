"""Everybody the plan of an incident could write to, and what is known of each."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from afterword.audience.actions.lists import Listed
from afterword.audience.models import AccountImpact, Contact, Segment, Subscriber
from afterword.audience.queries.customers import (
    Counts,
    affected_people,
    count_affected,
    every_contact,
    impacts_of,
)
from afterword.audience.queries.subscribers import active_among, count_active
from afterword.audience.queries.suppressions import suppressed_addresses
from afterword.components.models import Page
from afterword.components.queries import ids_by_name
from afterword.followups.accounts import Reach, reach_of, was_breached, was_touched
from afterword.followups.models import Level
from afterword.followups.people import Assigned, Known, Plan, assign
from afterword.incidents.models import Incident
from afterword.incidents.queries import current_record
from afterword.incidents.record import starting_record
from afterword.kit.asking import asked_once
from afterword.postbox.models import Stream
from afterword.postbox.queries import counts_to

_BATCH = 500
_TO_LISTS = (Stream.NOTICE, Stream.COURTESY)


@dataclass(frozen=True)
class Reckoning:
    """``people`` by address, in a fixed order; ``listed`` the same, ready for a list.

    ``only_subscribed`` counts subscribers who are nothing else.
    """

    people: Mapping[str, Known]
    listed: Mapping[str, Listed]
    only_subscribed: int

    def under(self, levels: Mapping[Segment, Level]) -> Plan:
        return assign(self.people.values(), levels, self.only_subscribed)

    def on_list(self, assigned: Mapping[str, Assigned]) -> list[Listed]:
        """Return those assigned as they go on a list."""
        return [replace(self.listed[who], must=one.must) for who, one in assigned.items()]


def record_of(incident: Incident) -> Mapping[str, Any]:
    """Return the record in force, or what the incident itself knows before there is one."""
    record = current_record(incident)
    return record.data if record else starting_record(incident)


def counts(incident: Incident) -> Counts:
    """Return how many are in each segment at this moment, whether or not they get a letter."""
    page = incident.page
    known = _contacts(incident)[0].values()
    contracts = [one for one in known if one.contract]
    touched = [one for one in contracts if one.touched is not False]
    return Counts(
        everyone=count_active(page),
        data_affected=count_affected(page, incident.public_id),
        sla=len(touched),
        hardest=sum(one.hardest for one in known),
        sla_not_touched=len(contracts) - len(touched),
    )


def reckon(incident: Incident, now: datetime) -> Reckoning:
    """Return what is known of everybody at this moment."""
    page = incident.page
    contacts = _contacts(incident)
    people, listed = dict(contacts[0]), dict(contacts[1])
    for email, name, what in affected_people(page, incident.public_id):
        people[email] = replace(people.get(email, Known(who=email, touched=True)), data=True)
        known = listed.get(email, Listed(email, name))
        listed[email] = replace(known, name=known.name or name, what=what)
    habits = _habits(page, people.keys(), now)
    return Reckoning(
        {email: replace(one, **habits.of(email)) for email, one in people.items()},
        {email: replace(one, zone=habits.zone(email)) for email, one in listed.items()},
        count_active(page) - len(habits.subscribed),
    )


@dataclass(frozen=True)
class _Habits:
    """What people get from us already, and what they asked for; all by address."""

    subscribed: Mapping[str, Subscriber]
    suppressed: Mapping[str, str]
    week: Mapping[str, int]
    month: Mapping[str, int]

    def of(self, email: str) -> dict[str, Any]:
        return {
            "subscribed": email in self.subscribed,
            "suppressed": email in self.suppressed,
            "week": self.week.get(email, 0),
            "month": self.month.get(email, 0),
        }

    def zone(self, email: str) -> str:
        return self.subscribed[email].zone if email in self.subscribed else ""


def _habits(page: Page, emails: Collection[str], now: datetime) -> _Habits:
    subscribed: dict[str, Subscriber] = {}
    week: dict[str, int] = {}
    month: dict[str, int] = {}
    for batch in _batches(sorted(emails)):
        subscribed |= active_among(page=page, emails=batch)
        week |= counts_to(batch, _TO_LISTS, since=now - timedelta(days=7))
        month |= counts_to(batch, _TO_LISTS, since=now - timedelta(days=30))
    return _Habits(subscribed, suppressed_addresses(page), week, month)


@asked_once
def _contacts(incident: Incident) -> tuple[dict[str, Known], dict[str, Listed]]:
    """Return the customers' contacts by address: what is known of them, and for a list."""
    page = incident.page
    impacts = impacts_of(page, incident.public_id)
    data = record_of(incident)
    reach = reach_of(data, ids_by_name(page))
    people: dict[str, Known] = {}
    listed: dict[str, Listed] = {}
    for contact in every_contact(page):
        one = _of_account(contact, data, reach, impacts)
        known = people.get(contact.email)
        people[contact.email] = _both(known, one) if known else one
        if known is None or (one.contract and not known.contract):
            account = contact.customer.account_id
            listed[contact.email] = Listed(contact.email, contact.name, account=account)
    return people, listed


def _of_account(
    contact: Contact, data: Mapping[str, Any], reach: Reach, impacts: Mapping[int, AccountImpact]
) -> Known:
    customer = contact.customer
    impact = impacts.get(customer.pk)
    return Known(
        who=contact.email,
        contract=customer.sla_target is not None,
        touched=was_touched(customer, reach, impact, measured=bool(impacts)),
        breached=was_breached(customer, data),
        hardest=impact is not None and (impact.hardest or bool(impact.loss)),
    )


def _both(one: Known, other: Known) -> Known:
    """Return what is known of somebody who stands for two accounts: the worse of each."""
    contracts = [each for each in (one, other) if each.contract] or [one, other]
    touched = [each.touched for each in contracts]
    breached = [each.breached for each in contracts if each.touched is not False]
    return replace(
        one,
        contract=one.contract or other.contract,
        touched=_worse(touched),
        breached=_worse(breached),
        hardest=one.hardest or other.hardest,
    )


def _worse(answers: list[bool | None]) -> bool | None:
    return True if True in answers else None if None in answers else False


def _batches(emails: Sequence[str]) -> Iterator[Sequence[str]]:
    for begin in range(0, len(emails), _BATCH):
        yield emails[begin : begin + _BATCH]
