"""The decision whether the public gets a summary, beside what the table proposes and why."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from afterword.accounts.queries import people_who_may
from afterword.components.queries import the_page
from afterword.desk.forms import DecisionForm, blame, chosen_person
from afterword.desk.shell import for_the_team, normal_newlines, show, the_person
from afterword.incidents import actions
from afterword.incidents import queries as incidents
from afterword.incidents.models import Decision, Outcome
from afterword.kit import clock
from afterword.kit.errors import BadInput, NotAllowed, Refusal


@for_the_team("GET", "POST", posting="decide", holds_text=True)
def decide(request: HttpRequest, incident_id: str) -> HttpResponse:
    incident = incidents.incident_by_public_id(the_page(), incident_id)
    person = the_person(request)
    others = [p for p in people_who_may("decide", page=incident.page_id) if p.pk != person.pk]
    proposal = incidents.proposal_for(incident)
    latest = incidents.latest_decision(incident)
    form = DecisionForm(
        request.POST or None,
        people=others,
        initial={"outcome": latest.outcome if latest else proposal.outcome},
    )
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            told = form.cleaned_data
            try:
                made = actions.decide_summary(
                    actor=person,
                    now=clock.now(),
                    incident=incident,
                    outcome=told["outcome"],
                    reason=normal_newlines(told["reason"]),
                    review_on=told["review_on"],
                    second_person=chosen_person(others, told["second_person"]),
                )
            except BadInput as refusal:
                blame(form, refusal)
            except NotAllowed as refusal:
                form.add_error(None, refusal.message)
                status = refusal.status
            except Refusal as refusal:
                form.add_error(None, refusal.message)
                status = refusal.status
            else:
                messages.success(request, _said(made))
                return redirect("desk:case", incident_id=incident.public_id)
    pending = incidents.pending_decision(incident)
    context = {
        "incident": incident,
        "pending": pending,
        "is_second": pending is not None and pending.second_person_id == person.pk,
        "form": form,
        "proposal": proposal,
        "proposed": Outcome(proposal.outcome).label,
        "latest": latest,
        "inputs": [(k.replace("_", " "), v) for k, v in proposal.inputs.items()],
    }
    return show(request, "desk/decision.html", context, status=status, page=incident.page)


@for_the_team("POST", posting="decide")
def confirm(request: HttpRequest, incident_id: str) -> HttpResponse:
    """Agree to the decision that waits for the person signed in."""
    incident = incidents.incident_by_public_id(the_page(), incident_id)
    pending = incidents.pending_decision(incident)
    if pending is None or request.POST.get("decision") != str(pending.pk):
        messages.warning(request, "The decision changed since you opened this page. Look again.")
        return redirect("desk:decision", incident_id=incident.public_id)
    actions.confirm_decision(actor=the_person(request), now=clock.now(), decision=pending)
    messages.success(request, "Agreed. The decision is in force.")
    return redirect("desk:case", incident_id=incident.public_id)


def _said(made: Decision) -> str:
    label = Outcome(made.outcome).label.lower()
    if made.second_person is None:
        return f"Decided: {label}."
    return f"Kept: {label}. It counts once {made.second_person.name} has agreed, signed in."
