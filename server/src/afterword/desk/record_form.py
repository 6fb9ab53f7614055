"""Between the record (schema plaintalk-record/1) and what a person typed into its form."""

import copy
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

from afterword.desk.record_fields import PARTS, ROWS, SLA, SLA_KNOWN, Field, Rows
from afterword.desk.shell import normal_newlines
from afterword.kit.timespans import iso_utc, year_problem

LONGEST = 10_000
MOST_ROWS = 1000
_MOMENT = re.compile(
    r"(\d{4}-\d{2}-\d{2})[T ]+(\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?)\s*(Z|UTC|[+-]\d{2}:?\d{2})?",
    re.I,
)

Typed = dict[str, str]


@dataclass
class Reading:
    """What came out of a submitted form: the record, what was typed, and what could not be read."""

    data: dict[str, Any]
    typed: Typed
    problems: dict[str, str] = field(default_factory=dict)


def typed_from(data: Mapping[str, Any]) -> Typed:
    """Return what each field of the form shows for this record."""
    typed: Typed = {}
    for asked in fixed_fields():
        typed[asked.path] = _show(asked, _get(data, asked.path))
        if asked.basis:
            typed[asked.basis] = _basis_of(_get(data, asked.path), _get(data, asked.basis))
    for rows in ROWS:
        for index, row in enumerate(_get(data, rows.path) or []):
            typed.update(_row_typed(rows, index, row if isinstance(row, dict) else {}))
    listed = data.get(SLA.path)
    typed[SLA_KNOWN.path] = "unknown" if listed is None else "listed" if listed else "none"
    return typed


def read_form(posted: Mapping[str, str], base: Mapping[str, Any]) -> Reading:
    """Return the record that the form describes.

    ``base`` is the record in force: facts the form does not ask for stay as they are there, and a
    time that was left untouched keeps its seconds. Fields missing from ``posted`` are untouched.
    """
    before = typed_from(base)
    reading = Reading(copy.deepcopy(dict(base)), dict(before))
    for asked in fixed_fields():
        if asked.path in posted:
            _read_fixed(reading, asked, posted, before)
    for asked in fixed_fields():
        if asked.basis and asked.path in posted and asked.path not in reading.problems:
            _read_basis(reading, asked, before, posted.get(asked.basis, ""))
    for rows in ROWS:
        if any(name.startswith(f"{rows.path}[") for name in posted):
            _read_rows(reading, rows, posted, base)
    _settle_sla(reading, posted)
    _work_out_percent(reading)
    return reading


def fixed_fields() -> Iterator[Field]:
    """Yield every field that does not repeat."""
    for part in PARTS:
        yield from part.fields


def _read_fixed(reading: Reading, asked: Field, posted: Mapping[str, str], before: Typed) -> None:
    raw = _clean(posted[asked.path])
    reading.typed[asked.path] = raw
    if len(raw) > LONGEST:
        reading.problems[asked.path] = f"has {len(raw):,} characters; the limit is {LONGEST:,}"
    elif raw != before[asked.path]:
        try:
            _set(reading.data, asked.path, _value(asked, raw))
        except ValueError as wrong:
            reading.problems[asked.path] = str(wrong)


def _read_basis(reading: Reading, asked: Field, before: Typed, said: str) -> None:
    """Nothing filled in is unknown. A figure just filled in, nothing said of it, is an estimate."""
    raw = reading.typed[asked.path]
    said = said if said in {"measured", "estimated", "unknown"} else "unknown"
    reading.typed[asked.basis] = said
    told = bool(raw) or (asked.path == "customers.affected" and _has_percent(reading))
    just_told = before[asked.basis] == "unknown" and raw != before[asked.path]
    if asked.kind != "lines" and not told:
        said = "unknown"
    elif told and said == "unknown" and (just_told or not raw):
        said = "estimated"
    elif raw and said == "unknown":
        reading.problems[asked.path] = (
            "is filled in and marked unknown; empty it, or say measured or estimated"
        )
        return
    reading.typed[asked.basis] = said
    if said != before[asked.basis]:
        _set(reading.data, asked.basis, said)


def _has_percent(reading: Reading) -> bool:
    return _get(reading.data, "customers.percent") is not None


