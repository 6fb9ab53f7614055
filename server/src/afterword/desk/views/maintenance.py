"""Planned work: write it down, move it, call it off. Its updates are those of any incident."""

from collections.abc import Callable

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from afterword.components.models import Component, Page
from afterword.components.queries import components_by_public_id, components_of, the_page
from afterword.desk.forms import blame
from afterword.desk.fresh_pages import with_fresh_pages
from afterword.desk.maintenance_forms import CallOffForm, MoveForm, PlanForm
from afterword.desk.once import once, sent_before
from afterword.desk.shell import for_the_team, normal_newlines, show, the_person
from afterword.incidents import queries as incidents
from afterword.incidents.models import Incident
from afterword.kit import clock
from afterword.kit.errors import BadInput, Refusal, TextRejected
from afterword.kit.timespans import parse_iso
from afterword.publishing import actions as publishing


@for_the_team("GET", "POST", posting="run_incident", holds_text=True)
def plan(request: HttpRequest) -> HttpResponse:
    """Plan work and publish it."""
    page = the_page()
    form = PlanForm(request.POST or None)
    chosen = request.POST.getlist("component")

    def act() -> str:
        told = form.cleaned_data
        publication = publishing.announce_maintenance(
            actor=the_person(request),
            now=clock.now(),
            page=page,
            title=told["title"],
            body=normal_newlines(told["body"]),
            scheduled_for=parse_iso(told["scheduled_for"]),
            scheduled_until=parse_iso(told["scheduled_until"]),
            components=_chosen(page, chosen),
            begins_itself=told["begins_itself"],
            ends_itself=told["ends_itself"],
            notify=told["notify"],
        )
        return reverse("desk:incident", args=[publication.incident_id])

    parts = [(c, c.public_id in chosen) for c in components_of(page) if not c.is_group]
    return _shown(request, "desk/plan_maintenance.html", form, act, "Planned and published.",
                  page=page, more={"parts": parts})  # fmt: skip


@for_the_team("GET", "POST", posting="run_incident", holds_text=True)
def move(request: HttpRequest, incident_id: str) -> HttpResponse:
    """Move planned work to another time and publish that."""
    page = the_page()
    work = incidents.incident_by_public_id(page, incident_id)
    form = MoveForm(request.POST or None, initial=_times(work))

    def act() -> str:
        told = form.cleaned_data
        publishing.announce_move(
            actor=the_person(request),
            now=clock.now(),
            incident=work,
            body=normal_newlines(told["body"]),
            scheduled_for=parse_iso(told["scheduled_for"]),
            scheduled_until=parse_iso(told["scheduled_until"]),
            notify=told["notify"],
        )
        return reverse("desk:incident", args=[incident_id])

    more = {"incident": work, "heading": "Move this work", "button": "Move it and say so"}
    return _shown(request, "desk/change_maintenance.html", form, act, "Moved and published.",
                  page=page, more=more)  # fmt: skip


@for_the_team("GET", "POST", posting="run_incident", holds_text=True)
def call_off(request: HttpRequest, incident_id: str) -> HttpResponse:
    """Call planned work off and publish that."""
    page = the_page()
    work = incidents.incident_by_public_id(page, incident_id)
    form = CallOffForm(request.POST or None)

    def act() -> str:
        told = form.cleaned_data
        publishing.announce_calling_off(
            actor=the_person(request),
            now=clock.now(),
            incident=work,
            body=normal_newlines(told["body"]),
            notify=told["notify"],
        )
        return reverse("desk:incident", args=[incident_id])

    more = {"incident": work, "heading": "Call this work off", "button": "Call it off and say so"}
    return _shown(request, "desk/change_maintenance.html", form, act, "Called off and published.",
                  page=page, more=more)  # fmt: skip


def _shown(
    request: HttpRequest,
    template: str,
    form: forms.Form,
    act: Callable[[], str],
    said: str,
    *,
    page: Page,
    more: dict[str, object],
) -> HttpResponse:
    """Do the act of a valid form once, or show the form with what is wrong."""
    if led := sent_before(request):
        return led
    status, findings = 200, []
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                return once(request, act, lambda: with_fresh_pages(said))
            except BadInput as refusal:
                blame(form, refusal)
            except TextRejected as refusal:
                form.add_error(None, refusal.message)
                findings = list(refusal.findings)
            except Refusal as refusal:
                form.add_error(None, refusal.message)
                status = refusal.status
    context = {"form": form, "findings": findings, **more}
    return show(request, template, context, status=status, page=page)


def _times(work: Incident) -> dict[str, str]:
    times = {"scheduled_for": work.scheduled_for, "scheduled_until": work.scheduled_until}
    return {name: f"{at:%Y-%m-%d %H:%M} UTC" for name, at in times.items() if at is not None}


def _chosen(page: Page, public_ids: list[str]) -> list[Component]:
    """Return the components chosen. Raises BadInput for one that is not known."""
    known = components_by_public_id(page, public_ids)
    if set(public_ids) - set(known):
        raise BadInput("Choose components from the list.", {"component": "not known"})
    return list(known.values())
