"""Correcting what is published: what we wrote, what is true, and how grave it is."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.safestring import mark_safe

from afterword.components.queries import the_page
from afterword.desk.forms import CorrectionForm, blame
from afterword.desk.shell import for_the_team, normal_newlines, show, the_person
from afterword.fanout.queries import count_who_got
from afterword.incidents.queries import incident_by_public_id
from afterword.kit import clock
from afterword.kit.errors import BadInput, NotAllowed, NotFound, WrongState
from afterword.publishing.actions import correct
from afterword.publishing.actions.correction import correctable
from afterword.publishing.models import Audience
from afterword.statements.corrected import MAX_RIGHT, MAX_WROTE


@for_the_team("GET", "POST", posting="write", holds_text=True)
def start(request: HttpRequest, incident_id: str, number: int) -> HttpResponse:
    """Say what was wrong with a publication; the text about it is then written and reviewed."""
    page = the_page()
    incident = incident_by_public_id(page, incident_id)
    publication = correctable(incident, number)
    form = CorrectionForm(request.POST or None, initial=_offered(request))
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            told = form.cleaned_data
            try:
                statement = correct(
                    actor=the_person(request),
                    now=clock.now(),
                    incident=incident,
                    number=number,
                    weight=told["weight"],
                    wrote=normal_newlines(told["wrote"]),
                    right=normal_newlines(told["right"]),
                )
            except (NotAllowed, NotFound):
                raise
            except BadInput as refusal:
                blame(form, refusal)
            except WrongState as refusal:
                form.add_error(None, refusal.message)
                status = refusal.status
            else:
                return redirect("desk:statement", statement_id=statement.public_id)
    context: dict[str, Any] = {
        "incident": incident,
        "publication": publication,
        "form": form,
        "told": 0 if publication.audience == Audience.PAGE else count_who_got(publication),
        "on_page": publication.audience != Audience.LIST,
        # Cleaned when it was published.
        "rendered": mark_safe(publication.html),  # noqa: S308
    }
    return show(request, "desk/correct.html", context, status=status, page=page)


def _offered(request: HttpRequest) -> dict[str, str]:
    """Return what a link may have filled in already: the two figures that differ."""
    offered = {"weight": request.GET.get("weight", "fact")}
    offered["wrote"] = request.GET.get("wrote", "")[:MAX_WROTE]
    offered["right"] = request.GET.get("right", "")[:MAX_RIGHT]
    return offered
