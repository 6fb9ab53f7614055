"""Everybody the plan of an incident could write to, and what is known of each."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from afterword.audience.actions.lists import Listed
from afterword.audience.models import AccountImpact, Segment
from afterword.audience.queries.customers import (
    Account,
    Counts,
    affected_people,
    count_affected,
    every_contact,
    impacts_of,
    marks_on,
)
from afterword.audience.queries.subscribers import (
    Moment,
    Occasion,
    Reader,
    count_active,
    count_hearing,
    readers_among,
)
from afterword.audience.queries.suppressions import suppressed_addresses
from afterword.audience.sealed import address_mark
from afterword.components.queries import ids_by_name
from afterword.followups.accounts import Reach, reach_of, was_breached, was_touched
from afterword.followups.models import Level, PlanLine
from afterword.followups.people import (
    MOST_SPECIFIC_FIRST,
    WITH_A_LIST,
    Assigned,
    Known,
    Plan,
    assign,
)
from afterword.incidents.models import Incident
from afterword.incidents.queries import current_record
from afterword.incidents.record import starting_record
from afterword.kit.asking import asked_once
from afterword.postbox.models import Stream
from afterword.postbox.queries import counts_to
from afterword.statements.models import StatementKind
from afterword.statements.queries import of_incident

_BATCH = 2000
_TO_A_LIST = frozenset({StatementKind.FOLLOW_UP, StatementKind.DATA_NOTICE})
_TO_LISTS = (Stream.NOTICE, Stream.COURTESY)


@dataclass(frozen=True)
class Reckoning:
    """``people`` by address, in a fixed order; ``listed`` the same, ready for a list. ``hit`` are
    the accounts with a contract that were hit, or may have been: their names by their ids, also of
    those for which nobody stands.

    ``only_subscribed`` counts subscribers who hear of the incident and are nothing else,
    ``only_suppressed`` those who would, were their address not suppressed.
    """

    people: Mapping[str, Known]
    listed: Mapping[str, Listed]
    hit: Mapping[str, str]
    only_subscribed: int
    only_suppressed: int

    def under(self, levels: Mapping[Segment, Level]) -> Plan:
        plan = assign(self.people.values(), levels, self.only_subscribed, self.only_suppressed)
        # A notice about somebody's own data tells nothing of an account.
        told = {s: self.accounts_of(who) for s, who in plan.letters.items() if s != Segment.DATA}
        plan.accounts = {segment: len(found) for segment, found in told.items()}
        if levels.get(Segment.SLA) in WITH_A_LIST:
            heard = set().union(*told.values())
            plan.unheard = sorted(name for ref, name in self.hit.items() if ref not in heard)
        return plan

    def accounts_of(self, assigned: Iterable[str]) -> set[str]:
        """Return the ids of the accounts for which these people stand in a letter."""
        told = [self.listed[who] for who in assigned]
        return {ref for one in told for ref in (one.account, *one.further) if ref}

    def on_list(self, assigned: Mapping[str, Assigned]) -> list[Listed]:
        """Return those assigned as they go on a list; whoever had the letter goes on none."""
        return [
            replace(self.listed[who], must=one.must) for who, one in assigned.items() if not one.had
        ]


def record_of(incident: Incident) -> Mapping[str, Any]:
    """Return the record in force, or what the incident itself knows before there is one."""
    record = current_record(incident)
    return record.data if record else starting_record(incident)


def counts(incident: Incident, *, exactly: bool = False) -> Counts:
    """Return how many are in each segment at this moment, whether or not they get a letter.

    ``exactly`` leaves out subscribers who hear nothing of this incident; without it they count, so
    that a list of many incidents counts them once.
    """
    page = incident.page
    known = _contacts(incident)[0].values()
    contracts = [one for one in known if one.contract]
    touched = [one for one in contracts if one.touched is not False]
    return Counts(
        everyone=count_hearing(page, _occasion(incident)).heard if exactly else count_active(page),
        data_affected=count_affected(page, incident.public_id),
        sla=len(touched),
        hardest=sum(one.hardest for one in known),
        sla_not_touched=len(contracts) - len(touched),
    )


@asked_once
def reckon(incident: Incident, now: datetime) -> Reckoning:
    """Return what is known of everybody at this moment."""
    page = incident.page
    contacts = _contacts(incident)
    people, listed = dict(contacts[0]), dict(contacts[1])
    for email, name, what in affected_people(page, incident.public_id):
        people[email] = replace(people.get(email, Known(who=email, touched=True)), data=True)
        known = listed.get(email, Listed(email, name))
        listed[email] = replace(known, name=known.name or name, what=what)
    habits = _habits(incident, people.keys(), now)
    people = _with_letters(incident, people)
    heard, suppressed = count_hearing(page, _occasion(incident))
    hearers = [one for one in habits.readers.values() if one.hears]
    held = sum(one.suppressed for one in hearers)
    return Reckoning(
        {email: habits.known(one) for email, one in people.items()},
        {email: habits.listed(one) for email, one in listed.items()},
        contacts[2],
        only_subscribed=heard - (len(hearers) - held),
        only_suppressed=suppressed - held,
    )


def lists_that_left(incident: Incident) -> dict[Segment, list[str]]:
    """Return the public ids of the lists to which letters about the incident have left."""
    left = [
        (Segment(each.segment), each.published_at)
        for each in of_incident(incident)
        if each.kind in _TO_A_LIST and each.segment and each.published_at is not None
    ]
    if not left:
        return {}
    lines = list(
        PlanLine.objects.filter(incident=incident, recipients__isnull=False)
        .select_related("recipients")
        .order_by("id")
    )
    found: dict[Segment, list[str]] = {}
    for segment, at in left:
        then = [each for each in lines if each.segment == segment and each.decided_at <= at]
        if then and then[-1].recipients:
            found.setdefault(segment, []).append(then[-1].recipients.public_id)
    return found


def _with_letters(incident: Incident, people: dict[str, Known]) -> dict[str, Known]:
    """Return the same people with the letters about the incident that they were sent already."""
    lists = lists_that_left(incident)
    if not lists:
        return people
    had: dict[str, Segment] = {}
    for segment in reversed(MOST_SPECIFIC_FIRST):
        had |= dict.fromkeys(marks_on(lists.get(segment, ())), segment)
    return {
        who: replace(one, had=had[mark]) if (mark := address_mark(who)) in had else one
        for who, one in people.items()
    }


@asked_once
def _occasion(incident: Incident) -> Occasion:
    """Return what the choices of subscribers are held against: a text for everybody after it."""
    parts = incident.components.order_by().values_list("public_id", flat=True)
    return Occasion(incident.public_id, frozenset(parts), Moment.AFTER)


@dataclass(frozen=True)
class _Habits:
    """What people get from us already, and what they asked for; all by address."""

    readers: Mapping[str, Reader]
    suppressed: Mapping[str, str]
    letters: Mapping[str, tuple[int, int]]

    def known(self, one: Known) -> Known:
        """Return the same person with their habits; most people have none."""
        who = one.who
        if who not in self.readers and who not in self.suppressed and who not in self.letters:
            return one
        month, week = self.letters.get(who, (0, 0))
        reader = self.readers.get(who)
        return replace(
            one, subscribed=reader is not None and reader.hears, week=week, month=month,
            suppressed=who in self.suppressed, muted=reader is not None and reader.suppressed,
        )  # fmt: skip

    def listed(self, one: Listed) -> Listed:
        reader = self.readers.get(one.email)
        return replace(one, zone=reader.zone) if reader and reader.zone else one


def _habits(incident: Incident, emails: Collection[str], now: datetime) -> _Habits:
    page, occasion = incident.page, _occasion(incident)
    readers: dict[str, Reader] = {}
    letters: dict[str, tuple[int, int]] = {}
    month, week = now - timedelta(days=30), now - timedelta(days=7)
    for batch in _batches(sorted(emails)):
        readers |= readers_among(page=page, occasion=occasion, emails=batch)
        letters |= counts_to(batch, _TO_LISTS, since=month, newer=week)
    return _Habits(readers, suppressed_addresses(page), letters)


@asked_once
def _contacts(incident: Incident) -> tuple[dict[str, Known], dict[str, Listed], dict[str, str]]:
    """Return the customers' contacts by address, what is known of them, and for a list; and the
    names of accounts with a contract that were hit, by their ids.
    """
    page = incident.page
    impacts = impacts_of(page, incident.public_id)
    data = record_of(incident)
    reach = reach_of(data, ids_by_name(page))
    people: dict[str, Known] = {}
    listed: dict[str, Listed] = {}
    hit: dict[str, str] = {}
    several: dict[str, list[_Standing]] = {}
    account, of_it, standing = None, Known(who=""), _Standing()
    for contact in every_contact(page):
        if contact.customer is not account:
            account = contact.customer
            of_it = _of_account(account, data, reach, impacts)
            standing = _standing(account, of_it, impacts.get(account.pk))
            if of_it.contract and of_it.touched is not False:
                hit[account.account_id] = account.name
        if not contact.email:
            continue
        known = people.get(contact.email)
        one = _named(of_it, contact.email)
        people[contact.email] = _both(known, one) if known else one
        several.setdefault(contact.email, []).append(standing)
        if known is None or standing.rank > max(each.rank for each in several[contact.email][:-1]):
            listed[contact.email] = Listed(contact.email, contact.name)
    return people, {who: _told_of(one, several[who]) for who, one in listed.items()}, hit


class _Standing(NamedTuple):
    """An account, and how it is held against the others that a person stands for: ``rank`` says
    which comes first, ``told`` whether a letter says anything of it.
    """

    rank: tuple[bool | int, ...] = ()
    told: bool = False
    account_id: str = ""


def _told_of(one: Listed, several: Sequence[_Standing]) -> Listed:
    """Return the same person with the accounts their letter is about, what matters most first."""
    first = max(several, key=lambda each: each.rank)
    ranked = sorted(several, key=lambda each: each.rank, reverse=True) if several[1:] else ()
    further = [each.account_id for each in ranked if each.told and each is not first]
    return replace(one, account=first.account_id, further={ref: {} for ref in further})


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


def _standing(account: Account, one: Known, impact: AccountImpact | None) -> _Standing:
    """Return how an account is held against others of the same person. A contract that was not hit
    tells them nothing.
    """
    hit = one.contract and one.touched is not False
    rank = (
        hit,
        one.touched is True,
        one.touched is None,
        one.breached is True,
        one.hardest,
        (impact.failed or 0) if impact else 0,
    )
    return _Standing(rank, hit or one.touched is True, account.account_id)


def _named(one: Known, who: str) -> Known:
    return Known(
        who=who, contract=one.contract, touched=one.touched, breached=one.breached,
        hardest=one.hardest,
    )  # fmt: skip


def _both(one: Known, other: Known) -> Known:
    """Return what is known of somebody who stands for two accounts: the worse of those that were
    hit, and of these the contracts.
    """
    hit = [each for each in (one, other) if each.touched is not False]
    told = [each for each in hit if each.contract] or hit or [one, other]
    return replace(
        one,
        contract=any(each.contract for each in told),
        touched=_worse([each.touched for each in told]),
        breached=_worse([each.breached for each in hit if each in told]),
        hardest=one.hardest or other.hardest,
    )


def _worse(answers: list[bool | None]) -> bool | None:
    return True if True in answers else None if None in answers else False


def _batches(emails: Sequence[str]) -> Iterator[Sequence[str]]:
    for begin in range(0, len(emails), _BATCH):
        yield emails[begin : begin + _BATCH]
