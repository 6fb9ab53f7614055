"""The internal review: its own page, its own permission, never on an outward path."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from afterword.components.queries import the_page
from afterword.desk.forms import PostmortemForm
from afterword.desk.shell import for_the_team, normal_newlines, show, the_person
from afterword.incidents.models import Incident
from afterword.incidents.queries import incident_by_public_id
from afterword.kit import clock
from afterword.kit.errors import BadInput, Conflict
from afterword.postmortems import actions
from afterword.postmortems import queries as postmortems
from afterword.postmortems.models import PostmortemRevision


@for_the_team("GET", "POST", reading="postmortem", posting="postmortem", holds_text=True)
def edit(request: HttpRequest, incident_id: str) -> HttpResponse:
    incident = incident_by_public_id(the_page(), incident_id)
    # Asked before anything is read: who may not read it is refused here, with what would help.
    newest = postmortems.latest(incident, the_person(request))
    if request.method == "GET":
        return _page(request, incident, newest, newest.body if newest else "")
    body = normal_newlines(request.POST.get("body", ""))
    based_on = request.POST.get("based_on", "0")
    try:
        saved = actions.save(
            actor=the_person(request),
            now=clock.now(),
            incident=incident,
            body=body,
            based_on=int(based_on) if based_on.isascii() and based_on.isdigit() else 0,
        )
    except BadInput as refusal:
        return _page(request, incident, newest, body, refusal=refusal.message, status=422)
    except Conflict as refusal:
        kept = postmortems.latest(incident, the_person(request))
        return _page(
            request, incident, kept, body, refusal=refusal.message, theirs=newest, status=409
        )
    messages.success(request, f"Saved as revision {saved.number}. It stays inside.")
    return redirect("desk:postmortem", incident_id=incident.public_id)


def _page(
    request: HttpRequest,
    incident: Incident,
    newest: PostmortemRevision | None,
    body: str,
    *,
    refusal: str = "",
    theirs: PostmortemRevision | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {
        "incident": incident,
        "newest": newest,
        "form": PostmortemForm(initial={"body": body}),
        "refusal": refusal,
        "theirs": theirs,
    }
    return show(request, "desk/postmortem.html", context, status=status, page=incident.page)
