"""Did this answer your question? One press of a button, without a script, a cookie or a name."""

from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.loader import render_to_string
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from afterword.audience.actions.answering import give_back, take_turn
from afterword.audience.actions.answers import (
    count_answer,
    keep_remark,
    read_remark,
    refuse_question,
)
from afterword.components.models import Page
from afterword.components.queries import the_page
from afterword.kit import clock
from afterword.kit.errors import BadInput, NotFound
from afterword.kit.networks import network_of
from afterword.publishing import queries
from afterword.site_builder.tongues import speaking, tongues_of_form, turned


# A built page holds no session, so there is no cookie to tie the form to; all it does is count.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def answered(request: HttpRequest, incident_id: str) -> HttpResponse:
    """Count the answer and thank for it; GET thanks, so that reloading counts nothing twice."""
    page = the_page()
    spoken = request.GET.get("lang", "")
    with speaking(page, spoken if spoken in page.languages else page.first_language):
        return _answer(request, page, incident_id)


def _answer(request: HttpRequest, page: Page, incident_id: str) -> HttpResponse:
    try:
        title = queries.incident(page, incident_id).title
    except NotFound as gone:
        return _page(request, page, {"problem": gone.message}, status=404)
    context = {"incident_id": incident_id, "title": title}
    if request.method != "POST":
        return _page(request, page, context)
    try:
        problem = _take(request, page, incident_id)
    except BadInput as refused:
        return _page(request, page, context | {"problem": refused.message}, status=refused.status)
    if problem:
        return _page(request, page, context | {"problem": problem}, status=429)
    return HttpResponseRedirect(request.get_full_path(), status=303)


def _take(request: HttpRequest, page: Page, incident_id: str) -> str:
    """Count the answer and keep the words that came with it, or neither; return why not, if the
    network has used up its turns. What is refused for itself takes none of them.
    """
    said = request.POST.get("said", "").strip()
    about: dict[str, Any] = {
        "page": page,
        "incident_ref": incident_id,
        "question": _question(request),
        "text_number": _text_read(request, page, incident_id),
    }
    refuse_question(about["question"])
    if said:
        read_remark(said)
    turn = take_turn(now=clock.now(), network=network_of(request.META), with_words=bool(said))
    if turn.used_up == "answers":
        return _("Many answers came from your network within the hour; this one is not counted.")
    if turn.used_up:
        return _("Your network wrote to us within the hour already. Answer without words.")
    try:
        with transaction.atomic():
            if said:
                keep_remark(now=clock.now(), text=said, **about)
            count_answer(**about)
    except BadInput:
        give_back(turn)
        raise
    return ""


def _text_read(request: HttpRequest, page: Page, incident_id: str) -> int:
    """Return the number of the closure or summary the form stood below; 0 for none of those."""
    number = request.POST.get("text", "")
    is_number = number.isascii() and number.isdigit() and len(number) < 19
    known = queries.numbers_of_answers(page, incident_id) if is_number else ()
    return int(number) if is_number and int(number) in known else 0


def _question(request: HttpRequest) -> str:
    match request.POST.get("answered"):
        case "yes":
            return ""
        case "no":
            return request.POST.get("question", "")[:20] or "other"
    raise BadInput(_("Say yes or no; the page of the incident has the buttons."))


def _page(
    request: HttpRequest, page: Page, context: dict[str, str], *, status: int = 200
) -> HttpResponse:
    tongues = tongues_of_form(page, request.path)
    framed = {"page": page, "address": request.path, "tongues": tongues, **context}
    text = render_to_string("public_site/answered.html", framed, request)
    response = HttpResponse(turned(text, page), status=status)
    add_never_cache_headers(response)
    return response
