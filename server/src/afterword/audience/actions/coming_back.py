"""Mail that came back, and complaints: who gets no more mail because of them.

A mail that says so can be written by anybody. What proves itself acts at once; anything else counts
as one day on which mail came back, and only several such days stop anything.
"""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from enum import StrEnum
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from django.db import IntegrityError, transaction

from afterword.accounts.permissions import MACHINE
from afterword.audience.actions.opting_out import note_complaint, note_complaints
from afterword.audience.actions.subscribers import quarantine_all
from afterword.audience.actions.suppressions import NOT_DEMANDED
from afterword.audience.models import Contact, Subscriber, Suppression
from afterword.audience.queries.subscribers import hold_on_every_page
from afterword.audience.sealed import address_mark
from afterword.audit.actions import Act, record_acts
from afterword.components.models import Page
from afterword.postbox.actions import (
    mark_handled,
    note_all_came_back,
    note_came_back,
    withdraw_all,
)
from afterword.postbox.addresses import FORGOTTEN
from afterword.postbox.mailboxes import mark_read, new_in
from afterword.postbox.models import Letter
from afterword.postbox.queries import (
    came_back_not_handled,
    days_each_came_back,
    days_it_came_back,
    held_came_back,
    last_that_left_for,
    letter_that_came_back,
    letters_that_came_back,
)
from afterword.postbox.reports import Kind, Report, read_report
from afterword.postbox.the_one import is_the_one

SOFT_DAYS, SOFT_WITHIN = 4, timedelta(days=30)
"""Mail that came back on so many days in that time, on one of them with proof, stops mail to its
address."""
AT_ONCE = 200
MOST_JUDGED = 1000
NOT_PLAIN_FOR = timedelta(days=1)
""""Gone", said to our face, is forgotten after so long when it may have been the server's fault."""


class Became(StrEnum):
    """What came of a mail that was read."""

    NO_REPORT = "no report"
    NOT_OURS = "about no letter of ours"
    KNOWN = "read before"
    COUNTED = "counted"
    STOPPED = "stopped"


def take_in_mail(*, now: datetime, raw: bytes, sent_to: tuple[str, ...] = ()) -> Became:
    """Read a mail that came back and act on it. The same mail again changes nothing."""
    report = read_report(raw, sent_to=sent_to)
    if report is None:
        return Became.NO_REPORT
    return take_in(now=now, report=report, digest=sha256(raw).hexdigest())


def take_in(*, now: datetime, report: Report, digest: str, trusted: bool = False) -> Became:
    """Act on a report: stop mail to an address that is gone or complained, count the rest.

    ``digest`` tells reports apart. ``trusted`` is for a report that proved itself on its way here.
    """
    found = letter_that_came_back(report)
    letter = found.letter if found else None
    proven = trusted or (found is not None and found.proven)
    one = _about(report, letter, digest, now, trusted=trusted)
    if one is None:
        return Became.NOT_OURS
    letter, report = one.letter, one.report
    with transaction.atomic():
        if not note_came_back(now=now, letter=letter, report=report, proven=proven, digest=digest):
            return Became.KNOWN
        if proven and report.kind is Kind.COMPLAINT:
            note_complaint(letter=letter, now=now)
            _stop(letter.recipient, Suppression.Reason.COMPLAINED, "Reported as spam.", now)
            return Became.STOPPED
        if proven and report.kind is Kind.HARD:
            _stop(letter.recipient, Suppression.Reason.BOUNCED, report.said, now)
            return Became.STOPPED
        days = days_it_came_back(letter.recipient, since=now - SOFT_WITHIN)
        if days >= SOFT_DAYS:
            because = f"Came back on {days} days: {report.said}"
            _stop(letter.recipient, Suppression.Reason.BOUNCED, because, now)
            return Became.STOPPED
    return Became.COUNTED


def take_in_all(*, now: datetime, reports: Mapping[str, Report]) -> Counter[Became]:
    """Act on trusted reports, by their digests, as ``take_in`` acts on each; return what came of
    how many. A few hundred are one transaction with few statements.
    """
    about: list[_About] = []
    became: Counter[Became] = Counter()
    found = letters_that_came_back(list(reports.values()))
    for (digest, report), letter in zip(reports.items(), found, strict=True):
        one = _about(report, letter.letter if letter else None, digest, now)
        if one is None:
            became[Became.NOT_OURS] += 1
        else:
            about.append(one)
    try:
        with transaction.atomic():
            return became + _act_on(about, now)
    except IntegrityError:
        # Somebody is told the same at this instant, or the same address comes to be suppressed.
        for one in about:
            became[take_in(now=now, report=one.told, digest=one.digest, trusted=True)] += 1
        return became


class _About(NamedTuple):
    """A report about a letter of ours. ``told`` is how it came, ``report`` what it counts for."""

    digest: str
    letter: Letter
    told: Report
    report: Report


def _about(
    report: Report, letter: Letter | None, digest: str, now: datetime, *, trusted: bool = True
) -> _About | None:
    told = report
    if letter is None and trusted and report.address:
        # That mail to it came back is known. Whether this letter did, or mail of somebody else who
        # uses the same provider, is not.
        letter = last_that_left_for(report.address, since=now - SOFT_WITHIN)
        report = replace(report, kind=Kind.SOFT)
    if letter is None or letter.recipient.startswith(FORGOTTEN):
        return None
    if report.address and report.address.casefold() != letter.recipient.casefold():
        # Somebody who gets a copy from the provider is not the reader.
        return None
    return _About(digest, letter, told, report)


