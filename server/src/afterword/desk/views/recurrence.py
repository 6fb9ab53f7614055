"""Whether it happened before: what looks alike, what was promised then, and a person's answer."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from afterword.components.queries import the_page
from afterword.desk.shell import for_the_team, normal_newlines, the_person
from afterword.incidents.actions import judge_recurrence, note_outside
from afterword.incidents.queries import case_of, incident_by_public_id
from afterword.kit import clock
from afterword.kit.errors import BadInput


class AnswerForm(forms.Form):
    earlier = forms.CharField(max_length=64)
    same = forms.ChoiceField(choices=(("yes", "yes"), ("no", "no")))
    reason = forms.CharField(required=False, max_length=1000)


class OutsideForm(forms.Form):
    """What support and the press said. Times are UTC."""

    first_at = forms.DateTimeField(
        required=False,
        label="First report from outside (UTC)",
        widget=forms.DateTimeInput(attrs={"placeholder": "2026-03-04 08:12"}),
    )
    nobody_before = forms.BooleanField(
        required=False, label="Nobody outside spoke before our first word"
    )
    repeat_questions = forms.IntegerField(
        required=False,
        min_value=0,
        max_value=1_000_000,
        label="Questions within 72 hours that the summary answers",
    )


@for_the_team("POST", posting="edit_record", holds_text=True)
def answer(request: HttpRequest, incident_id: str) -> HttpResponse:
    """Keep whether the incident is an earlier one again; the record follows."""
    page = the_page()
    incident = incident_by_public_id(page, incident_id)
    form = AnswerForm(request.POST)
    if not form.is_valid():
        raise BadInput("Answer yes or no for one of the earlier incidents on the case.")
    same = form.cleaned_data["same"] == "yes"
    judge_recurrence(
        actor=the_person(request),
        now=clock.now(),
        incident=incident,
        earlier=incident_by_public_id(page, form.cleaned_data["earlier"]),
        is_same=same,
        reason=normal_newlines(form.cleaned_data["reason"]),
    )
    told = "The record names it now, and the summary has to." if same else "Kept, with your reason."
    messages.success(request, told)
    # While it goes on there is no case yet: whoever answered goes back to where they were asked.
    name = "desk:case" if case_of(incident) else "desk:incident"
    return redirect(name, incident_id=incident.public_id)


@for_the_team("POST", posting="edit_record", holds_text=True)
def outside(request: HttpRequest, incident_id: str) -> HttpResponse:
    """Keep what was heard from outside about the incident."""
    incident = incident_by_public_id(the_page(), incident_id)
    form = OutsideForm(request.POST)
    if not form.is_valid():
        raise BadInput(
            "Give the time as 2026-03-04 08:12 (UTC), and the questions as a number.",
            {name: str(problems[0]) for name, problems in form.errors.items()},
        )
    note_outside(actor=the_person(request), now=clock.now(), incident=incident, **form.cleaned_data)
    messages.success(request, "Noted. The trust report counts it.")
    return redirect("desk:case", incident_id=incident.public_id)