def _read_rows(
    reading: Reading, rows: Rows, posted: Mapping[str, str], base: Mapping[str, Any]
) -> None:
    for name in [n for n in reading.typed if n.startswith(f"{rows.path}[")]:
        del reading.typed[name]
    kept: list[dict[str, Any]] = []
    old = _get(base, rows.path) or []
    indexes = sorted(_indexes(rows.path, posted))
    if len(indexes) > MOST_ROWS:
        reading.problems[rows.path] = f"has {len(indexes):,} rows; the limit is {MOST_ROWS:,}"
        indexes = indexes[:MOST_ROWS]
    for index in indexes:
        raw = {
            f.path: _clean(posted.get(f"{rows.path}[{index}].{f.path}", "")) for f in rows.fields
        }
        basis = {
            f.basis: posted.get(f"{rows.path}[{index}].{f.basis}", "")
            for f in rows.fields
            if f.basis
        }
        if not raw[rows.fields[0].path] and (index < len(old) or _only_choices(rows, raw)):
            continue
        source = old[index] if index < len(old) and isinstance(old[index], dict) else {}
        kept.append(_read_row(reading, rows, len(kept), raw, basis, source))
    _set(reading.data, rows.path, kept)


def _read_row(
    reading: Reading, rows: Rows, place: int, raw: Typed, basis: Typed, source: Mapping[str, Any]
) -> dict[str, Any]:
    row = copy.deepcopy(dict(source))
    shown = _row_typed(rows, 0, source)
    for asked in rows.fields:
        path = f"{rows.path}[{place}].{asked.path}"
        reading.typed[path] = raw[asked.path]
        if source and raw[asked.path] == shown[f"{rows.path}[0].{asked.path}"]:
            continue
        try:
            row[asked.path] = _value(asked, raw[asked.path])
        except ValueError as wrong:
            reading.problems[path] = str(wrong)
    for name, said in basis.items():
        reading.typed[f"{rows.path}[{place}].{name}"] = said
        was = shown[f"{rows.path}[0].{name}"]
        if said in {"measured", "estimated", "unknown"} and said != was:
            row[name] = said
    return row


def _row_typed(rows: Rows, index: int, row: Mapping[str, Any]) -> Typed:
    typed = {f"{rows.path}[{index}].{f.path}": _show(f, row.get(f.path)) for f in rows.fields}
    for asked in rows.fields:
        if asked.basis:
            typed[f"{rows.path}[{index}].{asked.basis}"] = _basis_of(
                row.get(asked.path), row.get(asked.basis)
            )
    return typed


def _only_choices(rows: Rows, raw: Typed) -> bool:
    """Whether nothing was typed into the row: a choice always holds something."""
    return not any(raw[f.path] for f in rows.fields if f.kind != "choice")


def _indexes(path: str, posted: Iterable[str]) -> set[int]:
    pattern = re.compile(re.escape(path) + r"\[(\d{1,4})\]\.")
    return {int(found[1]) for name in posted if (found := pattern.match(name))}


def _settle_sla(reading: Reading, posted: Mapping[str, str]) -> None:
    """No account listed means "none" only when somebody says so."""
    said = posted.get(SLA_KNOWN.path)
    if said is None:
        return
    reading.typed[SLA_KNOWN.path] = said
    if reading.data.get(SLA.path):
        reading.typed[SLA_KNOWN.path] = "listed"
    else:
        reading.data[SLA.path] = [] if said == "none" else None


def _work_out_percent(reading: Reading) -> None:
    customers = reading.data.get("customers")
    if not isinstance(customers, dict):
        return
    affected, total = customers.get("affected"), customers.get("total")
    if isinstance(affected, int) and isinstance(total, int) and 0 <= affected <= total and total:
        customers["percent"] = round(100 * affected / total, 1)
        reading.typed["customers.percent"] = f"{customers['percent']:g}"


# One value


def _show(asked: Field, value: Any) -> str:
    show = _SHOW.get(asked.kind)
    if asked.kind == "choice":
        return _show_choice(asked, value)
    return show(value) if show and value is not None else "" if value is None else str(value)


