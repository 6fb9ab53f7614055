"""Check texts: exit with 0 if they are clean, 1 if there are findings, 2 if it cannot be done."""

import argparse
from collections.abc import Callable
from datetime import datetime
from importlib import import_module
from pathlib import Path
from typing import Final

from plaintalk.checking import check
from plaintalk.cli.files import STANDARD_INPUT, read_record, read_text, write_out
from plaintalk.cli.misuse import CLEAN, FOUND, Misuse
from plaintalk.cli.settings import Settings, find_settings, load_settings
from plaintalk.document import KINDS
from plaintalk.finding import SEVERITIES, Report
from plaintalk.record import Record
from plaintalk.runs import word_runs
from plaintalk.text import TextError

FORMATS: Final = ("text", "json", "sarif", "github")


def declare(parser: argparse.ArgumentParser) -> None:
    """Add the options of this command."""
    parser.add_argument("files", nargs="+", metavar="FILE", help="a text; - reads standard input")
    parser.add_argument(
        "--kind", choices=KINDS, help="default: what the configuration says, then summary"
    )
    parser.add_argument("--record", metavar="FILE", help="the facts, as JSON")
    parser.add_argument("--format", choices=FORMATS, default="text")
    parser.add_argument(
        "--fail-on",
        choices=SEVERITIES,
        default="error",
        help="exit with 1 at this severity or above (default: error)",
    )
    parser.add_argument(
        "--interim", action="store_true", help="the cause and the measures may still be open"
    )
    parser.add_argument("--at", metavar="TIME", help="when it will be published: 2026-03-04T15:00Z")
    parser.add_argument(
        "--internal", metavar="FILE", help="the internal review, which must not be copied from"
    )
    where = parser.add_mutually_exclusive_group()
    where.add_argument("--config", metavar="FILE", help="default: the nearest plaintalk.toml")
    where.add_argument("--no-config", action="store_true", help="use no configuration file")


def run(chosen: argparse.Namespace) -> int:
    """Check every file and write what was found."""
    if [*chosen.files, chosen.record, chosen.internal, chosen.config].count(STANDARD_INPUT) > 1:
        raise Misuse("standard input can be read only once")
    settings = _settings(chosen)
    records: dict[str, Record] = {}
    at = _moment(chosen.at) if chosen.at else None
    is_internal = _internal(chosen.internal) if chosen.internal else None
    documents: list[tuple[str, str, Report]] = []
    for name in chosen.files:
        text = read_text(name)
        profile, kind = settings.choose(name, chosen.kind)
        facts = chosen.record or settings.record(name)
        if facts and facts not in records:
            records[facts] = read_record(facts)
        record = records[facts] if facts else None
        try:
            report = check(text, kind, record, profile, chosen.interim, at, is_internal)
        except TextError as problem:
            raise Misuse(f"{name}: {problem}") from None
        documents.append((name, text, report))
    write_out(import_module(f"plaintalk.output.{chosen.format}").render(documents))
    level = SEVERITIES.index(chosen.fail_on)
    worst = [report.worst() for _, _, report in documents]
    return FOUND if any(w and SEVERITIES.index(w) <= level for w in worst) else CLEAN


def _settings(chosen: argparse.Namespace) -> Settings:
    if chosen.no_config:
        return Settings()
    return load_settings(Path(chosen.config)) if chosen.config else find_settings(Path.cwd())


def _moment(written: str) -> datetime:
    try:
        moment = datetime.fromisoformat(written)
    except ValueError:
        raise Misuse(f'--at: "{written}" is no time like 2026-03-04T15:00Z') from None
    if moment.tzinfo is None:
        raise Misuse(f'--at: "{written}" has no time zone; add Z or an offset like +01:00')
    return moment


def _internal(name: str) -> Callable[[str], bool]:
    return frozenset(run for _, _, run in word_runs(read_text(name))).__contains__
