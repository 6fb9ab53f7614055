"""The command line: `plaintalk check`, `plaintalk rules`, `plaintalk explain`.

Exit status: 0 nothing at or above the level, 1 findings, 2 the command could not be carried out.
"""

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final, NoReturn

from plaintalk import KINDS, RULES, Record, RecordError, Report, TextError, __version__
from plaintalk.engine import check
from plaintalk.finding import SEVERITIES
from plaintalk.output import json as json_output
from plaintalk.output import text as text_output
from plaintalk.record_reader import load_record
from plaintalk.rule import Rule

CLEAN: Final = 0
FOUND: Final = 1
MISUSE: Final = 2
MAX_BYTES: Final = 16_000_000

_RENDER = {"text": text_output.render, "json": json_output.render}


class _Misuse(Exception):
    """What the caller did wrong, in one line."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return the exit status."""
    parser = _parser()
    chosen = parser.parse_args(arguments)
    try:
        status: int = chosen.run(chosen)
    except _Misuse as problem:
        print(f"plaintalk: {problem}", file=sys.stderr)
        return MISUSE
    except BrokenPipeError:
        sys.stderr.close()
        return FOUND
    return status


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        print(f"plaintalk: {message}. Try: {self.prog} --help", file=sys.stderr)
        raise SystemExit(MISUSE)


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="plaintalk",
        description="Checks what a company writes after an incident, against the facts.",
    )
    parser.add_argument("--version", action="version", version=f"plaintalk {__version__}")
    commands = parser.add_subparsers(metavar="command", required=True)
    checking = commands.add_parser("check", help="check texts")
    checking.add_argument("files", nargs="+", metavar="FILE", help="a text; - reads standard input")
    checking.add_argument("--kind", choices=KINDS, default="summary", help="default: summary")
    checking.add_argument("--record", metavar="FILE", help="the facts, as JSON")
    checking.add_argument("--format", choices=sorted(_RENDER), default="text")
    checking.add_argument(
        "--fail-on",
        choices=SEVERITIES,
        default="error",
        help="exit with 1 at this severity or above (default: error)",
    )
    checking.add_argument(
        "--interim", action="store_true", help="the cause and the measures may still be open"
    )
    checking.set_defaults(run=_check)
    listing = commands.add_parser("rules", help="list every rule")
    listing.set_defaults(run=_rules)
    explaining = commands.add_parser("explain", help="explain one rule")
    explaining.add_argument("rule", metavar="RULE", help="an id such as MIN-01, or a name")
    explaining.set_defaults(run=_explain)
    return parser


def _check(chosen: argparse.Namespace) -> int:
    record = _record(chosen.record) if chosen.record else None
    if chosen.files.count("-") > 1 or ("-" in chosen.files and chosen.record == "-"):
        raise _Misuse("standard input can be read only once")
    documents: list[tuple[str, str, Report]] = []
    for name in chosen.files:
        text = _text(name)
        try:
            report = check(text, chosen.kind, record, interim=chosen.interim)
        except TextError as problem:
            raise _Misuse(f"{name}: {problem}") from None
        documents.append((name, text, report))
    _write(_RENDER[chosen.format](documents))
    level = SEVERITIES.index(chosen.fail_on)
    worst = [report.worst() for _, _, report in documents]
    return FOUND if any(w and SEVERITIES.index(w) <= level for w in worst) else CLEAN


def _write(text: str) -> None:
    """Write UTF-8 whatever the terminal believes, with line feeds as they are."""
    sys.stdout.flush()
    sys.stdout.buffer.write(text.encode("utf-8"))
    sys.stdout.buffer.flush()


def _bytes(name: str) -> bytes:
    try:
        if name == "-":
            content = sys.stdin.buffer.read(MAX_BYTES + 1)
        else:
            with Path(name).open("rb") as file:
                content = file.read(MAX_BYTES + 1)
    except OSError as problem:
        raise _Misuse(f"{name}: {problem.strerror or problem}") from None
    if len(content) > MAX_BYTES:
        raise _Misuse(f"{name}: larger than {MAX_BYTES:,} bytes")
    return content


def _text(name: str) -> str:
    content = _bytes(name)
    try:
        return content.decode("utf-8-sig" if content.startswith(b"\xef\xbb\xbf") else "utf-8")
    except UnicodeDecodeError as problem:
        raise _Misuse(f"{name}: not UTF-8 (byte {problem.start})") from None


def _record(name: str) -> Record:
    try:
        loaded = json.loads(_text(name))
    except json.JSONDecodeError as problem:
        place = f"line {problem.lineno}, column {problem.colno}"
        raise _Misuse(f"{name}: not JSON: {problem.msg} ({place})") from None
    except RecursionError:
        raise _Misuse(f"{name}: nested too deeply") from None
    try:
        return load_record(loaded)
    except RecordError as refused:
        faults = "\n".join(f"  {path or '(top)'} {message}" for path, message in refused.problems)
        raise _Misuse(f"{name}: the record cannot be used:\n{faults}") from None


def _rules(_: argparse.Namespace) -> int:
    width = max(len(rule.name) for rule in RULES)
    _write(
        "".join(
            f"{rule.id}  {rule.name:<{width}}  {rule.severity:<10}  {rule.category}\n"
            for rule in RULES
        )
    )
    return CLEAN


def _explain(chosen: argparse.Namespace) -> int:
    wanted = chosen.rule.strip().lower()
    for rule in RULES:
        if wanted in (rule.id.lower(), rule.name):
            _write(_page(rule))
            return CLEAN
    raise _Misuse(f'there is no rule "{chosen.rule}"; "plaintalk rules" lists them')


def _page(rule: Rule) -> str:
    lines = [
        f"{rule.id} {rule.name}",
        f"{rule.severity}, {rule.category}; checked in: {', '.join(rule.kinds)}",
        *(f"{severity} in {kind}" for kind, severity in rule.in_kinds.items()),
        "",
        rule.message,
    ]
    if rule.better:
        lines.append(f"Better: {rule.better}")
    if rule.two_person_override:
        lines.append("To publish in spite of it, a second person has to agree.")
    lines += ["", "Found in:", *(f"  {_line(one.text)}" for one in rule.bad)]
    lines += ["", "Not found in:", *(f"  {_line(one.text)}" for one in rule.good)]
    lines += ["", f"Source: {rule.source}", ""]
    return "\n".join(lines)


def _line(text: str) -> str:
    return " / ".join(part for part in text.split("\n") if part)


if __name__ == "__main__":
    sys.exit(main())
