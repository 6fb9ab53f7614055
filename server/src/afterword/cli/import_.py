"""``afterword import``: bring a history from elsewhere and say what became of each part."""

import time
from collections.abc import Sequence
from pathlib import Path

import httpx2
import typer
from django.db import transaction

from afterword.accounts.permissions import MACHINE
from afterword.cli.answers import refusals_in_words
from afterword.components.models import Page
from afterword.components.queries import page_by_public_id, the_page
from afterword.importing import statuspage
from afterword.importing.actions import Report, create_imported_page
from afterword.importing.actions import import_statuspage as keep
from afterword.importing.parsed import Note, Parsed
from afterword.importing.reading import MAX_BYTES
from afterword.kit import clock
from afterword.kit.errors import BadInput, NotFound

CONNECT_SECONDS = 10.0
WHOLE_SECONDS = 120.0
MAX_REDIRECTS = 5
SHOWN = 40


def import_statuspage(*, source: str, page_id: str, open_cases: Sequence[str]) -> None:
    """Read a file or address, keep it on the page, print the report."""
    with refusals_in_words():
        raw = read_source(source)
        typer.echo(f"Read {len(raw) / 1024:,.0f} kB from {source}.")
        now = clock.now()
        parsed = statuspage.parse(raw, now=now)
        with transaction.atomic():  # a page made for a file that is then refused goes with it
            page = _page(page_id, parsed)
            report = keep(
                actor=MACHINE, now=now, page=page, parsed=parsed,
                open_case_for=[case.lower() for case in open_cases], progress=_progress,
            )  # fmt: skip
    print_report(report, page)


def read_source(source: str) -> bytes:
    """Return the bytes of a file (``-`` is standard input) or of an http(s) address.

    Raises BadInput when it cannot be read, is more than 50 MB, or takes more than two minutes.
    """
    if source.lower().startswith(("http://", "https://")):
        return _fetched(source)
    try:
        with Path("/dev/stdin" if source == "-" else source).open("rb") as found:
            return found.read(MAX_BYTES + 1)
    except OSError as wrong:
        raise BadInput(f"{source} cannot be read: {wrong.strerror or wrong}.") from wrong


def _fetched(address: str) -> bytes:
    limits = httpx2.Timeout(CONNECT_SECONDS, read=30.0)
    deadline = time.monotonic() + WHOLE_SECONDS
    found = bytearray()
    try:
        with (
            httpx2.Client(
                timeout=limits, follow_redirects=True, max_redirects=MAX_REDIRECTS
            ) as client,
            client.stream("GET", address, headers={"Accept": "application/json"}) as answer,
        ):
            if answer.status_code != 200:
                raise BadInput(
                    f"{address} answers {answer.status_code}, not 200. Open it in a browser: it "
                    "should show JSON."
                )
            for chunk in answer.iter_bytes(64 * 1024):
                found += chunk
                if len(found) > MAX_BYTES:
                    raise BadInput(f"{address} answers more than 50 MB; that is no status page.")
                if time.monotonic() > deadline:
                    raise BadInput(f"{address} took more than {WHOLE_SECONDS:.0f} seconds.")
    except (httpx2.HTTPError, httpx2.InvalidURL) as wrong:
        words = str(wrong) or type(wrong).__name__
        raise BadInput(
            f"{address} cannot be fetched: {words}. Save the file and give its path instead."
        ) from wrong
    return bytes(found)


def _page(page_id: str, parsed: Parsed) -> Page:
    if page_id:
        found = page_by_public_id(page_id)
        if found is None:
            raise NotFound(f"There is no page {page_id!r} here.")
        return found
    try:
        return the_page()
    except NotFound:
        page = create_imported_page(actor=MACHINE, now=clock.now(), parsed=parsed.page)
        typer.echo(f"Made the page {page.name} ({page.public_id}).")
        return page


def _progress(done: int, of: int) -> None:
    if done == of or done % 25 == 0:
        typer.echo(f"  {done} of {of}", err=True)


def print_report(report: Report, page: Page) -> None:
    """Say what was created, updated, left, skipped and mended, and where in the source."""
    rows = (
        ("components", report.components),
        ("incidents", report.incidents),
        ("maintenances", report.maintenances),
    )
    for kind, tally in rows:
        typer.echo(
            f"{kind:13} {tally.created:5} created {tally.updated:5} updated "
            f"{tally.unchanged:5} unchanged"
        )
    _print_notes("skipped", report.skipped)
    _print_notes("mended", report.mended)
    _print_notes("edited at the source", report.edited)
    for public_id in report.cases_opened:
        typer.echo(f"Opened a case for {public_id}: /desk/")
    if report.edited:
        typer.echo("What is published is never edited: those differ from the source.")
    if not report.changed:
        typer.echo("Nothing changed.")
        return
    kept = "holds what is new there" if report.edited else "is up to date"
    typer.echo(f"{page.name} {kept}. Nobody was notified.")


def _print_notes(title: str, notes: Sequence[Note]) -> None:
    if notes:
        typer.echo(f"{title} ({len(notes)}):")
    for note in notes[:SHOWN]:
        typer.echo(f"  {note.where}: {note.why}")
    if len(notes) > SHOWN:
        typer.echo(f"  … and {len(notes) - SHOWN} more")
