"""Lists of people from CSV files: customers with a contract, what an incident did to each, whose
data was affected, and readers who subscribed elsewhere.

A large file is read by the worker: the answer leads to the page that says how far it is.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from afterword.audience.actions.intake import bring_list
from afterword.audience.actions.reports import Report
from afterword.audience.models import Intake
from afterword.audience.queries.customers import count_affected, customers_of, newest_impacts
from afterword.audience.queries.intakes import newest_intakes
from afterword.audience.queries.subscribers import count_by_state
from afterword.audience.sheets import write_sheet
from afterword.components.models import Page
from afterword.components.queries import the_page
from afterword.desk.forms import SheetForm
from afterword.desk.shell import for_the_team, show, the_person
from afterword.incidents.queries import incident_by_public_id
from afterword.kit import clock
from afterword.kit.errors import BadInput

_CSV = "text/csv; charset=utf-8"


@dataclass
class _Brought:
    """What became of a posted file: the form to show, the report, the status of the answer; the
    upload where it is kept to be read later.
    """

    what: Intake.What
    incident_ref: str
    form: SheetForm
    report: Report | None = None
    intake: Intake | None = None
    status: int = 200

    @property
    def list_of_refusals(self) -> HttpResponse | None:
        """Every refused row as a CSV file, if that was asked for and the file could be read."""
        if self.report is None or self.form.data.get("do") != "refusals":
            return None
        return rows_to_mend(self.report.every_refusal)


def rows_to_mend(refused: Iterable[tuple[int, str]]) -> HttpResponse:
    """Return refused rows as a CSV file to save."""
    rows = ((str(line), why) for line, why in refused)
    answer = HttpResponse(write_sheet(("line", "why"), rows), content_type=_CSV)
    answer.headers["Content-Disposition"] = 'attachment; filename="rows-to-mend.csv"'
    return answer


@for_the_team("GET", "POST", posting="manage_audience")
def customers(request: HttpRequest) -> HttpResponse:
    """Show the customers; POST takes a CSV file, to try it or to write it."""
    page = the_page()
    found = _brought(request, page, Intake.What.CUSTOMERS)
    if (answer := _answer(request, found, "customer")) is not None:
        return answer
    context = {"customers": customers_of(page)}
    return _shown(request, page, "desk/customers.html", found, context)


@for_the_team("GET", "POST", posting="manage_audience")
def affected_people(request: HttpRequest, incident_id: str) -> HttpResponse:
    """Show how many people are on the incident's data-affected list; POST adds from a file."""
    page = the_page()
    incident = incident_by_public_id(page, incident_id)
    found = _brought(request, page, Intake.What.AFFECTED, incident.public_id)
    if (answer := _answer(request, found, "person")) is not None:
        return answer
    context = {"incident": incident, "count": count_affected(page, incident.public_id)}
    return _shown(request, page, "desk/people.html", found, context)


@for_the_team("GET", "POST", posting="manage_audience")
def impacts(request: HttpRequest, incident_id: str) -> HttpResponse:
    """Show what the incident did to each account; POST adds from a file."""
    page = the_page()
    incident = incident_by_public_id(page, incident_id)
    found = _brought(request, page, Intake.What.ACCOUNTS, incident.public_id)
    if (answer := _answer(request, found, "account")) is not None:
        return answer
    context = {"incident": incident, "measured": newest_impacts(page, incident.public_id)}
    return _shown(request, page, "desk/impacts.html", found, context)


@for_the_team("GET", "POST", posting="manage_audience")
def subscribers(request: HttpRequest) -> HttpResponse:
    """Show how many readers there are by mail; POST adds those who subscribed elsewhere."""
    page = the_page()
    found = _brought(request, page, Intake.What.SUBSCRIBERS)
    if (answer := _answer(request, found, "person")) is not None:
        return answer
    return _shown(request, page, "desk/subscribers.html", found, {"counts": count_by_state(page)})


def _brought(
    request: HttpRequest, page: Page, what: Intake.What, incident_ref: str = ""
) -> _Brought:
    """Read a posted file. It is written only on the button that says so; all else only tries."""
    form = SheetForm(request.POST or None, request.FILES or None)
    found = _Brought(what, incident_ref, form)
    if request.method != "POST":
        return found
    found.status = 422
    if found.form.is_valid():
        try:
            came = bring_list(
                what=what, actor=the_person(request), now=clock.now(), page=page,
                incident_ref=incident_ref, raw=found.form.cleaned_data["file"].read(),
                dry_run=request.POST.get("do") != "write",
            )  # fmt: skip
        except BadInput as refusal:
            found.form.add_error("file", refusal.message)
            return found
        if isinstance(came, Intake):
            found.intake = came
            return found
        found.report, found.status = came, 422 if came.refused else 200
    return found


def _answer(request: HttpRequest, found: _Brought, noun: str) -> HttpResponse | None:
    """Return the answer to a file that needs no form any more: it waits to be read, its rows to
    mend were asked for, or it was written.
    """
    if found.intake is not None:
        return redirect("desk:upload", upload_id=found.intake.public_id)
    if (refusals := found.list_of_refusals) is not None:
        return refusals
    if found.report is not None and found.report.written:
        messages.success(request, _told(found.report, noun))
        return redirect(request.path)
    return None


def _shown(
    request: HttpRequest, page: Page, template: str, found: _Brought, context: Mapping[str, object]
) -> HttpResponse:
    """Show the page of a list with its form, what became of a posted file, and newest uploads."""
    more = {
        "form": found.form,
        "report": found.report,
        "uploads": newest_intakes(page, found.what, found.incident_ref),
    }
    return show(request, template, {**context, **more}, status=found.status, page=page)


def _told(report: Report, noun: str) -> str:
    many = {"customer": "customers", "person": "people", "account": "accounts"}[noun]
    said = [
        f"{count:,} {noun if count == 1 else many} {what}"
        for count, what in (
            (report.added, "added"),
            (report.changed, "changed"),
            (report.unchanged, "unchanged"),
        )
        if count
    ]
    return (", ".join(said) or "The file held nobody") + "."
