"""Work that follows from internal reviews: noted, moved on, and listed over all cases."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from afterword.accounts.permissions import require
from afterword.accounts.queries import people_who_may
from afterword.commitments.models import Mechanism
from afterword.components.queries import the_page
from afterword.desk.forms import (
    ActionItemChangeForm,
    ActionItemForm,
    LiftItemForm,
    blame,
    chosen_person,
)
from afterword.desk.once import once, sent_before
from afterword.desk.shell import for_the_team, show, the_person
from afterword.incidents.queries import incident_by_public_id
from afterword.kit import clock
from afterword.kit.errors import BadInput, Refusal
from afterword.postmortems import actions
from afterword.postmortems import queries as postmortems
from afterword.postmortems.models import ActionItem


@for_the_team("GET", reading="postmortem")
def listing(request: HttpRequest) -> HttpResponse:
    """Show every open action item of every case, the one due first at the front."""
    page, now = the_page(), clock.now()
    items = postmortems.open_items(page, the_person(request))
    late = [each for each in items if postmortems.is_overdue(each, now.date())]
    context = {
        "late": late,
        "items": [each for each in items if each not in late],
    }
    return show(request, "desk/action_items.html", context, page=page, now=now)


@for_the_team("POST", posting="postmortem", holds_text=True)
def add(request: HttpRequest, incident_id: str) -> HttpResponse:
    if (back := sent_before(request)) is not None:
        return back
    incident = incident_by_public_id(the_page(), incident_id)
    people = people_who_may("postmortem", page=incident.page_id)
    form = ActionItemForm(people, request.POST)
    if form.is_valid():
        given = dict(form.cleaned_data)
        owner = chosen_person(people, given.pop("owner"))

        def note() -> str:
            actions.add_item(
                actor=the_person(request), now=clock.now(), incident=incident, owner=owner, **given
            )
            return reverse("desk:postmortem", args=[incident.public_id])

        try:
            return once(request, note, lambda: "Noted. It stays inside.")
        except BadInput as refusal:
            blame(form, refusal)
    context = {"incident": incident, "form": form}
    return show(request, "desk/action_item_new.html", context, status=422, page=incident.page)


@for_the_team("GET", "POST", reading="postmortem", posting="postmortem", holds_text=True)
def one(request: HttpRequest, incident_id: str, item_id: str) -> HttpResponse:
    """Show an action item with its past; POST moves it on."""
    incident = incident_by_public_id(the_page(), incident_id)
    item = postmortems.item_of(incident, item_id, the_person(request))
    people = people_who_may("postmortem", page=incident.page_id)
    if item.owner is not None and item.owner not in people:
        people.append(item.owner)
    form = ActionItemChangeForm(people, request.POST or None, initial=_initial(item))
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            given = dict(form.cleaned_data)
            owner = chosen_person(people, given.pop("owner"))
            try:
                actions.change_item(
                    actor=the_person(request), now=clock.now(), item=item, owner=owner, **given
                )
            except BadInput as refusal:
                blame(form, refusal)
            except Refusal as refusal:
                form.add_error(None, refusal.message)
                status = refusal.status
            else:
                messages.success(request, "Saved inside.")
                return redirect("desk:action-item", incident.public_id, item.public_id)
    context = {
        "incident": incident,
        "item": item,
        "form": form,
        "late": postmortems.is_overdue(item, clock.now().date()),
        "changes": postmortems.changes_of(item, the_person(request)),
    }
    return show(request, "desk/action_item.html", context, status=status, page=incident.page)


@for_the_team("GET", "POST", reading="postmortem", posting="postmortem", holds_text=True)
def lift(request: HttpRequest, incident_id: str, item_id: str) -> HttpResponse:
    """Make a public promise of an action item, in words of the writer's own."""
    incident = incident_by_public_id(the_page(), incident_id)
    require(the_person(request), "promise", page=incident.page_id)
    item = postmortems.item_of(incident, item_id, the_person(request))
    form = LiftItemForm(request.POST or None, initial={"due": item.due})
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                actions.lift_item(
                    actor=the_person(request), now=clock.now(), item=item, **form.cleaned_data
                )
            except BadInput as refusal:
                blame(form, refusal)
            except Refusal as refusal:
                form.add_error(None, refusal.message)
                status = refusal.status
            else:
                messages.success(request, "Promised inside. Readers do not see it yet.")
                return redirect("desk:commitments", incident_id=incident.public_id)
    context = {
        "incident": incident,
        "item": item,
        "form": form,
        "mechanism": Mechanism(item.mechanism).label,
    }
    return show(request, "desk/lift_item.html", context, status=status, page=incident.page)


def _initial(item: ActionItem) -> dict[str, object]:
    return {
        "what": item.what,
        "mechanism": item.mechanism,
        "state": item.state,
        "owner": str(item.owner_id or ""),
        "owner_name": item.owner_name,
        "due": item.due,
        "tracker_url": item.tracker_url,
    }
