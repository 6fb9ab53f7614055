"""One's own ways in besides the password: an app, passkeys, recovery codes; and proving oneself."""

from typing import Any

import segno
from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils.safestring import mark_safe

from afterword.accounts import actions, passkeys, totp
from afterword.accounts.queries import second_steps_of
from afterword.components.queries import the_page
from afterword.desk.devices import device_named
from afterword.desk.entrance import freshly_proved, place_of, prove_first, proved, safe
from afterword.desk.forms import blame
from afterword.desk.known_browser import is_known_as
from afterword.desk.shell import ANY_ROLE, for_the_team, show, the_person
from afterword.desk.sign_in_form import later, too_many
from afterword.desk.views.second_step import CodeForm, credential_of
from afterword.kit import clock
from afterword.kit.errors import BadInput
from afterword.kit.networks import network_of

_STATE = "passkey being made"


class ProveForm(forms.Form):
    password = forms.CharField(
        label="Your password", max_length=1_000, strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )  # fmt: skip


@for_the_team("GET", "POST", posting=ANY_ROLE, before_second_step=True)
def prove(request: HttpRequest) -> HttpResponse:
    """Ask for the password again before a way in is added or taken off."""
    person, now = the_person(request), clock.now()
    to = safe(request, request.POST.get("next") or request.GET.get("next", ""))
    form, wait = ProveForm(request.POST or None), None
    if request.method == "POST" and form.is_valid():
        this = actions.begin_proof(
            now=now, person=person, network=network_of(request.META),
            known=is_known_as(request, person),
        )  # fmt: skip
        wait = this.wait or None
        if wait:
            form.add_error(None, too_many("to prove it", wait))
        elif person.check_password(form.cleaned_data["password"]):
            actions.finish_sign_in(done=this)
            proved(request)
            return redirect(to)
        else:
            form.add_error("password", "That is not your password.")
    context = {"form": form, "next": to, "has_password": person.has_usable_password()}
    answer = show(request, "desk/prove.html", context, status=422 if form.errors else 200, now=now)
    return later(answer, wait) if wait else answer


@for_the_team("GET", "POST", posting=ANY_ROLE, before_second_step=True)
def set_up_app(request: HttpRequest) -> HttpResponse:
    """Show the secret for an app; POST takes the first code and shows the recovery codes."""
    if not freshly_proved(request):
        return prove_first(request)
    person, now = the_person(request), clock.now()
    if second_steps_of(person).app_since is not None:
        messages.info(request, "There is an app already. Take it off before you set up another.")
        return redirect("desk:myself")
    secret = actions.begin_app(now=now, person=person)
    form = CodeForm(request.POST or None)
    form.fields["code"].help_text = "Six figures; the app makes new ones every half minute."
    if request.method == "POST" and form.is_valid():
        try:
            codes = actions.confirm_app(now=now, person=person, code=form.cleaned_data["code"])
        except BadInput as refusal:
            blame(form, refusal)
        else:
            messages.success(request, "From now on a code is asked for after your password.")
            return _show_codes(request, codes) if codes else redirect("desk:myself")
    uri = totp.key_uri(secret, account=person.email, issuer=f"{the_page().name} desk")
    picture = segno.make(uri, error="m", micro=False).svg_inline(scale=5, border=4, light="white")
    context = {
        "form": form,
        "secret": " ".join(secret[i : i + 4] for i in range(0, len(secret), 4)),
        # Made here of figures alone.
        "picture": mark_safe(picture),  # noqa: S308
    }
    return show(request, "desk/set_up_app.html", context, status=422 if form.errors else 200)


@for_the_team("POST", posting=ANY_ROLE, before_second_step=True)
def remove_app(request: HttpRequest) -> HttpResponse:
    if not freshly_proved(request):
        return prove_first(request)
    actions.remove_app(now=clock.now(), person=the_person(request))
    messages.success(request, "The app's codes are no longer asked for.")
    return redirect("desk:myself")


@for_the_team("POST", posting=ANY_ROLE, before_second_step=True)
def renew_codes(request: HttpRequest) -> HttpResponse:
    """Show new recovery codes, once."""
    if not freshly_proved(request):
        return prove_first(request)
    codes = actions.renew_codes(now=clock.now(), person=the_person(request))
    return _show_codes(request, codes)


@for_the_team("POST", posting=ANY_ROLE, before_second_step=True)
def begin_passkey(request: HttpRequest) -> HttpResponse:
    """Return what a browser needs to make a passkey, as JSON."""
    if not freshly_proved(request):
        return JsonResponse({"message": "Prove first that it is you; load this page again."},
                            status=409)  # fmt: skip
    person = the_person(request)
    options, request.session[_STATE] = passkeys.creation_options(
        place_of(request), person, second_steps_of(person).passkeys
    )
    return JsonResponse(options)


@for_the_team("POST", posting=ANY_ROLE, before_second_step=True)
def add_passkey(request: HttpRequest) -> HttpResponse:
    """Keep a passkey the browser made; show the recovery codes if they are the first."""
    if not freshly_proved(request):
        return prove_first(request)
    state: Any = request.session.pop(_STATE, None)
    name = request.POST.get("name", "").strip() or device_named(
        request.headers.get("User-Agent", "")
    )
    codes = actions.add_passkey(
        now=clock.now(), person=the_person(request), place=place_of(request), state=state,
        answer=credential_of(request), name=name,
    )  # fmt: skip
    messages.success(request, "The passkey is kept. You can sign in with it alone.")
    return _show_codes(request, codes) if codes else redirect("desk:myself")


@for_the_team("POST", posting=ANY_ROLE, before_second_step=True)
def remove_passkey(request: HttpRequest, passkey_id: int) -> HttpResponse:
    if not freshly_proved(request):
        return prove_first(request)
    actions.remove_passkey(now=clock.now(), person=the_person(request), passkey_id=passkey_id)
    messages.success(request, "The passkey is taken off.")
    return redirect("desk:myself")


def _show_codes(request: HttpRequest, codes: list[str]) -> HttpResponse:
    return show(request, "desk/recovery_codes.html", {"codes": codes})
