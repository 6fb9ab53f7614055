from typing import Any

from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.views import LoginView, LogoutView
from django.http import HttpRequest


class SignInForm(AuthenticationForm):
    error_messages = {  # noqa: RUF012
        "invalid_login": "This address and password do not go together. Try again.",
        "inactive": "This account is switched off. Ask an administrator.",
    }

    def __init__(self, request: HttpRequest | None = None, *args: Any, **kwargs: Any) -> None:
        super().__init__(request, *args, **kwargs)
        self.fields["username"].label = "E-mail address"
        self.fields["username"].widget.attrs.update({"autocomplete": "username", "type": "email"})
        self.fields["password"].label = "Password"


class SignIn(LoginView):
    template_name = "desk/sign_in.html"
    authentication_form = SignInForm
    redirect_authenticated_user = True
    access_rule = "anyone"


class SignOut(LogoutView):
    http_method_names = ["post"]  # noqa: RUF012
    access_rule = "anyone"
