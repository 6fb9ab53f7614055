"""Live incidents: open one, post an update, resolve it, open its case."""

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from afterword.components.models import Component, ComponentStatus, Page
from afterword.components.queries import components_by_public_id, components_of, the_page
from afterword.desk.came_before import looks_alike
from afterword.desk.forms import (
    BackfillForm,
    IncidentForm,
    ReopenForm,
    UpdateForm,
    blame,
    component_statuses,
    promised_at,
)
from afterword.desk.fresh_pages import with_fresh_pages
from afterword.desk.once import once, sent_before
from afterword.desk.page_audit import notes_about
from afterword.desk.shell import for_the_team, normal_newlines, show, the_person
from afterword.desk.template_words import as_initial, facts_for
from afterword.incidents import actions
from afterword.incidents import queries as incidents
from afterword.incidents.models import Incident, Kind, Status, UpdateTemplate
from afterword.incidents.states import ALLOWED, OVER
from afterword.kit import clock
from afterword.kit.errors import BadInput, Refusal, TextRejected
from afterword.kit.timespans import parse_iso
from afterword.publishing import actions as publishing
from afterword.publishing.ledger import first_on_page

LISTED = 100


@for_the_team("GET")
def listing(request: HttpRequest) -> HttpResponse:
    page = the_page()
    found = incidents.recent_incidents(page, limit=LISTED)
    with_case = {case.incident_id for case in incidents.cases_of(found)}
    context = {
        "open": incidents.open_incidents(page),
        "planned": incidents.planned_maintenance(page),
        "over": [(i, i.pk in with_case) for i in found if i.is_over],
    }
    return show(request, "desk/incidents.html", context, page=page)


@for_the_team("GET", "POST", posting="run_incident", holds_text=True)
def open_new(request: HttpRequest) -> HttpResponse:
    page = the_page()
    template = _template(request, page)
    form = IncidentForm(request.POST or None, initial=as_initial(template, {}) if template else {})
    context = {
        "parts": _parts(page, request, template=template),
        "templates": [t for t in incidents.templates_of(page) if t.status not in OVER],
        "chosen_template": template.public_id if template else "",
    }
    return _written(
        request, "desk/open_incident.html", form, context, lambda: _open(request, page, form),
        "Opened and published.",
    )  # fmt: skip


@for_the_team("GET", "POST", posting="run_incident", holds_text=True)
def backfill(request: HttpRequest) -> HttpResponse:
    """Write down what is over and was never told; nobody is mailed."""
    page = the_page()
    form = BackfillForm(request.POST or None)
    return _written(
        request, "desk/backfill.html", form, {"parts": _parts(page, request)},
        lambda: _backfill(request, page, form), "Written down and published. Nobody was mailed.",
    )  # fmt: skip


def _written(
    request: HttpRequest,
    template: str,
    form: Form,
    context: Mapping[str, Any],
    write: Callable[[], str],
    said: str,
) -> HttpResponse:
    """Show the form of a new incident, or write it once and go to it; a refusal stays on the form.

    ``write`` returns the incident's public id.
    """
    if led := sent_before(request):
        return led
    rejected: list[object] = []
    if request.method == "POST" and form.is_valid():
        try:
            return once(
                request,
                lambda: reverse("desk:incident", args=[write()]),
                lambda: with_fresh_pages(said),
            )
        except BadInput as refusal:
            blame(form, refusal)
        except TextRejected as refusal:
            form.add_error(None, refusal.message)
            rejected = list(refusal.findings)
    status = 422 if request.method == "POST" else 200
    found = {**context, "form": form, "findings": rejected}
    return show(request, template, found, status=status)


@for_the_team("GET")
def one(request: HttpRequest, incident_id: str) -> HttpResponse:
    return _one(request, incidents.incident_by_public_id(the_page(), incident_id))


@for_the_team("POST", posting="run_incident", holds_text=True)
def post_update(request: HttpRequest, incident_id: str) -> HttpResponse:
    if led := sent_before(request):
        return led
    page = the_page()
    incident = incidents.incident_by_public_id(page, incident_id)
    form = UpdateForm(request.POST, statuses=_next_statuses(incident))
    if not form.is_valid():
        return _one(request, incident, form, status=422)
    resolves = form.cleaned_data["status"] == Status.RESOLVED
    said = (
        "Resolved. The case is open: the closure is the next thing readers need."
        if resolves
        else "Published."
    )

    def post() -> str:
        _post(request, incident, form)
        return reverse("desk:case" if resolves else "desk:incident", args=[incident.public_id])

    try:
        return once(request, post, lambda: with_fresh_pages(said))
    except BadInput as refusal:
        blame(form, refusal)
        return _one(request, incident, form, status=refusal.status)
    except TextRejected as refusal:
        form.add_error(None, refusal.message)
        return _one(request, incident, form, rejected=refusal.findings, status=refusal.status)
    except Refusal as refusal:
        form.add_error(None, refusal.message)
        return _one(request, incident, form, status=refusal.status)


@for_the_team("POST", posting="run_incident", holds_text=True)
def reopen(request: HttpRequest, incident_id: str) -> HttpResponse:
    """Take back "resolved" in public, with the word that it is open again."""
    if led := sent_before(request):
        return led
    incident = incidents.incident_by_public_id(the_page(), incident_id)
    form = ReopenForm(request.POST, auto_id="reopen_%s")
    if not form.is_valid():
        return _one(request, incident, again=form, status=422)

    def act() -> str:
        _reopen(request, incident, form)
        return reverse("desk:incident", args=[incident.public_id])

    said = "Open again, and published. Its end is unknown again; approvals given before are void."
    try:
        return once(request, act, lambda: with_fresh_pages(said))
    except BadInput as refusal:
        blame(form, refusal)
        return _one(request, incident, again=form, status=refusal.status)
    except TextRejected as refusal:
        form.add_error(None, refusal.message)
        found = refusal.findings
        return _one(request, incident, again=form, rejected=found, status=refusal.status)


