"""``afterword build-site``: every page of the public site anew, with progress."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import typer

from afterword.cli.answers import refusals_in_words
from afterword.kit import clock
from afterword.site_builder.actions import NotAllBuilt, NotShared, build_all, site_dir

# In a log, a line now and then; a small site needs none.
_LINES = 10
_WORTH_A_LINE = 500


def build() -> None:
    """Build the site and say what changed. Ends with 1, and what to do, when it cannot."""
    shown = _bar if sys.stderr.isatty() else _lines
    try:
        with refusals_in_words(), shown() as progress:
            changed = build_all(now=clock.now(), progress=progress)
    except NotAllBuilt as some:
        for place, fault in sorted(some.faults.items()):
            typer.echo(f"afterword: {place} was not built, it stays as it was: {fault}", err=True)
        typer.echo("Everything else is up to date.", err=True)
        raise typer.Exit(1) from some
    except NotShared as wrong:
        typer.echo(
            f"afterword: the site is built in {site_dir()}, but the shared storage did not take it "
            f"({wrong}). It stays asked for; `afterword doctor` says more.",
            err=True,
        )
        raise typer.Exit(1) from wrong
    except OSError as wrong:
        typer.echo(
            f"afterword: {site_dir()} cannot be written ({wrong.strerror or wrong}). What was "
            "there stays; `afterword doctor` says more.",
            err=True,
        )
        raise typer.Exit(1) from wrong
    where = site_dir()
    if changed:
        typer.echo(f"{len(changed)} files written in {where}")
    else:
        typer.echo(f"Nothing to do: {where} is up to date.")


@contextmanager
def _bar() -> Iterator[Callable[[int, int], None]]:
    with typer.progressbar(
        length=1, label="Building", show_pos=True, file=sys.stderr, update_min_steps=1
    ) as bar:

        def show(done: int, whole: int) -> None:
            bar.length = whole
            bar.update(done - bar.pos)

        yield show


@contextmanager
def _lines() -> Iterator[Callable[[int, int], None]]:
    def say(done: int, whole: int) -> None:
        if whole >= _WORTH_A_LINE and done * _LINES // whole > (done - 1) * _LINES // whole:
            typer.echo(f"{done} of {whole} places", err=True)

    yield say
