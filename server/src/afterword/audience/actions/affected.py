"""The people whose data an incident affected, from a CSV file. All of it or nothing."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from afterword.accounts.permissions import Actor, require
from afterword.audience.actions.reports import Report
from afterword.audience.actions.rows import address_in, bounded, name_once
from afterword.audience.actions.taking import (
    BATCH,
    Checked,
    Comparing,
    Then,
    Watch,
    taken,
    untold,
    unwatched,
)
from afterword.audience.models import AffectedPerson, IntakeStep
from afterword.audience.sealed import address_mark, sealed
from afterword.audience.sheets import Sheet, read_sheet
from afterword.audit.actions import record_act
from afterword.audit.queries import newest_of
from afterword.components.models import Page
from afterword.kit.errors import BadInput
from afterword.kit.many_rows import insert_rows

COLUMNS, OPTIONAL = ("email",), ("name", "what")
_VERB = "audience.add_affected"
_LONGEST_NAME = 200
_LONGEST_WHAT = 150


@dataclass
class _Wanted:
    """The people a file tells of: name and what of theirs, by address."""

    names: dict[str, str] = field(default_factory=dict)
    whats: dict[str, str] = field(default_factory=dict)


@dataclass
class _Difference:
    """What has to be written: (mark, sealed) of new people, and of known ones (key, sealed)."""

    added: list[tuple[str, str]] = field(default_factory=list)
    changed: list[tuple[int, str]] = field(default_factory=list)


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
    return take_affected(
        actor=actor, now=now, page=page, incident_ref=incident_ref,
        sheet=read_sheet(csv_text, required=COLUMNS, optional=OPTIONAL), dry_run=dry_run,
        skip_refused=skip_refused,
    )  # fmt: skip


def take_affected(
    *,
    actor: Actor,
    now: datetime,
    page: Page,
    incident_ref: str,
    sheet: Sheet,
    dry_run: bool = False,
    skip_refused: bool = False,
    watch: Watch = unwatched,
    then: Then = untold,
) -> Report:
    """Add people from rows that were read, by the rules of ``add_affected``; ``watch`` and ``then``
    as in ``taking``.
    """
    require(actor, "manage_audience", page=page.pk)
    refused = list(sheet.refused)
    wanted, duplicates = _checked(sheet, refused, watch)
    subject = f"incident:{incident_ref}"

    def write(found: _Difference) -> None:
        _write(page, incident_ref, found, now)
        record_act(
            actor=actor, verb=_VERB, subject=subject, now=now,
            detail={
                "added": len(found.added), "changed": len(found.changed), "refused": len(refused),
            },
        )  # fmt: skip

    return taken(
        page=page,
        checked=Checked(len(wanted.names), refused, duplicates, sheet.ignored_columns),
        comparing=Comparing(
            # Who is deleted after their time while a file is compared has to be added again.
            newest=lambda: (
                newest_of(_VERB, subject), newest_of("audience.forget_lists", "audience:lists"),
            ),
            compare=lambda watch: _difference(page, incident_ref, wanted, watch),
            write=write,
            counts=lambda found: (len(found.added), len(found.changed)),
        ),
        written=not dry_run and (skip_refused or not refused),
        watch=watch,
        then=then,
    )  # fmt: skip


def _checked(sheet: Sheet, refused: list[tuple[int, str]], watch: Watch) -> tuple[_Wanted, int]:
    """Return the people a sheet tells of, and how many rows repeat others; note refused ones."""
    wanted, duplicates, unread = _Wanted(), 0, len(sheet.refused)
    total = unread + len(sheet.rows)
    for number, row in enumerate(sheet.rows):
        if number % BATCH == 0:
            watch(IntakeStep.CHECKING, unread + number, total)
        try:
            name = bounded(row, "name", _LONGEST_NAME)
            email = address_in(row, "email")
            what = bounded(row, "what", _LONGEST_WHAT)
            duplicates += not name_once(wanted.names, email, name)
        except BadInput as wrong:
            refused.append((row.line, wrong.message))
            continue
        if what:
            told = (wanted.whats.get(email), what)
            wanted.whats[email] = "; ".join(dict.fromkeys(filter(None, told)))
    watch(IntakeStep.CHECKING, total, total)
    return wanted, duplicates


def _difference(page: Page, incident_ref: str, wanted: _Wanted, watch: Watch) -> _Difference:
    found, emails = _Difference(), list(wanted.names)
    for begin in range(0, len(emails), BATCH):
        watch(IntakeStep.COMPARING, begin, len(emails))
        _compare(found, page, incident_ref, wanted, emails[begin : begin + BATCH])
    return found


def _compare(
    found: _Difference, page: Page, incident_ref: str, wanted: _Wanted, emails: Sequence[str]
) -> None:
    marks = {email: address_mark(email) for email in emails}
    known = {
        person.address_mark: person
        for person in AffectedPerson.objects.filter(
            page=page, incident_ref=incident_ref, address_mark__in=marks.values()
        )
    }
    for email, mark in marks.items():
        name, what = wanted.names[email], wanted.whats.get(email, "")[:_LONGEST_WHAT]
        person = known.get(mark)
        if person is None:
            found.added.append((mark, sealed(email, name, what)))
            continue
        was = person.opened()
        # An empty cell says nothing of somebody who is known.
        told = (was[0], name or was[1], what or was[2])
        if told != was:
            found.changed.append((person.pk, sealed(*told)))


def _write(page: Page, incident_ref: str, found: _Difference, now: datetime) -> None:
    insert_rows(
        AffectedPerson,
        ("page", "incident_ref", "added_at", "address_mark", "sealed"),
        ((page.pk, incident_ref, now, mark, text) for mark, text in found.added),
    )
    for begin in range(0, len(found.changed), BATCH):
        AffectedPerson.objects.bulk_update(
            [AffectedPerson(pk=k, sealed=text) for k, text in found.changed[begin : begin + BATCH]],
            ["sealed"],
        )
