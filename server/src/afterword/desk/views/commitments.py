"""Promises: make one, move one on. Owner and ticket stay inside."""

from datetime import date

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from afterword.commitments import actions
from afterword.commitments import queries as commitments
from afterword.commitments.models import Commitment, CommitmentState
from afterword.components.queries import the_page
from afterword.desk.forms import CommitmentChangeForm, CommitmentForm, TellPromisesForm, blame
from afterword.desk.fresh_pages import said_of
from afterword.desk.once import once, sent_before
from afterword.desk.promises_told import told_of
from afterword.desk.shell import for_the_team, normal_newlines, show, the_person
from afterword.desk.templatetags.desk_words import day
from afterword.incidents.models import Incident
from afterword.incidents.queries import incident_by_public_id
from afterword.kit import clock
from afterword.kit.errors import BadInput, NotAllowed, NotFound, Refusal, TextRejected
from afterword.publishing.actions import publish_promises
from afterword.publishing.ledger import everything_about
from afterword.publishing.models import Publication


@for_the_team("GET", "POST", posting="promise", holds_text=True)
def listing(request: HttpRequest, incident_id: str) -> HttpResponse:
    """Show the incident's promises; POST makes a new one."""
    if led := sent_before(request):
        return led
    incident = incident_by_public_id(the_page(), incident_id)
    form = CommitmentForm(request.POST or None)
    status = 200
    if request.method == "POST":
        status = 422

        def promise() -> str:
            actions.promise(
                actor=the_person(request), now=clock.now(), incident=incident, **form.cleaned_data
            )
            return reverse("desk:commitments", args=[incident.public_id])

        if form.is_valid():
            try:
                return once(request, promise, lambda: "Promised inside. Readers do not see it yet.")
            except BadInput as refusal:
                blame(form, refusal)
    return _page(request, incident, form, status=status)


@for_the_team("POST", posting="publish", holds_text=True)
def tell(request: HttpRequest, incident_id: str) -> HttpResponse:
    """Publish how the promises stand, with a note; subscribers are told if asked."""
    if led := sent_before(request):
        return led
    incident = incident_by_public_id(the_page(), incident_id)
    form = TellPromisesForm(request.POST)
    if not form.is_valid():
        return _page(request, incident, CommitmentForm(), tell=form, status=422)
    left: list[Publication] = []

    def leave() -> str:
        left.append(
            publish_promises(
                actor=the_person(request),
                now=clock.now(),
                incident=incident,
                note=normal_newlines(form.cleaned_data["note"]),
                notify=form.cleaned_data["notify"],
            )
        )
        return reverse("desk:commitments", args=[incident.public_id])

    try:
        return once(request, leave, lambda: said_of(left[0]))
    except NotAllowed:
        raise
    except BadInput as refusal:
        blame(form, refusal)
        findings: list[dict[str, object]] = []
        status = refusal.status
    except Refusal as refusal:
        form.add_error(None, refusal.message)
        findings = refusal.findings if isinstance(refusal, TextRejected) else []
        status = refusal.status
    return _page(
        request, incident, CommitmentForm(), tell=form, tell_findings=findings, status=status
    )


@for_the_team("GET", "POST", posting="promise", holds_text=True)
def change(request: HttpRequest, incident_id: str, commitment_id: str) -> HttpResponse:
    """Move a promise on, put it off with a note, or drop it with a reason."""
    incident = incident_by_public_id(the_page(), incident_id)
    promise = commitments.by_public_id(commitment_id)
    if promise.incident_id != incident.pk:
        raise NotFound("This incident has no such promise.")
    form = CommitmentChangeForm(
        request.POST or None, initial={"state": promise.state, "due": promise.due}
    )
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                actions.change(
                    actor=the_person(request),
                    now=clock.now(),
                    commitment=promise,
                    **form.cleaned_data,
                )
            except BadInput as refusal:
                blame(form, refusal)
            except Refusal as refusal:
                form.add_error(None, refusal.message)
                status = refusal.status
            else:
                messages.success(request, _saved(promise))
                return redirect("desk:commitments", incident_id=incident.public_id)
    context = {
        "incident": incident,
        "promise": promise,
        "form": form,
        "changes": commitments.changes_of(promise),
        "put_off": _put_off(promise),
    }
    return show(request, "desk/commitment.html", context, status=status, page=incident.page)


def _page(
    request: HttpRequest,
    incident: Incident,
    form: CommitmentForm,
    *,
    tell: TellPromisesForm | None = None,
    tell_findings: list[dict[str, object]] | None = None,
    status: int,
) -> HttpResponse:
    now = clock.now()
    commitments.know_about([incident])
    promises = commitments.of_incident(incident)
    told = told_of(promises, everything_about(incident.page, incident.public_id))
    context = {
        "incident": incident,
        "promises": [(p, _is_late(p), told.mark(p), _put_off(p)) for p in promises],
        "form": form,
        "told": told,
        "tell": tell or TellPromisesForm(auto_id="tell_%s"),
        "tell_findings": tell_findings or [],
    }
    return show(
        request, "desk/commitments.html", context, status=status, page=incident.page, now=now
    )


def _saved(promise: Commitment) -> str:
    said = "Saved inside. Readers see it when they are next told how the promises stand."
    if promise.state == CommitmentState.DONE and promise.due and not _is_over(promise.due):
        said += f" Tell them by {day(promise.due)}: it counts by the day they are told."
    return said


def _put_off(promise: Commitment) -> str:
    times, days = commitments.put_off(promise)
    if not times:
        return ""
    how_often = "once" if times == 1 else f"{times} times"
    return f"put off {how_often}, by {days} {'day' if days == 1 else 'days'} in all"


def _is_over(due: date) -> bool:
    return due < clock.now().date()


def _is_late(promise: Commitment) -> bool:
    return commitments.is_overdue(promise, clock.now().date())
