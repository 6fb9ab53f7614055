"""The ``afterword`` command. Each verb lives in its own file and is loaded when it is called."""

from pathlib import Path
from typing import Annotated

import typer

from afterword.cli.start import start_django

app = typer.Typer(
    help="Afterword: close an incident in public, say what happened, keep your word.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
import_app = typer.Typer(help="Bring a history from elsewhere. Never notifies anybody.")
app.add_typer(import_app, name="import", no_args_is_help=True)

people_app = typer.Typer(help="Subscribers, customers and affected people, in and out as CSV.")
app.add_typer(people_app, name="people", no_args_is_help=True)

bounces_app = typer.Typer(help="Mail that came back, and complaints.")
app.add_typer(bounces_app, name="bounces", no_args_is_help=True)

mailings_app = typer.Typer(help="Runs of letters, and what they gave up.")
app.add_typer(mailings_app, name="mailings", no_args_is_help=True)

Host = Annotated[str, typer.Option(help="Address to listen on.")]
Port = Annotated[int, typer.Option(min=1, max=65535, help="Port to listen on.")]


@app.command()
def serve(host: Host = "127.0.0.1", port: Port = 8000) -> None:
    """Serve the page and the desk; with the embedded worker unless switched off."""
    start_django()
    from afterword.cli.serve import serve as run

    run(host=host, port=port)


@app.command()
def worker() -> None:
    """Run the worker alone: rebuilds, mailings, letters, sweeps."""
    start_django()
    from afterword.cli.worker import work

    work()


@app.command()
def migrate() -> None:
    """Create or upgrade the database."""
    start_django()
    from afterword.cli.migrate import migrate as run

    run()


@app.command("outward-role")
def outward_role() -> None:
    """Make the database role for what readers see, and give it its rights anew (PostgreSQL)."""
    start_django()
    from afterword.cli.outward_role import make_role

    make_role()


@app.command()
def createuser(
    email: Annotated[str, typer.Argument(help="The sign-in address.")],
    name: Annotated[str, typer.Option(prompt=True, help="The name shown beside what they do.")],
    role: Annotated[
        list[str], typer.Option(help="responder, writer, reviewer, publisher, investigator, admin.")
    ],
    password_file: Annotated[
        Path | None, typer.Option(help="File with the password; asked for when left out.")
    ] = None,
) -> None:
    """Create somebody who can sign in to the desk."""
    start_django()
    from afterword.cli.createuser import create

    create(email=email, name=name, roles=role, password_file=password_file)


@app.command()
def take_off_second_step(
    email: Annotated[str, typer.Argument(help="The sign-in address.")],
) -> None:
    """Take app, passkeys and recovery codes off for somebody who lost them."""
    start_django()
    from afterword.cli.take_off_second_step import take_off

    take_off(email=email)


@app.command()
def uptime_weights(
    degraded: Annotated[int | None, typer.Option(help="Per cent, 0 to 100.")] = None,
    partial: Annotated[int | None, typer.Option(help="Per cent, 0 to 100.")] = None,
    major: Annotated[int | None, typer.Option(help="Per cent, 0 to 100.")] = None,
) -> None:
    """Show or set how much of the time in a status counts as downtime."""
    start_django()
    from afterword.cli.uptime_weights import weigh

    weigh(degraded=degraded, partial=partial, major=major)


@app.command()
def look(
    light: Annotated[str | None, typer.Option(help="Colour on light ground: #0b5563.")] = None,
    dark: Annotated[str | None, typer.Option(help="Colour on dark ground.")] = None,
    logo: Annotated[Path | None, typer.Option(help="SVG, PNG or JPEG file.")] = None,
    logo_dark: Annotated[Path | None, typer.Option(help="Logo for dark ground.")] = None,
    url: Annotated[str | None, typer.Option(help="Address the page's links begin with.")] = None,
    plain: Annotated[bool, typer.Option("--plain", help="Back to the usual look.")] = False,
) -> None:
    """Show or change colours, logo and address of the public page."""
    start_django()
    from afterword.cli.look import change

    change(light=light, dark=dark, logo=logo, logo_dark=logo_dark, url=url, plain=plain)


@app.command()
def demo(
    host: Host = "127.0.0.1",
    port: Port = 8000,
    data_dir: Annotated[Path, typer.Option(help="Where the demo keeps its files.")] = Path(
        "demo-data"
    ),
    fresh: Annotated[bool, typer.Option(help="Throw the demo's data away and start anew.")] = False,
    serve: Annotated[bool, typer.Option(help="Serve after seeding.")] = True,
) -> None:
    """An invented company with eighteen months of history, served on this machine."""
    from afterword.cli.demo import run

    run(host=host, port=port, data_dir=data_dir, fresh=fresh, serve=serve)


@app.command("build-site")
def build_site() -> None:
    """Build every page of the public site anew."""
    start_django()
    from afterword.cli.build_site import build

    build()


@app.command("mend-site", hidden=True)
def mend_site() -> None:
    """Build what a crash or another version left out, as the start of the server does."""
    start_django()
    from afterword.cli.mend import mend

    mend()


@app.command("serve-outward", hidden=True)
def serve_outward(where: Path) -> None:
    """Answer readers on a socket, as `afterword serve` does where they have a role of their own."""
    start_django()
    from afterword.cli.serve_outward import serve_outward as run

    run(where)


@app.command()
def languages(
    codes: Annotated[
        list[str] | None,
        typer.Argument(help="The page's own first, then the others: en de fr. None shows them."),
    ] = None,
) -> None:
    """Show or choose the languages the public page is built in."""
    start_django()
    from afterword.cli.languages import languages as run

    run(codes or [])


@app.command("verify-log")
def verify_log(
    log: Annotated[
        str,
        typer.Argument(
            metavar="FILE", help="The log: a file, a folder of its parts, or the page's address."
        ),
    ],
    earlier: Annotated[
        str, typer.Option(help="A copy kept before: is everything in it still the same?")
    ] = "",
    save: Annotated[
        Path | None, typer.Option(help="Keep what was read as one file, to compare with later.")
    ] = None,
) -> None:
    """Check a publication log: whole, or where it is broken. Needs no database."""
    start_django()
    from afterword.cli.verify_log import verify_log as run

    run(source=log, earlier=earlier, save=save)


@app.command("verify-audit")
def verify_audit(
    file: Annotated[
        str,
        typer.Argument(help="An export of the desk's log (JSON lines); - reads it from input."),
    ] = "",
) -> None:
    """Check the audit log: this database's own, or an export of it."""
    start_django()
    from afterword.cli.verify_audit import verify_audit as run

    run(file=file)


@app.command()
def doctor() -> None:
    """Check settings, database, site folder and mail; say what to do about each."""
    start_django()
    from afterword.cli.doctor import examine

    examine()


@import_app.command("statuspage")
def import_statuspage(
    source: Annotated[
        str, typer.Argument(help="File or address of incidents.json, summary.json …")
    ],
    page: Annotated[
        str, typer.Option(help="Public id of the page; the first one if left out.")
    ] = "",
    open_case: Annotated[
        list[str] | None, typer.Option(help="Id of an imported incident to open a case for.")
    ] = None,
) -> None:
    """Read a Statuspage (or incident.io) page and keep its history. Safe to repeat."""
    start_django()
    from afterword.cli.import_ import import_statuspage as run

    run(source=source, page_id=page, open_cases=open_case or [])


@people_app.command("import")
def people_import(
    kind: Annotated[str, typer.Argument(help="subscribers, left, customers, affected, accounts.")],
    file: Annotated[str, typer.Argument(help="A CSV file; - is standard input.")],
    incident: Annotated[str, typer.Option(help="Id of the incident, for affected, accounts.")] = "",
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would happen.")] = False,
    skip_refused: Annotated[
        bool, typer.Option("--skip-refused", help="Take the sound rows although some are not.")
    ] = False,
) -> None:
    """Read a list. All of it or nothing, with the line of every row that cannot be taken."""
    start_django()
    from afterword.cli.people import bring

    bring(kind=kind, file=file, incident=incident, dry_run=dry_run, skip_refused=skip_refused)


@people_app.command("export")
def people_export(
    kind: Annotated[str, typer.Argument(help="subscribers, left or customers.")],
    since: Annotated[
        str, typer.Option(help="Of those who left: since when, as 2026-03-04T08:12:00Z.")
    ] = "",
) -> None:
    """Write a list to standard output, as CSV that import reads back."""
    start_django()
    from afterword.cli.people import export

    export(kind=kind, since=since)


@app.command("dry-run")
def dry_run(
    text: Annotated[str, typer.Argument(help="The text's id, as in its address on the desk.")],
    folder: Annotated[Path, typer.Argument(help="A folder that is empty or not there.")],
    most: Annotated[int, typer.Option(min=1, max=100, help="At most so many letters.")] = 100,
) -> None:
    """Write the letters a text would make if it left now as .eml files; nothing is sent."""
    start_django()
    from afterword.cli.dry_run import dry_run as run

    run(text=text, folder=folder, most=most)


@people_app.command("suppress")
def people_suppress(
    email: Annotated[str, typer.Argument(help="The address.")],
    because: Annotated[str, typer.Option(help="asked, bounced or complained.")] = "asked",
    lift: Annotated[bool, typer.Option("--lift", help="Let letters go to it again.")] = False,
) -> None:
    """Write to an address no more than the law or a contract demands."""
    start_django()
    from afterword.cli.people import hold_back

    hold_back(email=email, because=because, lift=lift)


@people_app.command("remove")
def people_remove(
    account: Annotated[str, typer.Argument(help="The customer's account id.")],
    contact: Annotated[str, typer.Option(help="The address of one contact; the rest stays.")] = "",
    despite_owed: Annotated[
        bool, typer.Option("--despite-owed", help="Although a letter that must be sent waits.")
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would happen.")] = False,
) -> None:
    """Remove a customer, or one contact. Letters that left stay counted, without an address."""
    start_django()
    from afterword.cli.people import remove

    remove(account=account, contact=contact, despite_owed=despite_owed, yes=yes, dry_run=dry_run)


Run = Annotated[int, typer.Argument(help="The number of the run, as `mailings list` has it.")]
Reason = Annotated[str, typer.Option(help="Why; kept in the log.")]
Yes = Annotated[bool, typer.Option("--yes", help="Do not ask.")]
Only = Annotated[bool, typer.Option("--dry-run", help="Say what would happen.")]


@mailings_app.command("list")
def mailings_list() -> None:
    """Say how far the newest runs of letters are."""
    start_django()
    from afterword.cli.mailings import listed

    listed()


@mailings_app.command("send-again")
def mailings_send_again(
    run: Run, reason: Reason = "", yes: Yes = False, dry_run: Only = False
) -> None:
    """Send again what a run gave up: the same letters, and only to whoever may still get them."""
    start_django()
    from afterword.cli.mailings import send_again

    send_again(number=run, reason=reason, yes=yes, dry_run=dry_run)


@mailings_app.command("lift-quarantines")
def mailings_lift_quarantines(
    run: Run, reason: Reason = "", yes: Yes = False, dry_run: Only = False
) -> None:
    """Let mail go again to the addresses that a run's refusals stopped."""
    start_django()
    from afterword.cli.mailings import lift_quarantines

    lift_quarantines(number=run, reason=reason, yes=yes, dry_run=dry_run)


@bounces_app.callback()
def bounces() -> None:
    """Mail that came back, and complaints."""


@bounces_app.command("read")
def bounces_read(
    source: Annotated[
        str, typer.Argument(help="A mail, an mbox file or a Maildir; - is standard input.")
    ] = "-",
    to: Annotated[
        str, typer.Option("--to", help="The address it was sent to, where the mail does not say.")
    ] = "",
) -> None:
    """Read mail that came back: stop what goes to addresses that are gone or complained."""
    start_django()
    from afterword.cli.bounces import read

    read(source=source, sent_to=to)


def main() -> None:
    """Entry point of the console script."""
    app()


if __name__ == "__main__":
    main()
