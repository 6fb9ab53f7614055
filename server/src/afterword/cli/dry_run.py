"""``afterword dry-run``: the letters a text would make, as files to look at."""

from pathlib import Path

import typer

from afterword.accounts.permissions import MACHINE
from afterword.cli.answers import refusals_in_words
from afterword.components.queries import the_page
from afterword.fanout.actions import letters_of
from afterword.kit import clock
from afterword.kit.errors import BadInput
from afterword.publishing.actions import would_leave
from afterword.statements.queries import statement_by_public_id


def dry_run(*, text: str, folder: Path, most: int) -> None:
    """Write at most ``most`` letters into the folder, and say how many there are."""
    with refusals_in_words():
        now = clock.now()
        publication = would_leave(statement=statement_by_public_id(the_page(), text), now=now)
        mails = list(letters_of(actor=MACHINE, now=now, publication=publication, most=most))
        try:
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            if any(folder.iterdir()):
                raise BadInput(f"{folder} is not empty. Name a folder for these letters alone.")
            for each in mails:
                (folder / each.name).write_bytes(each.raw)
        except OSError as wrong:
            raise BadInput(f"{folder} cannot be written: {wrong.strerror or wrong}.") from wrong
    typer.echo(f"{len(mails)} letters in {folder}. Nothing was sent.")
