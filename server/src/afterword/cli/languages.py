"""``afterword languages``: which languages the public page is built in, and choosing them."""

from collections.abc import Sequence

import typer

from afterword.accounts.permissions import MACHINE
from afterword.components.actions import choose_languages
from afterword.components.queries import the_page
from afterword.kit import clock
from afterword.kit.errors import BadInput, NotFound
from afterword.kit.languages import KNOWN, own_name


def languages(codes: Sequence[str]) -> None:
    """Choose languages, or without any say which are chosen. Ends with 1 on a refusal."""
    try:
        page = the_page()
        if codes:
            page = choose_languages(actor=MACHINE, now=clock.now(), page=page, languages=codes)
    except (NotFound, BadInput) as refused:
        typer.echo(f"afterword: {refused.message}", err=True)
        raise typer.Exit(1) from refused
    first, *others = page.languages
    typer.echo(f"{own_name(first)} ({first}) at /")
    for code in others:
        typer.echo(f"{own_name(code)} ({code}) at /{code}/")
    if codes:
        typer.echo("The worker builds the pages anew; `afterword build-site` does it now.")
    elif left := [code for code in KNOWN if code not in page.languages]:
        typer.echo(f"There are also: {', '.join(left)}.")
