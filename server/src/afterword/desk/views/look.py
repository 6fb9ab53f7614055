"""How the page looks and where it is: colours, logo, address. For administrators."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from afterword.components.actions import set_look
from afterword.components.logos import LARGEST
from afterword.components.models import Page
from afterword.components.queries import look_of, the_page
from afterword.desk.forms import blame
from afterword.desk.fresh_pages import with_fresh_pages
from afterword.desk.shell import for_the_team, show, the_person
from afterword.kit import clock
from afterword.kit.errors import BadInput


class LookForm(forms.Form):
    """An empty colour is the product's own."""

    url = forms.CharField(
        label="Address of the page", max_length=200,
        help_text="What every link in feeds, calendar and the API begins with.",
    )  # fmt: skip
    accent_light = forms.CharField(
        label="Colour on light ground", required=False, max_length=20,
        help_text="For links and buttons, as #0b5563. It must be readable.",
    )  # fmt: skip
    accent_dark = forms.CharField(
        label="Colour on dark ground", required=False, max_length=20,
        help_text="For readers whose system is dark. Empty: the usual one.",
    )  # fmt: skip
    logo = forms.FileField(
        required=False, help_text=f"SVG, PNG or JPEG, at most {LARGEST // 1024} kB."
    )
    logo_dark = forms.FileField(
        label="Logo for dark ground", required=False, help_text="Only if the other is lost there."
    )
    no_logo = forms.BooleanField(label="Show no logo", required=False)


@for_the_team("GET", "POST", posting="administer")
def look(request: HttpRequest) -> HttpResponse:
    """Show the look; POST changes it and rebuilds every page."""
    page = the_page()
    form = LookForm(request.POST or None, request.FILES or None, initial=_now(page))
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                set_look(actor=the_person(request), now=clock.now(), page=page, **_told(form))
            except BadInput as refusal:
                blame(form, refusal)
            else:
                messages.success(
                    request,
                    with_fresh_pages(
                        "Saved. Every page is built with its new look; it takes a moment."
                    ),
                )
                return redirect("desk:look")
    context = {"form": form, "look": look_of(page)}
    return show(request, "desk/look.html", context, status=status, page=page)


def _now(page: Page) -> dict[str, str]:
    own = look_of(page)
    colours = (own.accent_light, own.accent_dark) if own else ("", "")
    return {"url": page.url, "accent_light": colours[0], "accent_dark": colours[1]}


def _told(form: LookForm) -> dict[str, Any]:
    told = form.cleaned_data
    logos = {name: told[name].read(LARGEST + 1) for name in ("logo", "logo_dark") if told[name]}
    if told["no_logo"]:
        logos = {"logo": b"", "logo_dark": b""}
    return {name: told[name] for name in ("url", "accent_light", "accent_dark")} | logos
