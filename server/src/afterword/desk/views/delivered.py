"""What was delivered since the summaries: offered to those who got them, in one letter each."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from afterword.components.queries import the_page
from afterword.desk.fresh_pages import with_fresh_pages
from afterword.desk.once import once, sent_before
from afterword.desk.shell import for_the_team, show, the_person
from afterword.fanout.together import count_hearing
from afterword.kit import clock
from afterword.kit.errors import NotAllowed, Refusal, TextRejected
from afterword.publishing.actions import delivered, tell_delivered
from afterword.publishing.models import Publication


@for_the_team("GET", "POST", posting="publish")
def listing(request: HttpRequest) -> HttpResponse:
    """Show what may be told, with how many people it reaches; POST tells what is chosen."""
    if led := sent_before(request):
        return led
    if request.method != "POST":
        return _page(request)
    left: list[Publication] = []

    def leave() -> str:
        left.extend(
            tell_delivered(
                actor=the_person(request),
                now=clock.now(),
                page=the_page(),
                incident_ids=request.POST.getlist("incident"),
            )
        )
        return reverse("desk:delivered")

    try:
        return once(request, leave, lambda: with_fresh_pages(_said(left)))
    except NotAllowed:
        raise
    except Refusal as refusal:
        return _page(request, refusal)


def _said(left: list[Publication]) -> str:
    numbers = ", ".join(str(each.number) for each in left)
    return f"Published as number {numbers}. Everybody who got the summary gets one letter."


def _page(request: HttpRequest, refusal: Refusal | None = None) -> HttpResponse:
    page, now = the_page(), clock.now()
    offers = delivered(page=page, now=now)
    counts, people = count_hearing([each.summary for each in offers])
    context = {
        "offers": list(zip(offers, counts, strict=True)),
        "people": people,
        "promises": sum(len(each.promises) for each in offers),
        "problem": refusal.message if refusal else "",
        "findings": refusal.findings if isinstance(refusal, TextRejected) else [],
    }
    status = refusal.status if refusal else 200
    return show(request, "desk/delivered.html", context, status=status, now=now, page=page)
