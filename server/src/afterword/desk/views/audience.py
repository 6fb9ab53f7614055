"""Lists of people from CSV files: customers with a contract, and whose data was affected."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from afterword.audience.actions.customers import Report, add_affected, import_customers
from afterword.audience.queries.customers import counts, customers_of
from afterword.components.queries import the_page
from afterword.desk.forms import SheetForm
from afterword.desk.shell import for_the_team, show, the_person
from afterword.incidents.queries import incident_by_public_id
from afterword.kit import clock
from afterword.kit.errors import BadInput


@for_the_team("GET", "POST")
def customers(request: HttpRequest) -> HttpResponse:
    """Show the customers; POST reads a CSV file, to try it or to write it."""
    page = the_page()
    form = SheetForm(request.POST or None, request.FILES or None)
    report: Report | None = None
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                report = import_customers(
                    actor=the_person(request),
                    now=clock.now(),
                    page=page,
                    csv_text=form.cleaned_data["file"].read(),
                    dry_run=request.POST.get("do") == "try",
                )
            except BadInput as refusal:
                form.add_error("file", refusal.message)
            else:
                status = 200 if not report.refused else 422
                if report.written:
                    messages.success(request, _told(report, "customer"))
                    return redirect("desk:customers")
    context = {"form": form, "report": report, "customers": customers_of(page)}
    return show(request, "desk/customers.html", context, status=status, page=page)


@for_the_team("GET", "POST")
def affected_people(request: HttpRequest, incident_id: str) -> HttpResponse:
    """Show how many people are on the incident's data-affected list; POST adds from a file."""
    page = the_page()
    incident = incident_by_public_id(page, incident_id)
    form = SheetForm(request.POST or None, request.FILES or None)
    report: Report | None = None
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                report = add_affected(
                    actor=the_person(request),
                    now=clock.now(),
                    page=page,
                    incident_ref=incident.public_id,
                    csv_text=form.cleaned_data["file"].read(),
                    dry_run=request.POST.get("do") == "try",
                )
            except BadInput as refusal:
                form.add_error("file", refusal.message)
            else:
                status = 200 if not report.refused else 422
                if report.written:
                    messages.success(request, _told(report, "person"))
                    return redirect("desk:people", incident_id=incident.public_id)
    context = {
        "incident": incident,
        "form": form,
        "report": report,
        "count": counts(page, incident.public_id).data_affected,
    }
    return show(request, "desk/people.html", context, status=status, page=page)


def _told(report: Report, noun: str) -> str:
    many = {"customer": "customers", "person": "people"}[noun]
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
