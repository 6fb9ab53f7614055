import math
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.views import LoginView, LogoutView
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse

from afterword.accounts.actions import begin_sign_in, finish_sign_in
from afterword.desk.entrance import first_step
from afterword.kit import clock
from afterword.kit.networks import network_of
from afterword.kit.timespans import format_span


def too_many(tries: str, wait: timedelta) -> str:
    """Return why nothing was even looked at, and when it will be again."""
    minutes = math.ceil(wait / timedelta(minutes=1))
    return f"Too many tries {tries} or from this network. Try again in {format_span(minutes * 60)}."


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
        this = begin_sign_in(now=clock.now(), address=address, network=network_of(meta))
        if this.wait:
            self.wait = this.wait
            raise ValidationError(too_many("to sign in with this address", this.wait))
        cleaned = super().clean()
        finish_sign_in(done=this)
        return cleaned


class SignIn(LoginView):
    template_name = "desk/sign_in.html"
    authentication_form = SignInForm
    redirect_authenticated_user = True
    access_rule = "anyone"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the name of the single sign-on, if there is one."""
        named = settings.OIDC_NAME if settings.OIDC["issuer"] else ""
        return super().get_context_data(**kwargs) | {"sign_on": named}

    def form_valid(self, form: AuthenticationForm) -> HttpResponse:
        person = form.get_user()
        return first_step(self.request, person, "password", self.get_redirect_url())

    def form_invalid(self, form: AuthenticationForm) -> HttpResponse:
        answer = super().form_invalid(form)
        if isinstance(form, SignInForm) and form.wait:
            later(answer, form.wait)
        return answer


class SignOut(LogoutView):
    http_method_names = ["post"]  # noqa: RUF012
    access_rule = "anyone"
