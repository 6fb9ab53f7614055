"""``afterword mailings``: runs of letters, what they gave up, and sending that again."""

import typer

from afterword.accounts.permissions import MACHINE
from afterword.audience.queries.stopped import stopped_by
from afterword.cli.answers import refusals_in_words
from afterword.components.queries import the_page
from afterword.fanout import actions as fanout
from afterword.fanout.again import to_send_again
from afterword.fanout.queries import about_of, newest_runs, run_of
from afterword.kit import clock
from afterword.kit.timespans import iso_utc

_LISTED = 20


def listed() -> None:
    """Say how far the newest runs are."""
    with refusals_in_words():
        runs = newest_runs(the_page(), limit=_LISTED)
    for run in runs:
        states = run.counted.states
        typer.echo(
            f"{run.mailing.pk:>6}  {iso_utc(run.mailing.started_at)}  {states['sent']:,} sent, "
            f"{run.counted.unsent:,} to leave, {states['failed']:,} given up  "
            f"{run.mailing.publication.title}"
        )
    if not runs:
        typer.echo("Nothing has been mailed yet.")


def send_again(*, number: int, reason: str, yes: bool, dry_run: bool) -> None:
    """Say what of a run can be sent again, ask, and let it leave."""
    with refusals_in_words():
        now = clock.now()
        run = run_of(the_page(), number)
        again = to_send_again(run.mailing, now)
        typer.echo(
            f"{run.mailing.publication.title}: {run.counted.states['failed']:,} given up, "
            f"{again.count:,} of them can be sent again."
        )
        for count, why in again.left_out:
            typer.echo(f"  {count:,} {why}")
        if again.never:
            typer.echo(f"  {again.never}")
        if dry_run:
            return
        if again.letters and not yes:
            typer.confirm(f"Send these {again.count:,} again?", abort=True)
        done = fanout.send_again(
            actor=MACHINE, now=now, mailing=run.mailing, reason=reason, expected=again.count
        )
    typer.echo(f"{done:,} will be sent again.")


def lift_quarantines(*, number: int, reason: str, yes: bool, dry_run: bool) -> None:
    """Say whom a run's refusals stopped, ask, and let letters go to them again."""
    with refusals_in_words():
        run = run_of(the_page(), number)
        stopped = stopped_by(run.mailing.publication.page, about_of(run.mailing.publication))
        typer.echo(f"{run.mailing.publication.title}: {len(stopped):,} addresses were stopped.")
        if dry_run:
            return
        if stopped and not yes:
            typer.confirm(f"Let letters go to these {len(stopped):,} again?", abort=True)
        done = fanout.lift_quarantines(
            actor=MACHINE, now=clock.now(), mailing=run.mailing, reason=reason
        )
    typer.echo(
        f"{done:,} get mail again. `afterword mailings send-again {number}` sends them this."
    )
