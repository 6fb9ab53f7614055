"""Tokens for programs: made here and shown once, listed, ended."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from afterword.accounts.actions import end_token, make_token
from afterword.accounts.models import Scope
from afterword.accounts.queries import tokens_of
from afterword.components.queries import the_page
from afterword.desk.forms import blame
from afterword.desk.shell import for_the_team, show, the_person
from afterword.kit import clock
from afterword.kit.errors import BadInput


class TokenForm(forms.Form):
    name = forms.CharField(max_length=60, help_text="The program it is for.")
    scope = forms.ChoiceField(label="What for", choices=Scope.choices)


@for_the_team("GET", "POST", reading="administer", posting="administer")
def listing(request: HttpRequest) -> HttpResponse:
    """List the page's tokens; POST makes one and shows it, once."""
    page, made = the_page(), None
    form = TokenForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = make_token(
                actor=the_person(request), now=clock.now(), page=page.pk,
                name=form.cleaned_data["name"], scope=form.cleaned_data["scope"],
            )  # fmt: skip
            form = TokenForm()
        except BadInput as refusal:
            blame(form, refusal)
    context = {"form": form, "tokens": tokens_of(page.pk), "made": made}
    status = 422 if form.errors else 200
    return show(request, "desk/tokens.html", context, status=status, page=page)


@for_the_team("POST", posting="administer")
def end(request: HttpRequest, token_id: int) -> HttpResponse:
    """End one at once."""
    ended = end_token(
        actor=the_person(request), now=clock.now(), page=the_page().pk, token_id=token_id
    )
    messages.success(request, f"{ended.name} can do nothing here any more.")
    return redirect("desk:tokens")
