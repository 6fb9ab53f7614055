"""``afterword verify-log``: whether a publication log is whole, and the same as it was."""

import json
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import typer

from afterword.cli.answers import refusals_in_words
from afterword.cli.import_ import read_source
from afterword.kit.errors import BadInput
from afterword.publishing.log_lines import LETTER, Verdict, compare, verify

MOST_FILES = 100_000


def verify_log(*, source: str, earlier: str, save: Path | None) -> None:
    """Say what was found; ends with 1 when the log is broken or something was rewritten."""
    with refusals_in_words():
        raw = read_log(source)
        before = read_log(earlier) if earlier else None
    verdict = verify(_lines(raw))
    troubles = list(verdict.broken)
    _say(source, verdict)
    if before is not None:
        troubles += _compared(earlier, verify(_lines(before)), verdict)
    if troubles:
        raise typer.Exit(1)
    if save is not None:
        with refusals_in_words():
            _keep(save, raw)
        typer.echo(f"Kept in {save}.")


def read_log(source: str) -> bytes:
    """Return the log as one text: of a file, of a folder's parts in order, or from an address.

    Raises BadInput when it cannot be read.
    """
    if source.lower().startswith(("http://", "https://")):
        return _fetched(source)
    folder = Path(source)
    if not folder.is_dir():
        return read_source(source)
    inside = folder / "log" if (folder / "log").is_dir() else folder
    parts = sorted(inside.glob("*.jsonl"))
    if not parts:
        raise BadInput(f"{source} holds no part of a log (*.jsonl).")
    return b"".join(read_source(str(part)) for part in parts)


def _fetched(address: str) -> bytes:
    """Follow ``/log.json`` to its parts. Any address of the page leads there."""
    if urlsplit(address).path.endswith(".jsonl"):
        return read_source(address)
    head_at = urljoin(address, "/log.json")
    try:
        head = json.loads(read_source(head_at))
        first, files = str(head["first_file"]), int(head["files"])
    except (ValueError, KeyError, TypeError) as wrong:
        raise BadInput(f"{head_at} is not the head of a publication log.") from wrong
    if not 1 <= files <= MOST_FILES:
        raise BadInput(f"{head_at} names {files} files; that is no log of ours.")
    parts = []
    for number in range(1, files + 1):
        name = first.replace(f"{1:06}", f"{number:06}")
        parts.append(read_source(urljoin(head_at, name)))
    return b"".join(parts)


def _lines(raw: bytes) -> list[str]:
    # Only a line feed ends a line: words may hold other characters that Python splits at.
    text = raw.decode("utf-8", "replace")
    return (text.removesuffix("\n")).split("\n") if text else []


def _say(source: str, verdict: Verdict) -> None:
    if not verdict.whole:
        typer.echo(f"BROKEN: {source}")
        for sentence in verdict.broken:
            typer.echo(f"  {sentence}")
        typer.echo(f"  {verdict.lines} publications before that fit together.")
        return
    letters = sum(why == LETTER for why in verdict.withheld.values())
    typer.echo(f"Whole: {verdict.lines} publications, each committing to the one before it.")
    typer.echo(f"  Hash of the newest: {verdict.head}")
    if letters:
        typer.echo(f"  {letters} are letters to particular people; the log keeps their hash alone.")
    for number, why in verdict.withheld.items():
        if why != LETTER:
            typer.echo(f"  Publication {number} was retracted by publication {why.split()[-1]}.")


def _compared(name: str, before: Verdict, now: Verdict) -> list[str]:
    if not before.whole:
        typer.echo(f"The earlier copy {name} is broken itself: {before.broken[0]}")
        return before.broken
    differences = compare(before, now)
    for sentence in differences:
        typer.echo(f"REWRITTEN: {sentence}")
    if not differences and now.whole:
        typer.echo(
            f"Nothing was rewritten since {name}: its {before.lines} publications are the same, "
            f"{now.lines - before.lines} came after."
        )
    return differences


def _keep(path: Path, raw: bytes) -> None:
    try:
        with path.open("xb") as kept:
            kept.write(raw)
    except OSError as wrong:
        raise BadInput(
            f"{path} cannot be written: {wrong.strerror}. An earlier copy is never written over."
        ) from wrong