def _act_on(about: Sequence[_About], now: datetime) -> Counter[Became]:
    note_all_came_back(
        now=now, proven=True, told=[(each.digest, each.letter, each.report) for each in about]
    )
    complained = [each.letter for each in about if each.report.kind is Kind.COMPLAINT]
    note_complaints(letters=complained, now=now)
    addresses = {each.letter.recipient for each in about if each.report.kind is Kind.SOFT}
    days = days_each_came_back(addresses, since=now - SOFT_WITHIN)
    stops: dict[str, _Why] = {}
    became: Counter[Became] = Counter()
    for each in about:
        why = _why_to_stop(each, days[each.letter.recipient])
        became[Became.STOPPED if why else Became.COUNTED] += 1
        known = stops.get(each.letter.recipient)
        if why and (known is None or known.reason == Suppression.Reason.BOUNCED):
            stops[each.letter.recipient] = why
    _stop_all(stops, now)
    return became


class _Why(NamedTuple):
    reason: Suppression.Reason
    because: str


def _why_to_stop(each: _About, days: int) -> _Why | None:
    if each.report.kind is Kind.COMPLAINT:
        return _Why(Suppression.Reason.COMPLAINED, "Reported as spam.")
    if each.report.kind is Kind.HARD:
        return _Why(Suppression.Reason.BOUNCED, each.report.said)
    if days >= SOFT_DAYS:
        because = f"Came back on {days} days: {each.report.said}"
        return _Why(Suppression.Reason.BOUNCED, because)
    return None


def stop_refused(*, now: datetime) -> int:
    """Stop what need not be sent to addresses that a server said are gone when a letter was handed
    over, as if mail had come back; return how many there were.

    A server that says so of many at once, or has taken no letter of anybody else, may be at fault
    itself: what it said waits until it is plain that it is about the one person, and nothing
    follows from it when that is not so within a day.
    """
    return sum(_is_stopped(pk, now) for pk in came_back_not_handled(limit=MOST_JUDGED))


def _is_stopped(pk: int, now: datetime) -> bool:
    """See to one of them; return whether mail to its address stopped. Each is its own transaction:
    whoever is stopped holds the log, and with that nobody may wait for another reader.
    """
    with transaction.atomic():
        refused = held_came_back(pk)
        if refused is None:
            return False
        is_known = not refused.recipient.startswith(FORGOTTEN)
        stops = is_known and is_the_one(refused)
        if stops:
            _stop(refused.recipient, Suppression.Reason.BOUNCED, refused.said, now)
        if stops or not is_known or now - refused.at > NOT_PLAIN_FOR:
            mark_handled(refused)
    return stops


def read_maildir(*, now: datetime, folder: Path, limit: int = AT_ONCE) -> dict[Became, int]:
    """Take in the unread mails of a Maildir and mark them as read; return what came of how many.

    Raises OSError when the folder cannot be read or written.
    """
    counted: dict[Became, int] = {}
    for path, raw in new_in(folder, limit=limit):
        became = take_in_mail(now=now, raw=raw)
        mark_read(path)
        counted[became] = counted.get(became, 0) + 1
    return counted


def _stop(address: str, reason: Suppression.Reason, because: str, now: datetime) -> None:
    """Stop what need not be sent to the address, on every page: its mailbox is the same one."""
    _stop_all({address: _Why(reason, because)}, now)


def _stop_all(stops: Mapping[str, _Why], now: datetime) -> None:
    """Stop what need not be sent to these addresses, each for a reason.

    Readers are held first, then letters, and the log last, as by everybody else.
    """
    if not stops:
        return
    pages = list(Page.objects.order_by("pk"))
    hold_on_every_page(pages=pages, emails=stops)
    acts = [act for page in pages for act in _suppress(page, stops, now)]
    because = {address: why.because for address, why in stops.items()}
    withdraw_all(reasons=because, streams=NOT_DEMANDED)
    for page in pages:
        acts += quarantine_all(page=page, because=because)
    record_acts(actor=MACHINE, acts=acts, now=now)


def _suppress(page: Page, stops: Mapping[str, _Why], now: datetime) -> list[Act]:
    """Note that these addresses get no more mail about the page; return what is new of that."""
    known = _known_on(page, stops)
    held = {
        each.email: each for each in Suppression.objects.filter(page=page, email__in=list(stops))
    }
    fresh: list[Suppression] = []
    for address, (reason, _) in stops.items():
        if reason == Suppression.Reason.BOUNCED and address not in known:
            # Somebody on a list that is deleted after a while must not stay named here.
            continue
        was = held.get(address)
        if was is None:
            fresh.append(Suppression(page=page, email=address, reason=reason, since=now))
        elif was.reason == Suppression.Reason.BOUNCED:
            was.reason, was.since = reason, now
            was.save(update_fields=["reason", "since"])
    Suppression.objects.bulk_create(fresh)
    return [
        Act("audience.suppress", f"address:{address_mark(each.email)}", {"reason": each.reason})
        for each in fresh
    ]


def _known_on(page: Page, addresses: Collection[str]) -> set[str]:
    """Return which of the addresses belong to a subscriber or to a customer's contact."""
    readers = Subscriber.objects.filter(page=page, email__in=list(addresses))
    contacts = Contact.objects.filter(customer__page=page, email__in=list(addresses))
    return {*readers.values_list("email", flat=True), *contacts.values_list("email", flat=True)}
