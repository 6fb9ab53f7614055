"""What the measures of trust say of a period, with the lists behind them; to take along, too."""

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from django.utils.safestring import SafeString

from afterword.accounts.permissions import may
from afterword.components.models import Page
from afterword.components.queries import the_page
from afterword.desk.cells import harmless
from afterword.desk.shell import for_the_team, show, the_person
from afterword.kit import clock
from afterword.kit.errors import NotFound
from afterword.kit.typesetting import can_set_pdf
from afterword.trust import charts, export
from afterword.trust.actions import TEAM, look_at, take_along
from afterword.trust.booklet import HOW_TO_READ, Audience, booklet
from afterword.trust.booklet_pdf import pdf_of
from afterword.trust.evidence import COLUMNS, evidence
from afterword.trust.measure import Item, Measure
from afterword.trust.periods import Period, checked, named, quarter_before, quarter_of
from afterword.trust.report import Report, report, without_people

LISTED = 5
ALL_LISTED = 1_000
QUARTERS = 8


class PeriodForm(forms.Form):
    """Any days; the quarters are links beside it."""

    first = forms.DateField(label="From (UTC)", widget=forms.DateInput(attrs={"type": "date"}))
    last = forms.DateField(label="Until (UTC)", widget=forms.DateInput(attrs={"type": "date"}))


@dataclass(frozen=True)
class Shown:
    """A measure as the page shows it."""

    measure: Measure
    said: str
    strip: SafeString | str
    strip_key: str
    trend: SafeString | str
    trend_key: str
    months: list[charts.MonthRow]
    groups: list[tuple[str, str]]
    read_with: list[Measure]
    newest: list[Item]
    more: int


@for_the_team("GET")
def overview(request: HttpRequest) -> HttpResponse:
    """Show every measure and every trace of a period: a quarter by name, or any days."""
    page, now = the_page(), clock.now()
    form, period = _asked(request, now)
    if period is None:
        return show(request, "desk/trust.html", _frame(form, None, now), status=422, page=page)
    made = _report(request, page, period, now)
    context = _frame(form, period, now) | {
        "report": made,
        "measures": [_shown(each, made) for each in made.measures],
        "traces": [_shown(each, made) for each in made.traces],
    }
    return show(request, "desk/trust.html", context, page=page, now=now)


@for_the_team("GET")
def one(request: HttpRequest, code: str) -> HttpResponse:
    """Show the whole list behind one measure."""
    page, now = the_page(), clock.now()
    form, period = _asked(request, now)
    period = period or quarter_of(now.date())
    made = _report(request, page, period, now)
    try:
        measure = made.measure(code)
    except KeyError:
        raise NotFound("There is no such measure. Open the report again.") from None
    items = _newest_first(measure.items)
    context = _frame(form, period, now) | {
        "shown": _shown(measure, made),
        "items": items[:ALL_LISTED],
        "left_out": len(items[ALL_LISTED:]),
    }
    return show(request, "desk/trust_measure.html", context, page=page, now=now)


@for_the_team("GET")
def take_report(request: HttpRequest, form_of_export: str) -> HttpResponse | StreamingHttpResponse:
    """Send the report of a period: ``csv``, a row for each item, or ``json``, with everything."""
    page, now = the_page(), clock.now()
    period = _asked(request, now)[1] or quarter_of(now.date())
    made = _report(request, page, period, now)
    take_along(
        actor=the_person(request), now=now, page=page, period=period, audience=TEAM,
        form=form_of_export,
    )  # fmt: skip
    if form_of_export == "csv":
        return _csv(f"trust-{period.name}", export.as_rows(made))
    return _json(f"trust-{period.name}", export.as_json(made))


@for_the_team("GET", reading="read_evidence")
def auditor(request: HttpRequest) -> HttpResponse:
    """Show every decision to say less, override, hold and missed clock of a period."""
    page, now = the_page(), clock.now()
    form, period = _asked(request, now)
    found = evidence(page, period, now=now) if period else []
    if period:
        look_at(
            actor=the_person(request), now=now, page=page, period=period,
            audience=Audience.AUDITOR, form="list",
        )  # fmt: skip
    counts: dict[str, int] = {}
    for each in found:
        counts[each.kind] = counts.get(each.kind, 0) + 1
    context = _frame(form, period, now) | {
        "found": found[:ALL_LISTED],
        "left_out": len(found[ALL_LISTED:]),
        "counts": counts,
    }
    status = 200 if period else 422
    return show(request, "desk/evidence.html", context, status=status, page=page, now=now)


@for_the_team("GET", reading="read_evidence")
def take_evidence(
    request: HttpRequest, form_of_export: str
) -> HttpResponse | StreamingHttpResponse:
    """Send what the auditor's view shows: ``csv`` or ``json``, the oldest first."""
    page, now = the_page(), clock.now()
    period = _asked(request, now)[1] or quarter_of(now.date())
    found = evidence(page, period, now=now)
    take_along(
        actor=the_person(request), now=now, page=page, period=period,
        audience=Audience.AUDITOR, form=form_of_export,
    )  # fmt: skip
    if form_of_export == "csv":
        return _csv(f"evidence-{period.name}", [COLUMNS, *(each.row() for each in found)])
    content = {
        "version": 1,
        "period": {"first": str(period.first), "last": str(period.last)},
        "evidence": [each.as_json() for each in found],
    }
    return _json(f"evidence-{period.name}", content)


