"""``afterword take-off-second-step``: for when no administrator can get in to do it."""

import typer

from afterword.accounts.actions import take_off_second_steps
from afterword.accounts.permissions import MACHINE
from afterword.accounts.queries import person_by_email
from afterword.cli.answers import refusals_in_words
from afterword.kit import clock
from afterword.kit.errors import NotFound


def take_off(*, email: str) -> None:
    """Leave the person with the password alone, signed out everywhere; it is in the log."""
    with refusals_in_words():
        person = person_by_email(email)
        if person is None:
            raise NotFound(f"Nobody has the address {email}.")
        take_off_second_steps(actor=MACHINE, now=clock.now(), person=person)
    typer.echo(
        f"{person.name} signs in with the password alone, and sets up a second step anew if "
        "AFTERWORD_SECOND_STEP_FOR asks for one."
    )
