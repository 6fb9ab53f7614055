"""Reading and writing lists as CSV, the way spreadsheets really save them. Pure.

Reads commas, semicolons or tabs, CRLF or LF, with or without a byte-order mark, quoted line
breaks inside cells. The file's shape must be sound as a whole; single rows are refused by line.
"""

import csv
import io
import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from afterword.kit.errors import BadInput

MAX_BYTES = 20_000_000
MAX_ROWS = 200_000
_DELIMITERS = (",", ";", "\t")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_FORMULA = re.compile(r"'*[=+\-@\t\r]")


@dataclass(frozen=True)
class Row:
    """One row: the line of the file it begins on (1 is the first) and its cells by column."""

    line: int
    cells: dict[str, str]


@dataclass(frozen=True)
class Sheet:
    """A read file: sound rows, refused ones with the reason, columns nobody asked for."""

    columns: frozenset[str]
    rows: list[Row]
    refused: list[tuple[int, str]]
    ignored_columns: tuple[str, ...]


def read_sheet(raw: str | bytes, *, required: Sequence[str], optional: Collection[str]) -> Sheet:
    """Read a CSV file with a header row, columns in any order.

    Raises BadInput when the file as a whole cannot be trusted: over 20 MB or 200,000 rows, not
    UTF-8 or UTF-16, a quote that never closes, a missing, doubled or absent column.
    """
    text = _decoded(raw)
    delimiter, text, skipped = _delimiter_of(text, required)
    lines = _records(text, delimiter, skipped)
    names = _header(lines)
    _check_header(names, required)
    known = {*required, *optional}
    rows: list[Row] = []
    refused: list[tuple[int, str]] = []
    for line, cells in lines:
        if len(rows) + len(refused) >= MAX_ROWS:
            raise BadInput(f"The file has more than {MAX_ROWS:,} rows. Split it, please.")
        wrong = _row_problem(cells, names)
        if wrong:
            refused.append((line, wrong))
            continue
        named = zip(names, cells, strict=False)
        rows.append(Row(line, {name: _tidied(cell) for name, cell in named if name in known}))
    return Sheet(
        columns=frozenset(names) & known,
        rows=rows,
        refused=refused,
        ignored_columns=tuple(name for name in names if name and name not in known),
    )


def check_shape(raw: bytes, *, required: Sequence[str]) -> None:
    """Raise BadInput for what is wrong with a file as a whole and seen without reading its rows."""
    text = _decoded(raw)
    delimiter, text, skipped = _delimiter_of(text, required)
    _check_header(_header(_records(text, delimiter, skipped)), required)


def write_sheet(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return CSV text that a spreadsheet opens as text: no cell is taken for a formula.

    A cell that begins like one gets an apostrophe in front, which ``read_sheet`` takes off again.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([_guarded(cell) for cell in row] for row in rows)
    return out.getvalue()


def _decoded(raw: str | bytes) -> str:
    size = len(raw)
    if size > MAX_BYTES:
        raise BadInput(
            f"The file has {size / 1e6:.1f} MB; {MAX_BYTES / 1e6:.0f} MB is the most. "
            "Split it, or leave out columns that are not used here."
        )
    if isinstance(raw, str):
        return raw.removeprefix("\ufeff")
    encoding = "utf-16" if raw[:2] in {b"\xff\xfe", b"\xfe\xff"} else "utf-8-sig"
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError as wrong:
        line = raw.count(b"\n", 0, wrong.start) + 1
        raise BadInput(
            f"Line {line} holds bytes that are not UTF-8. Save the file as “CSV UTF-8”, then "
            "try again."
        ) from wrong


def _delimiter_of(text: str, required: Sequence[str]) -> tuple[str, str, int]:
    """Return the delimiter, the text from its header on, and how many lines were passed over."""
    first, _, rest = text.partition("\n")
    declared = re.fullmatch(r'"?sep=(.)"?\r?', first.strip(" "), re.IGNORECASE)
    if declared and declared[1] in _DELIMITERS:
        return declared[1], rest, 1

    def fits(delimiter: str) -> int:
        cells = {c.strip().strip('"').strip().lower() for c in first.split(delimiter)}
        return len(cells & set(required)) * 1000 + first.count(delimiter)

    return max(_DELIMITERS, key=fits), text, 0


def _records(text: str, delimiter: str, skipped: int) -> Iterator[tuple[int, list[str]]]:
    """Yield each record that is not empty, with the line it begins on."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    while True:
        begins = reader.line_num + 1 + skipped
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as wrong:
            raise BadInput(
                f"The row that begins on line {begins} cannot be read: {wrong}. "
                "A quote in it is probably not closed, or not doubled."
            ) from wrong
        if any(cell.strip() for cell in cells):
            yield begins, cells


def _header(lines: Iterator[tuple[int, list[str]]]) -> list[str]:
    _, header = next(lines, (1, []))
    return [" ".join(cell.split()).lower() for cell in header]


def _check_header(names: Sequence[str], required: Sequence[str]) -> None:
    wanted = ", ".join(required)
    missing = [name for name in required if name not in names]
    if missing:
        raise BadInput(
            f"The first row must name the columns; {', '.join(missing)} "
            f"{'is' if len(missing) == 1 else 'are'} missing. Needed: {wanted}.",
            dict.fromkeys(missing, "column missing"),
        )
    doubled = sorted({name for name in names if name and names.count(name) > 1})
    if doubled:
        raise BadInput(
            f"The column {doubled[0]!r} is there twice. Keep one of them.",
            {doubled[0]: "column doubled"},
        )


def _row_problem(cells: Sequence[str], names: Sequence[str]) -> str:
    extra = [cell for cell in cells[len(names) :] if cell.strip()]
    if extra or len(cells) < len(names):
        return f"has {len(cells)} cells where the header has {len(names)}"
    for name, cell in zip(names, cells, strict=False):
        found = _CONTROL.search(cell)
        if found:
            return f"{name} holds a control character (U+{ord(found[0]):04X})"
    return ""


def tidied(name: str, cell: str) -> str:
    """Return a text as a cell of a file gives it. Raises BadInput for control characters."""
    if found := _CONTROL.search(cell):
        raise BadInput(f"{name} holds a control character (U+{ord(found[0]):04X})")
    return " ".join(unicodedata.normalize("NFC", cell).split())


def _tidied(cell: str) -> str:
    text = " ".join(unicodedata.normalize("NFC", cell).split())
    return text[1:] if text.startswith("'") and _FORMULA.match(text) else text


def _guarded(cell: str) -> str:
    return f"'{cell}" if _FORMULA.match(cell) else cell
