"""Coming in by more than a password: the second step, and passkeys."""

import json
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from afterword.accounts import actions, passkeys
from afterword.accounts.queries import second_steps_of
from afterword.desk.entrance import acts_from_here, half_way, let_in, place_of, way_on
from afterword.desk.held_texts import FIELD
from afterword.desk.known_browser import is_known_as
from afterword.desk.sign_in_form import later, too_many
from afterword.kit import clock
from afterword.kit.networks import network_of

_STATE = "passkey asked"
NOT_KNOWN = (
    "That passkey is not known here: it was taken off, or belongs to another address. Sign in "
    "another way."
)


class CodeForm(forms.Form):
    code = forms.CharField(
        max_length=40, label="Code",
        help_text="Six figures from your app, or one of your recovery codes.",
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "autofocus": True,
                                      "spellcheck": "false", "autocapitalize": "off"}),
    )  # fmt: skip


def code(request: HttpRequest) -> HttpResponse:
    """Ask for the second step of somebody whose first one is done; POST takes it."""
    found = half_way(request)
    if found is None:
        return redirect("desk:sign-in")
    person = found.person
    form, wait = CodeForm(request.POST or None), None
    if request.method == "POST" and form.is_valid():
        now = clock.now()
        this = actions.begin_proof(
            now=now, person=person, network=network_of(request.META),
            known=is_known_as(request, person),
        )  # fmt: skip
        wait = this.wait or None
        if wait:
            form.add_error(None, too_many("with codes", wait))
        else:
            acts_from_here(request, person)
            with_what = actions.take_code(now=now, person=person, code=form.cleaned_data["code"])
            if with_what:
                actions.finish_sign_in(done=this)
                let_in(request, person, f"{found.way} and {with_what}")
                return redirect(way_on(request, person, found.to, found.held))
            form.add_error("code", actions.WRONG_CODE)
    steps = second_steps_of(person)
    context = {"form": form, "steps": steps, "next": found.to, "held": found.held}
    answer = render(request, "desk/sign_in_code.html", context, status=422 if form.errors else 200)
    answer["Cache-Control"] = "no-store"
    return later(answer, wait) if wait else answer


code.access_rule = "whoever did the first step"  # type: ignore[attr-defined]


@require_POST
def begin_passkey(request: HttpRequest) -> HttpResponse:
    """Return what a browser needs to ask for a passkey, as JSON."""
    options, request.session[_STATE] = passkeys.request_options(place_of(request))
    return JsonResponse(options)


begin_passkey.access_rule = "anyone"  # type: ignore[attr-defined]


@require_POST
def with_passkey(request: HttpRequest) -> HttpResponse:
    """Let in whoever's passkey answered."""
    now, state = clock.now(), request.session.pop(_STATE, None)
    this = actions.begin_nameless(now=now, network=network_of(request.META))
    if this.wait:
        return later(_refused(request, too_many("with passkeys", this.wait)), this.wait)
    answer = credential_of(request)
    person = actions.use_passkey(now=now, place=place_of(request), state=state, answer=answer)
    if person is None:
        return _refused(request, NOT_KNOWN)
    actions.finish_sign_in(done=this)
    let_in(request, person, "passkey")
    to, held = request.POST.get("next", ""), request.POST.get(FIELD, "")
    return redirect(way_on(request, person, to, held))


with_passkey.access_rule = "anyone"  # type: ignore[attr-defined]


def credential_of(request: HttpRequest) -> dict[str, Any]:
    """Return what the browser said about a credential; empty for anything else."""
    try:
        found = json.loads(request.POST.get("credential", ""))
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _refused(request: HttpRequest, why: str) -> HttpResponse:
    return render(request, "desk/sign_in_refused.html", {"why": why}, status=422)
