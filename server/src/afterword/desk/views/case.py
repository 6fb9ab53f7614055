"""The case: eight steps, what each asks for, and everything that hangs on the incident."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import redirect

from afterword.components.queries import the_page
from afterword.desk.acts import ShownStep, letters_to_write, shown_steps
from afterword.desk.came_before import looks_alike
from afterword.desk.case_view import CaseView, gather
from afterword.desk.opened import Opened, opened_in, to_open
from afterword.desk.shell import ANY_ROLE, for_the_team, show, the_person, the_reader
from afterword.desk.views.readers import heard_from_readers
from afterword.desk.views.recurrence import OutsideForm
from afterword.fanout.queries import letter_counts_of
from afterword.incidents import actions
from afterword.incidents.facts_at_hand import facts_at_hand
from afterword.incidents.models import HeardOutside, Incident
from afterword.incidents.queries import (
    heard_outside,
    hold_in_force,
    incident_by_public_id,
    proposal_for,
)
from afterword.incidents.record import gaps
from afterword.kit import clock
from afterword.kit.errors import BadInput
from afterword.publishing.corrections import (
    CLARIFICATION,
    FACT,
    TYPO,
    weight_of,
    withdrawn_by,
)
from afterword.publishing.models import Audience, Publication, PublicationKind
from afterword.statements.models import StatementKind


@dataclass(frozen=True)
class Sent:
    """A publication with the state of its letters."""

    publication: Publication
    letters: dict[str, int]
    fate: str = ""
    can_be_corrected: bool = True

    @property
    def total(self) -> int:
        return sum(self.letters.values())

    @property
    def goes_to_list(self) -> bool:
        return self.publication.audience == Audience.LIST


# Any role: what is opened asks for the role it needs by itself.
@for_the_team("GET", "POST", posting=ANY_ROLE, holds_text=True)
def show_case(request: HttpRequest, incident_id: str) -> HttpResponseBase:
    """Show the case; ``open`` names a page of it to open in its place, whose forms post here."""
    page, now = the_page(), clock.now()
    incident = incident_by_public_id(page, incident_id)
    if at := request.GET.get("open", ""):
        return _with_open(request, incident, at)
    if request.method == "POST":
        raise BadInput(
            "Nothing of this case was open to take the form. Open the step, and send it."
        )
    request.opened = Opened(incident.public_id)  # type: ignore[attr-defined]
    view = gather(page, incident, now)
    heard = heard_outside(incident)
    context = {
        "view": view,
        "incident": incident,
        "hold": hold_in_force(incident),
        "steps": _steps(request, view),
        "proposal": proposal_for(incident),
        "facts": facts_at_hand(view.data),
        "gaps": gaps(view.data),
        "sent": _sent(view.publications),
        **heard_from_readers(page, view),
        "before": looks_alike(incident),
        "heard": heard,
        "outside": OutsideForm(initial=_noted(heard)),
        "running": [c for c in view.clocks if c.met_at is None],
        "met": [c for c in view.clocks if c.met_at is not None],
        "letters_to_write": letters_to_write(view),
    }
    return show(request, "desk/case.html", context, now=now, page=page)


def _with_open(request: HttpRequest, incident: Incident, at: str) -> HttpResponseBase:
    """Show the page that the address names, within the page of its case."""
    match = to_open(incident, at)
    then = request.GET.get("then", "")
    if then:
        to_open(incident, then)

    def around() -> dict[str, Any]:
        return _around(request, incident, opened, match.kwargs.get("statement_id", ""))

    opened = Opened(incident.public_id, at, then, around)
    request.opened = opened  # type: ignore[attr-defined]
    answer: HttpResponseBase = match.func(request, *match.args, **match.kwargs)
    if request.method == "GET" and answer.status_code == 405:
        return redirect(opened.back)  # a form's address, opened anew
    if isinstance(answer, HttpResponseRedirect):
        answer.headers["Location"] = opened.led(answer.url)
    return answer


def _around(
    request: HttpRequest, incident: Incident, opened: Opened, statement_id: str
) -> dict[str, Any]:
    """Return what the page of the case shows around what is open in it."""
    view = gather(incident.page, incident, clock.now())
    steps = _steps(request, view)
    where = _where(view, opened.at, statement_id)
    upto = next((n for n, one in enumerate(steps, 1) if one.step.where == where), len(steps))
    return {
        "incident": incident,
        "view": view,
        "hold": hold_in_force(incident),
        "before": steps[:upto],
        "after": steps[upto:],
        "at": opened.at,
        "then": opened.then,
        "back": opened.back,
    }


def _where(view: CaseView, at: str, statement_id: str) -> str:
    """Return the step that what is open belongs to; "" for a text that no step asks for."""
    written = next(
        (w.statement for w in view.written if w.statement.public_id == statement_id), None
    )
    if written is None:
        places = {"record", "decision", "commitments", "follow-up", "tell-promises"}
        part = next((part for part in at.split("/") if part in places), "")
        return {"follow-up": "follow_up", "tell-promises": "commitments"}.get(part, part)
    if written.kind in {StatementKind.FOLLOW_UP, StatementKind.DATA_NOTICE}:
        return "follow_up"
    return "published" if written.corrects else str(written.kind)


def _steps(request: HttpRequest, view: CaseView) -> list[ShownStep]:
    """Return the steps, whose acts open within the case where they can."""
    opened = opened_in(request) or Opened(view.incident.public_id)
    steps = shown_steps(view, the_reader(request, view.incident.page))
    return [
        replace(each, act=replace(each.act, href=opened.within(each.act.href)))
        if each.act
        else each
        for each in steps
    ]


def _noted(heard: HeardOutside | None) -> dict[str, object]:
    names = ("first_at", "nobody_before", "repeat_questions")
    return {name: getattr(heard, name) for name in names} if heard else {}


def _sent(publications: Sequence[Publication]) -> list[Sent]:
    """Return what was published, each with its letters and what became of it."""
    withdrawn = withdrawn_by(publications)
    counted = letter_counts_of(publications)
    weights = {p.corrects_id: weight_of(p) for p in publications if weight_of(p)}
    return [
        Sent(
            each,
            counted[each.pk],
            "withdrawn" if each.pk in withdrawn else _FATES.get(weights.get(each.pk, ""), ""),
            can_be_corrected=each.pk not in withdrawn
            and weight_of(each) != TYPO
            and each.kind != PublicationKind.TRANSLATION,
        )
        for each in publications
    ]


_FATES = {TYPO: "mended", CLARIFICATION: "clarified", FACT: "corrected"}


@for_the_team("POST", posting="run_incident")
def close(request: HttpRequest, incident_id: str) -> HttpResponse:
    page, now = the_page(), clock.now()
    incident = incident_by_public_id(page, incident_id)
    view = gather(page, incident, now)
    actions.close_case(actor=the_person(request), now=now, incident=incident, open_steps=view.owed)
    messages.success(request, "The case is closed. Everything that was owed has been done.")
    return redirect("desk:case", incident_id=incident.public_id)
