"""Mail that came back, and complaints: who gets no more mail because of them.

A mail that says so can be written by anybody. What proves itself acts at once; anything else counts
as one day on which mail came back, and only several such days stop anything.
"""

from dataclasses import replace
from datetime import datetime, timedelta
from enum import StrEnum
from hashlib import sha256
from pathlib import Path

from django.db import transaction

from afterword.accounts.permissions import MACHINE
from afterword.audience.actions.opting_out import note_complaint
from afterword.audience.actions.subscribers import quarantine
from afterword.audience.actions.suppressions import NOT_DEMANDED
from afterword.audience.models import Contact, Subscriber, Suppression
from afterword.audience.queries.subscribers import hold_on_every_page
from afterword.audience.sealed import address_mark
from afterword.audit.actions import record_act
from afterword.components.models import Page
from afterword.postbox.actions import mark_handled, note_came_back, withdraw
from afterword.postbox.addresses import FORGOTTEN
from afterword.postbox.mailboxes import mark_read, new_in
from afterword.postbox.queries import (
    came_back_not_handled,
    days_it_came_back,
    held_came_back,
    last_that_left_for,
    letter_that_came_back,
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
    if letter is None and trusted and report.address:
        # That mail to it came back is known. Whether this letter did, or mail of somebody else who
        # uses the same provider, is not.
        letter = last_that_left_for(report.address, since=now - SOFT_WITHIN)
        report = replace(report, kind=Kind.SOFT)
    if letter is None or letter.recipient.startswith(FORGOTTEN):
        return Became.NOT_OURS
    if report.address and report.address.casefold() != letter.recipient.casefold():
        # Somebody who gets a copy from the provider is not the reader.
        return Became.NOT_OURS
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
    """Stop what need not be sent to the address, on every page: its mailbox is the same one.

    Readers are held first, then letters, and the log last, as by everybody else.
    """
    pages = list(Page.objects.order_by("pk"))
    hold_on_every_page(pages=pages, email=address)
    fresh = [page for page in pages if _suppress(page, address, reason, now)]
    withdraw(recipient=address, streams=NOT_DEMANDED, reason=because)
    for page in pages:
        quarantine(now=now, page=page, email=address, because=because)
    for _ in fresh:
        record_act(
            actor=MACHINE, verb="audience.suppress", subject=f"address:{address_mark(address)}",
            now=now, detail={"reason": reason.value},
        )  # fmt: skip


def _suppress(page: Page, address: str, reason: Suppression.Reason, now: datetime) -> bool:
    """Note that the address gets no more mail about the page; return whether that is new."""
    if reason == Suppression.Reason.BOUNCED and not _is_known(page, address):
        # Somebody on a list that is deleted after a while must not stay named here.
        return False
    held, fresh = Suppression.objects.get_or_create(
        page=page, email=address, defaults={"reason": reason, "since": now}
    )
    if not fresh and held.reason == Suppression.Reason.BOUNCED:
        held.reason, held.since = reason, now
        held.save(update_fields=["reason", "since"])
    return fresh


def _is_known(page: Page, address: str) -> bool:
    """Whether the address belongs to a subscriber or to a customer's contact."""
    return (
        Subscriber.objects.filter(page=page, email=address).exists()
        or Contact.objects.filter(customer__page=page, email=address).exists()
    )
