"""Uploaded lists of people: how far each is, what came of it, and its rows to mend."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from afterword.audience.actions.intake import bring_tried
from afterword.audience.models import Intake, IntakeState
from afterword.audience.queries.intakes import Seen, every_refusal, intake_of, seen
from afterword.components.queries import the_page
from afterword.desk.shell import for_the_team, show, the_person
from afterword.desk.views.audience import rows_to_mend
from afterword.kit import clock

LOOK_EVERY = 1
"""Seconds between two looks at an upload that is open."""
_TAGS = {
    IntakeState.WRITTEN: "done", IntakeState.REFUSED: "failed", IntakeState.TRIED: "done",
}  # fmt: skip


_NOUNS = {
    Intake.What.CUSTOMERS: "customer,customers",
    Intake.What.ACCOUNTS: "account,accounts",
    Intake.What.AFFECTED: "person,people",
    Intake.What.SUBSCRIBERS: "subscriber,subscribers",
}


@for_the_team("GET", "POST", reading="manage_audience", posting="manage_audience")
def one(request: HttpRequest, upload_id: str) -> HttpResponse:
    """Show an upload; POST brings in one that was tried and is sound."""
    page = the_page()
    intake = intake_of(page, upload_id)
    if request.method == "POST":
        bring_tried(actor=the_person(request), now=clock.now(), page=page, intake=intake)
        messages.info(request, "It is being brought in.")
        return redirect("desk:upload", upload_id=upload_id)
    return show(request, "desk/upload.html", _context(intake), page=page)


@for_the_team("GET", reading="manage_audience")
def progress(request: HttpRequest, upload_id: str) -> HttpResponse:
    """The part of an upload's page that changes; ``heard`` is what was read out of it before."""
    context = _context(intake_of(the_page(), upload_id))
    fresh = request.GET.get("heard", "") != context["milestone"]
    return render(request, "desk/parts/upload.html", context | {"say_it": fresh})


@for_the_team("GET", reading="manage_audience")
def refusals(request: HttpRequest, upload_id: str) -> HttpResponse:
    """Hand out every refused row as CSV: its line, and why."""
    return rows_to_mend(every_refusal(intake_of(the_page(), upload_id)))


def _context(intake: Intake) -> dict[str, Any]:
    said = seen(intake)
    return {
        "intake": intake,
        "list_url": _list_url(intake),
        "noun": _NOUNS[Intake.What(intake.what)],
        "seen": said,
        "tag": _TAGS.get(IntakeState(intake.state), "waiting"),
        "every": LOOK_EVERY if intake.is_open else 0,
        "milestone": _milestone(said),
    }


def _list_url(intake: Intake) -> str:
    """Return the address of the page of the list that the file is for."""
    match intake.what:
        case Intake.What.AFFECTED:
            return reverse("desk:people", args=[intake.incident_ref])
        case Intake.What.ACCOUNTS:
            return reverse("desk:impacts", args=[intake.incident_ref])
        case Intake.What.SUBSCRIBERS:
            return reverse("desk:subscribers")
        case _:
            return reverse("desk:customers")


def _milestone(said: Seen) -> str:
    """Return a word that changes at what is worth being read out: each state, step and quarter."""
    step = f"-{said.intake.step}-{said.share // 25}" if said.intake.state == "reading" else ""
    return f"{said.intake.state}{step}"
