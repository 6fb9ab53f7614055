"""``afterword verify-audit``: whether the audit log is whole, here or as it was exported."""

import typer

from afterword.audit.chain import Checked, check_lines
from afterword.audit.queries import checked
from afterword.cli.answers import refusals_in_words
from afterword.cli.import_ import read_source

_SHOWN = 20


def verify_audit(*, file: str) -> None:
    """Say what was found; ends with 1 when something was changed, lost or put in."""
    with refusals_in_words():
        found = check_lines(_lines(file)) if file else checked()
    name = file or "The audit log of this database"
    for sentence in found.broken[:_SHOWN]:
        typer.echo(f"BROKEN: {sentence}")
    if len(found.broken) > _SHOWN:
        typer.echo(f"and {len(found.broken) - _SHOWN} more.")
    if found.broken:
        raise typer.Exit(1)
    _say(name, found)


def _say(name: str, found: Checked) -> None:
    if not found.entries:
        typer.echo(f"{name} holds no entry.")
        return
    span = f"{found.entries} entries, {found.first} to {found.last}"
    if found.left_out:
        typer.echo(
            f"{name}: {span}, each as it was written. Others are left out in {found.left_out} "
            "places, as a search does; only a whole export shows that nothing is missing."
        )
    else:
        typer.echo(f"{name} is whole: {span}, each committing to the one before it.")
    typer.echo(f"  Hash of the newest: {found.head}")


def _lines(file: str) -> list[str]:
    return read_source(file).decode("utf-8", "replace").split("\n")
