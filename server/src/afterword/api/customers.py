from django.http import HttpRequest, JsonResponse

from afterword.accounts.permissions import Bearer
from afterword.api.door import body_of, for_tokens, is_dry_run
from afterword.audience.actions.customers import Report, import_customers, take_customers
from afterword.audience.records import read_customers
from afterword.audience.sheets import MAX_BYTES
from afterword.components.models import Page
from afterword.kit import clock
from afterword.kit.errors import BadInput


@for_tokens("POST", act="manage_audience")
def customers(request: HttpRequest, bearer: Bearer, page: Page) -> JsonResponse:
    """Add and change customers, all of them or none; ``?dry_run=1`` says what would happen."""
    raw, dry_run = body_of(request, most=MAX_BYTES), is_dry_run(request)
    now = clock.now()
    if request.content_type == "text/csv":
        report = import_customers(actor=bearer, now=now, page=page, csv_text=raw, dry_run=dry_run)
    elif request.content_type == "application/json":
        sheet = read_customers(raw)
        report = take_customers(actor=bearer, now=now, page=page, sheet=sheet, dry_run=dry_run)
    else:
        raise BadInput("Send text/csv or application/json.", {"content-type": "not read here"})
    return JsonResponse(_told(report, dry_run=dry_run), status=422 if report.refused else 200)


def _told(report: Report, *, dry_run: bool) -> dict[str, object]:
    return {
        "written": report.written,
        "dry_run": dry_run,
        "added": report.added,
        "changed": report.changed,
        "unchanged": report.unchanged,
        "duplicates": report.duplicates,
        "refused": report.refused,
        "rows_refused": [{"row": line, "why": why} for line, why in report.rows_refused],
        "not_read": list(report.ignored_columns),
    }
