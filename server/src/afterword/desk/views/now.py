from datetime import timedelta

from django.http import HttpRequest, HttpResponse

from afterword.components.queries import the_page
from afterword.desk.now_list import items_for, without_case
from afterword.desk.shell import for_the_team, show, the_reader
from afterword.kit import clock

SOON = timedelta(hours=24)
SHOWN_WITHOUT_CASE = 8


@for_the_team("GET")
def now_list(request: HttpRequest) -> HttpResponse:
    """The first page: what needs saying, by when it runs out."""
    page, now = the_page(), clock.now()
    items = items_for(page, the_reader(request, page), now)
    mine = [i for i in items if i.mine]
    lonely = without_case(page, now)
    context = {
        "urgent": [i for i in mine if i.due_at is not None and i.due_at <= now + SOON],
        "later": [i for i in mine if i.due_at is None or i.due_at > now + SOON],
        "late": sum(i.late(now) for i in mine),
        "others": [i for i in items if not i.mine],
        "others_late": sum(i.late(now) for i in items if not i.mine),
        "lonely": lonely[:SHOWN_WITHOUT_CASE],
        "lonely_more": max(len(lonely) - SHOWN_WITHOUT_CASE, 0),
    }
    return show(request, "desk/now.html", context, now=now, page=page)
