"""What every page of the desk has in common: who may open it, and what its frame shows."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from typing import Any, cast

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse

from afterword.accounts.models import Person, Role
from afterword.accounts.permissions import NEEDS, roles_of
from afterword.components.models import Page
from afterword.components.queries import the_page
from afterword.desk.entrance import seen_here
from afterword.incidents.queries import WordDue, alarms
from afterword.kit import clock
from afterword.kit.errors import NotAllowed
from afterword.kit.networks import address_of

View = Callable[..., HttpResponseBase]


def for_the_team(*methods: str) -> Callable[[View], View]:
    """Open the view to signed-in people who hold a role, through the given HTTP methods only.

    What a person may *do* is asked by the verb the view calls; this is about reading drafts.
    """

    def wrap(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return _sign_in_first(request, "GET" in methods)
            if request.method == "HEAD":  # the server leaves the body out by itself
                request.method = "GET"
            if request.method not in methods:
                refused = HttpResponse("This address takes another kind of request.", status=405)
                refused.headers["Allow"] = ", ".join(methods)
                return refused
            the_person(request).came_from = address_of(request.META)
            seen_here(request)
            if not roles_of(the_person(request)):
                raise NotAllowed(
                    "You are signed in, but nobody has given you a role here yet. "
                    "Ask an administrator for one."
                )
            response = view(request, *args, **kwargs)
            response.headers.setdefault("Cache-Control", "private, no-store")
            return response

        guarded.access_rule = "signed in, with a role"  # type: ignore[attr-defined]
        return guarded

    return wrap


def _sign_in_first(request: HttpRequest, can_return: bool) -> HttpResponse:
    if request.headers.get("Accept", "").startswith("application/json"):
        message = "You are signed out. Sign in again in another tab; your text is still here."
        return JsonResponse({"message": message}, status=401)
    return redirect_to_login(request.get_full_path() if can_return else reverse("desk:now"))


def the_person(request: HttpRequest) -> Person:
    """Return who is signed in. Only for views behind ``for_the_team``."""
    return cast(Person, request.user)


def may_do(person: Person) -> dict[str, bool]:
    """Return, for every act of the table, whether the person may do it. One query."""
    held = roles_of(person)
    return {act: Role.ADMIN in held or bool(needed & held) for act, needed in NEEDS.items()}


@dataclass(frozen=True)
class Reader:
    """Who reads a page, and what they may do: act → yes or no."""

    person: Person
    may: Mapping[str, bool]


def the_reader(request: HttpRequest) -> Reader:
    """Return who is signed in, with what they may do. One query."""
    person = the_person(request)
    return Reader(person, may_do(person))


def show(
    request: HttpRequest,
    template: str,
    context: Mapping[str, Any],
    *,
    status: int = 200,
    now: datetime | None = None,
    page: Page | None = None,
) -> HttpResponse:
    """Render a page of the desk inside its frame."""
    page, now, may = page or the_page(), now or clock.now(), may_do(the_person(request))
    framed = {
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
