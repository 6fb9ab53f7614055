"""What pages share whose address is a key: private, in the reader's language, no cookie."""

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.loader import render_to_string
from django.utils.cache import add_never_cache_headers
from django.utils.translation import get_language, override

from afterword.audience.links import read_confirmation, read_way_out
from afterword.audience.queries.hooks import hook_by_token
from afterword.audience.queries.subscribers import subscriber_by_token
from afterword.components.queries import the_page
from afterword.kit.errors import NotFound
from afterword.site_builder.tongues import tongues_of_form, turned

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]


def private(view: View[P]) -> View[P]:
    """Keep the answer out of caches, search engines and Referer headers: its address is a key."""

    @wraps(view)
    def wrapped(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        with override(_language(request, _token_in(kwargs))):
            try:
                response = view(request, *args, **kwargs)
            except NotFound as gone:
                response = page_of(request, "gone", {"message": gone.message}, status=404)
        add_never_cache_headers(response)
        response.headers["Referrer-Policy"] = "no-referrer"
        response.headers["X-Robots-Tag"] = "noindex"
        return response

    return wrapped


def _token_in(address: Mapping[str, Any]) -> str:
    read = read_confirmation(str(address.get("confirmation", "")))
    return read.token if read else str(address.get("token", ""))


def _language(request: HttpRequest, token: str) -> str:
    """Return the language asked for, else the subscriber's or owner's, else the letter's, else the
    page's first.
    """
    page = the_page()
    asked = request.GET.get("lang", "")
    if asked not in page.languages and token:
        known = subscriber_by_token(token) or hook_by_token(token)
        letter = None if known else read_way_out(token)
        asked = known.language if known else letter.language if letter else ""
    return asked if asked in page.languages else page.first_language


def in_language(address: str) -> str:
    """Return an address that answers in the active language."""
    if get_language() == the_page().first_language:
        return address
    return f"{address}{'&' if '?' in address else '?'}lang={get_language()}"


def see(address: str) -> HttpResponse:
    return HttpResponseRedirect(address, status=303)


def page_of(
    request: HttpRequest, name: str, context: Mapping[str, Any], *, status: int = 200
) -> HttpResponse:
    page = the_page()
    framed = {
        "page": page,
        "address": request.path,
        "tongues": tongues_of_form(page, request.path),
        **context,
    }
    text = render_to_string(f"public_site/{name}.html", framed, request)
    return HttpResponse(turned(text, page), status=status)
