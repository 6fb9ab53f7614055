"""What every page of the desk has in common: who may open it, and what its frame shows."""

from collections.abc import Callable, Collection, Mapping
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from typing import Any, cast

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse

from afterword.accounts.models import Person
from afterword.accounts.permissions import NEEDS, acts_of, require, roles_of
from afterword.accounts.queries import lacks_second_step
from afterword.components.models import Page
from afterword.components.queries import the_page
from afterword.desk.entrance import acts_from_here, seen_here, vouched_for
from afterword.desk.held_texts import (
    GIVEN_BACK,
    give_back,
    has_words,
    let_go,
    opened,
    sealed_form,
)
from afterword.desk.known_browser import remember
from afterword.desk.opened import opened_in
from afterword.desk.sign_in_form import sign_in_instead
from afterword.incidents.queries import WordDue, alarms
from afterword.kit import clock
from afterword.kit.asking import asking_once
from afterword.kit.errors import NotAllowed

View = Callable[..., HttpResponseBase]


ANY_ROLE = "any role"
"""For what everybody who works here may do, such as reading, or looking after one's own account."""


GO_ON_TO = "goes on to"
"""In a session: where somebody was going when a second step was asked of them."""
SECOND_STEP_FIRST = (
    "Your role needs more than a password here. Set up an app that makes codes, or a passkey, "
    "before you go on; it takes two minutes."
)


