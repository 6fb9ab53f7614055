"""``afterword bounces read``: mail that came back, from a mail server's pipe or from a mailbox."""

import os
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import typer
from django.db import DatabaseError

from afterword.audience.actions.coming_back import Became, read_maildir, take_in_mail
from afterword.cli.answers import refusals_in_words
from afterword.kit import clock
from afterword.kit.errors import BadInput
from afterword.postbox.mailboxes import is_maildir, mails_in

TRY_AGAIN = 75
"""What tells a mail server to keep the mail and try later (EX_TEMPFAIL of sysexits.h)."""


def read(*, source: str, sent_to: str) -> None:
    """Read a mail, an mbox or a Maildir and say what came of it.

    Ends with 75 when the database is away, so that a mail server keeps the mail.
    """
    counted: Counter[Became] = Counter()
    with refusals_in_words():
        try:
            if source != "-" and Path(source).is_dir():
                counted.update(_maildir(Path(source)))
            else:
                for raw in _mails(source):
                    counted[_taken(raw, sent_to)] += 1
        except DatabaseError as wrong:
            typer.echo(f"afterword: the database refused: {wrong}", err=True)
            raise typer.Exit(TRY_AGAIN) from wrong
    told = ", ".join(f"{count:,} {became.value}" for became, count in counted.items())
    typer.echo(told or "Nothing to read.")


def _taken(raw: bytes, sent_to: str) -> Became:
    # Postfix names the address a piped mail was sent to in these.
    named = (sent_to, os.environ.get("ORIGINAL_RECIPIENT", ""), os.environ.get("RECIPIENT", ""))
    return take_in_mail(now=clock.now(), raw=raw, sent_to=tuple(each for each in named if each))


def _maildir(folder: Path) -> dict[Became, int]:
    if not is_maildir(folder):
        raise BadInput(f"{folder} is no Maildir: it has no folders new and cur.")
    total: Counter[Became] = Counter()
    while found := read_maildir(now=clock.now(), folder=folder):
        total.update(found)
    return total


def _mails(source: str) -> Iterator[bytes]:
    if source == "-":
        yield from mails_in(sys.stdin.buffer)
        return
    try:
        with Path(source).open("rb") as file:
            yield from mails_in(file)
    except OSError as wrong:
        raise BadInput(f"{source} cannot be read: {wrong.strerror or wrong}.") from wrong
