"""Who did what, newest first. Details hold ids and names of fields, never texts."""

from django.http import HttpRequest, HttpResponse

from afterword.audit.queries import newest
from afterword.desk.shell import for_the_team, show

LISTED = 100


@for_the_team("GET")
def listing(request: HttpRequest) -> HttpResponse:
    asked = request.GET.get("before", "")
    before = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 16 else None
    entries = newest(LISTED, before=before)
    more = entries[-1].sequence if len(entries) == LISTED and entries[-1].sequence > 1 else None
    return show(request, "desk/audit.html", {"entries": entries, "more": more})
