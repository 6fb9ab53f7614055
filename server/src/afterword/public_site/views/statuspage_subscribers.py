"""Statuspage's public subscriber addresses, in the forms its library and pages send.

They answer the same for a known address and a new one, and nothing acts before its mail is
followed. What is handed out as an ``id`` is the address sealed: it can ask for the mail again and
nothing else, for whoever types an address need not own it. Only the token that stands in the mails
takes somebody off the list.
"""

import json
import re
from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.core import signing
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, JsonResponse, QueryDict
from django.utils.cache import add_never_cache_headers
from django.views.decorators.csrf import csrf_exempt

from afterword.audience.actions import subscribers as actions
from afterword.audience.actions.hooks import ask_for_hook
from afterword.audience.models import Channel
from afterword.audience.queries.subscribers import subscriber_by_token
from afterword.components.models import Page
from afterword.components.queries import the_page
from afterword.kit import clock
from afterword.kit.errors import BadInput, NotAllowed, NotFound, Refusal
from afterword.kit.networks import network_of
from afterword.postbox.addresses import normalised_address
from afterword.public_site import for_programs
from afterword.public_site.header_sets import ANY_ORIGIN
from afterword.publishing.queries import incident
from afterword.site_builder.pages.api.values import stamp

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], JsonResponse]

LARGEST_BODY = 16 * 1024
_SALT = "afterword.public_site.subscribed"
# What names a webhook here asks for nothing: its owner ends it with the link in their mail.
_HOOK_SALT = "afterword.public_site.hooked"
_KEPT = 7 * 24 * 3600
_NAMED = re.compile(r"subscriber\[([a-z_]{1,40})\](?:\[\])?")
_LISTS = frozenset({"component_ids"})
_ELSEWHERE = ("phone_number", "sms", "email_sms")


