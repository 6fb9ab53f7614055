"""Single sign-on: to the provider of somebody's own house, and back."""

import logging
from dataclasses import asdict
from datetime import datetime, timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from afterword.accounts import openid
from afterword.accounts.actions import begin_nameless, finish_sign_in, sign_on
from afterword.accounts.openid import Asked, Provider, SignOnFailed
from afterword.desk.entrance import SINGLE_SIGN_ON, let_in, safe
from afterword.desk.sign_in_form import later, too_many
from afterword.kit import clock
from afterword.kit.errors import NotAllowed, NotFound
from afterword.kit.networks import network_of

_BEGUN = "sign-on begun"
GOOD_FOR = timedelta(minutes=10)
_FAILED = (
    "The single sign-on did not work. Try once more; if it stays so, sign in another way and tell "
    "an administrator to look into the server's log."
)
_OLD = "This sign-on was not begun in this browser, or too long ago. Begin it again."


@require_GET
def begin(request: HttpRequest) -> HttpResponse:
    """Send the browser to the provider. A link, not a form: the policy keeps forms at home."""
    begun = openid.asked()
    try:
        there = openid.address_to_ask(_provider(request), begun)
    except SignOnFailed as wrong:
        return _refused(request, _FAILED, wrong)
    request.session[_BEGUN] = asdict(begun) | {
        "at": clock.now().isoformat(),
        "to": request.GET.get("next", ""),
    }
    return redirect(there)


begin.access_rule = "anyone"  # type: ignore[attr-defined]


@require_GET
def back(request: HttpRequest) -> HttpResponse:
    """Let in whom the provider vouches for."""
    provider, now = _provider(request), clock.now()
    kept = request.session.pop(_BEGUN, None)
    if (
        kept is None
        or now - datetime.fromisoformat(kept["at"]) > GOOD_FOR
        or request.GET.get("state") != kept["state"]
    ):
        return _refused(request, _OLD)
    this = begin_nameless(now=now, network=network_of(request.META))
    if this.wait:
        return later(_refused(request, too_many("to sign on", this.wait)), this.wait)
    if "code" not in request.GET:
        return _refused(request, _FAILED, SignOnFailed(request.GET.get("error", "no code")[:200]))
    begun = Asked(kept["state"], kept["nonce"], kept["verifier"])
    try:
        identity = openid.identity_of(provider, begun, request.GET["code"])
        person = sign_on(now=now, identity=identity)
    except SignOnFailed as wrong:
        return _refused(request, _FAILED, wrong)
    except NotAllowed as refusal:
        return _refused(request, refusal.message)
    finish_sign_in(done=this)
    let_in(request, person, SINGLE_SIGN_ON)
    return redirect(safe(request, kept["to"]))


back.access_rule = "whoever the provider sent back"  # type: ignore[attr-defined]


def _provider(request: HttpRequest) -> Provider:
    if not settings.OIDC["issuer"]:
        raise NotFound("There is no single sign-on here.")
    there = request.build_absolute_uri(reverse("desk:sign-on-back"))
    return Provider(back=there, **settings.OIDC)


def _refused(request: HttpRequest, why: str, wrong: SignOnFailed | None = None) -> HttpResponse:
    if wrong is not None:
        logging.getLogger(__name__).warning("single sign-on failed: %s", wrong)
    return render(request, "desk/sign_in_refused.html", {"why": why}, status=422)
