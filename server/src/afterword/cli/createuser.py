"""``afterword createuser``: somebody who can sign in to the desk."""

import sys
from collections.abc import Iterable
from pathlib import Path

import typer

from afterword.accounts.actions import create_person, refuse_weak
from afterword.accounts.models import Role
from afterword.accounts.permissions import MACHINE
from afterword.cli.answers import refusals_in_words
from afterword.kit import clock
from afterword.kit.errors import BadInput


def create(*, email: str, name: str, roles: Iterable[str], password_file: Path | None) -> None:
    """Create the person; the password comes from a file (``-`` for standard input) or a prompt."""
    with refusals_in_words():
        held = roles_named(roles)
        password = read_password(password_file)
        person = create_person(
            actor=MACHINE, now=clock.now(), email=email, name=name, password=password, roles=held
        )
    labels = ", ".join(role.label for role in held)
    typer.echo(f"{person.name} can sign in at /desk/ as {person.email} ({labels}).")


def roles_named(names: Iterable[str]) -> list[Role]:
    """Return the roles, each once. Raises BadInput for an unknown name."""
    asked = [part.strip().lower() for name in names for part in name.split(",") if part.strip()]
    unknown = sorted(set(asked) - set(Role.values))
    if unknown or not asked:
        wrong = f"There is no role {', '.join(unknown)}." if unknown else "Give at least one role."
        raise BadInput(f"{wrong} Use {', '.join(Role.values)}.")
    return [Role(name) for name in dict.fromkeys(asked)]


def read_password(path: Path | None) -> str:
    """Return the first line of the file, or what was typed twice.

    Raises BadInput when the file cannot be read or the password is weak.
    """
    if path is None:
        password = typer.prompt("Password", hide_input=True, confirmation_prompt=True)
    elif str(path) == "-":
        password = sys.stdin.readline().rstrip("\r\n")
    else:
        password = _first_line(path)
    refuse_weak(password)
    return str(password)


def _first_line(path: Path) -> str:
    try:
        with path.open(encoding="utf-8") as lines:
            return lines.readline().rstrip("\r\n")
    except (OSError, UnicodeDecodeError) as wrong:
        raise BadInput(f"The password file {path} cannot be read: {wrong}.") from wrong
