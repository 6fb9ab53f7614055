"""Everybody the plan of an incident could write to, and what is known of each."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from afterword.audience.actions.lists import Listed
from afterword.audience.models import AccountImpact, Segment
from afterword.audience.queries.customers import (
    Account,
    Counts,
    affected_people,
    count_affected,
    every_contact,
    impacts_of,
)
from afterword.audience.queries.subscribers import count_active, zones_among
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

_BATCH = 2000
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
        {email: habits.known(one) for email, one in people.items()},
        {email: habits.listed(one) for email, one in listed.items()},
        count_active(page) - len(habits.zones),
    )


@dataclass(frozen=True)
class _Habits:
    """What people get from us already, and what they asked for; all by address."""

    zones: Mapping[str, str]
    suppressed: Mapping[str, str]
    letters: Mapping[str, tuple[int, int]]

    def known(self, one: Known) -> Known:
        """Return the same person with their habits; most people have none."""
        who = one.who
        if who not in self.zones and who not in self.suppressed and who not in self.letters:
            return one
        month, week = self.letters.get(who, (0, 0))
        return replace(
            one, subscribed=who in self.zones, suppressed=who in self.suppressed, week=week,
            month=month,
        )  # fmt: skip

    def listed(self, one: Listed) -> Listed:
        zone = self.zones.get(one.email)
        return replace(one, zone=zone) if zone else one


def _habits(page: Page, emails: Collection[str], now: datetime) -> _Habits:
    zones: dict[str, str] = {}
    letters: dict[str, tuple[int, int]] = {}
    month, week = now - timedelta(days=30), now - timedelta(days=7)
    for batch in _batches(sorted(emails)):
        zones |= zones_among(page=page, emails=batch)
        letters |= counts_to(batch, _TO_LISTS, since=month, newer=week)
    return _Habits(zones, suppressed_addresses(page), letters)


@asked_once
def _contacts(incident: Incident) -> tuple[dict[str, Known], dict[str, Listed]]:
    """Return the customers' contacts by address: what is known of them, and for a list."""
    page = incident.page
    impacts = impacts_of(page, incident.public_id)
    data = record_of(incident)
    reach = reach_of(data, ids_by_name(page))
    people: dict[str, Known] = {}
    listed: dict[str, Listed] = {}
    account, of_it = None, Known(who="")
    for contact in every_contact(page):
        if contact.customer is not account:
            account = contact.customer
            of_it = _of_account(account, data, reach, impacts)
        known = people.get(contact.email)
        one = _named(of_it, contact.email)
        people[contact.email] = _both(known, one) if known else one
        if known is None or (one.contract and not known.contract):
            listed[contact.email] = Listed(
                contact.email, contact.name, account=contact.customer.account_id
            )
    return people, listed


def _of_account(
    customer: Account, data: Mapping[str, Any], reach: Reach, impacts: Mapping[int, AccountImpact]
) -> Known:
    """Return what is known of whoever stands for the account."""
    impact = impacts.get(customer.pk)
    return Known(
        who="",
        contract=customer.sla_target is not None,
        touched=was_touched(customer, reach, impact, measured=bool(impacts)),
        breached=was_breached(customer, data),
        hardest=impact is not None and (impact.hardest or bool(impact.loss)),
    )


def _named(one: Known, who: str) -> Known:
    return Known(
        who=who, contract=one.contract, touched=one.touched, breached=one.breached,
        hardest=one.hardest,
    )  # fmt: skip


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
