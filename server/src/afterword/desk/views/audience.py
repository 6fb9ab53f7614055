"""Lists of people from CSV files: customers with a contract, and whose data was affected."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from afterword.audience.actions.customers import Report, add_affected
from afterword.audience.actions.impacts import import_impacts
from afterword.audience.actions.intake import bring_customers, refuse_long_list
from afterword.audience.models import Intake
from afterword.audience.queries.customers import count_affected, customers_of, newest_impacts
from afterword.audience.queries.intakes import newest_intakes
from afterword.audience.sheets import write_sheet
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
    """Show the customers; POST takes a CSV file, to try it or to write it.

    A large one is read by the worker: the answer leads to the page that says how far it is.
    """
    page = the_page()

    def bring(text: Any, dry_run: bool) -> Report | Intake:
        return bring_customers(
            actor=the_person(request), now=clock.now(), page=page, raw=text,
            kind=Intake.Kind.CSV, dry_run=dry_run,
        )  # fmt: skip

    found = _brought(request, bring)
    if found.intake is not None:
        return redirect("desk:upload", upload_id=found.intake.public_id)
    if (refusals := found.list_of_refusals) is not None:
        return refusals
    if found.report and found.report.written:
        messages.success(request, _told(found.report, "customer"))
        return redirect("desk:customers")
    context = {
        "form": found.form,
        "report": found.report,
        "customers": customers_of(page),
        "uploads": newest_intakes(page),
    }
    return show(request, "desk/customers.html", context, status=found.status, page=page)


@for_the_team("GET", "POST", posting="manage_audience")
def affected_people(request: HttpRequest, incident_id: str) -> HttpResponse:
    """Show how many people are on the incident's data-affected list; POST adds from a file."""
    page = the_page()
    incident = incident_by_public_id(page, incident_id)

    def bring(text: Any, dry_run: bool) -> Report:
        refuse_long_list(raw=text, kind="affected", incident_ref=incident.public_id)
        return add_affected(
            actor=the_person(request), now=clock.now(), page=page,
            incident_ref=incident.public_id, csv_text=text, dry_run=dry_run,
        )  # fmt: skip

    found = _brought(request, bring)
    if (refusals := found.list_of_refusals) is not None:
        return refusals
    if found.report and found.report.written:
        messages.success(request, _told(found.report, "person"))
        return redirect("desk:people", incident_id=incident.public_id)
    context = {
        "incident": incident,
        "form": found.form,
        "report": found.report,
        "count": count_affected(page, incident.public_id),
    }
    return show(request, "desk/people.html", context, status=found.status, page=page)


@for_the_team("GET", "POST", posting="manage_audience")
def impacts(request: HttpRequest, incident_id: str) -> HttpResponse:
    """Show what the incident did to each account; POST adds from a file."""
    page = the_page()
    incident = incident_by_public_id(page, incident_id)

    def bring(text: Any, dry_run: bool) -> Report:
        refuse_long_list(raw=text, kind="accounts", incident_ref=incident.public_id)
        return import_impacts(
            actor=the_person(request), now=clock.now(), page=page,
            incident_ref=incident.public_id, csv_text=text, dry_run=dry_run,
        )  # fmt: skip

    found = _brought(request, bring)
    if (refusals := found.list_of_refusals) is not None:
        return refusals
    if found.report and found.report.written:
        messages.success(request, _told(found.report, "account"))
        return redirect("desk:impacts", incident_id=incident.public_id)
    context = {
        "incident": incident,
        "form": found.form,
        "report": found.report,
        "measured": newest_impacts(page, incident.public_id),
    }
    return show(request, "desk/impacts.html", context, status=found.status, page=page)


def _brought(request: HttpRequest, bring: Callable[[Any, bool], Report | Intake]) -> _Brought:
    """Read a posted file. It is written only on the button that says so; all else only tries."""
    found = _Brought(SheetForm(request.POST or None, request.FILES or None))
    if request.method != "POST":
        return found
    found.status = 422
    if found.form.is_valid():
        text = found.form.cleaned_data["file"].read()
        try:
            came = bring(text, request.POST.get("do") != "write")
        except BadInput as refusal:
            found.form.add_error("file", refusal.message)
            return found
        if isinstance(came, Intake):
            found.intake = came
            return found
        found.report, found.status = came, 422 if came.refused else 200
    return found


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