@for_the_team("POST", posting="run_incident")
def open_case(request: HttpRequest, incident_id: str) -> HttpResponse:
    incident = incidents.incident_by_public_id(the_page(), incident_id)
    person = the_person(request)
    actions.open_case(actor=person, now=clock.now(), incident=incident, owner=person)
    messages.success(request, "The case is open, and it is yours.")
    return redirect("desk:case", incident_id=incident.public_id)


def _open(request: HttpRequest, page: Page, form: IncidentForm) -> str:
    told = form.cleaned_data
    publication = publishing.announce_incident(
        actor=the_person(request),
        now=clock.now(),
        page=page,
        title=told["title"],
        body=normal_newlines(told["body"]),
        components=_chosen(page, request),
        severity=int(told["severity"]),
        started_at=parse_iso(told["started_at"]) if told["started_at"] else None,
        notify=told["notify"],
        next_update_at=promised_at(told["next_word"], clock.now()),
    )
    return publication.incident_id


def _backfill(request: HttpRequest, page: Page, form: BackfillForm) -> str:
    told = form.cleaned_data
    publication = publishing.announce_backfill(
        actor=the_person(request),
        now=clock.now(),
        page=page,
        title=told["title"],
        body=normal_newlines(told["body"]),
        components=_chosen(page, request),
        severity=int(told["severity"]),
        started_at=parse_iso(told["started_at"]),
        resolved_at=parse_iso(told["resolved_at"]),
    )
    return publication.incident_id


def _reopen(request: HttpRequest, incident: Incident, form: ReopenForm) -> None:
    told = form.cleaned_data
    publishing.reopen_incident(
        actor=the_person(request),
        now=clock.now(),
        incident=incident,
        reason=normal_newlines(told["reason"]),
        body=normal_newlines(told["body"]),
        status=told["status"],
        components=_chosen(incident.page, request),
        notify=told["notify"],
        next_update_at=promised_at(told["next_word"], clock.now()),
    )


def _post(request: HttpRequest, incident: Incident, form: UpdateForm) -> None:
    told = form.cleaned_data
    publishing.announce_update(
        actor=the_person(request),
        now=clock.now(),
        incident=incident,
        status=told["status"],
        body=normal_newlines(told["body"]),
        components=_chosen(incident.page, request),
        notify=told["notify"],
        next_update_at=promised_at(told["next_word"], clock.now()),
    )


def _one(
    request: HttpRequest,
    incident: Incident,
    form: UpdateForm | None = None,
    rejected: list[dict[str, object]] | None = None,
    again: ReopenForm | None = None,
    status: int = 200,
) -> HttpResponse:
    choices = _next_statuses(incident)
    updates = incidents.updates_of(incident)
    offered = [t for t in incidents.templates_of(incident.page) if t.status in dict(choices)]
    template = _template(request, incident.page)
    initial: dict[str, Any] = {"status": incident.status}
    if template is not None and template in offered:
        initial |= as_initial(template, facts_for(incident))
    context = {
        "templates": offered if incident.kind == Kind.INCIDENT else [],
        "chosen_template": template.public_id if template else "",
        "incident": incident,
        "updates": updates[::-1],
        "notes": list(notes_about(incident, updates)),
        "case": incidents.case_of(incident),
        "form": form or UpdateForm(statuses=choices, initial=initial),
        "again": again or ReopenForm(auto_id="reopen_%s"),
        "reopening": again is not None,
        "can_update": bool(choices),
        "may_open_case": incident.kind == Kind.INCIDENT and incident.is_over,
        "parts": _parts(incident.page, request, incident, template),
        "findings": rejected or [],
        # Asked while it goes on; afterwards the case asks.
        "before": []
        if incident.is_over or incident.kind != Kind.INCIDENT
        else looks_alike(incident),
        "titled_by": first_on_page(incident.page, incident.public_id),
    }
    return show(request, "desk/incident.html", context, status=status, page=incident.page)


def _next_statuses(incident: Incident) -> list[tuple[str, str]]:
    """Return the statuses an update may carry, in the order of an incident's life."""
    allowed = ALLOWED.get(incident.status, frozenset())
    return [(s.value, s.label) for s in Status if s in allowed and not incident.is_over]


def _template(request: HttpRequest, page: Page) -> UpdateTemplate | None:
    """Return the template a link asks to begin from; a form that was sent has its own words."""
    wanted = request.GET.get("template", "")
    if request.method != "GET" or not wanted:
        return None
    return incidents.template_by_public_id(page, wanted)


def _parts(
    page: Page,
    request: HttpRequest,
    incident: Incident | None = None,
    template: UpdateTemplate | None = None,
) -> list[tuple[Component, str, bool]]:
    """Return (component, what was chosen, whether it is part of the incident) for the form."""
    chosen = component_statuses((request.POST or request.GET).dict())
    if template is not None:
        chosen = {**template.parts, **chosen}
    own = {c.pk for c in incident.components.all()} if incident else set()
    return [
        (c, chosen.get(c.public_id, ""), c.pk in own) for c in components_of(page) if not c.is_group
    ]


def _chosen(page: Page, request: HttpRequest) -> dict[Component, str]:
    """Return the statuses chosen. Raises BadInput for a component or status that is not known."""
    wanted = component_statuses(request.POST.dict())
    known = components_by_public_id(page, wanted)
    bad = [i for i, s in wanted.items() if i not in known or s not in ComponentStatus.values]
    if bad:
        raise BadInput("Choose each component's status from its list.")
    return {known[public_id]: status for public_id, status in wanted.items()}
