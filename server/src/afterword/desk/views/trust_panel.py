"""Whether readers get the trust panel: as a whole, or not at all. For administrators."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from afterword.components.queries import the_page
from afterword.desk.forms import blame
from afterword.desk.fresh_pages import with_fresh_pages
from afterword.desk.shell import for_the_team, normal_newlines, show, the_person
from afterword.kit import clock
from afterword.kit.errors import BadInput
from afterword.publishing.actions import switch_panel
from afterword.publishing.panel_history import panel_history
from afterword.publishing.queries import has_panel, panel_quarters
from afterword.trust.outward import stay_inside

LISTED = 8


class OffForm(forms.Form):
    """Switching it off needs a reason; switching it on needs none."""

    reason = forms.CharField(
        label="Why it is switched off", max_length=500, widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Kept for auditors, with your name.",
    )  # fmt: skip


@for_the_team("GET", "POST", posting="administer")
def panel(request: HttpRequest) -> HttpResponse:
    """Show whether it is on, what it shows and every switch; POST switches it."""
    page = the_page()
    off = "off" in request.POST
    if request.method == "POST" and not off and "on" not in request.POST:
        raise BadInput("Press one of the buttons: on, or off.")
    form, status = OffForm(request.POST if off else None), 200
    if request.method == "POST":
        status = 422
        if not off or form.is_valid():
            reason = normal_newlines(form.cleaned_data["reason"]) if off else ""
            try:
                switch_panel(
                    actor=the_person(request), now=clock.now(), page=page, on=not off, reason=reason
                )
            except BadInput as refusal:
                blame(form, refusal)
            else:
                messages.success(request, with_fresh_pages(_OFF if off else _ON))
                return redirect("desk:panel")
    context = {
        "form": form,
        "is_on": has_panel(page),
        "history": panel_history(page),
        "quarters": panel_quarters(page, LISTED)[::-1],
        "inside": stay_inside(),
    }
    return show(request, "desk/trust_panel.html", context, status=status, page=page)


_ON = "Readers get the panel. Its figures follow within a few minutes."
_OFF = "Readers get the panel no more. Auditors see who switched it off and why."
