"""``afterword people``: lists of subscribers, customers and affected people, in and out as CSV."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import typer

from afterword.accounts.permissions import MACHINE
from afterword.audience.actions.affected import add_affected
from afterword.audience.actions.bringing import import_subscriber_file
from afterword.audience.actions.bringing_back import bring_who_left
from afterword.audience.actions.customers import import_customers
from afterword.audience.actions.impacts import import_impacts
from afterword.audience.actions.reports import Report
from afterword.audience.actions.suppressions import lift_suppression, suppress
from afterword.audience.queries.customers import customers_as_csv
from afterword.audience.queries.subscribers import left_as_csv, subscribers_as_csv
from afterword.audience.sheets import MAX_BYTES
from afterword.cli.answers import refusals_in_words
from afterword.components.queries import the_page
from afterword.fanout.actions import remove_customer, what_goes
from afterword.incidents.queries import incident_by_public_id
from afterword.kit import clock
from afterword.kit.errors import BadInput


def bring(*, kind: str, file: str, incident: str, dry_run: bool, skip_refused: bool) -> None:
    """Read a CSV of a kind and say what became of it. Ends with 1 when a row was refused."""
    with refusals_in_words():
        report = _taken(kind, _read(file), incident, file, dry_run, skip_refused)
    for line, why in report.rows_refused:
        typer.echo(f"line {line}: {why}", err=True)
    if report.refused > len(report.rows_refused):
        typer.echo(f"… and {report.refused - len(report.rows_refused):,} more", err=True)
    said = "would be " if not report.written else ""
    typer.echo(
        f"{report.added:,} {said}added, {report.changed:,} {said}changed, "
        f"{report.unchanged:,} as they are, {report.refused:,} refused"
    )
    if report.ignored_columns:
        typer.echo(f"Not read: {', '.join(report.ignored_columns)}.")
    if report.refused and not report.written and not dry_run:
        typer.echo("Nothing was written. Mend these rows, or leave them out with --skip-refused.")
    if report.refused and not report.written:
        raise typer.Exit(1)


def export(*, kind: str, since: str = "") -> None:
    """Write a list to standard output as CSV that ``bring`` reads back."""
    kinds: dict[str, Callable[[], str]] = {
        "subscribers": lambda: subscribers_as_csv(the_page()),
        "customers": lambda: customers_as_csv(the_page()),
        "left": lambda: left_as_csv(the_page(), _instant(since)),
    }
    with refusals_in_words():
        if kind not in kinds:
            raise BadInput(f"{kind!r} cannot be exported. Choose {' or '.join(kinds)}.")
        if since and kind != "left":
            raise BadInput("--since is for those who left: afterword people export left.")
        typer.echo(kinds[kind](), nl=False)


def remove(*, account: str, contact: str, despite_owed: bool, yes: bool, dry_run: bool) -> None:
    """Remove a customer or a contact, after asking. Ends with 1 when somebody says no."""
    with refusals_in_words():
        page = the_page()
        going = what_goes(page=page, account_id=account, email=contact)
        who = contact or f"{going.customer.name} with {going.contacts} contacts"
        typer.echo(
            f"{who}: {going.waiting} letters withdrawn, {going.kept} that left kept without an "
            f"address, {going.owed} that must be sent still to leave."
        )
        if dry_run:
            return
        if not yes and not typer.confirm("Remove? This cannot be taken back."):
            raise typer.Exit(1)
        remove_customer(
            actor=MACHINE, now=clock.now(), page=page, account_id=account, email=contact,
            despite_owed=despite_owed,
        )  # fmt: skip
    typer.echo("Removed.")


def hold_back(*, email: str, because: str, lift: bool) -> None:
    """Suppress an address, or lift that."""
    with refusals_in_words():
        page, now = the_page(), clock.now()
        if lift:
            was = lift_suppression(actor=MACHINE, now=now, page=page, email=email)
            typer.echo("Letters go to it again." if was else "It was not held back.")
            return
        held = suppress(actor=MACHINE, now=now, page=page, email=email, reason=because)
    typer.echo(f"Held back ({held.get_reason_display().lower()}); what must be sent still goes.")


def _taken(
    kind: str, raw: bytes, incident: str, file: str, dry_run: bool, skip_refused: bool
) -> Report:
    page, now = the_page(), clock.now()
    if kind == "subscribers":
        return import_subscriber_file(
            actor=MACHINE, now=now, page=page, csv_text=raw, source=Path(file).name,
            dry_run=dry_run, skip_refused=skip_refused,
        )  # fmt: skip
    if kind == "left":
        return bring_who_left(
            actor=MACHINE, now=now, page=page, csv_text=raw, source=Path(file).name,
            dry_run=dry_run, skip_refused=skip_refused,
        )  # fmt: skip
    if kind == "customers":
        return import_customers(
            actor=MACHINE, now=now, page=page, csv_text=raw, dry_run=dry_run,
            skip_refused=skip_refused,
        )  # fmt: skip
    verbs = {"affected": add_affected, "accounts": import_impacts}
    if kind not in verbs:
        raise BadInput(
            f"{kind!r} is no list here. Choose subscribers, left, customers, affected or accounts."
        )
    if not incident:
        raise BadInput(f"Say which incident the {kind} are of: --incident ID.")
    about = incident_by_public_id(page, incident)
    return verbs[kind](
        actor=MACHINE, now=now, page=page, incident_ref=about.public_id, csv_text=raw,
        dry_run=dry_run, skip_refused=skip_refused,
    )  # fmt: skip


def _instant(typed: str) -> datetime | None:
    """Return an instant as it was typed, in UTC where it names no zone. Raises BadInput."""
    try:
        read = datetime.fromisoformat(typed) if typed else None
    except ValueError:
        raise BadInput(f"{typed[:40]!r} is no time; write 2026-03-04T08:12:00Z.") from None
    return read.replace(tzinfo=read.tzinfo or UTC) if read else None


def _read(file: str) -> bytes:
    """Return the bytes of a file, - for standard input. Raises BadInput."""
    try:
        with Path("/dev/stdin" if file == "-" else file).open("rb") as found:
            return found.read(MAX_BYTES + 1)
    except OSError as wrong:
        raise BadInput(f"{file} cannot be read: {wrong.strerror or wrong}.") from wrong
