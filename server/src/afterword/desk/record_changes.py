"""What changed between two records, in the words and figures that the rest of the desk uses."""

from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, date, datetime
from typing import Any

from afterword.desk.record_fields import ROWS, SLA_KNOWN, Field
from afterword.desk.record_form import Typed, fixed_fields, typed_from
from afterword.desk.templatetags.desk_words import day, moment


def changed_facts(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[tuple[str, str, str]]:
    """Return (label, before, now) of every fact of the form that differs between two records.

    A fact that is not known is empty.
    """
    before, now = typed_from(old), typed_from(new)
    asked = dict(_asked(before | now))
    found = []
    for path in dict.fromkeys((*before, *now)):
        was, is_now = before.get(path, ""), now.get(path, "")
        if was != is_now:
            label, field = asked[path]
            found.append((label, _in_words(field, was), _in_words(field, is_now)))
    return found


def _asked(typed: Typed) -> Iterator[tuple[str, tuple[str, Field]]]:
    """Yield (path, (label, field)) of everything that the form asks for these records."""
    for field in (*fixed_fields(), SLA_KNOWN):
        yield from _with_basis("", field, "")
    for rows in ROWS:
        index = 0
        while f"{rows.path}[{index}].{rows.fields[0].path}" in typed:
            for field in rows.fields:
                one = f"{rows.one.capitalize()} {index + 1}: "
                yield from _with_basis(f"{rows.path}[{index}].", field, one)
            index += 1


def _with_basis(at: str, field: Field, one: str) -> Iterator[tuple[str, tuple[str, Field]]]:
    label = f"{one}{field.label}"
    yield f"{at}{field.path}", (label, field)
    if field.basis:
        yield f"{at}{field.basis}", (f"{label}, how it is known", Field(field.basis, "", "text"))


def _in_words(field: Field, typed: str) -> str:
    """Return what stands in a field as it is told; what cannot be read stays as it is."""
    if not typed:
        return ""
    if field.kind == "choice":
        return dict(field.choices).get(typed, typed)
    try:
        return _TOLD.get(field.kind, str)(typed)
    except ValueError:
        return typed


def _moment(typed: str) -> str:
    at = datetime.fromisoformat(typed).replace(tzinfo=UTC)
    return f"{at.day} {at:%b %Y, %H:%M:%S} UTC" if at.second else moment(at)


_TOLD: dict[str, Callable[[str], str]] = {
    "count": lambda typed: f"{int(typed):,}",
    "percent": lambda typed: f"{float(typed):g}%",
    "moment": _moment,
    "day": lambda typed: day(date.fromisoformat(typed)),
}
