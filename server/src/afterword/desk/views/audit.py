"""Who did what, newest first. Details hold ids and names of fields, never texts."""

import csv
from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from urllib.parse import urlencode

from django import forms
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse

from afterword.accounts.permissions import may, require
from afterword.audit.chain import line_of
from afterword.audit.models import Entry
from afterword.audit.queries import Asked, actors, newest, oldest_first
from afterword.desk.cells import harmless
from afterword.desk.shell import for_the_team, show, the_person
from afterword.kit.errors import BadInput
from afterword.kit.hashing import canonical_json
from afterword.kit.timespans import iso_utc

LISTED = 100
COLUMNS = ("sequence", "at", "actor", "came_from", "device", "verb", "subject", "detail", "hash")


class SearchForm(forms.Form):
    """What to look for in the log. Everything may be left open.

    Only who sees from where an act came may search for it.
    """

    who = forms.ChoiceField(required=False)
    did = forms.CharField(required=False, max_length=80, label="Did (begins with)")
    to = forms.CharField(required=False, max_length=120, label="To (begins with)")
    device = forms.CharField(required=False, max_length=60, label="Device (contains)")
    since = forms.DateField(required=False, label="From (UTC)")
    until = forms.DateField(required=False, label="Until (UTC)")

    def __init__(self, request: HttpRequest) -> None:
        super().__init__(request.GET)
        if not may(the_person(request), "administer", page=None):
            del self.fields["device"]
        people = [(str(number), label) for number, label in actors()]
        self.fields["who"] = forms.ChoiceField(
            required=False, choices=[("", "Anybody"), *people]
        )  # fmt: skip
        for name in ("since", "until"):
            self.fields[name].widget = forms.DateInput(attrs={"type": "date"})

    def asked(self) -> Asked:
        """Return the search. Only for a form that is valid."""
        found = self.cleaned_data
        since, until = found["since"], found["until"]
        return Asked(
            actor_id=int(found["who"]) if found["who"] else None,
            verb=found["did"].strip(),
            subject=found["to"].strip(),
            device=found.get("device", "").strip(),
            since=datetime.combine(since, time(), UTC) if since else None,
            until=datetime.combine(until, time(), UTC) + timedelta(days=1) if until else None,
        )


@for_the_team("GET", of_every_page=True)
def listing(request: HttpRequest) -> HttpResponse:
    form = SearchForm(request)
    asked = form.asked() if form.is_valid() else Asked()
    before = request.GET.get("before", "")
    number = int(before) if before.isascii() and before.isdigit() and len(before) < 16 else None
    entries = newest(LISTED, before=number, asked=asked)
    more = entries[-1].sequence if len(entries) == LISTED and entries[-1].sequence > 1 else None
    search = {name: value for name, value in request.GET.items() if value and name != "before"}
    context = {"entries": entries, "more": more, "form": form, "search": urlencode(search)}
    return show(request, "desk/audit.html", context)


@for_the_team("GET", of_every_page=True, reading="administer")
def export(request: HttpRequest, form_of_export: str) -> StreamingHttpResponse:
    """Send what a search finds, oldest first: ``csv`` to read, ``jsonl`` to verify."""
    require(the_person(request), "administer", page=None)
    form = SearchForm(request)
    if not form.is_valid():
        raise BadInput("This search cannot be understood; start from the log's own form.")
    entries = oldest_first(form.asked())
    lines = _as_csv(entries) if form_of_export == "csv" else (line_of(e) + "\n" for e in entries)
    kind = "text/csv" if form_of_export == "csv" else "application/jsonl"
    answer = StreamingHttpResponse(lines, content_type=f"{kind}; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="audit-log.{form_of_export}"'
    return answer


class _Line:
    """A file that gives back what is written into it."""

    def write(self, text: str) -> str:
        return text


def _as_csv(entries: Iterator[Entry]) -> Iterator[str]:
    writer = csv.writer(_Line())
    yield writer.writerow(COLUMNS)
    for each in entries:
        row = (
            each.sequence, iso_utc(each.at), each.actor_label, each.came_from or "",
            each.device or "", each.verb, each.subject, canonical_json(each.detail), each.hash,
        )  # fmt: skip
        yield writer.writerow([harmless(str(value)) for value in row])
