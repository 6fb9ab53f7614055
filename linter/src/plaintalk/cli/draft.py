"""Write an honest first text from the record alone, with a visible blank for each missing fact."""

import argparse

from plaintalk.cli.files import read_record, write_out
from plaintalk.cli.misuse import CLEAN
from plaintalk.drafts import DRAFTED, draft

_LETTERS = ("follow_up", "data_notice")


def declare(parser: argparse.ArgumentParser) -> None:
    """Add the options of this command."""
    parser.add_argument("--kind", choices=DRAFTED, required=True)
    parser.add_argument("--record", metavar="FILE", required=True, help="the facts, as JSON")
    parser.add_argument("--contact", help="where readers can turn; default: the record's own")


def run(chosen: argparse.Namespace) -> int:
    """Write the title (of a letter: the subject) and the text."""
    title, body = draft(chosen.kind, read_record(chosen.record), chosen.contact)
    head = f"Subject: {title}" if chosen.kind in _LETTERS else f"# {title}"
    write_out(f"{head}\n\n{body}")
    return CLEAN
