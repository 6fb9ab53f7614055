"""Customers: taken in at once, or kept and read by the worker, whose progress can be asked for."""

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse

from afterword.accounts.permissions import Bearer
from afterword.api.door import body_of, for_tokens, is_dry_run
from afterword.audience.actions.customers import Report
from afterword.audience.actions.intake import bring_customers
from afterword.audience.models import Intake
from afterword.audience.queries.intakes import every_refusal, intake_of, seen
from afterword.audience.sheets import MAX_BYTES, write_sheet
from afterword.components.models import Page
from afterword.fanout.actions import remove_customer, what_goes
from afterword.kit import clock
from afterword.kit.errors import BadInput

_KINDS = {"text/csv": Intake.Kind.CSV, "application/json": Intake.Kind.JSON}
_ASK_AGAIN = "2"
"""Seconds; a token has sixty requests a minute."""


@for_tokens("POST", act="manage_audience")
def customers(request: HttpRequest, bearer: Bearer, page: Page) -> HttpResponse:
    """Add and change customers, all of them or none; ``?dry_run=1`` says what would happen.

    Up to 500 rows are answered at once; more are taken with 202, and so is everything with
    ``Prefer: respond-async`` (RFC 7240).
    """
    raw, dry_run = body_of(request, most=MAX_BYTES), is_dry_run(request)
    kind = _KINDS.get(request.content_type or "")
    if kind is None:
        raise BadInput("Send text/csv or application/json.", {"content-type": "not read here"})
    came = bring_customers(
        actor=bearer, now=clock.now(), page=page, raw=raw, kind=kind, dry_run=dry_run,
        later=_prefers_later(request),
    )  # fmt: skip
    if isinstance(came, Report):
        return JsonResponse(_told(came, dry_run=dry_run), status=422 if came.refused else 200)
    answer = _progress(came, status=202)
    answer.headers["Location"] = _address(came)
    return answer


@for_tokens("DELETE", act="manage_audience")
def customer(request: HttpRequest, bearer: Bearer, page: Page, account_id: str) -> HttpResponse:
    """Remove a customer, or with ``?contact=ADDRESS`` one contact; ``?dry_run=1`` says what would
    go. 409 while a letter that must be sent has not left, unless ``?despite_owed=1``.
    """
    contact = request.GET.get("contact", "")[:254]
    if is_dry_run(request):
        going = what_goes(page=page, account_id=account_id, email=contact)
    else:
        going = remove_customer(
            actor=bearer, now=clock.now(), page=page, account_id=account_id, email=contact,
            despite_owed=request.GET.get("despite_owed") == "1",
        )  # fmt: skip
    return JsonResponse({
        "dry_run": is_dry_run(request), "account_id": going.customer.account_id,
        "contacts": going.contacts, "withdrawn": going.waiting, "kept": going.kept,
        "owed": going.owed,
    })  # fmt: skip


@for_tokens("GET", act="manage_audience")
def upload(request: HttpRequest, bearer: Bearer, page: Page, upload_id: str) -> HttpResponse:
    """Say how far an upload is, and what came of it."""
    return _progress(intake_of(page, upload_id, Intake.What.CUSTOMERS), status=200)


@for_tokens("GET", act="manage_audience")
def upload_refusals(
    request: HttpRequest, bearer: Bearer, page: Page, upload_id: str
) -> HttpResponse:
    """Hand out every refused row of an upload as CSV: its line or number, and why."""
    intake = intake_of(page, upload_id, Intake.What.CUSTOMERS)
    rows = ((str(line), why) for line, why in every_refusal(intake))
    answer = HttpResponse(write_sheet(("row", "why"), rows), content_type="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = 'attachment; filename="rows-to-mend.csv"'
    return answer


def _prefers_later(request: HttpRequest) -> bool:
    wishes = request.headers.get("Prefer", "").split(",")
    return any(wish.partition(";")[0].strip().lower() == "respond-async" for wish in wishes)


def _address(intake: Intake) -> str:
    return reverse("api:upload", args=[intake.public_id])


def _progress(intake: Intake, *, status: int) -> JsonResponse:
    """Return an upload as JSON. Counts are null until it has ended."""
    said = seen(intake)
    told: dict[str, Any] = {
        "id": intake.public_id,
        "state": intake.state,
        "step": intake.step,
        "rows_done": intake.rows_done,
        "rows": intake.rows,
        "percent": said.share,
        "waits_for": said.before_it,
        "message": said.refusal,
    } | _counted(intake, intake.dry_run, written=intake.state == "written")
    told["rows_refused"] = _listed(said.rows_refused)
    told["refusals"] = f"{_address(intake)}/refusals.csv" if said.has_refusals else None
    told["not_read"] = list(said.ignored_columns)
    answer = JsonResponse(told, status=status)
    if intake.is_open:
        answer.headers["Retry-After"] = _ASK_AGAIN
    return answer


def _told(report: Report, *, dry_run: bool) -> dict[str, object]:
    return _counted(report, dry_run, written=report.written) | {
        "rows_refused": _listed(report.rows_refused),
        "not_read": list(report.ignored_columns),
    }


def _counted(of: Report | Intake, dry_run: bool, *, written: bool) -> dict[str, object]:
    return {
        "written": written,
        "dry_run": dry_run,
        "added": of.added,
        "changed": of.changed,
        "unchanged": of.unchanged,
        "duplicates": of.duplicates,
        "refused": of.refused,
    }


def _listed(refused: tuple[tuple[int, str], ...]) -> list[dict[str, object]]:
    return [{"row": line, "why": why} for line, why in refused]