def for_the_team(
    *methods: str,
    reading: str = ANY_ROLE,
    posting: str = "",
    of_every_page: bool = False,
    holds_text: bool = False,
    before_second_step: bool = False,
) -> Callable[[View], View]:
    """Open the view to signed-in people who hold a role here, through the given HTTP methods only.

    ``reading`` and ``posting`` name the act of the table that GET and POST need besides; a view
    that takes POST has to say. The verb that the view calls asks again: this door answers before
    any of a form is read. A view ``of_every_page`` shows what is not this page's alone, and needs
    a role on all of them. A view that ``holds_text`` takes forms somebody typed words into: sent
    by somebody who is signed out, such a form is given back to them after they signed in. Whoever
    lacks a second step they have to have gets only what is open ``before_second_step``.
    """
    if ("POST" in methods) != bool(posting):
        raise TypeError("say which act a POST needs, and only where POST is taken")
    for act in {reading, posting} - {ANY_ROLE, ""}:
        NEEDS[act]  # an act that the table does not know is a fault of the view
    rules = {"GET": reading, "POST": posting}

    def wrap(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return _sign_in_first(request, "GET" in methods, holds_text)
            if request.method == "HEAD":  # the server leaves the body out by itself
                request.method = "GET"
            if request.method not in methods:
                refused = HttpResponse("This address takes another kind of request.", status=405)
                refused.headers["Allow"] = ", ".join(methods)
                return refused
            person = the_person(request)
            acts_from_here(request, person)
            seen_here(request)
            # What is only read is asked once; a POST writes between its questions.
            with asking_once() if request.method == "GET" else nullcontext():
                roles = _refuse_without_role(person, of_every_page=of_every_page)
                if _is_half_in(request, person, roles) and not before_second_step:
                    return _second_step_first(request, person, holds_text)
                if (act := rules[request.method]) != ANY_ROLE:
                    require(person, act, page=page_here())
                response = view(request, *args, **kwargs)
            return _finished(request, person, response)

        guarded.access_rule = "signed in, with a role"  # type: ignore[attr-defined]
        guarded.holds_text = holds_text  # type: ignore[attr-defined]
        return guarded

    return wrap


def _finished(request: HttpRequest, person: Person, response: HttpResponseBase) -> HttpResponseBase:
    response.headers.setdefault("Cache-Control", "private, no-store")
    remember(request, response, person)
    if request.method == "POST" and response.status_code < 400:
        let_go(request, request.POST.get(GIVEN_BACK, ""))
    return response


def _is_half_in(request: HttpRequest, person: Person, roles: Collection[str]) -> bool:
    """Whether a second step is still owed; noted in the request, whose page then shows no more."""
    half = lacks_second_step(person, roles) and not vouched_for(request)
    request.is_half_in = half  # type: ignore[attr-defined]
    return half


def _second_step_first(request: HttpRequest, person: Person, holds_text: bool) -> HttpResponseBase:
    """Lead to where a second step is set up; what was being sent is there again afterwards."""
    if request.headers.get("Accept", "").startswith("application/json"):
        return JsonResponse({"message": SECOND_STEP_FIRST}, status=403)
    messages.warning(request, SECOND_STEP_FIRST)
    to = request.get_full_path() if request.method == "GET" else ""
    if request.method == "POST" and holds_text and (form := opened(sealed_form(request))):
        to = give_back(request, person, form)
    request.session[GO_ON_TO] = to
    return redirect("desk:myself")


def _refuse_without_role(person: Person, *, of_every_page: bool) -> frozenset[str]:
    """Return the roles the person holds here. Raises NotAllowed for none."""
    here = page_here()
    roles = roles_of(person, page=here)
    if not roles:
        raise NotAllowed(
            "You are signed in, but nobody has given you a role here yet. "
            "Ask an administrator for one."
        )
    if of_every_page and not roles_of(person, page=None):
        raise NotAllowed(
            "This is about every status page kept here, and you have a role on this one only. "
            "Ask an administrator for one on every page."
        )
    return roles


def _sign_in_first(request: HttpRequest, can_return: bool, holds_text: bool) -> HttpResponse:
    if request.headers.get("Accept", "").startswith("application/json"):
        message = "You are signed out. Sign in again in another tab; your text is still here."
        return JsonResponse({"message": message}, status=401)
    to = request.get_full_path() if can_return else reverse("desk:now")
    if request.method == "POST" and holds_text and has_words(request):
        held = sealed_form(request)
        return sign_in_instead(request, to=to, held=held, too_long=not held)
    return redirect_to_login(to)


def the_person(request: HttpRequest) -> Person:
    """Return who is signed in. Only for views behind ``for_the_team``."""
    return cast(Person, request.user)


def page_here() -> int | None:
    """Return the key of the page this desk is about; None while there is no page at all."""
    page = Page.objects.order_by("pk").first()
    return page.pk if page else None


def may_do(person: Person, page: int | None) -> dict[str, bool]:
    """Return, for every act of the table, whether the person may do it on the page. One query."""
    return acts_of(person, page=page)


@dataclass(frozen=True)
class Reader:
    """Who reads a page, and what they may do: act → yes or no."""

    person: Person
    may: Mapping[str, bool]


def the_reader(request: HttpRequest, page: Page) -> Reader:
    """Return who is signed in, with what they may do on the page. One query."""
    person = the_person(request)
    return Reader(person, may_do(person, page.pk))


def show(
    request: HttpRequest,
    template: str,
    context: Mapping[str, Any],
    *,
    status: int = 200,
    now: datetime | None = None,
    page: Page | None = None,
) -> HttpResponse:
    """Render a page of the desk inside its frame, or inside the page of its case."""
    page, now = page or the_page(), now or clock.now()
    may = may_do(the_person(request), page.pk)
    if getattr(request, "is_half_in", False):
        may = dict.fromkeys(may, False)
    opened = opened_in(request)
    is_open = opened is not None and bool(opened.at)
    framed = {
        "layout": "desk/case_open.html" if is_open else "desk/frame.html",
        "heading": "h2" if is_open else "h1",
        "around": opened.around() if opened is not None and is_open else None,
        "page": page,
        "now": now,
        "may": may,
        "alarms": _alarms(request, page, now) if may["run_incident"] else [],
    }
    return render(request, template, framed | dict(context), status=status)


def _alarms(request: HttpRequest, page: Page, now: datetime) -> list[WordDue]:
    """Return the words that are due, for a page that does not speak of them itself."""
    here = request.resolver_match
    if here is None or here.url_name == "now":
        return []
    own = here.kwargs.get("incident_id")
    return [word for word in alarms(page, now) if word.incident.public_id != own]


def normal_newlines(text: str) -> str:
    """Return the text as the writer sees it: browsers send CR LF for every line break."""
    return text.replace("\r\n", "\n").replace("\r", "\n")
