"""The first page of everybody: address and password, with a limit on tries."""

import math
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth.forms import AuthenticationForm
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from afterword.accounts.actions import begin_sign_in, finish_sign_in
from afterword.desk.known_browser import is_known_at
from afterword.kit import clock
from afterword.kit.networks import network_of
from afterword.kit.timespans import format_span


def too_many(tries: str, wait: timedelta) -> str:
    """Return why nothing was even looked at, and when it will be again."""
    seconds = math.ceil(wait / timedelta(seconds=1))
    if seconds > 60:
        seconds = math.ceil(seconds / 60) * 60
    return f"Too many tries {tries} or from this network. Try again in {format_span(seconds)}."


def later(answer: HttpResponse, wait: timedelta) -> HttpResponse:
    """Mark the answer as one to a try too many."""
    answer.status_code = 429
    answer.headers["Retry-After"] = str(math.ceil(wait.total_seconds()))
    return answer


class SignInForm(AuthenticationForm):
    """Address and password, with a limit on tries; ``wait`` is set when there were too many."""

    error_messages = {  # noqa: RUF012
        "invalid_login": "This address and password do not go together. Try again.",
        "inactive": "This account is switched off. Ask an administrator.",
    }

    def __init__(self, request: HttpRequest | None = None, *args: Any, **kwargs: Any) -> None:
        super().__init__(request, *args, **kwargs)
        self.wait = timedelta(0)
        self.fields["username"].label = "E-mail address"
        self.fields["username"].widget.attrs.update({"autocomplete": "username", "type": "email"})
        self.fields["password"].label = "Password"

    def clean(self) -> dict[str, Any]:
        """Refuse one try too many before the password is looked at, right or wrong."""
        address = self.cleaned_data.get("username")
        if not address or not self.cleaned_data.get("password"):
            return super().clean()
        meta = self.request.META if self.request else {}
        known = self.request is not None and is_known_at(self.request, address)
        this = begin_sign_in(
            now=clock.now(), address=address, network=network_of(meta), known=known
        )
        if this.wait:
            self.wait = this.wait
            raise ValidationError(too_many("to sign in with this address", this.wait))
        cleaned = super().clean()
        finish_sign_in(done=this)
        return cleaned


def sign_on_name() -> str:
    """Return what the single sign-on is called here; "" where there is none."""
    return settings.OIDC_NAME if settings.OIDC["issuer"] else ""


def sign_in_instead(
    request: HttpRequest, *, to: str, held: str = "", too_long: bool = False
) -> HttpResponse:
    """Answer what was sent by somebody who is signed out with the sign-in page.

    ``held`` is what they sent, sealed; ``too_long``: it does not fit through the sign-in.
    """
    context = {
        "form": SignInForm(request),
        "next": to,
        "held": held,
        "too_long": too_long,
        "sign_on": sign_on_name(),
    }
    answer = render(request, "desk/sign_in.html", context, status=403)
    answer.headers["Cache-Control"] = "private, no-store"
    return answer
