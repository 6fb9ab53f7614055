"""How the command line answers a refusal: one message on standard error, exit code 1."""

from collections.abc import Iterator
from contextlib import contextmanager

import typer
from django.db import OperationalError, ProgrammingError

from afterword.kit.errors import BadInput, Refusal


@contextmanager
def refusals_in_words() -> Iterator[None]:
    """End the command with the refusal's own words instead of a traceback."""
    try:
        yield
    except Refusal as refusal:
        typer.echo(f"afterword: {refusal.message}", err=True)
        if isinstance(refusal, BadInput):
            for where, why in refusal.problems.items():
                if why not in refusal.message:
                    typer.echo(f"  {where}: {why}", err=True)
        raise typer.Exit(1) from refusal
    except (OperationalError, ProgrammingError) as wrong:
        typer.echo(
            f"afterword: the database refused: {wrong}\n"
            "  `afterword doctor` says what is wrong; `afterword migrate` adds missing tables.",
            err=True,
        )
        raise typer.Exit(1) from wrong