def _for_programs(view: View[P]) -> View[P]:
    """Answer refusals in JSON; keep every answer open to other origins and out of caches."""

    @wraps(view)
    def wrapped(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> JsonResponse:
        try:
            answer = view(request, *args, **kwargs)
        except Refusal as refused:
            answer = _refusal(429 if isinstance(refused, NotAllowed) else refused.status, refused)
        except RequestDataTooBig:
            answer = _refusal(413, BadInput("That is more than a subscription needs."))
        add_never_cache_headers(answer)
        answer.headers["Content-Type"] = for_programs.JSON
        answer.headers[ANY_ORIGIN[0]] = ANY_ORIGIN[1]
        return answer

    return wrapped


@csrf_exempt
@_for_programs
def subscribers(request: HttpRequest) -> JsonResponse:
    """POST asks for mail; DELETE leaves, with ``subscriber[id]`` as the mails give it."""
    if request.method == "POST":
        return _subscribe(request)
    if request.method == "DELETE":
        return _leave(str(_asked(request).get("id", "")))
    return _wrong_method("POST, DELETE, OPTIONS")


@csrf_exempt
@_for_programs
def subscriber(request: HttpRequest, ident: str) -> JsonResponse:
    if request.method == "DELETE":
        return _leave(ident)
    return _wrong_method("DELETE, OPTIONS")


@csrf_exempt
@_for_programs
def resend_confirmation(request: HttpRequest, ident: str) -> JsonResponse:
    """Send the mail again; the limits are those of asking anew."""
    if request.method != "POST":
        return _wrong_method("POST, OPTIONS")
    known = subscriber_by_token(ident)
    email = known.email if known else _opened(ident)
    actions.subscribe(
        now=clock.now(), page=the_page(), email=email, network=network_of(request.META)
    )
    return _told(the_page(), email, status=201)


def _subscribe(request: HttpRequest) -> JsonResponse:
    asked = _asked(request)
    if any(asked.get(name) for name in _ELSEWHERE):
        raise BadInput(
            "This page sends no text messages. Send subscriber[email], or subscriber[endpoint] "
            "for a webhook, or read a feed.",
            {name: "not offered" for name in _ELSEWHERE if asked.get(name)},
        )
    email, chosen = asked.get("email", ""), asked.get("component_ids", [])
    if not isinstance(email, str) or len(email) > 320:
        raise BadInput("Send one e-mail address as subscriber[email].", {"email": "not usable"})
    if not isinstance(chosen, list) or len(chosen) > 1000:
        raise BadInput(
            "Send component ids as subscriber[component_ids][].", {"component_ids": "not a list"}
        )
    parts = [str(each) for each in chosen]
    page = the_page()
    if endpoint := asked.get("endpoint") or asked.get("webhook"):
        if asked.get("incident"):
            raise BadInput(
                "A webhook cannot follow one incident. Leave out subscriber[incident] to get every "
                "incident of the page or of subscriber[component_ids][] at subscriber[endpoint], "
                "or leave out subscriber[endpoint] to follow this one by e-mail.",
                {"incident": "not with an endpoint"},
            )
        return _subscribe_hook(request, page, endpoint, email, parts)
    actions.subscribe(
        now=clock.now(),
        page=page,
        email=email,
        network=network_of(request.META),
        component_ids=parts,
        incident=_followed(page, asked.get("incident")),
    )
    return _told(page, normalised_address(email), status=201)


def _subscribe_hook(
    request: HttpRequest, page: Page, endpoint: object, email: str, parts: list[str]
) -> JsonResponse:
    """Ask for a webhook: its owner's address gets the mail whose link confirms it."""
    if not isinstance(endpoint, str):
        raise BadInput("Send one address as subscriber[endpoint].", {"endpoint": "not usable"})
    if not email:
        raise BadInput(
            "Send the address of whoever answers for the webhook as subscriber[email] beside "
            "subscriber[endpoint]: its confirmation goes there.",
            {"email": "missing"},
        )
    ask_for_hook(
        now=clock.now(), page=page, channel=Channel.WEBHOOK, url=endpoint, email=email,
        network=network_of(request.META), component_ids=parts,
    )  # fmt: skip
    shown = _object(page, normalised_address(email), signing.dumps(endpoint, salt=_HOOK_SALT))
    return JsonResponse(
        {"subscriber": shown | {"mode": "webhook", "endpoint": endpoint}}, status=201
    )


def _followed(page: Page, asked: object) -> str:
    """Return the incident to follow alone, empty for none. Raises BadInput."""
    if not asked:
        return ""
    if not isinstance(asked, str) or len(asked) > 64:
        raise BadInput("Send one incident's id as subscriber[incident].", {"incident": "no id"})
    try:
        return incident(page, asked).incident_id
    except NotFound as unknown:
        raise BadInput("This incident is not on the page.", {"incident": "not known"}) from unknown


def _leave(ident: str) -> JsonResponse:
    found = subscriber_by_token(ident) if ident else None
    if found is not None:
        left = actions.unsubscribe(now=clock.now(), token=ident)
        return JsonResponse({"subscriber": _object(left.page, left.email, ident)})
    _opened(ident)
    raise BadInput(
        "This address leaves with the link in any of its mails: whoever typed it here may not be "
        "the one who reads them.",
        {"id": "not confirmed by its reader"},
    )


def _told(page: Page, email: str, *, status: int) -> JsonResponse:
    sealed = signing.dumps(email, salt=_SALT)
    return JsonResponse({"subscriber": _object(page, email, sealed)}, status=status)


def _object(page: Page, email: str, ident: str) -> dict[str, Any]:
    """Return the seven keys in Statuspage's order; none of them tells whether it was known."""
    return {
        "created_at": stamp(clock.now(), page),
        "skip_confirmation_notification": False,
        "quarantined_at": None,
        "id": ident,
        "mode": "email",
        "purge_at": None,
        "email": email,
    }


def _opened(ident: str) -> str:
    """Return the address sealed in an id of ours. Raises NotFound for any other text."""
    try:
        return str(signing.loads(ident, salt=_SALT, max_age=_KEPT))
    except (signing.BadSignature, ValueError) as unknown:
        raise NotFound("There is no subscription with this id.") from unknown


def _asked(request: HttpRequest) -> Mapping[str, Any]:
    """Return what stands under ``subscriber``, from a form, a query or JSON. Raises BadInput."""
    if int(request.META.get("CONTENT_LENGTH") or 0) > LARGEST_BODY:
        raise RequestDataTooBig
    if request.content_type == "application/json":
        return _from_json(request.body)
    form = request.POST
    if request.method == "DELETE" or not form:
        form = QueryDict(request.body if request.content_type != "multipart/form-data" else b"")
    return _named(request.GET) | _named(form)


def _from_json(body: bytes) -> Mapping[str, Any]:
    try:
        sent = json.loads(body or b"{}")
    except (ValueError, RecursionError) as broken:
        raise BadInput("This is no JSON.", {"body": "not JSON"}) from broken
    asked = sent.get("subscriber", sent) if isinstance(sent, dict) else None
    if not isinstance(asked, dict):
        raise BadInput('Send {"subscriber": {"email": …}}.', {"subscriber": "not an object"})
    return asked


def _named(form: QueryDict) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key in form:
        if name := _NAMED.fullmatch(key):
            values = form.getlist(key)
            found[name[1]] = values if name[1] in _LISTS else values[-1]
    return found


def _refusal(status: int, refused: Refusal) -> JsonResponse:
    problems = refused.problems if isinstance(refused, BadInput) else {}
    said = {"error": str(status), "message": refused.message, "problems": problems}
    return JsonResponse(said, status=status)


def _wrong_method(allowed: str) -> JsonResponse:
    answer = _refusal(405, BadInput(f"Use {allowed}."))
    answer.headers["Allow"] = allowed
    return answer
