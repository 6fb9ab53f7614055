"""Giving a form back that was sent by somebody who was signed out without knowing."""

from urllib.parse import urlsplit

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.csrf import csrf_failure

from afterword.accounts.models import Person
from afterword.desk.entrance import way_on
from afterword.desk.held_texts import FIELD, GIVEN_BACK, has_words, held_here, let_go, sealed_form
from afterword.desk.shell import ANY_ROLE, for_the_team, show, the_person
from afterword.desk.sign_in_form import sign_in_instead
from afterword.kit.errors import NotFound

OLDER = "That page was older than your sign-in, so nothing was done. This is what you had typed."


@for_the_team("POST", posting=ANY_ROLE)
def take_back(request: HttpRequest) -> HttpResponse:
    """Take a sealed form from the sign-in page of somebody who signed in elsewhere meanwhile."""
    return redirect(way_on(request, the_person(request), "", request.POST.get(FIELD, "")))


@for_the_team("GET", "POST", posting=ANY_ROLE)
def one(request: HttpRequest, key: str) -> HttpResponse:
    """Show a form that was not taken, to be sent again; POST throws it away."""
    held = held_here(request, key)
    if held is None:
        raise NotFound("There is nothing kept here. It was sent meanwhile, or you signed out.")
    if request.method == "POST":
        let_go(request, key)
        messages.success(request, "Thrown away. Nothing was changed by it.")
        return redirect("desk:now")
    typed = [(name, value) for name, value in held.fields if value.strip()]
    context = {"held": held, "key": key, "given_back": GIVEN_BACK, "typed": typed}
    return show(request, "desk/held.html", context)


def csrf_refused(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a form whose token does not fit: a page that is older than the sign-in, mostly.

    What one of our own pages sent is given back to its owner, and nothing is done with it; what
    any other site sent is refused without a look.
    """
    found = request.resolver_match
    holds = found is not None and getattr(found.func, "holds_text", False)
    if not (holds and _from_our_own_page(request) and has_words(request)):
        return csrf_failure(request, reason)
    held = sealed_form(request)
    if not held:
        return csrf_failure(request, reason)
    if not isinstance(request.user, Person):
        return sign_in_instead(request, to=request.get_full_path(), held=held)
    messages.warning(request, OLDER)
    return redirect(way_on(request, request.user, request.get_full_path(), held))


def _from_our_own_page(request: HttpRequest) -> bool:
    """Whether the browser vouches that the form stood on a page of this site."""
    said = request.headers.get("Origin", "")
    if said:
        ours = {f"{request.scheme}://{request.get_host()}", *settings.CSRF_TRUSTED_ORIGINS}
        return said in ours and urlsplit(said).hostname is not None
    return request.headers.get("Sec-Fetch-Site") == "same-origin"
