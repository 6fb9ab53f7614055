"""Holding a case back, and letting it go on."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from afterword.components.queries import the_page
from afterword.desk.forms import HoldForm, ReleaseForm
from afterword.desk.once import once, sent_before
from afterword.desk.shell import for_the_team, normal_newlines, the_person
from afterword.incidents import actions
from afterword.incidents.queries import incident_by_public_id
from afterword.kit import clock
from afterword.kit.errors import BadInput


@for_the_team("POST", posting="hold_case", holds_text=True)
def hold(request: HttpRequest, incident_id: str) -> HttpResponse:
    if (back := sent_before(request)) is not None:
        return back
    incident = incident_by_public_id(the_page(), incident_id)
    form = HoldForm(request.POST)
    if not form.is_valid():
        raise BadInput("Say why it is held and on which day somebody looks at it again.")

    def keep_in() -> str:
        actions.hold_case(
            actor=the_person(request),
            now=clock.now(),
            incident=incident,
            reason=normal_newlines(form.cleaned_data["reason"]),
            look_again_on=form.cleaned_data["look_again_on"],
        )
        return reverse("desk:case", args=[incident.public_id])

    said = "Held. Nothing about this incident leaves until it is released."
    return once(request, keep_in, lambda: said)


@for_the_team("POST", posting="hold_case", holds_text=True)
def release(request: HttpRequest, incident_id: str) -> HttpResponse:
    if (back := sent_before(request)) is not None:
        return back
    incident = incident_by_public_id(the_page(), incident_id)
    form = ReleaseForm(request.POST)
    if not form.is_valid():
        raise BadInput("Say why it may leave again.")

    def let_go() -> str:
        actions.release_case(
            actor=the_person(request),
            now=clock.now(),
            incident=incident,
            reason=normal_newlines(form.cleaned_data["reason"]),
        )
        return reverse("desk:case", args=[incident.public_id])

    return once(request, let_go, lambda: "Released. Nothing left by this; publish what is ready.")
