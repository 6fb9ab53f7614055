"""``afterword build-site``: every page of the public site anew, with progress."""

import sys

import typer

from afterword.kit import clock
from afterword.kit.errors import NotFound
from afterword.site_builder.actions import NotAllBuilt, build_all, site_dir


def build() -> None:
    """Build the site and say what changed. Ends with 1, and what to do, without a page."""
    try:
        changed = build_all(now=clock.now(), progress=_show if sys.stderr.isatty() else None)
    except NotFound as missing:
        typer.echo(f"afterword: {missing.message}", err=True)
        raise typer.Exit(1) from missing
    except NotAllBuilt as some:
        for place, fault in sorted(some.faults.items()):
            typer.echo(f"afterword: {place} was not built, it stays as it was: {fault}", err=True)
        typer.echo("Everything else is up to date.", err=True)
        raise typer.Exit(1) from some
    where = site_dir()
    if changed:
        typer.echo(f"{len(changed)} files written in {where}")
    else:
        typer.echo(f"Nothing to do: {where} is up to date.")


def _show(done: int, whole: int) -> None:
    sys.stderr.write(f"\r{done} of {whole} places" + ("\n" if done == whole else ""))
    sys.stderr.flush()
