"""Fills the demo's own database, once, and tells the visitor what there is."""

import sys
import time
from pathlib import Path

import typer
from django.core.management import call_command

from afterword.cli.answers import refusals_in_words
from afterword.cli.migrate import pending
from afterword.components.queries import the_page
from afterword.demo import company
from afterword.demo.actions import seed
from afterword.kit import clock
from afterword.kit.errors import NotFound
from afterword.site_builder.actions import build_all


def fill(folder: Path) -> None:
    """Bring the demo's database and site to where a visitor can start. Safe to repeat."""
    with refusals_in_words():
        _seed_once(folder)
        began = time.monotonic()
        files = build_all(now=clock.now(), progress=_Progress("Building the public site"))
    took = time.monotonic() - began
    typer.echo(f"The public site is built: {len(files)} files changed ({took:.0f} s).")


def _seed_once(folder: Path) -> None:
    if pending():
        typer.echo("Creating the database …")
        call_command("migrate", interactive=False, verbosity=0)
    try:
        the_page()
    except NotFound:
        began = time.monotonic()
        seed(now=clock.now(), progress=_Progress("Writing 18 months of history"))
        typer.echo(f"The history is written ({time.monotonic() - began:.0f} s).")
    else:
        typer.echo(f"Using the demo in {folder} (--fresh starts it anew).")


def introduce(address: str) -> None:
    """Print where everything is and who may sign in."""
    typer.echo("")
    typer.echo(f"  Public page   {address}/")
    typer.echo(f"  Desk          {address}/desk/")
    typer.echo(f"  Outbox        {address}/desk/outbox/   (mail stays here; nothing is sent)")
    typer.echo("")
    typer.echo(f"  Sign in with the password  {company.PASSWORD}  as")
    for member in company.TEAM:
        typer.echo(f"    {member.email:32} {member.what}")
    typer.echo("")
    typer.echo("  One incident of this morning waits for its closure. Writing takes one person,")
    typer.echo("  approving another: write as Mara, approve as Ilse, publish as Jonah.")
    typer.echo("")


class _Progress:
    """A line that counts up on a terminal, and a line per quarter elsewhere."""

    def __init__(self, what: str) -> None:
        self.what = what
        self.shown = -1

    def __call__(self, done: int, of: int) -> None:
        percent = done * 100 // of if of else 100
        step = percent if sys.stdout.isatty() else percent // 25 * 25
        if step == self.shown:
            return
        self.shown = step
        if sys.stdout.isatty():
            typer.echo(f"\r{self.what}: {percent:3} %", nl=done == of)
        else:
            typer.echo(f"{self.what}: {percent} %")
