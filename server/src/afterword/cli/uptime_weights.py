"""``afterword uptime-weights``: how much of the time in each status counts as downtime."""

import typer

from afterword.accounts.permissions import MACHINE
from afterword.components.actions import set_uptime_weights
from afterword.components.models import ComponentStatus
from afterword.components.queries import the_page, weights_of
from afterword.kit import clock
from afterword.kit.errors import BadInput, NotFound


def weigh(*, degraded: int | None, partial: int | None, major: int | None) -> None:
    """Set the weights that are given (per cent), keep the others, and say all of them.

    Ends with 1 without a page, and with 2 for what is no percentage.
    """
    told = {
        str(ComponentStatus.DEGRADED): degraded,
        str(ComponentStatus.PARTIAL): partial,
        str(ComponentStatus.MAJOR): major,
    }
    given = {status: percent for status, percent in told.items() if percent is not None}
    try:
        page = the_page()
        if given:
            weights = weights_of(page) | given
            set_uptime_weights(actor=MACHINE, now=clock.now(), page=page, weights=weights)
            page.refresh_from_db()
    except NotFound as missing:
        typer.echo(f"afterword: {missing.message}", err=True)
        raise typer.Exit(1) from missing
    except BadInput as refusal:
        typer.echo(f"afterword: {refusal.message}", err=True)
        raise typer.Exit(2) from refusal
    for status, percent in weights_of(page).items():
        typer.echo(f"{status}: {percent}%")
    if given:
        typer.echo("Pages are built with these from the worker's next round on.")
