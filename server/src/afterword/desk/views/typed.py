"""What is typed and not saved yet: kept for whoever types it, while they do."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect

from afterword.components.queries import the_page
from afterword.desk.actions import forget_typed, keep_typed
from afterword.desk.shell import ANY_ROLE, for_the_team, the_person
from afterword.desk.templatetags.desk_words import moment
from afterword.kit import clock
from afterword.kit.errors import Refusal
from afterword.statements import queries as statements


@for_the_team("POST", posting="write")
def keep(request: HttpRequest, statement_id: str) -> HttpResponse:
    """Keep the text as it stands in the browser; the editor asks for it every few seconds."""
    statement = statements.statement_by_public_id(the_page(), statement_id)
    based_on = request.POST.get("based_on", "")
    try:
        kept = keep_typed(
            person=the_person(request),
            now=clock.now(),
            statement=statement,
            pad=request.POST.get("pad", ""),
            title=request.POST.get("title", ""),
            body=request.POST.get("body", ""),
            based_on=int(based_on) if based_on.isascii() and based_on.isdigit() else 0,
            device=request.headers.get("User-Agent", ""),
        )
    except Refusal as refusal:
        return JsonResponse({"message": refusal.message}, status=refusal.status)
    return JsonResponse({"kept_at": moment(kept.typed_at)})


@for_the_team("POST", posting=ANY_ROLE)
def forget(request: HttpRequest, statement_id: str, pad: str) -> HttpResponse:
    """Throw away what the person typed on one device and does not want."""
    statement = statements.statement_by_public_id(the_page(), statement_id)
    forget_typed(person=the_person(request), statement=statement, pad=pad)
    messages.success(request, "Thrown away. The saved text is as it was.")
    return redirect("desk:statement", statement_id=statement.public_id)
