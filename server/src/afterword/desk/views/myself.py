"""One's own account: the password, and the browsers one is signed in with."""

from django import forms
from django.contrib import messages
from django.contrib.auth import logout, update_session_auth_hash
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from afterword.accounts import actions
from afterword.accounts.queries import second_steps_of, sessions_of
from afterword.desk.devices import device_named
from afterword.desk.entrance import freshly_proved
from afterword.desk.forms import blame, new_password_field
from afterword.desk.shell import ANY_ROLE, GO_ON_TO, for_the_team, show, the_person
from afterword.kit import clock
from afterword.kit.errors import BadInput, NotAllowed


class PasswordForm(forms.Form):
    old = forms.CharField(
        label="The password you have now", max_length=1_000, strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )  # fmt: skip
    password = new_password_field()


@for_the_team("GET", "POST", posting=ANY_ROLE, before_second_step=True)
def myself(request: HttpRequest) -> HttpResponse:
    """Show one's own account; POST changes the password and ends one's other sessions."""
    person, now = the_person(request), clock.now()
    form = PasswordForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given, key = form.cleaned_data, request.session.session_key
        try:
            actions.change_password(
                now=now, person=person, old=given["old"], new=given["password"], session_key=key
            )
        except NotAllowed as refusal:
            form.add_error("old", refusal.message)
        except BadInput as refusal:
            blame(form, refusal)
        else:
            update_session_auth_hash(request, person)
            messages.success(request, "The password is changed. You are signed out elsewhere.")
            return redirect("desk:myself")
    here = request.session.session_key
    sessions = [
        {"row": s, "device": device_named(s.device), "here": s.session_key == here}
        for s in sessions_of(person, now)
    ]
    context = {
        "form": form,
        "sessions": sessions,
        "steps": second_steps_of(person),
        "proved": freshly_proved(request),
        "go_on_to": ""
        if getattr(request, "is_half_in", False)
        else request.session.pop(GO_ON_TO, ""),
    }
    return show(request, "desk/myself.html", context, status=422 if form.errors else 200, now=now)


@for_the_team("POST", posting=ANY_ROLE, before_second_step=True)
def end_session(request: HttpRequest, handle: str) -> HttpResponse:
    """Sign out one browser of one's own; this one too, if it is that."""
    person = the_person(request)
    ended = actions.end_session(now=clock.now(), person=person, handle=handle)
    if ended.session_key == request.session.session_key:
        logout(request)
        return redirect("desk:sign-in")
    messages.success(request, f"{device_named(ended.device)} is signed out.")
    return redirect("desk:myself")


@for_the_team("POST", posting=ANY_ROLE, before_second_step=True)
def end_others(request: HttpRequest) -> HttpResponse:
    """Sign out every browser of one's own but this one."""
    person = the_person(request)
    actions.end_sessions(
        actor=person, now=clock.now(), person=person, keep=request.session.session_key
    )
    messages.success(request, "You are signed in here and nowhere else.")
    return redirect("desk:myself")
