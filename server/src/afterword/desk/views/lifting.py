"""Lifting a fact: one value goes from the internal review into the record, by an explicit act."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from afterword.accounts.permissions import require
from afterword.components.queries import the_page
from afterword.desk.forms import LiftFactForm, blame
from afterword.desk.record_fields import Field
from afterword.desk.record_form import fixed_fields, read_form, typed_from
from afterword.desk.review_form import typed_moment
from afterword.desk.shell import for_the_team, show, the_person
from afterword.incidents.models import Incident
from afterword.incidents.queries import current_record, incident_by_public_id
from afterword.incidents.record import starting_record
from afterword.kit import clock
from afterword.kit.errors import BadInput, Conflict
from afterword.postmortems import actions
from afterword.postmortems import queries as postmortems
from afterword.postmortems.liftable import LIFTABLE, TIME_OF_MILESTONE, value_at
from afterword.postmortems.queries import Review
from afterword.publishing.queries import were_told_facts
from afterword.statements import queries as statements
from afterword.statements.models import StatementState


@for_the_team("GET", "POST", reading="postmortem", posting="postmortem", holds_text=True)
def lift(request: HttpRequest, incident_id: str) -> HttpResponse:
    """Show a fact of the record beside the review; POST puts what the review knows there."""
    incident = incident_by_public_id(the_page(), incident_id)
    person = the_person(request)
    require(person, "edit_record", page=incident.page_id)
    review = postmortems.review_of(incident, person)
    fields = _fields()
    if request.method == "GET":
        begun = LiftFactForm(fields, initial=_asked(request, review))
        return _page(request, incident, review, begun)
    form = LiftFactForm(fields, request.POST)
    status = 422
    if form.is_valid():
        given = form.cleaned_data
        version = request.POST.get("expected_version", "")
        try:
            lifted = actions.lift_fact(
                actor=person,
                now=clock.now(),
                incident=incident,
                path=given["path"],
                value=_value(incident, given["path"], given["value"]),
                confidence=given["confidence"],
                source=given["source"],
                reason=given["reason"],
                were_told=were_told_facts(incident.page, incident.public_id),
                expected_version=int(version) if version.isascii() and version.isdigit() else 0,
            )
        except BadInput as refusal:
            blame(form, _at_the_value(refusal, given["path"]))
        except Conflict as refusal:
            form.add_error(None, refusal.message)
            status = refusal.status
        else:
            messages.success(
                request,
                f"Lifted into version {lifted.record_version} of the record. Approvals given for "
                "an older version are void.",
            )
            return redirect("desk:postmortem", incident_id=incident.public_id)
    return _page(request, incident, review, form, status=status)


def _fields() -> list[Field]:
    return [asked for asked in fixed_fields() if asked.path in LIFTABLE]


def _asked(request: HttpRequest, review: Review | None) -> dict[str, str]:
    """Return what a link from the review fills in: a time as it is; words never."""
    path = request.GET.get("fact", "")
    entry_id = request.GET.get("line", "")
    entries = review.content.timeline if review else ()
    entry = next((each for each in entries if each.id == entry_id), None)
    if entry is None:
        return {"path": path}
    path = path or TIME_OF_MILESTONE.get(entry.kind, "times.detected")
    value = typed_moment(entry.at) if path.startswith("times.") else ""
    return {"path": path, "value": value, "source": entry.source, "confidence": "measured"}


def _value(incident: Incident, path: str, typed: str) -> Any:
    """Return the value as the record holds it. Raises BadInput at ``value``."""
    data = _data(incident)
    reading = read_form({**typed_from(data), path: typed}, data)
    problem = reading.problems.get(path, "")
    # How well it is known is said apart, so a figure filled in is no contradiction here.
    if problem and "marked unknown" not in problem:
        raise BadInput(f"The value {problem}.", {"value": problem})
    return value_at(reading.data, path)


def _at_the_value(refusal: BadInput, path: str) -> BadInput:
    """Return the refusal with what the record says of the fact at the field of its value."""
    told: dict[str, str] = {}
    for name, what in refusal.problems.items():
        if name in {"confidence", "source", "path", "reason", "value"}:
            told[name] = what
        else:
            told["value"] = _in_words(what if name == path else f"{name} {what}")
    return BadInput(refusal.message, told)


def _in_words(problem: str) -> str:
    """Return the problem with paths of facts replaced by the labels people see."""
    for asked in fixed_fields():
        problem = problem.replace(asked.path, f"“{asked.label}”")
    return problem


def _page(
    request: HttpRequest,
    incident: Incident,
    review: Review | None,
    form: LiftFactForm,
    *,
    status: int = 200,
) -> HttpResponse:
    record = current_record(incident)
    typed = typed_from(record.data if record else starting_record(incident))
    voided = [
        each
        for each in statements.of_incident(incident)
        if each.state in {StatementState.APPROVED, StatementState.IN_REVIEW}
    ]
    context = {
        "incident": incident,
        "review": review,
        "form": form,
        "version": record.version if record else 0,
        "now_says": [(asked, typed.get(asked.path, "")) for asked in _fields()],
        "voided": voided,
    }
    return show(request, "desk/lift_fact.html", context, status=status, page=incident.page)


def _data(incident: Incident) -> Mapping[str, Any]:
    record = current_record(incident)
    return record.data if record else starting_record(incident)
