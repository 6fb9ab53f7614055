"""Which command was asked for, and how each of them ends."""

import argparse
import gc
import os
import sys
from collections.abc import Callable, Sequence
from importlib import import_module
from types import ModuleType
from typing import Final, NoReturn

from plaintalk.cli.kept_needs import kept_needs
from plaintalk.cli.kept_patterns import kept_patterns
from plaintalk.cli.misuse import FOUND, MISUSE, Misuse
from plaintalk.version import __version__

COMMANDS: Final = {
    "check": "check texts",
    "draft": "write an honest first text from the record",
    "rules": "list every rule",
    "explain": "explain one rule",
    "export": "write the rules for another checker",
    "lsp": "serve editors on standard input and output",
}


_COLUMNS: Final = 80
_RARELY: Final = 100_000
"""Objects made between two collections of garbage."""


class Parser(argparse.ArgumentParser):
    """A parser that says what is wrong in one line."""

    def _get_formatter(self) -> argparse.HelpFormatter:
        # Asked for with every option; without a width it loads modules for archives to find one.
        formatter: Callable[..., argparse.HelpFormatter] = self.formatter_class
        return formatter(prog=self.prog, width=_width())

    def error(self, message: str) -> NoReturn:
        """Say it on standard error and exit with 2."""
        print(f"plaintalk: {message}. Try: {self.prog} --help", file=sys.stderr)
        raise SystemExit(MISUSE)


def _width() -> int:
    """Columns for help: those of the terminal, two left free, as argparse has it."""
    columns = os.environ.get("COLUMNS", "")
    if columns.isdecimal() and int(columns) > 0:
        return int(columns) - 2
    try:
        # Standard output itself may be replaced.
        terminal = (sys.__stdout__ or sys.stdout).fileno()
        return (os.get_terminal_size(terminal).columns or _COLUMNS) - 2
    except (AttributeError, ValueError, OSError):
        return _COLUMNS - 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return the exit status."""
    # What a command makes, it keeps until it ends; there is little to collect on the way.
    gc.set_threshold(_RARELY)
    given = list(sys.argv[1:] if arguments is None else arguments)
    if not given or given[0] not in COMMANDS:
        return _without_command(given)
    command = import_module(f"plaintalk.cli.{given[0]}")
    with kept_needs(), kept_patterns():
        return _run(command, given)


def _run(command: ModuleType, given: Sequence[str]) -> int:
    """Run one command and return its exit status."""
    parser = Parser(prog=f"plaintalk {given[0]}", description=command.__doc__)
    command.declare(parser)
    try:
        status: int = command.run(parser.parse_args(given[1:]))
        sys.stdout.flush()
    except Misuse as problem:
        print(f"plaintalk: {problem}", file=sys.stderr)
        return MISUSE
    except BrokenPipeError:
        # The reader has gone; nothing may complain about it while Python shuts down.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FOUND
    except KeyboardInterrupt:
        return 130
    return status


def _without_command(given: list[str]) -> NoReturn:
    """Help, version, or what is wrong with a command that does not exist."""
    parser = Parser(
        prog="plaintalk",
        description="Checks what a company writes after an incident, against the facts.",
        usage="plaintalk [--version] COMMAND …",
        epilog="\n".join(f"  {name:<9} {about}" for name, about in COMMANDS.items())
        + "\n\nplaintalk COMMAND --help says more.",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"plaintalk {__version__}")
    parser.add_argument("command", metavar="COMMAND", help="one of those below")
    command = parser.parse_args(given).command
    parser.error(f'there is no command "{command}"; there are {", ".join(COMMANDS)}')
