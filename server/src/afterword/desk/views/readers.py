"""What readers of an incident said of its texts: for whoever writes them."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from afterword.audience.actions.answers import settle_remark
from afterword.audience.queries.answers import (
    FEWEST,
    answers_about,
    answers_by_text,
    remark_by_id,
    remarks_on,
)
from afterword.components.models import Page
from afterword.components.queries import the_page
from afterword.desk.case_view import CaseView
from afterword.desk.shell import for_the_team, the_person
from afterword.incidents.queries import incident_by_public_id
from afterword.kit import clock
from afterword.kit.errors import BadInput

REMARKS_SHOWN = 20


class RemarkForm(forms.Form):
    what = forms.ChoiceField(choices=(("noted", "Noted"), ("drop", "Drop")))


def heard_from_readers(page: Page, view: CaseView) -> dict[str, Any]:
    """Return what the case shows of what readers said: in all, by text, and in words."""
    ref = view.incident.public_id
    titles = {each.number: each.get_kind_display() for each in view.publications}
    by_text = [
        (f"{titles[n]}, number {n}" if n in titles else "Before a closure or summary", answered)
        for n, answered in answers_by_text(page, ref)
    ]
    return {
        "readers": answers_about(page, ref),
        "by_text": by_text,
        "fewest": FEWEST,
        "remarks": remarks_on(page, ref, limit=REMARKS_SHOWN),
        "keep_days": settings.KEEP_REMARKS_DAYS,
    }


@for_the_team("POST", posting="write")
def settle(request: HttpRequest, incident_id: str, remark_id: int) -> HttpResponse:
    """Take note of what a reader wrote, or drop it."""
    page = the_page()
    incident = incident_by_public_id(page, incident_id)
    remark = remark_by_id(page, incident.public_id, remark_id)
    form = RemarkForm(request.POST)
    if not form.is_valid():
        raise BadInput("Say noted or drop; the case has the buttons.")
    drop = form.cleaned_data["what"] == "drop"
    settle_remark(actor=the_person(request), now=clock.now(), remark=remark, drop=drop)
    messages.success(request, "Dropped. It is gone." if drop else "Noted.")
    return redirect("desk:case", incident_id=incident.public_id)
