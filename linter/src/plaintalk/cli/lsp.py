"""Serve editors on standard input and output (Language Server Protocol)."""

import argparse
from pathlib import Path
from threading import Thread
from urllib.parse import unquote, urlsplit

from plaintalk.cli.files import STANDARD_INPUT, read_record
from plaintalk.cli.misuse import CLEAN, Misuse
from plaintalk.cli.settings import find_settings, load_settings
from plaintalk.compiled import COMPILED
from plaintalk.document import KINDS
from plaintalk.profiles import DEFAULT_PROFILE
from plaintalk.warming import warm_up


def declare(parser: argparse.ArgumentParser) -> None:
    """Add the options of this command."""
    parser.add_argument("--stdio", action="store_true", help="the default; editors like to say it")
    parser.add_argument(
        "--kind", choices=KINDS, help="default: what the configuration says, then summary"
    )
    parser.add_argument("--record", metavar="FILE", help="the facts, as JSON; read again on save")
    parser.add_argument("--config", metavar="FILE", help="default: the nearest plaintalk.toml")


def run(chosen: argparse.Namespace) -> int:
    """Serve until the editor leaves."""
    try:
        # Part of an extra, and never wanted by the other commands.
        from plaintalk.lsp.server import Choice, serve  # noqa: PLC0415
    except ModuleNotFoundError as missing:
        if (missing.name or "").split(".")[0] == "plaintalk":
            raise
        raise Misuse('the editor server needs the extra "lsp": plaintalk[lsp]') from None

    def choose(uri: str) -> Choice:
        name = _path(uri)
        kind = chosen.kind
        try:
            start = Path(name).parent if name != STANDARD_INPUT else Path.cwd()
            settings = load_settings(Path(chosen.config)) if chosen.config else find_settings(start)
            profile, kind = settings.choose(name, kind)
            facts = chosen.record or settings.record(name)
            record = read_record(facts) if facts else None
        except Misuse as problem:
            return Choice(DEFAULT_PROFILE, kind or "summary", None, f"plaintalk: {problem}")
        return Choice(profile, kind, record)

    # Keeping thousands of patterns would only make the other commands read them all.
    COMPILED.stop()
    Thread(target=warm_up, name="plaintalk-warm-up", daemon=True).start()
    serve(choose).start_io()
    return CLEAN


def _path(uri: str) -> str:
    """The path of a file's address; a text without a file counts as standard input."""
    parts = urlsplit(uri)
    if parts.scheme != "file":
        return STANDARD_INPUT
    path = unquote(parts.path)
    # file:///C:/folder
    return path[1:] if len(path) > 2 and path[0] == "/" and path[2] == ":" else path
