"""The record of facts: one form for all of it, with what follows from the figures."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from afterword.components.queries import components_of, the_page
from afterword.desk.record_changes import changed_facts
from afterword.desk.record_fields import BASES, PARTS, ROWS, SLA, SLA_KNOWN, Field, Part, Rows
from afterword.desk.record_form import (
    Reading,
    Typed,
    fixed_fields,
    read_form,
    typed_from,
)
from afterword.desk.shell import ANY_ROLE, for_the_team, normal_newlines, show, the_person
from afterword.incidents import actions
from afterword.incidents import queries as incidents
from afterword.incidents.facts_at_hand import facts_at_hand
from afterword.incidents.models import Incident, RecordVersion
from afterword.incidents.record import starting_record
from afterword.kit import clock
from afterword.kit.errors import BadInput, Conflict
from afterword.publishing.queries import were_told_facts
from afterword.wording.queries import validate_record

SPARE_ROWS = 1
SHOWN_VERSIONS = 10


@dataclass(frozen=True)
class Box:
    """One field as the page shows it."""

    asked: Field
    name: str
    value: str
    problem: str
    basis_name: str = ""
    basis: str = ""

    @property
    def id(self) -> str:
        return "f-" + "".join(c if c.isalnum() else "-" for c in self.name).strip("-")

    @property
    def described_by(self) -> str:
        """The ids of hint and problem, those that are there."""
        there = [("hint", self.asked.hint), ("wrong", self.problem)]
        return " ".join(f"{self.id}-{what}" for what, text in there if text)


@dataclass(frozen=True)
class Row:
    number: int
    boxes: list[Box]
    is_spare: bool


@for_the_team("GET", "POST", posting="edit_record", holds_text=True)
def edit(request: HttpRequest, incident_id: str) -> HttpResponse:
    incident = incidents.incident_by_public_id(the_page(), incident_id)
    current = incidents.current_record(incident)
    data = current.data if current else starting_record(incident)
    if request.method == "GET":
        return _form(request, incident, current, typed_from(data), data)
    reading = read_form(request.POST.dict(), data)
    expected = request.POST.get("expected_version", "")
    if reading.problems:
        problems = {**_other_problems(reading.data), **reading.problems}
        return _refused(request, incident, current, reading, problems)
    try:
        saved = actions.save_record(
            actor=the_person(request),
            now=clock.now(),
            incident=incident,
            data=reading.data,
            expected_version=int(expected) if expected.isascii() and expected.isdigit() else 0,
            reason=_reason_in(request),
            were_told=were_told_facts(incident.page, incident.public_id),
        )
    except BadInput as refusal:
        problems = refusal.problems or {"": refusal.message}
        return _refused(request, incident, current, reading, problems)
    except Conflict as refusal:
        return _conflict(request, incident, reading, refusal, expected)
    if current is not None and saved.version == current.version:
        messages.info(request, f"Nothing had changed; version {saved.version} stays in force.")
    else:
        messages.success(request, f"Saved as version {saved.version} of the record.")
    return redirect("desk:case", incident_id=incident.public_id)


def _reason_in(request: HttpRequest) -> str:
    return normal_newlines(request.POST.get("reason", ""))


def _refused(
    request: HttpRequest,
    incident: Incident,
    current: RecordVersion | None,
    reading: Reading,
    problems: Mapping[str, str],
) -> HttpResponse:
    """Show the form as it was typed, with what is wrong at its fields."""
    return _form(
        request, incident, current, reading.typed, reading.data, problems=problems, status=422
    )


@for_the_team("POST", posting=ANY_ROLE)
def figures(request: HttpRequest, incident_id: str) -> HttpResponse:
    """Return what follows from the figures typed so far. Saves nothing."""
    incident = incidents.incident_by_public_id(the_page(), incident_id)
    current = incidents.current_record(incident)
    reading = read_form(request.POST.dict(), current.data if current else starting_record(incident))
    context = {"facts": facts_at_hand(reading.data)[:3], "problems": reading.problems}
    return render(request, "desk/parts/figures.html", context)


def _in_words(problem: str) -> str:
    """Return the problem with paths of facts replaced by the labels people see."""
    for asked in fixed_fields():
        problem = problem.replace(asked.path, f"“{asked.label}”")
    for rows in ROWS:
        for asked in rows.fields:
            place = rf"{rows.path}\[\d+\]\.{asked.path}\b"
            problem = re.sub(place, f"“{asked.label}”", problem)
    return problem


def _other_problems(data: Mapping[str, Any]) -> dict[str, str]:
    """Return what else is wrong, so that a person mends everything in one go."""
    return validate_record(data)


def _conflict(
    request: HttpRequest, incident: Incident, reading: Reading, refusal: Conflict, expected: str
) -> HttpResponse:
    """Keep what was typed, show what somebody else saved meanwhile, and let the person decide."""
    current = incidents.current_record(incident)
    before = next(
        (v for v in incidents.record_versions(incident) if str(v.version) == expected), None
    )
    theirs = changed_facts(before.data if before else {}, current.data if current else {})
    return _form(
        request,
        incident,
        current,
        reading.typed,
        reading.data,
        conflict=refusal.message,
        theirs=theirs,
        status=409,
    )


def _form(
    request: HttpRequest,
    incident: Incident,
    current: RecordVersion | None,
    typed: Typed,
    data: Mapping[str, Any],
    *,
    problems: Mapping[str, str] | None = None,
    conflict: str = "",
    theirs: list[tuple[str, str, str]] | None = None,
    status: int = 200,
) -> HttpResponse:
    found = {path: _in_words(what) for path, what in (problems or {}).items()}
    parts = [(part, [_box(f, f.path, typed, found) for f in part.fields]) for part in PARTS]
    repeated = {rows.path: (rows, _rows(rows, typed, found)) for rows in ROWS}
    shown = {box.name for _, boxes in parts for box in boxes}
    shown |= {b.name for _, rows in repeated.values() for row in rows for b in row.boxes}
    shown.add("reason")
    context = {
        "incident": incident,
        "version": current,
        "groups": _in_reading_order(parts, repeated),
        "sla_known": _box(SLA_KNOWN, SLA_KNOWN.path, typed, found),
        "sla_path": SLA.path,
        "bases": BASES,
        "problems": found,
        "elsewhere": {path: what for path, what in found.items() if path not in shown},
        "conflict": conflict,
        "theirs": theirs or [],
        "facts": facts_at_hand(data)[:3],
        "history": _history(incident),
        "reason": _reason_in(request),
        "reason_problem": found.get("reason", ""),
        "were_told": were_told_facts(incident.page, incident.public_id),
        "component_names": [c.name for c in components_of(incident.page) if not c.is_group],
    }
    return show(request, "desk/record.html", context, status=status, page=incident.page)


def _history(incident: Incident) -> list[tuple[RecordVersion, list[tuple[str, str, str]]]]:
    """Return the newest versions, newest first, each with the facts it changed."""
    versions = incidents.record_versions(incident)[-SHOWN_VERSIONS - 1 :]
    pairs = [(new, changed_facts(old.data, new.data)) for old, new in pairwise(versions)]
    return pairs[::-1]


def _in_reading_order(
    parts: list[tuple[Part, list[Box]]], repeated: dict[str, tuple[Rows, list[Row]]]
) -> list[dict[str, Any]]:
    """Times and components first, then people, data, cause; words that must not leave come last."""
    fixed = [
        {"part": part, "boxes": boxes, "folded": part.folded and not any(b.problem for b in boxes)}
        for part, boxes in parts
    ]
    rows = {path: {"rows": r, "items": items} for path, (r, items) in repeated.items()}
    incident, times, customers, data, cause, lexicon = fixed
    return [
        incident, times, rows["components"], customers, data, rows["sla"], cause,
        rows["previous"], lexicon,
    ]  # fmt: skip


def _box(asked: Field, name: str, typed: Typed, problems: Mapping[str, str], at: str = "") -> Box:
    basis_name = f"{at}{asked.basis}" if asked.basis else ""
    problem = problems.get(name, "") or problems.get(basis_name, "")
    return Box(
        asked, name, typed.get(name, ""), problem, basis_name, typed.get(basis_name, "unknown")
    )


def _rows(rows: Rows, typed: Typed, problems: Mapping[str, str]) -> list[Row]:
    start = f"{rows.path}["
    numbers = {int(n[len(start) :].partition("]")[0]) for n in typed if n.startswith(start)}
    count = max(numbers, default=-1) + 1
    return [
        Row(
            number,
            [
                _box(f, f"{start}{number}].{f.path}", typed, problems, f"{start}{number}].")
                for f in rows.fields
            ],
            number >= count,
        )
        for number in range(count + SPARE_ROWS)
    ]
