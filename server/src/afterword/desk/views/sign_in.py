from typing import Any

from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.views import LoginView, LogoutView
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect

from afterword.desk.entrance import first_step, half_way, way_on
from afterword.desk.held_texts import FIELD
from afterword.desk.sign_in_form import SignInForm, later, sign_on_name


class SignIn(LoginView):
    template_name = "desk/sign_in.html"
    authentication_form = SignInForm
    redirect_authenticated_user = True
    access_rule = "anyone"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Lead on whoever signed in elsewhere meanwhile, with what they had sent."""
        held = request.POST.get(FIELD, "")
        if held and request.user.is_authenticated:
            return redirect(way_on(request, request.user, self.get_redirect_url(), held))
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the name of the single sign-on, if there is one, and what was sent signed out."""
        begun = half_way(self.request)
        held = self.request.POST.get(FIELD, "") or (begun.held if begun else "")
        return super().get_context_data(**kwargs) | {"sign_on": sign_on_name(), "held": held}

    def form_valid(self, form: AuthenticationForm) -> HttpResponse:
        person, held = form.get_user(), self.request.POST.get(FIELD, "")
        return first_step(self.request, person, "password", self.get_redirect_url(), held)

    def form_invalid(self, form: AuthenticationForm) -> HttpResponse:
        answer = super().form_invalid(form)
        if isinstance(form, SignInForm) and form.wait:
            later(answer, form.wait)
        return answer


class SignOut(LogoutView):
    http_method_names = ["post"]  # noqa: RUF012
    access_rule = "anyone"