def _show_choice(asked: Field, value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    known = {code for code, _ in asked.choices}
    text = "degraded_performance" if value == "degraded" else str(value)
    if text in known:
        return text
    return "unknown" if "unknown" in known else asked.choices[0][0]


def _show_moment(value: Any) -> str:
    try:
        at = datetime.fromisoformat(str(value))
    except ValueError:
        return str(value)
    if at.tzinfo is None:
        return str(value)
    at = at.astimezone(UTC)
    return at.strftime("%Y-%m-%d %H:%M:%S" if at.second else "%Y-%m-%d %H:%M")


def _show_list(value: Any, between: str) -> str:
    return between.join(str(v) for v in value) if isinstance(value, list | tuple) else str(value)


_SHOW: dict[str, Callable[[Any], str]] = {
    "moment": _show_moment,
    "lines": lambda value: _show_list(value, "\n"),
    "commas": lambda value: _show_list(value, ", "),
    "percent": lambda value: f"{value:g}" if isinstance(value, int | float) else str(value),
}


def _value(asked: Field, raw: str) -> Any:
    """Return the value for the record. Raises ValueError, in words, when the text is none."""
    return _READ[asked.kind](asked, raw)


def read_moment(raw: str) -> str:
    """Return the instant in ISO 8601, UTC. Without a zone it is UTC. Raises ValueError."""
    found = _MOMENT.fullmatch(raw)
    if found is None:
        raise ValueError("is not a date and time; write it as 2026-03-04 08:12")
    on, at, zone = found.groups()
    zone = "+00:00" if not zone or zone.upper() in {"Z", "UTC"} else zone
    try:
        moment = datetime.fromisoformat(f"{on}T{at.rjust(5, '0')}{zone}")
    except ValueError as wrong:
        raise ValueError("is not a day and hour that exists") from wrong
    if problem := year_problem(moment):
        raise ValueError(problem)
    return iso_utc(moment)


def _read_count(raw: str) -> int:
    bare = re.sub(r"[\s,'_]", "", raw)
    if not re.fullmatch(r"\d{1,15}", bare, re.ASCII):
        raise ValueError("is not a whole number; leave it empty when it is not known")
    return int(bare)


def _read_percent(raw: str) -> float:
    bare = raw.rstrip("% ").replace(",", ".")
    if not re.fullmatch(r"\d{1,3}(\.\d{1,6})?", bare, re.ASCII) or float(bare) > 100:
        raise ValueError("is not a percentage between 0 and 100")
    return float(bare)


def _read_choice(asked: Field, raw: str) -> Any:
    if raw not in {code for code, _ in asked.choices}:
        raise ValueError("is not one of the choices")
    if asked.path == "incident.severity":
        return int(raw)
    if asked.path == "security.malicious":
        return raw
    yes_no: dict[str, bool | None] = {"yes": True, "no": False}
    if asked.path != "wrong_results" and {code for code, _ in asked.choices} == {
        "unknown",
        "yes",
        "no",
    }:
        yes_no["unknown"] = None
    return yes_no.get(raw, raw)


def _read_day(raw: str) -> str:
    try:
        day = date.fromisoformat(raw)
    except ValueError as wrong:
        raise ValueError("is not a date; write it as 2026-03-04") from wrong
    if problem := year_problem(day):
        raise ValueError(problem)
    return day.isoformat()


def _split(raw: str, between: str) -> list[str]:
    return [piece.strip() for piece in raw.split(between) if piece.strip()]


_READ: dict[str, Any] = {
    "text": lambda _, raw: raw or None,
    "moment": lambda _, raw: read_moment(raw) if raw else None,
    "day": lambda _, raw: _read_day(raw) if raw else None,
    "count": lambda _, raw: _read_count(raw) if raw else None,
    "percent": lambda _, raw: _read_percent(raw) if raw else None,
    "lines": lambda _, raw: _split(raw, "\n"),
    "commas": lambda _, raw: _split(raw, ","),
    "choice": _read_choice,
}


def _clean(text: str) -> str:
    return normal_newlines(text).replace("\x00", "").strip()


def _basis_of(value: Any, said: Any) -> str:
    if value is None or value == []:
        return "unknown"
    return said if said in {"measured", "estimated", "unknown"} else "estimated"


# Paths


def _get(data: Any, path: str) -> Any:
    for step in path.split("."):
        if not isinstance(data, Mapping):
            return None
        data = data.get(step)
    return data


def _set(data: dict[str, Any], path: str, value: Any) -> None:
    *way, last = path.split(".")
    for step in way:
        inner = data.get(step)
        if not isinstance(inner, dict):
            inner = data[step] = {}
        data = inner
    data[last] = value