@for_the_team("GET")
def for_customers(request: HttpRequest) -> HttpResponse:
    """Show the report that can be handed to a customer: nothing in it is from inside."""
    return _booklet(request, Audience.CUSTOMER)


@for_the_team("GET")
def customers_pdf(request: HttpRequest) -> HttpResponse:
    """Send the same as a PDF."""
    return _pdf(request, Audience.CUSTOMER)


@for_the_team("GET", reading="read_evidence")
def for_auditors(request: HttpRequest) -> HttpResponse:
    """Show the report of a period for an auditor: with every reason, and with people."""
    return _booklet(request, Audience.AUDITOR)


@for_the_team("GET", reading="read_evidence")
def auditors_pdf(request: HttpRequest) -> HttpResponse:
    """Send the same as a PDF."""
    return _pdf(request, Audience.AUDITOR)


def _report(request: HttpRequest, page: Page, period: Period, now: datetime) -> Report:
    """Return the report as the person may read it: who did what and why is evidence."""
    made = report(page, period, now=now)
    may_read = may(the_person(request), "read_evidence", page=page.pk)
    return made if may_read else without_people(made)


def _booklet(request: HttpRequest, audience: Audience) -> HttpResponse:
    page, now = the_page(), clock.now()
    form, period = _asked(request, now)
    context = _frame(form, period, now) | {"can_set_pdf": can_set_pdf(), "audience": audience}
    if period is not None:
        made = booklet(page, period, audience, now=now)
        look_at(
            actor=the_person(request), now=now, page=page, period=period, audience=audience,
            form="page",
        )  # fmt: skip
        context |= {"report": made, "how": HOW_TO_READ}
    status = 200 if period else 422
    return show(request, "desk/report.html", context, status=status, page=page, now=now)


def _pdf(request: HttpRequest, audience: Audience) -> HttpResponse:
    if not can_set_pdf():
        raise NotFound("PDFs need Typst here: install Afterword with its extra “pdf”.")
    page, now = the_page(), clock.now()
    period = _asked(request, now)[1] or quarter_of(now.date())
    content = pdf_of(booklet(page, period, audience, now=now))
    take_along(
        actor=the_person(request), now=now, page=page, period=period, audience=audience, form="pdf"
    )
    answer = HttpResponse(content, content_type="application/pdf")
    name = _file_name(f"trust-{audience}-{period.name}")
    answer["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    return answer


def _asked(request: HttpRequest, now: datetime) -> tuple[PeriodForm, Period | None]:
    """Return the form and the period asked for: this quarter unless something else is.

    None for days that cannot be a period, with the form saying why. Raises BadInput for a name
    that is no quarter, or for days that are too far apart.
    """
    if name := request.GET.get("period"):
        period = named(name[:20])
    elif request.GET.get("first") or request.GET.get("last"):
        form = PeriodForm(request.GET)
        if not form.is_valid():
            return form, None
        period = checked(form.cleaned_data["first"], form.cleaned_data["last"])
    else:
        period = quarter_of(now.date())
    return PeriodForm(initial={"first": period.first, "last": period.last}), period


def _frame(form: PeriodForm, period: Period | None, now: datetime) -> dict[str, Any]:
    quarters, each = [], quarter_of(now.date())
    for _ in range(QUARTERS):
        quarters.append(each)
        each = quarter_before(each)
    days = f"first={period.first}&last={period.last}" if period else ""
    return {"form": form, "period": period, "quarters": quarters, "days": days}


def _shown(measure: Measure, made: Report) -> Shown:
    summary = measure.summary()
    enough = summary.is_enough and len(made.period.months()) > 1
    items = _newest_first(measure.items)
    return Shown(
        measure=measure,
        said=charts.sentence(measure, summary),
        strip=charts.strip_of(measure),
        strip_key=charts.strip_key(measure),
        trend=charts.trend_of(measure, made.period) if enough else "",
        trend_key=charts.trend_key(measure),
        months=charts.month_rows(measure, made.period) if enough and measure.kind != "list" else [],
        groups=[
            (name, charts.sentence(measure, measure.summary(name)))
            for name in measure.severities
            if measure.kind != "list" and measure.summary(name).is_enough
        ],
        read_with=[made.measure(code) for code in measure.pair],
        newest=items[:LISTED],
        more=len(items[LISTED:]),
    )


def _newest_first(items: Iterable[Item]) -> list[Item]:
    return sorted(items, key=lambda each: each.at, reverse=True)


class _Line:
    """A file that gives back what is written into it."""

    def write(self, text: str) -> str:
        return text


def _csv(name: str, rows: Iterable[tuple[str, ...]]) -> StreamingHttpResponse:
    def lines() -> Iterator[str]:
        writer = csv.writer(_Line())
        for row in rows:
            yield writer.writerow([harmless(cell) for cell in row])

    answer = StreamingHttpResponse(lines(), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{_file_name(name)}.csv"'
    return answer


def _json(name: str, content: dict[str, Any]) -> JsonResponse:
    answer = JsonResponse(content, json_dumps_params={"ensure_ascii": False, "indent": 1})
    answer["Content-Disposition"] = f'attachment; filename="{_file_name(name)}.json"'
    return answer


def _file_name(name: str) -> str:
    return name.replace(" ", "-")
