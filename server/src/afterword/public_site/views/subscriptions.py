"""The few forms of the public site. No cookie, no sign-in: what acts is a token in the path."""

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.translation import get_language, gettext, gettext_noop, override
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from afterword.audience.actions import subscribers as actions
from afterword.audience.links import read_confirmation
from afterword.audience.models import Subscriber, SubscriberState, Wants
from afterword.audience.queries.subscribers import (
    chosen_component_ids,
    follows,
    subscriber_by_token,
    subscriber_to_confirm,
)
from afterword.components.models import Component
from afterword.components.queries import open_components, the_page
from afterword.kit import clock
from afterword.kit.errors import BadInput, NotAllowed, NotFound
from afterword.kit.languages import zone_names
from afterword.kit.networks import network_of
from afterword.publishing.models import PublicIncident
from afterword.publishing.queries import incident, titles
from afterword.site_builder.tongues import tongues_of_form, turned

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]


_WANTS = {
    Wants.EVERY: gettext_noop("every update"),
    Wants.ENDS: gettext_noop("when it begins, when it is over, and what we say afterwards"),
    Wants.AFTER: gettext_noop("only when it is over, and what we say afterwards"),
}


def _private(view: View[P]) -> View[P]:
    """Keep the answer out of caches, search engines and Referer headers: its address is a key."""

    @wraps(view)
    def wrapped(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        with override(_language(request, _token_in(kwargs))):
            try:
                response = view(request, *args, **kwargs)
            except NotFound as gone:
                response = _page(request, "gone", {"message": gone.message}, status=404)
        add_never_cache_headers(response)
        response.headers["Referrer-Policy"] = "no-referrer"
        response.headers["X-Robots-Tag"] = "noindex"
        return response

    return wrapped


# Mail programs post here by themselves (RFC 8058) and built pages hold forms without a session,
# so there is no cookie to tie a form to; the token is the whole authority.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@_private
def subscribe(request: HttpRequest) -> HttpResponse:
    """Show the form; take an address and answer the same whether or not it is known."""
    followed = _followed(request)
    if request.method != "POST":
        return _page(request, "subscribe", {"followed": followed})
    email = request.POST.get("email", "")[:320]
    try:
        actions.subscribe(
            now=clock.now(),
            page=the_page(),
            email=email,
            network=network_of(request.META),
            language=get_language() or "en",
            incident=followed.incident_id if followed else "",
        )
    except (BadInput, NotAllowed) as refused:
        status = 429 if isinstance(refused, NotAllowed) else refused.status
        context = {"email": email, "problem": refused.message, "followed": followed}
        return _page(request, "subscribe", context, status=status)
    return _see(_in_language(reverse("public_site:subscribe-sent")))


def _followed(request: HttpRequest) -> PublicIncident | None:
    """Return the incident somebody wants to follow, if they named one. Raises NotFound."""
    named = request.POST.get("incident", "") or request.GET.get("incident", "")
    return incident(the_page(), named[:64]) if named else None


@require_http_methods(["GET", "HEAD"])
@_private
def sent(request: HttpRequest) -> HttpResponse:
    return _page(request, "sent", {})


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@_private
def confirm(request: HttpRequest, confirmation: str) -> HttpResponse:
    """GET only shows the one button, for scanners open every link of a mail; POST confirms."""
    now = clock.now()
    if request.method == "POST":
        subscriber = actions.confirm(now=now, token=confirmation)
        return _page(request, "confirmed", {"subscriber": subscriber})
    subscriber, is_open = subscriber_to_confirm(confirmation, now)
    return _page(request, "confirm" if is_open else "confirmed", {"subscriber": subscriber})


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@_private
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """GET only shows a button, for scanners open every link; POST acts at once."""
    if request.method == "POST":
        subscriber = actions.unsubscribe(now=clock.now(), token=token)
        return _page(request, "unsubscribed", {"subscriber": subscriber})
    return _page(request, "unsubscribe", {"subscriber": _subscriber(token)})


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@_private
def manage(request: HttpRequest, token: str) -> HttpResponse:
    """Choose the whole page or some components."""
    subscriber = _subscriber(token)
    context: dict[str, Any] = {"saved": "saved" in request.GET}
    status = 200
    if request.method == "POST":
        try:
            if spoken := request.POST.get("language", ""):
                actions.choose_language(now=clock.now(), token=token, language=spoken)
            if wants := request.POST.get("wants", ""):
                zone = request.POST.get("zone", "").strip()[:60]
                actions.choose_moments(now=clock.now(), token=token, wants=wants, zone=zone)
            if request.POST.get("scope") != "followed":
                actions.choose_components(
                    now=clock.now(),
                    token=token,
                    component_ids=request.POST.getlist("component")[:1000],
                    whole_page=request.POST.get("scope") != "some",
                )
            return _see(f"{request.path}?saved")
        except BadInput as refused:
            context, status = {"problem": refused.message}, refused.status
    context |= {
        "subscriber": subscriber,
        "active": subscriber.state == SubscriberState.ACTIVE,
        "components": _choosable(subscriber),
        "chosen": chosen_component_ids(subscriber),
        "followed": list(titles(subscriber.page, follows(subscriber)).items()),
        "moments": [(each.value, gettext(_WANTS[each])) for each in Wants],
        "zones": sorted(zone_names()),
    }
    return _page(request, "manage", context, status=status)


def _subscriber(token: str) -> Subscriber:
    found = subscriber_by_token(token)
    if found is None:
        raise NotFound(
            gettext("This link is not valid any more. Subscribe again to get a new one.")
        )
    return found


def _choosable(subscriber: Subscriber) -> list[Component]:
    return [each for each in open_components(subscriber.page) if not each.is_group]


def _token_in(address: Mapping[str, Any]) -> str:
    read = read_confirmation(str(address.get("confirmation", "")))
    return read.token if read else str(address.get("token", ""))


def _language(request: HttpRequest, token: str) -> str:
    """Return the language asked for, else the subscriber's, else the page's first."""
    page = the_page()
    asked = request.GET.get("lang", "")
    if asked not in page.languages and token:
        known = subscriber_by_token(token)
        asked = known.language if known else ""
    return asked if asked in page.languages else page.first_language


def _in_language(address: str) -> str:
    """Return an address that answers in the active language."""
    if get_language() == the_page().first_language:
        return address
    return f"{address}{'&' if '?' in address else '?'}lang={get_language()}"


def _see(address: str) -> HttpResponse:
    return HttpResponseRedirect(address, status=303)


def _page(
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
