"""``afterword look``: colours, logo and address of the public page."""

from pathlib import Path
from typing import Any

import typer

from afterword.accounts.permissions import MACHINE
from afterword.cli.answers import refusals_in_words
from afterword.components.actions import set_look
from afterword.components.logos import LARGEST
from afterword.components.queries import look_of, the_page
from afterword.kit import clock
from afterword.kit.errors import BadInput


def change(
    *,
    light: str | None,
    dark: str | None,
    logo: Path | None,
    logo_dark: Path | None,
    url: str | None,
    plain: bool,
) -> None:
    """Change what is given and say how the page looks now; ``plain`` takes everything back."""
    with refusals_in_words():
        told: dict[str, Any] = {"accent_light": light, "accent_dark": dark, "url": url}
        told |= {name: _read(path) for name, path in (("logo", logo), ("logo_dark", logo_dark))}
        if plain:
            told |= {"accent_light": "", "accent_dark": "", "logo": b"", "logo_dark": b""}
        if any(value is not None for value in told.values()):
            set_look(actor=MACHINE, now=clock.now(), page=the_page(), **told)
        page = the_page()
        own = look_of(page)
    typer.echo(f"{page.name} at {page.url}")
    typer.echo(f"  on light ground: {(own and own.accent_light) or 'the usual colour'}")
    typer.echo(f"  on dark ground:  {(own and own.accent_dark) or 'the usual colour'}")
    typer.echo(f"  logo: {(own and own.logo_ending) or 'none'}")


def _read(path: Path | None) -> bytes | None:
    if path is None:
        return None
    try:
        with path.open("rb") as found:
            return found.read(LARGEST + 1)
    except OSError as wrong:
        raise BadInput(f"The logo {path} cannot be read: {wrong}.") from wrong
