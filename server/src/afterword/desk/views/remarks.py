"""Remarks about a text, and reading afterwards what left unread."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from afterword.components.queries import the_page
from afterword.desk.once import once, sent_before
from afterword.desk.shell import for_the_team, normal_newlines, the_person
from afterword.kit import clock
from afterword.kit.errors import NotFound
from afterword.statements import actions
from afterword.statements import queries as statements


@for_the_team("POST", posting="remark", holds_text=True)
def comment(request: HttpRequest, statement_id: str) -> HttpResponse:
    if (back := sent_before(request)) is not None:
        return back
    statement = statements.statement_by_public_id(the_page(), statement_id)

    def say() -> str:
        actions.comment(
            actor=the_person(request),
            now=clock.now(),
            statement=statement,
            body=normal_newlines(request.POST.get("body", "")),
            quote=normal_newlines(request.POST.get("about", "")),
        )
        return reverse("desk:review", args=[statement.public_id])

    return once(request, say, lambda: "Said. Its writer sees it in the editor.")


@for_the_team("POST", posting="remark")
def settle(request: HttpRequest, statement_id: str, comment_id: int) -> HttpResponse:
    statement = statements.statement_by_public_id(the_page(), statement_id)
    remark = statements.comment_of(statement, comment_id)
    actions.settle(actor=the_person(request), now=clock.now(), statement=statement, remark=remark)
    messages.success(request, "Settled.")
    return redirect("desk:review", statement_id=statement.public_id)


@for_the_team("POST", posting="review", holds_text=True)
def read_afterwards(request: HttpRequest, statement_id: str) -> HttpResponse:
    """Say of a text that left unread whether it stands."""
    statement = statements.statement_by_public_id(the_page(), statement_id)
    bypass = statements.bypass_of(statement)
    if bypass is None:
        raise NotFound("This text did not leave unread.")
    read = actions.read_afterwards(
        actor=the_person(request),
        now=clock.now(),
        bypass=bypass,
        stands=request.POST.get("do") == "stands",
        comment=normal_newlines(request.POST.get("comment", "")),
    )
    messages.success(
        request,
        "Read, and it stands."
        if read.stands
        else "Kept. Correct it from the list of what was published.",
    )
    return redirect("desk:case", incident_id=statement.incident.public_id)
